"""Whose mail it is, from what each mail system leaves of the envelope."""

import pytest

from inboxwright.providers._envelope import fields, received_for, recipients_of, return_path
from inboxwright.providers.inbucket import is_for as inbucket_is_for
from inboxwright.providers.mailpit import is_for as mailpit_is_for


def _mailpit(first: str, to: str, *, added: str = "") -> bytes:
    bcc = f"Bcc: {added}\r\n" if added else ""
    stamp = f"Received: from x (y [127.0.0.1])\r\n        by host (Mailpit) with SMTP\r\n        for <{first}>; now\r\n"
    return f"{bcc}Return-Path: <s@x>\r\n{stamp}To: {to}\r\nSubject: s\r\n\r\nBcc: body@x\r\n".encode()


@pytest.mark.parametrize(
    ("raw", "address", "expected"),
    [
        pytest.param(_mailpit("a@x", "a@x"), "a@x", True, id="first"),
        pytest.param(_mailpit("a@x", "a@x"), "a@X", True, id="domain without case"),
        pytest.param(_mailpit("a@x", "a@x"), "A@x", False, id="local part with case"),
        pytest.param(_mailpit("A@x", "a@x"), "a@x", False, id="a look-alike was mailed, the header names us"),
        pytest.param(_mailpit("b@x", "a@x", added="b@x"), "a@x", False, id="only the header names us"),
        pytest.param(_mailpit("b@x", "a@x", added="b@x"), "b@x", True, id="blind copy"),
        pytest.param(_mailpit("a@x", "a@x, b@x"), "b@x", True, id="second recipient"),
        pytest.param(_mailpit("a@x", "a@x", added="c@x, b@x"), "b@x", True, id="second blind copy"),
        pytest.param(b"To: a@x\r\n\r\n", "a@x", True, id="by the HTTP interface"),
        pytest.param(b"To: b@x\r\n\r\na@x", "a@x", False, id="by the HTTP interface, another"),
    ],
)
def test_mailpit(raw: bytes, address: str, expected: bool) -> None:
    assert mailpit_is_for(raw, address) is expected


@pytest.mark.parametrize(
    ("to", "address", "expected"),
    [
        pytest.param("a@x", "a@x", True, id="named"),
        pytest.param("a+tag@x", "a@x", False, id="a tag of the same mailbox"),
        pytest.param("a@y", "a@x", False, id="another domain, same mailbox"),
        pytest.param("A@x", "a@x", False, id="another case, same mailbox"),
        pytest.param("b@x", "a@x", True, id="blind copy: the mailbox decides"),
        pytest.param("A@x, a@x", "a@x", True, id="both"),
    ],
)
def test_inbucket(to: str, address: str, expected: bool) -> None:
    assert inbucket_is_for(f"To: {to}\r\n\r\n".encode(), address) is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("Delivered-To: a@x\nTo: b@x", ["a@x"], id="Delivered-To before To"),
        pytest.param("X-Original-To: a@x\nDelivered-To: qa@x\nTo: b@x", ["a@x"], id="the catch-all's own is no trace"),
        pytest.param("Received: from y by z\n for <a@x>; now\nTo: b@x", ["a@x"], id="Received for"),
        pytest.param("Received: from y by z; now\nTo: b@x\nCc: C <c@x>", ["b@x", "c@x"], id="To and Cc at last"),
        pytest.param("To: b@x", ["b@x"], id="nothing but To"),
        pytest.param("Delivered-To: qa@x\nTo: b@x", ["b@x", "qa@x"], id="only the catch-all's own"),
    ],
)
def test_traces(head: str, expected: list[str]) -> None:
    raw = (head + "\n\nDelivered-To: body@x\n").replace("\n", "\r\n").encode()

    assert recipients_of(fields(raw), own="qa@x") == expected


@pytest.mark.parametrize(
    ("to", "expected"), [("a@x, b@x", ["a@x", "b@x"]), ("b@x", ["a@x"])], ids=["named too", "not named"]
)
def test_one_stored_message_for_several(to: str, expected: list[str]) -> None:
    head = f"Received: by z for a@x;\r\n now\r\nTo: {to}\r\n\r\n".encode()

    assert recipients_of(fields(head), one_each=False) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("from y by z for <a@x>; now", "a@x"),
        ("from y by z with SMTP id 1\tfor a@x; now", "a@x"),
        ("from for.example by z; now", None),
        ("from y by z (for the record); now", None),
    ],
)
def test_the_for_clause(value: str, expected: str | None) -> None:
    assert received_for(value) == expected


def test_the_null_sender_is_not_an_unknown_one() -> None:
    assert return_path(fields(b"Return-Path: <>\r\n\r\n")) == ""
    assert return_path(fields(b"To: a@x\r\n\r\nReturn-Path: <b@x>\r\n")) is None
