"""`inboxwright sweep` removes dead runs' mail, and nobody else's."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from inboxwright.cli.sweep import Leftover, dead, leftovers
from inboxwright.config import FILE_NAME
from inboxwright.providers.base import Backend, Deliver
from tests.command_line import invoke

NOW = datetime.now(UTC)
OLD, YOUNG = "aaaaaaaa", "bbbbbbbb"


def address(run: str, number: int = 2, domain: str = "inbox.example.com") -> str:
    return f"sign-up-r{run}-{str(number) * 8}@{domain}"


class Fake(Backend):
    """Holds mail, and notes what is deleted."""

    def __init__(self, held: Mapping[str, datetime] | None) -> None:
        self.held = held
        self.deleted: list[str] = []
        self.closed = False

    async def open(self) -> None: ...

    async def close(self) -> None:
        self.closed = True

    async def watch(self, address: str, deliver: Deliver) -> None: ...

    async def unwatch(self, address: str) -> None: ...

    async def synchronize(self, address: str) -> int | None: ...

    async def leftovers(self) -> Mapping[str, datetime] | None:
        return self.held

    async def delete(self, addresses: Sequence[str]) -> None:
        assert len(addresses) <= 200
        self.deleted += addresses


HELD = {
    address(OLD, 2): NOW - timedelta(days=9),
    address(OLD, 3): NOW - timedelta(days=3),
    address(YOUNG, 4): NOW - timedelta(days=9),
    address(YOUNG, 5): NOW - timedelta(hours=1),
    address("cccccccc", 6, "elsewhere.test"): NOW - timedelta(days=9),
    "person@inbox.example.com": NOW - timedelta(days=9),
    "r-aaaaaaaa@inbox.example.com": NOW - timedelta(days=9),
}


def sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, held: Mapping[str, datetime] | None = HELD
) -> tuple[Result, Fake]:
    (tmp_path / FILE_NAME).write_text(json.dumps({"inbox": {"provider": "mailpit"}}))
    backend = Fake(held)

    def opened(name: str, **_: Any) -> Fake:
        assert name == "mailpit"
        return backend

    monkeypatch.setattr("inboxwright.cli.sweep.open_backend", opened)
    result = invoke(["sweep", "--playwright-config", str(tmp_path / FILE_NAME), *arguments])
    assert backend.closed
    return result, backend


def test_a_run_whose_newest_mail_is_old_is_removed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, backend = sweep(tmp_path, monkeypatch)

    assert backend.deleted == [address(OLD, 2), address(OLD, 3)]
    assert result.output == (
        "run aaaaaaaa: 2 addresses, newest mail 3 days ago: removed\nremoved 1 run; 1 younger run left alone\n"
    )


def test_a_dry_run_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, backend = sweep(tmp_path, monkeypatch, "--dry-run")

    assert backend.deleted == []
    assert result.output == "run aaaaaaaa: 2 addresses, newest mail 3 days ago: would be removed\n"


def test_a_named_run_is_removed_at_any_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, backend = sweep(tmp_path, monkeypatch, "--run", YOUNG)

    assert backend.deleted == [address(YOUNG, 4), address(YOUNG, 5)]


def test_the_age_is_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, backend = sweep(tmp_path, monkeypatch, "--older-than", "5d")

    assert backend.deleted == []
    assert result.output == "nothing to remove; 2 younger runs left alone\n"


def test_the_run_that_is_going_on_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOXWRIGHT_RUN_ID", OLD)
    _, backend = sweep(tmp_path, monkeypatch)

    assert backend.deleted == []


def test_many_addresses_are_deleted_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = {f"x{number}-r{OLD}-22222222@inbox.example.com": NOW - timedelta(days=9) for number in range(450)}
    _, backend = sweep(tmp_path, monkeypatch, held=held)

    assert sorted(backend.deleted) == sorted(held)


def test_a_provider_that_cannot_list_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, _ = sweep(tmp_path, monkeypatch, held=None)

    assert result.exit_code == 1
    assert result.stderr == (
        'Error: the provider "mailpit" cannot list what it holds; let its own retention remove old mail\n'
    )


def test_the_embedded_server_of_a_run_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{}")
    result = invoke(["sweep", "--playwright-config", str(tmp_path / FILE_NAME)])

    assert (result.exit_code, result.output) == (
        0,
        "nothing to remove: the embedded server ends with the run that started it\n",
    )


def test_runs_are_told_apart_and_sorted_by_age() -> None:
    runs = leftovers(HELD, domain=None)

    assert [left.run for left in runs] == ["cccccccc", OLD, YOUNG]
    assert leftovers({}, domain=None) == []


def test_exactly_as_old_as_the_limit_is_not_dead() -> None:
    left = Leftover(run=OLD, addresses=(), newest=NOW)

    assert dead([left], before=NOW, only=None, living=None) == []
    assert dead([left], before=NOW + timedelta(microseconds=1), only=None, living=None) == [left]
