"""Evidence in the reports that a run may write besides our own: pytest-html, JUnit XML, Allure."""

import base64
import importlib
import os
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Self

import pytest

from inboxwright.report.timeline import STYLE, Event, as_svg

Files = Sequence[tuple[str, Path]]


def attach(item: pytest.Item, report: pytest.TestReport, files: Files, verdict: str, events: Sequence[Event]) -> None:
    """Hand the files to every report that is being written."""
    _junit(item, report, files, verdict)
    _html(item, report, files, verdict, events)
    _allure(item, files)


def _junit(item: pytest.Item, report: pytest.TestReport, files: Files, verdict: str) -> None:
    start = item.config.invocation_params.dir
    shown = [(kind, os.path.relpath(path, start)) for kind, path in files]
    properties = [("inboxwright_verdict", verdict), *((f"inboxwright_{kind}", path) for kind, path in shown)]
    item.user_properties += properties  # later phases copy them; JUnit XML reads those of the last
    report.user_properties += properties
    logged = item.config.getini("junit_logging") if item.config.pluginmanager.hasplugin("junitxml") else "no"
    if getattr(item.config.option, "xmlpath", None) and logged in {"system-out", "out-err", "all"}:
        # The notation that GitLab and Jenkins' JUnit Attachments plugin show pictures by.
        lines = "\n".join(f"[[ATTACHMENT|{path}]]" for kind, path in shown if kind != "eml")
        item.add_report_section(report.when or "call", "stdout", lines)  # JUnit XML reads those of the last phase


def _html(item: pytest.Item, report: pytest.TestReport, files: Files, verdict: str, events: Sequence[Event]) -> None:
    option = item.config.option
    plugin: Any = item.config.pluginmanager.getplugin("html")
    if plugin is None or not getattr(option, "htmlpath", None):
        return
    home = Path(item.config.invocation_params.dir, os.path.expandvars(option.htmlpath)).expanduser().parent
    embedded = getattr(option, "self_contained_html", False)

    def figure(kind: str, path: Path) -> str:
        source = _data_url(path) if embedded else Path(os.path.relpath(path, home)).as_posix()
        return (
            f'<figure style="flex:1 1 0;margin:0"><figcaption>{kind}</figcaption>'
            f'<a href="{escape(source)}"><img src="{escape(source)}" alt="{kind}" '
            'style="width:100%;border:1px solid #cfd8e3"></a></figure>'
        )

    pictures = "".join(figure(kind, path) for kind, path in files if kind in {"page", "mail"})
    content = (
        f"<style>{STYLE}</style><p><strong>{escape(verdict.partition(chr(10))[0])}</strong></p>"
        f'<div style="display:flex;gap:12px;align-items:flex-start;max-width:1200px">{pictures}</div>'
        f'<div style="max-width:900px">{as_svg(events)}</div>'
    )
    extras = list(getattr(report, "extras", []))
    extras.append(plugin.extras.html(content))
    for kind, path in files:
        if kind == "eml":
            extras.append(plugin.extras.url(Path(os.path.relpath(path, home)).as_posix(), name=path.name))
    vars(report)["extras"] = extras  # pytest-html's own attribute


def _data_url(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _allure(item: pytest.Item, files: Files) -> None:
    if not getattr(item.config.option, "allure_report_dir", None):
        return
    allure: Any = importlib.import_module("allure")
    for kind, path in files:
        if kind == "eml":
            allure.attach.file(path, name=path.name, extension="eml")
        else:
            allure.attach.file(path, name=path.name, attachment_type=allure.attachment_type.PNG)


class AllureEditor:
    """Allure's results before they are written: the verdict first, the traceback short, and no secret in them."""

    def __init__(self) -> None:
        self.hide: Callable[[str], str] = str
        """Takes the secrets out of a text: those of the test whose result Allure writes next."""
        self.said: tuple[str, str] | None = None
        """What our own report says of it: headline and details."""

    @classmethod
    def of(cls, config: pytest.Config) -> Self | None:
        """Only where Allure is asked for results."""
        if not getattr(config.option, "allure_report_dir", None):
            return None
        commons: Any = importlib.import_module("allure_commons")
        editor = cls()
        hooks = editor._hooks(commons.hookimpl)
        commons.plugin_manager.register(hooks)
        config.add_cleanup(lambda: commons.plugin_manager.unregister(hooks))
        return editor

    def _hooks(self, hookimpl: Any) -> object:
        """A plugin of Allure's."""
        editor = self

        class Hooks:
            @hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]  # Allure has no types
            def report_result(self, result: Any) -> None:
                """A test's result."""
                if editor.said and result.statusDetails is not None:
                    result.statusDetails.message, result.statusDetails.trace = editor.said
                _edit(result, editor.hide)

            @hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
            def report_container(self, container: Any) -> None:
                """What the fixtures of tests said."""
                _edit(container, editor.hide)

        return Hooks()


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
