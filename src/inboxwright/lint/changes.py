"""What git says has changed: the older and the newer text of each file that has to do with tests."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from inboxwright.errors import ConfigError

_OURS = re.compile(
    r"(^|/)(e2e|flows|pages|tests?)/.*\.py$|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$"
    r"|(^|/)(playwright\.config\.json|pytest\.ini|pyproject\.toml|tox\.ini|setup\.cfg|Jenkinsfile|\.gitlab-ci\.yml)$"
    r"|^\.(github|circleci)/.*\.ya?ml$"
)


def changes(
    base: str, paths: Sequence[str] = (), *, folder: Path | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """The texts at the point where this branch left `base`, and as they are in the work tree now, by path.

    `paths` narrows them. Raises ConfigError where `folder` (default: here) is in no repository, or `base` is not known.
    """
    git = ["git", "-C", str(folder or Path.cwd())]
    top = Path(_run([*git, "rev-parse", "--show-toplevel"]).strip())
    git = ["git", "-C", str(top)]
    start = _run([*git, "merge-base", "--end-of-options", base, "HEAD"]).strip()
    wanted = ["--", *(str(Path(folder or Path.cwd(), path).resolve().relative_to(top)) for path in paths)]
    changed = _run([*git, "diff", "--name-only", "--no-renames", "-z", start, *wanted]).split("\0")
    fresh = _run([*git, "ls-files", "--others", "--exclude-standard", "-z", *wanted]).split("\0")
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for name in sorted({*changed, *fresh} - {""}):
        if not _OURS.search(name):
            continue
        done = subprocess.run([*git, "show", f"{start}:{name}"], capture_output=True, check=False)  # noqa: S603
        if done.returncode == 0:
            old[name] = done.stdout.decode(errors="replace")
        if (top / name).is_file():
            new[name] = (top / name).read_text(encoding="utf-8", errors="replace")
    return old, new


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise ConfigError(f"git cannot be run: {error.strerror}; lint compares with what git has") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise ConfigError(f"git {command[3]} failed: {said[-1]}")
    return done.stdout
