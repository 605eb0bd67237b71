"""The weakest arguments with which a recorded mail still gives its one right link or code."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from inboxwright.errors import MatchError
from inboxwright.mail import Message
from inboxwright.record.generate.words import quote
from inboxwright.record.mails import plain, same_url, tokens


def link_arguments(message: Message, url: str) -> str | None:
    """Bare, then by path, then by the words of the link; None if nothing gives this link."""
    for arguments in _link_candidates(message, url):
        try:
            found = message.link(**arguments)
        except MatchError:
            continue
        if same_url(found.url, url):
            return _written(arguments)
    return None


def _link_candidates(message: Message, url: str) -> Iterator[dict[str, str]]:
    path = template(url)
    yield {}
    yield {"path": path}
    for text in _words(message, url):
        yield {"text": text}
        yield {"path": path, "text": text}


def template(url: str) -> str:
    """The URL's path with its secret and numbered segments as `{names}`."""
    secret = set(tokens(url))
    count = 0
    segments = []
    for segment in urlsplit(url).path.split("/"):
        if segment in secret or segment.isdigit():
            count += 1
            name = "token" if segment in secret else "id"
            segments.append("{" + (name if count == 1 else f"{name}{count}") + "}")
        else:
            segments.append(segment)
    return "/".join(segments) or "/"


def _words(message: Message, url: str) -> Iterator[str]:
    anchors = re.finditer(
        r"<a\b[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^>]*>(.*?)</a>", message.html, re.IGNORECASE | re.DOTALL
    )
    for anchor in anchors:
        if same_url(anchor.group(1).replace("&amp;", "&"), url):
            text = " ".join(re.sub(r"<[^>]*>", " ", anchor.group(2)).split())
            if text and "://" not in text:
                yield text


def code_arguments(message: Message, code: str) -> str | None:
    """Bare, then by length, alphabet and label; None if nothing gives this code."""
    alphabet = "digits" if plain(code).isdigit() else "alnum"
    length = len(plain(code))
    attempts: list[dict[str, str | int]] = [{}, {"length": length}, {"length": length, "alphabet": alphabet}]
    attempts += [{"label": label} for label in _labels(message, code)]
    for arguments in attempts:
        try:
            found = message.code(**arguments)  # type: ignore[arg-type]  # the keys decide the types
        except MatchError:
            continue
        if plain(found) == plain(code):
            return _written(arguments)
    return None


def _labels(message: Message, code: str) -> Iterator[str]:
    pattern = re.compile(r"([^\W\d_][^\n:]{2,40}?)\s*:?\s*" + re.escape(code))
    for part in (message.text, re.sub(r"<[^>]*>", "\n", message.html), message.subject):
        if match := pattern.search(part):
            yield " ".join(match.group(1).split())


def _written(arguments: dict[str, str] | dict[str, str | int]) -> str:
    return ", ".join(f"{name}={quote(value) if isinstance(value, str) else value}" for name, value in arguments.items())
