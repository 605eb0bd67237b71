"""Secrets: masked in words, replaced by others of the same shape in files."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from inboxwright import Message
from inboxwright.config import FILE_NAME, load
from inboxwright.plugin._masked import disguised
from inboxwright.plugin._secrets import Secrets, of_project

TOKEN = "MQ:1xUbRp:JktigeBBn1eTcQ-CpC1sL14"


def _mail(cte: str, charset: str = "utf-8") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@app.test", "b@inbox.test", "Ihr Code für heute ist 482913"
    mail.set_content("Grüße. Ihr Code lautet 482913.\n2026\n", cte=cte, charset=charset)
    mail.add_alternative(
        f'<p>Grüße. Ihr Code lautet <b>482913</b>.</p><a href="https://app.test:8443/c/{TOKEN}/">Los</a>',
        subtype="html",
        cte=cte,
    )
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("cte", "charset"), [("base64", "utf-8"), ("quoted-printable", "iso-8859-1"), ("8bit", "utf-8")]
)
def test_a_saved_mail_keeps_its_shape_and_none_of_its_secrets(cte: str, charset: str) -> None:
    message = Message.parse(_mail(cte, charset))
    secrets = Secrets()
    secrets.learn(message)

    saved = Message.parse(disguised(message.raw, secrets))

    assert TOKEN not in saved.html
    assert "482913" not in saved.text + saved.subject
    assert saved.code(length=6) != message.code(length=6)
    link, other = message.link(text="Los").url, saved.link(text="Los").url
    assert len(link) == len(other)
    assert other.startswith("https://app.test:8443/c/")
    assert "Grüße" in saved.text
    assert "Grüße" in saved.html
    assert "2026" in saved.text
    assert saved.raw.count(f"Content-Transfer-Encoding: {cte}".encode()) == message.raw.count(
        f"Content-Transfer-Encoding: {cte}".encode()
    )


def test_a_mail_without_secrets_is_saved_byte_for_byte() -> None:
    raw = b"From: a@app.test\nSubject: Hello\nX-Odd:  spaced \n\nNothing to see\xff here.\n"

    assert disguised(raw, Secrets(["correct horse"])) == raw


@pytest.mark.parametrize(
    "form", ['Pa"ss<w>/rd 1', 'Pa\\"ss<w>/rd 1', "Pa&quot;ss&lt;w&gt;/rd 1", "Pa%22ss%3Cw%3E%2Frd+1"]
)
def test_a_password_is_found_in_json_html_and_form_bodies(form: str) -> None:
    secrets = Secrets(['Pa"ss<w>/rd 1'])

    assert secrets.mask(f"<{form}>") == "<****>"
    assert form not in secrets.disguise(f"<{form}>")


def test_short_values_are_replaced_only_where_they_stand_alone() -> None:
    secrets = Secrets(["4829"])

    assert secrets.mask("4829. x4829 14829 4829-1 (4829)") == "****. x4829 14829 4829-1 (****)"


def test_a_code_after_a_line_break_is_found_in_json_too() -> None:
    secrets = Secrets(["4829"])

    assert secrets.mask(json.dumps("Your code:\n4829\r\n\t4829\n")) == json.dumps("Your code:\n****\r\n\t****\n")
    assert secrets.mask("name4829") == "name4829"


def test_each_value_that_a_variable_brought_into_a_header_is_masked(tmp_path: Path) -> None:
    headers = {"Authorization": "Bearer ${A}", "Cookie": "session=${B}; theme=dark", "X-Preview-Bypass": "${C}"}
    environ = {"A": "tok-7fK2qLw9Xz31", "B": "sess-5vR8nTb2Yq64", "C": "byp-3mP6wZc9Jk58"}
    (tmp_path / FILE_NAME).write_text(json.dumps({"use": {"extraHTTPHeaders": headers}}))
    secrets = Secrets(of_project(load(tmp_path / FILE_NAME, environ=environ), {}))

    assert secrets.mask(f"{', '.join(environ.values())} in the dark") == "****, ****, **** in the dark"
