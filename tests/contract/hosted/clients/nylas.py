"""Nylas's own client: an agent account, and the wildcard inbox; list, read, raw, wait, delete."""

import base64
import json
import smtplib
import sys
import threading
import time

from nylas import Client
from nylas.models.errors import NylasApiError


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


def main(task):
    """The scenario."""
    client = Client(task["key"], task["url"])
    domain = task["pattern"].partition("@")[2]
    shared = client.grants.find(task["grant"]).data
    assert (shared.id, shared.provider) == (task["grant"], "nylas")
    scenario(client, task["smtp"], shared.id, f"qa-vendor@{domain}")
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
