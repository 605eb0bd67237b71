"""What an agent works with: people with inboxes of the project, their mails, files of the suite, and test runs.

What a tool is asked for by name (a link, a code, a mailed value) is handed over as it is, as a test would get it;
everything else that it says (texts, pages, output) is masked as the evidence of a run is.
"""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from inboxwright.address import new_id
from inboxwright.authenticator import Authenticator
from inboxwright.config import FILE_NAME, Project, find, load
from inboxwright.errors import InboxwrightError
from inboxwright.identity import Identity
from inboxwright.inbox import Inbox, Provider
from inboxwright.lint import loosened
from inboxwright.mail import Message
from inboxwright.mail.explain import explain_code, explain_link
from inboxwright.plugin._secrets import Secrets, of_project
from inboxwright.report import RESULTS, Report
from inboxwright.report import load as load_results
from inboxwright.running import connect_to, start

T = TypeVar("T")

_OUTPUT = "test-results/agents"
_FOLDERS = ("e2e", "flows", "pages")
_FILES = (FILE_NAME, "conftest.py")
_MOST = 6_000
"""Characters of an output that are shown: its end."""
_LONGEST = 900
"""Seconds of a test run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A made-up person with an inbox and an authenticator."""

    inbox: Inbox
    identity: Identity
    authenticator: Authenticator = field(default_factory=Authenticator)


