"""After "Finish": the timeline kept, the files written, the new test run, and a report of it all."""

import time
from pathlib import Path

from inboxwright.record.check import check as run_check
from inboxwright.record.generate import generate, write
from inboxwright.record.timeline import Timeline

FOLDER = ".inboxwright"
"""Where timelines are kept, by default; git ignores it, since a timeline holds what was typed."""


def write_and_check(
    timeline: Timeline, root: Path, *, check: tuple[str, ...] | None, test_dir: str = "e2e", force: bool = False
) -> str:
    """Write everything and run the new test (unless `check` is None); return what to tell the person.

    Raises SecretLeft or WouldOverwrite, and then nothing was written but the timeline.
    """
    began = time.monotonic()
    kept = keep(timeline, root)
    generated = generate(timeline, root, test_dir=test_dir, force=force)
    written = write(generated, root)
    lines = [f"{timeline.name}: recorded as"]
    lines += [f"  {path.relative_to(root).as_posix()}" for path in written]
    if generated.reused:
        lines.append(f"Page objects that were there already: {', '.join(generated.reused)}")
    lines += [f"Note: {note}" for note in generated.notes]
    if check is not None:
        lines.append(str(run_check(generated.test, root, arguments=check)))
    lines.append(f"Timeline (holds what was typed; ignored by git): {kept.relative_to(root).as_posix()}")
    lines.append(f"{time.monotonic() - began:.1f} s after Finish.")
    return "\n".join(lines)


def keep(timeline: Timeline, root: Path) -> Path:
    """Save the timeline where git does not see it."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    path = folder / "recordings" / f"{timeline.name}.json"
    timeline.save(path)
    return path
