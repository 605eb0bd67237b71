"""What of a mail says to whom it goes and what it answers (RFC 5322 section 3.6)."""

from datetime import UTC, datetime

from inboxwright import Message

_ANSWER = b"""\
From: Kim <kim@orchard.test>
To: "Support, the" <support@meadow.test>, second@meadow.test
Cc: boss@meadow.test
Reply-To: Kim <private@orchard.test>
Date: Thu, 26 Nov 2026 10:00:00 +0000
Message-ID: <answer@orchard.test>
In-Reply-To: <ticket@meadow.test>
References: <first@meadow.test>
 <ticket@meadow.test>
Received: by one
Received: by two
Subject: Re: Ticket

Thanks.
"""


def test_an_answer_names_what_it_answers() -> None:
    message = Message.parse(_ANSWER)

    assert message.message_id == "answer@orchard.test"
    assert message.in_reply_to == ("ticket@meadow.test",)
    assert message.references == ("first@meadow.test", "ticket@meadow.test")
    assert message.thread == "first@meadow.test"


def test_everybody_it_goes_to_is_named() -> None:
    message = Message.parse(_ANSWER)

    assert message.to == ("support@meadow.test", "second@meadow.test")
    assert (message.cc, message.reply_to) == (("boss@meadow.test",), ("private@orchard.test",))
    assert message.date == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert message.headers("received") == ("by one", "by two")


def test_what_is_missing_is_empty_and_what_is_broken_is_read_leniently() -> None:
    bare = Message.parse(b"From: kim@orchard.test\nMessage-ID: no-brackets@a.test\nDate: soon\n\nHello.\n")

    assert (bare.message_id, bare.thread) == ("no-brackets@a.test", "no-brackets@a.test")
    assert (bare.to, bare.references, bare.date) == ((), (), None)
    assert bare.reply_to == ("kim@orchard.test",)
