"""Everything inboxwright raises on purpose.

InboxwrightError
├── ConfigError              playwright.config.json, an option or a variable is wrong
├── ProviderError            the mail system said no, or nothing
│   ├── ProviderUnavailable  it cannot be reached, or it fails (5xx)
│   ├── QuotaExceeded        its limit is used up (429, 402, 452)
│   └── AccessDenied         it refuses the credentials (401, 403)
├── MailTimeout              a wait ended without its mail; `.verdict` says why (also a TimeoutError)
├── UnexpectedMessage        a mail arrived that must not have
├── PollTimeout              a value did not become what was wanted
├── CallTimeout              a wait ended without its callback (also a TimeoutError)
├── UnexpectedCall           a callback came that must not have
└── MatchError               a mail has no one right link or code; `.candidates` says what was looked at
    ├── NoMatch
    └── AmbiguousMatch
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Why a wait for mail ended without it: exactly one of six."""

    NOTHING_ARRIVED = "nothing arrived"
    WENT_ELSEWHERE = "it went to another address"
    FILTERED_OUT = "it arrived and was filtered out"
    NO_MATCH = "it arrived without a link or code that matches"
    UNREACHABLE = "the provider is unreachable"
    QUOTA_EXCEEDED = "the provider's quota is used up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One link or code that a matcher looked at.

    `value` may be a working token: it is kept for programs and never printed; `masked` is what people see.
    """

    kind: str
    """"link", "code" or "value"."""
    value: str
    """As a person would follow or type it."""
    masked: str
    """`value` with its secret part replaced."""
    part: str
    """Where it stood: "text", "html" or "subject"."""
    excerpt: str
    """The visible words around it, masked."""
    reason: str | None
    """The rule that rejected it, or None for one that would do."""
    called: str | None = None
    """Of a code that would do: the word that calls it one, and the languages that have the word."""

    def __repr__(self) -> str:
        state = self.reason or "would do"
        return f"Candidate({self.kind} {self.masked!r} in {self.part}: {state})"


class InboxwrightError(Exception):
    """The root of all errors that inboxwright raises on purpose."""


class ConfigError(InboxwrightError):
    """The configuration, an option or a variable is wrong; the message names it and the remedy."""


class ProviderError(InboxwrightError):
    """The mail system refused or failed."""


class ProviderUnavailable(ProviderError):
    """The mail system cannot be reached or answers with a server error."""


class QuotaExceeded(ProviderError):
    """The mail system's limit is used up (RFC 6585 section 4, HTTP 429; RFC 5321 section 4.2, SMTP 452)."""


class AccessDenied(ProviderError):
    """The mail system refuses the credentials (HTTP 401 or 403)."""


class MailTimeout(InboxwrightError, TimeoutError):
    """A wait ended without its mail. `verdict` says which of the six reasons it was."""

    def __init__(self, message: str, *, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_timeout, (self.args[0], self.verdict)


def _rebuild_timeout(message: str, verdict: Verdict) -> MailTimeout:
    return MailTimeout(message, verdict=verdict)


class UnexpectedMessage(InboxwrightError, AssertionError):
    """A mail arrived where silence, or a smaller number, was asserted."""


class PollTimeout(InboxwrightError, AssertionError):
    """A polled value did not become what was wanted; the message says what was seen and when."""


class CallTimeout(InboxwrightError, TimeoutError):
    """A wait for a callback ended without it; the message says in what the calls that came differed."""


class UnexpectedCall(InboxwrightError, AssertionError):
    """A callback came where silence, or a smaller number, was asserted."""


class MatchError(InboxwrightError):
    """A mail has no one right link or code. `candidates` holds all that was looked at."""

    def __init__(self, message: str, *, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class NoMatch(MatchError):
    """Nothing in the mail satisfies the matcher."""


class AmbiguousMatch(MatchError):
    """More than one thing in the mail satisfies the matcher; it never guesses."""


class UnclaimedMessageWarning(UserWarning):
    """A message arrived that no expectation of the test claimed: a late duplicate, or a mail nobody knew of."""


class UnclaimedCallWarning(UserWarning):
    """A callback came to a test's own path that no expectation of the test claimed."""
