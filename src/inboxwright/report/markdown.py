"""The same in a few lines of Markdown: for the page that a CI system shows of a run."""

from inboxwright.report.latency import latencies
from inboxwright.report.model import Report

_MOST = 30


def summary(report: Report) -> str:
    """What happened, the failures, and how long mail took."""
    lines = [f"### {report.verdict()}", ""]
    bad = [*report.uncollected.values(), *report.failures, *report.of("flaky", "quarantined")]
    if bad:
        lines += ["| Test | Outcome | Why |", "| --- | --- | --- |"]
        for test in bad[:_MOST]:
            why = _cell(f"{test.cause}: {test.headline.partition(chr(10))[0]}")
            lines.append(f"| {_cell(test.title)} | {test.outcome} | {why} |")
        lines.append("")
    if len(bad) > _MOST:
        lines += [f"and {len(bad) - _MOST} more", ""]
    held = [latency for latency in latencies(report.tests) if latency.took]
    if held:
        lines += ["| Journey | Provider | Mails | Median | 95th percentile |", "| --- | --- | ---: | ---: | ---: |"]
        for mail in held[:_MOST]:
            numbers = f"{len(mail.took)} | {mail.median:.0f} ms | {mail.p95:.0f} ms"
            lines.append(f"| {mail.journey} | {mail.provider} | {numbers} |")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
