"""What the recorder keeps of one thing that happened, while its locator may still be on its way."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from inboxwright.record.timeline import Field, Step, become

PATIENCE = 2.0
"""Seconds that Playwright may take to find an element's locator."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """A step whose locator may still be on its way."""

    step: Step
    mark: str = ""
    locator: "asyncio.Future[str | None] | None" = field(default=None, repr=False)

    async def settled(self) -> Step:
        """The step with its locator, or as `missed` if the page was gone before the element could be named."""
        if self.locator is None or self.step.locator:
            return self.step
        try:
            locator = await asyncio.wait_for(asyncio.shield(self.locator), PATIENCE)
        except TimeoutError:
            locator = None
        if locator is None and self.step.kind != "secret":
            what = f"{self.step.kind} on {_words(self.step.field)}: the page left before the element could be named"
            return become(self.step, "missed", value="", note=self.step.note or what)
        return replace(self.step, locator=locator)


def last_act(entries: Sequence[Entry]) -> Entry | None:
    """What the person did last."""
    return next((entry for entry in reversed(entries) if entry.step.row.by_person), None)


def without_last_act(entries: Sequence[Entry], also: Callable[[Step], bool]) -> list[Entry]:
    """All but what the person did last and what followed from it; `also`: what of the rest was the person's doing."""
    for index in range(len(entries) - 1, -1, -1):
        step = entries[index].step
        if step.row.by_person or also(step):
            return [*entries[:index], *(entry for entry in entries[index + 1 :] if entry.step.row.lasts)]
    return list(entries)


def _words(field: Field | None) -> str:
    if field is None:
        return "an element"
    return f"{field.tag or 'an element'} {field.label or field.name!r}".strip()
