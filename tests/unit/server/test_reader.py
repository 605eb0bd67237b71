"""Reading mail apart from the loop: what takes too long, too much, or ends the process."""

from datetime import UTC, datetime

import pytest

from inboxwright.server.api.reading import Reading
from inboxwright.server.deliveries import Delivery
from inboxwright.server.reader import Reader, TooHard
from tests.unit.server.loops import run

RAW = b"Subject: Hello\r\nFrom: app@example.com\r\nContent-Type: text/html\r\n\r\n<p>Your code is 482913</p>"


def _delivery(raw: bytes = RAW) -> Delivery:
    return Delivery(
        seq=1, id="1", recipient="a@inbox.test", sender="b@example.com", received_at=datetime.now(UTC),
        size=len(raw), raw=raw,
    )  # fmt: skip


async def _detail(reader: Reader) -> dict[str, object]:
    try:
        return await Reading(reader).detail(_delivery())
    finally:
        await reader.close()


def test_a_mail_is_read() -> None:
    shown = run(_detail(Reader()))

    assert (shown["subject"], shown["codes"]) == ("Hello", ["482913"])


def test_a_mail_that_takes_too_long_is_shown_as_its_source() -> None:
    shown = run(_detail(Reader(seconds=0.001)))

    assert shown["subject"] == "Hello"
    assert str(shown["text"]).startswith("This message is shown as its source: it takes more than 0.001 s to read.")
    assert "482913" in str(shown["text"])


@pytest.mark.parametrize(("module", "function"), [("shapes", "no_such"), ("shapes", "summary")])
def test_what_fails_is_told_and_the_next_one_is_read(module: str, function: str) -> None:
    async def work() -> dict[str, object]:
        reader = Reader()
        with pytest.raises(TooHard, match="cannot be read"):
            await reader.ask(module, function, "no delivery")
        return await _detail(reader)

    assert run(work())["subject"] == "Hello"
