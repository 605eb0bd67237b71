"""The command line wins over the file, whatever the order in which pytest found the plugins."""

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
