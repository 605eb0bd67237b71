"""What a reviewer would send back of a recording: names, comments, subjects, frames."""

from dataclasses import replace
from pathlib import Path

import pytest

from inboxwright.record.generate import generate, write
from inboxwright.record.timeline import Field, Step
from tests.unit.record.samples import MAIL, marked, sign_up

FRAME = 'locator("iframe[title=\\"portal-popup\\"]").content_frame'


def click(locator: str, *, path: str = "/form", heading: str = "", label: str = "") -> Step:
    """A press of a button of its own."""
    return Step(
        kind="click", at=900, path=path, heading=heading, locator=locator, field=Field(tag="button", label=label)
    )


def files_of(project: Path, *steps: Step) -> dict[str, str]:
    """What a recording of these acts gives."""
    opened = Step(kind="open", value=steps[0].path)
    return dict(generate(replace(sign_up(), steps=(opened, *steps)), project).files)


@pytest.mark.parametrize(
    ("path", "heading", "module"),
    [
        ("/accounts/signup/", "Grow faster with Acme", "signup"),
        ("/accounts/signup/", "Sign up", "sign_up"),
        ("/account/password/reset", "Forgot it?", "password_reset"),
        ("/workspaces/83417-orchard/members", "Orchard 83417", "workspaces_members"),
        ("/", "The future of fruit", "home"),
        ("/#/portal/signup", "Welcome", "portal_signup"),
        ("/83417", "Your team", "your_team"),
    ],
)
def test_a_page_is_named_by_its_route_and_not_by_what_it_sells(
    tmp_path: Path, path: str, heading: str, module: str
) -> None:
    files = files_of(tmp_path, click('get_by_role("button", name="Go")', path=path, heading=heading))

    assert [name for name in files if name.startswith("pages/")] == [f"pages/{module}.py"]


def test_a_frame_is_named_once_and_found_again(tmp_path: Path) -> None:
    steps = [click(f'{FRAME}.get_by_role("button", name="{name}")', path="/form") for name in ("One", "Two")]

    first = generate(replace(sign_up(), steps=(Step(kind="open", value="/form"), *steps)), tmp_path)
    write(first, tmp_path)
    again = generate(replace(sign_up(), name="again", steps=(Step(kind="open", value="/form"), *steps)), tmp_path)

    page = first.files["pages/form.py"]
    assert page.count("content_frame") == 1
    assert 'self.one_button = self.frame.get_by_role("button", name="One")' in page
    assert again.reused == ("FormPage",)
    assert "pages/form.py" not in again.files


def test_one_comment_stands_above_all_that_are_found_by_css(tmp_path: Path) -> None:
    steps = [click(f'locator("#b{number}")', label=f"B {number}") for number in range(5)]

    page = files_of(tmp_path, *steps, click('get_by_role("button", name="Go")'))["pages/form.py"]

    assert page.count("# By CSS") == 1
    assert page.index("go_button = ") < page.index("# By CSS")


def test_what_has_no_words_is_named_by_its_kind_in_the_docstring(tmp_path: Path) -> None:
    fill = Step(kind="fill", at=900, path="/form", locator='locator("input")', field=Field(tag="input", type="text"))

    page = files_of(tmp_path, replace(fill, value="x"))["pages/form.py"]

    assert '"""Fill in the text field."""' in page


@pytest.mark.parametrize(
    ("subject", "written"),
    [
        ("Confirm your email", 'subject="Confirm your email"'),
        ("🎉 Welcome aboard", 'subject=re.compile(r"Welcome aboard")'),
        ("[Orchard] Please confirm your email", 'subject=re.compile(r"Please confirm your email")'),
        ("🙌 Complete your sign up to Orchard!", 'subject=re.compile(r"Complete your sign up to")'),
        ("Orchard", 'subject="Orchard"'),
    ],
)
def test_a_subject_is_pinned_without_emoji_and_the_sites_name(tmp_path: Path, subject: str, written: str) -> None:
    steps = [
        replace(step, value=subject if step.kind == "mail" else step.value, title=title)
        for step, title in zip(
            sign_up().steps, ["Sign up - Orchard", "Sent - Orchard"] + [""] * len(MAIL), strict=False
        )
    ]

    flow = generate(replace(sign_up(), steps=tuple(steps)), tmp_path).files["flows/join.py"]

    assert f"expect_message({written})" in " ".join(flow.split()).replace("( ", "(").replace(" )", ")")


def wrong_code(tmp_path: Path, *asserted: Step) -> tuple[str, tuple[str, ...]]:
    """The tests of a code that is typed on a screen which stays, and what is said of them."""
    form = Step(kind="click", at=1000, path="/in")
    button = Field(tag="button", label="Send")
    steps = (
        Step(kind="open", value="/in"),
        replace(form, locator='get_by_role("button", name="Send")', field=button),
        Step(kind="request", at=1010, method="POST", value="/send", by_script=True),
        Step(kind="mail", at=1020, mail=1, value="Your code"),
        Step(kind="fill", at=2000, path="/in", locator='get_by_label("Code")', value=marked("mail1.code")),
        replace(form, at=2100, locator='get_by_role("button", name="Sign in")', field=replace(button, label="Sign in")),
        Step(kind="request", at=2110, method="POST", value="/enter", by_script=True),
        *asserted,
    )
    timeline = sign_up()
    values = {**timeline.values, "mail1.code": replace(timeline.values["mail1.token1"], value="482913")}
    generated = generate(replace(timeline, steps=steps, values=values), tmp_path)
    return generated.files["e2e/test_join.py"], generated.notes


def test_a_wrong_code_must_not_bring_about_what_the_right_one_did(tmp_path: Path) -> None:
    who = Step(kind="assert_text", at=3000, path="/in", locator='get_by_test_id("who")', value="Kim is in")

    test, _ = wrong_code(tmp_path, who)

    assert "pytest.raises(AssertionError)" in test
    assert 'to_contain_text("Kim is in", timeout=2000)' in test
    assert test.count("to_be_visible") == 0


def test_without_an_assertion_there_is_no_test_of_a_wrong_code_and_a_note(tmp_path: Path) -> None:
    test, notes = wrong_code(tmp_path)

    assert "wrong_code" not in test
    assert any("no test of a wrong code at /in" in note for note in notes)


def test_a_text_that_was_read_off_the_rendered_page_is_compared_with_it(tmp_path: Path) -> None:
    card = Step(
        kind="assert_text", at=3000, path="/form", locator='get_by_test_id("card")', value="Kim member", rendered=True
    )

    test = files_of(tmp_path, click('get_by_role("button", name="Go")'), card)["e2e/test_join.py"]

    assert 'to_contain_text("Kim member", use_inner_text=True)' in " ".join(test.split())


def test_a_row_of_boxes_is_one_attribute(tmp_path: Path) -> None:
    boxes = tuple(f'get_by_label("Digit {number}")' for number in (1, 2))
    fill = Step(kind="fill", at=900, path="/form", locator=boxes[0], value=marked("identity.password"), boxes=boxes)

    page = files_of(tmp_path, fill)["pages/form.py"]

    assert 'self.code_boxes = (page.get_by_label("Digit 1"), page.get_by_label("Digit 2"))' in " ".join(
        page.split()
    ).replace("( ", "(").replace(", )", ")")
