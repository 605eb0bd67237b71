"""What a server can be told: one table, from which `inboxwright serve` and `python -m inboxwright.server` are made."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024

_UNITS = {"": 1, "k": 1024, "m": MEBIBYTE, "g": 1024 * MEBIBYTE}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Demand(StrEnum):
    """Whether an extension of SMTP is there."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


class Kind(StrEnum):
    """How the text of an option is read."""

    ADDRESS = "host:port"
    FOLDER = "folder"
    FILE = "file"
    SIZE = "size"
    DURATION = "duration"
    COUNT = "count"
    FLAG = "flag"
    DEMAND = "demand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One option of the command line."""

    name: str
    """Of the field."""
    kind: Kind
    about: str
    default: Any
    public: bool
    """Whether `inboxwright serve` has it; the others are for programs."""

    @property
    def flag(self) -> str:
        """As it is written: --max-storage."""
        return f"--{self.name.replace('_', '-')}"


def _option(kind: Kind, about: str, *, default: Any = None, public: bool = True) -> Any:
    return field(default=default, metadata={"kind": kind, "about": about, "public": public})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """All settings of one server. Sizes are bytes, durations seconds; None means no limit."""

    smtp: tuple[str, int] = _option(Kind.ADDRESS, "Where to take mail.", default=("127.0.0.1", 0))
    http: tuple[str, int] = _option(Kind.ADDRESS, "Where to show it.", default=("127.0.0.1", 0))
    data: Path | None = _option(Kind.FOLDER, "Keep the mail in this folder.")
    """Where the store lives; None means a temporary folder that goes with the server."""
    flush: bool = _option(
        Kind.FLAG, "With --data: answer 250 once the mail is on the disk, power cut or not.", default=False
    )
    retention: float | None = _option(Kind.DURATION, "Delete mail that is older, such as 12h or 7d.")
    max_message_size: int = _option(Kind.SIZE, "Larger ones get 552.", default=25 * MEBIBYTE)
    max_storage: int | None = _option(Kind.SIZE, "Refuse mail with 452 once this much is stored, such as 2G.")
    max_line_length: int = _option(Kind.SIZE, "Of a message's text.", default=65_536)
    """Generous: RFC 5321 section 4.5.3.1.6 allows 1000, but many applications send longer lines."""
    tls_certificate: Path | None = _option(Kind.FILE, "PEM: offer STARTTLS with it.")
    tls_key: Path | None = _option(Kind.FILE, "PEM, if it is not in there.")
    smtp_tls: Demand | None = _option(
        Kind.DEMAND, "STARTTLS (RFC 3207), with a certificate made for the day where none is given."
    )
    """None: offered where there is a certificate, else off. A client that upgrades as soon as it may (Go, Nodemailer,
    Ruby) refuses a certificate that it was not told to trust."""
    smtp_auth: Demand = _option(
        Kind.DEMAND,
        "AUTH (RFC 4954). INBOXWRIGHT_SMTP_USER and INBOXWRIGHT_SMTP_PASSWORD say who may; any name without them.",
        default=Demand.OFFERED,
    )
    max_recipients: int = _option(Kind.COUNT, "Of one message.", default=1000, public=False)
    """RFC 5321 section 4.5.3.1.8 asks for 100 or more."""
    max_connections: int = _option(Kind.COUNT, "At the same time.", default=1000, public=False)
    max_connections_per_peer: int = _option(Kind.COUNT, "Of one address.", default=250, public=False)
    idle_timeout: float = _option(Kind.DURATION, "Without a command or a whole message.", default=300.0, public=False)
    """RFC 5321 section 4.5.3.2.7 asks for five minutes."""
    tether: bool = _option(
        Kind.FLAG, "Exit as soon as standard input ends: the parent holds its other end.", default=False, public=False
    )
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    smtp_user: str | None = None
    """Who may send; any name and password without one."""
    smtp_password: str = field(default="", repr=False)

    @property
    def tls(self) -> Demand:
        """Whether STARTTLS is there, all options together."""
        if self.smtp_tls is not None:
            return self.smtp_tls
        return Demand.OFF if self.tls_certificate is None else Demand.OFFERED


def declared() -> Iterator[Declared]:
    """Every option of the command line, in the order of the help."""
    for each in fields(ServerOptions):
        if each.metadata:
            yield _declared(each)


def _declared(each: "Field[Any]") -> Declared:
    return Declared(name=each.name, default=each.default, **each.metadata)


def read(kind: Kind, text: str) -> Any:
    """The value that a text stands for. Raises ValueError, which says how to write it."""
    readers = {Kind.ADDRESS: _address, Kind.SIZE: _size, Kind.DURATION: _duration, Kind.DEMAND: _demand}
    readers |= {Kind.FOLDER: _path, Kind.FILE: _path, Kind.COUNT: _count}
    return readers[kind](text)


def shown(kind: Kind, value: Any) -> str | None:
    """The text that stands for a value, for the help."""
    if kind is Kind.ADDRESS:
        return f"{value[0]}:{value[1]}"
    if kind is Kind.SIZE and value is not None:
        factor, unit = (MEBIBYTE, "M") if value % MEBIBYTE == 0 else (1024, "k")
        return f"{value // factor}{unit}"
    return None if value is None else str(value)


def _address(text: str) -> tuple[str, int]:
    """HOST:PORT, [IPv6]:PORT or PORT; the loopback address when there is no host."""
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or len(port) > 5 or int(port) > 65_535:
        raise ValueError(f"{text!r} is not HOST:PORT")
    return host.strip("[]") or "127.0.0.1", int(port)


def _size(text: str) -> int:
    found = re.fullmatch(r"(\d{1,15})([kmg]?)(?:i?b)?", text.lower(), re.ASCII)
    if not found or int(found[1]) == 0:
        raise ValueError(f"{text!r} is not a size; write it like 500k, 25M or 2G")
    return int(found[1]) * _UNITS[found[2]]


def _duration(text: str) -> float:
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([smhd])", text.lower(), re.ASCII)
    if not found or float(found[1]) == 0:
        raise ValueError(f"{text!r} is not a duration; write it like 90s, 30m, 12h or 7d")
    return float(found[1]) * _SECONDS[found[2]]


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 10 or int(text) == 0:
        raise ValueError(f"{text!r} is not a number from 1")
    return int(text)


def _demand(text: str) -> Demand:
    older = {"none": Demand.OFF, "any": Demand.OFFERED}  # the words of the first version
    word = text.lower()
    if word in older:
        return older[word]
    try:
        return Demand(word)
    except ValueError:
        raise ValueError(f"{text!r} is none of off, offered, required") from None


def _path(text: str) -> Path:
    if not text:
        raise ValueError("an empty path names no folder; leave the option out, or write . for the current folder")
    return Path(text)


def with_environment(options: dict[str, Any], environment: "dict[str, str]") -> dict[str, Any]:
    """What the environment says besides: the token and who may send. Raises ValueError for half of a pair."""
    user, password = environment.get("INBOXWRIGHT_SMTP_USER"), environment.get("INBOXWRIGHT_SMTP_PASSWORD")
    if (user is None) != (password is None):
        raise ValueError("set both INBOXWRIGHT_SMTP_USER and INBOXWRIGHT_SMTP_PASSWORD, or neither")
    if options.get("tls_key") and not options.get("tls_certificate"):
        raise ValueError("--tls-key needs --tls-certificate")
    given = dict(options)
    if user is not None:
        given |= {"smtp_user": user, "smtp_password": password}
    if token := environment.get("INBOXWRIGHT_TOKEN"):
        given["token"] = token
    return given
