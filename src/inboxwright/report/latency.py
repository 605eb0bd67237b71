"""How long mail took, by journey and provider."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from inboxwright.report.model import Test
from inboxwright.report.statistics import p95


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """The waits of one journey at one provider. Times are milliseconds, from the step that causes the mail."""

    journey: str
    provider: str
    took: tuple[float, ...]
    without: int
    """Waits that ended without their mail."""

    @property
    def median(self) -> float:
        """0 where no mail came."""
        return median(self.took) if self.took else 0.0

    @property
    def p95(self) -> float:
        """0 where no mail came."""
        return p95(self.took) if self.took else 0.0

    @property
    def slowest(self) -> float:
        """0 where no mail came."""
        return max(self.took, default=0.0)


def in_vain(wait: Mapping[str, Any]) -> bool:
    """Whether the wait ended without the mail that it wanted; some want silence."""
    return wait.get("took") is None and wait.get("outcome") not in {"arrived", "silence", "unexpected"}


def latencies(tests: Iterable[Test]) -> list[Latency]:
    """Each journey and provider, the slowest first."""
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    without: dict[tuple[str, str], int] = defaultdict(int)
    for test in tests:
        for wait in test.waits:
            key = (str(wait.get("journey") or "?"), test.provider)
            if wait.get("took") is not None:
                took[key].append(float(wait["took"]))
            elif in_vain(wait):
                without[key] += 1
    found = [
        Latency(
            journey=journey, provider=provider, took=tuple(took[journey, provider]), without=without[journey, provider]
        )
        for journey, provider in took.keys() | without.keys()
    ]
    return sorted(found, key=lambda latency: (-latency.p95, latency.journey))
