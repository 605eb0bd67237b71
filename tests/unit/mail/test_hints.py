"""What the matchers leave alone by themselves is theirs for the asking, and a refusal says why it was left alone."""

import pytest

from inboxwright.errors import NoMatch
from inboxwright.mail import Message
from tests.unit.mail.build import HOST, SITE, TOKEN, a, mail, p, page

PASSWORD = Message.parse(mail(text="Your new password: kT7rWq2M\n"))
BOOKING = Message.parse(mail(subject="Booking confirmed", text="Confirmation code: WK7R2Q\n"))
VOUCHER = Message.parse(mail(subject="For you", html=page(p("Worth $20.00."), p("Code: <b>WK7R2Q9</b>"))))


@pytest.mark.parametrize(
    ("message", "label", "value"),
    [
        (PASSWORD, "new password", "kT7rWq2M"),
        (BOOKING, "confirmation code", "WK7R2Q"),
        (VOUCHER, "code", "WK7R2Q9"),
    ],
)
def test_a_label_or_a_length_asks_for_it(message: Message, label: str, value: str) -> None:
    assert message.code(label=label) == value
    assert message.code(length=len(value)) == value


@pytest.mark.parametrize(
    ("message", "why"),
    [(PASSWORD, "called a password"), (BOOKING, "a booking"), (VOUCHER, "amount of money")],
)
def test_the_refusal_says_what_it_is(message: Message, why: str) -> None:
    with pytest.raises(NoMatch) as caught:
        message.code()

    assert any(why in (candidate.reason or "") for candidate in caught.value.candidates)


def test_a_link_in_the_last_words_is_given_by_its_words() -> None:
    url = f"{SITE}/e/{TOKEN}"
    message = Message.parse(mail(html=page(p("Your plan has changed."), p(f"Too much mail? {a(url, 'Leave')}"))))

    with pytest.raises(NoMatch, match="last words"):
        message.link(hosts=HOST)

    assert message.link(hosts=HOST, text="Leave").url == url
