"""All that is known of a test as events on one axis."""

import time

from inboxwright.inbox import AsyncInbox, Inbox
from inboxwright.mail.urls.masking import mask_text
from inboxwright.plugin._item import TestMail
from inboxwright.report.timeline import Event

_FINE = {"arrived", "silence", None}


def events_of(test: TestMail) -> list[Event]:
    """Browser steps, waits and mails since the test began."""
    several = len(test.contexts) > 1
    found = [
        Event(
            at=step.at - test.began,
            lane="browser",
            text=f"user {step.context + 1} {step.text}" if several else step.text,
            bad=step.bad,
        )
        for step in test.steps
    ]
    for inbox in test.inboxes:
        found += _of_inbox(inbox, test.began)
    return sorted(found, key=lambda event: event.at)


def _of_inbox(inbox: Inbox | AsyncInbox, began: float) -> list[Event]:
    core = inbox.core
    events = [
        Event(
            at=entry.arrived - began,
            lane="mail",
            text=f"{mask_text(entry.message.subject)!r} from {entry.message.sender} to {inbox.address}"
            + ("" if entry.claimed else f" ({entry.refused or 'not claimed'})"),
            bad=entry.refused is not None,
        )
        for entry in core.mailbox.log[core.start :]
        if entry.arrived >= began  # of a sign-in journey, what came during an earlier test is told there
    ]
    for wait in core.asked:
        begun = wait.begun or wait.started
        if not wait.started or begun < began:
            continue
        end = wait.ended or time.monotonic()
        outcome = wait.outcome or ("cut off" if wait.started > wait.begun else "the block failed first")
        events.append(
            Event(
                at=begun - began,
                lane="wait",
                text=f"mail{mask_text(str(wait.criteria))} to {inbox.address}: {outcome}",
                lasted=end - begun,
                bad=wait.outcome not in _FINE,
            )
        )
    return events
