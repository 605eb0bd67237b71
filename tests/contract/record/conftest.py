"""The demo, recorded once for all tests of this folder."""

from collections.abc import Iterator, Mapping

import pytest

from tests.contract.record import journeys
from tests.contract.record.studio import Recorded, Studio

_SIGN_UP = "/accounts/signup/"
JOURNEYS = {
    "sign_up": (_SIGN_UP, journeys.sign_up, ""),
    "sign_up_by_code": (_SIGN_UP, journeys.sign_up_by_code, ""),
    "reset": ("/", journeys.reset, "sign_up"),
    "magic_link": ("/", journeys.magic_link, "sign_up"),
    "two_factor": ("/", journeys.two_factor, "sign_up"),
    "change_address": ("/", journeys.change_address, "sign_up"),
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The demo and an empty project."""
    root = tmp_path_factory.mktemp("recorded")
    with Studio(root=root, command="python -m demo", env={"DEMO_RATE_LIMITS": "off"}) as studio:
        yield studio


class Recordings(Mapping[str, Recorded]):
    """Journeys of the demo in one project, each recorded when first asked for, after what it begins behind."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._done: dict[str, Recorded] = {}

    def __getitem__(self, name: str) -> Recorded:
        if name not in self._done:
            start, journey, after = JOURNEYS[name]
            assert not after or self[after]
            self._done[name] = self._studio.record(name, start, journey, after=after)
        return self._done[name]

    def __iter__(self) -> Iterator[str]:
        return iter(JOURNEYS)

    def __len__(self) -> int:
        return len(JOURNEYS)

    def all(self) -> dict[str, Recorded]:
        """Every journey, recorded."""
        return {name: self[name] for name in self}


@pytest.fixture(scope="session")
def recordings(demo: Studio) -> Recordings:
    """What was recorded of the demo."""
    return Recordings(demo)
