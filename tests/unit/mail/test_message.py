"""Messages are read as a mail client shows them, whatever is wrong with them."""

import pickle
from datetime import UTC, datetime

import pytest

from inboxwright.mail import Message
from tests.unit.mail.build import mail


def _raw(*lines: str | bytes) -> bytes:
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def test_subject_joins_encoded_words_that_split_a_character() -> None:
    raw = _raw("Subject: =?utf-8?b?4pyT?= =?utf-8?b?4g==?=", " =?utf-8?b?nJM=?= ok", "", "")

    assert Message.parse(raw).subject == "✓✓ ok"


@pytest.mark.parametrize(
    ("field", "sender"),
    [
        ("App <No-Reply@App.Example>", "No-Reply@app.example"),
        ("a@b.example via Foo <n@c.example>", "n@c.example"),
        ('"x@y.example" <n@c.example>', "n@c.example"),
        ("n@c.example", "n@c.example"),
        ("n@c.example (App)", "n@c.example"),
        ("=?utf-8?q?J=C3=B6rg?= <jörg@müller.example>", "jörg@müller.example"),
        ("", ""),
    ],
)
def test_sender_is_the_address(field: str, sender: str) -> None:
    assert Message.parse(_raw(f"From: {field}", "", "")).sender == sender


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("iso-2022-jp", "認証コード".encode("iso-2022-jp"), "認証コード"),
        ("shift_jis", "認証コード".encode("cp932"), "認証コード"),
        ("gb2312", "验证码".encode("gb18030"), "验证码"),
        ("ks_c_5601-1987", "인증번호".encode("cp949"), "인증번호"),
        ("koi8-r", "Код".encode("koi8-r"), "Код"),
        ("windows-874", "รหัส".encode("cp874"), "รหัส"),
        ("us-ascii", "Müller".encode(), "Müller"),
        ("utf-8", "Müller".encode("latin-1"), "Müller"),
        ("x-unknown", "Müller".encode(), "Müller"),
        ("punycode", "Müller".encode(), "Müller"),
        ("hex", b"4142", "4142"),
        (None, "Müller".encode("cp1252"), "Müller"),
    ],
)
def test_text_is_decoded_also_when_the_charset_is_wrong(charset: str | None, body: bytes, text: str) -> None:
    declared = "Content-Type: text/plain" + (f"; charset={charset}" if charset else "")

    assert Message.parse(_raw(declared, "Content-Transfer-Encoding: 8bit", "", body)).text == text


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("quoted-printable", b"a=3Db c=20=\r\nd"),
        ("quoted-printable", b"a=3Db c=20=  \r\nd"),
        ("base64", b"YT1iIGMgZA=="),
        ("BASE64", b"YT1i\r\nIGMg!ZA"),
        ("x-uuencode", b"begin 644 x\r\n'83UB(&,@9```\r\n`\r\nend"),
        ("nonsense", b"a=b c d"),
    ],
)
def test_transfer_encodings(encoding: str, body: bytes) -> None:
    raw = _raw("Content-Type: text/plain", f"Content-Transfer-Encoding: {encoding}", "", body)

    assert Message.parse(raw).text.rstrip("\0") == "a=b c d"


def test_flowed_lines_are_joined_within_one_quote_depth() -> None:
    raw = _raw("Content-Type: text/plain; format=flowed", "", "one ", "two", "> old ", "> older", "-- ", "me")

    assert Message.parse(raw).text == "one two\n> old older\n-- \nme"


def test_line_ends_are_normalised() -> None:
    assert Message.parse(mail(text="483920\n")).text == "483920\n"


def test_bodies_of_a_nested_structure_and_its_attachments() -> None:
    raw = _raw(
        'Content-Type: multipart/mixed; boundary="a"', "", "preamble", "--a",
        "Content-Type: multipart/related; boundary=b", "", "--b",
        "Content-Type: multipart/alternative; boundary=c", "", "--c",
        "Content-Type: text/plain", "", "text", "--c",
        "Content-Type: text/x-amp-html", "", "<html amp>", "--c",
        "Content-Type: text/html", "", "<p>html", "--c--", "--b",
        "Content-Type: image/png; name=logo.png", "Content-ID: <l@x>", "", "png", "--b--", "--a",
        "Content-Type: text/plain",
        "Content-Disposition: attachment; filename*0*=utf-8''r%C3%A9; filename*1=sum.txt", "",
        "attached", "--a", "Content-Type: message/rfc822", "", "Subject: inner", "", "inner body", "--a--", "epilogue",
    )  # fmt: skip

    message = Message.parse(raw)

    assert (message.text, message.html) == ("text", "<p>html")
    assert [item.name for item in message.attachments] == ["logo.png", "résum.txt", ""]
    assert [item.content_type for item in message.attachments] == ["image/png", "text/plain", "message/rfc822"]
    assert (message.attachments[0].inline, message.attachments[0].content_id) == (True, "l@x")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no header at all",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\nnothing of it",
        b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhi",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>cut",
        b"Content-Type: text/html; charset=\xff\r\nSubject: \xff\xfe\x00\r\n\r\n<a href=\xff>\x00",
        b"Subject: =?utf-8?b?!!!?= =?x?q?=ZZ?=\r\nFrom: <<>>@\r\nDate: never\r\n\r\n",
    ],
)
def test_hostile_input_never_raises(raw: bytes) -> None:
    message = Message.parse(raw)

    assert isinstance(f"{message.subject}{message.sender}{message.text}{message.html}{message.attachments}", str)


def test_the_envelope_recipient_wins_over_the_header() -> None:
    raw = mail(text="x")

    assert Message.parse(raw).recipient == "nobody@inbox.test"
    assert Message.parse(raw, recipient="real@inbox.test").recipient == "real@inbox.test"


def test_received_at_is_told_by_the_receiver() -> None:
    raw = _raw("Received: by mx; Tue, 22 Jul 2025 01:25:15 +0000", "Date: Mon, 1 Jan 2001 00:00:00 +0000", "", "")

    assert Message.parse(raw).received_at == datetime(2025, 7, 22, 1, 25, 15, tzinfo=UTC)


def test_messages_are_frozen_and_travel_between_processes() -> None:
    message = Message.parse(mail(subject="Hi", text="Your code: 483920"))
    message.code()

    copy = pickle.loads(pickle.dumps(message))

    assert copy.code() == "483920"
    with pytest.raises(AttributeError):
        message.recipient = "x"  # type: ignore[misc]  # that it fails is what is tested


def test_reprs_tell_no_secrets() -> None:
    message = Message.parse(mail(text="https://app.example/confirm/Vq8Zr2LmX0tKp4NsWd7YbGcJ5hQfEa1u\n"))

    assert "Vq8Zr2LmX0" not in repr(message) + repr(message.link())


def test_its_repr_tells_mails_apart_without_their_codes() -> None:
    raw = b"Subject: Your code is 493821\r\nFrom: Shop <mail@shop.example>\r\n\r\n493821\r\n"

    assert repr(Message.parse(raw, recipient="a@inbox.test")) == (
        "Message('Your code is \u2022\u2022\u2022\u2022\u2022\u2022' from mail@shop.example to a@inbox.test)"
    )
    assert repr(Message.parse(b"")) == "Message('' from nobody to nobody)"
