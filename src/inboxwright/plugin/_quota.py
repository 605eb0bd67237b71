"""Before a run begins at a provider with limits: what it will need, and what the provider has left."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from inboxwright.errors import InboxwrightError
from inboxwright.plugin._run import Run
from inboxwright.providers import Allowance, Backend, Capabilities, backend_class

_MAILED = frozenset({"inbox", "new_inbox", "user", "new_user", "signed_in_user"})
_TYPICAL = 10_000
"""Bytes that a mail is taken to need where the provider counts bytes."""
_LEAST = 100
"""Bytes that any mail needs: its sender, its recipient, a date."""
_REMEDY = "free some (`inboxwright sweep` removes what dead runs left behind), raise the limit, or run fewer tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one account says of itself."""

    name: str
    left: Sequence[Allowance] = ()
    unread: str = ""
    """Why it could not be asked; that stops no run."""

    def __str__(self) -> str:
        if self.unread:
            return f"what {self.name} has left could not be read ({self.unread})"
        return f"{self.name} has left: {', '.join(map(str, self.left))}" if self.left else ""

    def short_of(self, addresses: int) -> list[Allowance]:
        """The limits that so many addresses, and as many messages, are likely to meet."""
        return [each for each in self.left if each.left < addresses * (_TYPICAL if each.unit == "bytes" else 1)]


class Quota:
    """Said once, by the controller."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self._config = config
        self._run = run
        self._said = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without workers the tests are known here."""
        mailed = sum(bool(_MAILED.intersection(getattr(item, "fixturenames", ()))) for item in session.items)
        self._state(mailed, certain=True)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With workers only the names are: each test may want an address, or none does."""
        self._state(len(ids), certain=False)

    def _state(self, tests: int, *, certain: bool) -> None:
        """Raises pytest.UsageError where it is certain that no mail can be received."""
        if self._said or not tests:
            return
        self._said = True
        name = self._run.project.inbox.provider
        capabilities = backend_class(name).capabilities
        accounts = self._ask()
        limits = [text for text in map(str, accounts) if text]
        if not any(account.left for account in accounts) and (allowed := _allowed(capabilities)):
            limits.append(f"{name} allows: {allowed}")
        if not limits:
            return
        need = tests * (1 + (getattr(self._config.option, "reruns", None) or 0))
        self._tell(f"this run needs up to {need} addresses and at least as many messages; {'; '.join(limits)}")
        share = -(-need // len(accounts)) if accounts else need
        for account in accounts:
            for short in account.short_of(share):
                if certain and short.left < (_LEAST if short.unit == "bytes" else 1):
                    raise pytest.UsageError(f"{account.name} has {short} left, so no mail can be received; {_REMEDY}")
                about = f"{share * _TYPICAL / 1_000_000:g} MB" if short.unit == "bytes" else f"{share}"
                self._tell(f"WARNING: {account.name} has {short} left, and its tests may need {about}; {_REMEDY}")

    def _ask(self) -> list[Account]:
        """Each account that a worker of this run uses; none where the provider cannot say."""
        run = self._run
        if backend_class(run.project.inbox.provider).left is Backend.left or run.shared.inbox_options:
            return []  # a server that the run started for itself has no limit
        used = run.accounts_of(getattr(self._config.option, "numprocesses", None) or 1)
        provider = run.project.inbox.provider
        found = []
        for number in used:
            name = f"{provider}, account {number + 1}," if len(run.accounts) > 1 else provider
            try:
                with run.connect_to_account(number) as connected:
                    found.append(Account(name=name, left=connected.quota() or ()))
            except InboxwrightError as error:
                found.append(Account(name=name, unread=str(error)))
        return found

    def _tell(self, text: str) -> None:
        reporter: pytest.TerminalReporter | None = self._config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(f"inboxwright: {text}", yellow=text.startswith("WARNING"))


def _allowed(capabilities: Capabilities) -> str:
    kept = capabilities.retention
    texts = [capabilities.quota, f"it keeps {kept} messages (or days of them)" if kept else None]
    return "; ".join(text for text in texts if text)
