"""The word lists of all languages, read from one file a language when they are first needed.

A file is for whoever speaks the language: docs/languages.md says what each list is for and how an entry is written.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from inboxwright.errors import ConfigError
from inboxwright.mail.words import patterns

Span = tuple[int, int]

LISTS = {
    "code": "a code that is typed: what a form asks for",
    "code_compounds": "compounds that end like this mean a code, where four letters or more stand before it",
    "code_openings": "shorter first parts that make such a compound all the same",
    "not_code": "words that only look like one for a code",
    "other_code": "the beginning of compounds whose code is for something else: a voucher, a door",
    "other_code_before": "words that, before the word for a code, say so",
    "other_code_behind": "words that, behind it, say so",
    "linking": "small words that may stand between those and the word for a code",
    "password": "a password",
    "single_use": "that something serves once only",
    "lock": "what a password opens that is no account: a network, a door, a file",
    "order": "what is ordered, paid, booked or sent",
    "offer": "what is offered at a lower price, or given",
    "other": "other things that have a number: a customer, a case, an address, a version",
    "device": "a telephone: a code is sent to it, and it has a number of its own",
    "number": "a number, when nothing says of what",
    "ending": "right before a number: that it is only the end of another",
    "example": "right before it: that it is an example",
    "denied": "right before it: that it is not the one",
    "former": "shortly before it: that it is an older one",
    "over": "right behind it: that it serves no more",
    "until": "right behind it: that it is the end of a time",
    "is": 'verbs that hand the number over: "your code is …"',
    "where_or_when": "prepositions of a place or a time: the number behind them is that of a room or an hour",
    "preposition": "other prepositions",
    "goes_on": "words with which a sentence goes on behind a code",
    "expires": "that a time ends or lasts",
    "plural": "words for several codes: a number before them counts them",
    "unsubscribe": "in a link: to leave a list",
    "view_elsewhere": "in a link: to read the mail in a browser",
    "not_me": "in a link: to say that it was somebody else",
    "common": "the commonest small words, by which the language is known",
}
"""Every list that a file may have, and what its words say."""

OPPOSED = (
    ("code", "not_code"),
    ("code", "password"),
    ("code", "order"),
    ("code", "offer"),
    ("code", "other"),
    ("code", "number"),
    ("code", "device"),
    ("code", "lock"),
    ("is", "where_or_when"),
    ("is", "preposition"),
    ("where_or_when", "preposition"),
    ("is", "denied"),
    ("unsubscribe", "view_elsewhere"),
    ("unsubscribe", "not_me"),
    ("view_elsewhere", "not_me"),
    ("over", "until"),
    ("example", "ending"),
)  # fmt: skip
"""Lists that no word of a language can be in both of."""
_HEAD = {"name": str, "native": str, "spaces": bool}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One file."""

    code: str
    """BCP 47, the name of the file; "mul" holds what is written alike everywhere."""
    name: str
    """In English."""
    native: str
    spaces: bool
    """Whether it puts spaces between words."""
    lists: Mapping[str, tuple[str, ...]]


