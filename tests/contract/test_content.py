"""Byte for byte: what the application sent is at the end of what is read, after the trace fields of the receiver."""

import random

import pytest

from inboxwright import Inbox
from tests.contract.mail import Post, compose
from tests.contract.targets import Target

_TEN_MEGABYTES = 10_000_000

AWKWARD = {
    "dots": b".\r\n..\r\n.dot at the start\r\n\r\n.\r\n",
    "eight-bit": "Grüße: ✓ 漢字 \u202e reversed\r\n".encode(),
    "long-line": b"x" * 990 + b"\r\n",
    "from-line": b"From here on it looks like mbox.\r\n>From too\r\n",
    "blank-lines": b"\r\n\r\n  \r\n\t\r\ntext\r\n\r\n\r\n",
    "empty": b"",
    "looks-like-headers": b"To: somebody-else@inbox.test\r\nDelivered-To: x@y\r\n\r\n--boundary--\r\n",
}


def assert_intact(raw: bytes, message: bytes, target: Target) -> None:
    """The whole message, with nothing behind it."""
    if target.trims:
        raw, message = raw.rstrip(b"\r\n"), message.rstrip(b"\r\n")
    assert raw[-len(message) :] == message, target.name


@pytest.mark.parametrize("kind", AWKWARD)
def test_an_awkward_message_is_read_as_it_was_sent(inbox: Inbox, post: Post, target: Target, kind: str) -> None:
    message = compose(inbox.address, f"Awkward {kind}", AWKWARD[kind], extra="X-Folded: one\r\n two\r\n\tthree\r\n")

    with inbox.expect_message(timeout=10_000) as mail:
        post.raw(inbox.address, message)

    assert_intact(mail.value.raw, message, target)


def test_ten_megabytes_are_read_as_they_were_sent(inbox: Inbox, post: Post, target: Target) -> None:
    letters = random.Random(5).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=76 * 1000)
    block = "".join(f"{''.join(letters[at : at + 76])}\r\n" for at in range(0, len(letters), 76))
    body = (block * (_TEN_MEGABYTES // len(block) + 1))[:_TEN_MEGABYTES] + "\r\n"
    message = compose(inbox.address, "Big", body)

    with inbox.expect_message(timeout=60_000) as mail:
        post.raw(inbox.address, message)

    assert_intact(mail.value.raw, message, target)
