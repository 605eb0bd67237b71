"""Why a test failed, in the words that a person would use to a colleague."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from inboxwright.errors import Verdict

_BY_VERDICT: Final[Mapping[str, str]] = {
    Verdict.NOTHING_ARRIVED: "the mail did not arrive in time",
    Verdict.WENT_ELSEWHERE: "the mail went to another address",
    Verdict.FILTERED_OUT: "the mail arrived and was not the expected one",
    Verdict.NO_MATCH: "the mail had no link or code that matches",
    Verdict.UNREACHABLE: "the mail provider could not be reached",
    Verdict.QUOTA_EXCEEDED: "the mail provider's quota was used up",
}
_BY_TEXT: Final[tuple[tuple[str, str], ...]] = (
    (
        r"net::ERR_(CONNECTION|NAME|ADDRESS|INTERNET|TIMED_OUT|EMPTY)|NS_ERROR_CONNECTION",
        "the application could not be reached",
    ),
    (r"ProviderUnavailable|provider is unreachable|does not answer at", "the mail provider could not be reached"),
    (r"QuotaExceeded|quota is used up|\b429\b", "the mail provider's quota was used up"),
    (
        r"AccessDenied|refuses the (token|credentials)|no credentials; set|refuses '[^']*'; check inbox",
        "the mail provider refused the credentials",
    ),
    (r"NoMatch|AmbiguousMatch|\A(link|code)\(.*\): ", "the mail had no one right link or code"),
    (r"UnexpectedMessage|mail to \S+ expected, \d+ arrived", "a mail arrived that must not have"),
    (r"Timeout \(>\d", "the test took longer than it may"),
    (r"browser has been closed|Browser closed|Connection closed|Target crashed", "the browser went away"),
    (r"AssertionError|Locator expected|Page expected", "an assertion did not hold"),
    (r"TimeoutError|Timeout \d+ms exceeded", "the page did not get so far in time"),
)
CRASHED: Final = "the worker process died"
UNCOLLECTED: Final = "could not be collected"
OTHER: Final = "of another error"
_BY_OUTCOME: Final[Mapping[str, str]] = {"crashed": CRASHED, "uncollected": UNCOLLECTED}


def cause(outcome: str, verdict: str | None, text: str) -> str:
    """The cause of one failure; `text` is what it said."""
    if outcome in _BY_OUTCOME:
        return _BY_OUTCOME[outcome]
    if verdict is not None and verdict in _BY_VERDICT:
        return _BY_VERDICT[verdict]
    return next((words for pattern, words in _BY_TEXT if re.search(pattern, text)), OTHER)


def in_words(causes: Iterable[str]) -> str:
    """ "2 because the mail did not arrive in time, 1 because of another error"."""
    counted = Counter(causes).most_common()
    return ", ".join(f"{count} because {words}" for words, count in counted)
