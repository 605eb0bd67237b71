"""VaultSandbox's own client: encrypted and plain inboxes, both of its strategies."""

import asyncio
import json
import smtplib
import sys

from vaultsandbox import (
    CreateInboxOptions,
    DeliveryStrategyType,
    InboxNotFoundError,
    VaultSandboxClient,
    WaitForEmailOptions,
)


def mail(smtp, to, subject):
    """Send, in a thread: the client is asynchronous."""
    head = f"From: App <app@example.com>\r\nTo: {to}\r\nSubject: {subject}\r\n"
    mime = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    raw = f"{head}{mime}\r\nGr\u00fc\u00dfe: {subject}.\r\n".encode()
    with smtplib.SMTP(*smtp) as client:
        client.sendmail("bounces@example.com", [to], raw, mail_options=["BODY=8BITMIME"])
    return raw


async def one(client, smtp, encryption):
    """Receive, list, read, wait, delete."""
    inbox = await client.create_inbox(CreateInboxOptions(encryption=encryption))
    assert inbox.encrypted == (encryption == "encrypted")
    assert await inbox.list_emails() == []
    await asyncio.to_thread(mail, smtp, inbox.email_address, "First")
    waiting = asyncio.create_task(inbox.wait_for_email(WaitForEmailOptions(subject="Second", timeout=20_000)))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    raw = await asyncio.to_thread(mail, smtp, inbox.email_address, "Second")
    email = await waiting
    email = await inbox.get_email(email.id)  # polling brings no text
    assert (email.subject, email.text) == ("Second", "Gr\u00fc\u00dfe: Second.\n")
    source = await inbox.get_raw_email(email.id)
    assert source.raw.encode().endswith(raw)
    assert [each.subject for each in await inbox.list_emails()] == ["Second", "First"]
    assert [each.subject for each in await inbox.list_emails_metadata_only()] == ["Second", "First"]
    await inbox.delete_email(email.id)
    assert (await inbox.get_sync_status()).email_count == 1
    await inbox.delete()
    try:
        await inbox.list_emails()
    except InboxNotFoundError:
        return
    raise AssertionError("the inbox is still there")


async def main(task):
    """Every combination."""
    for strategy in (DeliveryStrategyType.SSE, DeliveryStrategyType.POLLING):
        options = {"base_url": task["url"], "strategy": strategy, "polling_interval": 300, "max_retries": 0}
        async with VaultSandboxClient(task["key"], **options) as client:
            assert await client.check_key()
            await one(client, task["smtp"], "plain")
            if strategy is DeliveryStrategyType.SSE:  # its polling cannot read the list of an encrypted inbox (0.9.3)
                await one(client, task["smtp"], "encrypted")


asyncio.run(main(json.load(sys.stdin)))
print("passed")
