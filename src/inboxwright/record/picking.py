"""What was picked for an assertion: the element that was clicked, not the control around it, and what it shows."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page

from inboxwright.record.timeline import Field

_INNER = """element => {
  const inner = window.__inboxwrightPointed?.();
  const text = (node) => node.innerText.trim().replace(/\\s+/g, " ");
  if (!inner || inner === element || !element.contains(inner)) return null;
  if (!text(inner) || text(inner) === text(element)) return null; // the whole control says the same
  const alike = [...element.querySelectorAll(inner.localName)];
  return { tag: inner.localName, index: alike.indexOf(inner), count: alike.length };
}"""
_SHOWN = """element => ({
  tag: element.localName,
  text: element.textContent.trim().replace(/\\s+/g, " "),
  rendered: (element.innerText ?? "").trim().replace(/\\s+/g, " "),
  value: "value" in element ? String(element.value) : "",
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """An element, and what may be asserted of it."""

    page: Page
    code: str
    """Python code after `page.`."""
    text: str
    """As people read it."""
    rendered: bool
    """The text is that of the rendered page: blocks stand apart there, and in `textContent` they do not."""
    value: str
    field: Field


async def picked_of(page: Page, locator: Locator, code: str) -> Picked:
    """What Playwright's picker found, narrowed to what was clicked. Raises Error if the element is gone."""
    if inner := await locator.evaluate(_INNER):
        locator, code = locator.locator(inner["tag"]), f"{code}.locator({inner['tag']!r})"
        if inner["count"] > 1:
            locator, code = locator.nth(inner["index"]), f"{code}.nth({inner['index']})"
    shown = await locator.evaluate(_SHOWN)
    text = shown["rendered"] or shown["text"]
    field = Field(tag=shown["tag"], label=text[:80])
    return Picked(
        page=page, code=code, text=text, rendered=text != shown["text"], value=shown["value"], field=field
    )  # fmt: skip
