"""The secrets that are known of one test."""

import pytest

from inboxwright.plugin._item import mail_of
from inboxwright.plugin._run import run_of
from inboxwright.plugin._secrets import Secrets


def known(item: pytest.Item) -> Secrets:
    """The project's credentials, the passwords and TOTP keys of the test's people, and what its mails hold."""
    secrets, test = run_of(item.config).secrets(), mail_of(item)
    secrets.add(*(identity.password for identity in test.identities))
    for authenticator in test.authenticators:
        secrets.add(*authenticator.spellings())
    for inbox in test.inboxes:
        for entry in inbox.core.mailbox.log:
            secrets.learn(entry.message)
    return secrets
