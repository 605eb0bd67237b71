"""The programs behind the real servers: where each is found, and the one command that installs it, pinned."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parents[3] / ".cache"
BIN = CACHE / "bin"
_NOTES = CACHE / "servers"
_TIMEOUT = 900.0


class Missing(Exception):
    """A program is not here; the text says why and what installs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program, at one version."""

    name: str
    version: str
    find: Callable[[], Path | None]
    commands: Callable[[], Iterable[Sequence[str]]]
    """One after the other: each is asked for when the last one has succeeded."""
    needs: str
    """The tool that installs it."""

    def path(self) -> Path:
        """Where it is. Raises Missing."""
        if found := self.find():
            return found
        note = _NOTES / f"{self.name}.failed"
        why = note.read_text().strip() if note.is_file() else "it was never installed"
        raise Missing(f"{self.name} {self.version}: {why} (python -m tests.contract.servers install {self.name})")

    def install(self) -> None:
        """Install it if it is not here; a failure is noted for the test run's summary. Raises Missing."""
        for folder in (_NOTES, BIN):
            folder.mkdir(parents=True, exist_ok=True)
        note = _NOTES / f"{self.name}.failed"
        with (_NOTES / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits for the first one's result
            if self.find():
                return
            try:
                self._install()
            except Missing as error:
                note.write_text(f"{error}\n")
                raise
            note.unlink(missing_ok=True)

    def _install(self) -> None:
        if shutil.which(self.needs) is None:
            raise Missing(f"{self.needs} is not here")
        for command in self.commands():
            _run(command)
        if self.find() is None:
            raise Missing("its installation left nothing behind")


def _run(command: Sequence[str]) -> str:
    environment = {**os.environ, "CGO_ENABLED": "0"}
    try:
        done = subprocess.run(
            command, check=False, env=environment, capture_output=True, text=True, timeout=_TIMEOUT, cwd=CACHE
        )
    except subprocess.TimeoutExpired as error:
        raise Missing(
            f"`{' '.join(command)}` took more than {_TIMEOUT:g} s; what it built is kept, call again"
        ) from error
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise Missing(f"`{' '.join(command)}` failed: {' '.join(said[-2:])[:300]}")
    return done.stdout


def _binary(name: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
        return Path(found) if found else None

    return find


def _file(path: Path) -> Callable[[], Path | None]:
    return lambda: path if path.is_file() else None


def _go(name: str, module: str, version: str, package: str = ".") -> Program:
    """Built in its own module, by its own go.sum. (`go install` also asks for the list of all its versions.)"""

    def commands() -> Iterator[Sequence[str]]:
        source = json.loads(_run(["go", "mod", "download", "-json", f"{module}@{version}"]))["Dir"]
        yield ["go", "build", "-C", source, "-trimpath", "-o", str(BIN / name), package]

    return Program(name=name, version=version, find=_binary(name), commands=commands, needs="go")


def _apt(*packages: str) -> Sequence[Sequence[str]]:
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    return [
        [*root, *quiet, "update"],
        [*root, "env", "DEBIAN_FRONTEND=noninteractive", *quiet, "install", "--no-install-recommends", *packages],
    ]


def _dovecot() -> Path | None:
    found = shutil.which("dovecot", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    parts = [Path("/usr/lib/dovecot") / part for part in ("imap", "lmtp")]
    return Path(found) if found and all(part.exists() for part in parts) else None


_MAILDEV, _GREENMAIL, _MOTO = "2.2.1", "2.1.3", "5.2.5"
_VALIDATORS = ("joi@18.3.2", "zod@4.6.7", "validator@13.15.35")
_GREENMAIL_JAR = CACHE / "servers" / f"greenmail-standalone-{_GREENMAIL}.jar"

MAILPIT = _go("mailpit", "github.com/axllent/mailpit", "v1.30.5")
INBUCKET = _go("inbucket", "github.com/inbucket/inbucket/v3", "v3.1.1", "./cmd/inbucket")
MINIO = _go("minio", "github.com/minio/minio", "v0.0.0-20260212201848-7aac2a2c5b7c")
MAILDEV = Program(
    name="maildev",
    version=_MAILDEV,
    find=_file(CACHE / "maildev" / "node_modules" / "maildev" / "bin" / "maildev"),
    commands=lambda: [
        ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE / "maildev"), f"maildev@{_MAILDEV}"]
    ],
    needs="npm",
)
DOVECOT = Program(
    name="dovecot",
    version="of the distribution",
    find=_dovecot,
    commands=lambda: _apt("dovecot-imapd", "dovecot-lmtpd"),
    needs="apt-get",
)
GREENMAIL = Program(
    name="greenmail",
    version=_GREENMAIL,
    find=_file(_GREENMAIL_JAR),
    commands=lambda: [
        [
            "mvn",
            "-q",
            "-B",
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
            f"-Dartifact=com.icegreen:greenmail-standalone:{_GREENMAIL}",
            f"-DoutputDirectory={_GREENMAIL_JAR.parent}",
        ]
    ],
    needs="mvn",
)
MOTO = Program(
    name="moto",
    version=_MOTO,
    find=_file(CACHE / "moto" / "bin" / "moto_server"),
    commands=lambda: [
        [sys.executable, "-m", "venv", str(CACHE / "moto")],
        [str(CACHE / "moto" / "bin" / "pip"), "install", "-q", f"moto[server,s3,sqs]=={_MOTO}"],
    ],
    needs="sh",
)

VALIDATORS = Program(
    name="validators",
    version=", ".join(_VALIDATORS),
    find=_file(CACHE / "validators" / "node_modules" / "validator" / "package.json"),
    commands=lambda: [
        ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE / "validators"), *_VALIDATORS],
    ],
    needs="npm",
)

PROGRAMS = {
    program.name: program for program in (MINIO, MAILPIT, INBUCKET, MAILDEV, DOVECOT, GREENMAIL, MOTO, VALIDATORS)
}
"""By name, the one that takes longest first."""
