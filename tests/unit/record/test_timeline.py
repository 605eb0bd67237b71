"""The timeline as a file, and as it is shown."""

import json
import stat
from pathlib import Path

import pytest

from inboxwright.record.timeline import Timeline, TimelineError
from tests.unit.record.samples import ADDRESS, PASSWORD, TOKEN, sign_up


def test_a_dumped_timeline_reads_as_the_same() -> None:
    assert Timeline.load(sign_up().dump()) == sign_up()


def test_known_values_stand_in_the_table_and_nowhere_else() -> None:
    document = json.loads(sign_up().dump())

    values = document.pop("values")

    assert values["inbox.address"] == {"value": ADDRESS, "secret": True}
    assert not any(secret in json.dumps(document) for secret in (ADDRESS, PASSWORD, TOKEN))


def test_what_is_shown_holds_no_known_value() -> None:
    shown = "\n".join(sign_up().shown()) + repr(sign_up())

    assert "⟦identity.password⟧" in shown
    assert not any(secret in shown for secret in (ADDRESS, PASSWORD, TOKEN))


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "join.json"

    sign_up().save(path)
    sign_up().save(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nonsense", "not a timeline"),
        ("{}", "not a timeline"),
        (sign_up().dump().replace('"version": 2', '"version": 99'), "version 99, this inboxwright reads 2"),
        (sign_up().dump().replace('"kind": "open"', '"kind": "open", "colour": 1'), "unknown keys: colour"),
    ],
)
def test_what_is_no_timeline_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(TimelineError, match=why):
        Timeline.load(text)
