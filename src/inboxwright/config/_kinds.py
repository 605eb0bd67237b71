"""What a key may hold: each kind checks a JSON value, reads one from text, and knows its JSON Schema.

`${NAME}` in a text is an environment variable. A literal `${` is written `$${`.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from inboxwright.config._secrets import Secret, SecretUrl, secrets_in, without_secrets

PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ANY = re.compile(r"\$\$\{|\$\{([^}]*)\}?")
_LARGEST = 2**31 - 1  # what Playwright's timers take, in milliseconds

T = TypeVar("T")


class Wrong(ValueError):
    """The value is not what its key takes; the text says what it takes."""


def shown(value: object) -> str:
    """A value as it stands in the file, cut short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"


class Kind(ABC):
    """The values that one key takes."""

    says: str
    """In words, after "must be"."""
    public: bool = True
    """Whether no value of this kind is a secret: a host, a number, one of listed words."""

    @abstractmethod
    def read(self, raw: object) -> object:
        """The value for a JSON value, or Wrong."""

    @abstractmethod
    def schema(self) -> dict[str, object]:
        """Its JSON Schema, without placeholders."""

    def from_text(self, text: str) -> object:
        """The JSON value that a variable's text stands for."""
        return text

    def wrong(self, raw: object) -> Wrong:
        """The error for a value that this kind does not take."""
        return Wrong(f"must be {self.says}, not {shown(raw)}")


class Text(Kind):
    """Any text that is not empty; `public` where people need to read it, as a name or a path."""

    def __init__(self, says: str = "a text", *, pattern: str | None = None, public: bool = False) -> None:
        self.says, self.public = says, public
        self.pattern = pattern

    def read(self, raw: object) -> object:
        if not isinstance(raw, str) or not raw.strip():
            raise self.wrong(raw)
        if self.pattern and not re.search(self.pattern, raw):
            raise self.wrong(raw)
        return raw

    def schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": self.pattern or r"\S"}

    def from_text(self, text: str) -> object:
        return text.strip()


class SecretText(Text):
    """A password, token or key: only by `${NAME}` in the file, masked wherever it is shown."""

    def __init__(self, says: str = "a text that comes from the environment") -> None:
        super().__init__(says)

    def read(self, raw: object) -> object:
        if not isinstance(raw, str) or not raw.strip():
            raise Wrong(f"must be {self.says}")  # never shows what was there
        return Secret(raw)

    def from_text(self, text: str) -> object:
        return text.rstrip("\r\n")  # of the file that the variable was made of; a space may be meant

    def schema(self) -> dict[str, object]:
        return {"type": "string", "pattern": PLACEHOLDER.pattern}


class Pattern(Text):
    """A regular expression."""

    def __init__(self) -> None:
        super().__init__("a regular expression", public=True)

    def read(self, raw: object) -> object:
        text = super().read(raw)
        try:
            re.compile(str(text))
        except re.error as error:
            raise Wrong(f"must be {self.says}, and {shown(raw)} is not one: {error}") from None
        return text

    def schema(self) -> dict[str, object]:
        return {**super().schema(), "format": "regex"}


class Url(Text):
    """An absolute URL with one of the schemes."""

    def __init__(self, *schemes: str) -> None:
        self.schemes = schemes or ("http", "https")
        first = self.schemes[0]
        super().__init__(
            f"an absolute URL like {first}://{'127.0.0.1:8000' if first == 'http' else 'host:port'}",
            pattern=rf"^({'|'.join(self.schemes)})://\S+$",
        )

    def read(self, raw: object) -> object:
        text = str(super().read(raw))
        try:
            parts = urlsplit(text)
            valid = bool(parts.hostname) and (parts.port is None or parts.port >= 0)
        except ValueError:
            raise self.wrong(raw) from None
        if not valid:
            raise self.wrong(raw)
        return SecretUrl(text) if secrets_in(text) else text

    def wrong(self, raw: object) -> Wrong:
        """As any kind's, without what is secret in it."""
        return super().wrong(without_secrets(raw) if isinstance(raw, str) and "://" in raw else raw)


class Integer(Kind):
    """A whole number within bounds."""

    def __init__(self, says: str = "a whole number", *, least: int = 0, most: int = _LARGEST) -> None:
        bounds = "" if most == _LARGEST else f" to {most}"
        self.says = f"{says}, {least}{bounds}" + ("" if bounds else " or more")
        self.least, self.most = least, most

    def read(self, raw: object) -> object:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)  # JSON has one kind of number: 30000.0 is a whole one
        if isinstance(raw, bool) or not isinstance(raw, int) or not self.least <= raw <= self.most:
            raise self.wrong(raw)
        return raw

    def from_text(self, text: str) -> object:
        return int(text) if re.fullmatch(r"-?\d{1,18}", text.strip(), re.ASCII) else text

    def schema(self) -> dict[str, object]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Milliseconds(Integer):
    """A duration, in milliseconds as everywhere in Playwright."""

    def __init__(self, *, least: int = 0) -> None:
        super().__init__("a whole number of milliseconds", least=least)


