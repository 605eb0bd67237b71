"""Whole modules of generated code: imports, docstring, body, formatted."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from inboxwright.record.generate.block import fold
from inboxwright.record.generate.journey import Journey
from inboxwright.record.generate.words import summary

_ENGINE = ("Identity", "Inbox", "User")
_FORMATTING_TIMEOUT = 30


def module(doc: str, parts: Sequence[str], *, first_party: Iterable[str] = (), constants: Sequence[str] = ()) -> str:
    """A module that imports exactly what its parts use."""
    body = "\n\n\n".join("\n".join(line for text in part.split("\n") for line in fold(text)) for part in parts)
    head = "\n".join(constants)
    everything = f"{head}\n{body}"
    standard = [
        *(["import re"] if re.search(r"\bre\.(compile|findall)\(", everything) else []),
        *(["from collections.abc import Callable"] if "Callable[" in everything else []),
        *(["from pathlib import Path"] if "Path(" in everything else []),
    ]
    playwright = [name for name in ("Error", "expect") if re.search(rf"(?<![\w.]){name}[(,]", everything)]
    third = [f"from playwright.sync_api import {', '.join(playwright)}"] if playwright else []
    third = [*(["import pytest"] if "pytest.raises(" in everything else []), *third]
    engine = [name for name in _ENGINE if re.search(rf"(?<![\w.]){name}\b", everything)]
    own = [*first_party, *([f"from inboxwright import {', '.join(engine)}"] if engine else [])]
    groups = [group for group in (standard, third, sorted(own, key=_module_of)) if group]
    imports = "\n\n".join("\n".join(group) for group in groups)
    return f'"""{doc}"""\n\n{imports}\n\n' + (f"{head}\n\n\n" if head else "\n") + body + "\n"


def _module_of(line: str) -> str:
    return line.split()[1]


def flow_module(name: str, journey: Journey, page_imports: Iterable[str]) -> str:
    """The flow's module."""
    parts = []
    for function in journey.functions:
        extras = "".join(f", {extra}: {kind}" for extra, kind in journey.extras.items())
        head = f"def {function.name}(user: User{extras}) -> {function.returns}:"
        parts.append("\n".join([head, f'    """{function.doc}"""', *function.body]))
    constants = ['FILES = Path(__file__).parent / "files"'] if any("FILES /" in part for part in parts) else []
    return module(
        f"{summary(name.replace('_', ' ')).capitalize()}, as it was recorded.",
        parts,
        first_party=page_imports,
        constants=constants,
    )


def formatted(files: Mapping[str, str], root: Path) -> dict[str, str]:
    """The files as the project's own ruff would write them; as they are where there is no ruff."""
    with ExitStack() as stack:
        for name in files:  # ruff tells the project's own modules from others by looking for their files
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch()
                stack.callback(path.unlink)
        return {name: _format(name, text, root) if name.endswith(".py") else text for name, text in files.items()}


def _format(name: str, text: str, root: Path) -> str:
    command = (
        [sys.executable, "-m", "ruff"] if find_spec("ruff") else [found] if (found := shutil.which("ruff")) else []
    )
    if not command:
        return text
    for verb in (["check", "--fix-only", "--select", "I,F401"], ["format"]):
        done = subprocess.run(  # noqa: S603 - the project's own formatter
            [*command, *verb, "--quiet", "--stdin-filename", str(root / name), "-"],
            input=text, capture_output=True, text=True, check=False, cwd=root, timeout=_FORMATTING_TIMEOUT,
        )  # fmt: skip
        text = done.stdout or text
    return text
