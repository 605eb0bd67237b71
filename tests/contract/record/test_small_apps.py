"""Applications of one page each, with what recorders stumble over; recorded by the robot and run as written."""

import sys
from pathlib import Path

import pytest

from tests.contract.record.robot import Robot
from tests.contract.record.studio import Recorded, Studio
from tests.contract.record.test_demo import run

APP = """
import http.server, os, pathlib

class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(pathlib.Path(__file__).with_name("page.html").read_bytes())

http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
"""
HASH = """<!doctype html><title>Orchard</title><h1>Grow faster</h1><p data-testid=route></p>
<button onclick="location.hash = '#/joined'">Join</button>
<script>const show = () => document.querySelector("[data-testid=route]").textContent = location.hash
addEventListener("hashchange", show); show()</script>"""
CARD = """<!doctype html><title>Orchard</title><h1>Orchard</h1>
<button type=button><style>.x { color: red }</style><h3>Kim</h3><p>member</p></button>
<div data-testid=both><p>one</p><p>two</p></div>"""


def recorded(root: Path, page: str, start: str, walk: object) -> Recorded:
    """The page served, and the walk recorded."""
    (root / "app.py").write_text(APP, encoding="utf-8")
    (root / "page.html").write_text(page, encoding="utf-8")
    with Studio(root=root, command=f"{sys.executable} app.py", path="/", cwd=root) as studio:
        return studio.record("small", start, walk)  # type: ignore[arg-type]  # a journey


async def join(robot: Robot) -> None:
    await robot.button("Join")
    await robot.page.get_by_text("#/joined").wait_for()
    await robot.asserts(robot.page.get_by_test_id("route"), "Has this text")


async def read_cards(robot: Robot) -> None:
    await robot.asserts(robot.page.get_by_text("member"), "Has this text")
    await robot.page.mouse.move(1, 1)
    await robot.asserts(robot.page.get_by_test_id("both"), "Has this text")


def passes(root: Path) -> None:
    done = run(root, "pytest", "e2e", "-q")
    assert "1 passed" in done.stdout, done.stdout


def test_a_route_in_the_fragment_is_a_screen_and_is_opened_once(tmp_path: Path) -> None:
    files = recorded(tmp_path, HASH, "/#/join", join).generated.files

    assert files["flows/small.py"].count(".open(") == 1
    assert 'self.page.goto("/#/join")' in files["pages/join.py"]
    assert 'wait_for_url("/#/joined")' in files["flows/small.py"]
    passes(tmp_path)


@pytest.mark.parametrize("page", [CARD])
def test_a_text_is_asserted_of_what_was_picked_as_people_read_it(tmp_path: Path, page: str) -> None:
    files = recorded(tmp_path, page, "/", read_cards).generated.files

    assert 'to_contain_text("member")' in files["e2e/test_small.py"]
    assert "color" not in "".join(files.values())
    passes(tmp_path)
