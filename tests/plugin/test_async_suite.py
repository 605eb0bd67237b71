"""The same journey beside pytest-playwright-asyncio, and the same evidence when it fails."""

import zipfile

import pytest

from inboxwright import Message
from tests.plugin.inner import ASYNC_INI, Ran, run

SUITE = """
    import asyncio
    import pytest

    @pytest.fixture
    async def broken(page, inbox, send):
        await asyncio.to_thread(send, inbox.address, subject="From the set-up")
        await inbox.wait_for_message()
        await page.set_content("<h1>Set-up</h1>")
        raise RuntimeError("the fixture broke")

    async def test_a_code_is_received_and_typed(page, inbox, send):
        await page.set_content("<label>Code <input></label>")

        async with inbox.expect_message(subject="Sign in") as mail:
            await asyncio.to_thread(send, inbox.address, subject="Sign in", text="Your code:\\n\\n493821\\n")
        await page.get_by_label("Code").fill((await mail.value).code())

        assert await page.get_by_label("Code").input_value() == "493821"

    async def test_users_have_all_of_their_own(user, new_user, send):
        other = await new_user()

        for person in (user, other):
            await person.open("data:text/html,<title>Hello</title>")
            assert await person.page.title() == "Hello"
            async with person.inbox.expect_message(subject="Confirm your email"):
                await asyncio.to_thread(send, person.inbox.address)
            person.authenticator.enrol("JBSWY3DPEHPK3PXP")
            assert len(await person.authenticator.code()) == 6

        assert user.context is not other.context
        assert user.inbox.address != other.inbox.address
        assert user.identity != other.identity

    async def test_filtered(page, inbox, send):
        await page.goto("data:text/html,<h1>Check your mail</h1>")
        async with inbox.expect_message(subject="Something else", timeout=300):
            await asyncio.to_thread(send, inbox.address, text="Your code:\\n\\n482913\\n")

    async def test_set_up(broken):
        pass

    async def test_closed(context, page, inbox, send):
        await asyncio.to_thread(send, inbox.address, subject="Before the end")
        await inbox.wait_for_message()
        await context.close()
        raise ValueError("after the context was closed")

    async def test_after_all_that(page):
        await page.set_content("<title>Fine</title>")
        assert await page.title() == "Fine"
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run of all of it."""
    config = {"use": {"trace": "snapshots", "screenshot": "only-on-failure"}}
    return run(tmp_path_factory.mktemp("async"), SUITE, config=config, more={"pytest.ini": ASYNC_INI})


def test_an_async_suite_gets_an_async_inbox(ran: Ran) -> None:
    assert "3 passed" in ran.out, ran.out
    assert "2 failed" in ran.out
    assert "1 error" in ran.out


def test_a_failure_has_pictures_of_page_and_mail(ran: Ran) -> None:
    folder = ran.folder("test-filtered")

    for name in ("page-1.png", "mail-1.png", "evidence.png"):
        assert (folder / name).read_bytes().startswith(PNG), name
    assert Message.parse((folder / "mail-1.eml").read_bytes()).subject == "Confirm your email"


def test_a_failure_in_the_set_up_has_them_too(ran: Ran) -> None:
    assert {"mail-1.eml", "page-1.png", "mail-1.png"} <= {path.name for path in ran.folder("test-set-up").iterdir()}
    assert "the fixture broke" in ran.out


def test_a_closed_context_does_not_hide_the_failure(ran: Ran) -> None:
    assert "after the context was closed" in ran.out
    assert (ran.folder("test-closed") / "mail-1.eml").exists()
    assert "evidence is incomplete" not in ran.out
    assert "never awaited" not in ran.out


def test_the_verdict_comes_first_and_the_journey_is_told(ran: Ran) -> None:
    text = ran.out[ran.out.index("_ test_filtered") :].split("_ test_")[1]

    lines = [line for line in text.splitlines()[1:] if line.strip()]
    assert "it arrived and was filtered out" in lines[0]
    assert "site-packages" not in text
    assert "reached data:text/html" in text.partition("journey")[2]


def test_the_mail_is_a_page_in_the_trace_which_has_no_secret_and_no_film_strip(ran: Ran) -> None:
    with zipfile.ZipFile(ran.folder("test-filtered") / "trace.zip") as archive:
        names = archive.namelist()
        trace = "".join(archive.read(name).decode(errors="ignore") for name in names if not name.endswith(".png"))

    assert "evidence.inboxwright.invalid/mail-1" in trace
    assert "482913" not in trace + ran.out
    assert not [name for name in names if name.endswith((".jpeg", ".jpg"))]
