"""A failed test explains itself: its mails, pictures of page and mail, its journey, the verdict first.

Collected while the browser contexts are still open. Nothing here may hide the failure: what goes wrong is noted in
the report. A test that passes pays for none of it.
"""

import traceback
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from inboxwright.errors import MailTimeout, ProviderUnavailable, QuotaExceeded, Verdict
from inboxwright.mail import Message
from inboxwright.plugin._activation import run_of
from inboxwright.plugin._attach import attach
from inboxwright.plugin._masked import save, written_logs
from inboxwright.plugin._output import folder_of
from inboxwright.plugin._pictures import Pictures
from inboxwright.plugin._run import nothing_started, wants
from inboxwright.plugin._secrets import Secrets
from inboxwright.plugin._test_record import TestRecord, events_of, known, links_of, opened, record_of, uses_playwright
from inboxwright.plugin._tracebacks import headline, rewrite, shortened
from inboxwright.plugin._tracing import disguise, steps
from inboxwright.report.timeline import Event, as_text

_MOST_MAILS = 20
_AT_TEARDOWN = "inboxwright: teardown"
"""A section by whose name pytest shows it below the failure."""


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What was collected of one attempt."""

    folder: Path
    secrets: Secrets | None
    """None where the project wants to read them: --keep-secrets."""
    verdict: str | None = None
    """One of the six, where a wait ended without its mail."""
    headline: str = ""
    details: str = ""
    """The traceback as it was shown."""
    files: list[tuple[str, Path]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


EVIDENCE = pytest.StashKey[Evidence]()


def forget(item: pytest.Item) -> None:
    """What was collected of an earlier attempt."""
    if EVIDENCE in item.stash:
        del item.stash[EVIDENCE]


def collect_evidence(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Of a failed phase all that there is; after the last one what pytest-playwright has written since."""
    test = record_of(item)
    configured = run_of(item.config).project.file is not None
    if not (
        test.is_ours or (configured and (test.contexts or item.stash.get(EVIDENCE, None) or uses_playwright(item)))
    ):
        return
    try:
        if report.failed and call.excinfo is not None:
            _collect(item, call.excinfo, report, test)
        if report.when == "teardown":
            _finish(item, report, test)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - evidence must never hide the failure, a late time-out included
        problem = traceback.format_exc(limit=-4)
        with suppress(Exception):
            shown = problem if item.config.option.keep_secrets else known(item).mask(problem)
            report.sections.append(("inboxwright: evidence is incomplete", shown))


def _collect(
    item: pytest.Item, excinfo: pytest.ExceptionInfo[BaseException], report: pytest.TestReport, test: TestRecord
) -> None:
    secrets = known(item)
    evidence = item.stash.setdefault(
        EVIDENCE, Evidence(folder=folder_of(item), secrets=None if item.config.option.keep_secrets else secrets)
    )
    hide = evidence.secrets.mask if evidence.secrets else str
    error = excinfo.value
    evidence.verdict = _verdict(error) or evidence.verdict
    trouble = next(filter(None, (core.trouble for core in test.cores)), None)
    if trouble is not None and evidence.verdict is None:  # the application may have failed for the same reason
        evidence.verdict = _verdict(trouble)
        evidence.notes.append(f"the mail provider is in trouble as well: {trouble}")
    evidence.headline = evidence.headline or hide(headline(error))
    evidence.events = events_of(test)
    short = shortened(item, excinfo)  # first of all, so that no secret is shown whatever goes wrong below
    report.longrepr = rewrite(report.longrepr if short is None else short, hide)
    evidence.details = evidence.details or str(report.longrepr)

    before = len(evidence.files)
    if not evidence.files:
        try:
            mails = _save_mails(evidence, test)
            if report.when != "teardown" and test.contexts:
                _take_pictures(evidence, test, mails)
        except OSError as problem:  # no room on the disk, most likely
            evidence.notes.append(f"the rest could not be written: {problem}")
    files = evidence.files[before:]
    _describe(item, report, evidence)
    attach(item, report, files, evidence.headline, evidence.events)


