"""Known values in recorded strings."""

from inboxwright.record.markers import Known, fill_in, mark, names, sole, without_partial

ADDRESS = Known(name="inbox.address", value="ann-1@inbox.test")
LOCAL = Known(name="inbox.local", value="ann-1")
NAME = Known(name="identity.first_name", value="Ann", word=True)


def test_the_longest_value_wins() -> None:
    assert mark("to ann-1@inbox.test", [LOCAL, ADDRESS]) == "to ⟦inbox.address⟧"


def test_a_word_inside_a_word_is_left_alone() -> None:
    assert mark("Annual plan of Ann.", [NAME]) == "Annual plan of ⟦identity.first_name⟧."


def test_a_literal_bracket_survives() -> None:
    marked = mark("a ⟦b⟧ Ann", [NAME])

    assert fill_in(marked, lambda _: "Ann") == "a ⟦b⟧ Ann"
    assert names(marked) == ["identity.first_name"]


def test_a_value_alone_is_told_from_one_among_words() -> None:
    assert sole("⟦inbox.address⟧") == "inbox.address"
    assert sole("to ⟦inbox.address⟧") is None


def test_words_that_were_cut_within_a_value_lose_its_beginning() -> None:
    assert without_partial('get_by_text("Sent to ann-1@inb")', [ADDRESS]) == 'get_by_text("Sent to ")'
