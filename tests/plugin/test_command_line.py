"""The command line wins over the file, and what it asks for has to be there before anything starts."""

from pathlib import Path

import pytest

from tests.plugin.inner import run

SUITE = """
    def test_it_has_the_base_url_that_was_given(base_url, new_context):
        assert base_url == "http://given.test"

        page = new_context().new_page()
        page.route("**/*", lambda route: route.fulfill(body="<title>Here</title>", content_type="text/html"))
        page.goto("/path")

        assert page.url == "http://given.test/path"
"""


@pytest.mark.parametrize("use", [{}, {"baseURL": "http://file.test"}], ids=["no other", "another"])
@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["alone", "a worker"])
def test_a_base_url_on_the_command_line(tmp_path: Path, use: dict[str, str], workers: list[str]) -> None:
    ran = run(tmp_path, SUITE, "--base-url", "http://given.test", *workers, config={"use": use})

    assert "1 passed" in ran.out, ran.out
    assert "project default, http://given.test" in ran.out


LIMIT = """
    def test_it_has_a_limit(request):
        limit = request.node.get_closest_marker("timeout")
        assert limit is not None and limit.args == (7.0,)
"""


@pytest.mark.parametrize(("variable", "outcome"), [("", "1 passed"), ("1", "1 failed"), ("console", "1 failed")])
def test_who_debugs_with_playwright_has_all_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, outcome: str
) -> None:
    monkeypatch.setenv("PWDEBUG", variable)

    ran = run(tmp_path, LIMIT, config={"timeout": 7000})

    assert outcome in ran.out, ran.out


NOT_INSTALLED = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "PIL":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.modules.pop("PIL", None)
sys.meta_path.insert(0, Missing())
"""


@pytest.mark.parametrize(
    ("args", "reporter"), [(["--report-folder", "page"], "dot"), ([], "html")], ids=["option", "reporter"]
)
def test_a_page_that_cannot_be_built_is_told_before_the_tests(tmp_path: Path, args: list[str], reporter: str) -> None:
    more = {"not_installed.py": NOT_INSTALLED, "pytest.ini": "[pytest]\npythonpath = .\n"}
    args = ["-p", "no:playwright-asyncio", "-p", "not_installed", *args]

    ran = run(tmp_path, SUITE, *args, config={"reporter": reporter}, more=more)

    assert ran.code == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: the report needs Pillow; run: pip install 'inboxwright[report]'" in ran.out
    assert "test session starts" not in ran.out
