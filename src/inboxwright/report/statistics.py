"""The few statistics that a report needs, each with what it rests on."""

import math
import statistics
from collections.abc import Sequence


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, interpolated between order statistics (Hyndman and Fan's type 7, as numpy's default)."""
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=20, method="inclusive")[-1]


def wilson(successes: int, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927): right for few trials and for rates near 0, where Wald's is not."""
    if not trials:
        return 0.0, 1.0
    rate = successes / trials
    denominator = 1 + z * z / trials
    middle = rate + z * z / (2 * trials)
    spread = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return max(0.0, (middle - spread) / denominator), min(1.0, (middle + spread) / denominator)


def difference(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """The 95 % interval of the second rate minus the first, each given as (count, of).

    Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10: made of the two
    Wilson intervals, and right where one rate is 0. An interval without 0 is a change that chance does not explain.
    """
    (count, trials), (later_count, later_trials) = first, second
    if not trials or not later_trials:
        return -1.0, 1.0
    rate, later = count / trials, later_count / later_trials
    low, high = wilson(count, trials)
    later_low, later_high = wilson(later_count, later_trials)
    change = later - rate
    return (
        change - math.hypot(later - later_low, high - rate),
        change + math.hypot(later_high - later, rate - low),
    )
