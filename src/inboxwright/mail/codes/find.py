"""The one right code of a mail, or a refusal that names everything that looks like one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inboxwright.errors import Candidate
from inboxwright.mail.about import MEETING, OFFER, ORDERED, PURCHASE, conference, priced
from inboxwright.mail.body.characters import ascii_form
from inboxwright.mail.body.document import Document
from inboxwright.mail.codes import beside
from inboxwright.mail.codes.candidates import Evidence, Sighting
from inboxwright.mail.codes.rules import OTHERWISE, in_subject, in_table, sightings
from inboxwright.mail.codes.shapes import scan
from inboxwright.mail.codes.wanted import WantedCode, settle, words_before
from inboxwright.mail.refusal import refusal
from inboxwright.mail.urls.tokens import mask_code, mask_text
from inboxwright.mail.words import lexicon, topics
from inboxwright.mail.words.vocabulary import Word

_INTRODUCING = 100  # lines
_LABEL = re.compile(r"([^:\uff1a]{3,60}[:\uff1a])\s*\S{4,64}$")
_UNSAID = "nothing beside it says that it is a code"
_VALUED = "it has letters, and the mail names an amount of money: a voucher's, or a ticket's"
_LASTING = "it is called a password, and nothing says that it serves once"
_BY_LENGTH = (_VALUED, _LASTING, ORDERED)
"""Reasons that a given length outweighs as well as a label."""
_BY_LABEL = (*_BY_LENGTH, _UNSAID, OFFER, MEETING, PURCHASE)


@dataclass(slots=True, kw_only=True)
class Examined:
    """All that looks like a code in a mail, judged for one call."""

    want: WantedCode
    seen: list[Sighting]
    hidden: list[Candidate]
    chosen: Sighting | None
    why: str
    about: Mapping[str, Word | None]
    """By reason, the word of the subject that says what the whole mail is about."""
    mailed_password: str | None = None
    """Words that introduce a password, which has no shape of its own; None where there is a code."""

    def code(self, *, where: str) -> str:
        """The chosen one, or the refusal."""
        if self.chosen is not None:
            return self.want.typed(self.chosen)
        raise refusal(str(self.want), self.why, self.candidates(), self.advice(), where=where)

    def candidates(self) -> list[Candidate]:
        """Everything that was looked at, those that would do first, each value and reason once."""
        found: dict[tuple[str, str | None], Candidate] = {}
        for item in sorted(self.seen, key=lambda item: (item.reason is not None, -item.evidence)):
            if (item.value, item.reason) not in found:
                found[item.value, item.reason] = self._candidate(item)
        return [*found.values(), *self.hidden]

    def _candidate(self, item: Sighting) -> Candidate:
        reason, word = item.reason, None
        if reason is not None and reason == item.doubt:
            word = item.doubted
        elif reason is not None:
            word = item.called if reason == _LASTING else self.about.get(reason)
        return Candidate(
            kind="code", value=item.value, masked=mask_code(item.value), part=item.part, excerpt=item.excerpt,
            reason=f"{reason}: {word}" if word is not None else reason,
            called=None if reason is not None or item.called is None else str(item.called),
        )  # fmt: skip

    def advice(self) -> list[str]:
        fitting = {item.compact: item for item in self.seen if item.reason is None}
        pool = fitting or {item.compact: item for item in self.seen if item.reason in {item.doubt, *_BY_LABEL}}
        lengths = [item.shape.length for item in pool.values()]
        advice = []
        for item in list(pool.values())[:3]:
            named = item.reason in _BY_LENGTH and item.evidence >= Evidence.NAMED
            by_length = (fitting or named) and self.want.length is None
            words = " ".join(words_before(item).split())[-40:].strip(" :*")
            if by_length and lengths.count(item.shape.length) == 1:
                advice.append(f"length={item.shape.length} for {mask_code(item.value)}")
            elif words and self.want.label is None:
                advice.append(f"label={mask_text(words)!r} for {mask_code(item.value)}")
        if self.mailed_password is not None:
            advice.append(f"value(after={self.mailed_password!r}), not code(), for a password that is mailed")
        return advice


def examine(subject: str, documents: Sequence[Document], want: WantedCode, *, errand: str | None) -> Examined:
    """Judge everything shaped like a code, and choose."""
    of_subject = in_subject(subject)
    of_parts = {document.part: sightings(document) for document in documents}
    everything = [*of_subject, *(item for part in of_parts.values() for item in part)]
    settle(everything, want)
    hinted = want.label is not None or want.length is not None
    for document in documents:
        dialled = conference(document) if of_parts[document.part] and not hinted else set()
        for item in of_parts[document.part]:
            if item.reason is None and item.evidence < Evidence.NAMED and in_table(document, item):
                item.reason = "it is one of several particulars"
            item.reason = item.reason or (MEETING if item.line in dialled else None)
    elsewhere = errand if errand in {OFFER, MEETING} and want.label is None else None
    named = hinted or lexicon.speaks_of_code(ascii_form(subject))
    about = {OFFER: topics.offers(subject)}
    if elsewhere is None and not named:
        about[ORDERED] = topics.ordered(subject)
        elsewhere = ORDERED if about[ORDERED] is not None else None
    lettered = {(item.part, item.line) for item in everything if not item.shape.digits}
    valued = not named and bool(lettered) and priced(documents, lettered)
    once = any(item.password for item in everything) and _single_use(subject, documents)
    for item in everything:
        item.reason = item.reason or elsewhere or (_LASTING if item.password and not (once or hinted) else None)
        if item.reason is None and valued and not item.shape.digits:
            item.reason = _VALUED
    _agree(everything, of_subject, subject, documents)
    numbered = any(item.reason == OTHERWISE for item in everything)
    purchase = errand if errand == PURCHASE and not named else None
    for item in everything:
        item.reason = item.reason or want.against(item) or _unconvincing(item, want, purchase, numbered=numbered)
    if want.alphabet == "alnum" and any(item.reason is None and not item.shape.digits for item in everything):
        # Digits alone are letters-or-digits too, but not beside a code that has letters.
        for item in everything:
            item.reason = item.reason or ("it is all digits" if item.shape.digits else None)
    chosen, why = _choose(everything, documents)
    return Examined(
        mailed_password=_introduced_password(documents) if chosen is None else None,
        want=want,
        seen=everything,
        hidden=_hidden(documents),
        chosen=chosen,
        why=why,
        about=about,
    )


def _agree(
    everything: Sequence[Sighting], of_subject: Sequence[Sighting], subject: str, documents: Sequence[Document]
) -> None:
    """What stands in the subject and in the body, in a mail that speaks of a code, is the code."""
    if not any(item.evidence < Evidence.SURE for item in everything):
        return
    speaks = _speaks_of_code(subject, documents)
    if not speaks:
        known = topics.known_language(line.text for document in documents for line in document.lines[:100])
        for item in everything:
            # In a language that is not known a sentence may speak of a code; a short label may as well name an order.
            if item.evidence is Evidence.SHAPE and (known or not beside.sentence(item.label)):
                item.evidence = Evidence.NONE
        return
    named = {item.compact for item in of_subject if item.reason is None}
    for item in everything:
        if item.reason is not None:
            continue
        if item.compact in named and item.part != "subject" and item.evidence >= Evidence.SHAPE:
            item.evidence = Evidence.SURE
        elif (item.compact in named and item.part != "subject") or item.evidence is Evidence.SHAPE:
            item.evidence = Evidence.NAMED


def _speaks_of_code(subject: str, documents: Sequence[Document]) -> bool:
    if lexicon.speaks_of_code(ascii_form(subject)):
        return True
    return any(
        lexicon.speaks_of_code(line.text)
        for document in documents
        for line in document.lines[:200]
        if not line.footer and not line.quoted
    )


def _single_use(subject: str, documents: Sequence[Document]) -> bool:
    return lexicon.single_use(subject) or any(
        lexicon.single_use(line.text) for document in documents for line in document.lines[:200] if not line.quoted
    )


def _unconvincing(item: Sighting, want: WantedCode, purchase: str | None, *, numbered: bool) -> str | None:
    """Too little says that it is a code."""
    if want.label is not None:
        return None
    if item.evidence is Evidence.NONE:
        return _UNSAID
    if purchase is not None and (item.evidence < Evidence.SURE or numbered):
        return purchase
    return None


def _introduced_password(documents: Sequence[Document]) -> str | None:
    """Words that call what stands behind their colon a password, as "Temporary password: …"."""
    for document in documents:
        for line in document.lines[:_INTRODUCING]:
            label = _LABEL.match(line.text)
            if label is not None and not line.quoted and lexicon.only_password(label[1]):
                return mask_text(label[1])
    return None


def _choose(everything: Sequence[Sighting], documents: Sequence[Document]) -> tuple[Sighting | None, str]:
    fitting = [item for item in everything if item.reason is None]
    if not fitting:
        return None, "nothing in it is certainly a code"
    best = max(item.evidence for item in fitting)
    # What stands alone counts little beside what is called a code.
    strong = [item for item in fitting if item.evidence >= min(best, Evidence.NAMED)]
    for item in fitting:
        if item not in strong:
            item.reason = "another is called the code"
    values = {item.compact for item in strong}
    if len(values) > 1:
        return None, f"{len(values)} different codes could be it"
    chosen = next((item for part in ("html", "text", "subject") for item in strong if item.part == part), strong[0])
    shown = next((document for document in documents if document.part == "html" and document.lines), None)
    if chosen.part == "text" and shown is not None and not any(
        chosen.compact == shape.value.replace("-", "") for line in shown.lines for shape in scan(ascii_form(line.text))
    ):  # fmt: skip
        return None, "only the text body has a code, and a person reads the HTML body"
    return chosen, ""


def _hidden(documents: Sequence[Document]) -> list[Candidate]:
    """What nobody sees, so that a refusal can say why it was not taken."""
    return [
        Candidate(
            kind="code", value=shape.value, masked=mask_code(shape.value), part=document.part,
            excerpt=mask_text(words[:80]), reason=f"hidden ({why})",
        )
        for document in documents
        for words, why in document.hidden
        for shape in scan(ascii_form(words))
        if shape.reason is None
    ]  # fmt: skip
