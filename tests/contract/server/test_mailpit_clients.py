"""Clients that were written for Mailpit wait, read and delete against this server, unchanged."""

import json
import os
import smtplib
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

from tests.contract.server import third_party
from tests.contract.server.process import Server

MIME = (
    "Subject: Reset your password\r\nFrom: Shop <shop@example.com>\r\nTo: {to}\r\n"
    "Message-ID: <1@example.com>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nDelivered-To: {to}\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    '<p>Code 482913</p><a href="https://shop.example.com/reset/abc">Reset</a>\r\n'
    "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=note.txt\r\n\r\nA note.\r\n--b--\r\n"
)


def _with_credentials(server: Server) -> str:
    parts = urlsplit(server.url)
    return f"http://any:{server.token}@{parts.netloc}"


PLUGIN = '''
import smtplib, threading
import pytest
from pytest_mailpit import MailpitAssertionError

MIME = """{mime}"""

def send(to, subject=None, delay=0.0):
    text = MIME.format(to=to).replace("\\n", "\\r\\n")
    text = text if subject is None else text.replace("Reset your password", subject)
    def go():
        with smtplib.SMTP("{host}", {port}) as client:
            client.sendmail("bounces@example.com", to, text)
    threading.Timer(delay, go).start()

def test_waits_reads_and_extracts(mailpit_inbox):
    send(mailpit_inbox.address, delay=0.3)
    message = mailpit_inbox.wait_for_message(subject="Reset your password")
    assert message.link("/reset/") == "https://shop.example.com/reset/abc"
    assert message.code() == "482913"
    assert message.sender.address == "shop@example.com"
    assert [each.file_name for each in message.attachments] == ["note.txt"]
    assert message.return_path == "bounces@example.com"

def test_waits_for_several_and_for_none(mailpit_inbox):
    send(mailpit_inbox.address, "one")
    send(mailpit_inbox.address, "two")
    assert len(mailpit_inbox.wait_for_messages(2)) == 2
    mailpit_inbox.assert_no_message(subject="three", within=0.3)

def test_look_alike_is_not_it(mailpit_inbox):
    send("x" + mailpit_inbox.address)
    mailpit_inbox.assert_no_message(within=0.3)

def test_two_of_them_fail(mailpit_inbox):
    send(mailpit_inbox.address)
    send(mailpit_inbox.address)
    mailpit_inbox.wait_for_messages(2)
    with pytest.raises(MailpitAssertionError):
        mailpit_inbox.wait_for_message()

def test_client_reads_everything_and_deletes(mailpit):
    send("plain@inbox.test", "Everything")
    message = mailpit.wait_for_message(recipient="plain@inbox.test", sender="shop@example.com")
    (found,) = mailpit.search_all('subject:"Everything"')
    assert found.read and found.snippet.startswith("Code") or found.id == message.id
    assert mailpit.get_headers(message.id)["Message-Id"] == ["<1@example.com>"]
    assert mailpit.get_raw(message.id).startswith(b"Subject: Everything")
    (attachment,) = message.attachments
    assert mailpit.get_attachment(attachment).strip() == b"A note."
    assert mailpit.info().messages >= 1 and mailpit.is_ready() and mailpit.server_time()
    mailpit.mark_read([message.id], read=False)
    assert mailpit.search('is:unread subject:"Everything"').messages_count == 1
    mailpit.delete_messages([message.id])
    assert mailpit.search("to:plain@inbox.test").messages_count == 0
    send("plain@inbox.test", "Again")
    mailpit.wait_for_message(recipient="plain@inbox.test")
    mailpit.delete_search('subject:"Again"')
    assert not mailpit.search_all("to:plain@inbox.test")
    mailpit.delete_all()
    assert mailpit.messages().total == 0
'''

CLIENT = """
import json, smtplib, sys
import mailpit.client.api

url, host, port, mime = sys.argv[1:]
api = mailpit.client.api.API(url)
for to in ("one@inbox.test", "two@inbox.test"):
    with smtplib.SMTP(host, int(port)) as client:
        client.sendmail("bounces@example.com", [to, "hidden@inbox.test"], json.loads(mime).format(to=to))
listed = api.get_messages()
assert (listed.total, listed.count, listed.unread) == (2, 2, 2), listed
newest, oldest = listed.messages
assert newest.to[0].address == "two@inbox.test" and newest.bcc[0].address == "hidden@inbox.test"
message = api.get_message(newest.id)
assert message.subject == "Reset your password" and "482913" in message.html
assert message.date.year == 2026 and message.message_id == "1@example.com"
assert api.get_message_attachment(newest.id, message.attachments[0].part_id).strip() == "A note."
assert api.get_message_headers(newest.id).message_id == ["<1@example.com>"]
api.put_messages([newest.id], "Read", False)
assert api.get_messages().unread == 2
api.delete_messages([newest.id])
assert [each.id for each in api.get_messages().messages] == [oldest.id]
api.delete_messages([])
assert api.get_messages().total == 0
"""

