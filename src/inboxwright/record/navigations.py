"""Why a page was opened: by a mailed link, by the person, or by what was clicked before."""

from collections.abc import Sequence

from inboxwright.mail import Message
from inboxwright.record.mails import same_url, urls
from inboxwright.record.timeline import Step, become

_QUIET = 1000  # milliseconds without an act after which a reload or a step in the history is the person's own


class Navigations:
    """Tells the navigations that a person made from those that followed from an act, which explain nothing."""

    def __init__(self, steps: Sequence[Step], messages: Sequence[Message], *, base_url: str) -> None:
        self._steps, self._messages, self._base_url = steps, messages, base_url

    def explained(self) -> list[Step]:
        """The steps, each navigation as what it was: a mailed link, an address typed in, a reload, a step back."""
        kept: list[Step] = []
        arrived: list[int] = []
        for index, step in enumerate(self._steps):
            if step.kind == "mail":
                arrived.append(step.mail)
            if step.kind == "navigate":
                if (reason := self._reason(index, step, arrived)) is not None:
                    kept.append(reason)
            elif step.kind != "document":
                kept.append(step)
        return kept

    def _reason(self, index: int, step: Step, arrived: Sequence[int]) -> Step | None:
        for number in reversed(arrived):
            for count, url in enumerate(urls(self._messages[number - 1]), 1):
                if same_url(url, step.value):
                    return become(step, "link", mail=number, value=url, link=count)
        history = self._history(index, step)
        if history and self._quiet(index, step):
            return become(step, history, value="")
        if step.answer == "none" and history is None:
            value = step.value.removeprefix(self._base_url.rstrip("/")) or "/"
            return become(step, "open", value=value)
        return None

    def _history(self, index: int, step: Step) -> str | None:
        following = (other for other in self._steps[index + 1 :] if other.page == step.page)
        for other in following:
            if other.kind == "navigate":
                return None
            if other.kind == "document":
                return other.value if other.value in {"reload", "back", "forward"} else None
        return None

    def _quiet(self, index: int, step: Step) -> bool:
        acts = [
            other for other in self._steps[:index]
            if other.page == step.page and other.row.causes
        ]  # fmt: skip
        return not acts or step.at - acts[-1].at > _QUIET
