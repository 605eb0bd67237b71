"""The same journey beside pytest-playwright-asyncio."""

import pytest

_SUITE = """
import asyncio, smtplib
import pytest

def send(provider, address):
    with smtplib.SMTP(*provider.smtp_address) as smtp:
        smtp.sendmail("app@app.test", [address], "Subject: Sign in\\r\\n\\r\\nYour code:\\r\\n\\r\\n493821\\r\\n")

@pytest.mark.asyncio(loop_scope="session")
async def test_a_code_is_received_and_typed(page, inbox, provider):
    await page.set_content("<label>Code <input></label>")

    async with inbox.expect_message(subject="Sign in") as mail:
        await asyncio.to_thread(send, provider, inbox.address)
    await page.get_by_label("Code").fill((await mail.value).code())

    assert await page.get_by_label("Code").input_value() == "493821"
"""


def test_an_async_suite_gets_an_async_inbox(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(_SUITE)

    result = pytester.runpytest_subprocess(
        "-p", "no:playwright", "-o", "asyncio_default_fixture_loop_scope=session", "--browser", "chromium"
    )

    result.assert_outcomes(passed=1)
