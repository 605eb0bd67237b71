"""MailSlurp's own client: create, wait, list, read, delete."""

import json
import smtplib
import sys
import threading

import mailslurp_client
from mailslurp_client.exceptions import ApiException


def mail(smtp, to, subject):
    """Send."""
    raw = f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello: {subject}.\r\n".encode()
    with smtplib.SMTP(*smtp) as client:
        client.sendmail("bounces@example.com", [to], raw)
    return raw


def refused(call, status):
    """The call is answered with this status."""
    try:
        call()
    except ApiException as error:
        assert error.status == status, error
    else:
        raise AssertionError("it was not refused")


def main(task):
    """The scenario."""
    configuration = mailslurp_client.Configuration()
    configuration.host = task["url"]
    configuration.api_key["x-api-key"] = task["key"]
    with mailslurp_client.ApiClient(configuration) as client:
        inboxes = mailslurp_client.InboxControllerApi(client)
        emails = mailslurp_client.EmailControllerApi(client)
        waiting = mailslurp_client.WaitForControllerApi(client)
        inbox = inboxes.create_inbox(name="vendor", email_address="vendor@slurp.example")
        other = inboxes.create_inbox()
        assert (inbox.email_address, inbox.name) == ("vendor@slurp.example", "vendor")
        assert {inbox.id, other.id} <= {each.id for each in inboxes.get_all_inboxes(page=0, size=100).content}
        refused(lambda: waiting.wait_for_latest_email(inbox_id=inbox.id, timeout=500), 408)
        raws = []
        timer = threading.Timer(1.0, lambda: raws.append(mail(task["smtp"], inbox.email_address, "Hello")))
        timer.start()
        held = inboxes.get_emails(inbox.id, min_count=1, retry_timeout=20_000, sort="DESC", limit=100)
        timer.join()
        assert [(each.subject, each.to, each.plus_address) for each in held] == [("Hello", [inbox.email_address], None)]
        email = waiting.wait_for_latest_email(inbox_id=inbox.id, timeout=5000)
        assert (email.id, email.body) == (held[0].id, "Hello: Hello.\r\n")
        raw = emails.get_raw_email_contents(email.id, _preload_content=False)
        assert raw.data == raws[0]
        assert inboxes.get_emails(other.id) == []
        mail(task["smtp"], "vendor+tag@slurp.example", "Tagged")
        assert inboxes.get_emails(inbox.id, sort="DESC")[0].plus_address == "vendor+tag@slurp.example"
        emails.delete_email(email.id)
        refused(lambda: emails.get_email(email.id), 404)
        inboxes.delete_inbox(inbox.id)
        refused(lambda: inboxes.get_emails(inbox.id), 404)
        inboxes.delete_inbox(other.id)


main(json.load(sys.stdin))
print("passed")
