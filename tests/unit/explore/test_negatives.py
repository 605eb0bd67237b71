"""A refusal is proven by giving what is right, and what is accepted becomes a strict xfail."""

import ast
from dataclasses import replace

from inboxwright.explore.negatives import as_finding, with_what_is_right
from inboxwright.record import Step
from tests.unit.record.samples import marked, sign_up


def test_an_old_password_is_replaced_by_the_new_one_where_it_is_typed_last() -> None:
    old, new = marked("identity.password"), marked("password2")
    steps = tuple(Step(kind="fill", value=value) for value in (old, new, old))

    right = with_what_is_right(replace(sign_up(), steps=steps), "password")

    assert right is not None
    assert [step.value for step in right.steps] == [old, new, new]


def test_a_used_link_is_replaced_by_one_that_was_not_used_yet() -> None:
    link, click = Step(kind="link", mail=1, link=1), Step(kind="click")
    steps = (Step(kind="open", value="/"), link, click, link)

    right = with_what_is_right(replace(sign_up(), steps=steps), "link")

    assert right is not None
    assert [step.kind for step in right.steps] == ["open", "link"]


def test_where_nothing_is_wrong_nothing_can_be_put_right() -> None:
    assert with_what_is_right(sign_up(), "link") is None


TEST = '''"""Twice, as it was recorded."""

from playwright.sync_api import expect


def test_twice(user: User) -> None:
    twice(user)

    expect(HomePage(user.page).signed_in_as).to_contain_text(user.inbox.address)
'''


def test_what_was_accepted_becomes_a_strict_xfail_that_says_why() -> None:
    text = as_finding(TEST, "it accepts a used link")

    assert ast.parse(text)
    assert "import pytest\n" in text
    assert "@pytest.mark.xfail(strict=True, reason='it accepts a used link')\ndef test_twice" in text
    assert ".not_to_contain_text(user.inbox.address)" in text


def test_an_older_link_is_replaced_by_itself_with_none_newer_used_before() -> None:
    older, newer = Step(kind="link", mail=1, link=1), Step(kind="link", mail=2, link=1)
    steps = (Step(kind="open", value="/"), newer, Step(kind="click"), older)

    right = with_what_is_right(replace(sign_up(), steps=steps), "older link")

    assert right is not None
    assert [(step.kind, step.mail) for step in right.steps] == [("open", 0), ("link", 1)]
