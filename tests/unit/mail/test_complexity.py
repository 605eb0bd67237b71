"""Adversarial shapes: twice the size takes at most about twice the time. CPU time, so other load matters little."""

import contextlib
import math
import time
from collections.abc import Callable

import pytest

from inboxwright import InboxwrightError, Message

HEAD = "From: app@app.example\nTo: kim@inbox.test\nSubject: Confirm your email\nMIME-Version: 1.0\n"
HTML = HEAD + "Content-Type: text/html\n\n"
LINK = "https://app.example/confirm/abcDEF1234567890ghiJKL\n"
MOST = 1.2
_LEAST = 0.15
"""Seconds that the larger one has to take before a ratio means anything."""


def _nested(size: int) -> str:
    opened = (f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(size))
    last = f"--b{size}\nContent-Type: text/plain\n\n{LINK}"
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b0\n\n{''.join(opened)}{last}"


def _siblings(size: int) -> str:
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n" + f"--b\n\n{LINK}" * size + "--b--\n"


SHAPES: dict[str, Callable[[int], str]] = {
    "quoted": lambda size: HEAD + "\n" + "> On Monday Kim wrote:\n> code 482913\n" * size,
    "fields": lambda size: HEAD + "\n" + "From: kim\nSent: today\n" * size,
    "introductions": lambda size: HEAD + "\n" + "On Monday Kim <kim@a.test> wrote:\n" * size,
    "nested parts": _nested,
    "sibling parts": _siblings,
    "attributes": lambda size: HTML + "<p " + "\n".join(f"a{n}=1" for n in range(size)) + ">x</p>",
    "attributes in quotes": lambda size: HTML + "<p " + " ".join(f'a{n}="<b>"' for n in range(size)) + ">x</p>",
    "an attribute without end": lambda size: HTML + "<p " + " ".join(f"a{n}" for n in range(size)) + ' x="',
    "nested elements": lambda size: HTML + "<div><b>" * size + "x",
    "elements without end": lambda size: HTML + "<b><p>" * size + "x",
    "end tags": lambda size: HTML + "<p>" * size + "</div>" * size,
    "unclosed comments": lambda size: HTML + "<!-- " * size,
    "folded header": lambda size: "Subject: a\n" + " b\n" * size + HEAD + "\nx",
    "headers": lambda size: "X-A: b\n" * size + HEAD + "\nx",
}


def _seconds(shape: str, size: int) -> float:
    raw = SHAPES[shape](size).encode()
    best = math.inf
    for _ in range(2):
        began = time.process_time()
        with contextlib.suppress(InboxwrightError):
            Message.parse(raw).link()
        best = min(best, time.process_time() - began)
    return best


def _power(shape: str) -> float:
    """Of the size, from a size at which it takes long enough to be measured to eight times that."""
    size = 250
    while (large := _seconds(shape, 8 * size)) < _LEAST and size < 8_000:
        size *= 2
    return math.log(large / max(_seconds(shape, size), 1e-4)) / math.log(8)


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(shape: str) -> None:
    Message.parse(SHAPES[shape](10).encode())  # imports and caches

    assert min(_power(shape), _power(shape)) < MOST
