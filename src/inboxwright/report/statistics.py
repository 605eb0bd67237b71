"""The few statistics that a report needs, each with what it rests on."""

import math
from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """Linear interpolation between order statistics (Hyndman and Fan's type 7, as numpy's default)."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float:
    """The middle."""
    return quantile(values, 0.5)


def wilson(successes: int, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927): right for few trials and for rates near 0, where Wald's is not."""
    if not trials:
        return 0.0, 1.0
    rate = successes / trials
    denominator = 1 + z * z / trials
    middle = rate + z * z / (2 * trials)
    spread = z * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return max(0.0, (middle - spread) / denominator), min(1.0, (middle + spread) / denominator)
