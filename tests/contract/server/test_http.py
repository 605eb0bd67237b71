"""The native HTTP API, and the document that describes it."""

import base64
import json
import re
import smtplib
import socket
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from inboxwright.inbox.faults import Faults
from tests.contract.server import third_party
from tests.contract.server.process import Server

MINTED = "signup-rabcdefgh-{}@inbox.test"
MIXED = (
    "Subject: =?utf-8?q?Welcome_=E2=9C=89?=\r\nFrom: Shop <shop@example.com>\r\nTo: {to}\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Your code is 482913</p>"
    '<a href="https://shop.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f">Confirm</a><img src="cid:logo">\r\n'
    "--b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\n\r\nPNG\r\n"
    "--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename*=utf-8''%C3%A4.html\r\n\r\n"
    "<script>alert(1)</script>\r\n--b--\r\n"
)


def _send_mixed(server: Server, address: str) -> int:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("bounces@example.com", address, MIXED.format(to=address))
    seq: int = server.api("GET", "/v1/messages", params={"address": address})["messages"][0]["seq"]
    return seq


def test_message_is_read_with_its_links_codes_and_attachments(server: Server, address: str) -> None:
    read = server.api("GET", f"/v1/messages/{_send_mixed(server, address)}")

    assert (read["subject"], read["from"], read["sender"]) == (
        "Welcome ✉", "Shop <shop@example.com>", "bounces@example.com"
    )  # fmt: skip
    assert read["codes"] == ["482913"]
    assert [(link["url"], link["best"]) for link in read["links"]] == [
        ("https://shop.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f", True)
    ]
    assert [(each["name"], each["inline"]) for each in read["attachments"]][1] == ("ä.html", False)


def test_html_is_served_without_scripts_or_remote_loads(server: Server, address: str) -> None:
    with server.http() as client:
        response = client.get(f"/v1/messages/{_send_mixed(server, address)}/html")

    policy = response.headers["content-security-policy"]
    assert "sandbox;" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert 'src="data:image/png;base64,' in response.text


def _with_images(html: str, *names: str) -> str:
    images = "".join(
        f"--b\r\nContent-Type: image/png\r\nContent-ID: <{name}>\r\n\r\n{name.upper() * 1000}\r\n" for name in names
    )
    return (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n{images}--b--\r\n"
    )


def _shown(server: Server, address: str, mail: str) -> str:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", address, mail)
    with server.watching(address) as watch:
        (received,) = watch.all()
    with server.http() as client:
        return client.get(f"/v1/messages/{received['seq']}/html").text


def test_images_are_told_apart_by_their_whole_names(server: Server, address: str) -> None:
    mail = _with_images("<img src='cid:a%40b'><img src='cid:a%40bc'><img src='cid:other'>", "a@b", "a@bc")

    shown = re.findall("src='([^']*)'", _shown(server, address, mail))

    assert [base64.b64decode(each.partition(",")[2])[:4] for each in shown[:2]] == [b"A@BA", b"A@BC"]
    assert shown[2] == "cid:other"


def test_an_image_that_is_named_over_and_over_does_not_use_up_the_memory(server: Server, address: str) -> None:
    mail = _with_images("cid:abc\r\n" * 50_000, "abc")  # 200 MB, if each was put in

    assert len(_shown(server, address, mail)) < 40_000_000


def test_attachment_is_a_download_whatever_it_is(server: Server, address: str) -> None:
    with server.http() as client:
        response = client.get(f"/v1/messages/{_send_mixed(server, address)}/attachments/1")

    assert response.content.strip() == b"<script>alert(1)</script>"
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%A4.html"
    assert "sandbox" in response.headers["content-security-policy"]


ODD = (
    b"Subject: =?utf-7?q?+2AA-?= odd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-\r\n"
    b"--b\r\nContent-Type: image/\x01p\xe2\x82\xacng\r\nContent-Disposition: attachment; filename=odd\r\n\r\nPNG\r\n"
    b"--b--\r\n"
)


@pytest.mark.parametrize(
    "path", ["/v1/messages", "/v1/messages/{}", "/v1/messages/{}/html", "/v1/messages/{}/attachments/0"]
)
def test_odd_mail_is_shown_like_any_other(server: Server, address: str, path: str) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", address, ODD)
    with server.watching(address) as watch:
        (mail,) = watch.all()

    with server.http() as client:
        answer = client.get(path.format(mail["seq"]))

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/messages", "/api/v1/message/latest", "/api/v1/message/latest/part/2"])
def test_odd_mail_is_shown_to_mailpits_clients_too(server: Server, address: str, path: str) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", address, ODD)

    with server.http() as client:
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/v1/messages", "/api/v1/messages"])
def test_json_without_end_is_refused(server: Server, path: str) -> None:
    with server.http() as client:
        assert client.request("DELETE", path, content='{"ids": ' + "[" * 100_000).status_code == 400