class Desk:
    """One session. Every method says in one line what is wrong, by an InboxwrightError; times are milliseconds."""

    def __init__(self, root: Path, *, project: str | None = None) -> None:
        self.root = root.resolve()
        self._name = project
        self._services = ExitStack()
        self._lock = threading.Lock()
        self._provider: Provider | None = None
        self._project: Project | None = None
        self.people: dict[str, Person] = {}
        self.mails: dict[str, Message] = {}
        self.secrets = Secrets()

    # The project

    @property
    def project(self) -> Project:
        """As it is configured, with its services running if they are. Raises ConfigError."""
        if self._project is None:
            self._project = load(find(self.root), project=self._name)
        return self._project

    def provider(self) -> Provider:
        """The connection to the project's mail; the first call starts what the project needs."""
        with self._lock:
            if self._provider is None:
                output = Path(self._services.enter_context(tempfile.TemporaryDirectory()))
                running = start(self.project, self._services, output=output)
                self._project = running.project
                self.secrets.add(*of_project(running.project, running.inbox_options))
                provider = connect_to(running.project, options=running.inbox_options)
                self._provider = self._services.enter_context(provider)
            return self._provider

    def close(self) -> None:
        """Stop what was started; people and mails of before are gone."""
        with self._lock:
            self._services.close()
            self._services = ExitStack()
            self._provider = self._project = None
            self.people.clear()
            self.mails.clear()

    # People and their mail

    def new_person(self, hint: str) -> tuple[str, Person]:
        """A fresh one, by the name that the other tools know it by."""
        inbox = self.provider().new_inbox(hint)
        name = f"person-{len(self.people) + 1}"
        identity = Identity.generate(new_id(), locale=self.project.use.locale or "en_US")
        self.people[name] = Person(inbox=inbox, identity=identity)
        return name, self.people[name]

    def person(self, name: str) -> Person:
        """Raises InboxwrightError with the names that there are."""
        return _known(name, self.people, "person", "new_person")

    def wait_for_mail(self, person: str, *, subject: str | None, sender: str | None, timeout: int) -> str:
        """The name of the first mail that fits since the inbox was made. Raises MailTimeout with its verdict."""
        inbox = self.person(person).inbox
        return self._named(inbox.wait_for_message(subject=subject, sender=sender, timeout=timeout))

    def list_mails(self, person: str) -> list[str]:
        """The names of all mails that arrived, oldest first."""
        return [self._named(message) for message in self.person(person).inbox.messages()]

    def mail(self, name: str) -> Message:
        """Raises InboxwrightError with the names that there are."""
        return _known(name, self.mails, "mail", "wait_for_mail or list_mails")

    def _named(self, message: Message) -> str:
        for name, known in self.mails.items():
            if known.raw == message.raw and known.recipient == message.recipient:
                return name
        name = f"mail-{len(self.mails) + 1}"
        self.mails[name] = message
        self.secrets.learn(message)
        return name

    def explain(self, name: str) -> str:
        """Which link and code the mail gives, and why every other candidate was rejected."""
        lines = []
        for answer in (explain_link(self.mail(name)), explain_code(self.mail(name))):
            lines.append(f"{answer.asked}: {'one answer' if answer.value else f'refused: {answer.why}'}")
            lines += [
                f"  {item.masked} [{item.part}]: {item.reason or ('taken' if item.value == answer.value else 'fits')}"
                for item in answer.candidates
            ]
            lines += [f"  try {advice}" for advice in answer.advice]
        return self.masked("\n".join(lines))

    def masked(self, text: str) -> str:
        """The text without any secret that is known."""
        for person in self.people.values():
            self.secrets.add(*person.authenticator.spellings())
        return self.secrets.mask(text)

    def allowed(self, url: str) -> str:
        """The whole URL of a path of the application, or of one of the hosts that the project's links may lead to."""
        self.provider()  # the application is up
        base = self.project.use.base_url
        if base is None:
            raise InboxwrightError(f"the project has no base URL; set use.baseURL in {FILE_NAME}")
        whole = urljoin(base, url)
        hosts = {urlsplit(base).netloc, *(self.project.link_hosts or ())}
        if urlsplit(whole).scheme not in {"http", "https"} or urlsplit(whole).netloc not in hosts:
            raise InboxwrightError(
                f"{urlsplit(whole).netloc or url} is not a host of the project; inbox.linkHosts says which are"
            )
        return whole

    # Files of the suite

    def _path(self, name: str) -> Path:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root):
            raise InboxwrightError(f"{name} is outside of {self.root.name}")
        inside = path.relative_to(self.root)
        if inside.parts[0] not in _FOLDERS and str(inside) not in _FILES:
            raise InboxwrightError(f"{name} is none of the suite's files: {', '.join((*_FOLDERS, *_FILES))}")
        return path

    def read_file(self, name: str) -> str:
        """Text of a file of the suite."""
        path = self._path(name)
        if path.is_dir():
            return "\n".join(sorted(str(each.relative_to(self.root)) for each in path.rglob("*.py")))
        return path.read_text(encoding="utf-8")

    def write_file(self, name: str, text: str) -> str:
        """Write a file of the suite; refused where the tests would say less than before (`inboxwright lint`)."""
        path = self._path(name)
        old = {name: path.read_text(encoding="utf-8")} if path.exists() else {}
        if found := loosened(old, {name: text}):
            raise InboxwrightError("nothing was written, as the tests would say less:\n" + "\n".join(map(str, found)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return f"{'rewrote' if old else 'wrote'} {name}"

    def command(self, *arguments: str) -> str:
        """Run another command of ours in the project. Raises InboxwrightError with what it said."""
        done = self._run([sys.executable, "-c", "from inboxwright.cli import main; main()", *arguments])
        if done.returncode:
            raise InboxwrightError(_end(done.stdout + done.stderr))
        return done.stdout

    # Tests

    def run_tests(self, selection: Sequence[str]) -> str:
        """Run the tests with fresh services; what this session has started is stopped before."""
        if wrong := [part for part in selection if part.startswith("-")]:
            raise InboxwrightError(
                f"{wrong[0]!r} is an option; name files, folders or tests, such as e2e/test_a.py::test_b"
            )
        self.close()
        chosen = ["--project", self._name] if self._name else []
        tests = [*chosen, *(selection or ["e2e/"])]
        command = [sys.executable, "-m", "pytest", "-q", "--browser", "chromium", "--output", _OUTPUT, *tests]
        done = self._run(command)
        return f"exit code {done.returncode}\n{_end(done.stdout + done.stderr)}"

    def results(self) -> Report:
        """Of the last run. Raises InboxwrightError if there was none."""
        path = self.root / _OUTPUT / RESULTS
        if not path.exists():
            raise InboxwrightError("there is no result yet; call run_tests")
        return load_results([path])

    def _run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - our own commands; a selection holds no options
            command,
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
            stdin=subprocess.DEVNULL,
        )


def _known(name: str, there: Mapping[str, T], what: str, tool: str) -> T:
    if name not in there:
        known = ", ".join(there) or "none yet"
        raise InboxwrightError(f"there is no {what} {name!r} ({known}); {tool} gives one")
    return there[name]


def _end(text: str) -> str:
    return text if len(text) <= _MOST else f"…{text[-_MOST:]}"
