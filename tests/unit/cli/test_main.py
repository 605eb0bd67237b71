"""The command line as a whole."""

import importlib
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from inboxwright.cli import COMMANDS, main
from inboxwright.errors import InboxwrightError


def test_help_names_every_command_and_imports_none() -> None:
    code = (
        "import sys\nfrom inboxwright.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print('imported:', *[m for m in sys.modules if m.startswith('inboxwright.cli.')])\n"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert all(f"  {name} " in shown for name in COMMANDS)
    assert shown.endswith("imported:\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_a_file_of_its_name(name: str) -> None:
    command = getattr(importlib.import_module(f"inboxwright.cli.{name}"), name)

    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help


@pytest.mark.parametrize(
    ("word", "message"),
    [("doktor", 'there is no command "doktor"; did you mean "doctor"?'), ("zzz", 'there is no command "zzz"')],
)
def test_an_unknown_command_is_refused_with_the_nearest(word: str, message: str) -> None:
    result = CliRunner().invoke(main, [word])

    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {message}\n")


def test_an_error_of_ours_is_its_message_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise InboxwrightError("this is wrong; do that")

    monkeypatch.setattr("inboxwright.cli.init.init.callback", fail)
    result = CliRunner().invoke(main, ["init"])

    assert (result.exit_code, result.stderr) == (1, "Error: this is wrong; do that\n")


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.startswith("inboxwright 0.")
