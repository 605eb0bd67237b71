"""The last gate: when a run ends, every file below its output folder is opened again and searched for what works.

By then all of it should be masked. If a secret is left the run fails, and names the file, never the secret. Archives
and encoded parts of mails are opened too; pictures are not read. `--no-leak-check` turns it off.
"""

import email
import gzip
import io
import re
import time
import zipfile
from collections.abc import Iterable, Iterator
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inboxwright.config import spellings
from inboxwright.plugin._output import folder_of
from inboxwright.plugin._secrets import SHORT
from inboxwright.plugin._test_record import known
from inboxwright.plugin._tracing import PICTURES

if TYPE_CHECKING:
    from inboxwright.plugin._run import Run

GATE = pytest.StashKey["Gate"]()
_WORKER_KEY = "inboxwright_secrets"
_WORD = re.compile(rb"[^\s\"'<>&,;(){}\[\]]{4,}")
_CUT = re.compile(r"[\s\"'<>&,;(){}\[\]]")
_SHARED_LEAST = 6
"""Characters: in a file of many tests a shorter one, which is a number most often, says nothing."""


class Gate:
    """In each process it keeps what that process's tests knew; the controller's searches."""

    def __init__(self, config: pytest.Config, run: "Run") -> None:
        self._config = config
        self._run = run
        self.values: set[str] = set(run.secrets().values)
        """In memory only: neither a report nor a file has them."""
        self._of_folder: dict[str, list[str]] = {}
        self._left: list[str] = []
        self._said = ""

    def learn(self, item: pytest.Item) -> None:
        """What the test that ends now has known."""
        values = known(item).certain().values
        self.values.update(values)
        folder = folder_of(item)
        if folder.exists():
            self._of_folder[folder.name] = values

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Of a worker that came to its end."""
        told = getattr(node, "workeroutput", {}).get(_WORKER_KEY)
        if told is not None:
            self.values.update(told["values"])
            self._of_folder.update(told["of_folder"])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker hands over what it knows; the controller stops what it started, and searches."""
        if hasattr(self._config, "workerinput"):
            output: dict[str, Any] = vars(self._config)["workeroutput"]
            output[_WORKER_KEY] = {"values": sorted(self.values), "of_folder": self._of_folder}
            return
        self._run.stop()
        began = time.monotonic()
        folder = Path(self._config.option.output).absolute()
        number, self._left = self._search(folder)
        took = time.monotonic() - began
        self._said = f"{number} files searched for {len(self.values)} secrets in {took:.2f} s"
        if self._left and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The files, if any."""
        if self._left:
            terminalreporter.section("secrets left in artifacts", "=", red=True)
            for name in self._left:
                terminalreporter.write_line(name, red=True)
            terminalreporter.write_line(
                "inboxwright: do not publish these files, and report this: they should have been masked "
                "(--no-leak-check leaves this search out)"
            )
        if self._said and self._config.option.verbose > 0:
            terminalreporter.write_line(f"inboxwright: {self._said}")

    def _search(self, folder: Path) -> tuple[int, list[str]]:
        everywhere = Search(value for value in self.values if len(value) >= _SHARED_LEAST)
        long = Search(value for value in self.values if len(value) >= SHORT)
        number, left = 0, []
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            number += 1
            own = self._of_folder.get(path.relative_to(folder).parts[0])
            searches = [everywhere] if own is None else [long, Search(own)]
            for name, content in contents(path.name, path.read_bytes()):
                if any(search.found_in(content) for search in searches):
                    within = f" ({name})" if name != path.name else ""
                    left.append(f"{path.relative_to(folder.parent)}{within}")
        return number, left


class Search:
    """Looks for many values, in every spelling, at once."""

    def __init__(self, values: Iterable[str]) -> None:
        self._words: list[tuple[str, bytes]] = []
        self._phrases: list[tuple[str, bytes]] = []
        for value in values:
            for form in dict.fromkeys(spellings(value)):
                if len(form) >= 4:
                    (self._phrases if _CUT.search(form) else self._words).append((value, form.encode()))

    def found_in(self, content: bytes) -> set[str]:
        """The values that the content holds; short ones only where they stand alone, as they are masked."""
        # Files repeat themselves: their different words are a small part of them, and as good to search.
        words = b"\n".join(set(_WORD.findall(content)))
        found = {value for value, form in self._words if form in words and _stands(value, form, content)}
        return found | {value for value, form in self._phrases if form in content and _stands(value, form, content)}


def _stands(value: str, form: bytes, content: bytes) -> bool:
    if len(value) >= SHORT:
        return True
    alone = rb"(?<!\w)(?<!\w[.-])" + re.escape(form) + rb"(?!\w|[.-]\w)"
    return re.search(alone, content) is not None


def contents(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The file's own bytes, and those of what it packs."""
    if name.endswith(PICTURES):
        return
    if name.endswith(".zip") or raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.namelist():
                yield from contents(member, archive.read(member))
        return
    if raw[:2] == b"\x1f\x8b":
        yield from contents(name.removesuffix(".gz"), gzip.decompress(raw))
        return
    yield name, raw
    if name.endswith(".eml"):
        for part in email.message_from_bytes(raw, policy=policy.compat32).walk():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield name, payload
