"""The plots, as SVG that takes its colours from the page: light and dark from one drawing."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inboxwright.report.extra import require_extra
from inboxwright.report.history import RunHistory
from inboxwright.report.latency import Latency
from inboxwright.report.statistics import wilson

_INK, _GOOD, _FLAKY, _BAD, _MAIL = "#123456", "#2f9e6e", "#d9a13b", "#d1434b", "#3b82c4"
_RUNS, _JOURNEYS = 60, 14
"""As many as can be told apart."""
_NAME = 34
"""Characters of a journey's name beside the plot; the table has all of them."""


def _figure(width: float, height: float) -> tuple[Any, Any]:
    require_extra()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "svg.fonttype": "none", "svg.hashsalt": "inboxwright", "font.family": "sans-serif", "font.size": 9,
        "text.color": _INK, "axes.labelcolor": _INK, "axes.edgecolor": _INK, "xtick.color": _INK, "ytick.color": _INK,
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.18, "grid.color": _INK,
        "axes.axisbelow": True, "legend.frameon": False,
    }  # fmt: skip
    mpl.rcParams.update(style)
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    return figure, axes


def _svg(figure: Any, label: str) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    text = text[text.index("<svg") :].replace(_INK, "currentColor")
    text = re.sub(r"font: ([\d.]+)px '[^;\"]*", r"font: \1px system-ui, sans-serif", text)
    return re.sub(r"<svg ", f'<svg class="plot" role="img" aria-label="{label}" ', text, count=1)


def mail_plot(latencies: Sequence[Latency]) -> str:
    """One row a journey: every mail as a dot, the median and the 95th percentile as strokes."""
    shown = [latency for latency in latencies if latency.took][:_JOURNEYS]
    if not shown:
        return ""
    figure, axes = _figure(7.6, 0.7 + 0.36 * len(shown))
    for row, latency in enumerate(reversed(shown)):
        axes.plot(
            latency.took, [row] * len(latency.took), "o", color=_MAIL, alpha=0.55, markersize=4, markeredgewidth=0
        )
        axes.plot([latency.median] * 2, [row - 0.28, row + 0.28], color=_INK, linewidth=2.2)
        axes.plot([latency.p95] * 2, [row - 0.2, row + 0.2], color=_BAD, linewidth=2.2)
    axes.set_yticks(range(len(shown)), [f"{_short(held.journey)} · {held.provider}" for held in reversed(shown)])
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(_seconds)
    axes.xaxis.set_minor_formatter("")
    axes.set_xlabel("from the step to its mail")
    axes.grid(axis="y", visible=False)
    return _svg(figure, "How long mail took, by journey and provider")


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[:_NAME]}…"


def _seconds(milliseconds: float, _position: int) -> str:
    return f"{milliseconds / 1000:g} s" if milliseconds >= 1000 else f"{milliseconds:g} ms"


def runs_plot(runs: Sequence[RunHistory], since: str | None = None) -> str:
    """One bar a run: the share that failed and that was flaky, with the interval of their sum."""
    shown = runs[-_RUNS:]
    if len(shown) < 2:
        return ""
    figure, axes = _figure(7.6, 2.5)
    places = range(len(shown))
    totals = [max(run.passed + run.flaky + run.failed, 1) for run in shown]
    failed = [run.failed / total * 100 for run, total in zip(shown, totals, strict=True)]
    flaky = [run.flaky / total * 100 for run, total in zip(shown, totals, strict=True)]
    both = [one + other for one, other in zip(failed, flaky, strict=True)]
    bounds = [wilson(run.failed + run.flaky, total) for run, total in zip(shown, totals, strict=True)]
    errors = [
        [rate - low * 100 for rate, (low, _) in zip(both, bounds, strict=True)],
        [max(high * 100 - rate, 0) for rate, (_, high) in zip(both, bounds, strict=True)],
    ]
    axes.bar(places, failed, color=_BAD, label="failed", width=0.72)
    axes.bar(places, flaky, bottom=failed, color=_FLAKY, label="flaky", width=0.72)
    axes.errorbar(places, both, yerr=errors, fmt="none", ecolor=_INK, elinewidth=0.8, alpha=0.55, label="95 % interval")
    days = [datetime.fromisoformat(run.started).strftime("%d %b") for run in shown]
    step = max(len(shown) // 8, 1)
    axes.set_xticks(list(places)[::step], days[::step])
    axes.set_ylabel("share of tests, %")
    axes.set_ylim(0, None)
    if since is not None and shown[0].started < since <= shown[-1].started:
        at = next(place for place, run in enumerate(shown) if run.started >= since) - 0.5
        axes.axvline(at, color=_INK, linestyle="--", linewidth=1)
        axes.text(at + 0.15, axes.get_ylim()[1], since, fontsize=8, va="bottom")
    axes.grid(axis="x", visible=False)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, fontsize=8, borderaxespad=0.2)
    return _svg(figure, "Share of tests that failed or were flaky, run by run")
