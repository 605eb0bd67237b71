"""A journey on one axis: what the browser did, what was waited for, which mails and calls came."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

from inboxwright.report.axes import linear

Lane = Literal["browser", "wait", "mail", "call"]

_LANES: tuple[Lane, ...] = ("browser", "wait", "mail")
"""Always drawn; that of calls only where there are some."""
_LEFT, _WIDTH, _LANE, _TOP = 60, 640, 28, 6
"""Pixels of the drawing."""
_MOST = 200
"""Events that a drawing or a text shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. Times are seconds since the start of the test."""

    at: float
    lane: Lane
    text: str
    """In words, secrets masked."""
    lasted: float = 0.0
    bad: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the result line."""
        return asdict(self)


def as_text(events: Sequence[Event]) -> str:
    """One line an event, oldest first."""
    lines = []
    for event in _shown(events):
        lasted = f" ({event.lasted:.2f} s)" if event.lasted else ""
        lines.append(f"{event.at:7.2f} s  {'!' if event.bad else ' '} {event.lane:<7} {event.text}{lasted}")
    return "\n".join(lines)


def as_svg(events: Sequence[Event]) -> str:
    """A drawing with one lane a kind; it takes its colours from the page it stands in."""
    shown = _shown(events)
    end = max((event.at + event.lasted for event in shown), default=0.0) or 1.0
    scale = (_WIDTH - _LEFT - 14) / end
    lanes = [*_LANES, *(["call"] if any(event.lane == "call" for event in shown) else [])]
    height = _TOP + _LANE * len(lanes) + 22
    parts = [f'<svg class="timeline" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Timeline of the journey">']
    for number, lane in enumerate(lanes):
        middle = _TOP + number * _LANE + _LANE / 2
        parts.append(f'<text class="lane" x="0" y="{middle + 4}">{lane}</text>')
        parts.append(f'<line class="track" x1="{_LEFT}" x2="{_WIDTH - 14}" y1="{middle}" y2="{middle}"/>')
        parts += [_mark(event, middle, scale) for event in shown if event.lane == lane]
    parts += _axis(end, scale, height)
    return "".join([*parts, "</svg>"])


def _mark(event: Event, middle: float, scale: float) -> str:
    left = _LEFT + event.at * scale
    kind = f"{event.lane}{' bad' if event.bad else ''}"
    if event.lane == "wait":
        shape = f'rect x="{left:.1f}" y="{middle - 7}" width="{max(event.lasted * scale, 3):.1f}" height="14" rx="3"'
    else:
        shape = f'circle cx="{left:.1f}" cy="{middle}" r="{7 if event.lane in {"mail", "call"} else 5}"'
    title = escape(f"{event.at:.2f} s: {event.text}")
    return f'<{shape} class="{kind}"><title>{title}</title></{shape.partition(" ")[0]}>'


def _axis(end: float, scale: float, height: float) -> list[str]:
    ticks = []
    for at in linear(end).ticks:
        x = _LEFT + at * scale
        ticks.append(f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{height - 18}"/>')
        ticks.append(f'<text class="time" x="{x:.1f}" y="{height - 4}">{at:g} s</text>')
    return ticks


def _shown(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.at)[-_MOST:]


STYLE = """
.timeline{width:100%;max-width:720px;height:auto;font:12px system-ui,sans-serif}
.timeline text{fill:currentColor}.timeline .time{text-anchor:middle;opacity:.65;font-size:11px}
.timeline .track{stroke:currentColor;opacity:.25}.timeline .tick{stroke:currentColor;opacity:.1}
.timeline .browser{fill:#3b82c4}.timeline .mail{fill:#2f9e6e}.timeline .wait{fill:#d9a13b}
.timeline .bad{fill:#d1434b}
"""
"""The drawing's own style sheet."""
