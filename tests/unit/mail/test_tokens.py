"""Which values of a URL are secrets, and which only look like it."""

import pytest

from inboxwright.mail.urls.tokens import Strength, of_value, strength
from inboxwright.mail.urls.url import parse

HASH = "9341f0a523d22f83ee25d90011ba6466"


@pytest.mark.parametrize("who", ["c", "2", "zz", "1a"])
@pytest.mark.parametrize("when", ["didnej", "d1dnej", "didne9"])
def test_a_signed_key_is_a_secret_whatever_its_base_36_numbers_spell(who: str, when: str) -> None:
    assert of_value(f"{who}-{when}-{HASH}") is Strength.SECRET
    assert of_value(f"{when}-{HASH}") is Strength.SECRET


@pytest.mark.parametrize("title", [f"Getting-started-{HASH}", f"how-we-work-here-{HASH}", "a-long-walk-home"])
def test_the_title_of_a_page_is_none(title: str) -> None:
    assert of_value(title) is Strength.NONE


@pytest.mark.parametrize(
    "token",
    ["Qe_f_kWmRyGdxen1W283s7S0uVxKPMF5qj3nRcTB-J", "W4-k_p-XmR7tGz2LqVbN0sYc", "q_Zr8-mT-x-LkW3vPd9Jf"],
)
def test_a_secret_in_the_alphabet_of_base64url_is_no_title_although_pieces_of_it_are_letters(token: str) -> None:
    assert of_value(token) is Strength.SECRET


@pytest.mark.parametrize(
    ("value", "found"), [("QGRVJ7", Strength.SECRET), ("CHAPTER7", Strength.NONE), ("Page12", Strength.NONE)]
)
def test_a_short_code_that_ends_in_a_digit_is_told_from_a_word_with_a_number(value: str, found: Strength) -> None:
    url = parse(f"https://app.example/x?code={value}")

    assert url is not None
    assert strength(url) is found
