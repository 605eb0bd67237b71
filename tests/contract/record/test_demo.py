"""The demo's journeys, recorded by a robot: what is generated passes, three times, and goes red for planted defects."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inboxwright.record import leaks
from tests.contract.record.conftest import JOURNEYS, Recordings
from tests.contract.record.secrets import survivors
from tests.contract.record.studio import Studio

_REPEAT = """\
import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.fixturenames.append("round")
    metafunc.parametrize("round", range(3))
"""


def run(root: Path, *arguments: str, timeout: float = 240) -> "subprocess.CompletedProcess[str]":
    """A tool of this environment, run in the project."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=timeout, check=False)


def test_every_generated_test_passes_three_times_with_fresh_identities(demo: Studio, recordings: Recordings) -> None:
    recordings.all()
    (demo.root / "conftest.py").write_text(_REPEAT, encoding="utf-8")

    done = run(demo.root, "pytest", "e2e", "-q", "-n", "4")

    (demo.root / "conftest.py").write_text("", encoding="utf-8")
    assert done.returncode == 0, done.stdout[-5000:]
    wrong_codes = 1 + 2  # one mailed code, and two of the authenticator
    assert f"{3 * (len(recordings) + wrong_codes)} passed" in done.stdout


def test_what_is_generated_passes_ruff_and_mypy_as_written(demo: Studio, recordings: Recordings) -> None:
    recordings.all()

    for arguments in (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy", "e2e", "flows", "pages")):
        done = run(demo.root, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", JOURNEYS)
def test_no_secret_is_in_any_output(demo: Studio, recordings: Recordings, name: str) -> None:
    assert len([value for value in recordings[name].timeline.values.values() if value.secret]) >= 3

    assert survivors(recordings[name], demo.root) == []


def test_the_search_finds_a_secret_that_is_there(recordings: Recordings) -> None:
    timeline = recordings["sign_up"].timeline
    address = timeline.values["inbox.address"].value

    assert leaks.find({"flow.py": f"x = 1\nto = {address!r}"}, timeline.values)[0].startswith("flow.py:2: inbox.")


@pytest.mark.parametrize("name", JOURNEYS)
def test_nothing_is_left_to_do(recordings: Recordings, name: str) -> None:
    assert recordings[name].generated.notes == ()


def test_a_later_recording_reuses_the_page_objects_of_an_earlier_one(recordings: Recordings) -> None:
    everything = recordings.all()

    assert "HomePage" in everything["magic_link"].generated.reused


DEFECTS = {
    "link-host": ("e2e/test_sign_up.py", "127.0.0.2"),
    "wrong-person": ("e2e/test_sign_up.py", "went to another"),
    "unchecked-code": ("e2e/test_sign_up_by_code.py", "to_have_url"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_turns_the_generated_test_red(demo: Studio, recordings: Recordings, defect: str) -> None:
    test, sign = DEFECTS[defect]
    assert recordings[test.removeprefix("e2e/test_").removesuffix(".py")]
    config = json.loads((demo.root / "playwright.config.json").read_text(encoding="utf-8"))
    config["webServer"]["command"] = f"python -m tests.contract.record.broken_demo {defect}"
    broken = demo.root / f"{defect}.config.json"
    broken.write_text(json.dumps(config), encoding="utf-8")

    done = run(demo.root, "pytest", test, "-q", "--playwright-config", str(broken))

    assert done.returncode == 1, done.stdout
    assert sign in done.stdout
