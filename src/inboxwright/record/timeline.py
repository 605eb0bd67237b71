"""What was recorded: actions and mails in order, as a versioned JSON file."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from inboxwright.errors import InboxwrightError
from inboxwright.record.kinds import KINDS, Kind, Role

VERSION = 2
OPENING, CLOSING = "⟦", "⟧"
"""Around the name of a known value wherever it stood in a recorded string; a literal one is doubled."""


class TimelineError(InboxwrightError):
    """A timeline cannot be read: not JSON, another version, or something that belongs is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What the page says about the element that was touched."""

    tag: str = ""
    type: str = ""
    label: str = ""
    name: str = ""
    autocomplete: str = ""
    maxlength: int = 0
    css: str = ""
    """A selector that does not use the element's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened. `kinds.KINDS` says of each kind what it is and which attributes it carries.

    Raises TimelineError for a kind that the table does not have, and for an attribute that its kind does not carry.
    """

    kind: str
    at: int = 0
    """Milliseconds since the start."""
    page: int = 0
    """0 is the user's page; popups and new tabs count on."""
    path: str = ""
    """The URL path of the tab when it happened; for arrive and load, the path that was reached."""
    title: str = ""
    heading: str = ""
    locator: str | None = None
    """Python code after `page.`, as Playwright writes it."""
    field: Field | None = None
    value: str = ""
    """Typed text, key, file name, URL, path of a request, asserted text, subject of a mail, or the dialog's words."""
    boxes: tuple[str, ...] = ()
    """Of a fill: the locators of the one-character boxes that it fills."""
    code: str = ""
    """Of a fill or a paste, until the timeline is made: the name of the code that was typed."""
    options: tuple[str, ...] = ()
    """Of a select."""
    button: str = ""
    """Of a click: the mouse's, unless it is the left one."""
    modifiers: tuple[str, ...] = ()
    """Of a click: the keys that were held."""
    position: tuple[int, ...] = ()
    """Of a click on a canvas: x and y in CSS pixels."""
    content: str = ""
    """Of an upload: the file in base64; empty if it was too large to be kept."""
    together: bool = False
    """Of an upload: the file was chosen together with the one before."""
    rendered: bool = False
    """Of an asserted text: blocks stand apart in it as on the rendered page (`innerText`), not as in `textContent`."""
    answer: str = ""
    """Of a dialog: accept or dismiss. Of a navigate: what Sec-Fetch-Site said (W3C Fetch Metadata)."""
    text: str = ""
    """Of a dialog: what was typed into it."""
    method: str = ""
    """Of a request."""
    by_script: bool = False
    """Of a request: a script sent it."""
    query: bool = False
    """Of arrive and load: the URL had a query or a fragment."""
    mail: int = 0
    """Of a mail and of a mailed link: which one, counting from 1."""
    inbox: int = 0
    """Of a mail: which inbox received it; 0 is the user's own."""
    link: int = 0
    """Of a mailed link: which of its mail, counting from 1."""
    new_page: int = 0
    """Of a popup or tab: its number."""
    shown_as: str = ""
    """Of a TOTP secret on the screen: text, value (of a field) or href."""
    note: str = ""
    """Of what could not be recorded: what was seen."""

    def __post_init__(self) -> None:
        """Refuse what the table does not have."""
        row = KINDS.get(self.kind)
        if row is None:
            raise TimelineError(f"there is no kind of step {self.kind!r}; the table has: {', '.join(KINDS)}")
        for name, default in _SPECIAL:
            if name not in row.carries and getattr(self, name) != default:
                raise TimelineError(f"a step of kind {self.kind} carries no {name!r}")

    @property
    def row(self) -> Kind:
        """What the table says of its kind."""
        return KINDS[self.kind]


COMMON = ("kind", "at", "page", "path", "title", "heading", "locator", "field", "value")
"""The attributes of every step."""
_SPECIAL = tuple((item.name, item.default) for item in fields(Step) if item.name not in COMMON)


def become(step: Step, kind: str, **more: Any) -> Step:
    """The step as one of another kind: only what every step has is kept. Raises TimelineError."""
    common = {name: getattr(step, name) for name in COMMON}
    return Step(**{**common, "kind": kind, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value that must not stay in the output as it is."""

    value: str = field(repr=False)
    secret: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """One recording. Known values stand in `steps` by name; only `values` holds them."""

    name: str
    base_url: str
    steps: tuple[Step, ...]
    values: Mapping[str, Value] = field(repr=False)
    link_hosts: tuple[str, ...] | None = None
    test_id_attribute: str = "data-testid"
    after: str = ""
    """The flow that was walked before the recording began, as `module:function`."""

    def dump(self) -> str:
        """The JSON text; secrets are in `values` and nowhere else."""
        document = {
            "version": VERSION,
            "name": self.name,
            "base_url": self.base_url,
            "link_hosts": self.link_hosts,
            "test_id_attribute": self.test_id_attribute,
            "after": self.after,
            "steps": [_lean(asdict(step)) for step in self.steps],
            "values": {name: asdict(value) for name, value in self.values.items()},
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def save(self, path: Path) -> None:
        """Write the file, readable by its owner only."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(self.dump())

    @classmethod
    def load(cls, text: str) -> "Timeline":
        """Read what `dump` wrote. Raises TimelineError."""
        try:
            document = json.loads(text)
            if document["version"] != VERSION:
                raise TimelineError(
                    f"the timeline has version {document['version']!r}, this inboxwright reads {VERSION};"
                    " record it again"
                )
            return cls(
                name=document["name"],
                base_url=document["base_url"],
                link_hosts=None if document.get("link_hosts") is None else tuple(document["link_hosts"]),
                test_id_attribute=document.get("test_id_attribute", "data-testid"),
                after=document.get("after", ""),
                steps=tuple(_step(step) for step in document["steps"]),
                values={name: Value(**value) for name, value in document["values"].items()},
            )
        except (ValueError, KeyError, TypeError) as error:
            raise TimelineError(f"not a timeline of `inboxwright record`: {error}") from error

    def shown(self) -> Iterator[str]:
        """One line a step for people; known values by name, never as they were."""
        for step in self.steps:
            yield show(step)


def show(step: Step) -> str:
    """One step in a line, as marked: safe to print when its known values have been replaced by names."""
    words = [f"{step.at / 1000:7.1f} s", step.kind.replace("_", " ")]
    if step.page:
        words.append(f"(tab {step.page + 1})")
    words += [part for part in (step.locator, _quoted(step), step.button, step.answer, step.method, step.note) if part]
    if step.row.role is Role.EFFECT and step.path:
        words.append(step.path)
    return "  ".join(words)


def _quoted(step: Step) -> str:
    return repr(step.value) if step.value else ", ".join(step.options)


def _lean(step: dict[str, Any]) -> dict[str, Any]:
    lean = {name: value for name, value in step.items() if value not in (None, "", 0, ())}
    if step["field"]:
        lean["field"] = {name: value for name, value in step["field"].items() if value not in ("", 0)}
    return {"kind": step["kind"]} | lean


def _step(document: Mapping[str, Any]) -> Step:
    known = {item.name for item in fields(Step)}
    if unknown := set(document) - known:
        raise TimelineError(f"a step has unknown keys: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = dict(document)
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    if values.get("field"):
        values["field"] = Field(**values["field"])
    return Step(**values)
