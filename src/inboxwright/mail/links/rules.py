"""The rules that reject a link, each by a reason that a person can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inboxwright.mail import leaving
from inboxwright.mail.body.document import Prominence
from inboxwright.mail.links.candidates import LinkCandidate
from inboxwright.mail.links.wanted import WantedLink
from inboxwright.mail.urls.routes import Route
from inboxwright.mail.urls.tokens import Strength
from inboxwright.mail.urls.url import Url

_MOST = 100  # links that ask for an action; from two on it is ambiguous anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What holds for the whole mail."""

    unsubscribe: frozenset[str] = frozenset()
    """Keys of the URLs in List-Unsubscribe and its kin (RFC 2369, 8058)."""
    unsubscribe_shapes: frozenset[str] = frozenset()
    errand: str | None = None
    """What the mail is about instead of an action: a purchase, an offer, a meeting; None otherwise."""
    html: bool = False
    """It has an HTML body with something to see."""
    trackers: tuple[str, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)
    """By part, the last line, footer included."""


@dataclass(slots=True, kw_only=True)
class Judged:
    """A candidate and the rule that rejected it, if any."""

    candidate: LinkCandidate
    reason: str | None = None


def judge(candidates: Sequence[LinkCandidate], want: WantedLink, facts: Facts) -> list[Judged]:
    """Apply every rule that looks at one link."""
    judged = [Judged(candidate=item, reason=_never(item, want, facts)) for item in candidates]
    _narrow(judged, want)
    if want.bare:
        fitting = 0
        for item in judged:
            if item.reason is None:
                item.reason = _no_action(item.candidate, facts) if fitting < _MOST else "there are too many like it"
                fitting += item.reason is None
        _after_a_button(judged)
    return judged


def _never(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    """Rules that no argument switches off."""
    url = candidate.url
    if url is None:
        return "it is no http or https address"
    if not candidate.seen:
        return candidate.places[0].unseen
    if url.userinfo:
        return f"a user name stands before its host, {url.host}"
    if not want.allows(url):
        return _foreign(url, want, facts)
    # A person reads the HTML: what it hides does not count for standing in the text body.
    hidden = [place.unseen for place in candidate.places if place.part == "html"]
    if hidden and all(hidden):
        return f"the HTML body has it {hidden[0]}"
    return candidate.suspect


def _foreign(url: Url, want: WantedLink, facts: Facts) -> str:
    if "xn--" in url.host or not url.host.isascii():
        return f"its host is not allowed: {url.host}, an internationalised look-alike"
    for origin in want.origins or ():
        host = origin.partition(":")[0]
        if url.host == host:
            return f"its port is not allowed: {url.origin} (allowed: {origin})"
        if host in url.host or url.host.replace("-", ".").endswith(host):
            return f"its host is not allowed: {url.host}, which only resembles {host}"
    if url.host in facts.trackers:
        return f"the click tracker {url.host} told no address"
    return f"its host is not allowed: {url.origin}"


def _narrow(judged: list[Judged], want: WantedLink) -> None:
    """Path, then words: exactly the wanted ones if any link has them, else containing them."""
    left = [item for item in judged if item.reason is None]
    for item in left:
        if item.candidate.url is None or not want.fits_path(item.candidate.url):
            item.reason = "its path is another"
    left = [item for item in left if item.reason is None]
    if want.text is None:
        return
    # The words of a link are in the HTML; in a text body they are only what introduces it.
    for part in ("html", "text"):
        for exactly in (True, False):
            chosen = {id(item) for item in left if _says(item.candidate, want, part, exactly=exactly)}
            if chosen:
                for item in left:
                    if id(item) not in chosen:
                        item.reason = "its words are others"
                return
    for item in left:
        item.reason = "its words are others"


def _says(candidate: LinkCandidate, want: WantedLink, part: str, *, exactly: bool) -> bool:
    return any(place.part == part and want.fits_text(place.text, exactly=exactly) for place in candidate.seen)


def _no_action(candidate: LinkCandidate, facts: Facts) -> str | None:
    """Rules for a call without path and text: only a link made for this person and this moment is left."""
    url = candidate.url
    if url is None:
        return "it is no http or https address"
    route = candidate.route()
    if url.key in facts.unsubscribe or shape(url) in facts.unsubscribe_shapes:
        return "it unsubscribes (List-Unsubscribe)"
    if route is Route.AGAINST:
        return f"its route {route.value}"
    if url.path in {"", "/"} and not url.fragment.startswith(("/", "!/")) and _pictures(candidate):
        return "it is a picture that leads home"
    if all(leaving.leads_away(place.text) for place in candidate.seen):
        return "its words lead away: to leave, to read elsewhere, to disown"
    strength = candidate.strength()
    if strength is Strength.NONE:
        return "nothing in it looks like a token"
    if route is Route.THING:
        return f"its route {route.value}"
    if all(place.footer for place in candidate.seen):
        return "it stands in the footer"
    if route is Route.ACTION:
        return None
    if facts.errand is not None:
        return facts.errand
    if strength is not Strength.SECRET and not (strength is Strength.ID and _offered_twice(candidate)):
        return "what it carries may be the number of a thing, not a token"
    return None


def _pictures(candidate: LinkCandidate) -> bool:
    """Whether it is nothing but pictures, and no button."""
    return all(place.picture and place.prominence is not Prominence.BUTTON for place in candidate.seen)


def _offered_twice(candidate: LinkCandidate) -> bool:
    """A button, and its URL once more to be copied: senders do that for what must work."""
    return any(place.shows_url for place in candidate.seen) and any(
        place.prominence is Prominence.BUTTON for place in candidate.seen
    )


def _after_a_button(judged: list[Judged]) -> None:
    """What the mail asks to do is its first button; a link within the words after it is an aside."""
    buttons = [
        place.line
        for item in judged
        if item.reason == "nothing in it looks like a token"
        for place in item.candidate.seen
        if place.part == "html" and place.prominence is Prominence.BUTTON and place.text
    ]
    if not buttons:
        return
    for item in judged:
        html = [place for place in item.candidate.seen if place.part == "html"]
        if item.reason is None and html and not any(place.shows_url for place in html):
            inline = all(place.prominence is Prominence.INLINE for place in html)
            if inline and all(place.line > min(buttons) for place in html):
                item.reason = "it stands within the words after a button"


def shape(url: Url) -> str:
    """Host and the route with everything token-like left out: the same for two links of one kind."""
    words = [segment for segment in url.path.split("/") if segment and segment.isalpha() and len(segment) < 20]
    return f"{url.origin}/{'/'.join(words)}" if words else ""
