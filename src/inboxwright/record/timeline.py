"""What was recorded: actions and mails in order, as a versioned JSON file."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from inboxwright.errors import InboxwrightError

VERSION = 1
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
    """One thing that happened. Which attributes count depends on `kind`."""

    kind: str
    """
    Acts: open, link, reload, back, forward, hover, click, dblclick, fill, check, uncheck, select, press, paste, upload,
    close. Panel: assert_visible, assert_text, assert_value, dialog. Seen: mail, load, arrive, request, popup, tab,
    download, secret (a TOTP secret on the screen), missed (could not be recorded; `note` says what was seen).
    """
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
    """Typed text, key, option, file name, URL, asserted text, or the dialog's words."""
    choices: tuple[str, ...] = ()
    """The options of a select, the modifiers of a click, or the base64 content of an upload."""
    answer: str = ""
    """Of a dialog: accept or dismiss. Of a click: the mouse button. Of a request: its method.

    Of an upload: "also", where the file was chosen together with the one before.
    """
    mail: int = 0
    """Counting from 1; 0 for steps without a mail."""
    inbox: int = 0
    """Of a mail: which inbox received it; 0 is the user's own."""
    new_page: int = 0
    """Of a popup or tab: its number."""
    note: str = ""


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
    words += [part for part in (step.locator, _quoted(step), step.answer, step.note) if part]
    if step.kind in {"arrive", "load"}:
        words.append(step.path)
    return "  ".join(words)


def _quoted(step: Step) -> str:
    return repr(step.value) if step.value else ", ".join(step.choices if step.kind == "select" else ())


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
    if isinstance(values.get("choices"), Sequence):
        values["choices"] = tuple(values["choices"])
    if values.get("field"):
        values["field"] = Field(**values["field"])
    return Step(**values)
