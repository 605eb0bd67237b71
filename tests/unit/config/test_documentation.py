"""docs/configuration.md says what the loader takes."""

import re
from pathlib import Path

import pytest

from inboxwright.config import FILE_NAME, load
from inboxwright.config._layers import RESERVED, variables
from inboxwright.config._tables import tables, with_tables

PAGE = Path(__file__).parents[3] / "docs" / "configuration.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("title", "rows"), list(tables()), ids=[title for title, _ in tables()])
def test_every_key_is_in_the_table_of_its_object(title: str, rows: list[str]) -> None:
    section = TEXT.partition(f"{title}\n")[2].partition("\n### ")[0]

    assert [line for line in section.splitlines() if line.startswith("| `")] == rows, "run: make schema"


def test_writing_the_tables_again_changes_nothing() -> None:
    assert with_tables(TEXT) == TEXT, "run: make schema"


def test_the_example_loads(tmp_path: Path) -> None:
    example = TEXT.partition("```json\n")[2].partition("```")[0]
    (tmp_path / FILE_NAME).write_text(example)
    environ = {"STAGING_URL": "https://pr-7.review.example.com", "MAILPIT_URL": "http://mail.test"}

    assert load(tmp_path / FILE_NAME, environ={}).name == "local"
    assert load(tmp_path / FILE_NAME, project="staging", environ=environ).inbox.domain == "qa.example.com"


def test_the_variables_in_the_text_exist() -> None:
    named = set(re.findall(r"INBOXWRIGHT_[A-Z_]*[A-Z]", TEXT))

    assert named <= {*variables(), *RESERVED}
    assert set(RESERVED) <= named