class Number(Kind):
    """Any number within bounds."""

    def __init__(self, says: str, *, least: float, most: float) -> None:
        self.says, self.least, self.most = says, least, most

    def read(self, raw: object) -> object:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not self.least <= raw <= self.most:
            raise self.wrong(raw)
        return float(raw)

    def from_text(self, text: str) -> object:
        return float(text) if re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", text.strip(), re.ASCII) else text

    def schema(self) -> dict[str, object]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class Flag(Kind):
    """true or false."""

    says = "true or false"

    def read(self, raw: object) -> object:
        if not isinstance(raw, bool):
            raise self.wrong(raw)
        return raw

    def from_text(self, text: str) -> object:
        words = {"true": True, "1": True, "yes": True, "on": True}
        words |= {"false": False, "0": False, "no": False, "off": False}
        return words.get(text.strip().casefold(), text)

    def schema(self) -> dict[str, object]:
        return {"type": "boolean"}


class Choice(Kind):
    """One of a few words; where `capitals`, also in the capitals in which a vendor spells them."""

    def __init__(self, *words: str, instead: Mapping[str, str] | None = None, capitals: bool = False) -> None:
        self.words = words
        self.capitals = capitals
        self.instead = dict(instead or {})
        self.says = "one of " + ", ".join(f'"{word}"' for word in words)

    def from_text(self, text: str) -> object:
        return text.strip()

    def read(self, raw: object) -> object:
        if isinstance(raw, str) and raw in self.instead:
            raise Wrong(f"{self.wrong(raw)}: {self.instead[raw]}")
        if self.capitals and isinstance(raw, str) and raw.isupper():
            raw = raw.lower()
        if raw not in self.words:
            raise self.wrong(raw)
        return raw

    def schema(self) -> dict[str, object]:
        return {"enum": [*self.words, *(word.upper() for word in self.words if self.capitals)]}


class ListOf(Kind):
    """A list of one kind, or one of it alone where `alone`; in a variable, separated by commas or as JSON."""

    def __init__(self, item: Kind, says: str, *, alone: bool = False) -> None:
        self.item, self.says, self.alone = item, says, alone

    def read(self, raw: object) -> object:
        entries = [raw] if self.alone and not isinstance(raw, list) else raw
        if not isinstance(entries, list):
            raise self.wrong(raw)
        return tuple(self.item.read(entry) for entry in entries)

    def from_text(self, text: str) -> object:
        if text.lstrip().startswith("["):
            return json_from_text(text, self.says)
        return [self.item.from_text(part.strip()) for part in text.split(",") if part.strip()]

    def schema(self) -> dict[str, object]:
        return {"type": "array", "items": self.item.schema()}


def json_from_text(text: str, says: str) -> object:
    """A JSON value that stands in a variable."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise Wrong(f"must be {says} as JSON: {error}") from None


class FrozenMap(Mapping[str, T], Generic[T]):
    """A mapping that cannot change; unlike `MappingProxyType` it can be pickled (for pytest-xdist) and copied."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._items: dict[str, T] = dict(items or {})

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))


def has_variable(value: object) -> bool:
    """Whether the text takes a variable."""
    return isinstance(value, str) and any(found[0] != "$${" for found in _ANY.finditer(value))


def check_variables(text: str) -> None:
    """Wrong if a `${` in the text does not begin a variable."""
    for found in _ANY.finditer(text):
        if found[0] != "$${" and not PLACEHOLDER.fullmatch(found[0]):
            raise Wrong(f'has "{found[0]}", which is no ${{NAME}}; a literal is written $${{')


def expand(
    text: str,
    environ: Mapping[str, str],
    *,
    missing: Callable[[str, str], Exception],
    later: tuple[str, ...] = (),
) -> tuple[str, tuple[str, ...]]:
    """The text with its variables' values, and their names.

    Those in `later` stay as they are, and so do escapes, for the second pass. An empty variable counts as missing:
    CI systems give one for a secret that is not defined.
    """
    names: list[str] = []

    def value(found: re.Match[str]) -> str:
        if found[0] == "$${":
            return "$${" if later else "${"
        name = found[1]
        if name in later:
            return found[0]
        if not environ.get(name):
            raise missing(name, "is empty" if name in environ else "is not set")
        names.append(name)
        return environ[name]

    return _ANY.sub(value, text), tuple(names)
