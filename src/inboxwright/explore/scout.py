"""The ways into an application: which page holds which form, found by its own links, well-known paths last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Page, Route

from inboxwright.explore.forms import forms_of, pressable
from inboxwright.explore.words import BY_MAIL, CONSENT, FORGOT, OF, SIGN_IN, SIGN_UP, UNIFIED, WELL_KNOWN, Purpose
from inboxwright.record.mails import route_of

_LEADING = (SIGN_UP, SIGN_IN, FORGOT, BY_MAIL, UNIFIED)
_MOST_PAGES = 14
_MOST_BUTTONS = 3
"""Buttons of one page that are pressed to see what they bring forth."""
_PATIENCE = 10_000  # milliseconds that a page may take to load
_TO_RENDER = 2_000  # milliseconds that a page may take to show its first field or link


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A form, and where it is."""

    purpose: Purpose
    path: str
    """As `page.goto` takes it below the base URL."""
    found_by: str
    """The words of the link that led there, or "well-known path"."""
    press: str = ""
    """The words of the button that has to be pressed there first: the form is in a dialog, or not drawn yet."""


async def stay_on(
    context: BrowserContext, base_url: str, turned_away: Callable[[str], object] = lambda _: None
) -> None:
    """Let the context touch the base URL's host and no other, whatever a page asks for."""
    host = urlsplit(base_url).netloc

    async def decide(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != host:
            turned_away(parts.netloc)
            await route.abort("blockedbyclient")
        else:
            await route.fallback()

    await context.route("**/*", decide)
    await context.route_web_socket(lambda url: urlsplit(url).netloc != host, lambda socket: socket.close())


async def find_ways(browser: Browser, base_url: str, *, say: Callable[[str], object]) -> dict[Purpose, Way]:
    """Look at the pages that its own links name, at most 14 of them; nothing is filled in and nothing sent."""
    context = await browser.new_context(base_url=base_url)
    await stay_on(context, base_url)
    page = await context.new_page()
    found: dict[Purpose, Way] = {}
    seen: set[str] = set()
    waiting: list[tuple[str, str]] = [(base_url, "start page")]
    tried = False
    try:
        while len(seen) < _MOST_PAGES:
            if not waiting:
                if tried or {Purpose.SIGN_UP, Purpose.SIGN_IN, Purpose.FORGOT} <= set(found):
                    break
                tried = True
                waiting = [(urljoin(base_url, path), "well-known path") for path in WELL_KNOWN]
            url, by = waiting.pop(0)
            if _key(url) in seen:
                continue
            seen.add(_key(url))
            if not await _open(page, url):
                continue
            for way in [*await _ways_on(page, by), *await _behind_buttons(page, by, found)]:
                if way.purpose not in found:
                    found[way.purpose] = way
                    say(f"found: {way.purpose.value} at {way.path} ({way.found_by})")
            waiting += [item for item in await _links(page, base_url) if _key(item[0]) not in seen]
    finally:
        await context.close()
    return found


def _key(url: str) -> str:
    return route_of(url)[0].rstrip("/")


async def _open(page: Page, url: str) -> bool:
    try:
        response = await page.goto(url, timeout=_PATIENCE)
        await page.locator("a, button, input").filter(visible=True).first.wait_for(timeout=_TO_RENDER)
    except Error:
        return False
    await close_banner(page)
    return response is None or response.ok


async def close_banner(page: Page) -> None:
    """Press the button of a banner that asks for consent, if one is there."""
    for control in await pressable(page):
        if CONSENT.match(control.words) and control.field.tag != "a":
            try:
                await control.locator.click(timeout=1000)
            except Error:
                return
            return


async def _ways_on(page: Page, by: str) -> list[Way]:
    parts = urlsplit(page.url)
    path = (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "")
    return [
        Way(purpose=purpose, path=path, found_by=by)
        for form in await forms_of(page)
        if (purpose := form.purpose()) is not None
    ]


async def _behind_buttons(page: Page, by: str, known: Mapping[Purpose, Way]) -> list[Way]:
    """What buttons bring forth that name a way in and are no part of a form: each pressed on a page of its own."""
    url, found = page.url, list[Way]()
    wanted = (*(OF[purpose] for purpose in Purpose if purpose not in known),)
    in_forms = {button.words for form in await forms_of(page) for button in form.buttons}
    offered = [
        control.words
        for control in await pressable(page)
        if not control.href and control.words not in in_forms and any(words.search(control.words) for words in wanted)
    ]
    for words in list(dict.fromkeys(offered))[:_MOST_BUTTONS]:
        control = next((c for c in await pressable(page) if c.words == words and not c.href), None)
        if control is None:
            continue
        try:
            await control.locator.click(timeout=1000)
            await page.locator("input:not([type=hidden])").filter(visible=True).first.wait_for(timeout=_TO_RENDER)
        except Error:
            await _open(page, url)
            continue
        press = words if page.url == url else ""
        found += [replace(way, found_by=words, press=press) for way in await _ways_on(page, by)]
        await _open(page, url)
    return found


async def _links(page: Page, base_url: str) -> list[tuple[str, str]]:
    host = urlsplit(base_url).netloc
    return [
        (control.href, control.words)
        for control in await pressable(page)
        if control.href
        and urlsplit(control.href).netloc == host
        and any(words.search(f"{control.words} {urlsplit(control.href).path}") for words in _LEADING)
    ]
