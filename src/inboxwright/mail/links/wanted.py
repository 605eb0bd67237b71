"""What a caller asks of a link: hosts, path and words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from inboxwright.mail.body.characters import folded
from inboxwright.mail.urls.url import Url, allowed, origin_of

Pattern = str | re.Pattern[str]

_PLACEHOLDER = re.compile(r"\{[^{}/]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLink:
    """One call of `Message.link`."""

    origins: tuple[str, ...] | None = None
    path: Pattern | None = None
    text: Pattern | None = None

    @property
    def bare(self) -> bool:
        """Whether the structure of the mail alone must decide."""
        return self.path is None and self.text is None

    def allows(self, url: Url) -> bool:
        """Whether the URL's host is one of the allowed."""
        return self.origins is None or allowed(url, self.origins)

    def fits_path(self, url: Url) -> bool:
        """Whether the path, or the path in the fragment of a single-page application, is the wanted one."""
        if self.path is None:
            return True
        if not isinstance(self.path, str):
            return any(self.path.search(route) for route in url.routes)
        template = _template(self.path)
        return any(template.fullmatch(route) for route in url.routes)

    def fits_text(self, words: str, *, exactly: bool) -> bool:
        """Whether the link's words are, or without `exactly` contain, the wanted ones; case and space are folded."""
        if self.text is None:
            return True
        if not isinstance(self.text, str):
            return bool(self.text.search(words))
        mine, theirs = folded(self.text), folded(words)
        return mine == theirs if exactly else bool(mine) and mine in theirs

    def __str__(self) -> str:
        said = []
        if self.origins is not None:
            said.append(f"hosts={' or '.join(self.origins) or 'none'}")
        said += [
            f"{name}={shown(value)}" for name, value in (("path", self.path), ("text", self.text)) if value is not None
        ]
        return f"link({', '.join(said)})"


def wanted(
    hosts: str | Iterable[str] | None, allowed_hosts: tuple[str, ...] | None, path: Pattern | None, text: Pattern | None
) -> WantedLink:
    """Read the arguments of `Message.link`."""
    if isinstance(hosts, str):
        hosts = (hosts,)
    chosen = allowed_hosts if hosts is None else tuple(hosts)
    origins = None if chosen is None else tuple(origin_of(host) for host in chosen)
    return WantedLink(origins=origins, path=path, text=text)


def shown(value: Pattern) -> str:
    """An argument as it is written in code."""
    return repr(value) if isinstance(value, str) else f"re.compile({value.pattern!r})"


@lru_cache(maxsize=256)
def _template(path: str) -> re.Pattern[str]:
    """An exact path, each {name} standing for one segment; a trailing slash makes no difference."""
    pieces = [re.escape(piece) for piece in _PLACEHOLDER.split(path)]
    pattern = "[^/]+".join(pieces)
    return re.compile(pattern if path in {"", "/"} else pattern.removesuffix("/") + "/?")
