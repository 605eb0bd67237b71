"""What a mail is made of, as values."""

from dataclasses import dataclass, field

from inboxwright.mail.urls.masking import mask_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link, ready to be opened. Its token is masked in reprs and logs."""

    url: str
    """The application's own URL: entities decoded, known wrappers and click trackers taken off."""
    text: str = ""
    """The words that carried it, white space folded; the URL itself where it stood bare."""

    def __str__(self) -> str:
        return self.url

    def __repr__(self) -> str:
        return f"Link(url={mask_url(self.url)!r}, text={mask_url(self.text)!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached file, decoded."""

    name: str
    """The file name as declared, directories taken off; empty when it has none."""
    content_type: str
    """Lower case, without parameters (RFC 2045 section 5.1)."""
    content: bytes = field(repr=False)
    content_id: str | None = None
    """Without its angle brackets (RFC 2392)."""
    inline: bool = False
    """Shown within the body, an image for instance (RFC 2183)."""