EVENTS = """
import json, smtplib, sys
from websockets.sync.client import connect

url, host, port = sys.argv[1:]
with connect(url.replace("http", "ws", 1) + "/api/events", proxy=None) as events:
    with smtplib.SMTP(host, int(port)) as client:
        client.sendmail("a@example.com", ["x@inbox.test", "y@inbox.test"], "Subject: Event\\r\\n\\r\\n")
        client.sendmail("a@example.com", ["z@inbox.test"], "Subject: Next\\r\\n\\r\\n")
    first, second = (json.loads(events.recv(timeout=10)) for _ in range(2))
assert first["Type"] == "new" and first["Data"]["Subject"] == "Event", first
assert sorted(each["Address"] for each in first["Data"]["Bcc"]) == ["x@inbox.test", "y@inbox.test"]
assert second["Data"]["Subject"] == "Next"
"""


def test_pytest_mailpit(server: Server, tmp_path: Path) -> None:
    host, port = server.smtp
    mime = MIME.replace("\r\n", "\n").replace("{", "{{").replace("}", "}}").replace("{{to}}", "{to}")
    text = PLUGIN.replace("{mime}", mime).replace("{host}", host).replace("{port}", str(port))
    (tmp_path / "test_with_mailpit.py").write_text(text)
    command = [str(third_party.python()), "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_with_mailpit.py"]
    env = os.environ | {"MAILPIT_URL": _with_credentials(server)}
    done = subprocess.run(
        [*command, "--mailpit-url", _with_credentials(server)],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 passed" in done.stdout


def test_mailpit_api_client(server: Server, tmp_path: Path) -> None:
    server.api("DELETE", "/v1/messages", {"addresses": [r["address"] for r in _recipients(server)]})
    arguments = [_with_credentials(server), server.smtp[0], str(server.smtp[1]), json.dumps(MIME)]

    third_party.run(CLIENT, *arguments, folder=tmp_path)


def test_events(server: Server, tmp_path: Path) -> None:
    arguments = [_with_credentials(server), server.smtp[0], str(server.smtp[1])]

    third_party.run(EVENTS, *arguments, folder=tmp_path)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("to:look@inbox.test", True),
        ("to:ook@inbox", True),
        ("from:shop@example.com", True),
        ("addressed:look@inbox.test", True),
        ("addressed:hop@exam", True),
        ('from:Shop subject:"your password"', True),
        ("-subject:password to:look@inbox.test", False),
        ("482913", True),
        ('"Code 482913"', True),
        ("nowhere", False),
        ("has:attachment to:look@inbox.test", True),
        ("tag:none to:look@inbox.test", False),
        ('to:look@inbox.test "unclosed', False),
        ("has:inline to:look@inbox.test", False),
        ("after:2020-01-01 to:look@inbox.test", True),
        ("after:2999-01-01T00:00:00Z to:look@inbox.test", False),
        ("before:2020-01-01 to:look@inbox.test", False),
        ("before:someday to:look@inbox.test", False),
        ("larger:0.1k to:look@inbox.test", True),
        ("smaller:1mb to:look@inbox.test", True),
        ("larger:1MB to:look@inbox.test", False),
    ],
)
def test_search_syntax(server: Server, query: str, found: bool) -> None:
    server.send("look@inbox.test")
    server.api("DELETE", "/v1/messages", {"addresses": ["look@inbox.test"]})

    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("bounces@example.com", "look@inbox.test", MIME.format(to="look@inbox.test"))

    listed = server.api("GET", "/api/v1/search", params={"query": query})

    assert bool(listed["messages_count"]) is found


def test_a_search_says_what_is_marked_as_read(server: Server, address: str) -> None:
    server.send(address, subject="marked")
    server.send(address, subject="left alone")
    with server.http() as client:
        answer = client.put("/api/v1/messages", json={"read": True, "search": f"to:{address} subject:marked"})
    listed = server.api("GET", "/api/v1/search", params={"query": f"to:{address} is:read"})["messages"]

    assert answer.is_success
    assert [each["Subject"] for each in listed] == ["marked"]


