"""Faults on demand, through the Python face, and what an application's SMTP client sees of them."""

import smtplib
import time
from email import message_from_bytes
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest

from inboxwright.inbox.faults import Faults
from tests.contract.server.process import Server, running


@pytest.fixture
def faults(server: Server, address: str) -> Faults:
    return Faults(server.api, address)


@pytest.mark.parametrize("code", [550, 551, 451, 452, 554])
def test_refused_at_rcpt(server: Server, address: str, faults: Faults, code: int) -> None:
    faults.refuse(code)

    with server.watching(address) as watch:
        watch.all()
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            server.send(address)
        (told,) = watch.all()

    got, text = refused.value.recipients[address]
    assert (got, text[:1]) == (code, str(code)[:1].encode())
    assert told["refused"]["recipient"] == address
    assert told["refused"]["code"] == code


def test_refused_at_data(server: Server, address: str, faults: Faults) -> None:
    faults.refuse(at="data", text="5.7.1 We do not want this")

    with pytest.raises(smtplib.SMTPDataError) as refused:
        server.send(address)

    assert (refused.value.smtp_code, refused.value.smtp_error) == (550, b"5.7.1 We do not want this")


@pytest.mark.parametrize("at", ["rcpt", "data"])
def test_421_ends_the_connection(server: Server, address: str, faults: Faults, at: Any) -> None:
    faults.refuse(421, at=at)

    with server.talk() as talk:
        talk.say("EHLO client.example", "MAIL FROM:<a@example.com>")
        reply = talk.say(f"RCPT TO:<{address}>")[0]
        if at == "data":
            talk.say("DATA")
            talk.write(b"\r\n.\r\n")
            reply = talk.reply()

        assert reply.startswith("421 4.3.2 ")
        assert talk.reply() == ""


def test_count_and_skip_say_which_attempts_fail(server: Server, address: str, faults: Faults) -> None:
    fault = faults.refuse(451, skip=1, count=2)

    outcomes = [_outcome(server, address) for _ in range(5)]

    assert outcomes == ["stored", "451", "451", "stored", "stored"]
    assert faults.read(fault).hits == 2


def test_other_recipients_of_the_same_message_are_served(server: Server, address: str, faults: Faults) -> None:
    faults.refuse(550)

    refused = server.send([address, f"b-{address}"])

    assert list(refused) == [address]


def test_pattern_matches_a_run(server: Server, address: str, faults: Faults) -> None:
    faults.refuse(550, address="broken-*@inbox.test")

    assert [_outcome(server, to) for to in (f"broken-{address}", address)] == ["550", "stored"]


def test_greylisted_until_the_delay_has_passed(server: Server, address: str, faults: Faults) -> None:
    faults.greylist(300)

    started = time.monotonic()
    outcomes = [_outcome(server, address)]
    while outcomes[-1] != "stored":
        outcomes.append(_outcome(server, address))

    assert outcomes[:2] == ["451", "451"]
    assert 0.3 <= time.monotonic() - started < 5


def test_delayed_message_is_accepted_at_once(server: Server, address: str, faults: Faults) -> None:
    faults.delay(400)

    with server.watching(address) as watch:
        started = time.monotonic()
        server.send(address, subject="late")
        accepted = time.monotonic() - started
        before = watch.all()
        mail = watch.next()
        arrived = time.monotonic() - started

    assert before == []
    assert b"Subject: late" in mail["raw"]
    assert accepted < 0.4 <= arrived


def test_duplicate_arrives_twice_under_two_ids(server: Server, address: str, faults: Faults) -> None:
    faults.duplicate()

    with server.watching(address) as watch:
        server.send(address)
        mails = watch.all()

    assert len({mail["id"] for mail in mails}) == 2
    assert len({mail["raw"] for mail in mails}) == 1


def test_reordered_in_windows_and_nothing_lost(server: Server, address: str, faults: Faults) -> None:
    faults.reorder(3, delay=200)

    with server.watching(address) as watch:
        for number in range(4):
            server.send(address, subject=str(number))
        order = [watch.next()["raw"].split(b"\r\n")[0][-1:] for _ in range(4)]

    assert order == [b"2", b"1", b"0", b"3"]


@pytest.mark.parametrize(("when", "stored"), [("before", 0), ("after", 1)])
def test_connection_dropped_after_data(server: Server, address: str, faults: Faults, when: Any, stored: int) -> None:
    faults.drop(when)

    with server.watching(address) as watch:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            server.send(address)

        assert len(watch.all()) == stored
        assert _outcome(server, address) == "stored"


@pytest.mark.parametrize(
    ("part", "defect"),
    [
        ("boundary", "CloseBoundaryNotFoundDefect"),
        ("encoding", ""),
        ("charset", "LookupError"),
        ("header", "MissingHeaderBodySeparatorDefect"),
        ("truncate", ""),
    ],
)
def test_corrupted_mime(server: Server, address: str, faults: Faults, part: Any, defect: str) -> None:
    whole = MIMEMultipart("alternative")
    whole.attach(MIMEText("Your code is 123456", "plain", "utf-8"))
    whole.attach(MIMEText("<p>Your code is 123456</p>", "html", "utf-8"))
    sent = whole.as_bytes().replace(b"\n", b"\r\n")
    faults.corrupt(part)

    with server.watching(address) as watch, smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", address, sent)
        (mail,) = watch.all()

    assert mail["raw"] != sent
    assert defect in _defects(mail["raw"])


def test_cleared_faults_are_gone(server: Server, address: str, faults: Faults) -> None:
    faults.refuse(550)
    other = Faults(server.api, f"b-{address}")
    other.refuse(550)

    faults.clear()

    assert [_outcome(server, to) for to in (address, f"b-{address}")] == ["stored", "550"]


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"kind": "explode", "address": "a@b"}, "kind"),
        ({"kind": "refuse"}, "address"),
        ({"kind": "refuse", "address": "a@b", "code": 250}, "code"),
        ({"kind": "refuse", "address": "a@b", "code": True}, "code"),
        ({"kind": "refuse", "address": "a@b", "text": "a\r\n250 b"}, "text"),
        ({"kind": "delay", "address": "a@b", "copies": 2}, "copies"),
        ({"kind": "delay", "address": "a@b", "delay": "1s"}, "delay"),
        ({"kind": "drop", "address": "a@b", "count": 0}, "count"),
        ([], "object"),
    ],
)
def test_rule_that_makes_no_sense_is_refused_by_name(server: Server, rule: Any, named: str) -> None:
    with server.http() as client:
        response = client.post("/v1/faults", json=rule)

    assert response.status_code == 400
    assert named in response.json()["error"]


def test_held_message_survives_a_kill(tmp_path_factory: pytest.TempPathFactory, address: str) -> None:
    data = tmp_path_factory.mktemp("data")
    with running(data=data) as server:
        Faults(server.api, address).delay(600)
        server.send(address)

    with running(data=data) as server, server.watching(address) as watch:
        assert b"Subject: Hello" in watch.next()["raw"]


def _outcome(server: Server, address: str) -> str:
    try:
        server.send(address)
    except smtplib.SMTPRecipientsRefused as refused:
        return str(refused.recipients[address][0])
    return "stored"


def _defects(raw: bytes) -> str:
    message = message_from_bytes(raw)
    found = [type(defect).__name__ for part in message.walk() for defect in part.defects]
    try:
        for part in message.walk():
            (part.get_payload(decode=True) or b"").decode(part.get_content_charset() or "ascii", "replace")  # type: ignore[union-attr] # a multipart has no payload to decode
    except LookupError as error:
        found.append(type(error).__name__)
    return " ".join(found)
