"""Replies, corruption, search terms, sizes: the parts that need no server."""

from email import message_from_bytes

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxwright.address import normal
from inboxwright.cli.serve import OptionType
from inboxwright.server import fault_kinds
from inboxwright.server.api import mailpit_search
from inboxwright.server.corrupt import corrupted
from inboxwright.server.replies import enhanced
from inboxwright.server.serve_options import Kind


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (b"250 OK", b"250 2.0.0 OK"),
        (b"250 2.1.5 Recipient OK", b"250 2.1.5 Recipient OK"),
        (b"452 4.3.1 full", b"452 4.3.1 full"),
        (b"354 go on", b"354 go on"),
        (b"334 ", b"334 "),
        (b"220 inboxwright ESMTP", b"220 inboxwright ESMTP"),
        (b"220 Ready to start TLS", b"220 2.0.0 Ready to start TLS"),
        (b"999 nothing", b"999 nothing"),
    ],
)
def test_reply_gets_its_enhanced_code(reply: bytes, expected: bytes) -> None:
    assert enhanced(reply) == expected


@given(st.binary(max_size=2000), st.sampled_from(["boundary", "encoding", "charset", "header", "truncate"]))
def test_corruption_takes_anything(raw: bytes, part: str) -> None:
    message_from_bytes(corrupted(raw, part))


@pytest.mark.parametrize(
    ("pattern", "address", "matches"),
    [
        ("a@inbox.test", "a@inbox.test", True),
        ("a@INBOX.test", "a@inbox.test", True),
        ("A@inbox.test", "a@inbox.test", False),
        ("*@inbox.test", "a@inbox.test", True),
        ("*@inbox.test", "a@inbox.test.example", False),
        ("a?@inbox.test", "ab@inbox.test", True),
        ("a?@inbox.test", "abc@inbox.test", False),
        ("a@[127.0.0.1]", "a@[127.0.0.1]", True),
        ("a@[127.0.0.1]", "a@1", False),
        ("*", "postmaster", True),
    ],
)
def test_rule_matches(pattern: str, address: str, matches: bool) -> None:
    rule = fault_kinds.parse(1, {"kind": "drop", "address": pattern})

    assert rule.matches(normal(address)) is matches


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("to:a@b.c", [("to", "a@b.c", False)]),
        ('subject:"two words"', [("subject", "two words", False)]),
        ('-subject:"two words"', [("subject", "two words", True)]),
        ("!is:read plain", [("is", "read", True), ("", "plain", False)]),
        ('"a phrase"', [("", "a phrase", False)]),
        ("it's", [("", "it's", False)]),
        ('un"closed', [("", "unclosed", False)]),
        ("http://x", [("", "http://x", False)]),
        ("to:", []),
        ("#hash back\\slash", [("", "#hash", False), ("", "back\\slash", False)]),
    ],
)
def test_search_is_split_as_mailpit_does(query: str, terms: list[tuple[str, str, bool]]) -> None:
    assert [(term.name, term.value, term.exclude) for term in mailpit_search.parse(query)] == terms


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.SIZE, "25M", 25 * 1024 * 1024),
        (Kind.SIZE, "500k", 500 * 1024),
        (Kind.SIZE, "1000", 1000),
        (Kind.SIZE, "2GB", 2 * 1024**3),
        (Kind.DURATION, "12h", 43_200.0),
        (Kind.DURATION, "7d", 604_800.0),
        (Kind.ADDRESS, "0.0.0.0:25", ("0.0.0.0", 25)),
        (Kind.ADDRESS, "1025", ("127.0.0.1", 1025)),
        (Kind.ADDRESS, "[::1]:25", ("::1", 25)),
    ],
)
def test_option_is_read(kind: Kind, text: str, value: object) -> None:
    assert OptionType(kind).convert(text, None, None) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.SIZE, "25X"),
        (Kind.SIZE, "0"),
        (Kind.SIZE, "-1"),
        (Kind.DURATION, "7"),
        (Kind.DURATION, "0s"),
        (Kind.ADDRESS, "host"),
        (Kind.ADDRESS, "h:70000"),
    ],
)
def test_wrong_option_is_named(kind: Kind, text: str) -> None:
    with pytest.raises(click.BadParameter, match=text.replace("[", "\\[")):
        OptionType(kind).convert(text, None, None)
