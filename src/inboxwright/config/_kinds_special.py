"""Kinds that one or two keys need."""

import re
from collections.abc import Mapping

from inboxwright.config._kinds import PLACEHOLDER, Choice, FrozenMap, Kind, Text, Wrong, json_from_text
from inboxwright.config._secrets import SENSITIVE_NAME, Secret, is_sensitive


class FilePath(Text):
    """A path, relative to the folder of the configuration file."""

    def __init__(self) -> None:
        super().__init__("a path", public=True)


class AnyMap(Kind):
    """An object whose keys are free and whose values are plain."""

    public = False

    def __init__(self, says: str = "an object of plain values") -> None:
        self.says = says

    def read(self, raw: object) -> object:
        plain = str | int | float | bool
        if not isinstance(raw, dict) or not all(isinstance(value, plain) for value in raw.values()):
            raise self.wrong(raw)
        return FrozenMap(raw)

    def from_text(self, text: str) -> object:
        return json_from_text(text, self.says)

    def schema(self) -> dict[str, object]:
        return {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}


class StringMap(Kind):
    """An object of texts; values under sensitive names are masked when shown."""

    public = False

    def __init__(self, says: str = "an object of texts") -> None:
        self.says = says

    def read(self, raw: object) -> object:
        if not isinstance(raw, dict):
            raise self.wrong(raw)
        for name, value in raw.items():
            if not isinstance(value, str):
                raise Wrong(f'must be {self.says}, and "{name}" is not a text: put it in quotes')
        return FrozenMap({name: Secret(text) if is_sensitive(name) else text for name, text in raw.items()})

    def from_text(self, text: str) -> object:
        return json_from_text(text, self.says)

    def schema(self) -> dict[str, object]:
        return {"type": "object", "additionalProperties": {"type": "string"}}


class Headers(StringMap):
    """HTTP headers; those that carry credentials only by `${NAME}` in the file."""

    def __init__(self) -> None:
        super().__init__("an object of HTTP headers")

    def schema(self) -> dict[str, object]:
        secret = {"type": "string", "pattern": PLACEHOLDER.pattern}
        return super().schema() | {"patternProperties": {SENSITIVE_NAME: secret}}


class IgnoredArguments(Kind):
    """true for all, or a list."""

    says = "true, false or a list of arguments"

    def read(self, raw: object) -> object:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, list) and all(isinstance(entry, str) for entry in raw):
            return tuple(raw)
        raise self.wrong(raw)

    def from_text(self, text: str) -> object:
        return json_from_text(text, self.says)

    def schema(self) -> dict[str, object]:
        return {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}


class Workers(Kind):
    """A number of processes, or a part of the machine's cores."""

    says = 'a whole number of processes, 1 or more, or a part of the cores like "50%"'

    def read(self, raw: object) -> object:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 1000:
            return raw
        if isinstance(raw, str) and re.fullmatch(r"(100|[1-9][0-9]?)%", raw):
            return raw
        raise self.wrong(raw)

    def from_text(self, text: str) -> object:
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else text.strip()

    def schema(self) -> dict[str, object]:
        share = {"type": "string", "pattern": r"^(100|[1-9][0-9]?)%$"}
        return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 1000}, share]}


class Host(Text):
    """`host` or `host:port`; where `wildcard`, also `*.example.com`."""

    def __init__(self, *, wildcard: bool = False) -> None:
        star = r"(\*\.)?" if wildcard else ""
        also = ' or "*.example.com"' if wildcard else ""
        super().__init__(
            f'a host like "app.example.com", "127.0.0.1:8000"{also}, without a scheme or path',
            pattern=rf"^{star}(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)(:[0-9]{{1,5}})?$",
            public=True,
        )

    def read(self, raw: object) -> object:
        return str(super().read(raw)).lower()


def host_and_port(text: str) -> tuple[str, int]:
    """`mail.example.com:25` or `[::1]:25` in two. Raises ValueError."""
    host, _, port = text.rpartition(":")
    if not host or int(port) > 65535:
        raise ValueError(f"{text!r} is not host:port")
    return host.strip("[]"), int(port)


class HostPort(Text):
    """`host:port`, an address to listen on or to deliver to."""

    def __init__(self) -> None:
        super().__init__('an address like "127.0.0.1:2525"', pattern=r"^[^\s/]+:[0-9]{1,5}$", public=True)

    def read(self, raw: object) -> object:
        text = str(super().read(raw))
        try:
            host_and_port(text)
        except ValueError:
            raise self.wrong(raw) from None
        return text


class Domain(Text):
    """A mail domain."""

    def __init__(self) -> None:
        super().__init__(
            'a mail domain like "qa.example.com", without "@"',
            pattern=r"^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$",
            public=True,
        )

    def read(self, raw: object) -> object:
        return str(super().read(raw)).lower()


class Reporters(Kind):
    """A reporter's name, or a list of names and `[name, options]` pairs, as in Playwright Test."""

    OPTIONS: Mapping[str, tuple[str, ...]] = {
        "list": (), "line": (), "dot": (), "null": (), "github": (),
        "junit": ("outputFile",), "html": ("outputFolder",),
    }  # fmt: skip
    INSTEAD: Mapping[str, str] = {
        "json": "`inboxwright report` keeps every result in its history file",
        "blob": "`inboxwright report` merges the shards' own history files",
    }

    def __init__(self) -> None:
        self.name = Choice(*self.OPTIONS, instead=self.INSTEAD)
        self.says = f"the name of a reporter ({', '.join(self.OPTIONS)}) or a list of names and [name, options]"

    def read(self, raw: object) -> object:
        entries = [raw] if isinstance(raw, str) else raw
        if not isinstance(entries, list):
            raise self.wrong(raw)
        return tuple(self._one(entry) for entry in entries)

    def _one(self, entry: object) -> tuple[str, FrozenMap[str]]:
        given: dict[object, object] = {}
        match entry:
            case (str() as name) | [str() as name]:
                pass
            case [str() as name, dict() as found]:
                given = found
            case _:
                raise self.wrong(entry)
        self.name.read(name)
        options: dict[str, str] = {}
        for option, value in given.items():
            if option not in self.OPTIONS[name] or not isinstance(value, str):
                takes = ", ".join(self.OPTIONS[name]) or "none"
                raise Wrong(f'has "{option}", which is not a text option of "{name}" (it takes: {takes})')
            options[str(option)] = value
        return name, FrozenMap(options)

    def from_text(self, text: str) -> object:
        if text.lstrip().startswith("["):
            return json_from_text(text, self.says)
        return [part.strip() for part in text.split(",") if part.strip()]

    def schema(self) -> dict[str, object]:
        one: list[object] = [{"enum": list(self.OPTIONS)}]
        for name, options in self.OPTIONS.items():
            properties = {option: {"type": "string"} for option in options}
            takes = {"type": "object", "properties": properties, "additionalProperties": False}
            pair = {"type": "array", "prefixItems": [{"const": name}, takes], "items": False, "minItems": 1}
            one.append(pair)
        return {"anyOf": [{"enum": list(self.OPTIONS)}, {"type": "array", "items": {"anyOf": one}}]}
