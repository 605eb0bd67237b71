"""How an entry of a word list is read: plain words, `*` for letters or words that vary, `(…)` for what may be missing.

    kod*            every word that begins with "kod"
    *kod            every word that ends with it
    view * browser  between the two a few words
    cancelar (la) suscripci*

An entry stands for whole words in lower case, except in a language that writes words without spaces: there it is found
anywhere. Every repetition has a bound, so the time to search a text grows with its length only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LETTER = r"[\w\u0300-\u036f\u0900-\u0dff]"  # marks of Indic scripts and combining accents belong to their word
_REST = LETTER + "{0,24}"
_GAP = r"\b[^.]{0,30}\b"
_OPTIONAL = re.compile(r"\(([^()]+)\)")
_GROUPS = 3  # words that may be missing: more of them would multiply an entry
_FAULTS = (
    (re.compile(r"^\s|\s$|\s\s|[\t\n]"), "has white space too much"),
    (re.compile(r"[\\\[\]{}|^$+?]"), "has a sign of regular expressions; write plain words, and * for an ending"),
    (re.compile(r"\*\*|\w\*\w"), "has a * within a word"),
    (re.compile(r"^\*$|^\* | \*$"), "begins or ends with a * that stands alone"),
)


@dataclass(slots=True)
class _Node:
    """A state of the tree of all entries; the key is the regular expression of one step."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def source(self) -> str:
        options = [step + node.source() for step, node in self.steps.items()]
        options += sorted(self.ends, key=len, reverse=True)  # the longest entry is taken
        return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def lowered(text: str) -> str:
    """In lower case, as entries are compared; the Turkish capital "İ" is an "i" without a dot above it."""
    return text.lower() if text.isascii() else text.lower().replace("i\u0307", "i")


def fault(entry: str) -> str | None:
    """What is wrong with an entry, or None."""
    if not entry.strip("* "):
        return "is empty"
    if entry != entry.lower():
        return "is not in lower case"
    for pattern, said in _FAULTS:
        if pattern.search(entry):
            return said
    if len(_OPTIONAL.findall(entry)) > _GROUPS:
        return f"has more than {_GROUPS} words that may be missing"
    if any(bracket in _OPTIONAL.sub("", entry) for bracket in "()"):
        return "has a bracket without its other half"
    return None


def variants(entry: str) -> list[str]:
    """The entry with and without each word in round brackets."""
    match = _OPTIONAL.search(entry)
    if match is None:
        return [" ".join(entry.split())]
    head, tail = entry[: match.start()], entry[match.end() :]
    return [*variants(f"{head} {match[1]} {tail}"), *variants(f"{head} {tail}")]


def one_word(entry: str) -> bool:
    """Whether it is a single word, apart from a * at its ends: it can be looked up without a search."""
    return re.fullmatch(rf"\*?{LETTER}+\*?", entry) is not None


def source(entries: Iterable[tuple[str, bool]]) -> str:
    """The regular expression that finds any of them; each with whether its language puts spaces between words."""
    bound, free = _Node(), _Node()
    for entry, spaced in entries:
        node = bound if spaced and re.match(LETTER, entry) else free
        ended = not entry.endswith("*") and spaced and re.match(LETTER, entry[-1])
        for step in _steps(entry, spaced=spaced):
            node = node.steps.setdefault(step, _Node())
        node.ends.add(f"(?!{LETTER})" if ended else "")
    sides = [f"(?<!{LETTER}){bound.source()}"] if bound.steps else []
    sides += [free.source()] if free.steps else []
    return f"(?:{'|'.join(sides)})" if sides else "(?!)"


def _steps(entry: str, *, spaced: bool) -> Iterable[str]:
    entry = entry.removeprefix("*")
    for index, piece in enumerate(entry.split(" * ")):
        if index:
            yield _GAP
        for char in piece:
            if char == " ":
                yield r"\s" if spaced else r"\s?"
            elif char == "*":
                yield _REST
            else:
                yield "['\u2019]" if char == "'" else re.escape(char)
