"""One static page from any number of runs and shards. It asks nobody for anything and works from a folder or a mail."""

import base64
import io
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from inboxwright.errors import ConfigError
from inboxwright.report.extra import template
from inboxwright.report.history import histories, runs, suite
from inboxwright.report.latency import latencies
from inboxwright.report.model import Report, Run, Test
from inboxwright.report.plots import STYLE as PLOTS
from inboxwright.report.plots import mail_plot, runs_plot
from inboxwright.report.records import Line
from inboxwright.report.statistics import p95
from inboxwright.report.timeline import STYLE, as_svg

_SLOWEST, _HISTORY = 10, 20
_ORDER = ("failed", "crashed", "flaky", "quarantined", "skipped", "passed")
_WIDTH, _HEIGHT = 1000, 4000
"""Pixels: wider pictures are made smaller, higher ones are cut off (WebP ends at 16,383)."""


def build(report: Report, folder: Path, *, lines: Sequence[Line] = (), since: datetime | None = None) -> Path:
    """Write `index.html` and what it links to, and return its path.

    `lines` are those of the history; `since` the moment that it is cut at. Raises ConfigError without the extra, and
    where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(report, folder, lines, since)
    except OSError as error:
        raise ConfigError(f"the report could not be written to {folder}: {error.strerror}; name another") from error


def _write(report: Report, folder: Path, lines: Sequence[Line], since: datetime | None) -> Path:
    mail = latencies(report.tests)
    seen = runs(lines)
    past = [test for test in histories(lines, since=since) if test.failed.count or test.flaky.count]
    page = template("page.html.jinja", seconds=_seconds, milliseconds=_milliseconds, percent=_percent).render(
        report=report,
        verdict=report.verdict(),
        failures=[_failure(test, folder) for test in (*report.uncollected.values(), *report.failures)],
        quarantined=[_failure(test, folder) for test in report.of("quarantined")],
        flaky=[_failure(test, folder) for test in report.of("flaky")],
        runs=_runs(report),
        tiles=_tiles(report),
        slowest=sorted(report.tests, key=lambda test: -test.duration)[:_SLOWEST],
        outcomes=Counter(test.outcome for test in report.tests),
        tests=sorted(report.tests, key=lambda test: (_ORDER.index(test.outcome), test.name)),
        mail=mail,
        mail_plot=mail_plot(mail),
        history=past[:_HISTORY],
        hidden=len(past[_HISTORY:]),
        many_projects=len({test.project for test in report.tests}) > 1,
        kind_of={"worse": "bad", "better": "good"}.get,
        runs_seen=len(seen),
        runs_plot=runs_plot(seen, since),
        suite=suite(lines, since=since),
        since=since and since.strftime("%Y-%m-%d %H:%M %Z"),
        drawings=STYLE + PLOTS,
    )
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8", errors="backslashreplace")
    return index


def _runs(report: Report) -> list[tuple[Run, int]]:
    """Each run once, by its first shard, and how many shards of it there are."""
    found: dict[str, list[Run]] = {}
    for run in sorted(report.runs.values(), key=lambda run: run.key):
        found.setdefault(run.key[0], []).append(run)
    return [(shards[0], len(shards)) for shards in found.values()]


def _tiles(report: Report) -> list[tuple[str, str, str]]:
    """Value, label, and a kind that colours it."""
    took = [float(wait["took"]) for test in report.tests for wait in test.waits if wait.get("took") is not None]
    tiles = [
        (str(len(report.of("passed"))), "passed", "good"),
        (str(len(report.failures)), "failed", "bad" if report.failures else ""),
        (str(len(report.of("flaky"))), "flaky", "flaky" if report.of("flaky") else ""),
        (_seconds(sum(test.duration for test in report.tests)), "of tests, all workers", ""),
    ]
    if held := report.of("quarantined"):
        tiles.insert(3, (str(len(held)), "in quarantine", "flaky"))
    if skipped := report.of("skipped"):
        tiles.insert(3, (str(len(skipped)), "skipped", ""))
    if took:
        tiles.append((_milliseconds(median(took)), f"median of {len(took)} mail{'s' if len(took) != 1 else ''}", ""))
        tiles.append((_milliseconds(p95(took)), "95th percentile", ""))
    return tiles


def _failure(test: Test, folder: Path) -> dict[str, Any]:
    return {
        "test": test,
        "first": test.headline.partition("\n")[0],
        "rest": test.headline.partition("\n")[2],
        "pages": [*filter(None, map(_embedded, test.pictures("page")))],
        "mails": [*filter(None, map(_embedded, test.pictures("mail")[-2:]))],
        "timeline": as_svg(test.events) if test.events else "",
        "links": [
            (path.name, _copied(path, test, folder))
            for kind, path in test.files
            if kind in {"eml", "trace"} and path.exists()
        ],
    }


def _copied(path: Path, test: Test, folder: Path) -> str:
    """The file beside the page: results of several runs may have the same names."""
    target = folder / "data" / "-".join(filter(None, test.key)).replace("/", "of") / path.parent.name / path.name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return target.relative_to(folder).as_posix()


def _embedded(path: Path) -> str | None:
    """The picture as a data URL: small enough that a page with many failures can be mailed. None if it is broken."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            seen = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, _HEIGHT)))
    except (OSError, SyntaxError, ValueError):  # cut off by the death of its writer; Pillow raises each of them
        return None
    ratio = min(1.0, _WIDTH / seen.width)
    out = io.BytesIO()
    seen.resize((round(seen.width * ratio), round(seen.height * ratio))).save(out, format="WEBP", quality=82)
    return f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"


def _seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60):02d} s"


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _milliseconds(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"
