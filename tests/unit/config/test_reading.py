"""The file must be JSON, and where it is not, line and column say so."""

from pathlib import Path

import pytest

from inboxwright.config import FILE_NAME, load
from inboxwright.config._reading import read
from inboxwright.errors import ConfigError
from tests.unit.config.conftest import Loader, Refusal


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n  // a comment\n  "timeout": 1}', "2:3: is not JSON: comments are not JSON; remove it"),
        ('{"timeout": 1 /* ms */}', "1:15: is not JSON: comments are not JSON; remove it"),
        ('{"timeout": 1,\n}', "is not JSON: a comma before a closing bracket; remove it"),
        ('{"projects": [{"name": "a"},]}', "is not JSON: a comma before a closing bracket; remove it"),
        ("{'timeout': 1}", "1:2: is not JSON: texts stand in double quotes"),
        ('{"timeout" 1}', "1:12: is not JSON: expecting ':' delimiter"),
        ('{"timeout": 1', "1:14: is not JSON: expecting ',' delimiter"),
        ("", "1:1: is not JSON: expecting value"),
        ('{"timeout": NaN}', " is not JSON: NaN is no JSON number"),
        ("[1]", " must hold an object: { … }"),
        ("[" * 100_000, " is nested too deeply for a configuration"),
        ('{\n"timeout": 1,\n"timeout": 2}', "3: timeout: stands twice; keep one"),
        ('{"use": {"locale": "a",\n "locale": "b"}}', "2: use.locale: stands twice; keep one"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(refusal: Refusal, text: str, message: str) -> None:
    found = refusal(text)

    assert found.startswith("playwright.config.json:")
    assert message in found


def test_a_byte_order_mark_is_no_mistake(settled: Loader) -> None:
    assert settled('\ufeff{"timeout": 7}').timeout == 7


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes('{"use": {"locale": "ü"}}'.encode("latin-1"))

    with pytest.raises(ConfigError, match=r"is not UTF-8 \(byte 20\); save it as UTF-8"):
        load(file, environ={})


def test_a_file_that_is_not_there_is_refused_with_the_command_that_writes_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; `inboxwright init` writes one"):
        load(tmp_path / FILE_NAME, environ={})


def test_every_key_and_entry_knows_its_line(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text('{"a": "x\\"}{",\n"b": [1,\n[2],\n{"c": {},\n"d": null}]\n, "e\\u0041": [\n]\n}')

    _, lines = read(file)

    assert {str(path): line for path, line in lines.items()} == {
        "a": 1,
        "b": 2,
        "b[0]": 2,
        "b[1]": 3,
        "b[1][0]": 3,
        "b[2]": 4,
        "b[2].c": 4,
        "b[2].d": 5,
        "eA": 6,
    }