def test_ids_that_are_no_list_are_refused(server: Server) -> None:
    with server.http() as client:
        assert client.request("DELETE", "/api/v1/messages", json={"IDs": 5}).status_code == 400


@pytest.mark.parametrize(
    ("site", "status"), [(None, 200), ("same-origin", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_a_password_that_a_browser_keeps_serves_no_other_site(server: Server, site: str | None, status: int) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}

    answer = httpx.get(f"{server.url}/v1/info", auth=("any", server.token), headers=headers, trust_env=False)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.test", 403), ("http://{}", 200), ("https://{}", 200), ("null", 403)]
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/info"), ("DELETE", "/v1/faults")])
def test_a_password_that_a_browser_keeps_serves_no_other_origin(
    server: Server, method: str, path: str, origin: str, status: int
) -> None:
    headers = {"Origin": origin.format(server.url.removeprefix("http://"))}

    answer = httpx.request(method, f"{server.url}{path}", auth=("any", server.token), headers=headers, trust_env=False)

    assert answer.status_code == status


@pytest.mark.parametrize("path", ["/v1/watch", "/api/events"])
def test_a_websocket_of_another_site_is_not_opened(server: Server, path: str) -> None:
    basic = base64.b64encode(f"any:{server.token}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Origin": "http://evil.test"}

    with pytest.raises(InvalidStatus) as refused:
        connect(f"{server.url.replace('http', 'ws', 1)}{path}", additional_headers=headers, proxy=None)

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("kind", "status"), [("text/plain", 415), ("application/json", 201)])
def test_a_form_of_another_site_cannot_post_with_a_password(server: Server, kind: str, status: int) -> None:
    rule = json.dumps({"kind": "refuse", "address": "nobody@inbox.test"})

    answer = httpx.post(
        f"{server.url}/v1/faults", content=rule, headers={"Content-Type": kind},
        auth=("any", server.token), trust_env=False,
    )  # fmt: skip

    assert answer.status_code == status


def test_a_body_that_says_it_is_too_long_is_not_read(server: Server) -> None:
    with socket.create_connection((httpx.URL(server.url).host, httpx.URL(server.url).port or 0)) as client:
        head = f"DELETE /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n"
        client.sendall(f"{head}Content-Length: 300000000\r\n\r\n[".encode())

        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "sent",
    [
        '{"watch": "kim@inbox.test", "after": Infinity}',
        '{"watch": "k@i.test", "after": -1}',
        '{"sync": NaN}',
        "[" * 99_999,
    ],
)
def test_what_only_looks_like_json_ends_a_watch_connection(server: Server, sent: str) -> None:
    headers = {"Authorization": f"Bearer {server.token}"}
    with connect(f"{server.url.replace('http', 'ws', 1)}/v1/watch", additional_headers=headers, proxy=None) as watching:
        watching.send(sent)
        with pytest.raises(ConnectionClosed) as closed:
            watching.recv(timeout=5)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1007


def test_raw_is_what_was_sent(server: Server, address: str) -> None:
    with server.http() as client:
        response = client.get(f"/v1/messages/{_send_mixed(server, address)}/raw")

    assert response.content.decode() == MIXED.format(to=address)


def test_list_pages_from_both_ends(server: Server, address: str) -> None:
    for number in range(5):
        server.send(address, subject=str(number))

    def subjects(**query: Any) -> list[str]:
        listed = server.api("GET", "/v1/messages", params={"address": address, **query})["messages"]
        return [each["subject"] for each in listed]

    third = server.api("GET", "/v1/messages", params={"address": address})["messages"][2]["seq"]
    assert subjects(limit=2) == ["0", "1"]
    assert subjects(limit=2, order="newest") == ["4", "3"]
    assert subjects(after=third) == ["3", "4"]
    assert subjects(before=third, order="newest") == ["1", "0"]


def test_held_request_is_woken(server: Server, address: str) -> None:
    timer = threading.Timer(0.3, server.send, (address, "Awake"))
    timer.start()
    started = time.monotonic()

    listed = server.api("GET", "/v1/messages", params={"address": address, "wait": 10_000})

    assert [each["subject"] for each in listed["messages"]] == ["Awake"]
    assert 0.2 < time.monotonic() - started < 5


