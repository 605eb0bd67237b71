"""Before a run begins at a provider with limits: what the run will need, and what the provider says it allows."""

import pytest

from inboxwright.plugin._run import Run
from inboxwright.providers import backend_class

_MAILED = frozenset({"inbox", "new_inbox", "user", "new_user", "signed_in_user"})


class Quota:
    """Said once, by the controller."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self._config = config
        self._run = run
        self._said = False

    def pytest_report_collectionfinish(self, items: list[pytest.Item]) -> str | None:
        """Without workers the tests are known here."""
        return self._statement(sum(bool(_MAILED.intersection(getattr(item, "fixturenames", ()))) for item in items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With workers only the names are: each test may want an address."""
        reporter: pytest.TerminalReporter | None = self._config.pluginmanager.getplugin("terminalreporter")
        text = self._statement(len(ids))
        if reporter is not None and text:
            reporter.write_line("")
            reporter.write_line(text)

    def _statement(self, tests: int) -> str | None:
        name = self._run.project.inbox.provider
        capabilities = backend_class(name).capabilities
        if self._said or not tests or not (capabilities.quota or capabilities.retention):
            return None
        self._said = True
        attempts = 1 + (getattr(self._config.option, "reruns", None) or 0)
        need = f"this run needs up to {tests * attempts} addresses and at least as many messages"
        limits = [text for text in (capabilities.quota, _kept(capabilities.retention)) if text]
        return f"inboxwright: {need}; {name} allows: {'; '.join(limits)}"


def _kept(retention: int | None) -> str | None:
    return f"it keeps {retention} messages (or days of them)" if retention else None
