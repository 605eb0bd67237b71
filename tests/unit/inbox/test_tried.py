"""What a wait says of an application that tried to send and could not."""

import pytest

from inboxwright.inbox._tried import NEVER, tried
from inboxwright.providers.dialogue import Dialogue, Line

ADDRESS = "signup-rabcdefgh-aaaaaaaa@inbox.test"
OTHER_TEST = "reset-rabcdefgh-bbbbbbbb@inbox.test"


def _dialogue(*lines: str) -> Dialogue:
    by = {">": "client", "<": "server", "!": "note"}
    told = tuple(Line(by=by[line[0]], text=line[1:]) for line in lines)  # type: ignore[arg-type]  # one of the three
    return Dialogue(peer="127.0.0.1", open=False, lines=told)


def _to(address: str, reply: str = "250 2.1.5 OK", *more: str) -> Dialogue:
    return _dialogue("<220 hi", ">EHLO app", "<250 OK", f">RCPT TO:<{address}>", f"<{reply}", *more)


@pytest.mark.parametrize(
    ("dialogue", "told"),
    [
        (_dialogue("<220 hi", ">EHLO app", "<250 OK", ">MAIL FROM:<a@b.test>", "<530 5.7.0 Authentication required"),
         "MAIL FROM:<a@b.test> was answered 530 5.7.0 Authentication required"),
        (_dialogue("<220 hi", ">EHLO app", "<250 OK", ">AUTH PLAIN ****", "<535 5.7.8 invalid"),
         "AUTH PLAIN **** was answered 535 5.7.8 invalid"),
        (_dialogue("<220 hi", ">EHLO app", "<250 OK", ">STARTTLS", "<220 go", "!the TLS handshake failed: unknown ca"),
         "STARTTLS was answered the TLS handshake failed: unknown ca"),
        (_dialogue("<220 hi", ">EHLO app", "<250 OK"), "left after EHLO app, without sending a message"),
        (_dialogue("<220 hi"), "connected and left"),
        (_to(ADDRESS, "550 5.1.1 No such user here"), f"RCPT TO:<{ADDRESS}> was answered 550 5.1.1"),
        (_to(ADDRESS, "250 OK", ">DATA", "<552 5.3.4 Message too big"), "DATA was answered 552 5.3.4"),
        (_to("kim@shop.test", "250 OK", ">DATA", "<354 go", "<250 2.0.0 OK"), "sent to kim@shop.test, and not to"),
    ],
)  # fmt: skip
def test_attempt_is_told(dialogue: Dialogue, told: str) -> None:
    (line,) = tried([dialogue], ADDRESS)

    assert told in line


def test_never_connected_is_told() -> None:
    assert tried([], ADDRESS) == [NEVER]


@pytest.mark.parametrize(
    "dialogue",
    [_to(OTHER_TEST, "550 no"), _to(OTHER_TEST, "250 OK", ">DATA", "<354 go", "<250 2.0.0 OK")],
)
def test_mail_of_other_tests_is_not_told(dialogue: Dialogue) -> None:
    assert tried([dialogue], ADDRESS) == []
