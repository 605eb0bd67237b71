"""What `init --demo` lays: the folders at the top of this repository, as they are packed into the wheel."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from inboxwright.cli._skeleton import SCHEMA
from inboxwright.config import FILE_NAME
from inboxwright.errors import InboxwrightError

FOLDERS: Final = ("e2e", "flows", "pages")
DEMO: Final = "demo"
WORKFLOW: Final = ".github/workflows/e2e.yml"
PROJECTS: Final = ("local", "staging")


def scaffold() -> dict[str, bytes]:
    """Each file to lay, by its path from the repository's top."""
    source = _source()
    laid: dict[str, bytes] = {}
    for folder in (*FOLDERS, DEMO):
        for path in _files(source / folder):
            laid[path.relative_to(source).as_posix()] = path.read_bytes()
    laid["conftest.py"] = (source / "conftest.py").read_bytes()
    laid[FILE_NAME] = _config((source / FILE_NAME).read_text(encoding="utf-8"))
    laid[SCHEMA] = (Path(str(files("inboxwright.config"))) / SCHEMA).read_bytes()
    laid[WORKFLOW] = _workflow((source / WORKFLOW).read_text(encoding="utf-8"))
    return laid


def _source() -> Path:
    """The packed folders, or in a checkout the folders themselves."""
    packed = Path(str(files("inboxwright"))) / "scaffold"
    checkout = Path(__file__).resolve().parents[3]
    for place in (packed, checkout):
        if (place / FILE_NAME).is_file() and (place / FOLDERS[0]).is_dir():
            return place
    raise InboxwrightError(f"init: the files to lay are in neither {packed} nor {checkout}; install inboxwright again")


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
            yield path


def _config(text: str) -> bytes:
    """The configuration, with the schema beside it."""
    config: dict[str, Any] = json.loads(text)
    config["$schema"] = f"./{SCHEMA}"
    # The other projects start mail systems that only this repository's own tests have.
    config["projects"] = [project for project in config["projects"] if project["name"] in PROJECTS]
    return (json.dumps(config, indent=2) + "\n").encode()


def _workflow(text: str) -> bytes:
    """The workflow, which here installs this checkout."""
    itself = '-e ".[demo]"'
    if itself not in text:
        raise InboxwrightError(f"init: {WORKFLOW} does not install {itself}")
    return text.replace(itself, '"inboxwright[demo]"').encode()
