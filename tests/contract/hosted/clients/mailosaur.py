"""Mailosaur's own client: receive, search, wait, read, list, delete, usage."""

import json
import smtplib
import sys
import threading
from datetime import UTC, datetime, timedelta

from mailosaur import MailosaurClient
from mailosaur.models import MailosaurException, SearchCriteria


def mail(smtp, to, subject):
    """Send."""
    raw = f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello: {subject}.\r\n".encode()
    with smtplib.SMTP(*smtp) as client:
        client.sendmail("bounces@example.com", [to], raw)
    return raw


def main(task):
    """The scenario."""
    client, server = MailosaurClient(task["key"], task["url"] + "/"), task["server"]
    assert client.servers.get(server).id == server
    address = f"vendor@{server}.mailosaur.net"
    criteria = SearchCriteria()
    criteria.sent_to = address
    since = datetime.now(UTC) - timedelta(minutes=5)
    try:
        client.messages.get(server, criteria, timeout=1000, received_after=since)
    except MailosaurException as error:
        assert error.error_type == "search_timeout", error.error_type
    mail(task["smtp"], f"other@{server}.mailosaur.net", "Not for us")
    raws = []
    timer = threading.Timer(1.0, lambda: raws.append(mail(task["smtp"], address, "Hello")))
    timer.start()
    message = client.messages.get(server, criteria, timeout=20_000, received_after=since)
    timer.join()
    assert (message.subject, message.to[0].email) == ("Hello", address)
    assert message.text.body == "Hello: Hello.\r\n"
    assert [person.email for person in message.metadata.rcpt_to] == [address]
    assert client.files.get_email(message.id).content == raws[0]
    found = client.messages.search(server, criteria).items
    assert [each.id for each in found] == [message.id]
    assert message.id in [each.id for each in client.messages.list(server).items]
    email = client.usage.limits().email
    assert email.limit > email.current >= 2, (email.limit, email.current)
    client.messages.delete(message.id)
    assert client.messages.search(server, criteria).items == []
    try:
        client.messages.get_by_id(message.id)
    except MailosaurException as error:
        assert error.http_status_code == 404
    else:
        raise AssertionError("the message is still there")


main(json.load(sys.stdin))
print("passed")
