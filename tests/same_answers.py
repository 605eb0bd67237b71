"""Whether two checkouts read mail alike: all answers, candidates, reasons and proposals of `link()` and `code()`.

    python tests/same_answers.py BEFORE AFTER [--corpus DIR] [--show 20] [--without PATTERN]

BEFORE and AFTER are checkouts; each is asked in an interpreter of its own. The mails are all that the tests of AFTER in
tests/unit/mail parse, and those of DIR (`index.jsonl` as in benchmarks/extraction.py). Ends with status 1 when any
answer differs. Use it when the rules are to be moved but not changed.
"""

import argparse
import ast
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_LARGEST = 300_000  # bytes; the tests also parse mails that are only there to be large
_MADE_UP_HOST = "app.example"  # of most mails in tests/unit/mail
_HOST: dict[str, Any] = {"hosts": None}  # of each mail its own
_LINKS: list[dict[str, Any]] = [{}, _HOST]
_CODES: list[dict[str, Any]] = [
    {}, *({"length": size} for size in (4, 6, 8)), {"alphabet": "digits"}, {"label": "code"},
]  # fmt: skip
_PROPOSAL = re.compile(r"(path|text|label|length|hosts)=('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message, and the host of the application that sent it."""

    name: str
    raw: bytes
    host: str


def main() -> int:
    """Compare, print the differences, and say by the status whether there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path, nargs=2, metavar=("BEFORE", "AFTER"))
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--show", type=int, default=20, help="at most so many differences")
    parser.add_argument("--without", type=re.compile, metavar="PATTERN", help="leave out what it matches of both")
    options = parser.parse_args()
    before, after = (checkout.resolve() for checkout in options.checkouts)
    with tempfile.TemporaryDirectory() as folder:
        mails = Path(folder, "mails")
        _in(after, "collect", mails)
        if options.corpus is not None:
            mails.write_bytes(pickle.dumps([*pickle.loads(mails.read_bytes()), *_corpus(options.corpus)]))
        answers = []
        for number, checkout in enumerate((before, after)):
            into = Path(folder, f"answers{number}")
            _in(checkout, "answer", mails, into)
            told = into.read_text("utf-8")
            answers.append(json.loads(told if options.without is None else options.without.sub("", told)))
    return _report(*answers, most=options.show)


def _in(checkout: Path, verb: str, *files: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{checkout / 'src'}{os.pathsep}{checkout}"}
    command = [sys.executable, str(Path(__file__).resolve()), f"--{verb}", *map(str, files)]
    subprocess.run(command, env=environment, cwd=checkout, check=True)


def _report(before: dict[str, Any], after: dict[str, Any], *, most: int) -> int:
    asked = sum(map(len, before.values()))
    different = [
        (name, question, answers.get(question), after[name].get(question))
        for name, answers in before.items()
        for question in {**answers, **after[name]}
        if answers.get(question) != after[name].get(question)
    ]
    for name, question, old, new in different[:most]:
        print(f"--- {name}: {question}", f"  before: {old}", f"  after:  {new}", sep="\n")  # noqa: T201 - a command prints
    print(f"{len(before)} mails, {asked} questions, {len(different)} answered differently")  # noqa: T201 - as above
    return 1 if different else 0


def _corpus(folder: Path) -> Iterator[Mail]:
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        yield Mail(name=entry["file"], raw=(folder / entry["file"]).read_bytes(), host=entry["app_host"])


def _collect(into: Path) -> None:
    """Run the tests that parse mail, and keep what they parse."""
    import pytest

    from inboxwright.mail import Message

    kept: dict[bytes, str] = {}
    parse = Message.parse

    def keeping(raw: bytes, **named: Any) -> Message:
        if len(raw) <= _LARGEST:
            kept.setdefault(bytes(raw), os.environ.get("PYTEST_CURRENT_TEST", "?").rpartition("/")[2])
        return parse(raw, **named)

    Message.parse = keeping  # type: ignore[method-assign]  # only in this process
    folder = Path(__file__).parent / "unit" / "mail"
    if pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", str(folder)]) != 0:
        raise SystemExit("the tests of the second checkout fail")
    mails = [Mail(name=f"{name} {i}", raw=raw, host=_MADE_UP_HOST) for i, (raw, name) in enumerate(kept.items())]
    into.write_bytes(pickle.dumps(mails))


def _answer(mails: Path, into: Path) -> None:
    """Ask every mail everything, the arguments that its refusals propose included."""
    from inboxwright.mail import Message
    from inboxwright.mail.explain import explain_code, explain_link

    answers: dict[str, dict[str, object]] = {}
    for mail in pickle.loads(mails.read_bytes()):
        message = Message.parse(mail.raw)
        told = answers[mail.name] = {}
        for explain, questions in ((explain_link, _LINKS), (explain_code, _CODES)):
            waiting: list[dict[str, Any]] = [
                {**item, "hosts": mail.host} if item == _HOST else item for item in questions
            ]
            while waiting:
                arguments = waiting.pop(0)
                found = explain(message, **arguments)
                told[f"{explain.__name__} {arguments}"] = repr(asdict(found))
                if len(arguments) <= 1:
                    proposed = (_PROPOSAL.match(item) for item in found.advice)
                    more = ({**arguments, item[1]: ast.literal_eval(item[2])} for item in proposed if item is not None)
                    waiting += [item for item in more if f"{explain.__name__} {item}" not in told]
        for ask in (message.link, message.code):
            try:
                told[ask.__name__] = repr(ask())
            except Exception as error:  # noqa: BLE001 - whatever it says is the answer
                told[ask.__name__] = f"{type(error).__name__}: {error}"
    into.write_text(json.dumps(answers, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--collect"]:
        _collect(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--answer"]:
        _answer(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main())
