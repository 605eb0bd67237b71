"""What a caller says of the code that is wanted, and what that decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from inboxwright.mail.body.characters import folded
from inboxwright.mail.codes.candidates import Sighting

Alphabet = Literal["digits", "alnum"]

_NUMBER = re.compile(r"\d{4,}")
_BEHIND = 30  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCode:
    """One call of `Message.code`."""

    length: int | None = None
    alphabet: Alphabet | None = None
    label: str | None = None

    def __str__(self) -> str:
        said = [("length", self.length), ("alphabet", self.alphabet), ("label", self.label)]
        return f"code({', '.join(f'{name}={value!r}' for name, value in said if value is not None)})"

    def against(self, item: Sighting) -> str | None:
        """Why it is not what the caller described, the label apart, or None."""
        if self.length is not None and self.length not in {item.shape.length, len(self.typed(item))}:
            return f"its length is {item.shape.length}"
        if self.alphabet == "digits" and not self.typed(item).replace("-", "").isdigit():
            return "it is not all digits"
        return None

    def typed(self, item: Sighting) -> str:
        """What is returned: as printed, without the sender's letters ("G-") where the caller's words exclude them."""
        if not item.shape.prefixed:
            return item.value
        bare = self.alphabet == "digits" or (self.length is not None and self.length == len(item.compact))
        return item.compact if bare else item.value


def settle(seen: Sequence[Sighting], want: WantedCode) -> None:
    """Reject what the label does not stand beside, and what the words beside it speak against, unless it is named."""
    named = _labelled(seen, want.label) if want.label is not None else []
    certain = [item for item in named if item.reason is None and item.doubt is None]
    for item in seen:
        if item.reason is not None:
            continue
        if want.label is not None and not any(item is other for other in named):
            item.reason = "the label does not stand beside it"
        elif want.label is None or certain:
            item.reason = item.doubt


def words_before(item: Sighting) -> str:
    """The words that introduce it, from the number before it on."""
    return _NUMBER.split(item.label)[-1]


def _labelled(seen: Sequence[Sighting], label: str) -> list[Sighting]:
    """Beside which the label stands; where it stands beside none, those on whose line or below which it is."""
    wanted = folded(label)
    beside = [item for item in seen if wanted in folded(f"{words_before(item)} {_words_behind(item)}")]
    return beside or [item for item in seen if wanted in folded(f"{item.label} {item.text}")]


def _words_behind(item: Sighting) -> str:
    return _NUMBER.split(item.text[item.shape.end : item.shape.end + _BEHIND])[0]
