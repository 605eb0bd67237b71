"""Allure's results before they are written: the verdict first, the traceback short, and no secret in them."""

import importlib
from collections.abc import Callable, Generator
from typing import Any

import pytest

from inboxwright.plugin._evidence import EVIDENCE
from inboxwright.plugin._known import known


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Only where Allure is asked for results."""
    if not getattr(config.option, "allure_report_dir", None):
        return
    commons: Any = importlib.import_module("allure_commons")
    editor = _editor(commons.hookimpl)
    commons.plugin_manager.register(editor)
    config.pluginmanager.register(editor, "inboxwright-allure")
    config.add_cleanup(lambda: commons.plugin_manager.unregister(editor))


def _editor(hookimpl: Any) -> object:
    """A plugin of pytest and of Allure: the one tells of the test whose result the other writes next."""

    class Editor:
        def __init__(self) -> None:
            self._hide: Callable[[str], str] = str
            self._said: tuple[str, str] | None = None

        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, object, object]:
            """Around the evidence: it is there now."""
            report = yield
            evidence = item.stash.get(EVIDENCE, None)
            self._said = (evidence.headline, evidence.details) if evidence else None
            self._hide = str if item.config.option.keep_secrets else known(item).mask
            return report

        @hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]  # Allure has no types
        def report_result(self, result: Any) -> None:
            """A test's result."""
            if self._said and result.statusDetails is not None:
                result.statusDetails.message, result.statusDetails.trace = self._said
            _edit(result, self._hide)

        @hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
        def report_container(self, container: Any) -> None:
            """What the fixtures of tests said."""
            _edit(container, self._hide)

    return Editor()


def _edit(thing: Any, hide: Callable[[str], str]) -> None:
    """Every text below the value, in place."""
    for name, value in list(vars(thing).items()):
        if isinstance(value, str):
            setattr(thing, name, hide(value))
        elif isinstance(value, list):
            for held in value:
                if hasattr(held, "__dict__"):
                    _edit(held, hide)
        elif hasattr(value, "__dict__") and type(value).__module__.startswith("allure_commons.model"):
            _edit(value, hide)
