"""`inbox.accounts`: several accounts of one provider."""

from typing import Any

import pytest

from inboxwright.config import describe
from tests.unit.config.conftest import Loader, Refusal

AT = "playwright.config.json:1: inbox.accounts"
MAILOSAUR = {"provider": "mailosaur", "key": "${KEY}", "server": "aaaaaaaa"}


def test_each_account_is_laid_over_what_all_share(settled: Loader) -> None:
    accounts = [{"key": "${A}", "domain": "A.example.com"}, {"key": "${B}", "server": "bbbbbbbb"}]
    inbox = settled(
        {"inbox": {**MAILOSAUR, "accounts": accounts}}, environ={"KEY": "k", "A": "a-key", "B": "b-key"}
    ).inbox

    first, second = inbox.each_account()
    assert (first.domain, dict(first.options)) == ("a.example.com", {"key": "a-key", "server": "aaaaaaaa"})
    assert (second.domain, dict(second.options)) == ("inbox.example.com", {"key": "b-key", "server": "bbbbbbbb"})


def test_without_accounts_there_is_one(settled: Loader) -> None:
    inbox = settled({"inbox": MAILOSAUR}, environ={"KEY": "k"}).inbox

    assert inbox.each_account() == (inbox,)


def test_what_every_account_gives_need_not_be_given_for_all(settled: Loader) -> None:
    accounts = [{"key": "${A}"}, {"key": "${B}"}]
    config = {"inbox": {"provider": "mailslurp", "accounts": accounts}}

    assert [dict(each.options) for each in settled(config, environ={"A": "a", "B": "b"}).inbox.each_account()] == [
        {"key": "a"},
        {"key": "b"},
    ]


def test_keys_are_masked_wherever_they_are_shown(settled: Loader) -> None:
    project = settled({"inbox": {**MAILOSAUR, "accounts": [{"key": "${A}"}]}}, environ={"KEY": "k", "A": "hunter2"})

    shown = {setting.path: setting.value for setting in describe(project)}
    assert shown["inbox.accounts[0].key"] == '"****"'
    assert "hunter2" not in repr(project) + repr(project.inbox.each_account())


def test_they_come_from_the_environment_too(settled: Loader) -> None:
    accounts = '[{"port": 1143, "password": "hunter2"}, {"port": 2143}]'
    config = {"inbox": {"provider": "imap", "host": "h", "username": "u"}}
    inbox = settled(config, environ={"INBOXWRIGHT_INBOX_ACCOUNTS": accounts}).inbox

    assert [account.options["port"] for account in inbox.each_account()] == [1143, 2143]
    assert "hunter2" not in repr(inbox)


def test_another_provider_gets_none_of_them(settled: Loader) -> None:
    config = {
        "inbox": {**MAILOSAUR, "accounts": [{"key": "${A}"}]},
        "projects": [{"name": "local", "inbox": {"provider": "embedded"}}],
    }

    assert settled(config).inbox.accounts == ()


@pytest.mark.parametrize(
    ("accounts", "message"),
    [
        ({"key": "${A}"}, ": must be a list of objects, not an object"),
        ("hunter2", ": must be a list of objects, not a text"),
        (["hunter2"], "[0]: must be an object, not a text"),
        ([{"kye": "${A}"}], '[0].kye: is not a key here; did you mean "key"?'),
        ([{"key": "${A}"}, {"timeout": 5}], "[1].timeout: is not a key here; its place is timeout"),
        ([{"bucket": "b"}], "[0].bucket: is an option of the provider s3, not of the one that is chosen here"),
        (
            [{"key": "hunter2"}],
            '[0].key: is a secret and must come from the environment: write "${NAME}" and set that variable',
        ),
        ([{"key": "${A}", "server": 7}], "[0].server: must be a text, not 7"),
        ([{"key": "${MISSING}"}], "[0].key: the environment variable MISSING is not set"),
    ],
)
def test_bad_input_gets_one_line(refusal: Refusal, accounts: Any, message: str) -> None:
    said = refusal({"inbox": {**MAILOSAUR, "accounts": accounts}}, environ={"KEY": "k", "A": "a"})

    assert said.startswith(AT + message)
    assert "\n" not in said
    assert "hunter2" not in said


def test_a_mistake_in_an_account_is_told_with_its_line(refusal: Refusal) -> None:
    text = '{"inbox": {"provider": "mailosaur", "accounts": [\n{"key": "${A}"},\n{"key": "${A}",\n "sever": "x"}]}}'

    assert refusal(text).startswith("playwright.config.json:4: inbox.accounts[1].sever: is not a key here; ")


def test_a_project_gives_its_own_accounts_and_an_empty_list_takes_them_away(settled: Loader) -> None:
    top = {**MAILOSAUR, "accounts": [{"server": "b"}, {"server": "c"}]}
    projects = [{"name": "own", "inbox": {"accounts": [{"server": "d"}]}}, {"name": "none", "inbox": {"accounts": []}}]
    config = {"inbox": top, "projects": projects}
    found = [settled(config, project=name, environ={"KEY": "k"}).inbox.accounts for name in ("own", "none")]

    assert [[account.options["server"] for account in accounts] for accounts in found] == [["d"], []]


def test_the_run_starts_one_embedded_server_at_most(refusal: Refusal) -> None:
    said = refusal({"inbox": {"accounts": [{"url": "http://127.0.0.1:1"}, {"smtp": "127.0.0.1:25"}]}})

    assert (
        said == f"{AT}: an account of the embedded provider is a server that runs already; give each its url and token"
    )


def test_an_account_that_lacks_what_is_required_is_refused(refusal: Refusal) -> None:
    said = refusal(
        {"inbox": {"provider": "mailslurp", "accounts": [{"key": "${A}"}, {"domain": "b.test"}]}}, environ={"A": "a"}
    )

    assert 'inbox.key: is missing, and the provider "mailslurp" needs it' in said