@pytest.mark.parametrize("asked", ["limit=0", "limit=-1", "limit=many", "start=none"])
def test_a_page_that_makes_no_sense_is_the_first_one(server: Server, address: str, asked: str) -> None:
    server.send(address)

    assert server.api("GET", f"/api/v1/messages?{asked}")["messages"][0]["To"] == [{"Name": "", "Address": address}]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/view/latest.html?query=to:{}", "<p>Code 482913</p>"),
        ("/view/latest.txt?query=to:later@inbox.test", "Hi"),
        ("/view/latest.html?query=to:nobody-{}", None),
        ("/view/latest.pdf", None),
    ],
)
def test_newest_mail_that_fits_is_a_page(server: Server, address: str, path: str, found: str | None) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("bounces@example.com", address, MIME.format(to=address))
    server.send("later@inbox.test")

    with server.http() as http:
        answer = http.get(path.format(address))

    assert answer.status_code == (404 if found is None else 200)
    assert found is None or (found in answer.text and "script-src" not in answer.headers["content-security-policy"])


TREE = (
    "Subject: x\r\nList-Unsubscribe: <mailto:leave@app.test>,\r\n <https://app.test/leave>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b\r\nContent-Type: image/png; name=p.png\r\n"
    "Content-ID: <p>\r\nContent-Disposition: inline\r\n\r\nPNG\r\n--b--\r\n"
    "--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=n.txt\r\n\r\nnote\r\n--a--\r\n"
)


def test_parts_links_and_headers_are_as_mailpit_answers(server: Server, address: str) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", address, TREE)
    (found,) = server.api("GET", "/api/v1/search", params={"query": f"addressed:{address}"})["messages"]
    read = server.api("GET", f"/api/v1/message/{found['ID']}")
    headers = server.api("GET", f"/api/v1/message/{found['ID']}/headers")

    assert [each["PartID"] for each in (*read["Inline"], *read["Attachments"])] == ["1.2", "2"]
    assert read["ListUnsubscribe"]["Links"] == ["mailto:leave@app.test", "https://app.test/leave"]
    assert headers["List-Unsubscribe"] == ["<mailto:leave@app.test>, <https://app.test/leave>"]
    with server.http() as http:
        assert http.get(f"/api/v1/message/{found['ID']}/part/2").text.strip() == "note"


SENT = {
    "From": {"Email": "app@app.example", "Name": "Orchard"}, "Subject": "Grüße", "Text": "Your code is 482913",
    "HTML": "<p>Your code is <b>482913</b></p>", "Headers": {"X-Kind": "test"}, "Bcc": ["hidden@inbox.test"],
    "Attachments": [{"Content": "aGVsbG8=", "Filename": "note.txt"}],
}  # fmt: skip


def test_sent_message_is_filed(server: Server, address: str) -> None:
    sent = server.api("POST", "/api/v1/send", SENT | {"To": [{"Email": address, "Name": "Kim"}]})
    read = server.api("GET", f"/api/v1/message/{sent['ID']}")

    assert (read["Subject"], read["To"]) == ("Grüße", [{"Name": "Kim", "Address": address}])
    assert [each["FileName"] for each in read["Attachments"]] == ["note.txt"]
    assert [each["Address"] for each in read["Bcc"]] == ["hidden@inbox.test"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"To": []}, "recipient"),
        ({"To": [{"Email": "nobody"}]}, "To.Email"),
        ({"Headers": {"X": "a\r\nBcc: b@c.test"}, "To": [{"Email": "a@b.test"}]}, "no mail"),
        ({"Attachments": [{"Content": "?"}], "To": [{"Email": "a@b.test"}]}, "Attachments[0].Content"),
    ],
)
def test_what_is_no_mail_is_not_filed(server: Server, wrong: dict[str, object], named: str) -> None:
    with server.http() as http:
        answer = http.post("/api/v1/send", json={**SENT, "Bcc": [], **wrong})

    assert answer.status_code == 400
    assert named in answer.json()["Error"]


def test_events_tell_what_became_of_a_message(server: Server, address: str) -> None:
    url = f"{server.url.replace('http', 'ws', 1)}/api/events"
    with (
        connect(url, additional_headers={"Authorization": f"Bearer {server.token}"}, proxy=None) as socket,
        server.http() as http,
    ):
        server.send(address)
        new = json.loads(socket.recv(timeout=10))
        number = new["Data"]["ID"]
        http.put("/api/v1/messages", json={"IDs": [number], "Read": True})
        http.request("DELETE", "/api/v1/messages", json={"IDs": [number]})
        http.delete("/api/v1/messages")
        others = [json.loads(socket.recv(timeout=10)) for _ in range(3)]

    assert [new["Type"], *(each["Type"] for each in others)] == ["new", "update", "delete", "truncate"]
    assert [each["Data"] for each in others] == [{"ID": number, "Read": True}, {"ID": number}, None]


def _recipients(server: Server) -> list[dict[str, str]]:
    recipients: list[dict[str, str]] = server.api("GET", "/v1/recipients")["recipients"]
    return recipients
