"""The demo's journeys, walked by the robot."""

from tests.contract.record.robot import Robot, heading


async def sign_up(robot: Robot) -> None:
    """Confirmed by a mailed link."""
    page = robot.page
    await robot.type(page.get_by_label("Email"), robot.address)
    await robot.type(page.get_by_label("Password"), robot.password)
    await robot.button("Create account")
    await robot.open_mailed_link("Confirm your email")
    await heading(page, "Welcome to Meadow").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")


async def sign_up_by_code(robot: Robot) -> None:
    """Confirmed by a mailed code."""
    page = robot.page
    await robot.link("Send a code instead")
    await heading(page, "Create your account").wait_for()
    await robot.type(page.get_by_label("Email"), robot.address)
    await robot.press("Tab")
    await page.keyboard.type(robot.password)
    await robot.button("Create account")
    await robot.type(page.get_by_label("Code"), await robot.read_code("Your confirmation code"))
    await robot.button("Continue")
    await heading(page, "Welcome to Meadow").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")


async def reset(robot: Robot) -> None:
    """A forgotten password; begins behind a sign-up, in a browser that is signed in."""
    page = robot.page
    await robot.button("Sign out")
    await robot.link("Forgot your password?")
    await heading(page, "Reset your password").wait_for()
    await robot.type(page.get_by_label("Email"), robot.address)
    await page.keyboard.press("Enter")
    await robot.open_mailed_link("Reset your password")
    await robot.click(robot.panel.get_by_role("button", name="Another password"))
    await robot.panel.get_by_text("Password 2").wait_for()
    new = robot.session.passwords[0]
    await robot.type(page.get_by_label("New Password", exact=True), new)
    await robot.type(page.get_by_label("New Password (again)"), new)
    await robot.button("Change password")
    await robot.asserts(heading(page, "Your password is changed"))


async def magic_link(robot: Robot) -> None:
    """Sign in with a mailed link."""
    page = robot.page
    await robot.button("Sign out")
    await robot.link("Mail me a sign-in link")
    await robot.type(page.get_by_label("Email"), robot.address)
    await robot.click(page.get_by_role("button", name="Send link"))
    await robot.open_mailed_link("Your sign-in link")
    await heading(page, "Welcome to Meadow").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")


async def two_factor(robot: Robot) -> None:
    """Enrol an authenticator app, sign out, and sign in with it."""
    page = robot.page
    await robot.link("Turn on two-factor sign-in")
    await robot.type(page.get_by_label("Password"), robot.password)
    await page.keyboard.press("Enter")
    await heading(page, "Turn on two-factor sign-in").wait_for()
    await robot.type(page.get_by_label("Authenticator code"), await robot.read_totp())
    first = await robot.read_totp()
    await robot.button("Turn on")
    await heading(page, "recovery codes").wait_for()
    await robot.button("Sign out")
    await robot.type(page.get_by_label("Email"), robot.address)
    await robot.type(page.get_by_label("Password"), robot.password)
    await robot.button("Sign in")
    field = page.get_by_label("Code")
    await field.wait_for()
    while await robot.read_totp() == first:  # an application refuses a code that was used
        await page.wait_for_timeout(200)
    await robot.type(field, await robot.read_totp())
    await page.keyboard.press("Enter")
    await heading(page, "Welcome to Meadow").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")


async def change_address(robot: Robot) -> None:
    """Confirmed at the new address."""
    page = robot.page
    await robot.link("Email")
    await robot.click(robot.panel.get_by_role("button", name="Another address"))
    await robot.panel.get_by_text("Email 2").wait_for()
    await robot.type(page.get_by_label("New email"), robot.session.inboxes[1].address)
    await robot.click(page.get_by_role("main").get_by_role("button", name="Change email"))
    await robot.open_mailed_link("Confirm your email")
    await heading(page, "Welcome to Meadow").wait_for()
    await robot.asserts(page.get_by_test_id("signed-in-as"), "Has this text")
