"""Who has an account is nobody else's business: known and unknown addresses are answered alike."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Response

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import PATIENCE, Trial
from inboxwright.errors import InboxwrightError
from inboxwright.user import User

_BRIEFLY = 2_000
"""Milliseconds for a mail that should not come; the answer on the page does not wait for it."""

_SETTLED_WORDS = """() => new Promise(done => {
  const began = performance.now();
  let last = null, since = began;
  const look = () => {
    const words = document.body.innerText.replace(/\\d+/g, "0"), now = performance.now();
    if (words !== last) { last = words; since = now; }
    if (now - since > 500 || now - began > 5000) done(document.body.innerText);
    else setTimeout(look, 50);
  };
  look();
})"""
"""What the page says once its scripts have written what they write, a running countdown aside."""


@check(source="ASVS-6.3.8", kind="active")
def known_and_unknown_addresses_are_answered_alike(trial: Trial[Any]) -> Answer:
    """Page, path and status must be the same whether or not the address has an account."""
    with_account = trial.person() if trial.journey.prepare is not None else trial.requested()[0]
    if trial.journey.prepare is None:  # a sign-up, asked for once more with an address that has an account by now
        link = trial.journey.request(known := trial.stranger())
        trial.completes(known, link)
        with_account = replace(trial.stranger(), inbox=known.inbox)
    known_answer = _asked(trial, with_account)
    unknown_answer = _asked(trial, trial.stranger())
    if known_answer is None or unknown_answer is None:
        return CannotTell(why="no form was sent by the journey's request, so there is no answer to compare")
    difference = known_answer.differs_from(unknown_answer)
    if difference is None:
        return Holds(seen=f"both were answered with {known_answer.statuses[-1]} at {known_answer.path}, word for word")
    return Finding(
        severity="medium",
        evidence=f"an address that has an account and one that has none are told apart by {difference}",
        remedy="answer both with the same page, and let only the mail differ",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """What a form was answered with, as a stranger sees it."""

    statuses: tuple[int, ...]
    path: str
    words: str

    def differs_from(self, other: "_Answered") -> str | None:
        if self.statuses != other.statuses:
            return f"the status ({self.statuses[-1]} and {other.statuses[-1]})"
        if self.path != other.path:
            return f"the page that they end at ({self.path} and {other.path})"
        if self.words != other.words:
            return f"what the page says ({_first_difference(self.words, other.words)})"
        return None


def _asked(trial: Trial[Any], user: User) -> _Answered | None:
    """Have the journey ask, and read the page; the mail may come or not."""
    statuses: list[int] = []

    def note(response: Response) -> None:
        if response.request.method == "POST":
            statuses.append(response.status)

    user.page.on("response", note)
    user.page.set_default_timeout(PATIENCE)
    user.inbox.core.timeout = _BRIEFLY
    with suppress(PlaywrightError, InboxwrightError):
        trial.journey.request(user)
    user.page.remove_listener("response", note)
    if not statuses:
        return None
    path = re.sub(r"^\w+://[^/]*", "", user.page.url).partition("?")[0]
    words = str(user.page.evaluate(_SETTLED_WORDS)).replace(user.inbox.address, "ADDRESS")
    words = re.sub(r"\d+", "0", " ".join(words.split()))  # a countdown is no difference
    return _Answered(statuses=tuple(statuses), path=path, words=words)


def _first_difference(one: str, other: str) -> str:
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = one.rfind(" ", 0, start) + 1
    return f"{one[start : start + 40]!r} and {other[start : start + 40]!r}"
