"""Whether a call was signed by who knows the secret, and not long ago.

Standard Webhooks (https://www.standardwebhooks.com, Svix among them), Stripe, Amazon SNS, and any HMAC in a header.
The tests sign with the vendors' own libraries.
"""

import base64
import binascii
import hmac
import importlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from inboxwright.callbacks._call import Call
from inboxwright.errors import ConfigError

_TOLERANCE = 300.0
"""Seconds that a signed time may be off: what the vendors' libraries allow."""


class Forged(Exception):
    """The signature is missing, is not of this secret and body, or is of another time; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature that holds."""

    id: str
    """What must not be accepted twice: the message's id where the scheme has one, else the signature itself."""


class Scheme(Protocol):
    """How a vendor signs."""

    def verify(self, call: Call) -> Signed:
        """What was signed. Raises Forged."""
        ...


@dataclass(frozen=True, slots=True)
class _Scheme:
    name: str
    check: Callable[[Call], Signed]

    def verify(self, call: Call) -> Signed:
        """What was signed. Raises Forged."""
        return self.check(call)

    def __repr__(self) -> str:
        return self.name  # never the secret


def standard_webhooks(secret: str, *, prefix: str = "webhook", tolerance: float = _TOLERANCE) -> Scheme:
    """Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`; `secret` is like "whsec_…".

    Raises ConfigError for a secret that is not base64.
    """
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ConfigError('a Standard Webhooks secret is base64, as in "whsec_MfKQ9r8GKYqrTwjU…"') from None

    def check(call: Call) -> Signed:
        ident, moment, given = (_header(call, f"{prefix}-{part}") for part in ("id", "timestamp", "signature"))
        _fresh(moment, tolerance)
        wanted = base64.b64encode(_sha256(key, f"{ident}.{moment}.".encode() + call.body)).decode()
        _one_of(wanted, [one.partition(",")[2] for one in given.split() if one.startswith("v1,")])
        return Signed(id=ident)

    return _Scheme("standard_webhooks(…)" if prefix == "webhook" else f"{prefix}(…)", check)


def svix(secret: str, *, tolerance: float = _TOLERANCE) -> Scheme:
    """Svix: Standard Webhooks with its own names of header fields."""
    return standard_webhooks(secret, prefix="svix", tolerance=tolerance)


def stripe(secret: str, *, tolerance: float = _TOLERANCE) -> Scheme:
    """Stripe: `Stripe-Signature: t=…,v1=…`."""

    def check(call: Call) -> Signed:
        given = _header(call, "stripe-signature")
        parts = [part.strip().partition("=")[::2] for part in given.split(",")]
        moment = next((value for name, value in parts if name == "t"), "")
        _fresh(moment, tolerance)
        _one_of(
            _sha256(secret.encode(), f"{moment}.".encode() + call.body).hex(),
            [value for name, value in parts if name == "v1"],
        )
        return Signed(id=given)

    return _Scheme("stripe(…)", check)


def hmac_signature(
    secret: str, *, header: str, prefix: str = "", digest: str = "sha256", encoding: str = "hex"
) -> Scheme:
    """An HMAC (RFC 2104) of the body in a header field, such as GitHub's `X-Hub-Signature-256: sha256=…`.

    `encoding` is "hex" or "base64". There is no time in it: only the same signature again tells of a replay.
    """

    def check(call: Call) -> Signed:
        given = _header(call, header.lower())
        raw = hmac.new(secret.encode(), call.body, digest).digest()
        wanted = raw.hex() if encoding == "hex" else base64.b64encode(raw).decode()
        if not given.startswith(prefix):
            raise Forged(f"{header} does not begin with {prefix!r}")
        _one_of(wanted, [given.removeprefix(prefix)])
        return Signed(id=given)

    return _Scheme(f"hmac_signature(…, header={header!r})", check)


_SNS_FIELDS = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
_SNS_FIELDS["UnsubscribeConfirmation"] = _SNS_FIELDS["SubscriptionConfirmation"]


def sns(certificate: bytes) -> Scheme:
    """Amazon SNS, SignatureVersion 1 and 2, with this X.509 certificate (PEM); `SigningCertURL` is not fetched.

    Needs the package cryptography. Raises ConfigError without it.
    """
    try:
        x509 = importlib.import_module("cryptography.x509")
        hashes: Any = importlib.import_module("cryptography.hazmat.primitives.hashes")
        padding: Any = importlib.import_module("cryptography.hazmat.primitives.asymmetric.padding")
        invalid: Any = importlib.import_module("cryptography.exceptions").InvalidSignature
    except ImportError:
        raise ConfigError('sns() needs cryptography; install it: pip install "cryptography"') from None
    key: Any = x509.load_pem_x509_certificate(certificate).public_key()

    def check(call: Call) -> Signed:
        try:
            body = json.loads(call.body)
            names = [name for name in _SNS_FIELDS[body["Type"]] if name in body]
            signature = base64.b64decode(body["Signature"])
        except (ValueError, KeyError, TypeError):
            raise Forged("its body is no signed SNS message") from None
        text = "".join(f"{name}\n{body[name]}\n" for name in names)
        digest = hashes.SHA256() if body.get("SignatureVersion") == "2" else hashes.SHA1()
        try:
            key.verify(signature, text.encode(), padding.PKCS1v15(), digest)
        except invalid:
            raise Forged("its signature is not of this certificate's key and these fields") from None
        return Signed(id=str(body["MessageId"]))

    return _Scheme("sns(…)", check)


def _header(call: Call, name: str) -> str:
    value = call.headers.get(name)
    if value is None:
        raise Forged(f"header {name} is missing")
    return value


def _sha256(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, "sha256").digest()


def _one_of(wanted: str, given: list[str]) -> None:
    if not any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given):
        raise Forged("its signature is not of this secret and this body")


def _fresh(moment: str, tolerance: float) -> None:
    if not moment.isascii() or not moment.isdigit():
        raise Forged(f"its time {moment!r} is no number of seconds")
    age = time.time() - int(moment)
    if abs(age) > tolerance:
        raise Forged(
            f"it was signed {abs(age):,.0f} s {'ago' if age > 0 else 'ahead'}, and {tolerance:g} s are allowed"
        )
