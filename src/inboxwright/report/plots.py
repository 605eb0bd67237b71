"""The two plots: SVG that takes its colours from the page, so that light and dark are one drawing."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from inboxwright.report.axes import linear, logarithmic
from inboxwright.report.history import RunHistory
from inboxwright.report.latency import Latency
from inboxwright.report.moments import at
from inboxwright.report.statistics import wilson

_WIDTH, _LEFT, _RIGHT = 760, 250, 16
_ROW, _HEIGHT = 30, 150
"""Pixels of the drawings."""
_RUNS, _JOURNEYS = 60, 14
"""As many as can be told apart."""
_NAME = 36
"""Characters of a journey's name beside the plot; the table has all of them."""
_SHORTEST = 0.05
"""Milliseconds: a logarithmic axis has no 0."""


def mail_plot(latencies: Sequence[Latency]) -> str:
    """One row a journey: every mail as a dot, the median and the 95th percentile as strokes."""
    shown = [latency for latency in latencies if latency.took][:_JOURNEYS]
    if not shown:
        return ""
    took = [max(time, _SHORTEST) for latency in shown for time in latency.took]
    axis = logarithmic(min(took), max(took))
    bottom = _ROW * len(shown) + 8

    def x(milliseconds: float) -> float:
        return _LEFT + axis.place(max(milliseconds, _SHORTEST)) * (_WIDTH - _LEFT - _RIGHT)

    parts = [_vertical(x(tick), 4, bottom, _milliseconds(tick)) for tick in axis.ticks]
    for row, latency in enumerate(shown):
        middle = 4 + _ROW * (row + 0.5)
        name = _short(f"{latency.journey} · {latency.provider}")
        parts.append(f'<text x="0" y="{middle + 4:.1f}">{escape(name)}</text>')
        parts += [
            f'<circle class="dot" cx="{x(time):.1f}" cy="{middle:.1f}" r="3.2">'
            f"<title>{_milliseconds(time)}</title></circle>"
            for time in latency.took
        ]
        parts.append(_stroke("median", x(latency.median), middle, 10))
        parts.append(_stroke("late", x(latency.p95), middle, 7))
    centre = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text class="label" x="{centre:.0f}" y="{bottom + 34}">from the step to its mail</text>')
    return _svg("How long mail took, by journey and provider", bottom + 40, parts)


def runs_plot(runs: Sequence[RunHistory], since: datetime | None = None) -> str:
    """One bar a run: the share that failed and that was flaky, with the 95 % interval of their sum."""
    shown = runs[-_RUNS:]
    if len(shown) < 2:
        return ""
    left, top = 44, 26
    totals = [max(run.passed + run.flaky + run.failed, 1) for run in shown]
    bounds = [wilson(run.failed + run.flaky, total) for run, total in zip(shown, totals, strict=True)]
    axis = linear(max(max(high for _, high in bounds) * 100, 1), most=5)
    pitch = (_WIDTH - left - _RIGHT) / len(shown)
    bottom = top + _HEIGHT

    def y(percent: float) -> float:
        return bottom - axis.place(percent) * _HEIGHT

    parts = _key(left)
    for tick in axis.ticks:
        parts.append(f'<line class="grid" x1="{left}" x2="{_WIDTH - _RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(f'<text class="end" x="{left - 6}" y="{y(tick) + 4:.1f}">{tick:g} %</text>')
    for number, (run, total, (low, high)) in enumerate(zip(shown, totals, bounds, strict=True)):
        middle = left + pitch * (number + 0.5)
        failed, bad = run.failed / total * 100, (run.failed + run.flaky) / total * 100
        words = escape(f"{run.started[:16].replace('T', ' ')}: {run.failed} failed and {run.flaky} flaky of {total}")
        parts.append(f"<g><title>{words}</title>")
        parts.append(_bar("failed", middle, pitch, y(failed), bottom))
        parts.append(_bar("flaky", middle, pitch, y(bad), y(failed)))
        parts.append(f'<path class="interval" d="M{middle:.1f} {y(high * 100):.1f}V{y(low * 100):.1f}"/></g>')
    step = max(-(-len(shown) // 9), 1)
    for number in range(0, len(shown), step):
        day = at(shown[number].started).strftime("%d %b")
        parts.append(f'<text class="label" x="{left + pitch * (number + 0.5):.1f}" y="{bottom + 16}">{day}</text>')
    if since is not None and at(shown[0].started) < since <= at(shown[-1].started):
        number = next(number for number, run in enumerate(shown) if at(run.started) >= since)
        x = left + pitch * number
        parts.append(f'<line class="cut" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 6}" y2="{bottom}"/>')
        parts.append(f'<text x="{x + 4:.1f}" y="{top + 4}">since</text>')
    return _svg("Share of tests that failed or were flaky, run by run", bottom + 22, parts)


def _key(left: float) -> list[str]:
    parts = []
    for number, (kind, words) in enumerate((("failed", "failed"), ("flaky", "flaky"), ("interval", "95 % interval"))):
        x = left + number * 86
        mark = (
            f'<line class="interval" x1="{x + 5}" x2="{x + 5}" y1="3" y2="15"/>'
            if kind == "interval"
            else f'<rect class="{kind}" x="{x}" y="4" width="10" height="10"/>'
        )
        parts.append(f'{mark}<text x="{x + 15}" y="13">{words}</text>')
    return parts


def _bar(kind: str, middle: float, pitch: float, top: float, bottom: float) -> str:
    width = min(pitch * 0.72, 34)
    if bottom - top <= 0:
        return ""
    left = middle - width / 2
    return f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{bottom - top:.1f}"/>'


def _stroke(kind: str, x: float, middle: float, half: float) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{middle - half:.1f}" y2="{middle + half:.1f}"/>'


def _vertical(x: float, top: float, bottom: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>'
        f'<text class="label" x="{x:.1f}" y="{bottom + 16}">{label}</text>'
    )


def _svg(label: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    )


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[:_NAME]}…"


def _milliseconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3g} s" if milliseconds >= 1000 else f"{milliseconds:.3g} ms"


STYLE = """
.plot{font:12px system-ui,sans-serif}.plot text{fill:currentColor}
.plot .label,.plot .end{opacity:.7;font-size:11px;text-anchor:middle}.plot .end{text-anchor:end}
.plot .grid{stroke:currentColor;opacity:.12}.plot .cut{stroke:currentColor;stroke-dasharray:4 3}
.plot .dot{fill:#3b82c4;opacity:.55}
.plot .median{stroke:currentColor;stroke-width:3}.plot .late{stroke:#d1434b;stroke-width:3}
.plot .failed{fill:#d1434b}.plot .flaky{fill:#d9a13b}.plot .interval{stroke:currentColor;opacity:.6}
"""
"""The drawings' own style sheet."""
