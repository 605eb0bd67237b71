"""The secrets that are known of one test."""

import pytest

from inboxwright.plugin._item import mail_of
from inboxwright.plugin._run import run_of
from inboxwright.plugin._secrets import Secrets, of_project


def known(item: pytest.Item) -> Secrets:
    """The project's credentials, the passwords of the test's identities, and what its mails hold."""
    run, test = run_of(item.config), mail_of(item)
    secrets = Secrets(of_project(run.project, run.shared.inbox_options))
    secrets.add(*(identity.password for identity in test.identities))
    for inbox in test.inboxes:
        for entry in inbox.core.mailbox.log:
            secrets.learn(entry.message)
    return secrets
