"""Small timelines, written by hand."""

import base64
from dataclasses import replace

from inboxwright.record.timeline import Field, Step, Timeline, Value

ADDRESS, PASSWORD, TOKEN = "join-rabcdefgh-ijklmnop@inbox.test", "S3cret-pass", "aBc123dEf456gHi789"
LINK = f"http://app.test/confirm/{TOKEN}/"
EMAIL = Field(tag="input", type="email", label="Email")
SECRET = Field(tag="input", type="password", label="Password")
BUTTON = Field(tag="button", label="Sign up")


def raw(text: str, subject: str = "Confirm your email", html: str = "") -> bytes:
    """A mail as it is received."""
    kind = "text/html" if html else "text/plain"
    head = f"From: app@app.test\r\nTo: {ADDRESS}\r\nSubject: {subject}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n"
    return (head + (html or text) + "\r\n").encode()


MAIL = raw(f"Hi,\r\n\r\nplease confirm: {LINK}\r\n")


def textbox(name: str) -> str:
    """Playwright's locator of a labelled text box."""
    return f'get_by_role("textbox", name="{name}")'


def sign_up() -> Timeline:
    """Two fields, a button, a mailed link, and an assertion."""
    form = Step(kind="click", path="/signup", heading="Sign up")
    home = f"/confirm/{marked('mail1.token1')}/"
    steps = (
        Step(kind="open", value="/signup"),
        Step(kind="arrive", path="/signup"),
        Step(kind="load", path="/signup"),
        replace(form, kind="click", at=900, locator=textbox("Email"), field=EMAIL),
        replace(form, kind="fill", at=1000, locator=textbox("Email"), field=EMAIL, value=marked("inbox.address")),
        replace(form, kind="fill", at=1100, locator=textbox("Password"), field=SECRET,
                value=marked("identity.password")),
        replace(form, kind="click", at=1200, locator='get_by_role("button", name="Sign up")', field=BUTTON),
        Step(kind="request", at=1210, method="POST", value="/signup"),
        Step(kind="mail", at=1220, mail=1, value="Confirm your email"),
        Step(kind="arrive", at=1230, path="/sent"),
        Step(kind="load", at=1240, path="/sent"),
        Step(kind="link", at=2000, mail=1, value=marked("mail1.link1"), link=1),
        Step(kind="arrive", at=2100, path=home),
        Step(kind="load", at=2110, path=home),
        Step(kind="assert_visible", at=3000, path=home, heading="Welcome",
             locator=f'get_by_text("Signed in as {marked("inbox.address")}")'),
    )  # fmt: skip
    values = {
        "inbox.address": ADDRESS, "identity.password": PASSWORD, "mail1.link1": LINK, "mail1.token1": TOKEN,
        "mail1.raw": base64.b64encode(MAIL).decode(),
    }  # fmt: skip
    return Timeline(
        name="join", base_url="http://app.test", link_hosts=("app.test",), steps=steps,
        values={name: Value(value=value) for name, value in values.items()},
    )  # fmt: skip


def marked(name: str) -> str:
    """A known value, as it stands in a step."""
    return f"⟦{name}⟧"
