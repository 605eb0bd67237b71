"""`inboxwright sweep` on real mail systems: the named run's mail goes, everybody else's stays."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from inboxwright import connect
from inboxwright.config import FILE_NAME
from inboxwright.config._keys import camel
from tests.command_line import invoke
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.targets import TARGETS, marks, one

CAN_LIST = pytest.mark.parametrize(
    "target",
    [
        pytest.param(target, id=target.name, marks=marks(target))
        for target in TARGETS
        if target.name not in ("inbucket", "testmail", "vaultsandbox")
    ],
)


def sweep(server: Server, folder: Path, *arguments: str) -> Result:
    inbox = {camel(name): f"${{OPTION_{name}}}" for name in server.options}
    config = {"inbox": {"provider": server.provider, **inbox}}
    (folder / FILE_NAME).write_text(json.dumps(config))
    environ = {f"OPTION_{name}": str(value) for name, value in server.options.items()}
    command = ["sweep", "--playwright-config", str(folder / FILE_NAME), *arguments]
    return invoke(command, env=environ)


@CAN_LIST
def test_a_dead_runs_mail_goes_and_everybody_elses_stays(server: Server, post: Post, tmp_path: Path) -> None:
    with connect(server.provider, **server.options) as others:
        theirs = others.new_inbox("theirs")
        with connect(server.provider, cleanup=False, **server.options) as crashed:
            left = crashed.new_inbox("left")
            for inbox in (left, theirs):
                post(inbox.address)
                inbox.wait_for_message(timeout=10_000)

        young = sweep(server, tmp_path)
        both = server.stored(left.address), server.stored(theirs.address)
        result = sweep(server, tmp_path, "--run", crashed.run)
        after = server.stored(left.address), server.stored(theirs.address)

    assert (young.exit_code, result.exit_code) == (0, 0), young.output + result.output
    assert f"run {crashed.run}: 1 address, newest mail a moment ago: removed\n" in result.output
    assert (both, after) == ((1, 1), (0, 1))


@one("inbucket")
def test_where_addresses_cannot_be_listed_it_says_so(server: Server, tmp_path: Path) -> None:
    result = sweep(server, tmp_path)

    assert result.exit_code == 1
    assert 'the provider "inbucket" cannot list what it holds' in result.output
