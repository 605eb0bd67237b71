"""`WS /v1/watch`, spoken by a client of which we wrote nothing."""

from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.contract.server.process import Server


def test_message_arrives_with_its_envelope_and_its_bytes(server: Server, address: str) -> None:
    with server.watching(address) as watch:
        assert watch.all() == []

        server.send(address, subject="Live", sender="app@example.com")

        (mail,) = watch.all()
    assert (mail["recipient"], mail["sender"]) == (address, "app@example.com")
    assert mail["raw"].startswith(b"Subject: Live\r\nFrom: app@example.com\r\n")
    assert mail["raw"].endswith(b"\r\n\r\nHi\r\n")


def test_stored_messages_come_first_and_in_order(server: Server, address: str) -> None:
    for number in range(120):
        server.send(address, subject=str(number))

    with server.watching(address) as watch:
        mails = watch.all()

    assert [mail["raw"].split(b"\r\n")[0].decode() for mail in mails] == [f"Subject: {n}" for n in range(120)]
    assert [mail["seq"] for mail in mails] == sorted({mail["seq"] for mail in mails})


def test_cursor_leaves_older_messages_out(server: Server, address: str) -> None:
    server.send(address, subject="old")
    with server.watching(address) as watch:
        (old,) = watch.all()
    server.send(address, subject="new")

    with server.watching(address, after=old["seq"]) as watch:
        (new,) = watch.all()

    assert b"Subject: new" in new["raw"]


def test_synced_names_the_head_of_the_server(server: Server, address: str) -> None:
    server.send(address)
    with server.watching(address) as watch:
        (mail,) = watch.all()
        watch.say({"sync": 99})

        assert watch.next() == {"synced": 99, "seq": mail["seq"]}


def test_unwatched_address_is_silent(server: Server, address: str) -> None:
    with server.watching(address) as watch:
        watch.say({"unwatch": address})
        server.send(address)

        assert watch.all() == []


@pytest.mark.parametrize("other", ["{0}x@inbox.test", "x{0}@inbox.test", "{1}@inbox.test", "{0}@inbox.tes"])
def test_look_alike_gets_nothing(server: Server, other: str) -> None:
    local = f"user-{uuid4().hex[:8]}"
    with server.watching(f"{local}@inbox.test") as watch:
        server.send(other.format(local, local.upper()))
        server.send(f"{local}+tag@inbox.test")

        assert watch.all() == []


def test_domain_is_compared_without_case(server: Server) -> None:
    local = f"user-{uuid4().hex[:8]}"
    with server.watching(f"{local}@Inbox.TEST") as watch:
        server.send(f"{local}@INBOX.test")

        (mail,) = watch.all()
    assert mail["recipient"] == f"{local}@inbox.test"


def test_every_envelope_recipient_gets_it_once(server: Server, address: str) -> None:
    other = f"b-{address}"
    with server.watching(address, other) as watch:
        server.send([address, other, address])

        mails = watch.all()
    assert sorted(mail["recipient"] for mail in mails) == sorted([address, other])
    assert len({mail["id"] for mail in mails}) == 1


def test_two_connections_both_get_it(server: Server, address: str) -> None:
    with server.watching(address) as one, server.watching(address) as two:
        one.all(), two.all()
        server.send(address)

        assert len(one.all()) == len(two.all()) == 1


def test_no_token_no_watch(server: Server) -> None:
    with pytest.raises(InvalidStatus, match="403"), connect(f"ws{server.url[4:]}/v1/watch", proxy=None):
        pass


def test_nonsense_closes_the_connection_and_says_why(server: Server) -> None:
    with server.watching() as watch:
        watch.say({"wait": "please"})

        with pytest.raises(ConnectionClosed, match="not a request"):
            watch.next()


def test_a_number_beyond_the_store_closes_the_connection_and_says_why(server: Server, address: str) -> None:
    with server.watching(address, after=2**63) as watch, pytest.raises(ConnectionClosed, match="a whole number"):
        watch.all()


def test_backlog_larger_than_the_queue_is_delivered_whole(server: Server, address: str) -> None:
    for number in range(24):
        server.send(address, subject=str(number), body=("x" * 76 + "\r\n") * 13_000)

    with server.watching(address) as watch:
        mails = watch.all()

    assert [mail["raw"].split(b"\r\n")[0] for mail in mails] == [b"Subject: %d" % n for n in range(24)]


def test_recipients_lists_who_got_mail_since(server: Server, address: str) -> None:
    head = server.api("GET", "/v1/info")["head"]
    server.send(address)
    server.send(address)

    (entry,) = server.api("GET", f"/v1/recipients?after={head}")["recipients"]

    assert entry == {"address": address, "count": 2, "last_seq": head + 2}


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/recipients", "/api/v1/messages", "/v1/openapi.json"])
def test_http_needs_the_token(server: Server, path: str) -> None:
    assert httpx.get(f"{server.url}{path}", trust_env=False).status_code == 401
    assert httpx.get(f"{server.url}{path}?token=wrong", trust_env=False).status_code == 401
    assert httpx.get(f"{server.url}{path}", params={"token": server.token}, trust_env=False).status_code == 200
