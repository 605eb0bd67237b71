"""Accept and decline, drawn alike: which of them the test is after is not to be guessed."""

import pytest

from inboxwright.errors import AmbiguousMatch
from inboxwright.mail import Message
from tests.unit.mail.build import HEX, SITE, TOKEN, a, button, mail, p, page

PAIRS = [
    (f"{SITE}/invitations/{TOKEN}/accept", f"{SITE}/invitations/{TOKEN}/decline"),
    (f"{SITE}/invite/accept?token={TOKEN}", f"{SITE}/invite/reject?token={TOKEN}"),
    (f"{SITE}/approve/{HEX}", f"{SITE}/deny/{HEX}"),
    (f"{SITE}/einladung/{TOKEN}/annehmen", f"{SITE}/einladung/{TOKEN}/ablehnen"),
    (f"{SITE}/team/join?token={TOKEN}", f"{SITE}/team/refuse?token={TOKEN}"),
]


def of(*blocks: str) -> Message:
    return Message.parse(mail(subject="You are invited", html=page(p("Join the team?"), *blocks)))


@pytest.mark.parametrize(("accept", "decline"), PAIRS)
def test_two_buttons_are_ambiguous(accept: str, decline: str) -> None:
    with pytest.raises(AmbiguousMatch, match="two answers to one question have one form and weight"):
        of(button(accept, "Yes"), button(decline, "No")).link()


@pytest.mark.parametrize(("accept", "decline"), PAIRS)
def test_the_words_decide(accept: str, decline: str) -> None:
    message = of(button(accept, "Yes"), button(decline, "No"))

    assert (message.link(text="Yes").url, message.link(text="No").url) == (accept, decline)


@pytest.mark.parametrize(("accept", "decline"), PAIRS)
def test_a_button_outweighs_declining_within_the_words(accept: str, decline: str) -> None:
    message = of(button(accept, "Yes"), p(f"You do not know them? {a(decline, 'Decline')} it."))

    assert message.link().url == accept
