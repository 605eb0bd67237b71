"""Which values of a URL are secrets, and which only look like it."""

import pytest

from inboxwright.mail.tokens import Strength, of_value

HASH = "9341f0a523d22f83ee25d90011ba6466"


@pytest.mark.parametrize("who", ["c", "2", "zz", "1a"])
@pytest.mark.parametrize("when", ["didnej", "d1dnej", "didne9"])
def test_a_signed_key_is_a_secret_whatever_its_base_36_numbers_spell(who: str, when: str) -> None:
    assert of_value(f"{who}-{when}-{HASH}") is Strength.SECRET
    assert of_value(f"{when}-{HASH}") is Strength.SECRET


@pytest.mark.parametrize("title", [f"Getting-started-{HASH}", f"how-we-work-here-{HASH}", "a-long-walk-home"])
def test_the_title_of_a_page_is_none(title: str) -> None:
    assert of_value(title) is Strength.NONE
