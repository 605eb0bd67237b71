"""`python -m inboxwright.server`: what a run starts. People start `inboxwright serve`, which says more."""

import argparse
import os
from collections.abc import Callable
from typing import Any

from inboxwright.server.lifecycle import run
from inboxwright.server.serve_options import Kind, ServerOptions, declared, read, with_environment


def _reader(kind: Kind) -> Callable[[str], Any]:
    def convert(text: str) -> Any:
        try:
            return read(kind, text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return convert


def main() -> None:
    """Serve until the parent is gone or says stop."""
    parser = argparse.ArgumentParser(prog="python -m inboxwright.server", argument_default=argparse.SUPPRESS)
    for each in declared():
        if each.kind is Kind.FLAG:
            parser.add_argument(each.flag, action="store_true", help=each.about)
        else:
            parser.add_argument(each.flag, type=_reader(each.kind), help=each.about)
    try:
        run(ServerOptions(**with_environment(vars(parser.parse_args()), dict(os.environ))))
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
