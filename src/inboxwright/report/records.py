"""What a run writes down of itself: one JSON object a line, appended as it happens, so that a dying run loses nothing.

Lines carry a content address, so merging files is a union of lines: any order, any overlap, no conflict
(`history.jsonl merge=union` in .gitattributes). A line that was cut off by the death of its writer is skipped.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

RESULTS: Final = "results.jsonl"
"""The file's name in a run's output folder."""

Line = Mapping[str, Any]

_LASTING = ("run", "test", "end")
"""Kinds that the history keeps; the others only say how far a run came."""
_BULKY = ("details", "events", "files", "headline")
"""Parts of a test's line that the history does without."""


class Writer:
    """Appends lines; each is one write, so that a reader never sees half of one that was finished."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, kind: str, **content: Any) -> None:
        """Append one line."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            file.write(encoded({"kind": kind, **content}))


def encoded(line: Line) -> bytes:
    """One line with its content address. Half of a surrogate pair, which UTF-8 cannot hold, is escaped as in JSON."""
    content = {name: value for name, value in line.items() if name != "id"}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    address = hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:16]
    whole = json.dumps({"id": address, **content}, ensure_ascii=False, separators=(",", ":"))
    return f"{whole}\n".encode(errors="backslashreplace")


def read(*paths: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of results or history files, each once however often it stands there."""
    seen: set[str] = set()
    for path in paths:
        for raw in path.read_bytes().splitlines():
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if isinstance(line, dict) and "kind" in line and line.get("id") not in seen:
                seen.add(str(line.get("id")))
                yield line


def find(places: Iterable[Path]) -> list[Path]:
    """The results files at these places: files themselves, or anywhere below folders."""
    found: list[Path] = []
    for place in places:
        found += [place] if place.is_file() else sorted(place.rglob(RESULTS))
    return found


def merge_into(history: Path, lines: Iterable[Line]) -> int:
    """Add what the history does not have yet; returns how many lines that was. Nothing in the file is rewritten."""
    known = {line.get("id") for line in read(history)} if history.exists() else set()
    fresh: dict[str, bytes] = {}
    for line in lines:
        if line["kind"] in _LASTING:
            text = encoded({name: value for name, value in line.items() if name not in _BULKY})
            address = str(json.loads(text)["id"])
            if address not in known:
                fresh[address] = text
    if fresh:
        history.parent.mkdir(parents=True, exist_ok=True)
        torn = history.exists() and history.stat().st_size and not history.read_bytes().endswith(b"\n")
        with history.open("ab") as file:
            file.write((b"\n" if torn else b"") + b"".join(fresh.values()))
            file.flush()
            os.fsync(file.fileno())
    return len(fresh)
