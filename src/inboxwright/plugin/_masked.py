"""Files without their secrets, as all artifacts are uploaded: saved mails, and the logs of the application."""

import email
import logging
from collections.abc import Callable, Collection
from email import encoders, policy
from email.header import Header
from email.message import Message as Part
from pathlib import Path

import pytest

from inboxwright.config import spellings
from inboxwright.errors import MatchError
from inboxwright.mail import Message
from inboxwright.plugin._learning import without_tokens
from inboxwright.plugin._secrets import Secrets

_log = logging.getLogger("inboxwright")


def save(message: Message, path: Path, secrets: Secrets | None) -> Message:
    """Write the mail as .eml and return what was written; with `secrets` None it is the bytes as received."""
    saved = message if secrets is None else _answering_alike(message, secrets)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved.raw)
    return saved


def _answering_alike(message: Message, secrets: Secrets) -> Message:
    """The disguised mail, of which link() and code() say what they said of the mail: else less is disguised.

    What certainly works is disguised whatever is said then.
    """
    whole = _with(message, disguised(message.raw, secrets))
    if _answers(whole) == [secrets.disguise(answer) for answer in _answers(message)]:
        return whole
    return _with(message, disguised(message.raw, secrets.certain()))


def _with(message: Message, raw: bytes) -> Message:
    return Message.parse(raw, recipient=message.recipient, received_at=message.received_at, policy=message.policy)


def _answers(message: Message) -> list[str]:
    return [_answer(lambda: message.link().url), _answer(message.code)]


def _answer(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except MatchError as refusal:
        return f"{type(refusal).__name__}: {len(refusal.candidates)} candidates"


def disguised(raw: bytes, secrets: Secrets) -> bytes:
    """The mail with the same structure; only parts that hold a secret are encoded anew."""
    parsed = email.message_from_bytes(raw, policy=policy.compat32)
    changed = False
    for part in parsed.walk():
        changed |= _disguise_fields(part, secrets)
        if part.get_content_maintype() == "text" and not part.is_multipart():
            changed |= _disguise_body(part, secrets)
    return parsed.as_bytes() if changed else raw


def _disguise_fields(part: Part, secrets: Secrets) -> bool:
    changed = False
    for name, value in list(part.items()):
        text = Message.parse(f"{name}: {value}\n\n".encode(errors="replace")).header(name)
        hidden = secrets.disguise(text)
        if hidden != text:
            part.replace_header(name, Header(hidden, "utf-8").encode() if not hidden.isascii() else hidden)
            changed = True
    return changed


def _disguise_body(part: Part, secrets: Secrets) -> bool:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return False
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset, errors="surrogateescape")
        hidden = secrets.disguise(text)
        if hidden == text:
            return False
        encoded = hidden.encode(charset, errors="surrogateescape")
    except (LookupError, UnicodeError):  # an unknown charset: the bytes that matter are ASCII
        hidden = secrets.disguise(payload.decode("latin-1"))
        if hidden == payload.decode("latin-1"):
            return False
        encoded = hidden.encode("latin-1")
    encoding = str(part.get("Content-Transfer-Encoding", "")).lower()
    del part["Content-Transfer-Encoding"]
    part.set_payload(encoded)
    if encoding == "base64":
        encoders.encode_base64(part)
    elif encoding in {"7bit", "8bit", "binary"} or not encoding:
        part["Content-Transfer-Encoding"] = encoding or "8bit"
        part.set_payload(encoded.decode("ascii", errors="surrogateescape"))
    else:
        encoders.encode_quopri(part)
    return True


def written_logs(config: pytest.Config) -> list[Path]:
    """What this run's web servers have written so far, where they have."""
    logs = Path(config.getoption("--output")).absolute().glob("webserver-*.log")
    return sorted(log for log in logs if log.stat().st_size)


def mask_logs(folder: Path, secrets: Secrets, learned: Collection[str] = ()) -> None:
    """In each `webserver-*.log`, once nothing writes to it: the known values, and what a URL carries for one person.

    Of what the run's tests have learned, which may be much, only what a log holds is looked for in each of its lines.
    """
    for log in folder.glob("webserver-*.log"):
        fresh = log.with_suffix(".masked")
        try:
            content = log.read_bytes()
            present = [value for value in learned if any(form.encode() in content for form in spellings(value))]
            _copy(log, fresh, Secrets([*secrets.values, *present]))
            fresh.replace(log)
        except OSError as error:  # no room, most likely: the run's own outcome counts more
            _log.warning("%s is left as the application wrote it, secrets included: %s", log, error)


def _copy(log: Path, fresh: Path, secrets: Secrets) -> None:
    with log.open("rb") as lines, fresh.open("wb") as masked:
        for line in lines:
            text = without_tokens(secrets.mask(line.decode(errors="surrogateescape")))
            masked.write(text.encode(errors="surrogateescape"))
