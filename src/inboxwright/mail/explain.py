"""Why a mail gives the link and the code that it gives, or none: for people and programs to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from inboxwright.errors import Candidate
from inboxwright.mail.codes.wanted import Alphabet, WantedCode
from inboxwright.mail.links.wanted import Pattern, wanted
from inboxwright.mail.message import Message
from inboxwright.mail.value import WantedValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one matcher says."""

    asked: str
    """The call, as it would be written."""
    value: str | None
    """The link's URL or the code; None for a refusal."""
    why: str
    """Why it refused; empty otherwise."""
    candidates: tuple[Candidate, ...]
    """Everything that was looked at, those that would do first."""
    advice: tuple[str, ...]
    """Arguments that would decide; empty when there is an answer."""


def explain_link(
    message: Message,
    *,
    hosts: str | Iterable[str] | None = None,
    path: Pattern | None = None,
    text: Pattern | None = None,
) -> Answer:
    """What `message.link(...)` does and why; raises nothing."""
    want = wanted(hosts, message.policy.link_hosts, path, text)
    examined = message.examine_link(want)
    url = examined.chosen.url.text if examined.chosen is not None and examined.chosen.url is not None else None
    return Answer(
        asked=str(want),
        value=url,
        why=examined.why,
        candidates=tuple(examined.candidates()),
        advice=() if url else tuple(examined.advice()),
    )


def explain_code(
    message: Message, *, length: int | None = None, alphabet: Alphabet | None = None, label: str | None = None
) -> Answer:
    """What `message.code(...)` does and why; raises nothing."""
    want = WantedCode(length=length, alphabet=alphabet, label=label)
    examined = message.examine_code(want)
    return Answer(
        asked=str(want),
        value=examined.chosen.value if examined.chosen is not None else None,
        why=examined.why,
        candidates=tuple(examined.candidates()),
        advice=() if examined.chosen is not None else tuple(examined.advice()),
    )


def explain_value(
    message: Message, *, after: str | None = None, before: str | None = None, line: str | None = None
) -> Answer:
    """What `message.value(...)` does and why; raises ValueError where no words are given."""
    want = WantedValue(after=after, before=before, line=line)
    examined = message.examine_value(want)
    return Answer(
        asked=str(want),
        value=examined.chosen,
        why=examined.why,
        candidates=examined.found,
        advice=() if examined.chosen is not None else tuple(examined.advice()),
    )
