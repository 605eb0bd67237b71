"""Undo takes back what the person did last, a mailed link too, and nothing before it."""

from tests.contract.record import journeys
from tests.contract.record.robot import Robot, heading
from tests.contract.record.studio import Studio


async def one_link_too_many(robot: Robot) -> None:
    await journeys.sign_up(robot)
    undo, listed = robot.panel.get_by_role("button", name="Undo"), robot.panel.locator("#steps li")
    await listed.filter(has_text="Assert text").wait_for()
    assert (await listed.all_inner_texts())[-2:] == ["Open the mailed link", "Assert text <address>"]
    count = await listed.count()
    for left in (count - 1, count - 2):
        await robot.click(undo)
        await listed.nth(left).wait_for(state="detached")
    assert (await listed.all_inner_texts())[-1] == "Click 'Create account'"
    await robot.open_mailed_link("Confirm your email")
    await heading(robot.page, "Link").or_(heading(robot.page, "Welcome")).wait_for()


def test_undo_takes_back_a_mailed_link_and_keeps_its_mail(demo: Studio) -> None:
    recorded = demo.record("undone", "/accounts/signup/", one_link_too_many, save=False)

    kinds = [step.kind for step in recorded.timeline.steps]
    assert kinds.count("link") == 1
    assert kinds.count("mail") == 1
    assert not [kind for kind in kinds if kind.startswith("assert_")]
    assert recorded.generated.files["flows/undone.py"].count("user.open(") == 1
