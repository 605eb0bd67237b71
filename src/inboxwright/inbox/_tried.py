"""What the application tried, as its mail server saw it: the reason why nothing arrived."""

from collections.abc import Iterator, Sequence

from inboxwright.address import normal, run_of
from inboxwright.providers.dialogue import Dialogue

NEVER = "no client connected to the mail server meanwhile: the application did not try to send"


def tried(dialogues: Sequence[Dialogue], address: str) -> Sequence[str]:
    """One line an attempt that may have been meant for the address."""
    if not dialogues:
        return [NEVER]
    lines = [line for dialogue in dialogues for line in _attempt(dialogue, normal(address))]
    return list(dict.fromkeys(lines))


def _attempt(dialogue: Dialogue, address: str) -> Iterator[str]:
    recipients = dialogue.recipients()
    about_it = address in recipients
    if recipients and not about_it:
        foreign = [each for each in recipients if run_of(each) is None]
        if foreign and dialogue.delivered:
            yield f"a client at {dialogue.peer} sent to {', '.join(foreign)}, and not to {address}"
        return
    refusals = list(dialogue.refusals())
    for asked, reply in refusals:
        yield f"a client at {dialogue.peer} was refused: {asked} was answered {reply}"
    if not refusals and not dialogue.delivered:
        yield f"a client at {dialogue.peer} {_left(dialogue)}"


def _left(dialogue: Dialogue) -> str:
    last = next((line.text for line in reversed(dialogue.lines) if line.by == "client"), None)
    state = "is still connected and has said nothing" if dialogue.open else "left"
    return f"connected and {state}" if last is None else f"{state} after {last}, without sending a message"
