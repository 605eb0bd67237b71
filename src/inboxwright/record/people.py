"""What a typed value stands for, by what the page says about its field."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inboxwright.record.kinds import Role
from inboxwright.record.timeline import Field, Step

IDENTITY = (
    "password", "first_name", "last_name", "name", "username", "phone", "company", "street", "city", "postcode",
    "country",
)  # fmt: skip
"""The attributes of an identity that a form may ask for."""

_AUTOCOMPLETE = {
    "given-name": "first_name",
    "family-name": "last_name",
    "name": "name",
    "username": "username",
    "nickname": "username",
    "email": "address",
    "tel": "phone",
    "organization": "company",
    "street-address": "street",
    "address-line1": "street",
    "address-level2": "city",
    "postal-code": "postcode",
    "country-name": "country",
    "new-password": "password",
    "current-password": "password",
}  # https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill
_WORDS = (
    (re.compile(r"\b(e-?mail)\b", re.IGNORECASE), "address"),
    (re.compile(r"\b(first|given)[ _-]?name\b", re.IGNORECASE), "first_name"),
    (re.compile(r"\b(last|family|sur)[ _-]?name\b", re.IGNORECASE), "last_name"),
    (re.compile(r"\b(user[ _-]?name|login|nick[ _-]?name)\b", re.IGNORECASE), "username"),
    (re.compile(r"\b(full|your|display)[ _-]?name\b|^name$", re.IGNORECASE), "name"),
    (re.compile(r"\b(phone|mobile|telephone)\b", re.IGNORECASE), "phone"),
    (re.compile(r"\b(company|organi[sz]ation|workspace)\b", re.IGNORECASE), "company"),
)


def meaning(field: Field | None) -> str:
    """Which attribute of a person the field asks for: "address", "password", one of IDENTITY, or nothing."""
    if field is None:
        return ""
    if field.type == "password":
        return "password"
    for token in field.autocomplete.lower().split():
        if token in _AUTOCOMPLETE:
            return _AUTOCOMPLETE[token]
    if field.type == "email":
        return "address"
    for pattern, attribute in _WORDS:
        if pattern.search(field.label) or pattern.search(field.name.replace("_", " ")):
            return attribute
    return ""


def join_boxes(steps: Sequence[Step]) -> list[Step]:
    """Make one fill of the fills of one-character boxes in a row; `boxes` then holds the boxes' locators."""
    joined: list[Step] = []
    for step in steps:
        last = _last_of(joined)
        if _is_box(step):
            if last is not None and joined[last].boxes and _goes_on(joined[last], step):
                previous = joined[last]
                joined[last] = _with(previous, previous.value + step.value, (*previous.boxes, step.locator or ""))
                continue
            joined.append(_with(step, step.value, (step.locator or "",)))
        else:
            joined.append(step)
    return [_with(step, step.value, ()) if _single(step) else step for step in joined]


def _is_box(step: Step) -> bool:
    return step.kind == "fill" and step.field is not None and step.field.maxlength == 1 and len(step.value) == 1


def _goes_on(previous: Step, step: Step) -> bool:
    return previous.page == step.page and previous.path == step.path and step.locator not in previous.boxes


def _single(step: Step) -> bool:
    return step.kind == "fill" and len(step.boxes) == 1


def _last_of(steps: Sequence[Step]) -> int | None:
    """The last act; what was merely seen, and the clicks that move between boxes, do not count."""
    for index in range(len(steps) - 1, -1, -1):
        row, field = steps[index].row, steps[index].field
        seen = row.role is Role.EFFECT and not row.wraps
        if seen or (row.name == "click" and field is not None and field.maxlength == 1):
            continue
        return index if row.name == "fill" else None
    return None


def _with(step: Step, value: str, boxes: Iterable[str]) -> Step:
    return replace(step, value=value, boxes=tuple(boxes))
