"""The mails that a function awaits, and what it takes out of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inboxwright.mail import Message
from inboxwright.record.generate.plan import Expectation
from inboxwright.record.generate.weakest import code_arguments, link_arguments
from inboxwright.record.generate.words import expression, pattern
from inboxwright.record.timeline import Step, Timeline

_EMOJI = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+"


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
        subject = _subject(item.mail.value, scope, site_names(self.timeline))
        return f"{inbox}.expect_message({subject})" + (f" as {name}" if used else "")

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


def _subject(subject: str, scope: Mapping[str, str], site: Sequence[str]) -> str:
    """The subject as it is, or its longest part without what is not the mail's own: emoji and the site's name."""
    if not subject:
        return ""
    if (part := _own_words(subject, site)) != subject:
        return f"subject=re.compile({pattern(part, whole=False)})"
    try:
        return f"subject={expression(subject, scope)}"
    except KeyError:
        return f"subject=re.compile({pattern(subject)})"


def _own_words(subject: str, site: Sequence[str]) -> str:
    cuts = [re.escape(name) for name in sorted(site, key=len, reverse=True) if name]
    cuts = [rf"(?<!\w){cut}(?!\w)" for cut in cuts]
    parts = [part.strip(" -–—|:·•[]()!,") for part in re.split("|".join([*cuts, _EMOJI]), subject, flags=re.IGNORECASE)]
    longest = max(parts, key=len)
    if len(parts) == 1 or not re.search(r"\w{3}", longest):
        return subject
    return longest


def site_names(timeline: Timeline) -> list[str]:
    """What the site is called: the part that the titles of its pages have in common."""
    parts = [
        {part.strip() for part in re.split(r"\s[-–—|·•:]\s", step.title)}
        for step in timeline.steps if len(re.split(r"\s[-–—|·•:]\s", step.title)) > 1
    ]  # fmt: skip
    return sorted(set.intersection(*parts)) if len(parts) > 1 else []
