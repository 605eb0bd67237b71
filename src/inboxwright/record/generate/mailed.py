"""The mails that a function awaits, and what it takes out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inboxwright.mail import Message
from inboxwright.record.generate.plan import Expectation
from inboxwright.record.generate.weakest import code_arguments, link_arguments
from inboxwright.record.generate.words import expression, pattern
from inboxwright.record.timeline import Step, Timeline


@dataclass(slots=True, kw_only=True)
class Mailed:
    """Of one function of a flow; `messages` are the parsed mails, by number."""

    timeline: Timeline
    messages: Mapping[int, Message]
    names: dict[int, str] = field(default_factory=dict)
    """What `as` calls each mail that was awaited."""

    def expectation(self, item: Expectation, inbox: str, scope: Mapping[str, str], *, used: bool) -> str:
        """The context manager in which this mail is awaited; `used`: something is taken out of it later."""
        name = "mail" if not self.names else f"mail_{len(self.names) + 1}"
        self.names[item.mail.mail] = name
        return f"{inbox}.expect_message({_subject(item.mail.value, scope)})" + (f" as {name}" if used else "")

    def link(self, step: Step) -> tuple[str, bool] | None:
        """The link that was opened, and whether `link()` gives it; None if nothing could have caused the mail."""
        if step.mail not in self.names:
            return None
        known = self.timeline.values.get(f"mail{step.mail}.link{step.link}")
        arguments = link_arguments(self.messages[step.mail], step.value if known is None else known.value)
        return f"{self.names[step.mail]}.value.link({arguments or ''})", arguments is not None

    def code(self, name: str) -> tuple[str, bool] | None:
        """The code of this name, and whether `code()` gives it; None if its mail is not awaited here."""
        if name == "totp.code":
            return "user.authenticator.code()", True
        number = int(name.removeprefix("mail").partition(".")[0])
        if number not in self.names:
            return None
        arguments = code_arguments(self.messages[number], self.timeline.values[name].value)
        return f"{self.names[number]}.value.code({arguments or ''})", arguments is not None


def _subject(subject: str, scope: Mapping[str, str]) -> str:
    if not subject:
        return ""
    try:
        return f"subject={expression(subject, scope)}"
    except KeyError:
        return f"subject=re.compile({pattern(subject)})"
