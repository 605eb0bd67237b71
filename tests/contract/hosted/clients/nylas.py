"""Nylas's own client: an agent account, and the wildcard inbox; list, read, raw, wait, delete; a webhook."""

import base64
import hashlib
import hmac
import json
import queue
import smtplib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from nylas import Client
from nylas.models.errors import NylasApiError
from nylas.models.webhooks import WebhookTriggers
from nylas.resources.webhooks import extract_challenge_parameter


def mail(smtp, to, subject):
    """Send."""
    raw = f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello: {subject}.\r\n".encode()
    with smtplib.SMTP(*smtp) as client:
        client.sendmail("bounces@example.com", [to], raw)
    return raw


def wait(client, grant, address):
    """The client has no wait of its own: it is asked again and again."""
    pause, deadline = threading.Event(), time.monotonic() + 20
    while time.monotonic() < deadline:
        found = client.messages.list(grant, query_params={"to": [address], "limit": 200}).data
        if found:
            return found
        pause.wait(0.2)
    raise AssertionError("nothing arrived")


def scenario(client, smtp, grant, address):
    """Receive, list, read, delete."""
    assert client.messages.list(grant, query_params={"to": [address]}).data == []
    raw = mail(smtp, address, "Hello")
    (message,) = wait(client, grant, address)
    assert (message.subject, message.grant_id, message.to[0]["email"]) == ("Hello", grant, address)
    assert client.messages.find(grant, message.id).data.body == "Hello: Hello.\r\n"
    text = client.messages.find(grant, message.id, query_params={"fields": "raw_mime"}).data.raw_mime
    assert base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) == raw
    client.messages.destroy(grant, message.id)
    try:
        client.messages.find(grant, message.id)
    except NylasApiError as error:
        assert error.status_code == 404, error
    else:
        raise AssertionError("the message is still there")


class Receiver(BaseHTTPRequestHandler):
    """Answers the challenge, with the client's own helper, and keeps notifications."""

    got = queue.Queue()

    def do_GET(self):
        """The challenge."""
        self.answer(extract_challenge_parameter(self.path).encode())

    def do_POST(self):
        """A notification."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.put((self.headers["X-Nylas-Signature"], body))
        self.answer(b"")

    def log_message(self, *_):
        """Nothing."""

    def answer(self, body):
        """200."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def webhook(client, smtp, grant, address):
    """Create, be called, find, list, destroy."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/nylas"
    body = {"trigger_types": [WebhookTriggers.MESSAGE_CREATED], "webhook_url": url, "description": "vendor"}
    created = client.webhooks.create(body).data
    assert (created.webhook_url, created.status, created.trigger_types) == (url, "active", ["message.created"])
    found = client.webhooks.find(created.id).data
    assert (found.id, found.description) == (created.id, "vendor")
    assert created.id in [each.id for each in client.webhooks.list().data]
    mail(smtp, address, "Called")
    signature, told = Receiver.got.get(timeout=20)
    assert signature == hmac.new(created.webhook_secret.encode(), told, hashlib.sha256).hexdigest()
    event = json.loads(told)
    message = event["data"]["object"]
    assert (event["type"], message["grant_id"], message["subject"]) == ("message.created", grant, "Called")
    assert client.messages.find(grant, message["id"]).data.to == message["to"]
    assert client.webhooks.destroy(created.id).data.status == "success"
    assert created.id not in [each.id for each in client.webhooks.list().data]
    server.shutdown()
    server.server_close()
    try:
        client.webhooks.create(body)
    except NylasApiError as error:
        assert error.status_code == 400, error
    else:
        raise AssertionError("a webhook that nobody answers was made")


def main(task):
    """The scenario."""
    client = Client(task["key"], task["url"])
    domain = task["pattern"].partition("@")[2]
    shared = client.grants.find(task["grant"]).data
    assert (shared.id, shared.provider) == (task["grant"], "nylas")
    scenario(client, task["smtp"], shared.id, f"qa-vendor@{domain}")
    webhook(client, task["smtp"], shared.id, f"qa-called@{domain}")
    body = {"provider": "nylas", "settings": {"email": f"vendor@{domain}"}}
    account = client.auth.custom_authentication(body).data
    assert account.email == f"vendor@{domain}"
    assert account.id in [grant.id for grant in client.grants.list({"limit": 200}).data]
    scenario(client, task["smtp"], account.id, account.email)
    client.grants.destroy(account.id)
    try:
        client.grants.find(account.id)
    except NylasApiError as error:
        assert error.status_code == 404, error
    else:
        raise AssertionError("the account is still there")


main(json.load(sys.stdin))
print("passed")
