"""What the recorder keeps of one thing that happened, while its locator may still be on its way."""

import asyncio
from dataclasses import dataclass, field, replace

from inboxwright.record.timeline import Field, Step

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
            return replace(self.step, kind="missed", value="", choices=(), note=self.step.note or what)
        return replace(self.step, locator=locator)


def _words(field: Field | None) -> str:
    if field is None:
        return "an element"
    return f"{field.tag or 'an element'} {field.label or field.name!r}".strip()
