"""What was heard to arrive, for anybody: where a mail that did not come may have gone."""

from collections import deque
from collections.abc import Iterable, Sequence

_REMEMBERED = 1000


class Arrivals:
    """The latest arrivals, numbered; a number is a cursor over the whole account."""

    def __init__(self) -> None:
        self.position = 0
        self._heard: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=_REMEMBERED)

    def note(self, recipients: Iterable[str]) -> None:
        """One more message came, for these."""
        self.position += 1
        self._heard.append((self.position, tuple(recipients)))

    def after(self, position: int | None) -> Sequence[str]:
        """Whoever got mail after the position, each once."""
        heard = (recipients for number, recipients in self._heard if number > (position or 0))
        return list(dict.fromkeys(recipient for recipients in heard for recipient in recipients))
