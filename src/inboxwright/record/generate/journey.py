"""What is known of a journey while its flow is written, and the expressions that its values become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inboxwright.record.generate.plan import Act, Node
from inboxwright.record.generate.screens import used
from inboxwright.record.generate.words import expression, quote
from inboxwright.record.markers import names
from inboxwright.record.timeline import Step, Timeline


@dataclass(slots=True, kw_only=True)
class Function:
    """A part of the journey. One that stops before a code returns it; `node` is where it is typed."""

    name: str
    body: list[str]
    returns: str = "None"
    doc: str = ""
    node: Node | None = None


@dataclass(slots=True, kw_only=True)
class Journey:
    """What the writer of one flow found out while writing it."""

    functions: list[Function] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    """More parameters than the user: name to type."""
    assertions: list[Act] = field(default_factory=list)
    """The ones after the last act: the test's verdict."""
    end: str = ""
    """The path on which the journey ended."""
    notes: list[str] = field(default_factory=list)


def assertion(target: str, step: Step, scope: Mapping[str, str], *, timeout: int | None = None) -> str:
    """An `expect` for what was picked in the panel. Raises KeyError for a known value that has no expression."""
    given = [] if step.kind == "assert_visible" else [expression(step.value, scope)]
    given += ["use_inner_text=True"] if step.rendered else []
    given += [f"timeout={timeout}"] if timeout else []
    return f"expect({target}).{step.row.call}({', '.join(given)})"


def scope_of(timeline: Timeline, nodes: Sequence[Node], journey: Journey) -> dict[str, str]:
    scope = {"inbox.address": "user.inbox.address", "inbox.local": "user.inbox.address.partition('@')[0]"}
    told = [name for node in nodes for act in node.acts for name in (*used(act.step), *names(act.step.value))]
    told += [
        f"inbox{effect.inbox + 1}.address"
        for node in nodes
        for act in node.acts
        for effect in act.effects
        if effect.inbox
    ]
    for name in sorted(timeline.values):
        head, _, tail = name.partition(".")
        if head == "identity":
            scope[name] = f"user.{name}"
        elif tail == "address" and head != "inbox":
            extra = "new_address" if head == "inbox2" else f"{head.replace('inbox', 'address_')}"
            scope[name] = f"{extra}.address"
            if name in told:
                journey.extras[extra] = "Inbox"
        elif head.startswith("password") and name in told:
            extra = "new_password" if head == "password2" else head.replace("password", "password_")
            scope[name] = extra
            journey.extras[extra] = "str"
    for node in nodes:
        for act in node.acts:
            if act.step.kind == "upload":
                scope[f"file:{act.step.value}"] = f"FILES / {quote(act.step.value)}"
    journey.extras = dict(sorted(journey.extras.items(), key=lambda item: item[1] != "Inbox"))
    return scope


def end_of(nodes: Sequence[Node]) -> str:
    """The path on which the user's page ended, and "?" after it if there was a query."""
    end = ""
    for node in nodes:
        for act in node.acts:
            if act.step.page == 0:
                end = act.step.path or end
            for effect in act.effects:
                if effect.kind == "arrive" and effect.page == 0:
                    end = effect.path + ("?" if effect.query else "")
    return end
