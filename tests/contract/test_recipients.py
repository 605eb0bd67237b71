"""Exactly this recipient: look-alikes are others, and the envelope decides rather than the headers."""

import smtplib
from contextlib import nullcontext

import pytest

from inboxwright import Inbox
from tests.contract.mail import Post
from tests.contract.targets import LOOK_ALIKES, TARGETS, Target, marks

_PAIRS = [
    pytest.param(target, kind, id=f"{target.name}-{kind}", marks=marks(target))
    for target in TARGETS
    for kind in sorted(LOOK_ALIKES & target.tells)
]

_WITH_ENVELOPE = pytest.mark.parametrize(
    "target", [pytest.param(target, id=target.name, marks=marks(target)) for target in TARGETS if target.keeps_envelope]
)
"""GreenMail keeps no trace of it; its page in docs/providers says so."""


def look_alike(address: str, kind: str) -> str:
    """Another address that is easily taken for this one."""
    local, _, domain = address.rpartition("@")
    return {
        "case": f"{local[:-1]}{local[-1].upper() if local[-1].isalpha() else local[-1]}".replace(
            "contract", "Contract"
        ),
        "underscore": local.replace("-r", "_r", 1),
        "tag": f"{local}+tag",
        "dots": f"{local[:4]}.{local[4:]}",
        "domain": local,
        "prefix": f"x{local}",
        "suffix": f"{local}x",
    }[kind] + ("@other.test" if kind == "domain" else f"@{domain}")


def post_to_stranger(target: Target, post: Post, to: str, subject: str, *, header: str | None = None) -> None:
    """Where strangers are refused, the mail cannot be ours either; a +tag is its inbox's, and taken."""
    refused = target.refuses_strangers and "+" not in to
    with pytest.raises(smtplib.SMTPRecipientsRefused) if refused else nullcontext():
        post(to, subject, header=header)


@pytest.mark.parametrize(("target", "kind"), _PAIRS)
def test_a_look_alikes_mail_is_not_ours(inbox: Inbox, post: Post, target: Target, kind: str) -> None:
    other = look_alike(inbox.address, kind)

    with inbox.expect_message(timeout=10_000, settle=400) as mail:
        post_to_stranger(target, post, other, "For the look-alike")
        post(inbox.address, "For us")

    assert mail.value.subject == "For us", (target.name, other)


@_WITH_ENVELOPE
def test_a_header_that_names_us_is_not_enough(inbox: Inbox, post: Post, target: Target) -> None:
    with inbox.expect_message(timeout=10_000, settle=400) as mail:
        post_to_stranger(target, post, "somebody-else@inbox.test", "Not for us", header=inbox.address)
        post(inbox.address, "For us")

    assert mail.value.subject == "For us", target.name


@_WITH_ENVELOPE
def test_a_header_that_names_another_is_no_obstacle(inbox: Inbox, post: Post, target: Target) -> None:
    with inbox.expect_message(timeout=10_000) as mail:
        post(inbox.address, "Blind copy", header="somebody-else@inbox.test")

    assert mail.value.subject == "Blind copy", target.name


def test_the_domain_has_no_case(inbox: Inbox, post: Post, target: Target) -> None:
    local, _, domain = inbox.address.rpartition("@")

    with inbox.expect_message(timeout=10_000) as mail:
        post(f"{local}@{domain.upper()}", "Shouted")

    assert mail.value.recipient == inbox.address, target.name
