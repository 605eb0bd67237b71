"""What a received mail contributes to the known values: its links, their tokens, and its code."""

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from inboxwright.mail import MatchPolicy, Message
from inboxwright.mail.urls.tokens import mask_text
from inboxwright.record.markers import Known

_URL = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_JOINERS = str.maketrans("", "", " -\u00a0\u200b\u2010\u2011")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMail:
    """One mail of the recording; `inbox` counts from 0, the user's own."""

    raw: bytes = field(repr=False)
    recipient: str
    inbox: int = 0

    def parsed(self, policy: MatchPolicy) -> Message:
        """The message, under the project's policy."""
        return Message.parse(self.raw, recipient=self.recipient, policy=policy)

    def dumped(self) -> str:
        """The raw bytes as JSON can hold them."""
        return base64.b64encode(self.raw).decode("ascii")


def urls(message: Message) -> list[str]:
    """Every URL in the mail's text and HTML, in order, each once."""
    html = message.html.replace("&amp;", "&")
    found = [match.rstrip(".,;:!?)]}*") for match in _URL.findall(f"{message.text}\n{html}")]
    return list(dict.fromkeys(found))


def route_of(url: str) -> tuple[str, bool]:
    """The path that tells a screen, with a route in the fragment ("/#/join"), and whether more followed it."""
    parts = urlsplit(url)
    path, fragment, more = parts.path or "/", parts.fragment, bool(parts.query)
    if re.match(r"!?/", fragment):
        fragment, _, rest = fragment.partition("?")
        return f"{path}#{fragment}", more or bool(rest)
    return path, more or bool(fragment)


def same_url(one: str, other: str) -> bool:
    """Whether both lead to one place: the fragment is not sent, an empty path is the root."""
    return _comparable(one) == _comparable(other)


def _comparable(url: str) -> tuple[str, str, str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower(), unquote(parts.path) or "/", unquote(parts.query)


def tokens(url: str) -> list[str]:
    """The parts of a URL that look like a secret: path segments, query values and the fragment."""
    parts = urlsplit(url)
    candidates = [*parts.path.split("/"), *re.split(r"[&=]", parts.query), parts.fragment]
    return [part for part in candidates if len(part) >= 6 and mask_text(part) != part]


def known_in(number: int, message: Message) -> list[Known]:
    """The mail's links and tokens by name; tokens that are written percent-encoded count in both spellings."""
    known: list[Known] = []
    count = 0
    for index, url in enumerate(urls(message), 1):
        secret = tokens(url)
        if secret:
            known.append(Known(name=f"mail{number}.link{index}", value=url))
        for token in secret:
            for spelling in dict.fromkeys((token, unquote(token))):
                count += 1
                known.append(Known(name=f"mail{number}.token{count}", value=spelling))
    return known


def plain(code: str) -> str:
    """A code without what people put between its characters."""
    return code.translate(_JOINERS).casefold()


def looks_like_code(typed: str) -> bool:
    """4 to 10 letters and digits, once separators are taken off, that are not plainly a word."""
    code = plain(typed)
    return 4 <= len(code) <= 10 and code.isalnum() and (any(char.isdigit() for char in code) or typed.isupper())


def holds_code(message: Message, typed: str) -> bool:
    """Whether the mail shows this code, with whatever separators."""
    wanted = plain(typed)
    pattern = re.compile(
        r"(?<![^\W_])" + r"[\s\-\u00a0\u200b]*".join(map(re.escape, wanted)) + r"(?![^\W_])", re.IGNORECASE
    )
    text = re.sub(r"<[^>]*>", " ", message.html)
    return any(pattern.search(part) for part in (message.subject, message.text, text))
