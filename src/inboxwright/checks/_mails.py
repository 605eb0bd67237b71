"""The mail itself: any mail, looked at without asking the application anything."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import Trial
from inboxwright.mail import Link, Message

_CLIPPED = 102 * 1024
"""Bytes of HTML from which Gmail shows a mail only in part ("Message clipped")."""
_LOOPBACK = ("127.", "localhost", "[::1]")


@check(source="RFC-2046-5.1.4", kind="passive")
def text_and_html_carry_the_same_link(trial: Trial[Link]) -> Answer:
    """Who reads the plain text must get the link that the HTML has."""
    mail, link = _mail(trial)
    if mail.html is None or mail.text is None:
        return CannotTell(why=f"the mail has no {'HTML' if mail.html is None else 'text'} part, so there is one link")
    if link.url in mail.text.replace("\r\n", "\n") or link.url in "".join(mail.text.split()):
        return Holds(seen="the link stands in both parts")
    return Finding(
        severity="low",
        evidence="the link of the HTML part is not in the text part",
        remedy="put the same URL into both alternatives",
    )


@check(source="RFC-5322-3.6", kind="passive")
def mail_has_an_id_and_a_date(trial: Trial[Link]) -> Answer:
    """A mail must carry Message-ID and Date, or filters take it for spam and answers lose their thread."""
    mail, _ = _mail(trial)
    head = mail.raw.partition(b"\r\n\r\n")[0].lower()
    missing = [name for name in ("Message-ID", "Date") if b"\n" + name.lower().encode() + b":" not in b"\n" + head]
    if not missing:
        return Holds(seen="both are there")
    return Finding(
        severity="low", evidence=f"the mail has no {' and no '.join(missing)}", remedy="let the mail library set them"
    )


@check(source="ASVS-12.2.1", kind="passive")
def link_is_https(trial: Trial[Link]) -> Answer:
    """Outside of this machine the link must be https."""
    _, link = _mail(trial)
    url = urlsplit(link.url)
    if url.scheme == "https":
        return Holds(seen="the link is https")
    if url.netloc.startswith(_LOOPBACK):
        return CannotTell(why=f"{url.netloc} is this machine, where http is no risk")
    return Finding(
        severity="high", evidence=f"the link to {url.netloc} is {url.scheme}", remedy="mail https links only"
    )


@check(source="ASVS-14.2.3", kind="passive")
def mail_asks_nobody_else(trial: Trial[Link]) -> Answer:
    """A security mail must not load pictures from others: they learn who read it, when and where."""
    mail, link = _mail(trial)
    own = urlsplit(link.url).hostname or ""
    pictures = LexborHTMLParser(mail.html or "").css("img[src]")
    hosts = {urlsplit(image.attributes.get("src") or "").hostname for image in pictures} - {None, own}
    foreign = sorted(host for host in hosts if host and not _related(host, own))
    if not foreign:
        return Holds(seen=f"{len(pictures)} pictures, none of another host")
    return Finding(
        severity="low",
        evidence=f"the mail loads pictures from {', '.join(foreign)}",
        remedy="send no tracking pixel with security mail; serve pictures from the product's own domain",
    )


@check(source="WCAG-1.1.1", kind="passive")
def mail_can_be_read_aloud(trial: Trial[Link]) -> Answer:
    """Pictures must have alternative texts, and the HTML must say its language (WCAG 1.1.1, 3.1.1)."""
    mail, _ = _mail(trial)
    if mail.html is None:
        return CannotTell(why="the mail has no HTML part")
    page = LexborHTMLParser(mail.html)
    silent = [image for image in page.css("img") if "alt" not in image.attributes]
    speaks = any(node.attributes.get("lang") for node in page.css("[lang]"))
    wrong = [f"{len(silent)} pictures without alternative text"] if silent else []
    wrong += [] if speaks else ["no lang attribute"]
    if not wrong:
        return Holds(seen="every picture has an alternative text, and the language is declared")
    return Finding(
        severity="low",
        evidence=f"the HTML part has {' and '.join(wrong)}",
        remedy='give each picture an alt (alt="" where it says nothing), and the html element a lang',
    )


@check(source="Gmail-102-kB", kind="passive")
def mail_is_not_clipped(trial: Trial[Link]) -> Answer:
    """The HTML must stay under the 102 kB from which Gmail shows a mail only in part."""
    mail, _ = _mail(trial)
    size = len((mail.html or "").encode())
    if size < _CLIPPED:
        return Holds(seen=f"{size / 1024:.0f} kB of HTML")
    return Finding(
        severity="low", evidence=f"{size / 1024:.0f} kB of HTML", remedy="keep the HTML under 102 kB; link to pictures"
    )


def _mail(trial: Trial[Link]) -> tuple[Message, Link]:
    user, link = trial.requested()
    return user.inbox.messages()[-1], link


def _related(host: str, own: str) -> bool:
    """Whether two hosts are of one domain, as far as that shows without a list of public suffixes."""
    return host.endswith(f".{own}") or own.endswith(f".{host}") or host.split(".")[-2:] == own.split(".")[-2:]
