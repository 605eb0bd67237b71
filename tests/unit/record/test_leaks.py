"""A recorded secret is found however it is written."""

import base64
import zipfile
from io import BytesIO
from urllib.parse import quote

import pytest

from inboxwright.record import leaks
from inboxwright.record.timeline import Value

SECRET = 'P@ss "word"/9'
VALUES = {"password": Value(value=SECRET), "code": Value(value="482913"), "name": Value(value="Ann", secret=False)}


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        SECRET.replace('"', "&quot;"),
        SECRET.replace('"', '\\"'),
        base64.b64encode(SECRET.encode()).decode(),
        base64.b64encode(f"x{SECRET}yz".encode()).decode(),
        base64.urlsafe_b64encode(f"ab{SECRET}".encode()).decode(),
    ],
)
def test_each_spelling_of_a_secret_is_found(written: str) -> None:
    assert leaks.find({"a.py": f"first\nx = '{written}'\n"}, VALUES) == ["a.py:2: password"]


def test_a_short_code_counts_only_as_a_word() -> None:
    assert leaks.find({"a": "x=482913;"}, VALUES) == ["a:1: code"]
    assert leaks.find({"a": "14829137"}, VALUES) == []


def test_what_is_no_secret_may_stay() -> None:
    assert leaks.find({"a": "Ann"}, VALUES) == []


def test_an_archive_is_looked_into() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.network", f'{{"body": "{quote(SECRET)}"}}')

    assert leaks.find({"trace.zip": packed.getvalue()}, VALUES) == ["trace.zip!trace.network:1: password"]


def test_the_refusal_says_where_and_not_what() -> None:
    with pytest.raises(leaks.SecretLeft, match=r"flow\.py:1: password") as refused:
        leaks.refuse({"flow.py": SECRET}, VALUES)

    assert SECRET not in str(refused.value)


def test_half_of_a_long_secret_is_found() -> None:
    values = {"totp.secret": Value(value="VMKWEDEB2BNCXBOQDKB3A5TO")}

    assert leaks.find({"a.py": 'get_by_text("VMKWEDEB2BNCXB")'}, values) == ["a.py:1: totp.secret"]
