"""A page of our own with every control, recorded by the robot."""

from collections.abc import Iterator

import pytest
from playwright.async_api import FilePayload

from tests.contract.record.robot import Robot, heading
from tests.contract.record.secrets import survivors
from tests.contract.record.studio import Recorded, Studio
from tests.contract.record.test_demo import run


@pytest.fixture(scope="module")
def controls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    root = tmp_path_factory.mktemp("controls")
    with Studio(root=root, command="python -m tests.contract.record.controls_app ${PORT}") as studio:
        yield studio


async def every_control(robot: Robot) -> None:
    page, person = robot.page, robot.session.identity
    await robot.type(page.get_by_label("First name"), person.first_name)
    await robot.type(page.get_by_label("Last name"), person.last_name)
    await robot.type(page.get_by_label("Email"), robot.address)
    await robot.press("Tab")
    await page.keyboard.type("a Password of my own")
    await robot.press("Tab")
    await page.keyboard.type("Team")  # a select takes the option that begins with what is typed
    await robot.press("Tab", "Space")
    await robot.click(page.get_by_label("Large"))
    await robot.type(page.get_by_label("Notes"), "two\nlines")
    await robot.press("Tab", "ArrowRight")
    await robot.type(page.get_by_label("About you"), "I write")
    async with page.expect_file_chooser() as chooser:
        await robot.click(page.get_by_label("Picture"))
    await (await chooser.value).set_files(FilePayload(name="me.txt", mimeType="text/plain", buffer=b"pixels"))
    await robot.click_and_answer(page.get_by_role("button", name="Delete drafts"), "OK")
    await robot.click_and_answer(page.get_by_role("button", name="Rename"), "OK", "new")
    await robot.click(page.get_by_role("button", name="Twice"), click_count=2)
    await robot.click(page.get_by_role("button", name="Badge"))
    await robot.press("Escape")
    frame = page.frame_locator("iframe")
    await robot.type(frame.get_by_label("Number"), "4242")
    await robot.click(frame.get_by_role("button", name="Pay"))
    async with page.context.expect_page() as opened:
        await robot.link("Terms")
    terms = await opened.value
    await robot.click(terms.get_by_role("button", name="Agree"))
    await robot.asserts(terms.get_by_text("Agreed"))
    await terms.close()
    await robot.link("Report")
    await robot.recorded("download")
    await robot.button("Continue")
    await heading(page, "Type the code").wait_for()
    code = await robot.read_code("Your code is")
    await robot.click(page.get_by_label("Digit 1"))
    await page.keyboard.type(code, delay=20)
    await heading(page, "Welcome").wait_for()
    await robot.asserts(heading(page, "Welcome"), "Has this text")
    await robot.asserts(page.get_by_test_id("summary"), "Has this text")
    await robot.asserts(page.get_by_label("Receipt"), "Has this value")


@pytest.fixture(scope="module")
def recorded(controls: Studio) -> Recorded:
    return controls.record("join", "/join", every_control)


def test_every_control_is_recorded(recorded: Recorded) -> None:
    kinds = {step.kind for step in recorded.timeline.steps}

    wanted = {
        "fill", "select", "check", "press", "click", "dblclick", "upload", "dialog", "download", "close", "mail",
        "assert_visible", "assert_text", "assert_value", "open",
    }  # fmt: skip
    assert wanted <= kinds
    assert not {"missed"} & kinds
    assert recorded.generated.notes == ()


def test_what_is_generated_passes_and_is_clean(controls: Studio, recorded: Recorded) -> None:
    assert recorded

    done = run(controls.root, "pytest", "e2e", "-q")

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout  # the journey, and the wrong code
    for arguments in (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy", "e2e", "flows", "pages")):
        assert run(controls.root, *arguments).returncode == 0, arguments
    assert survivors(recorded, controls.root) == []


async def closed_root(robot: Robot) -> None:
    await robot.click(robot.page.locator("x-closed"))
    await robot.recorded("missed")


def test_what_cannot_be_recorded_becomes_a_todo(controls: Studio) -> None:
    recorded = controls.record("hidden", "/join", closed_root, save=False)

    flow = recorded.generated.files["flows/hidden.py"]
    assert "# TODO: a click inside a closed shadow root" in flow
    assert any("closed shadow root" in note for note in recorded.generated.notes)
