"""Each kind of step, and each with each effect: what the table says is what every part of the recorder does."""

import ast
from dataclasses import fields, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from inboxwright import Message
from inboxwright.record.entries import Entry, without_last_act
from inboxwright.record.generate import generate
from inboxwright.record.generate.plan import plan
from inboxwright.record.kinds import KINDS, Role
from inboxwright.record.navigations import Navigations
from inboxwright.record.panel.state import line, steps
from inboxwright.record.timeline import COMMON, Field, Step, Timeline, TimelineError, become
from tests.unit.record.samples import MAIL, sign_up

SAMPLES: dict[str, Any] = {
    "boxes": ('get_by_label("One")', 'get_by_label("Two")'), "code": "mail1.code", "options": ("Small",),
    "button": "right", "modifiers": ("Shift",), "position": (3, 4), "content": "YQ==", "together": True,
    "answer": "accept", "text": "typed", "method": "POST", "by_script": True, "query": True, "mail": 1, "inbox": 1,
    "link": 1, "new_page": 1, "shown_as": "text", "rendered": True, "note": "seen",
}  # fmt: skip
SPECIAL = [item.name for item in fields(Step) if item.name not in COMMON]
ACTS = [name for name, row in KINDS.items() if row.role is Role.ACT]
EFFECTS = [name for name, row in KINDS.items() if row.role is Role.EFFECT]
CALLS = {
    "click": "click(", "dblclick": "dblclick(", "fill": "fill(", "paste": "press_sequentially(", "check": "check()",
    "uncheck": "uncheck()", "select": "select_option(label=", "press": "press(", "upload": "set_input_files(",
    "hover": "hover()",
}  # fmt: skip


def act(kind: str, at: int = 1000) -> Step:
    """One act on an element of its own."""
    more: dict[str, Any] = {"options": ("Small",)} if kind == "select" else {}
    value = "x" if kind in {"fill", "paste", "press", "upload"} else ""
    locator, field = f'get_by_label("The {kind}")', Field(tag="input", label=f"The {kind}")
    return Step(kind=kind, at=at, path="/form", locator=locator, field=field, value=value, **more)


def effect(kind: str, at: int = 1010) -> Step:
    """One effect, as it is seen."""
    needed = {"new_page", "answer", "mail"} & set(KINDS[kind].carries)
    more: dict[str, Any] = {name: SAMPLES[name] for name in needed}
    return Step(kind=kind, at=at, path="/next" if kind == "arrive" else "/form", **more)


def accepts(kind: str, attribute: str) -> bool:
    """Whether a step of this kind can be made with this attribute."""
    try:
        step = Step(kind=kind, **{attribute: SAMPLES[attribute]})
    except TimelineError:
        return False
    return bool(getattr(step, attribute) == SAMPLES[attribute])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_carries_what_the_table_says_and_nothing_else(kind: str) -> None:
    assert {name for name in SPECIAL if accepts(kind, name)} == set(KINDS[kind].carries)


def test_an_attribute_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(TimelineError, match="kind click carries no 'options'"):
        Step(kind="click", options=("Small",))


def test_a_kind_that_is_not_in_the_table_is_refused_by_name() -> None:
    with pytest.raises(TimelineError, match="no kind of step 'wink'"):
        Step(kind="wink")


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_of_each_kind_survives_the_file(kind: str) -> None:
    step = Step(kind=kind, **{name: SAMPLES[name] for name in KINDS[kind].carries})
    timeline = replace(sign_up(), steps=(step,))

    assert Timeline.load(timeline.dump()) == timeline


@pytest.mark.parametrize("kind", KINDS)
def test_the_panel_lists_what_has_words_there(kind: str) -> None:
    step = become(act("click"), kind, value="thing")

    assert len(steps([step], [])) == bool(KINDS[kind].panel)
    assert "{" not in line(step, [])
    assert line(step, []) != "" or not KINDS[kind].panel


@pytest.mark.parametrize("kind", KINDS)
def test_undo_takes_back_what_a_person_did_and_keeps_what_lasts(kind: str) -> None:
    before, step = Entry(step=act("fill")), Entry(step=become(act("click"), kind))

    left = without_last_act([before, step], lambda _: False)

    row = KINDS[kind]
    assert left == ([before] if row.by_person else [step] if row.lasts else [])


@pytest.mark.parametrize(("kind", "following"), list(product(ACTS, EFFECTS)))
def test_an_effect_belongs_to_its_act_and_ends_the_screen_if_the_table_says_so(kind: str, following: str) -> None:
    nodes, expectations = plan([act(kind), effect(following), act("click", at=2000)])

    row = KINDS[following]
    assert [found.kind for found in nodes[0].acts[0].effects] == [following]
    assert len(nodes) == (2 if row.ends or row.wraps else 1)
    assert len(expectations) == (following == "mail")


@pytest.mark.parametrize("following", EFFECTS)
def test_each_act_with_each_effect_becomes_code_that_does_it(tmp_path: Path, following: str) -> None:
    recorded = [step for kind in ACTS for step in (act(kind), effect(following))]
    files = generate(replace(sign_up(), steps=(Step(kind="open", value="/form"), *recorded)), tmp_path).files

    written = "\n".join(files.values())
    assert all(ast.parse(text) for text in files.values())
    assert [call for call in CALLS.values() if f".{call}" not in written] == []


def test_every_act_has_its_call_here() -> None:
    assert set(CALLS) == set(ACTS)


@pytest.mark.parametrize("kind", [name for name, row in KINDS.items() if row.role in {Role.ACT, Role.EFFECT}])
def test_a_reload_soon_after_what_can_cause_it_is_not_the_persons(kind: str) -> None:
    def kept(later: int) -> bool:
        seen = [
            effect(kind, at=5000) if KINDS[kind].role is Role.EFFECT else act(kind, at=5000),
            Step(kind="navigate", at=5000 + later, value="http://app.test/", answer="same-origin"),
            Step(kind="document", at=5100 + later, value="reload"),
        ]
        found = [step.kind for step in Navigations(seen, [Message.parse(MAIL)], base_url="http://app.test").explained()]
        return "reload" in found

    assert kept(100) is not KINDS[kind].causes
    assert kept(5000)


@pytest.mark.parametrize("kind", ACTS)
def test_a_click_that_only_focuses_is_left_out(kind: str) -> None:
    clicked = replace(act("click"), locator=act(kind).locator)

    nodes, _ = plan([clicked, act(kind, at=1500)])

    kinds = [found.step.kind for node in nodes for found in node.acts]
    assert kinds == ([kind] if KINDS[kind].focuses else ["click", kind])


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_no_call_of_its_own_is_written_by_the_flow(kind: str) -> None:
    row = KINDS[kind]

    assert bool(row.call) == (row.role in {Role.ACT, Role.ASSERTION} or kind in {"reload", "back", "forward", "close"})
    assert bool(row.words) == (row.role is Role.ACT)
