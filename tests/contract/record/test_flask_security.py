"""Another stack's journeys, recorded by the robot: sign-up, sign-in by link and by code, two-factor, reset."""

from collections.abc import Iterator

import pytest

from tests.contract.record.robot import Robot, heading
from tests.contract.record.secrets import survivors
from tests.contract.record.studio import REPOSITORY, Recorded, Studio
from tests.contract.record.test_demo import run


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    root = tmp_path_factory.mktemp("stack")
    with Studio(root=root, command="python -m app", cwd=REPOSITORY / "tests/contract/flask_security") as studio:
        yield studio


async def sign_up(robot: Robot) -> None:
    page = robot.page
    await robot.type(page.get_by_label("Email Address"), robot.address)
    await robot.type(page.get_by_label("Password", exact=True), robot.password)
    await robot.type(page.get_by_label("Retype Password"), robot.password)
    await robot.button("Register")
    await robot.open_mailed_link("Welcome")
    await heading(page, "Orchard").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")


async def _ask_to_sign_in(robot: Robot) -> None:
    await robot.button("Sign Out")
    await robot.link("Unified Sign In")
    await robot.type(robot.page.get_by_label("Identity"), robot.address)
    await robot.click(robot.page.get_by_label("Via email"))
    await robot.button("Send Code")


async def magic_link(robot: Robot) -> None:
    await _ask_to_sign_in(robot)
    await robot.open_mailed_link("Verification Code")
    await heading(robot.page, "Orchard").wait_for()
    await robot.asserts(robot.page.get_by_test_id("signed-in-as"), "Has this text")


async def mailed_code(robot: Robot) -> None:
    await _ask_to_sign_in(robot)
    await robot.type(robot.page.get_by_label("Passcode"), await robot.read_code("Verification Code"))
    await robot.button("Submit")
    await heading(robot.page, "Orchard").wait_for()
    await robot.asserts(robot.page.get_by_test_id("signed-in-as"), "Has this text")


async def two_factor(robot: Robot) -> None:
    await robot.link("Two-Factor Setup")
    await robot.click(robot.page.get_by_label("Set up using an authenticator app"))
    await robot.button("Submit")
    await robot.type(robot.page.get_by_placeholder("enter numeric code"), await robot.read_totp())
    await robot.button("Submit Code")
    await robot.asserts(robot.page.get_by_text("You successfully changed your two-factor method."))


async def reset(robot: Robot) -> None:
    page = robot.page
    await robot.button("Sign Out")
    await robot.link("Forgot password?")
    await robot.type(page.get_by_label("Email Address"), robot.address)
    await robot.click(page.get_by_role("button", name="Recover password"))
    await robot.open_mailed_link("Password reset instructions")
    await robot.click(robot.panel.get_by_role("button", name="Another password"))
    await robot.panel.get_by_text("Password 2").wait_for()
    new = robot.session.passwords[0]
    await robot.type(page.get_by_label("Password", exact=True), new)
    await robot.type(page.get_by_label("Retype Password"), new)
    await robot.click(page.get_by_role("button", name="Reset Password"))
    await robot.mail("Your password has been reset")
    await robot.asserts(page.get_by_text("You successfully reset your password."))


JOURNEYS = {"magic_link": magic_link, "mailed_code": mailed_code, "two_factor": two_factor, "reset": reset}


@pytest.fixture(scope="module")
def recordings(stack: Studio) -> dict[str, Recorded]:
    done = {"sign_up": stack.record("sign_up", "/register", sign_up)}
    return done | {name: stack.record(name, "/", journey, after="sign_up") for name, journey in JOURNEYS.items()}


def test_every_generated_test_passes_and_is_clean(stack: Studio, recordings: dict[str, Recorded]) -> None:
    done = run(stack.root, "pytest", "e2e", "-q", "-n", "2")

    assert done.returncode == 0, done.stdout[-5000:]
    assert "7 passed" in done.stdout  # five journeys, and two wrong codes
    for arguments in (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy", "e2e", "flows", "pages")):
        assert run(stack.root, *arguments).returncode == 0, arguments


def test_no_secret_is_in_any_output(stack: Studio, recordings: dict[str, Recorded]) -> None:
    assert [found for recorded in recordings.values() for found in survivors(recorded, stack.root)] == []
