"""The second style: fixtures that are asked for while a test runs, contexts and inboxes that the suite made itself."""

import pytest

from inboxwright import Message
from tests.plugin.inner import Ran, run

SUITE = """
    import pytest

    CODE, TOKEN = "319284"[::-1], "6nB4dKyX9wLv2TrZ8q"[::-1]

    @pytest.fixture(scope="session")
    def shared_context(browser):
        context = browser.new_context()
        yield context
        context.close()

    @pytest.fixture(scope="session")
    def shared_inbox(provider):
        return provider.new_inbox("shared")

    def walk(page, inbox, send):
        page.route("http://app.test/**", lambda route: route.fulfill(
            content_type="text/html", headers={"Set-Cookie": "session=s9Vq2LmX7rTz4KbN8wYc; Path=/"},
            body="<h1>Check your mail</h1>"))
        page.goto("http://app.test/join")
        with inbox.expect_message(subject="Confirm your email") as mail:
            send(inbox.address, text=f"Your code is {CODE}. Or open http://app.test/confirm?token={TOKEN}\\n")
        page.goto(mail.value.link(hosts="app.test").url)
        print("at", page.url, mail.value.code(), page.context.cookies()[0]["value"])
        raise ValueError(f"refused {CODE} {page.context.cookies()[0]['value']}")

    def test_asked_for(request):
        ask = request.getfixturevalue
        walk(ask("page"), ask("inbox"), ask("send"))

    def test_user_asked_for(request):
        user = request.getfixturevalue("user")
        print(user.identity.password)
        open("password", "w").write(user.identity.password)
        walk(user.page, user.inbox, request.getfixturevalue("send"))

    def test_own_context(browser, new_inbox, send):
        walk(browser.new_context().new_page(), new_inbox(), send)

    def test_shared_context(shared_context, new_inbox, send):
        walk(shared_context.new_page(), new_inbox(), send)

    def test_shared_inbox(page, shared_inbox, send):
        walk(page, shared_inbox, send)
"""
TESTS = ["asked-for", "user-asked-for", "own-context", "shared-context", "shared-inbox"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """All of them fail."""
    root = tmp_path_factory.mktemp("second")
    return run(root, SUITE, "--junitxml=junit.xml", "-vv", config={"use": {"trace": "retain-on-failure"}})


@pytest.mark.parametrize("test", TESTS)
def test_each_has_its_mail_and_its_pictures(ran: Ran, test: str) -> None:
    folder = ran.folder(f"-py-test-{test}")

    assert {"mail-1.eml", "page-1.png", "mail-1.png", "evidence.png"} <= {path.name for path in folder.iterdir()}
    assert Message.parse((folder / "mail-1.eml").read_bytes()).link(hosts="app.test").url.startswith("http://app.test/")


def test_none_has_a_secret_anywhere(ran: Ran) -> None:
    said = ran.out + (ran.root / "junit.xml").read_text() + (ran.results / "results.jsonl").read_text()

    assert "5 failed" in ran.out
    for secret in ("482913", "q8ZrT2vLw9XyKd4Bn6", "s9Vq2LmX7rTz4KbN8wYc", (ran.root / "password").read_text()):
        assert secret not in said
    assert "secrets left in artifacts" not in ran.out
    assert "files searched for" in ran.out


def test_the_journey_tells_which_mails_link_was_opened(ran: Ran) -> None:
    assert "opened the link of mail 1" in ran.out.partition("_ test_asked_for")[2].partition("_ test_user_asked_for")[0]
