"""Every link of a mail, each once, with all that is known about where and how it stands."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from inboxwright.mail.body.document import Anchor, Document, Prominence
from inboxwright.mail.body.text import URL, trimmed
from inboxwright.mail.urls.routes import Route, of_url
from inboxwright.mail.urls.tokens import Strength, strength
from inboxwright.mail.urls.url import Url, parse
from inboxwright.mail.urls.wrappers import unwrap

_HOST_IN_WORDS = re.compile(
    r"(?:https?://)?(?:[a-z0-9\-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{2,5})?(?=[/?#]|$)", re.IGNORECASE
)
_TRACKED = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkCandidate:
    """One target, and all places where it stands."""

    raw: str
    """As in the mail."""
    url: Url | None
    """Where it leads, as far as that is known offline; None when it is no web address."""
    places: tuple[Anchor, ...]
    seen: tuple[Anchor, ...]
    """The places where a person can see and would follow it."""
    suspect: str | None
    """Why what it says and where it leads are at odds, or None."""
    strength: Strength
    """How much it looks as if it carried a token."""
    route: Route
    """What the words of its route say."""

    def seen_in(self, part: str) -> list[Anchor]:
        """The places in one body."""
        return [place for place in self.seen if place.part == part]


Resolve = Callable[[Url], Url | None]


def collect(documents: Collection[Document], resolve: Resolve | None = None) -> list[LinkCandidate]:
    """All candidates in the order in which they stand, the HTML body's first."""
    found: dict[str, tuple[Url | None, list[Anchor]]] = {}
    known: dict[str, tuple[str, Url | None]] = {}  # buttons, fallbacks and logos repeat a few addresses

    def target(text: str) -> tuple[str, Url | None]:
        if text not in known:
            url = parse(text)
            url = None if url is None else unwrap(url)
            url = (resolve(url) if resolve is not None and url is not None else None) or url
            known[text] = (text.strip() if url is None else url.key, url)
        return known[text]

    for document in sorted(documents, key=lambda item: item.part):  # "html" before "text"
        bare = _bare(document, target) if document.part == "html" else []
        for anchor in (*document.anchors, *bare):
            key, url = target(anchor.url)
            found.setdefault(key, (url, []))[1].append(anchor)
    return [_candidate(url, anchors) for url, anchors in found.values()]


def _candidate(url: Url | None, anchors: Collection[Anchor]) -> LinkCandidate:
    places = tuple(
        replace(item, shows_url=True) if not item.shows_url and _shows(item.text, url) else item for item in anchors
    )
    return LinkCandidate(
        raw=places[0].url, url=url, places=places,
        seen=tuple(item for item in places if item.unseen is None),
        suspect=next(filter(None, (_deceives(item, url) for item in anchors)), None),
        strength=Strength.NONE if url is None else strength(url),
        route=Route.OTHER if url is None else of_url(url),
    )  # fmt: skip


def _bare(document: Document, target: Callable[[str], tuple[str, Url | None]]) -> list[Anchor]:
    """URLs among the words of an HTML body: clients make them clickable, and a tracker's link may show its target."""
    found: list[Anchor] = []
    if not any("://" in line.text for line in document.lines):
        return []
    targets = (target(text)[1] for text in {item.url for item in document.anchors})
    hosts = Counter(where.host for where in targets if where is not None)
    for index, line in enumerate(document.lines):
        if "://" not in line.text:
            continue
        for match in URL.finditer(line.text):
            url = trimmed(match[0])
            end = match.start() + len(url)
            inside = next((item for item in line.anchors if item[0] <= match.start() and end <= item[1]), None)
            if inside is not None:
                around, shown = target(document.anchors[inside[2]].url)[1], parse(url)
                # A tracker stands around all links of a mail; around one only it leads somewhere else than it says.
                if (
                    around is not None
                    and shown is not None
                    and (around.host == shown.host or hosts[around.host] < _TRACKED)
                ):
                    continue
            alone = not line.text[: match.start()].strip() and not line.text[end:].strip()
            found.append(
                Anchor(
                    part="html", url=url, line=index, text=url, quoted=line.quoted, footer=line.footer, shows_url=True,
                    prominence=Prominence.ALONE if alone else Prominence.INLINE,
                )
            )  # fmt: skip
    return found


def _shows(text: str, url: Url | None) -> bool:
    """Whether the words are the URL itself."""
    if url is None or "://" not in text:
        return False
    shown = parse(trimmed(text.strip()))
    return shown is not None and shown.key == url.key


def _deceives(anchor: Anchor, url: Url | None) -> str | None:
    """A link whose words are a web address of another host leads somewhere else than it says."""
    if url is None or anchor.shows_url:
        return None
    words = anchor.text.strip()
    if " " in words or not _HOST_IN_WORDS.match(words) or "@" in words:
        return None
    shown = parse(words if "://" in words else f"{url.scheme}://{words}")
    if shown is None or shown.host == url.host:
        return _other_target(shown, url) if "://" in words else None
    if url.host.endswith("." + shown.host.removeprefix("www.")) or shown.host.removeprefix(
        "www."
    ) == url.host.removeprefix("www."):
        return None
    return f"its words name another host, {shown.host}"


def _other_target(shown: Url | None, url: Url) -> str | None:
    if shown is None or shown.key == url.key or shown.path in {"", "/"} or shown.text.endswith("..."):
        return None
    # Shortened for the eye: the beginning of the target.
    if url.key.startswith(shown.key.rstrip("#?")[:-1]):
        return None
    return "its words show another address than it leads to"
