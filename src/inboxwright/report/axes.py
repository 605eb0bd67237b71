"""Places on an axis that people read easily."""

import math
from collections.abc import Callable
from dataclasses import dataclass

_FEWEST, _MOST = 3, 9
"""Labels of an axis: fewer tell no scale, more are in each other's way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale with its labelled places."""

    place: Callable[[float], float]
    """From a value to its place, 0 to 1."""
    ticks: tuple[float, ...]


def linear(end: float, *, most: int = _MOST) -> Axis:
    """From 0 to `end`, in steps of 1, 2 or 5 times a power of ten."""
    end = end or 1.0
    step = 10.0 ** math.floor(math.log10(end / most))
    step = next(step * factor for factor in (1, 2, 5, 10, 20) if end / (step * factor) <= most)
    return Axis(
        place=lambda value: value / end,
        ticks=tuple(round(step * number, 9) for number in range(math.floor(end / step + 1e-9) + 1)),
    )


def logarithmic(low: float, high: float) -> Axis:
    """From somewhat below `low` to somewhat above `high`, both above 0, with three labels however near they are."""
    low, high = low / 1.15, high * 1.15
    start, span = math.log10(low), math.log10(high / low)
    ticks: tuple[float, ...] = ()
    for steps in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        decades = range(math.floor(start), math.ceil(math.log10(high)) + 1)
        ticks = tuple(
            float(f"{step}e{decade}")
            for decade in decades
            for step in steps
            if low <= float(f"{step}e{decade}") <= high
        )
        if len(ticks) >= _FEWEST:
            break
    for most in (4, 9, 18):  # all values within a few per cent of each other
        if len(ticks) < _FEWEST:
            step = linear(high - low, most=most).ticks[1]
            numbers = range(math.ceil(low / step), math.floor(high / step) + 1)
            ticks = tuple(round(step * number, 9) for number in numbers)
    while len(ticks) > _MOST:
        ticks = ticks[::2]
    return Axis(place=lambda value: (math.log10(value) - start) / span, ticks=ticks)
