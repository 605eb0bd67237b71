"""How often the one right link or code comes out of labelled mail, side by side with what people use instead.

    python benchmarks/extraction.py --corpus DIR [--projects] [--no-competitor]

DIR holds `index.jsonl` and the messages that it names; one object a message: `file`, `app_host`, `project`,
`wanted` {type: link | code | none, value, accept, resolved} and `wanted_also`. Every message is asked for a link and
for a code, also where none is wanted. An answer is right when it is the wanted value, one of its accepted spellings, or
the application's own URL; for codes spaces and hyphens make no difference. Only the application's host is known.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import extraction_simple as simple
from inboxwright.errors import MatchError
from inboxwright.mail import MatchPolicy, Message
from inboxwright.mail.links.find import template
from inboxwright.mail.urls.url import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One message of the corpus with what is wanted of it, by kind."""

    name: str
    project: str
    raw: bytes = field(repr=False)
    host: str
    wanted: dict[str, dict[str, object]]

    def right(self, kind: str, answer: str) -> bool:
        """Whether the answer is the wanted one."""
        label = self.wanted[kind]
        accepted = {str(label["value"]), str(label.get("resolved")), *map(str, label.get("accept") or ())}  # type: ignore[call-overload]  # JSON
        if kind == "code":
            return _compact(answer) in {_compact(value) for value in accepted}
        return answer in accepted


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one method for one kind."""

    right: int = 0
    wrong: int = 0
    refused: int = 0
    unwanted: int = 0
    """Answers where nothing is wanted."""

    def row(self) -> list[str]:
        """Recall, precision, and the wrong answers."""
        wanted = self.right + self.wrong + self.refused
        answers = self.right + self.wrong + self.unwanted
        recall = f"{self.right / wanted:.3f}" if wanted else "-"
        precision = f"{self.right / answers:.3f}" if answers else "-"
        return [recall, precision, str(self.wrong), str(self.unwanted), str(self.refused)]


Method = Callable[[Labelled, Message, str], str | None]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--projects", action="store_true", help="also by project, to see what rests on few of them")
    parser.add_argument("--no-competitor", action="store_true", help="install nothing")
    options = parser.parse_args()
    corpus = list(_read(options.corpus))
    methods: dict[str, Method] = {name: _plain(find) for name, find in simple.METHODS.items()}
    competitor = None if options.no_competitor else simple.pytest_mailpit()
    if competitor is not None:
        methods["pytest-mailpit, host given"] = _plain(competitor)
    methods |= {"inboxwright, host": _bare, "inboxwright, host and trackers": _tracked, "inboxwright, hint": _hinted}
    console = Console(highlight=False, width=max(100, Console().width))
    links = sum("link" in item.wanted for item in corpus)
    codes = sum("code" in item.wanted for item in corpus)
    console.print(f"{len(corpus)} messages, {links} links and {codes} codes wanted.")
    console.print("unwanted: answers where nothing of the kind is wanted; they count against the precision.\n")
    refusals: list[tuple[str, Labelled, str, str | None]] = []
    for kind in ("link", "code"):
        table = Table(title=f"{kind}s", title_justify="left")
        for heading in ("method", "recall", "precision", "wrong", "unwanted", "refused"):
            table.add_column(heading, justify="left" if heading == "method" else "right", no_wrap=heading == "method")
        for name, method in methods.items():
            tally = Tally()
            for item in corpus:
                answer = method(item, Message.parse(item.raw), kind)
                _count(tally, item, kind, answer)
                if (
                    name.startswith("inboxwright")
                    and kind in item.wanted
                    and (answer is None or not item.right(kind, answer))
                ):
                    refusals.append((name, item, kind, answer))
            table.add_row(name, *tally.row())
        console.print(table)
    _print_refusals(console, refusals)
    if options.projects:
        _print_projects(console, corpus)
    _print_speed(console, corpus)


def _read(directory: Path) -> Iterator[Labelled]:
    for line in (directory / "index.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        labels = [label for label in (entry["wanted"], *entry.get("wanted_also", ())) if label["type"] != "none"]
        yield Labelled(
            name=Path(entry["file"]).stem,
            project=entry["project"],
            raw=(directory / entry["file"]).read_bytes(),
            host=entry["app_host"],
            wanted={label["type"]: label for label in reversed(labels)},
        )


def _count(tally: Tally, item: Labelled, kind: str, answer: str | None) -> None:
    if kind not in item.wanted:
        tally.unwanted += answer is not None
    elif answer is None:
        tally.refused += 1
    elif item.right(kind, answer):
        tally.right += 1
    else:
        tally.wrong += 1


def _compact(code: str) -> str:
    return "".join(char for char in code if char.isalnum())


def _plain(find: simple.Finder) -> Method:
    return lambda item, message, kind: find(message, item.host, kind)


def _ask(message: Message, kind: str, **arguments: object) -> str | None:
    try:
        if kind == "link":
            return message.link(**arguments).url  # type: ignore[arg-type]  # chosen by kind
        return message.code(**arguments)  # type: ignore[arg-type]  # chosen by kind
    except MatchError:
        return None


def _bare(item: Labelled, message: Message, kind: str) -> str | None:
    return _ask(message, kind, **({"hosts": item.host} if kind == "link" else {}))


def _with_trackers(item: Labelled) -> Message:
    """The same message where the project names its click tracker; what that would answer is in the labels."""
    label = item.wanted.get("link")
    if label is None:
        return Message.parse(item.raw)
    value, resolved = str(label["value"]), str(label.get("resolved"))
    tracker = urlsplit(value).netloc
    if tracker == urlsplit(resolved).netloc:
        return Message.parse(item.raw)
    policy = MatchPolicy(tracker_hosts=(tracker,), resolve=lambda url: resolved if url == value else None)
    return Message.parse(item.raw, policy=policy)


def _tracked(item: Labelled, message: Message, kind: str) -> str | None:
    del message
    return _bare(item, _with_trackers(item), kind)


def _hinted(item: Labelled, message: Message, kind: str) -> str | None:
    """The path of the wanted link with its tokens left open, or the length of the code, as a tester would give it."""
    label = item.wanted.get(kind)
    if label is None:
        return _bare(item, message, kind)
    if kind == "code":
        return _ask(message, kind, length=len(_compact(str(label["value"]))))
    url = parse(str(label.get("resolved") or label["value"]))
    return _ask(_with_trackers(item), kind, hosts=item.host, path=template(url) if url is not None else None)


def _print_refusals(console: Console, refusals: list[tuple[str, Labelled, str, str | None]]) -> None:
    if not refusals:
        console.print("No case was refused or answered wrongly.\n")
        return
    table = Table(title="every case that inboxwright refused or got wrong", title_justify="left")
    for heading in ("method", "message", "kind", "why"):
        table.add_column(heading, overflow="fold")
    for name, item, kind, answer in refusals:
        table.add_row(name, item.name, kind, f"WRONG: {answer}" if answer else _why(item, kind))
    console.print(table)


def _why(item: Labelled, kind: str) -> str:
    try:
        message = Message.parse(item.raw)
        _ = message.link(hosts=item.host) if kind == "link" else message.code()
    except MatchError as error:
        lines = str(error).splitlines()
        return "\n".join(line.strip() for line in [lines[0].partition(" (mail ")[0], *lines[2:4]])
    return "answered without the hint"


def _print_projects(console: Console, corpus: list[Labelled]) -> None:
    table = Table(title="inboxwright by project, host only", title_justify="left")
    for heading in ("project", "kind", "recall", "precision", "wrong", "unwanted", "refused"):
        table.add_column(heading)
    for project in sorted({item.project for item in corpus}):
        for kind in ("link", "code"):
            tally = Tally()
            for item in (item for item in corpus if item.project == project):
                _count(tally, item, kind, _bare(item, Message.parse(item.raw), kind))
            table.add_row(project, kind, *tally.row())
    console.print(table)


def _print_speed(console: Console, corpus: list[Labelled]) -> None:
    best = sys.float_info.max
    for _ in range(3):
        start = time.process_time()
        for item in corpus:
            message = Message.parse(item.raw)
            _bare(item, message, "link")
            _bare(item, message, "code")
        best = min(best, time.process_time() - start)
    console.print(f"speed: {len(corpus) / best:.0f} mails/s on one core (parse, link and code; best of 3, CPU time)")


if __name__ == "__main__":
    main()
