"""`message.value()`: the one word that stands where the caller says, of any shape."""

import pytest

from inboxwright.errors import AmbiguousMatch, NoMatch
from inboxwright.mail import Message
from inboxwright.mail.explain import explain_value
from tests.unit.mail.build import mail

WIKI = "Your user name is Kim.\nTemporary password: {password}\n\nPlease log in and choose another.\n"
SHAPES = [
    "xq7wm2kptr",
    "aaaaaaaaaa",
    "1234567890",
    "k",
    "Ünï-çødé",
    "p@ss/w+rd=",
    "hunter2-and-nine-more",
    "a,b",
    "#!$%&*()",
]


def of_text(text: str) -> Message:
    return Message.parse(mail(text=text))


def of_html(html: str) -> Message:
    return Message.parse(mail(html=html))


@pytest.mark.parametrize("password", SHAPES)
def test_a_mailed_password_of_any_shape_is_what_stands_after_its_label(password: str) -> None:
    assert of_text(WIKI.format(password=password)).value(after="Temporary password:") == password


@pytest.mark.parametrize("password", SHAPES)
def test_an_element_of_its_own_says_where_the_word_ends(password: str) -> None:
    escaped = password.replace("&", "&amp;")
    html = f"<p>Your temporary password is <b>{escaped}</b>, and it must be changed.</p>"

    assert of_html(html).value(after="temporary password is") == password


@pytest.mark.parametrize(
    ("text", "hints", "value"),
    [
        ("Password:\nxq7wm2kptr\n", {"after": "password:"}, "xq7wm2kptr"),
        ("Password   :   xq7wm2kptr\n", {"after": "Password"}, "xq7wm2kptr"),
        ('Your password is "xq7 wm"\n', {"line": "nothing"}, None),
        ('The password is "xq7wm2kptr".\n', {"after": "password is", "before": "."}, "xq7wm2kptr"),
        ("Use xq7wm2kptr as your password\n", {"before": "as your password"}, "xq7wm2kptr"),
        ("Your password\nxq7wm2kptr\nGoodbye\n", {"line": "Your password"}, "xq7wm2kptr"),
        ("Login  kim\nKennwort  xq7wm2kptr\n", {"line": "Kennwort"}, "xq7wm2kptr"),
        ("パスワード：xq7wm2kptr\n", {"after": "パスワード"}, "xq7wm2kptr"),  # noqa: RUF001 - as it is written there
        ("Your password is xq7wm2kptr. Change it soon.\n", {"after": "password is"}, "xq7wm2kptr"),
        ("Password: xq7wm2kptr.\n", {"after": "Password:", "before": "."}, "xq7wm2kptr"),
    ],
)
def test_words_beside_it_lead_to_it(text: str, hints: dict[str, str], value: str | None) -> None:
    assert explain_value(of_text(text), **hints).value == value


def test_a_table_row_has_the_label_in_the_cell_before() -> None:
    html = "<table><tr><th>User</th><td>kim</td></tr><tr><th>Password</th><td>xq7wm2kptr</td></tr></table>"

    assert of_html(html).value(after="Password") == "xq7wm2kptr"


def test_two_words_after_the_same_label_are_ambiguous() -> None:
    message = of_text("Password: one1\n\nIf that fails:\nPassword: two2\n")

    with pytest.raises(AmbiguousMatch, match="2 different words could be it"):
        message.value(after="Password:")


def test_the_same_word_twice_is_one() -> None:
    assert of_text("Password: one1\n\nOnce more, the password: one1\n").value(after="password:") == "one1"


def test_a_full_stop_at_the_end_is_not_guessed_away() -> None:
    with pytest.raises(AmbiguousMatch, match=r"before='\.' if '\.' only ends the sentence"):
        of_text("Password: xq7wm2kptr.\n").value(after="Password:")


def test_a_refusal_shows_what_stands_there_without_telling_it() -> None:
    with pytest.raises(NoMatch, match="more than one word stands there") as raised:
        of_text("Password:\ncorrect horse battery\n").value(after="Password:")

    assert "horse" not in str(raised.value)
    assert raised.value.candidates[0].value == "correct horse battery"


def test_a_label_that_is_not_there_is_said() -> None:
    with pytest.raises(NoMatch, match=r"value\(after='Kennwort:'\): these words do not stand in the mail"):
        of_text("Password: xq7wm2kptr\n").value(after="Kennwort:")


def test_quoted_older_mail_does_not_count() -> None:
    message = of_text("Password: new1\n\n> Password: old1\n")

    assert message.value(after="Password:") == "new1"


def test_without_words_nothing_is_asked() -> None:
    with pytest.raises(ValueError, match=r'such as value\(after="Temporary password:"\)'):
        of_text("Password: xq7wm2kptr\n").value()


@pytest.mark.parametrize(
    "password", ["xqwmzkptrd", "xq7wm2kptr4s", "correcthorsebattery9", "Kfjwkzmqpw", "x-9-y-8-z-7-w-6"]
)
@pytest.mark.parametrize("hint", [{}, {"label": "Temporary password"}])
def test_a_code_that_is_a_mailed_password_is_refused_with_what_gives_it(password: str, hint: dict[str, str]) -> None:
    message = of_text(WIKI.format(password=password))

    with pytest.raises(NoMatch, match=r"value\(after='Temporary password:'\), not code\(\)"):
        message.code(label=hint.get("label"))

    assert message.value(after="Temporary password:") == password
