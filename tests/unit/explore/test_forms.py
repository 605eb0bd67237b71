"""What a form is for, by its shape and its words."""

from typing import cast

import pytest
from playwright.async_api import Locator

from inboxwright.explore.forms import Control, Form
from inboxwright.explore.words import Purpose
from inboxwright.record.timeline import Field


def control(label: str = "", words: str = "", **field: str) -> Control:
    """A field or a button; its locator is never asked."""
    return Control(
        locator=cast("Locator", None),
        field=Field(tag="input", label=label, type=field.get("type", "text"), name=field.get("name", ""),
                    autocomplete=field.get("autocomplete", "")),
        words=words, href="", required=False, value="", checked=False, options=(),
    )  # fmt: skip


EMAIL, PASSWORD, AGAIN = (
    control("Email", type="email"),
    control("Password", type="password"),
    control("Password (again)", type="password"),
)


@pytest.mark.parametrize(
    ("fields", "button", "about", "purpose"),
    [
        ((EMAIL, PASSWORD), "Create account", "Join us /signup", Purpose.SIGN_UP),
        ((EMAIL, PASSWORD, AGAIN), "Go", "/x", Purpose.SIGN_UP),
        ((EMAIL, PASSWORD), "Sign in", "Welcome back /login", Purpose.SIGN_IN),
        ((EMAIL,), "Send reset link", "Forgot your password? /accounts/password/reset/", Purpose.FORGOT),
        ((EMAIL,), "Send link", "Sign in by mail /magic", Purpose.BY_LINK),
        ((EMAIL,), "Send code", "Sign in by mail /code", Purpose.BY_CODE),
        ((control("Identity"), control("Passcode", type="password")), "Send Code", "/us-signin", Purpose.BY_CODE),
        ((EMAIL,), "Subscribe", "News /", None),
        ((control("Search", type="search"),), "Search", "Fruit /", None),
        ((PASSWORD, AGAIN), "Change password", "Choose a new password", None),
    ],
)
def test_a_form_is_told_by_its_shape_and_its_words(
    fields: tuple[Control, ...], button: str, about: str, purpose: Purpose | None
) -> None:
    form = Form(fields=fields, buttons=(control(words=button, type="submit"),), about=about)

    assert form.purpose() is purpose


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        (EMAIL, "address"),
        (control("Code"), "code"),
        (control("Passcode", type="password"), "code"),
        (control("", autocomplete="one-time-code"), "code"),
        (control("One-time password", type="password"), "password"),
        (control("Username or email"), "address"),
        (control("Identity"), "identifier"),
        (control("Vorname", autocomplete="given-name"), "first_name"),
        (control("Favourite colour"), ""),
    ],
)
def test_a_field_asks_for_one_thing(field: Control, asked: str) -> None:
    assert field.asks == asked
