"""Several accounts of one provider: the workers share them out, sweep and doctor look at all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inboxwright.plugin._command_line import place_of
from tests.command_line import invoke
from tests.contract.server.process import Server, running
from tests.plugin.inner import run

TESTS = """
    import pytest

    @pytest.mark.parametrize("number", range(4))
    def test_signs_in_by_code(user, send, number, worker_id):
        user.page.set_content("<label>Code <input></label>")
        with user.inbox.expect_message() as mail:
            send(user.inbox.address, subject=worker_id, text="Your code:\\n\\n493821\\n")

        user.page.get_by_label("Code").fill(mail.value.code())

        assert user.page.get_by_label("Code").input_value() == "493821"
        assert [message.subject for message in user.inbox.messages()] == [worker_id]

    @pytest.fixture(scope="session", autouse=True)
    def stays(provider):
        provider._cleanup = False
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two servers, and the configuration that names them."""

    servers: tuple[Server, Server]
    config: dict[str, object]

    def subjects(self) -> list[set[str]]:
        """Of the mail that each holds."""
        listed = [server.api("GET", "/v1/messages")["messages"] for server in self.servers]
        return [{message["subject"] for message in messages} for messages in listed]


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    with running() as one, running("--max-storage", "1000000") as other:
        servers = (one, other)
        accounts = []
        for name, server in zip("AB", servers, strict=True):
            monkeypatch.setenv(f"TOKEN_{name}", server.token)
            accounts.append({"url": server.url, "token": f"${{TOKEN_{name}}}", "domain": f"{name}.test"})
        yield Two(servers=servers, config={"inbox": {"provider": "embedded", "accounts": accounts}})


def test_each_workers_mail_is_in_its_own_account(tmp_path: Path, two: Two) -> None:
    ran = run(tmp_path, TESTS, "-n", "2", "--dist", "each", config=two.config)

    assert "8 passed" in ran.out, ran.out
    assert two.subjects() == [{"gw0"}, {"gw1"}]
    assert "mail by embedded at a.test, b.test in 2 accounts" in ran.out
    assert "embedded, account 2, has left: 1 MB of 1 MB of storage" in ran.out


def test_shards_of_one_process_begin_at_different_accounts(tmp_path: Path, two: Two) -> None:
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        ran = run(tmp_path / str(number), TESTS, "--shard", f"{number}/2", config=two.config)
        assert ran.code == 0, ran.out

    assert two.subjects() == [{"master"}, {"master"}]


def test_every_token_is_masked_in_what_a_failed_test_leaves(tmp_path: Path, two: Two) -> None:
    tests = """
        import os

        def test_tells(new_inbox, send):
            inbox = new_inbox()
            raise AssertionError(f"{os.environ['TOKEN_A']} and {os.environ['TOKEN_B']}")
    """
    ran = run(tmp_path, tests, config=two.config)

    assert "AssertionError: **** and ****" in ran.out
    assert not any(server.token in ran.out for server in two.servers)


def test_doctor_and_sweep_go_through_all_accounts(tmp_path: Path, two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(tmp_path, TESTS, "-n", "2", "--dist", "each", config=two.config)
    ours = re.search(r"run (\w+),", ran.out)
    assert ours is not None
    monkeypatch.setattr("inboxwright.cli._doctor.check_browser", lambda _: "chromium 1")

    checked = invoke(["doctor", "--quiet", "--playwright-config", str(tmp_path / "playwright.config.json")])
    swept = invoke(["sweep", "--run", ours[1], "--playwright-config", str(tmp_path / "playwright.config.json")])

    assert [url in checked.output for url in (server.url for server in two.servers)] == [True, True], checked.output
    assert len(re.findall("was back after", checked.output)) == 2
    assert re.search("has left: .* of 1 MB of storage, connected in", checked.output)
    assert re.findall(r"account . of 2:\nrun \w+: 4 addresses", swept.output) != [], swept.output
    assert two.subjects() == [set(), set()]


def test_workers_and_shards_take_them_in_turn() -> None:
    places = [place_of(f"gw{worker}", 2, f"{shard}/4") for shard in (1, 2, 3, 4) for worker in (0, 1)]

    assert places == [0, 1, 2, 3, 4, 5, 6, 7]  # eight accounts are all used, by one worker each
    assert place_of("gw3", 2, "2/4") == place_of("gw1", 2, "2/4")  # it replaces a worker that crashed
