"""The engine knows no application: the same on Flask-Security-Too, nothing changed but project and page objects."""

import os
import subprocess
import sys
from pathlib import Path

STACK = Path(__file__).parent / "flask_security"
TOP = Path(__file__).parents[2]


def run_pytest(output: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "INBOXWRIGHT_"))
    }
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *arguments, "--browser", "chromium", "-q", "--timeout", "120"),
            *("--output", str(output)),  # of its own: these tests may run side by side
        ],
        cwd=TOP,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=280,
    )


def test_the_stacks_own_journeys_pass(tmp_path: Path) -> None:
    run = run_pytest(tmp_path, str(STACK))

    assert run.returncode == 0, run.stdout
    assert "13 passed" in run.stdout


def test_the_demos_own_tests_and_flows_pass_with_the_stacks_page_objects(tmp_path: Path) -> None:
    """The rest of e2e/ is left out where the stack itself decides otherwise: it signs in whoever opens a link, say."""
    run = run_pytest(
        tmp_path,
        "e2e/test_sign_up.py::test_the_mailed_link_confirms_the_address_and_signs_in",
        "e2e/test_sign_up.py::test_a_confirmation_link_works_only_once",
        "e2e/test_sign_up.py::test_two_people_who_sign_up_at_once_get_their_own_mail",
        "e2e/test_reset_password.py",
        "e2e/test_sign_in.py",
        "e2e/test_sign_in_by_link.py::test_the_mailed_link_signs_in",
        "e2e/test_sign_in_by_link.py::test_an_unknown_address_gets_the_same_answer_and_no_mail",
        *("-c", str(STACK / "pytest.ini")),
        *("--playwright-config", str(STACK / "playwright.config.json"), "--project", "flask-security-e2e"),
    )

    assert run.returncode == 0, run.stdout
    assert "skipped" not in run.stdout
