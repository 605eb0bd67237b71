"""Look for recorded secrets in everything that a recording left behind, the timeline's own table aside."""

import json
from pathlib import Path

from inboxwright.record import leaks
from inboxwright.record.timeline import Timeline
from tests.contract.record.studio import Recorded

_CACHES = {".mypy_cache", ".ruff_cache", "__pycache__"}
"""What linters and Python itself keep; they hold their own words."""


def survivors(recorded: Recorded, root: Path) -> list[str]:
    """Where a secret of the recording is found: files, archives and traces, and what was shown of the timeline."""
    texts: dict[str, str | bytes] = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not _CACHES & set(path.relative_to(root).parts)
    }
    texts["panel"] = "\n".join(recorded.shown)
    texts["display"] = "\n".join(recorded.timeline.shown())
    texts["repr"] = repr(recorded.timeline)
    texts["timeline without its values"] = without_values(recorded.timeline)
    return leaks.find(texts, recorded.timeline.values)


def without_values(timeline: Timeline) -> str:
    """The JSON file with the table of values taken out."""
    document = json.loads(timeline.dump())
    del document["values"]
    return json.dumps(document, ensure_ascii=False)
