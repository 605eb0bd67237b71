"""The one right link of a mail, or a refusal that names all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inboxwright.errors import Candidate
from inboxwright.mail.body.document import Document, Prominence
from inboxwright.mail.links import choice, rules
from inboxwright.mail.links.candidates import LinkCandidate, collect
from inboxwright.mail.links.rules import Facts, Judged
from inboxwright.mail.links.wanted import WantedLink
from inboxwright.mail.policy import MatchPolicy
from inboxwright.mail.refusal import refusal
from inboxwright.mail.urls.masking import mask_text, mask_url
from inboxwright.mail.urls.tokens import Strength, of_value
from inboxwright.mail.urls.url import Url, parse
from inboxwright.mail.values import Link

_MOST = 1000
_LISTED_URL = re.compile(r"<\s*(https?://[^<>\s]{1,4000})\s*>")


@dataclass(slots=True, kw_only=True)
class Examined:
    """All links of a mail, judged for one call."""

    want: WantedLink
    judged: list[Judged]
    chosen: LinkCandidate | None
    why: str

    def link(self, *, where: str) -> Link:
        """The chosen one, or the refusal."""
        if self.chosen is not None and self.chosen.url is not None:
            return Link(url=self.chosen.url.text, text=_words(self.chosen))
        raise refusal(str(self.want), self.why, self.candidates(), self.advice(), where=where)

    def candidates(self) -> list[Candidate]:
        """What was looked at, those that would do first; of a mail with very many links the first thousand."""
        ordered = sorted(self.judged, key=lambda item: item.reason is not None)
        return [_candidate(item) for item in ordered[:_MOST]]

    def advice(self) -> list[str]:
        """Arguments that would leave exactly one link, at most three."""
        fitting = [item.candidate for item in self.judged if item.reason is None]
        possible = fitting or [item.candidate for item in self.judged if _could_be_meant(item, self.want)]
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
            item.candidate.url.origin
            for item in self.judged
            if item.candidate.url is not None and (item.reason or "").startswith(("its host", "its port"))
            and item.candidate.strength() is Strength.SECRET
        }  # fmt: skip
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
        unsubscribe_shapes=frozenset(filter(None, (rules.shape(url) for url in listed))),
        errand=errand,
        html=any(document.part == "html" and document.lines for document in documents),
        last={document.part: _last_line(document) for document in documents},
        trackers=tuple(host.lower() for host in policy.tracker_hosts),
    )
    judged = rules.judge(candidates, want, facts)
    fitting = [item.candidate for item in judged if item.reason is None]
    chosen, why = choice.choose(fitting, want, facts, foreign=_opaque(judged))
    return Examined(want=want, judged=judged, chosen=chosen, why=why)


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


def _opaque(judged: Sequence[Judged]) -> bool:
    """Whether the HTML body has a prominent link elsewhere that may be a click tracker's."""
    return any(
        (item.reason or "").startswith(("its host is not allowed", "the click tracker"))
        and item.candidate.strength() is Strength.SECRET
        and any(place.part == "html" and place.unseen is None for place in item.candidate.places)
        for item in judged
    )


def template(url: Url) -> str:
    """The path to give as `path=`: every token-like segment becomes "{token}"."""
    route = url.routes[-1]
    return "/".join("{token}" if of_value(item) is not Strength.NONE else item for item in route.split("/"))


def _could_be_meant(item: Judged, want: WantedLink) -> bool:
    url = item.candidate.url
    return url is not None and bool(item.candidate.seen) and want.allows(url) and not url.userinfo


def _words(candidate: LinkCandidate) -> str:
    """The words of its most prominent place in the HTML body, else those that introduce it."""
    places = candidate.seen or candidate.places
    named = [place for place in places if place.text and not place.shows_url and place.part == "html"]
    pool = named or [place for place in places if place.text] or places
    return max(pool, key=lambda place: place.prominence).text


def _candidate(item: Judged) -> Candidate:
    candidate = item.candidate
    value = candidate.url.text if candidate.url is not None else candidate.raw
    place = max(candidate.seen or candidate.places, key=lambda place: place.prominence)
    words = _words(candidate)
    kind = {Prominence.BUTTON: "button: ", Prominence.ALONE: "", Prominence.INLINE: ""}[place.prominence]
    excerpt = kind + mask_url(words if len(words) <= 80 else words[:79] + "…") if words else kind.rstrip(": ")
    return Candidate(
        kind="link", value=value, masked=mask_url(value), part=place.part, excerpt=excerpt, reason=item.reason
    )
