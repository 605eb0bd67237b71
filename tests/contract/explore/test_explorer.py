"""From a URL to tests that pass: the demo, and a second auth stack that takes a sign-in link twice."""

import json
import os
import sys
from pathlib import Path

import pytest

from inboxwright.config import load
from inboxwright.explore import JOURNEYS, Exploration, Explorer
from tests.contract.record.studio import REPOSITORY, Studio, in_thread
from tests.contract.record.test_demo import run


def explored(root: Path, command: str, *names: str, cwd: Path = REPOSITORY, path: str = "/healthz") -> Exploration:
    """What comes of these journeys, in an empty project."""
    Studio(root=root, command=command, cwd=cwd, path=path, env={"DEMO_RATE_LIMITS": "off"}).lay()
    journeys = [journey for journey in JOURNEYS if journey.name in names]
    explorer = Explorer(load(root / "playwright.config.json", environ=os.environ), say=print, journeys=journeys)
    return in_thread(explorer.explore)


def states(found: Exploration) -> dict[str, str]:
    return {result.journey.name: result.state or result.note for result in found.results}


def test_the_demos_journeys_are_found_written_and_clean(tmp_path: Path) -> None:
    found = explored(tmp_path, "python -m demo", "sign_up", "link_used_twice")

    assert states(found) == {"sign_up": "written", "link_used_twice": "written"}
    assert len(found.ways) == 5
    for arguments in (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy", "e2e", "flows", "pages")):
        done = run(tmp_path, *arguments)
        assert done.returncode == 0, done.stdout
    assert max(len(page.read_text().splitlines()) for page in (tmp_path / "pages").glob("*.py")) <= 60
    config = json.loads((tmp_path / "playwright.config.json").read_text(encoding="utf-8"))
    config["webServer"]["command"] = "python -m tests.contract.record.broken_demo wrong-person"
    (tmp_path / "broken.config.json").write_text(json.dumps(config), encoding="utf-8")
    assert (
        run(tmp_path, "pytest", "e2e/test_sign_up.py", "-q", "--playwright-config", "broken.config.json").returncode
        == 1
    )


def test_what_an_application_accepts_is_a_finding_and_a_strict_xfail(tmp_path: Path) -> None:
    stack = REPOSITORY / "tests/contract/flask_security"

    found = explored(tmp_path, "python -m app", "sign_up", "sign_in_by_code", "link_used_twice", cwd=stack)

    assert states(found) == {"sign_up": "written", "sign_in_by_code": "written", "link_used_twice": "finding"}
    test = (tmp_path / "e2e" / "test_link_used_twice.py").read_text(encoding="utf-8")
    assert "@pytest.mark.xfail(" in test
    assert "strict=True" in test


GREEDY = '''
import http.server, os

PAGE = b"""<!doctype html><title>Two</title><h1>Sign up</h1><img src="http://127.0.0.2:9/pixel.png">
<form method=post><label>Email <input type=email name=a></label><label>Work email <input type=email name=b></label>
<label>Password <input type=password name=c></label><button>Sign up</button></form>"""

class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
'''


def test_two_fields_for_one_purpose_are_a_question_and_other_hosts_are_never_touched(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(GREEDY, encoding="utf-8")

    found = explored(tmp_path, f"{sys.executable} app.py", "sign_up", cwd=tmp_path, path="/")

    assert [result.state for result in found.results] == ["left out"]
    assert "two fields ask for an address: 'Email' and 'Work email'" in found.results[0].note
    assert found.results[0].picture.startswith(b"\x89PNG")
    assert found.turned_away == {"127.0.0.2:9"}


@pytest.mark.parametrize("people", [3])
def test_it_stops_at_the_limit_of_people(tmp_path: Path, people: int) -> None:
    Studio(root=tmp_path, command="python -m demo").lay()
    project = load(tmp_path / "playwright.config.json", environ=os.environ)

    found = in_thread(Explorer(project, say=print, people=people).explore)

    assert found.people == 0
    assert "the limit of 3 people" in found.results[0].note
