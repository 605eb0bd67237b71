"""Who vouches for a sender, and who checked it."""

import base64

import dkim  # type: ignore[import-untyped]  # has no types
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from inboxwright.mail import Check, MatchPolicy, Message
from tests.unit.mail.build import mail

TRUSTED = MatchPolicy(trusted_receivers=("mx.inbox.test",))
RESULTS = (
    "Authentication-Results: mx.inbox.test; dkim=pass header.d=app.example;\r\n"
    "\tspf=fail smtp.mailfrom=b@em.app.example;\r\n"
    "\tdmarc=pass header.from=app.example\r\n"
)


def _with(results: str) -> bytes:
    return results.encode() + mail(text="Hello")


@pytest.fixture(scope="module")
def signed() -> tuple[bytes, bytes]:
    """A signed message and the key record."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    raw = mail(text="Hello")
    signature = dkim.sign(raw, b"s1", b"app.example", private, include_headers=[b"From", b"Subject"])
    return signature + raw, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def test_nothing_is_believed_without_a_trusted_receiver() -> None:
    found = Message.parse(_with(RESULTS)).authentication

    assert (found.spf, found.dkim, found.dmarc) == (Check(), Check(), Check())
    assert found.spf.result == "not checked"


def test_the_trusted_receiver_is_believed_and_named() -> None:
    found = Message.parse(_with(RESULTS), policy=TRUSTED).authentication

    assert found.spf == Check(result="fail", domain="em.app.example", checked_by="mx.inbox.test")
    assert found.dmarc.passed
    assert found.dkim.domain == "app.example"


def test_another_receiver_is_not_believed() -> None:
    forged = RESULTS.replace("mx.inbox.test", "mx.evil.test")

    assert not Message.parse(_with(forged), policy=TRUSTED).authentication.dmarc.passed


def test_the_topmost_result_counts_as_a_sender_can_only_write_below() -> None:
    forged = RESULTS.replace("spf=fail", "spf=pass")

    assert not Message.parse(_with(RESULTS + forged), policy=TRUSTED).authentication.spf.passed


def test_dkim_is_verified_here(signed: tuple[bytes, bytes]) -> None:
    raw, record = signed
    asked: list[object] = []

    def dns(name: object, timeout: int = 5) -> bytes:
        del timeout
        asked.append(name)
        return record

    found = Message.parse(raw, policy=MatchPolicy(dns=dns)).authentication.dkim

    assert found == Check(result="pass", domain="app.example", checked_by="inboxwright")
    assert asked == [b"s1._domainkey.app.example."]


def test_a_changed_body_fails(signed: tuple[bytes, bytes]) -> None:
    raw, record = signed
    changed = raw.replace(b"SGVsbG8", b"SGVsbG9")

    found = Message.parse(changed, policy=MatchPolicy(dns=lambda _name, timeout=5: record)).authentication.dkim

    assert changed != raw
    assert found.result in {"fail", "permerror"}


def test_an_unsigned_message_has_none() -> None:
    found = Message.parse(mail(text="x"), policy=MatchPolicy(dns=lambda _name, timeout=5: None)).authentication.dkim

    assert found == Check(result="none", checked_by="inboxwright")


@pytest.mark.parametrize("field", ["", ";;;", "mx.inbox.test", "mx.inbox.test; spf", "\xff", "mx.inbox.test; spf=(((("])
def test_unreadable_results_say_nothing(field: str) -> None:
    found = Message.parse(_with(f"Authentication-Results: {field}\r\n"), policy=TRUSTED).authentication

    assert found.spf == Check()
