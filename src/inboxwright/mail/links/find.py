"""The one right link of a mail, or a refusal that names all of them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from inboxwright.errors import Candidate
from inboxwright.mail.body.document import Document, Prominence
from inboxwright.mail.body.text import trimmed
from inboxwright.mail.links.candidates import LinkCandidate, collect
from inboxwright.mail.links.rules import Facts, Reasons, judge, shape
from inboxwright.mail.links.wanted import WantedLink
from inboxwright.mail.refusal import refusal
from inboxwright.mail.urls.routes import Route, declines
from inboxwright.mail.urls.tokens import Strength, mask_text, mask_url, of_value, strength
from inboxwright.mail.urls.url import Url, parse
from inboxwright.mail.values import Link, MatchPolicy

_MOST, _MOST_UNLINKED = 1000, 20
_SCHEMELESS = re.compile(
    r"(?<![\w/@.:=-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{2,5})?/[^\s<>\"]{1,2000}", re.IGNORECASE
)
_LISTED_URL = re.compile(r"<\s*(https?://[^<>\s]{1,4000})\s*>")


@dataclass(slots=True, kw_only=True)
class Examined:
    """All links of a mail, judged for one call."""

    want: WantedLink
    found: list[LinkCandidate]
    reasons: Reasons
    """Why they were rejected; those that would do are not in it."""
    chosen: LinkCandidate | None
    why: str
    unlinked: list[Candidate] = field(default_factory=list)
    """Addresses that no mail program makes a link of, where nothing was chosen."""

    def link(self, *, where: str) -> Link:
        """The chosen one, or the refusal."""
        if self.chosen is not None and self.chosen.url is not None:
            return Link(url=self.chosen.url.text, text=_words(self.chosen))
        raise refusal(str(self.want), self.why, self.candidates(), self.advice(), where=where)

    def candidates(self) -> list[Candidate]:
        """What was looked at, those that would do first; of a mail with very many links the first thousand."""
        ordered = sorted(self.found, key=lambda item: item in self.reasons)
        return [_candidate(item, self.reasons.get(item)) for item in ordered[:_MOST]] + self.unlinked

    def advice(self) -> list[str]:
        """Arguments that would leave exactly one link, at most three."""
        fitting = [item for item in self.found if item not in self.reasons]
        possible = fitting or [item for item in self.found if _could_be_meant(item, self.want)]
        found = []
        for item in possible[:3]:
            if item.url is None:
                continue
            path = template(item.url)
            same_path = [other for other in possible if other.url is not None and template(other.url) == path]
            words = _words(item)
            if len(same_path) == 1 and path != "/":
                found.append(f"path={path!r} for {mask_url(item.url.text)}")
            elif words and not words.startswith("http") and sum(_words(other) == words for other in possible) == 1:
                found.append(f"text={mask_text(words[:60])!r} for {mask_url(item.url.text)}")
        foreign = {
            item.url.origin
            for item, why in self.reasons.items()
            if item.url is not None and why.startswith(("its host", "its port")) and item.strength is Strength.SECRET
        }
        if not fitting and foreign:
            found.append(
                f"hosts={min(foreign)!r} or, in the configuration, allowedLinkHosts if that is the application;"
                " clickTrackers if it is its click tracker"
            )
        return found


def examine(
    documents: Sequence[Document], want: WantedLink, policy: MatchPolicy, unsubscribe: str, *, errand: str | None
) -> Examined:
    """Judge every link of a mail and choose."""
    candidates = collect(documents, _resolver(policy))
    listed = [url for url in map(parse, _LISTED_URL.findall(unsubscribe)) if url is not None]
    facts = Facts(
        unsubscribe=frozenset(url.key for url in listed),
        unsubscribe_shapes=frozenset(filter(None, (shape(url) for url in listed))),
        errand=errand,
        html=any(document.part == "html" and document.lines for document in documents),
        last={document.part: _last_line(document) for document in documents},
        trackers=tuple(host.lower() for host in policy.tracker_hosts),
    )
    reasons = judge(candidates, want, facts)
    fitting = [item for item in candidates if item not in reasons]
    chosen, why = _choose(fitting, want, facts, foreign=_opaque(reasons))
    other = next((item for item in reasons if want.bare and chosen is not None and _answers(item, chosen)), None)
    if other is not None:
        del reasons[other]
        chosen, why = None, "two answers to one question have one form and weight"
    unlinked = _schemeless(documents, want) if chosen is None else []
    return Examined(want=want, found=candidates, reasons=reasons, chosen=chosen, why=why, unlinked=unlinked)


def _answers(candidate: LinkCandidate, chosen: LinkCandidate) -> bool:
    """Whether a rejected link is the other answer to a question ("decline") and drawn as the chosen one is."""
    url = candidate.url
    if url is None or chosen.url is None or url.origin != chosen.url.origin or not declines(url):
        return False
    ranks = [max((place.prominence for place in item.seen_in("html")), default=None) for item in (candidate, chosen)]
    return ranks == [Prominence.BUTTON, Prominence.BUTTON]


def _schemeless(documents: Sequence[Document], want: WantedLink) -> list[Candidate]:
    """Addresses of an allowed host without their scheme: a fault of the mail's template."""
    found: dict[str, Candidate] = {}
    for document in documents:
        for line in document.lines:
            for match in _SCHEMELESS.finditer(line.text) if "/" in line.text else ():
                url = parse(f"https://{trimmed(match[0])}")
                if url is None or strength(url) is Strength.NONE or not want.allows(url) or match[0] in found:
                    continue
                value = trimmed(match[0])
                found[match[0]] = Candidate(
                    kind="link", value=value, masked=mask_url(f"https://{value}").removeprefix("https://"),
                    part=document.part, excerpt="",
                    reason="no https:// stands before it, so it is no link: the mail's template left the scheme out",
                )  # fmt: skip
    return list(found.values())[:_MOST_UNLINKED]


