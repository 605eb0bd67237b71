"""The rules that reject a link, each by a reason that a person can read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from inboxwright.mail.body.document import Prominence
from inboxwright.mail.links.candidates import LinkCandidate
from inboxwright.mail.links.wanted import WantedLink
from inboxwright.mail.urls.routes import Route
from inboxwright.mail.urls.tokens import Strength
from inboxwright.mail.urls.url import Url
from inboxwright.mail.words import topics

TOKENLESS = "nothing in it looks like a token"
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


Rule = Callable[[LinkCandidate, WantedLink, Facts], str | None]
"""Why it rejects a link, in words that a person can read, or None."""
Reasons = dict[LinkCandidate, str]


def judge(candidates: Sequence[LinkCandidate], want: WantedLink, facts: Facts) -> Reasons:
    """Why each link is rejected. Links without a reason are left to choose from."""
    reasons = _by(ALWAYS, candidates, want, facts)
    if want.text is not None:
        reasons |= _other_words(_left(candidates, reasons), want)
    if want.bare:
        reasons |= _by(BARE, _left(candidates, reasons), want, facts)
        reasons |= _too_many(_left(candidates, reasons))
        reasons |= _asides(_left(candidates, reasons), [item for item, why in reasons.items() if why == TOKENLESS])
    return reasons


def _by(rules: Sequence[Rule], candidates: Sequence[LinkCandidate], want: WantedLink, facts: Facts) -> Reasons:
    """What the first rule says that rejects it."""
    found = ((item, next(filter(None, (rule(item, want, facts) for rule in rules)), None)) for item in candidates)
    return {item: why for item, why in found if why is not None}


def _left(candidates: Sequence[LinkCandidate], reasons: Reasons) -> list[LinkCandidate]:
    return [item for item in candidates if item not in reasons]


# Rules that no argument switches off, and the caller's own.


def _no_web_address(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return "it is no http or https address" if candidate.url is None else None


def _nobody_sees_it(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return None if candidate.seen else candidate.places[0].unseen


def _a_user_name(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    url = candidate.url
    return f"a user name stands before its host, {url.host}" if url is not None and url.userinfo else None


def _a_foreign_host(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    url = candidate.url
    if url is None or want.allows(url):
        return None
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


def _hidden_by_the_html(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    """A person reads the HTML: what it hides does not count for standing in the text body."""
    hidden = [place.unseen for place in candidate.places if place.part == "html"]
    return f"the HTML body has it {hidden[0]}" if hidden and all(hidden) else None


def _deceiving(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return candidate.suspect


def _another_path(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return None if candidate.url is not None and want.fits_path(candidate.url) else "its path is another"


ALWAYS: tuple[Rule, ...] = (
    _no_web_address,
    _nobody_sees_it,
    _a_user_name,
    _a_foreign_host,
    _hidden_by_the_html,
    _deceiving,
    _another_path,
)


def _other_words(left: Sequence[LinkCandidate], want: WantedLink) -> Reasons:
    """Exactly the wanted words if any link has them, else containing them; in the HTML, else in a text body.

    The words of a link are in the HTML; in a text body they are only what introduces it.
    """
    for part in ("html", "text"):
        for exactly in (True, False):
            chosen = {item for item in left if _says(item, want, part, exactly=exactly)}
            if chosen:
                return {item: "its words are others" for item in left if item not in chosen}
    return dict.fromkeys(left, "its words are others")


def _says(candidate: LinkCandidate, want: WantedLink, part: str, *, exactly: bool) -> bool:
    return any(want.fits_text(place.text, exactly=exactly) for place in candidate.seen_in(part))


# Rules for a call without path and text: only a link made for this person and this moment is left.


def _unsubscribing(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    url = candidate.url
    if url is not None and (url.key in facts.unsubscribe or shape(url) in facts.unsubscribe_shapes):
        return "it unsubscribes (List-Unsubscribe)"
    return None


def _undoing(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return f"its route {candidate.route.value}" if candidate.route is Route.AGAINST else None


def _a_logo(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    url = candidate.url
    home = url is not None and url.path in {"", "/"} and not url.fragment.startswith(("/", "!/"))
    pictures = all(place.picture and place.prominence is not Prominence.BUTTON for place in candidate.seen)
    return "it is a picture that leads home" if home and pictures else None


def _leading_away(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    leaving = [topics.leads_away(place.text) for place in candidate.seen]
    if all(leaving):
        return f"its words lead away, to leave, to read elsewhere or to disown: {leaving[0]}"
    return None


def _without_a_token(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return TOKENLESS if candidate.strength is Strength.NONE else None


def _showing_a_thing(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return f"its route {candidate.route.value}" if candidate.route is Route.THING else None


def _in_the_footer(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return "it stands in the footer" if all(place.footer for place in candidate.seen) else None


def _in_a_mail_about_something_else(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    return None if candidate.route is Route.ACTION else facts.errand


def _the_number_of_a_thing(candidate: LinkCandidate, want: WantedLink, facts: Facts) -> str | None:
    if candidate.route is Route.ACTION or candidate.strength is Strength.SECRET:
        return None
    if candidate.strength is Strength.ID and _offered_twice(candidate):
        return None
    return "what it carries may be the number of a thing, not a token"


BARE: tuple[Rule, ...] = (
    _unsubscribing,
    _undoing,
    _a_logo,
    _leading_away,
    _without_a_token,
    _showing_a_thing,
    _in_the_footer,
    _in_a_mail_about_something_else,
    _the_number_of_a_thing,
)


def _offered_twice(candidate: LinkCandidate) -> bool:
    """A button, and its URL once more to be copied: senders do that for what must work."""
    return any(place.shows_url for place in candidate.seen) and any(
        place.prominence is Prominence.BUTTON for place in candidate.seen
    )


def _too_many(left: Sequence[LinkCandidate]) -> Reasons:
    return dict.fromkeys(left[_MOST:], "there are too many like it")


def _asides(left: Sequence[LinkCandidate], tokenless: Sequence[LinkCandidate]) -> Reasons:
    """What the mail asks to do is its first button; a link within the words after it is an aside."""
    buttons = [
        place.line
        for item in tokenless
        for place in item.seen_in("html")
        if place.prominence is Prominence.BUTTON and place.text
    ]
    if not buttons:
        return {}
    first = min(buttons)
    return {item: "it stands within the words after a button" for item in left if _within_words_after(first, item)}


def _within_words_after(line: int, candidate: LinkCandidate) -> bool:
    html = candidate.seen_in("html")
    inline = all(place.prominence is Prominence.INLINE and place.line > line for place in html)
    return bool(html) and inline and not any(place.shows_url for place in html)


def shape(url: Url) -> str:
    """Host and the route with everything token-like left out: the same for two links of one kind."""
    words = [segment for segment in url.path.split("/") if segment and segment.isalpha() and len(segment) < 20]
    return f"{url.origin}/{'/'.join(words)}" if words else ""
