"""The token in the link: once, only the latest, only by a person, and not to be guessed."""

import math
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error as PlaywrightError

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import Trial
from inboxwright.mail import Link
from inboxwright.user import User

_ENOUGH_BITS = 128
"""ASVS 11.5.1, for all that must not be guessed."""
_NEXT_SECOND = 1_100
"""Milliseconds: tokens that hold the time in seconds are the same within one."""
_BROKEN = "the journey did not get through with its own link, so a refusal would mean nothing"


@check(source="ASVS-6.5.1", kind="active")
def link_works_once(trial: Trial[Link]) -> Answer:
    """A link that was used must not work for whoever opens it again."""
    user, link = trial.requested()
    if not trial.completes(user, link):
        return CannotTell(why=_BROKEN)
    return _refused(trial, link, "it was used", "a used link", signs_in=trial.is_signed_in(user))


@check(source="ASVS-6.6.2", kind="active")
def older_link_dies(trial: Trial[Link]) -> Answer:
    """A link must not outlive the use of a newer one."""
    if trial.journey.prepare is None:
        return CannotTell(why="a sign-up is asked for once, so it has no older link")
    user, older = trial.requested()
    newer = trial.journey.request(user)
    if newer.url == older.url:
        user.page.wait_for_timeout(_NEXT_SECOND)
        newer = trial.journey.request(user)
    if newer.url == older.url:
        return CannotTell(why="the application mails the same link again, so there is no older one")
    if not trial.completes(user, newer):
        return CannotTell(why=_BROKEN)
    return _refused(trial, older, "a newer one was used", "an older link", signs_in=trial.is_signed_in(user))


@check(source="WSTG-ATHN-09", kind="active")
def a_request_without_a_person_leaves_the_link_alone(trial: Trial[Link]) -> Answer:
    """Opening the link without a press of a button (HEAD, GET, a mail scanner that runs scripts) must not use it up."""
    user, link = trial.requested()
    client = trial.client()
    statuses = [client.head(link.url, max_redirects=5).status, client.get(link.url, max_redirects=5).status]
    client.dispose()
    _scan(trial.stranger(), link)
    if trial.completes(user, link):
        return Holds(
            seen=f"after HEAD and GET ({statuses[0]}, {statuses[1]}) and a browser that only looked, it worked"
        )
    return Finding(
        severity="medium",
        evidence=f"HEAD ({statuses[0]}), GET ({statuses[1]}) and a browser that pressed nothing came first; then the"
        " person to whom the link was mailed could not get through",
        remedy="answer GET with a page that has a button, and use the token on POST",
    )


@check(source="ASVS-11.5.1", kind="passive")
def token_cannot_be_guessed(trial: Trial[Link]) -> Answer:
    """The token must be long enough, and two of them must not look alike."""
    links = [trial.requested()[1] for _ in range(2)]
    tokens = [token_of(link) for link in links]
    bits = min(_bits(token) for token in tokens)
    alike = _common_prefix(*tokens)
    if tokens[0].isdecimal() and tokens[1].isdecimal() and abs(int(tokens[0]) - int(tokens[1])) < 1_000:
        return Finding(
            severity="high",
            evidence="two links in a row carry numbers that are less than 1,000 apart",
            remedy="take 128 bits from a cryptographically secure generator",
        )
    if bits >= _ENOUGH_BITS:
        return Holds(seen=f"tokens of {len(tokens[0])} characters, at most {bits:.0f} bits, {alike} in common")
    return Finding(
        severity="high" if bits < _ENOUGH_BITS / 2 else "medium",
        evidence=f"a token of {len(min(tokens, key=_bits))} characters holds at most {bits:.0f} bits",
        remedy="take 128 bits from a cryptographically secure generator",
    )


def _refused(trial: Trial[Link], link: Link, after: str, what: str, *, signs_in: bool) -> Answer:
    """Whether the link is dead for somebody without the person's cookies.

    A journey that ends signed in is judged by the session it gives; any other by whether it goes through.
    """
    stranger = trial.stranger()
    completed = trial.completes(stranger, link)
    if not (trial.is_signed_in(stranger) if signs_in else completed):
        return Holds(seen=f"opened in another browser after {after}, it was refused")
    return Finding(
        severity="high",
        evidence=f"opened in another browser after {after}, it {'signed in' if signs_in else 'went through'} once more",
        remedy=f"delete every outstanding token of the person when one of them is used, so that {what} is refused",
    )


def _scan(visitor: User, link: Link) -> None:
    """What a mail scanner with a browser does: opens the link, runs its scripts, presses nothing."""
    try:
        visitor.page.goto(link.url, wait_until="load")
    except PlaywrightError:
        return  # a page that does not load has been asked for all the same


def _pieces(link: Link) -> list[str]:
    url = urlsplit(link.url)
    values = [value for _, value in parse_qsl(url.query)]
    return [piece for piece in (*url.path.split("/"), *values, *url.fragment.replace("?", "/").split("/")) if piece]


def token_of(link: Link) -> str:
    """The longest piece of the URL that is no word."""
    return max(_pieces(link), key=lambda piece: (any(c.isdigit() for c in piece), len(piece)))


def _bits(token: str) -> float:
    """At most: as if each character had been drawn from the smallest of the usual alphabets that holds them all."""
    alphabets: tuple[tuple[Callable[[str], bool], int], ...] = (
        (lambda c: c in "0123456789", 10),
        (lambda c: c in "0123456789abcdefABCDEF", 16),
        (lambda c: c in "0123456789abcdefghijklmnopqrstuvwxyz", 36),
        (lambda c: True, 64),
    )
    size = next(size for holds, size in alphabets if all(map(holds, token)))
    return len(token) * math.log2(size)


def _common_prefix(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
