"""What the matchers leave alone by themselves is theirs for the asking, and a refusal says why it was left alone."""

import re

import pytest

from inboxwright.errors import MatchError, NoMatch
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


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Your order number: 482913", "order number", "482913"),
        ("Give the delivery PIN 4821 to the driver.", "delivery PIN", "4821"),
        ("Your old code 482913 is over. Your new code: 771204", "old code", "482913"),
        ("Your old code 482913 is over. Your new code: 771204", "new code", "771204"),
        ("Use code AUTUMN7K for 10% off.", "use code", "AUTUMN7K"),
        ("Customer 482913, code 771204", "code", "771204"),
    ],
)
def test_a_label_outweighs_what_the_words_say(text: str, label: str, value: str) -> None:
    assert Message.parse(mail(text=text)).code(label=label) == value


@pytest.mark.parametrize("hint", [{"length": 6}, {"alphabet": "digits"}])
def test_letters_of_the_sender_are_left_out_where_the_hint_excludes_them(hint: dict[str, int]) -> None:
    message = Message.parse(mail(text="G-482913 is your code"))

    assert message.code() == "G-482913"
    assert message.code(**hint) == "482913"  # type: ignore[arg-type]  # chosen above


@pytest.mark.parametrize(
    "text",
    [
        "Your order number: 482913",
        "Your booking code: K7X2QD",
        "Your new password: kT7rWq2M",
        "Total 12.40 EUR, paid 12.40 EUR\nVoucher: X7KD93QM",
        "First code: 482913\nSecond code: 771204",
        "Code by mail: 4829\nCode by letter: 771204",
    ],
)
def test_the_advice_of_a_refusal_decides(text: str) -> None:
    message = Message.parse(mail(subject="Hi", text=text))
    with pytest.raises(MatchError) as caught:
        message.code()

    lengths = [{"length": int(size)} for size in re.findall(r"^  length=(\d+) for", str(caught.value), re.MULTILINE)]
    labels = [{"label": words} for words in re.findall(r"^  label='(.*)' for", str(caught.value), re.MULTILINE)]

    assert lengths or labels
    for hint in (*lengths, *labels):
        assert message.code(**hint) in text
