"""What people use today to take a link or a code out of a mail, for comparison."""

import importlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from inboxwright.mail import Message

Finder = Callable[[Message, str, str], str | None]

_URL = re.compile(r"https?://[^\s<>\"']+")
_SIX = re.compile(r"\b\d{6}\b")
_WORDS = re.compile(
    r"verif|confirm|activat|reset|sign|log ?in|accept|join|magic|continue|complete|password", re.IGNORECASE
)
_AFTER_WORD = re.compile(r"(?:code|otp|pin|password)\W{0,40}?(?:is\W{0,4})?(\d{4,8})\b", re.IGNORECASE)
_TARGET = Path(".cache") / "bench-extraction"


def _bodies(message: Message) -> tuple[str, str]:
    parsed = message_from_bytes(message.raw, policy=policy.default)
    found = []
    for kind in ("plain", "html"):
        part = parsed.get_body(preferencelist=(kind,))
        found.append(part.get_content() if part is not None else "")
    return found[0], found[1]


def _anchors(html: str) -> list[tuple[str, str]]:
    return (
        [(node.attributes.get("href") or "", node.text()) for node in LexborHTMLParser(html).css("a[href]")]
        if html
        else []
    )


def first(message: Message, host: str, kind: str) -> str | None:
    """The first URL, or the first six digits, of the text body, else of the HTML source."""
    del host
    text, html = _bodies(message)
    found = (_URL if kind == "link" else _SIX).search(text or html)
    return found[0] if found else None


def first_anchor(message: Message, host: str, kind: str) -> str | None:
    """The first link of the HTML as hosted services list them; the first six digits of the text."""
    del host
    text, html = _bodies(message)
    if kind == "link":
        urls = [url for url, _ in _anchors(html) if url.startswith("http")] or _URL.findall(text)
        return urls[0] if urls else None
    found = _SIX.search(text)
    return found[0] if found else None


def english(message: Message, host: str, kind: str) -> str | None:
    """The first link whose words are an English call to action; digits that follow an English word for code."""
    del host
    text, html = _bodies(message)
    if kind == "link":
        return next((url for url, words in _anchors(html) if _WORDS.search(words)), None) or (
            next(iter(_URL.findall(text)), None) if not html else None
        )
    shown = text or LexborHTMLParser(html).text(separator=" ")
    found = _AFTER_WORD.search(shown)
    return found[1] if found else None


def on_host(message: Message, host: str, kind: str) -> str | None:
    """The only link of the host that looks like a token; a number alone on its line or after a colon, if unique."""
    text, html = _bodies(message)
    if kind == "link":
        urls = {url for url, _ in _anchors(html)} or set(_URL.findall(text))
        fits = {
            url for url in urls if f"//{host}/" in url and re.search(r"[\w\-.]{20,}", url.partition(f"//{host}/")[2])
        }
        return fits.pop() if len(fits) == 1 else None
    shown = text or LexborHTMLParser(html).text(separator="\n")
    found = re.findall(
        r"^[ \t]*([A-Z0-9]{4,8}|[A-Z0-9]{3,4}[- ][A-Z0-9]{3,4})[ \t]*\r?$|: ?(\d{4,8})\b", shown, re.MULTILINE
    )
    codes = {alone or labelled for alone, labelled in found if any(char.isdigit() for char in alone or labelled)}
    return codes.pop() if len(codes) == 1 else None


METHODS: dict[str, Finder] = {
    "first URL / six digits of the text": first,
    "first link / six digits, as hosted APIs": first_anchor,
    "English words": english,
    "host, token-like, unique / own line or label": on_host,
}


def pytest_mailpit() -> Finder | None:
    """The extractor of pytest-mailpit, installed for this benchmark only; None when that fails."""
    if not (_TARGET / "pytest_mailpit").is_dir():
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(_TARGET),
            "pytest-mailpit",
        ]
        if subprocess.run(command, check=False, timeout=300).returncode:
            return None
    sys.path.append(str(_TARGET))
    try:
        extract = importlib.import_module("pytest_mailpit.extract")
    except ImportError:
        # Its package imports an HTTP client that is not needed here.
        sys.modules.pop("pytest_mailpit", None)
        spec = importlib.util.spec_from_file_location("mailpit_extract", _TARGET / "pytest_mailpit" / "extract.py")
        if spec is None or spec.loader is None:
            return None
        extract = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = extract
        spec.loader.exec_module(extract)

    def find(message: Message, host: str, kind: str) -> str | None:
        if kind == "link":
            links = extract.filter_links(extract.find_links(message.text, message.html), contains=f"//{host}/")
            return str(links[0].url) if len(links) == 1 else None
        codes = extract.find_codes(message.text, message.html)
        return str(codes[0]) if len(codes) == 1 else None

    return find
