"""Options of one context or user win over those of the project, for that one alone."""

import json
from pathlib import Path

import pytest

from tests.plugin.inner import ASYNC_INI, run

STATE = json.dumps({"cookies": [], "origins": []})
USE = {"locale": "en-GB", "storageState": "state.json"}

SUITE = """
    import pytest

    def language(page):
        return page.evaluate("navigator.language")

    def test_options_of_one_context_win(new_context):
        own = new_context(locale="de-DE", viewport={"width": 400, "height": 500}).new_page()
        other = new_context().new_page()

        assert (own.viewport_size["width"], language(own)) == (400, "de-DE")
        assert (other.viewport_size["width"], language(other)) == (1280, "en-GB")

    def test_options_of_one_user_win(new_user):
        assert [language(new_user(locale="fr-FR").page), language(new_user().page)] == ["fr-FR", "en-GB"]

    @pytest.mark.browser_context_args(locale="es-ES")
    def test_the_marker_wins_over_the_project(page, new_user):
        assert [language(page), language(new_user(locale="fr-FR").page)] == ["es-ES", "fr-FR"]

    @pytest.fixture(scope="session")
    def sign_in_journey():
        return lambda user: None

    def test_a_signed_in_state_wins(signed_in_user):
        assert language(signed_in_user.page) == "en-GB"
"""
ASYNC_SUITE = """
    import asyncio

    async def language(user):
        return await user.page.evaluate("navigator.language")

    async def test_options_of_one_user_win(new_user):
        users = await asyncio.gather(new_user(locale="fr-FR"), new_user(), new_user(locale="de-DE"))
        assert [await language(user) for user in users] == ["fr-FR", "en-GB", "de-DE"]
"""
WINDOW = """
    def test_a_size_wins_over_that_of_the_window(new_context):
        assert new_context(viewport={"width": 400, "height": 500}).new_page().viewport_size["width"] == 400
"""


def test_beside_the_sync_api(tmp_path: Path) -> None:
    ran = run(tmp_path, SUITE, config={"use": USE}, more={"state.json": STATE})

    assert "4 passed" in ran.out, ran.out


def test_beside_the_async_api(tmp_path: Path) -> None:
    ran = run(tmp_path, ASYNC_SUITE, config={"use": USE}, more={"state.json": STATE, "pytest.ini": ASYNC_INI})

    assert "1 passed" in ran.out, ran.out


@pytest.mark.parametrize("viewport", [None, {"width": 800, "height": 600}])
def test_beside_the_size_of_the_window(tmp_path: Path, viewport: object) -> None:
    ran = run(tmp_path, WINDOW, config={"use": {"viewport": viewport}})

    assert "1 passed" in ran.out, ran.out
