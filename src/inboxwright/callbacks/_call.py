"""One HTTP call, as the application made it and as it was answered."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An HTTP call that the application made (RFC 9110), and the answer that it got."""

    number: int
    """The receiver's own count, over all paths."""
    method: str
    path: str
    """Below the test's own URL, or below `${CALLBACK_URL}` where it is `shared`: "/delivered"."""
    query_string: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    """All header fields in their order, names in lower case."""
    body: bytes = b""
    received: float
    """Seconds since the epoch."""
    status: int | None
    """What the receiver answered; None where it hung up, or the application did not wait for the answer."""
    shared: bool = False
    """Made to `${CALLBACK_URL}` itself, which every running test hears."""
    refused_before: "tuple[Call, ...]" = field(default=(), repr=False)
    """Calls that would have been this one, had they not been refused: its earlier attempts."""

    @property
    def text(self) -> str:
        """The body as text, UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON (RFC 8259). Raises ValueError if it is none."""
        return json.loads(self.body)

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters, the last one of a name."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def headers(self) -> Mapping[str, str]:
        """By name in lower case; several of one name are joined by a comma (RFC 9110 section 5.3)."""
        joined: dict[str, str] = {}
        for name, value in self.fields:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return joined

    @property
    def received_at(self) -> datetime:
        """When it came, UTC."""
        return datetime.fromtimestamp(self.received, UTC)

    @property
    def accepted(self) -> bool:
        """Whether the answer was 2xx and the application waited for it."""
        return self.status is not None and 200 <= self.status < 300

    def after(self, refused: "tuple[Call, ...]") -> "Call":
        """The same with its earlier attempts."""
        return replace(self, refused_before=refused)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        values = asdict(self)
        del values["refused_before"]
        return values | {"body": base64.b64encode(self.body).decode()}

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> "Call":
        """From plain values."""
        fields = tuple((name, value) for name, value in values["fields"])
        return cls(**{**values, "fields": fields, "body": base64.b64decode(values["body"])})

    def __str__(self) -> str:
        outcome = "not answered" if self.status is None else f"answered {self.status}"
        return f"{self.method} {self.path} ({outcome})"
