"""What one line of a mail, or the words of one link, are about."""

import re
from collections.abc import Iterable

from inboxwright.mail.words.lexicon import WORD
from inboxwright.mail.words.patterns import lowered
from inboxwright.mail.words.vocabulary import Word, words

_FURTHEST = 300
_LINK = 40  # characters: the words of a link, no more than a phrase
_AWAY = ("unsubscribe", "view_elsewhere", "not_me")
_PERCENTAGE = re.compile("(?<![\\d.,])\\d{1,2}\\s?[%\u066a\uff05](?!\\w)|(?<!\\w)[%\u066a\uff05]\\d{1,2}(?![\\d.,])")
_COMMON = 2
_SCRIPTS = re.compile(
    "[\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SCRIPT_ENOUGH = 10
_SMALL = re.compile(r"[^\W\d_]+")
_BEGINNING = 4000


def offers(text: str) -> Word | None:
    """The word by which a line speaks of a discount: what it calls a code is none that a form of ours asks for."""
    return _noun(text, "offer")


def ordered(text: str) -> Word | None:
    """The word by which a line names something that was ordered, paid, booked or sent."""
    return _noun(text, "order")


def percentage(text: str) -> bool:
    """Whether a line names a percentage."""
    text = text[:1000]
    return ("%" in text or "\uff05" in text or "\u066a" in text) and _PERCENTAGE.search(text) is not None


def leads_away(link: str) -> Word | None:
    """What the words of a link say that leads away from what a mail asks: to leave the list, to read it elsewhere, to
    disown it.

    A link is never chosen by its words, only left out: a language that is missing leaves the choice to structure.
    """
    if len(link) > _LINK:
        return None
    found = words(*_AWAY).find(lowered(link))
    return None if found is None else Word(text=found, lists=_AWAY)


def unsubscribes(line: str) -> Word | None:
    """By what a line tells how to leave a list: a code on it is for that."""
    found = words("unsubscribe").find(lowered(line[:_FURTHEST]))
    return None if found is None else Word(text=found, lists=("unsubscribe",))


def known_language(lines: Iterable[str]) -> bool:
    """Whether a mail is written in a language whose words for codes are known: there, silence about a code means that
    there is none. Told by script, or by a few of the commonest small words."""
    text = " ".join(lines)[:_BEGINNING].lower()
    if len(_SCRIPTS.findall(text)) >= _SCRIPT_ENOUGH:
        return True
    return len(words("common").whole.intersection(_SMALL.findall(text))) >= _COMMON


def _noun(text: str, name: str) -> Word | None:
    text, listed = lowered(text[:_FURTHEST]), words(name)
    found = next((word for word in WORD.findall(text) if listed.has(word)), None)
    if found is None:
        found = next((text[start:end] for start, end in listed.phrases(text)), None)
    return None if found is None else Word(text=found, lists=(name,))
