"""Refusals: proven by giving what is right instead; a strict xfail where the application refuses nothing."""

import re
from dataclasses import replace

from inboxwright.record import Step, Timeline

_SHOWN = re.compile(r"\.(to_be_visible|to_contain_text)\(")


def with_what_is_right(timeline: Timeline, wrong: str) -> Timeline | None:
    """The same journey, with the right password or an unused link in place of what is wrong; None if it has neither.

    A test of a refusal that stays green on this one says nothing.
    """
    if wrong == "password":
        return _with_new_password(timeline)
    links = [index for index, step in enumerate(timeline.steps) if step.kind == "link"]
    if wrong == "older link":  # unused, with none newer used before it
        return None if len(links) < 2 else _without(timeline, links[-2], links[-1])
    if len(links) < 2 or timeline.steps[links[-1]].mail != timeline.steps[links[-2]].mail:
        return None
    return _without(timeline, links[-2], links[-1])


def _without(timeline: Timeline, first: int, last: int) -> Timeline:
    """Without the steps from the first use up to the last."""
    return replace(timeline, steps=(*timeline.steps[:first], *timeline.steps[last:]))


def _with_new_password(timeline: Timeline) -> Timeline | None:
    steps: list[Step] = list(timeline.steps)
    for index in range(len(steps) - 1, -1, -1):
        if steps[index].kind == "fill" and steps[index].value == "⟦identity.password⟧":
            steps[index] = replace(steps[index], value="⟦password2⟧")
            return replace(timeline, steps=tuple(steps))
    return None


def as_finding(test: str, reason: str) -> str:
    """The test of what was accepted, as what has to hold and does not: what showed it must not be there."""
    text = _SHOWN.sub(r".not_\1(", test)
    mark = f"@pytest.mark.xfail(strict=True, reason={reason!r})\n"
    text = re.sub(r"^def test_", lambda found: mark + found.group(), text, flags=re.MULTILINE)
    return text if "\nimport pytest\n" in text else text.replace("\n\n", "\n\nimport pytest\n", 1)
