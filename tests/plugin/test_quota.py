"""What a run says of the account's limits before it starts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.server.process import Server, running
from tests.plugin.inner import run

TESTS = """
    def test_one(new_inbox, send):
        inbox = new_inbox()
        with inbox.expect_message():
            send(inbox.address)

    def test_two(new_inbox):
        new_inbox()

    def test_without_mail():
        pass
"""


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    with running("--max-storage", "30000") as server:
        yield _config(server, monkeypatch)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    with running("--max-storage", "1") as server:
        yield _config(server, monkeypatch)


def _config(server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setenv("QUOTA_TOKEN", server.token)
    return {"inbox": {"provider": "embedded", "url": server.url, "token": "${QUOTA_TOKEN}"}}


def test_the_need_and_what_is_left_are_said_in_one_line(tmp_path: Path, config: dict[str, object]) -> None:
    ran = run(tmp_path, TESTS, config=config)

    assert (
        "\ninboxwright: this run needs up to 2 addresses and at least as many messages; "
        "embedded has left: 30 kB of 30 kB of storage\n"
    ) in ran.out
    assert "WARNING" not in ran.out
    assert ran.code == 0


def test_a_run_that_may_need_more_is_warned_and_goes_on(tmp_path: Path, config: dict[str, object]) -> None:
    ran = run(tmp_path, TESTS, "-q", "--reruns", "1", config=config)

    assert "needs up to 4 addresses" in ran.out
    warning = "WARNING: embedded has 30 kB of 30 kB of storage left, and its tests may need 0.04 MB; free some"
    assert warning in ran.out
    assert "3 passed" in ran.out


def test_with_workers_it_is_said_once(tmp_path: Path, config: dict[str, object]) -> None:
    ran = run(tmp_path, TESTS, "-n", "2", config=config)

    assert len(re.findall("this run needs up to 3 addresses", ran.out)) == 1, ran.out
    assert ran.code == 0


def test_a_run_that_can_receive_nothing_is_refused(tmp_path: Path, full: dict[str, object]) -> None:
    ran = run(tmp_path, TESTS, config=full)

    assert "embedded has 1 bytes of 1 bytes of storage left, so no mail can be received; free some" in ran.out
    assert "test_one" not in ran.out
    assert ran.code == 4


def test_tests_that_take_no_mail_are_not_refused(tmp_path: Path, full: dict[str, object]) -> None:
    ran = run(tmp_path, TESTS, "-k", "without", config=full)

    assert "1 passed, 2 deselected" in ran.out


def test_limits_that_cannot_be_read_stop_no_run(tmp_path: Path, config: dict[str, object]) -> None:
    config = {"inbox": {**config["inbox"], "url": "http://127.0.0.1:9"}}  # type: ignore[dict-item]  # an object
    ran = run(tmp_path, TESTS, "-k", "one or without", config=config)

    assert "what embedded has left could not be read (the inbox server at http://127.0.0.1:9 does not answer" in ran.out
    assert "1 passed" in ran.out


def test_a_run_of_its_own_server_says_nothing(tmp_path: Path) -> None:
    assert "this run needs" not in run(tmp_path, TESTS).out