def test_held_request_ends_empty(server: Server, address: str) -> None:
    listed = server.api("GET", "/v1/messages", params={"address": address, "wait": 200})

    assert listed["messages"] == []


def test_held_request_is_told_of_a_refusal(server: Server, address: str) -> None:
    Faults(server.api, address).refuse(451)
    timer = threading.Timer(0.2, _refused, (server, address))
    timer.start()

    listed = server.api("GET", "/v1/messages", params={"address": address, "wait": 10_000})

    assert listed["refused"]["code"] == 451


def _refused(server: Server, address: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        server.send(address)


def test_run_is_deleted_and_nothing_else(server: Server) -> None:
    ours, theirs = MINTED.format("aaaaaaaa"), "signup-rzzzzzzzz-aaaaaaaa@inbox.test"
    for to in (ours, theirs, "signup-rabcdefgh@inbox.test"):
        server.send(to)
    server.api("POST", "/v1/faults", {"kind": "delay", "address": ours, "delay": 300})
    server.send(ours)

    deleted = server.api("DELETE", "/v1/messages", {"run": "abcdefgh"})["deleted"]
    server.api("GET", "/v1/messages", params={"address": ours, "wait": 600})

    left = {each["address"] for each in server.api("GET", "/v1/recipients")["recipients"]}
    assert deleted == 1
    assert ours not in left
    assert {theirs, "signup-rabcdefgh@inbox.test"} <= left


def test_one_message_is_deleted(server: Server, address: str) -> None:
    server.send([address, f"b-{address}"])
    seq = server.api("GET", "/v1/messages", params={"address": address})["messages"][0]["seq"]

    assert server.api("DELETE", f"/v1/messages/{seq}") == {"deleted": 1}

    assert server.api("GET", "/v1/messages", params={"address": address})["messages"] == []
    assert len(server.api("GET", "/v1/messages", params={"address": f"b-{address}"})["messages"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v1/messages/999999", None, 404),
        ("GET", "/v1/messages/99999999999999999999999", None, 404),
        ("GET", "/v1/messages/abc", None, 404),
        ("GET", "/v1/messages?after=x", None, 400),
        ("GET", "/v1/messages?limit=0", None, 400),
        ("GET", f"/v1/messages?after={'0' * 20}{'9' * 30}", None, 400),
        ("GET", f"/v1/messages?limit={'0' * 19}1999999", None, 400),
        ("GET", f"/v1/messages/{'9' * 5000}", None, 404),
        ("GET", f"/api/v1/message/1/part/{'9' * 5000}", None, 404),
        ("GET", "/v1/messages?wait=5", None, 400),
        ("GET", "/v1/messages?order=random", None, 400),
        ("DELETE", "/v1/messages", {}, 400),
        ("DELETE", "/v1/messages", {"addresses": "all"}, 400),
        ("DELETE", "/v1/messages", {"addresses": [], "run": "x"}, 400),
        ("DELETE", "/v1/messages", {"seqs": [True]}, 400),
        ("GET", "/v1/faults/f0", None, 404),
        ("POST", "/v1/info", None, 405),
        ("GET", "/api/v1/message/nope", None, 404),
        ("GET", "/nowhere", None, 404),
    ],
)
def test_bad_requests_are_named(server: Server, method: str, path: str, body: Any, status: int) -> None:
    with server.http() as client:
        response = client.request(method, path, json=body)

    assert response.status_code == status
    assert response.json()["error"]


def test_document_is_valid_openapi(server: Server, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(server.api("GET", "/v1/openapi.json")))
    script = (
        "import json, openapi_spec_validator as v\n"
        "document = json.load(open('openapi.json'))\n"
        "v.OpenAPIV31SpecValidator(document).validate()\n"
        "print(len(document['paths']))\n"
    )

    assert int(third_party.run(script, folder=tmp_path)) > 20


@pytest.mark.parametrize(
    ("path", "component"),
    [
        ("/v1/messages", "MessageList"),
        ("/v1/recipients", "Recipients"),
        ("/v1/faults", "Faults"),
        ("/v1/info", "Info"),
        ("/v1/messages/{seq}", "Message"),
        ("/v1/messages/999999", "Error"),
    ],
)
def test_answers_are_as_documented(server: Server, address: str, path: str, component: str) -> None:
    seq = _send_mixed(server, address)
    Faults(server.api, address).delay(5)
    components = server.api("GET", "/v1/openapi.json")["components"]

    with server.http() as client:
        answer = client.get(path.format(seq=seq)).json()

    schema = {"$ref": f"#/components/schemas/{component}", "components": components}
    jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)
