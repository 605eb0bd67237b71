"""The table of providers, and what goes wrong before anything is connected."""

import builtins
import sys
from typing import Any

import pytest

from inboxwright.config._keys import keys_of
from inboxwright.config._kinds import Kind
from inboxwright.errors import ConfigError
from inboxwright.providers import PROVIDERS, Backend, backend_class, open_backend


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_is_made_from_its_options(name: str) -> None:
    found = backend_class(name)

    assert issubclass(found, Backend)
    assert found.__init__.__annotations__["options"] is PROVIDERS[name]


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_default_is_a_value_that_its_option_takes(name: str) -> None:
    for key in keys_of(PROVIDERS[name]).values():
        assert isinstance(key.kind, Kind)
        assert key.required or key.default in (None, "") or key.kind.read(key.default) == key.default, key.name


def test_an_unknown_provider_is_named_with_what_was_meant() -> None:
    with pytest.raises(ConfigError, match='"mailpitt" is unknown; did you mean "mailpit"'):
        open_backend("mailpitt")


def test_an_unknown_option_is_named_with_those_that_are_taken() -> None:
    with pytest.raises(ConfigError, match='takes no option "host"; it takes password, smtp, url, username'):
        open_backend("mailpit", host="x")


def test_a_required_option_is_named() -> None:
    with pytest.raises(ConfigError, match=r"needs inbox\.username"):
        open_backend("imap", host="x")


def test_a_client_that_is_not_installed_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_boto3(name: str, *arguments: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "boto3":
            raise ModuleNotFoundError("No module named 'boto3'", name="boto3")
        return real(name, *arguments, **options)

    monkeypatch.delitem(sys.modules, "inboxwright.providers.s3", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_boto3)

    with pytest.raises(ConfigError, match=r"needs boto3; run: pip install 'inboxwright\[s3\]'"):
        open_backend("s3", bucket="x")


@pytest.mark.parametrize("smtp", ["nowhere", ":25", "host:", "host:99999", "host:smtp"])
def test_a_wrong_endpoint_is_refused(smtp: str) -> None:
    with pytest.raises(ConfigError, match=r"inbox\.smtp must be an address like"):
        open_backend("mailpit", smtp=smtp)


def test_importing_the_table_imports_no_client() -> None:
    import subprocess

    code = (
        "import sys, inboxwright.providers; print([m for m in ('boto3', 'imapclient', 'socketio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