def _last_line(document: Document) -> int:
    shown = (index for index, line in enumerate(document.lines) if line.text and not line.quoted)
    return max(shown, default=0)


def _resolver(policy: MatchPolicy) -> "Resolver | None":
    return Resolver(policy) if policy.resolve is not None and policy.tracker_hosts else None


class Resolver:
    """Asks the injected function for a tracker's target, each URL once."""

    def __init__(self, policy: MatchPolicy) -> None:
        self._policy = policy
        self._hosts = {host.lower() for host in policy.tracker_hosts}
        self._known: dict[str, Url | None] = {}

    def __call__(self, url: Url) -> Url | None:
        if self._policy.resolve is None or not {url.host, url.origin} & self._hosts:
            return None
        if url.text not in self._known:
            target = self._policy.resolve(url.text)
            self._known[url.text] = parse(target) if target else None
        return self._known[url.text]


def _opaque(reasons: Reasons) -> bool:
    """Whether the HTML body has a prominent link elsewhere that may be a click tracker's."""
    return any(
        why.startswith(("its host is not allowed", "the click tracker"))
        and item.strength is Strength.SECRET
        and item.seen_in("html")
        for item, why in reasons.items()
    )


def template(url: Url) -> str:
    """The path to give as `path=`: every token-like segment becomes "{token}"."""
    route = url.routes[-1]
    return "/".join("{token}" if of_value(item) is not Strength.NONE else item for item in route.split("/"))


def _could_be_meant(candidate: LinkCandidate, want: WantedLink) -> bool:
    url = candidate.url
    return url is not None and bool(candidate.seen) and want.allows(url) and not url.userinfo


def _words(candidate: LinkCandidate) -> str:
    """The words of its most prominent place in the HTML body, else those that introduce it."""
    places = candidate.seen or candidate.places
    named = [place for place in places if place.text and not place.shows_url and place.part == "html"]
    pool = named or [place for place in places if place.text] or places
    return max(pool, key=lambda place: place.prominence).text


def _candidate(candidate: LinkCandidate, reason: str | None) -> Candidate:
    value = candidate.url.text if candidate.url is not None else candidate.raw
    place = max(candidate.seen or candidate.places, key=lambda place: place.prominence)
    words = _words(candidate)
    kind = {Prominence.BUTTON: "button: ", Prominence.ALONE: "", Prominence.INLINE: ""}[place.prominence]
    excerpt = kind + mask_url(words if len(words) <= 80 else words[:79] + "…") if words else kind.rstrip(": ")
    return Candidate(kind="link", value=value, masked=mask_url(value), part=place.part, excerpt=excerpt, reason=reason)


_BUTTON = 2


def _choose(
    fitting: Collection[LinkCandidate], want: WantedLink, facts: Facts, *, foreign: bool
) -> tuple[LinkCandidate | None, str]:
    """The one link, or None and why. `foreign`: the HTML has links whose target is not known offline."""
    if not want.bare:
        if len(fitting) == 1:
            return next(iter(fitting)), ""
        return None, f"{len(fitting)} links match" if fitting else "no link matches"
    if not fitting:
        return None, "no link asks for an action"
    html = [item for item in fitting if item.seen_in("html")]
    text = [item for item in fitting if item.seen_in("text")]
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
    actions = [item for item in candidates if item.route is Route.ACTION]
    if actions:
        candidates = [item for item in candidates if item in actions or not _parting(item, part, facts)]
    chosen = _most_prominent(_without_edges(candidates, part), part)
    if chosen is None or chosen in actions:
        return chosen
    # What says nothing by its route neither outdoes an action nor is one at the very end.
    return None if actions or _parting(chosen, part, facts) else chosen


def _parting(candidate: LinkCandidate, part: str, facts: Facts) -> bool:
    """Whether it stands within the last words of the mail, as a link to leave does."""
    places = candidate.seen_in(part)
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
    first = min(place.line for place in buttons[0].seen_in(part))
    last = max(place.line for item in candidates for place in item.seen_in(part))
    edges = {0} if first > 0 else set()
    if last > first:
        edges |= {last}
    inner = [item for item in candidates if not {place.line for place in item.seen_in(part)} <= edges]
    return [item for item in candidates if item in inner or item is buttons[0]]


def _rank(candidate: LinkCandidate, part: str) -> int:
    places = candidate.seen_in(part)
    if any(place.prominence is Prominence.BUTTON for place in places):
        return _BUTTON
    alone = [place for place in places if place.prominence is Prominence.ALONE]
    if part == "html" and alone and len(places) > 1:
        return 2
    return 1 if alone else 0
