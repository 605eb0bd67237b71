"""signed_in_user: the journey is walked once a worker; tests share the account and nothing else."""

import re
from pathlib import Path

from tests.plugin.inner import HELPERS, run

# An application of one page: its cookie says who is signed in, and each visit may set another.
APPLICATION = (
    HELPERS
    + """
import smtplib

SITE = "http://app.test/"

@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "base_url": SITE}

@pytest.fixture(scope="session")
def sign_in_journey(provider):
    def journey(user):
        with open("walked", "a") as file:
            file.write("x")
        with user.inbox.expect_message(subject="Confirm your email"):
            with smtplib.SMTP(*provider.smtp_address) as smtp:
                smtp.sendmail("a@app.test", [user.inbox.address], "Subject: Confirm your email\\r\\n\\r\\nHello")
        user.context.add_cookies([{"name": "who", "value": user.identity.username, "url": SITE}])
    return journey
"""
)
SUITE = """
    import pytest

    def who(user):
        return {cookie["name"]: cookie["value"] for cookie in user.context.cookies("http://app.test/")}

    @pytest.mark.parametrize("number", range(3))
    def test_starts_signed_in_and_alone(signed_in_user, send, number):
        user = signed_in_user
        assert who(user) == {"who": user.identity.username}
        assert user.inbox.messages() == []
        user.context.add_cookies([{"name": "left", "value": str(number), "url": "http://app.test/"}])
        with user.inbox.expect_message(subject=f"Mail {number}"):
            send(user.inbox.address, subject=f"Mail {number}")
        assert [message.subject for message in user.inbox.messages()] == [f"Mail {number}"]
        assert user.inbox.wait_for_message().subject == f"Mail {number}"
        send(user.inbox.address, subject="Nobody claims this one")
        user.inbox.messages()

    def test_another_user_is_not_signed_in(signed_in_user, new_user):
        assert who(new_user()) == {}
"""


def test_the_journey_is_walked_once_and_every_test_is_alone(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, more={"conftest.py": APPLICATION})

    assert "4 passed" in ran.out, ran.out
    assert (tmp_path / "walked").read_text() == "x"
    assert re.findall(r"(\d) mail to \S+ that no expectation claimed", ran.out) == ["1"], "each its own alone"


def test_without_a_journey_it_says_where_to_write_one(tmp_path: Path) -> None:
    ran = run(tmp_path, "def test_one(signed_in_user): ...")

    assert "signed_in_user does not know your application; in conftest.py write a session-scoped fixture" in ran.out


FAILING = (
    APPLICATION
    + """
@pytest.fixture(scope="session")
def sign_in_journey(provider):
    def journey(user):
        with open("walked", "a") as file:
            file.write(user.identity.password + "\\n")
        user.page.goto("data:text/html,<h1>Sign up</h1><input type=password disabled>")
        user.page.get_by_role("textbox").or_(user.page.locator("input")).fill(user.identity.password, timeout=300)
    return journey
"""
)


def test_a_journey_that_fails_has_its_evidence_and_is_not_walked_again(tmp_path: Path) -> None:
    tests = """
        def test_one(signed_in_user): ...
        def test_two(signed_in_user): ...
    """
    ran = run(tmp_path, tests, more={"conftest.py": FAILING})

    (password,) = (tmp_path / "walked").read_text().splitlines()
    assert "2 errors" in ran.out, ran.out
    assert {"page-1.png", "trace.zip"} <= {path.name for path in ran.folder("test-one").iterdir()}
    assert password not in ran.out