class Words:
    """One list, of one language or of all."""

    def __init__(self, entries: Iterable[tuple[str, bool]]) -> None:
        """Take (entry, whether its language puts spaces between words)."""
        written = {(variant, spaced): None for entry, spaced in entries for variant in patterns.variants(entry)}
        self._all = list(written)
        single = [entry for entry, spaced in self._all if spaced and patterns.one_word(entry)]
        self.whole = frozenset(entry for entry, _ in self._all if "*" not in entry)
        """What is listed without a *."""
        self._starts = tuple(entry[:-1] for entry in single if entry[0] != "*" and entry[-1] == "*")
        self.ends = tuple(entry[1:] for entry in single if entry[0] == "*" and entry[-1] != "*")
        """The endings of what is listed with a * before it."""
        within = [re.escape(entry[1:-1]) for entry in single if entry[0] == "*" and entry[-1] == "*"]
        self._within = re.compile("|".join(within)) if within else None
        self._phrases = [item for item in self._all if not (item[1] and patterns.one_word(item[0]))]

    def has(self, word: str) -> bool:
        """Whether a word in lower case is one of them."""
        return (
            word in self.whole
            or word.startswith(self._starts)
            or word.endswith(self.ends)
            or (self._within is not None and self._within.search(word) is not None)
        )

    def find(self, text: str) -> str | None:
        """What is found first in a text in lower case, or None."""
        match = (self._ascii if text.isascii() else self._any).search(text)
        return None if match is None else match[0]

    def spans(self, text: str) -> list[Span]:
        """Where they stand in a text in lower case."""
        pattern = self._ascii if text.isascii() else self._any
        return [match.span() for match in pattern.finditer(text)]

    def phrases(self, text: str) -> list[Span]:
        """Where those stand that are more than one word, or of a language without spaces."""
        pattern = self._ascii_phrases if text.isascii() else self._any_phrases
        return [match.span() for match in pattern.finditer(text)]

    @cached_property
    def source(self) -> str:
        """As a regular expression, to be built into another."""
        return patterns.source(self._all)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def _ascii(self) -> re.Pattern[str]:
        return re.compile(patterns.source(item for item in self._all if item[0].isascii()))

    @cached_property
    def _any_phrases(self) -> re.Pattern[str]:
        return re.compile(patterns.source(self._phrases))

    @cached_property
    def _ascii_phrases(self) -> re.Pattern[str]:
        return re.compile(patterns.source(item for item in self._phrases if item[0].isascii()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a mail that decided something, and the lists of which one has it."""

    text: str
    lists: tuple[str, ...]

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those whose list has it; where a `*` stands for much of it in some, the others."""
        return _having(self.lists, patterns.lowered(self.text))

    def __str__(self) -> str:
        names = [language.name for language in self.languages]
        shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
        return f"\u201c{self.text}\u201d ({', '.join(shown)})" if shown else f"\u201c{self.text}\u201d"


@cache
def words(*names: str) -> Words:
    """One list, or several, in all languages."""
    return Words(
        (entry, language.spaces) for language in languages() for name in names for entry in language.lists.get(name, ())
    )


@cache
def languages() -> tuple[Language, ...]:
    """All of them, in the order of their file names. Raises ConfigError for a file that is none."""
    folder = files(__package__) / "languages"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(read(item.name, item.read_text(encoding="utf-8")) for item in found)


def read(filename: str, text: str) -> Language:
    """Read one file. Raises ConfigError, in one line that names the file, the list and the entry."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{filename}: {error}") from None
    for key, kind in _HEAD.items():
        if not isinstance(content.get(key, True), kind) or (kind is str and not content.get(key)):
            raise ConfigError(f"{filename}: {key} must be {'true or false' if kind is bool else 'a text'}")
    lists = {key: value for key, value in content.items() if key not in _HEAD}
    for key, value in lists.items():
        _check_list(filename, key, value)
    for one, other in OPPOSED:
        both = sorted(set(lists.get(one, ())) & set(lists.get(other, ())))
        if both:
            raise ConfigError(f"{filename}: {both[0]!r} is in {one} and in {other}; a word can be in one of them only")
    return Language(
        code=filename.removesuffix(".toml"),
        name=content["name"],
        native=content["native"],
        spaces=content.get("spaces", True),
        lists={key: tuple(value) for key, value in lists.items()},
    )


def _check_list(filename: str, key: str, value: object) -> None:
    if key not in LISTS:
        raise ConfigError(f"{filename}: there is no list {key!r}; the lists are {', '.join(LISTS)}")
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ConfigError(f'{filename}: {key} must be a list of texts, as in {key} = ["one", "two"]')
    for index, entry in enumerate(value):
        said = patterns.fault(entry)
        if said is not None:
            raise ConfigError(f"{filename}: {key} has {entry!r}, which {said}")
        if entry in value[:index]:
            raise ConfigError(f"{filename}: {key} has {entry!r} twice")


@cache
def _words_of(code: str, name: str) -> Words:
    language = next(language for language in languages() if language.code == code)
    return Words((entry, language.spaces) for entry in language.lists.get(name, ()))


@lru_cache(maxsize=1024)
def _having(names: tuple[str, ...], text: str) -> tuple[Language, ...]:
    having: dict[int, list[Language]] = {}
    for language in languages():
        lists = [name for name in names if name in language.lists and _words_of(language.code, name).find(text)]
        if lists:
            size = max(_common(entry, text) for name in lists for entry in language.lists[name])
            having.setdefault(size, []).append(language)
    # "Bestellnummer" ends with "nummer" as words of many languages do, and begins with "bestell" in two.
    return tuple(having[max(having)]) if having else ()


def _common(entry: str, text: str) -> int:
    """How many letters an entry says of a text."""
    pieces = [piece.strip() for piece in re.split(r"[*()]", entry)]
    return sum(map(len, pieces)) if all(piece in text for piece in pieces) else 0
