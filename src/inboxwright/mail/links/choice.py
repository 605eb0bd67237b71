"""Choose among the links that no rule rejected. Where structure does not decide, none wins."""

from collections.abc import Collection, Sequence

from inboxwright.mail.body.document import Prominence
from inboxwright.mail.links.candidates import LinkCandidate
from inboxwright.mail.links.rules import Facts
from inboxwright.mail.links.wanted import WantedLink
from inboxwright.mail.urls.routes import Route

_BUTTON = 2


def choose(
    fitting: Collection[LinkCandidate], want: WantedLink, facts: Facts, *, foreign: bool
) -> tuple[LinkCandidate | None, str]:
    """The one link, or None and why. `foreign`: the HTML has links whose target is not known offline."""
    if not want.bare:
        if len(fitting) == 1:
            return next(iter(fitting)), ""
        return None, f"{len(fitting)} links match" if fitting else "no link matches"
    if not fitting:
        return None, "no link asks for an action"
    html = [item for item in fitting if any(place.part == "html" for place in item.seen)]
    text = [item for item in fitting if any(place.part == "text" for place in item.seen)]
    from_html, from_text = _foremost(html, "html", facts), _foremost(text, "text", facts)
    if html:
        if from_html is None:
            return None, _undecided(len(html), " of the HTML body")
        if text and from_html not in text:
            return None, "the text and the HTML body carry different links"
        if from_text is not None and from_text is not from_html:
            return None, "the text and the HTML body carry different links"
        return from_html, ""
    if facts.html and not foreign:
        return None, "only the text body has a link, and a person reads the HTML body"
    if from_text is None:
        return None, _undecided(len(text), "")
    return from_text, ""


def _undecided(left: int, where: str) -> str:
    if left == 1:
        return "the only link left stands within the last words, and its route asks for nothing"
    return f"{left} links{where} could each be it"


def _foremost(candidates: Sequence[LinkCandidate], part: str, facts: Facts) -> LinkCandidate | None:
    """The only one, or the only one set apart as a button, or offered twice, while all others are within words."""
    actions = [item for item in candidates if item.route() is Route.ACTION]
    if actions:
        candidates = [item for item in candidates if item in actions or not _parting(item, part, facts)]
    chosen = _most_prominent(_without_edges(candidates, part), part)
    if chosen is None or chosen in actions:
        return chosen
    # What says nothing by its route neither outdoes an action nor is one at the very end.
    return None if actions or _parting(chosen, part, facts) else chosen


def _parting(candidate: LinkCandidate, part: str, facts: Facts) -> bool:
    """Whether it stands within the last words of the mail, as a link to leave does."""
    places = [place for place in candidate.seen if place.part == part]
    last = facts.last.get(part)
    return last is not None and all(place.prominence is Prominence.INLINE and place.line >= last for place in places)


def _most_prominent(candidates: Sequence[LinkCandidate], part: str) -> LinkCandidate | None:
    if len(candidates) < 2:
        return next(iter(candidates), None)
    ranks = [_rank(item, part) for item in candidates]
    best = max(ranks)
    if best < 2 or sum(rank == best for rank in ranks) > 1 or any(0 < rank < best for rank in ranks):
        return None
    return candidates[ranks.index(best)]


def _without_edges(candidates: Sequence[LinkCandidate], part: str) -> Sequence[LinkCandidate]:
    """Left out beside a button: plain links on the first line (to read it in a browser) and on the last (to leave)."""
    buttons = [item for item in candidates if _rank(item, part) == _BUTTON]
    if len(buttons) != 1:
        return candidates
    first = min(place.line for place in buttons[0].seen if place.part == part)
    last = max(place.line for item in candidates for place in item.seen if place.part == part)
    edges = {0} if first > 0 else set()
    if last > first:
        edges |= {last}
    inner = [item for item in candidates if not {place.line for place in item.seen if place.part == part} <= edges]
    return [item for item in candidates if item in inner or item is buttons[0]]


def _rank(candidate: LinkCandidate, part: str) -> int:
    places = [place for place in candidate.seen if place.part == part]
    if any(place.prominence is Prominence.BUTTON for place in places):
        return _BUTTON
    alone = [place for place in places if place.prominence is Prominence.ALONE]
    if part == "html" and alone and len(places) > 1:
        return 2
    return 1 if alone else 0
