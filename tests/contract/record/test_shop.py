"""A page that makes it hard: menus that open on hover, prevented keys, controlled inputs, frames that come late."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.async_api import FilePayload, Locator

from tests.contract.record.robot import Robot
from tests.contract.record.studio import Studio
from tests.contract.record.test_demo import run


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    root = tmp_path_factory.mktemp("shop")
    with Studio(root=root, command="python -m tests.contract.record.controls_app ${PORT}") as studio:
        yield studio


_GLANCE = 1.3
"""Seconds: what comes into view while a page still loads was not opened by the pointer."""

_HAND = 0.4
"""Seconds from one act to the next place."""


async def look_around(robot: Robot) -> None:
    """A person looks at a page before anything else."""
    await robot.page.mouse.move(700, 10)
    await robot.page.frame_locator("iframe").get_by_label("Number").wait_for()
    await asyncio.sleep(_GLANCE)


async def rest_on(robot: Robot, target: Locator) -> None:
    """Some time after the last act, as a person does."""
    await asyncio.sleep(_HAND)
    await robot.reach(target)


def text(name: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=name.encode())


async def everything(robot: Robot) -> None:
    page = robot.page
    await look_around(robot)
    await rest_on(robot, page.get_by_role("link", name="Products"))
    await robot.reach(page.get_by_role("link", name="More"))
    await robot.click(page.get_by_role("button", name="Laces"))
    await rest_on(robot, page.get_by_role("button", name="Account"))
    await robot.click(page.get_by_role("button", name="Settings"))
    await robot.type(page.get_by_label("Voucher"), "save")
    await robot.type(page.get_by_label("Search"), "boots")
    await robot.click(page.get_by_role("button", name="Show boots"))
    await robot.click(page.get_by_role("option", name="Gift wrap"))
    await robot.click_with(page.get_by_role("option", name="Spare laces"), "Control")
    async with page.expect_file_chooser() as chooser:
        await robot.click(page.get_by_label("Pictures"))
    await (await chooser.value).set_files([text("one.txt"), text("two.txt")])
    await robot.type(page.get_by_label("Remark"), "two\nlines")
    await robot.press("Control+Enter")
    await robot.type(page.get_by_label("Chat"), "hello")
    await robot.press("Enter")
    await robot.type(page.frame_locator("iframe").get_by_label("Number"), "4242")
    await robot.click(page.frame_locator("iframe").get_by_role("button", name="Pay"))
    await robot.button("Next step")
    await page.get_by_text("second").wait_for()
    await page.go_back()
    await page.get_by_text("first").wait_for()
    await page.go_forward()
    await robot.recorded("back", "forward")
    await robot.button("Done")
    await robot.asserts(page.get_by_test_id("log"), "Has this text")


def test_what_is_hard_to_record_is_done_again_by_the_generated_test(shop: Studio) -> None:
    recorded = shop.record("shop", "/shop", everything)

    assert recorded.generated.notes == ()
    assert [step.kind for step in recorded.timeline.steps].count("hover") == 3
    done = run(shop.root, "pytest", "e2e/test_shop.py", "-q")
    assert done.returncode == 0, done.stdout + recorded.generated.files["flows/shop.py"]
    for arguments in (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy", "e2e", "flows", "pages")):
        assert run(shop.root, *arguments).returncode == 0, arguments


async def what_cannot_be(robot: Robot) -> None:
    page = robot.page
    await look_around(robot)
    x, y = await robot.reach(page.get_by_role("slider", name="Size"))
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 1, steps=4)
    await page.mouse.up()
    await robot.click(page.locator("x-vault"))
    await page.keyboard.type("secret")
    await rest_on(robot, page.get_by_text("Hint"))
    await robot.click(page.get_by_role("button", name="Read more"))
    await robot.recorded("missed", "click")


def test_what_cannot_be_recorded_is_told_and_never_guessed(shop: Studio) -> None:
    recorded = shop.record("refused", "/shop", what_cannot_be, save=False)

    said = "\n".join(recorded.generated.notes)
    assert "the mouse dragged Size 60 pixels to the right and 1 down" in said
    assert "a click inside a closed shadow root" in said
    assert said.count("typing inside a closed shadow root") == 1
    assert "it came into view while the pointer rested on Hint; if it opens only then, hover there first" in said
    kinds = [step.kind for step in recorded.timeline.steps]
    assert kinds.count("click") == 1
    assert not {"hover", "press", "fill"} & set(kinds)
