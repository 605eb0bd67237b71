"""`requireAuthentication`: a From that anybody can write is not enough."""

import pytest

from inboxwright.inbox._senders import SenderPolicy
from inboxwright.mail import MatchPolicy, Message
from tests.unit.mail.build import mail

POLICY = MatchPolicy(trusted_receivers=("mx.qa.test",))
ALL = SenderPolicy(allowed=("app.example",), required=("spf", "dkim", "dmarc"))


def _mail(results: str, *, by: str = "mx.qa.test") -> Message:
    raw = f"Authentication-Results: {by}; {results}\r\n".encode() + mail(text="Hello")
    return Message.parse(raw, policy=POLICY)


def _results(*, dkim: str = "pass", domain: str = "app.example", spf: str = "em.app.example") -> str:
    return f"dkim={dkim} header.d={domain}; spf=pass smtp.mailfrom=b@{spf}; dmarc=pass header.from=app.example"


def test_mail_that_the_receiver_vouches_for_is_taken() -> None:
    assert ALL.refuse(_mail(_results())) is None


@pytest.mark.parametrize(
    ("results", "by", "told"),
    [
        (_results(dkim="fail"), "mx.qa.test", "its DKIM is 'fail' by mx.qa.test, and requireAuthentication asks"),
        (_results(), "mx.evil.test", "its SPF is 'not checked', as no trusted receiver says, and"),
        (_results(domain="evil.test"), "mx.qa.test", "its DKIM pass is for 'evil.test', not for its sender"),
        (_results(domain="notapp.example"), "mx.qa.test", "its DKIM pass is for 'notapp.example', not for its sender"),
        (_results(spf="evil.test"), "mx.qa.test", "its SPF pass is for 'evil.test', not for its sender"),
    ],
)
def test_a_forged_sender_is_refused_with_the_verdict(results: str, by: str, told: str) -> None:
    refused = ALL.refuse(_mail(results, by=by))

    assert refused is not None
    assert refused.startswith(told)


def test_only_what_is_asked_for_has_to_hold() -> None:
    assert SenderPolicy(required=("dmarc",)).refuse(_mail(_results(dkim="fail"))) is None
