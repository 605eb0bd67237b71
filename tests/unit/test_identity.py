"""Made-up people: reproducible, different, and discreet about their password."""

import pytest

from inboxwright import ConfigError, Identity


def test_the_same_seed_makes_the_same_person() -> None:
    assert Identity.generate("seed/1") == Identity.generate("seed/1")


def test_another_seed_makes_another_person() -> None:
    people = {Identity.generate(f"seed/{number}").username for number in range(200)}

    assert len(people) == 200


def test_the_order_of_making_does_not_matter() -> None:
    first = Identity.generate("a")
    Identity.generate("b")

    assert Identity.generate("a") == first


def test_the_password_is_strong_and_never_shown() -> None:
    person = Identity.generate("seed")

    assert len(person.password) == 16
    assert any(map(str.isdigit, person.password))
    assert person.password not in repr(person)


def test_a_locale_gives_names_of_that_language() -> None:
    assert any(ord(letter) > 0x3000 for letter in Identity.generate("seed", locale="ja-JP").name)


def test_a_locale_without_people_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="'xx_XX'"):
        Identity.generate("seed", locale="xx-XX")
