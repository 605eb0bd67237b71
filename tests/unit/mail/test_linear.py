"""The work grows with the size of a message and no faster, also for messages that are made to be slow."""

import time
import timeit
from collections.abc import Callable

import pytest

from inboxwright.errors import MatchError
from inboxwright.mail import Message

_HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n"
_TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
_SIZE = 10_000
_SECONDS = 2.0  # CPU time for about a tenth of the largest message that must be read within it

HOSTILE: dict[str, Callable[[int], str]] = {
    "anchors": lambda n: _HTML + "<a href='https://app.example/a'>hi</a>" * n,
    "anchors that differ": lambda n: (
        _HTML + "".join(f"<a href='https://app.example/confirm/{i:032x}'>hi</a>" for i in range(n))
    ),
    "nested elements": lambda n: _HTML + "<div>" * n + "x",
    "nested inline and block": lambda n: _HTML + "<font><div>" * n + "x",
    "end tags without start": lambda n: _HTML + "<div>" * n + "</span>" * n,
    "nested tables": lambda n: _HTML + "<table><tr><td>" * n + "483920",
    "cells": lambda n: _HTML + "<table><tr>" + "<td>12</td>" * n,
    "single characters": lambda n: _HTML + "<p>1</p>" * n,
    "style sheet": lambda n: _HTML + "<style>" + "@media{.a{" * n + "/*" * n + "</style>x",
    "style attribute": lambda n: _HTML + "<p style='" + "a:b;" * n + "'>x",
    "unclosed attributes": lambda n: _HTML + "<a href='" * n,
    "numbers": lambda n: _TEXT + "Your order 483920, call 555-1234.\r\n" * n,
    "numbers on one line": lambda n: _TEXT + "word 483920 " * n,
    "digits": lambda n: _TEXT + "1 " * n + "1" * n,
    "capitals": lambda n: _TEXT + "ABCD " * n,
    "URLs": lambda n: _TEXT + "https://app.example/confirm/0123456789abcdef\r\n" * n,
    "URLs on one line": lambda n: _TEXT + "[](https://app.example/x)" * n,
    "brackets after a URL": lambda n: _TEXT + "https://app.example/" + ")" * n,
    "wrapped URLs": lambda n: (
        _TEXT + ("https://app.example/" + "a1" * 40 + "\r\n" + ("b2" * 40 + "\r\n") * 60) * (n // 100)
    ),
    "quotes": lambda n: _TEXT + "> > > 483920\r\n" * n,
    "header-like lines": lambda n: _TEXT + "a: b@c.example\r\n" * n,
    "dots and hyphens": lambda n: _TEXT + "a." * n + "a-" * n + "a@" * n,
    "amounts": lambda n: _TEXT + "$1,234.56 " * n + "$" + "1 111" * n,
    "words that begin an entry": lambda n: _TEXT + "code 483920 view cancelar la das de unknown has already " * n,
    "an entry's gap": lambda n: _HTML + "<a href='https://app.example/a/0123456789abcdef0'>" + "view " * n + "</a>",
    "fields": lambda n: "X-A: b\r\n" * n + "\r\nx",
    "folded field": lambda n: "X-A: b\r\n" + " c\r\n" * n + "\r\nx",
    "encoded words": lambda n: "Subject: " + "=?utf-8?q?a" * n + "\r\n\r\nx",
    "parameters": lambda n: "Content-Type: text/html;" + ';a="\\' * n + "\r\n\r\nx",
    "addresses": lambda n: "From: " + '"a\\"<a@b>,' * n + "\r\n\r\nx",
    "nested multiparts": lambda n: "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(n // 4)
    ),
    "parts": lambda n: "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n483920\r\n" * n,
    "boundary look-alikes": lambda n: "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--bx\r\n" * n,
}


def _match(raw: bytes) -> None:
    message = Message.parse(raw)
    for matcher in (lambda: message.link(hosts="app.example"), message.code, lambda: message.link(path="/confirm/{t}")):
        try:
            matcher()
        except MatchError as error:
            str(error)


def _seconds(raw: bytes) -> float:
    """CPU time, the better of two, without the collection of what other tests left behind."""
    return min(timeit.repeat(lambda: _match(raw), timer=time.process_time, number=1, repeat=2))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_take_linear_time(name: str) -> None:
    small = _seconds(HOSTILE[name](_SIZE // 4).encode())
    large = _seconds(HOSTILE[name](_SIZE).encode())

    assert large < _SECONDS
    assert large < 0.25 or large / max(small, 0.01) < 10, "four times the size took far more than four times as long"


def test_an_ordinary_message_of_ten_megabytes_is_read() -> None:
    filler = "<p>Some words of an ordinary mail, and <a href='https://other.example/x'>a link</a>.</p>\r\n" * 100_000
    link = "https://app.example/confirm/Vq8Zr2LmX0tKp4NsWd7YbGcJ5hQfEa1u"
    raw = f"{_HTML}{filler}<p><a href='{link}'>Confirm</a></p>".encode()

    start = time.process_time()
    found = Message.parse(raw).link(hosts="app.example").url

    assert len(raw) > 8_000_000
    assert found == link
    assert time.process_time() - start < 10  # 2 s on an idle machine
