"""The timeline as a plan: acts with their effects, gathered into what is done on one screen at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from inboxwright.record.kinds import Role
from inboxwright.record.markers import names, pieces, sole
from inboxwright.record.timeline import Step

_POPUP_WITHIN = 3000  # milliseconds after an act in which a new tab is taken for its effect


@dataclass(slots=True, kw_only=True)
class Act:
    """What the person did, and what followed before the next act."""

    step: Step
    effects: list[Step] = field(default_factory=list)

    def effect(self, kind: str) -> Step | None:
        """The last effect of this kind in the act's own tab."""
        return next(
            (effect for effect in reversed(self.effects) if effect.kind == kind and effect.page == self.step.page), None
        )


@dataclass(slots=True, kw_only=True)
class Node:
    """Acts on one screen that belong together, or a single act of another kind."""

    kind: str
    acts: list[Act]

    @property
    def step(self) -> Step:
        """The first step."""
        return self.acts[0].step

    @property
    def last(self) -> Act:
        """The act that ends it."""
        return self.acts[-1]

    @property
    def code(self) -> str | None:
        """The name of the mailed or TOTP code that is typed here, if one is."""
        for act in self.acts:
            name = sole(act.step.value) if act.step.kind in {"fill", "paste"} else None
            if name and name.endswith(".code"):
                return name
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A mail, and the nodes (first and last) during which it is to be expected."""

    mail: Step
    first: int
    last: int


def plan(steps: Sequence[Step]) -> tuple[list[Node], list[Expectation]]:
    """Group the steps; every mail gets the span of nodes from the one that caused it to the one it came after."""
    acts = _acts(steps)
    nodes: list[Node] = []
    place: dict[int, int] = {}
    for index, act in enumerate(acts):
        step = act.step
        if nodes and step.row.role is Role.ACT and _joins(nodes[-1], act):
            nodes[-1].acts.append(act)
        else:
            nodes.append(Node(kind="acts" if step.row.role is Role.ACT else step.kind, acts=[act]))
        place[index] = len(nodes) - 1
    return nodes, _expectations(acts, place, nodes)


def _acts(steps: Sequence[Step]) -> list[Act]:
    acts: list[Act] = []
    for step in steps:
        if step.row.role is Role.ACT or step.row.alone:
            acts.append(Act(step=step))
        elif step.row.role is Role.EFFECT and acts:
            late = step.at - acts[-1].step.at > _POPUP_WITHIN
            if step.kind == "tab" and (acts[-1].step.row.role is not Role.ACT or late):
                acts.append(Act(step=step))
            else:
                acts[-1].effects.append(step)
    return [act for index, act in enumerate(acts) if not _only_focuses(acts, index)]


def _only_focuses(acts: Sequence[Act], index: int) -> bool:
    """A click before the same element is filled in: filling focuses it anyway."""
    step, following = acts[index].step, acts[index + 1 : index + 2]
    if step.kind != "click" or not following or any(effect.row.ends for effect in acts[index].effects):
        return False
    other = following[0].step
    same = other.locator == step.locator or (step.locator or "") in other.boxes
    return same and other.row.focuses and other.page == step.page


def _joins(node: Node, act: Act) -> bool:
    before, step = node.last.step, act.step
    if any(effect.row.wraps for effect in act.effects):
        return False
    if node.kind != "acts" or before.page != step.page or screen_key(before.path) != screen_key(step.path):
        return False
    return not any(effect.row.ends for effect in node.last.effects)


def _expectations(acts: Sequence[Act], place: dict[int, int], nodes: Sequence[Node]) -> list[Expectation]:
    found: list[Expectation] = []
    for index, act in enumerate(acts):
        for mail in (effect for effect in act.effects if effect.kind == "mail"):
            cause = _cause(acts, index)
            found.append(Expectation(mail=mail, first=place[cause], last=place[index]))
    return _disjoint(found)


def _cause(acts: Sequence[Act], index: int) -> int:
    """The last act that changed something on the server; else that loaded something; else the last one."""
    own = acts[index].effects
    for wanted in ("request", "load"):
        for candidate in range(index, -1, -1):
            row = acts[candidate].step.row
            if row.alone and row.name not in {"open", "link"}:
                continue
            effects = acts[candidate].effects
            if candidate == index:
                effects = own[: next(at for at, effect in enumerate(own) if effect.kind == "mail")] or own
            if any(effect.kind == wanted for effect in effects):
                return candidate
            if acts[candidate].step.kind == "link":
                break
    return index


def _disjoint(found: list[Expectation]) -> list[Expectation]:
    """Spans that overlap become one span, so that their blocks can be one `with`."""
    merged: list[Expectation] = []
    for item in sorted(found, key=lambda item: (item.first, item.last)):
        if merged and item.first <= merged[-1].last:
            first, last = merged[-1].first, max(merged[-1].last, item.last)
            merged = [
                Expectation(mail=other.mail, first=first, last=last) if other.last >= first else other
                for other in merged
            ]
            merged.append(Expectation(mail=item.mail, first=first, last=last))
        else:
            merged.append(item)
    return merged


def screen_key(path: str) -> str:
    """The path with everything that may change from person to person as `*`."""
    return "/".join(_segment(segment) for segment in path.split("/"))


def _segment(segment: str) -> str:
    if names(segment):
        return "*"
    literal = "".join(text for text, _ in pieces(segment))
    varies = literal.isdigit() or re.match(r"\d+-", literal) or (len(literal) >= 16 and re.search(r"\d", literal))
    return "*" if varies else literal
