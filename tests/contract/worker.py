"""One of several processes that use a mail system at the same time; `test_processes` starts it."""

import json
import sys

from inboxwright import connect
from tests.contract.mail import Post


def main() -> None:
    """Three inboxes, two mails each: every one must see its own."""
    task = json.load(sys.stdin)
    post = Post(tuple(task["smtp"]))
    with connect(task["provider"], **task["options"]) as provider:
        inboxes = [provider.new_inbox(f"process-{number}") for number in range(3)]
        for inbox in inboxes:
            with inbox.expect_messages(count=2, timeout=30_000) as mails:
                post(inbox.address, "One")
                post(inbox.address, "Two")
            assert {mail.subject for mail in mails.value} == {"One", "Two"}
        assert all(len(inbox.messages()) == 2 for inbox in inboxes)


if __name__ == "__main__":
    main()
