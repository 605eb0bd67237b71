"""The fresh person in place of the one whom codegen saw: address, passwords and codes anew, mailed links followed."""

import asyncio
import re
from collections.abc import Callable

from playwright.async_api import Locator

from inboxwright.errors import MatchError
from inboxwright.record.generate.weakest import template
from inboxwright.record.mails import looks_like_code, tokens, urls
from inboxwright.record.panel.state import totp
from inboxwright.record.people import meaning
from inboxwright.record.session import Session
from inboxwright.record.timeline import Field

_MAIL = 10.0  # seconds that a mail may take
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class StandIn:
    """Knows what to type and which mailed link to follow, where codegen wrote down what is long used up."""

    def __init__(self, session: Session, *, say: Callable[[str], object]) -> None:
        self._session, self._say = session, say
        self._opened = 0  # how many mails have been dealt with
        self._replaced: dict[str, str] = {}

    def fresh(self, text: str) -> str:
        """The text with everything that was replaced so far."""
        for old, new in self._replaced.items():
            text = text.replace(old, new)
        return text

    async def value(self, target: Locator, value: str, source: str) -> str:
        """What to type in place of what was typed: the fresh address, password or code."""
        session = self._session
        if meaning(await field_of(target)) == "password":
            return self._password(value)
        if _ADDRESS.fullmatch(value):
            if value not in self._replaced:
                self._replaced[value] = (
                    session.inboxes[0].address if not self._replaced else await session.another_address()
                )
            return self._replaced[value]
        if looks_like_code(value):
            return await self._code(value, source)
        return value

    def _password(self, value: str) -> str:
        key = f"\0{value}"  # never a part of a locator's words
        if key not in self._replaced:
            known = [new for old, new in self._replaced.items() if old.startswith("\0")]
            self._replaced[key] = self._session.identity.password if not known else self._session.another_password()
        return self._replaced[key]

    async def _code(self, value: str, source: str) -> str:
        current = totp(self._session.recorder.secrets)
        if current and value.isdigit() and len(value) == len(current["code"]) and not await self._mail(0):
            return str(current["code"])
        if await self._mail(_MAIL if not current else 1.0):
            self._opened = len(self._session.messages)
            try:
                code = self._session.messages[-1].code()
            except MatchError:
                return value
            subject, place = self._session.messages[-1].subject, source.partition(".fill(")[0]
            self._say(f"Replaced: the typed code is taken from “{subject}” at: {place}")
            return code
        return str(current["code"]) if current else value

    async def follow(self, before: str, *, wait: float = _MAIL) -> bool:
        """Follow the one link of a mail that nothing has followed yet."""
        if not await self._mail(wait):
            return False
        for number in range(self._opened, len(self._session.messages)):
            message = self._session.messages[number]
            self._opened = number + 1
            try:
                url = message.link().url
            except MatchError:
                continue
            await self._session.front_goto(url)
            self._say(f"Inserted: the mailed link in “{message.subject}” is opened (codegen lost it) at: {before}")
            return True
        return False

    async def _mail(self, seconds: float) -> bool:
        """Whether a mail is there that has not been dealt with, after waiting that long for one."""
        try:
            async with asyncio.timeout(seconds):
                while len(self._session.messages) <= self._opened:
                    await self._session.next_mail()
        except TimeoutError:
            return False
        return True

    async def fresh_link(self, url: str) -> str | None:
        """The link of a mail that stands where this one stood: the same but for its token."""
        if tokens(url) and await self._mail(_MAIL):
            for number in range(len(self._session.messages) - 1, -1, -1):
                for candidate in urls(self._session.messages[number]):
                    if template(candidate) == template(url):
                        self._opened = number + 1
                        return candidate
        return None


_FIELD = """element => {
  const labels = [...(element.labels ?? [])].map(label => label.innerText).join(" ").trim();
  return {
    tag: element.localName,
    type: element.type ?? "",
    name: element.getAttribute("name") ?? "",
    autocomplete: element.getAttribute("autocomplete") ?? "",
    label: labels || (element.getAttribute("aria-label") ?? element.getAttribute("placeholder") ?? ""),
  };
}"""


async def field_of(target: Locator) -> Field:
    """What kind of field the element is."""
    return Field(**await target.evaluate(_FIELD))
