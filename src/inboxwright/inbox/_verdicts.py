"""One wait, one verdict: which of the six it was, what was seen instead, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inboxwright.address import alike, run_of
from inboxwright.errors import MailTimeout, ProviderError, QuotaExceeded, Verdict
from inboxwright.inbox._criteria import Rejection
from inboxwright.inbox._mailbox import Entry
from inboxwright.inbox._senders import BLOCKED

_SHOWN = 10
"""Details of one kind that an error lists."""
_SHORT = 100
"""Milliseconds: who waits for less most likely meant seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known when a wait has run out."""

    wanted: str
    """What was waited for, as `mail with subject='…' to …`."""
    address: str
    timeout: float
    """Milliseconds."""
    silent: bool
    """Whether silence was wanted."""
    started: float
    """Monotonic seconds."""
    found: int
    count: int
    rejected: Sequence[tuple[Entry, Rejection]]
    older: Sequence[Entry]
    """What stood in the inbox before the cursor."""
    trouble: ProviderError | None
    ended: bool = False
    """Whether the mail system is one of the run's own and has died."""
    refusals: Sequence[str]
    strays: Sequence[str]
    """Recipients that received mail meanwhile."""
    misdelivered: Sequence[str]
    """Other inboxes of this run that hold, unclaimed, a message that fits."""
    tried: Sequence[str] = ()
    """What the application said to the mail server meanwhile, where that can be asked."""


def diagnose(evidence: Evidence) -> MailTimeout:
    """The timeout's error, with the verdict first."""
    verdict, details, remedy = _judge(evidence)
    got = f" ({evidence.found} of {evidence.count} arrived)" if evidence.count > 1 else ""
    first = f"{verdict}: no {evidence.wanted} within {evidence.timeout:g} ms{got}"
    if evidence.timeout < _SHORT and not evidence.silent:
        remedy = f"give it more than {evidence.timeout:g} ms: times are milliseconds; then {remedy}"
    lines = [first, *(f"  - {detail}" for detail in _shorten(details)), f"  Next: {remedy}"]
    return MailTimeout("\n".join(lines), verdict=verdict)


def _judge(evidence: Evidence) -> tuple[Verdict, list[str], str]:
    if isinstance(evidence.trouble, QuotaExceeded):
        return (
            Verdict.QUOTA_EXCEEDED,
            [str(evidence.trouble)],
            "free or raise the quota, or slow the run down",
        )
    if evidence.trouble is not None:
        remedy = "check that the provider is up and inbox.url is right: `inboxwright doctor`"
        if evidence.ended:
            remedy = "see what ended it, as a kill or a lack of memory would, and run the tests again"
        return Verdict.UNREACHABLE, [str(evidence.trouble)], remedy
    if evidence.rejected:
        return _filtered(evidence)
    if any(refusal.startswith(("452", "552")) for refusal in evidence.refusals):
        remedy = "raise the server's --max-storage, or sweep old mail: `inboxwright sweep`"
        return (
            Verdict.QUOTA_EXCEEDED,
            [f"the server refused it with {text}" for text in evidence.refusals],
            remedy,
        )
    if elsewhere := list(_elsewhere(evidence)):
        remedy = "compare the address that the application was given with the one that it mailed"
        return Verdict.WENT_ELSEWHERE, elsewhere, remedy
    return _nothing(evidence)


def _shorten(details: Sequence[str]) -> Sequence[str]:
    hidden = len(details) - _SHOWN
    return [*details[:_SHOWN], f"and {hidden} more"] if hidden > 0 else details


def _filtered(evidence: Evidence) -> tuple[Verdict, list[str], str]:
    details = [
        f"{entry} after {_seconds(entry, evidence)}: {rejection.reason}" for entry, rejection in evidence.rejected
    ]
    if all(rejection.by_matcher for _, rejection in evidence.rejected):
        remedy = "save the mail and run `inboxwright explain FILE.eml`; it shows every candidate and its rule"
        return Verdict.NO_MATCH, details, remedy
    if all(entry.refused for entry, _ in evidence.rejected):
        blocked = any(BLOCKED in (entry.refused or "") for entry, _ in evidence.rejected)
        change = f"take the sender out of inbox.{BLOCKED}" if blocked else "add the sender to inbox.allowedSenders"
        remedy = f"{change}, or find out who sends in the application's name"
        return Verdict.FILTERED_OUT, details, remedy
    remedy = "correct subject=, sender= or where=; a part of a subject is matched by re.compile('…')"
    return Verdict.FILTERED_OUT, details, remedy


def _elsewhere(evidence: Evidence) -> Iterable[str]:
    for address in evidence.misdelivered:
        yield f"such a mail is in another inbox of this run: {address}"
    for stray in evidence.strays:
        if stray == evidence.address:
            continue
        if alike(stray, evidence.address):
            yield f"mail arrived for {stray}, which differs from {evidence.address} only by case, dots or a tag"
        elif run_of(stray) is None:
            yield f"mail arrived for {stray}, an address that this run did not mint"


def _nothing(evidence: Evidence) -> tuple[Verdict, list[str], str]:
    details = [f"the server refused it with {text}" for text in evidence.refusals]
    details += evidence.tried
    if evidence.refusals:
        remedy = (
            "see what the application does after a refusal (its log); "
            "a refusal that the test itself asked for ends with inbox.faults.clear()"
        )
        return Verdict.NOTHING_ARRIVED, details, remedy
    if evidence.older:
        subjects = ", ".join(_shorten([repr(entry.message.subject) for entry in evidence.older]))
        details.append(f"older mail is not counted: {subjects} came before the wait began")
    remedy = (
        "see whether the application tried to send (its log; SMTP_HOST and SMTP_PORT must be this provider's), "
        "and whether the step that causes the mail is inside the `with` block"
    )
    return Verdict.NOTHING_ARRIVED, details, remedy


def _seconds(entry: Entry, evidence: Evidence) -> str:
    return f"{max(entry.arrived - evidence.started, 0):.1f} s"
