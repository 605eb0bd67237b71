"""Signed calls: signed here by the vendors' own libraries, or as their documentation says."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import svix as svix_library
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from standardwebhooks import Webhook
from stripe import WebhookSignature

from inboxwright import CallbackHub, Callbacks, CallTimeout, ConfigError
from inboxwright.callbacks import Scheme, hmac_signature, sns, standard_webhooks, stripe, svix

_KEY = "whsec_" + base64.b64encode(b"a secret of this test, 32 bytes!").decode()
_BODY = json.dumps({"type": "message.sent", "id": 17})
Sign = Callable[[str, datetime], dict[str, str]]


def _standard(body: str, at: datetime) -> dict[str, str]:
    signature = Webhook(_KEY).sign("msg_1", at, body)
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


def _svix(body: str, at: datetime) -> dict[str, str]:
    signature = svix_library.Webhook(_KEY).sign("msg_1", at, body)
    return {"svix-id": "msg_1", "svix-timestamp": str(int(at.timestamp())), "svix-signature": signature}


def _stripe(body: str, at: datetime) -> dict[str, str]:
    moment = int(at.timestamp())
    signature = WebhookSignature._compute_signature(f"{moment}.{body}", "whsec_test")
    return {"Stripe-Signature": f"t={moment},v0=old,v1={signature}"}


def _github(body: str, _at: datetime) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(b"key", body.encode(), "sha256").hexdigest()}


VENDORS: list[tuple[Scheme, Sign]] = [
    (standard_webhooks(_KEY), _standard),
    (svix(_KEY), _svix),
    (stripe("whsec_test"), _stripe),
    (hmac_signature("key", header="X-Hub-Signature-256", prefix="sha256="), _github),
]
vendors = pytest.mark.parametrize(("scheme", "sign"), VENDORS, ids=[repr(scheme) for scheme, _ in VENDORS])


@pytest.fixture(scope="module")
def hub() -> Iterator[CallbackHub]:
    with CallbackHub() as hub:
        yield hub


@pytest.fixture
def callbacks(hub: CallbackHub) -> Callbacks:
    return Callbacks.open(hub, timeout=150)


def post(url: str, headers: dict[str, str], body: str = _BODY) -> None:
    httpx.post(url, content=body, headers=headers, trust_env=False)


@vendors
def test_what_the_vendor_signed_is_taken(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    with callbacks.expect_call(signed=scheme) as call:
        post(callbacks.url, sign(_BODY, datetime.now(UTC)))

    assert call.value.json["id"] == 17


@vendors
def test_another_body_under_its_signature_is_forged(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    with (
        pytest.raises(CallTimeout, match="forged: its signature is not of this secret and this body"),
        callbacks.expect_call(signed=scheme),
    ):
        post(callbacks.url, sign(_BODY, datetime.now(UTC)), _BODY.replace("17", "18"))


@vendors
def test_no_signature_is_forged(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    with pytest.raises(CallTimeout, match=r"forged: header .* is missing"), callbacks.expect_call(signed=scheme):
        post(callbacks.url, {})


@vendors
def test_what_was_accepted_before_is_replayed(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    headers = sign(_BODY, datetime.now(UTC))

    with callbacks.expect_call(signed=scheme):
        post(callbacks.url, headers)
    with pytest.raises(CallTimeout, match=r"replayed: .* was accepted before"), callbacks.expect_call(signed=scheme):
        post(callbacks.url, headers)


@vendors
def test_what_was_refused_may_come_again(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    headers = sign(_BODY, datetime.now(UTC))
    callbacks.faults.refuse(500, count=1)

    with callbacks.expect_call(signed=scheme) as call:
        post(callbacks.url, headers)
        post(callbacks.url, headers)

    assert len(call.value.refused_before) == 1


@pytest.mark.parametrize(("scheme", "sign"), VENDORS[:3], ids=["standard_webhooks", "svix", "stripe"])
def test_an_old_signature_is_no_longer_one(callbacks: Callbacks, scheme: Scheme, sign: Sign) -> None:
    with (
        pytest.raises(CallTimeout, match=r"forged: it was signed 60\d s ago, and 300 s are allowed"),
        callbacks.expect_call(signed=scheme),
    ):
        post(callbacks.url, sign(_BODY, datetime.now(UTC) - timedelta(seconds=600)))


@pytest.mark.parametrize("version", ["1", "2"])
def test_an_sns_message_is_checked_with_the_certificate(callbacks: Callbacks, version: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    scheme = sns(_certificate(key))
    note = {"Type": "Notification", "MessageId": "m-1", "TopicArn": "arn:t", "Message": "hi", "Timestamp": "2026-01-01"}
    text = "".join(f"{name}\n{note[name]}\n" for name in sorted(note, key=str))  # as its documentation orders them
    digest = hashes.SHA256() if version == "2" else hashes.SHA1()
    signature = base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), digest)).decode()
    signed = {**note, "SignatureVersion": version, "Signature": signature}

    with callbacks.expect_call(signed=scheme) as call:
        post(callbacks.url, {}, json.dumps(signed))
    with (
        pytest.raises(CallTimeout, match="forged: its signature is not of this certificate's key"),
        callbacks.expect_call(signed=scheme),
    ):
        post(callbacks.url, {}, json.dumps({**signed, "Message": "ho"}))

    assert call.value.json["Message"] == "hi"


def test_a_secret_that_is_none_is_refused_and_never_shown() -> None:
    with pytest.raises(ConfigError, match="is base64"):
        standard_webhooks("not base64!")

    assert _KEY not in repr(standard_webhooks(_KEY))


def _certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.test")])
    now = datetime.fromtimestamp(time.time(), UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