def _verdict(error: BaseException) -> str | None:
    if isinstance(error, MailTimeout):
        return str(error.verdict)
    if isinstance(error, QuotaExceeded):
        return str(Verdict.QUOTA_EXCEEDED)
    return str(Verdict.UNREACHABLE) if isinstance(error, ProviderUnavailable) else None


def _save_mails(evidence: Evidence, test: TestRecord) -> list[tuple[int, Message]]:
    """Every mail of the test as .eml, in the order of arrival; with the context it belongs to, and as it was saved."""
    entries = [
        (entry.arrived, test.homes.get(core.mailbox.address, 0), entry.message)
        for core in test.cores
        for entry in core.entries
        if core not in test.others or entry.arrived >= test.began
    ]
    entries.sort(key=lambda entry: entry[0])
    mails = []
    for number, (_, home, message) in enumerate(entries[-_MOST_MAILS:], start=1):
        path = evidence.folder / f"mail-{number}.eml"
        mails.append((home, save(message, path, evidence.secrets)))
        evidence.files.append(("eml", path))
    return mails


def _take_pictures(evidence: Evidence, test: TestRecord, mails: list[tuple[int, Message]]) -> None:
    pictures = Pictures(folder=evidence.folder, finish=test.finish)
    pictures.of_pages(test.contexts)
    pictures.of_mails([(test.contexts[home], mail) for home, mail in mails])
    still_open = next((context for context in test.contexts if context.pages), test.contexts[0])
    pictures.of_evidence(still_open, evidence.headline, evidence.events)
    evidence.files += pictures.files
    evidence.notes += pictures.notes


def _describe(item: pytest.Item, report: pytest.TestReport, evidence: Evidence) -> None:
    """The journey and the files, below the traceback in every report."""
    where = item.config.invocation_params.dir
    paths = [*(path for _, path in evidence.files), *_trace_to_come(item, evidence)]
    project = run_of(item.config).project
    if wants(item.config, project):
        paths += written_logs(item.config)
    elif project.file is not None and record_of(item).contexts:
        evidence.notes.append(nothing_started(project))
    files = [str(path.relative_to(where) if path.is_relative_to(where) else path) for path in paths]
    sections = [("journey", as_text(evidence.events)), ("evidence", "\n".join([*files, *evidence.notes]))]
    for name, content in sections:
        if not content:
            continue
        add = getattr(report.longrepr, "addsection", None)
        if add is not None:
            add(name, content)
        else:
            report.longrepr = f"{report.longrepr}\n\n--- {name} ---\n{content}"


def _trace_to_come(item: pytest.Item, evidence: Evidence) -> list[Path]:
    """Where pytest-playwright puts the trace when the test's contexts are closed, one for each of them."""
    contexts = len(record_of(item).contexts)
    if not contexts or item.config.option.tracing not in {"on", "retain-on-failure"}:
        return []
    return [evidence.folder / ("trace.zip" if contexts == 1 else "trace-*.zip")]


def _finish(item: pytest.Item, report: pytest.TestReport, test: TestRecord) -> None:
    """The traces are there now: take the test's steps from them, and the secrets out of them."""
    evidence = item.stash.get(EVIDENCE, None)
    links = links_of(test)
    for trace in sorted((evidence.folder if evidence else folder_of(item)).glob("trace*.zip")):
        # Before it is disguised: then its URLs are those of the mails.
        happened = steps(trace, began=test.wall, told=lambda url: opened(url, links)) if evidence else []
        if not item.config.option.keep_secrets:
            try:
                secrets = evidence.secrets if evidence and evidence.secrets else known(item)
                disguise(trace, secrets)
                test.secrets.update(secrets.certain().values)
            except Exception as problem:  # noqa: BLE001 - what cannot be masked is withheld, as all that a test said
                trace.unlink(missing_ok=True)
                report.sections.append((_AT_TEARDOWN, f"{trace} is withheld, as it could not be masked: {problem!r}"))
                continue
        if evidence is not None:
            evidence.files.append(("trace", trace))
            hide = evidence.secrets.mask if evidence.secrets else str
            evidence.events += [replace(event, text=hide(event.text)) for event in happened]
