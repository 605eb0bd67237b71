"""Planted defects: each is found by its own check, and the healthy demo has none."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inboxwright.plugin._checks import SARIF

FOLDER = Path(__file__).parent / "checks"
FOUND_BY = {
    "link-works-twice": "test_sign_in_by_link_is_safe[link-works-once ASVS-6.5.1]",
    "older-link-lives": "test_reset_is_safe[older-link-dies ASVS-6.6.2]",
    "confirms-on-get": "test_sign_up_is_safe[a-request-without-a-person-leaves-the-link-alone WSTG-ATHN-09]",
    "signs-in-on-get": "test_sign_in_by_link_is_safe[a-request-without-a-person-leaves-the-link-alone WSTG-ATHN-09]",
    "follows-host": "test_reset_is_safe[forged-host-stays-out-of-the-link WSTG-INPV-17]",
    "follows-forwarded-host": "test_reset_is_safe[forged-host-stays-out-of-the-link WSTG-INPV-17]",
    "tells-the-referrer": "test_reset_is_safe[token-stays-out-of-referer ASVS-3.4.5]",
    "keeps-sessions": "test_reset_is_safe[reset-ends-other-sessions ASVS-7.4.3]",
    "reset-signs-in": "test_reset_is_safe[reset-signs-nobody-in OWASP-Forgot-Password]",
    "tells-who-has-an-account": "test_reset_is_safe[known-and-unknown-addresses-are-answered-alike ASVS-6.3.8]",
    "keeps-quiet": "test_reset_is_safe[reset-is-told-to-its-owner ASVS-6.3.7]",
    "locks-out": "test_reset_is_safe[asking-changes-nothing ASVS-6.4.3]",
    "redirects-anywhere": "test_sign_in_by_link_is_safe[link-is-no-open-redirect ASVS-3.7.2]",
    "tracks-readers": "test_reset_is_safe[mail-asks-nobody-else ASVS-14.2.3]",
    "says-nothing-of-pictures": "test_reset_is_safe[mail-can-be-read-aloud WCAG-1.1.1]",
    "text-without-the-link": "test_reset_is_safe[text-and-html-carry-the-same-link RFC-2046-5.1.4]",
    "clipped": "test_reset_is_safe[mail-is-not-clipped Gmail-102-kB]",
    "no-message-id": "test_reset_is_safe[mail-has-an-id-and-a-date RFC-5322-3.6]",
    "endless-tries": "test_sign_in_by_code_is_safe[wrong-codes-lock ASVS-6.6.3]",
    "short-code": "test_sign_in_by_code_is_safe[code-is-long-enough ASVS-6.5.4]",
    "codes-live-on": "test_sign_in_by_code_is_safe[code-works-once ASVS-6.5.1]",
    "picky-code": "test_sign_in_by_code_is_safe[code-is-taken-as-it-is-read WCAG-3.3.7]",
    "bare-code-field": "test_sign_in_by_code_is_safe[code-field-helps-to-fill-it WCAG-1.3.5]",
    "short-token": "test_sign_in_by_link_is_safe[token-cannot-be-guessed ASVS-11.5.1]",
}


STACK = FOLDER.parent / "flask_security"
KNOWN = {
    "a-request-without-a-person-leaves-the-link-alone",  # it confirms on GET
    "forged-host-stays-out-of-the-link",
    "known-and-unknown-addresses-are-answered-alike",
}


def asked(defect: str, output: Path, *arguments: str) -> tuple[str, list[dict[str, Any]]]:
    """What the run of the demo with this defect said, and its findings."""
    return _run(FOLDER, FOLDER, output, *arguments, DEFECT=defect)


def _run(folder: Path, tests: Path, output: Path, *arguments: str, **more: str) -> tuple[str, list[dict[str, Any]]]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("PYTEST_", "INBOXWRIGHT_"))}
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", str(tests), "-c", str(folder / "pytest.ini"), "--browser", "chromium"),
            *("-q", "--output", str(output), *arguments),
        ],
        cwd=folder,
        env={**environment, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    said = ran.stdout + ran.stderr
    assert (output / SARIF).is_file(), said
    return said, json.loads((output / SARIF).read_text())["runs"][0]["results"]


@pytest.mark.parametrize("defect", FOUND_BY)
def test_a_planted_defect_is_found_by_its_own_check(tmp_path: Path, defect: str) -> None:
    test, _, name = FOUND_BY[defect].rstrip("]").partition("[")
    check = name.partition(" ")[0]

    said, findings = asked(defect, tmp_path / "out", "-k", test, "--checks", check)

    assert [finding["ruleId"] for finding in findings] == [check], said
    assert findings[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].endswith(f"{name}]"), said


def test_the_healthy_demo_has_no_finding(tmp_path: Path) -> None:
    said, findings = asked("none", tmp_path / "out")

    assert not findings, said
    assert "failed" not in said
    assert "holds" in said


def test_flask_security_as_it_comes_has_the_three_known_findings(tmp_path: Path) -> None:
    project = ["--project", "flask-security-as-it-comes", "--checks", ",".join(KNOWN), "-k", "sign_up"]

    said, findings = _run(STACK, STACK / "security.py", tmp_path / "out", *project)

    assert {finding["ruleId"] for finding in findings} == KNOWN, said
    assert "`host: inboxwright-forged.example` made a mail whose link leads to inboxwright-forged.example" in said
    assert "told apart by what the page says" in said or "told apart by the status" in said
