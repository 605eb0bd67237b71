"""An inbox for threads, beside Playwright's sync API."""

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from inboxwright.expectation import Expectation
from inboxwright.inbox._core import InboxCore
from inboxwright.inbox._criteria import Criteria, Text, Where
from inboxwright.inbox._wait import Wait
from inboxwright.inbox.faults import Faults
from inboxwright.mail import Message
from inboxwright.waiting import Waiter

T = TypeVar("T")


class Inbox:
    r"""One fresh address and all that arrives at it. All times are milliseconds; a `timeout` of 0 is no limit.

    `subject` and `sender` are exact, or patterns that are searched; `where` is called with a message that fits them,
    in another thread, and may use `message.link(...)` or `message.code(...)`: a MatchError there means "not this one".

    >>> from smtplib import SMTP
    >>> from inboxwright import connect
    >>> with connect() as provider:
    ...     inbox = provider.new_inbox("signup")
    ...     with inbox.expect_message(subject="Confirm") as mail, SMTP(*provider.smtp_address) as smtp:
    ...         _ = smtp.sendmail("app@app.example", inbox.address, "Subject: Confirm\n\nYour code is 482913\n")
    >>> mail.value.code()
    '482913'
    """

    def __init__(self, core: InboxCore, *, wait: Waiter) -> None:
        self.core = core
        """For the plugin's reports; not for tests."""
        self._wait = wait

    @property
    def address(self) -> str:
        """Where the application is to send: an RFC 5321 address of this inbox alone."""
        return self.core.mailbox.address

    @property
    def faults(self) -> Faults:
        """Break the mail of this address on purpose; with the embedded provider only, ConfigError elsewhere."""
        return self.core.faults

    def messages(self) -> list[Message]:
        """All that has arrived by now, oldest first, from senders that the project allows. Raises ProviderError."""
        return self._run(self.core.messages())

    def expect_message(
        self,
        *,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> Expectation[Message]:
        """The mail that the block causes: `with inbox.expect_message(subject="…") as mail: …`, then `mail.value`.

        Only mail that arrives after the block is entered counts. `timeout` runs from the block's end. With `settle`
        a second such mail within that time raises UnexpectedMessage. Raises MailTimeout, with one of six verdicts.
        """
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, exact=settle > 0)
        return self._expectation(wait, lambda: self._run(wait.messages())[0])

    def expect_messages(
        self,
        *,
        count: int,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> Expectation[list[Message]]:
        """Exactly `count` such mails, in order of arrival; one more raises UnexpectedMessage.

        Raises ValueError for a count below 1, and otherwise as `expect_message` does.
        """
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, count=count, exact=True)
        return self._expectation(wait, lambda: self._run(wait.messages()))

    def expect_no_message(
        self,
        *,
        within: float = 2000,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
    ) -> Expectation[None]:
        """Silence for `within` after the block; a mail that fits raises UnexpectedMessage at once."""
        wait = self.core.wait(Criteria(subject=subject, sender=sender, where=where), timeout=within, silent=True)
        return self._expectation(wait, lambda: self._run(wait.silence()))

    def wait_for_message(
        self,
        *,
        subject: Text | None = None,
        sender: Text | None = None,
        where: Where | None = None,
        timeout: float | None = None,
        settle: float = 0,
    ) -> Message:
        """The first such mail since the inbox's start. Raises as `expect_message` does."""
        criteria = Criteria(subject=subject, sender=sender, where=where)
        wait = self.core.wait(criteria, timeout=timeout, settle=settle, exact=settle > 0)
        return self._run(wait.messages())[0]

    def _expectation(self, wait: Wait, finish: Callable[[], T]) -> Expectation[T]:
        return Expectation(begin=lambda: self._run(wait.begin()), finish=finish)

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        future: Future[T] = self.core.submit(coroutine)
        try:
            return self._wait(future)
        except BaseException:  # Ctrl-C, or a test's timeout: a wait that nobody waits for must not claim mail
            future.cancel()
            raise

    def __repr__(self) -> str:
        return f"Inbox({self.address!r})"
