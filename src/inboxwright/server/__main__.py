"""`python -m inboxwright.server`: what a run starts. People start `inboxwright serve`, which says more."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from inboxwright.server.options import ServerOptions, SmtpAuth
from inboxwright.server.run import run


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def main() -> None:
    """Serve until the parent is gone or says stop. Sizes are bytes, durations seconds."""
    parser = argparse.ArgumentParser(prog="python -m inboxwright.server", argument_default=argparse.SUPPRESS)
    parser.add_argument("--smtp", type=_address)
    parser.add_argument("--http", type=_address)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--tether", action="store_true")
    parser.add_argument("--flush", action="store_true")
    for name in ("--retention", "--idle-timeout"):
        parser.add_argument(name, type=float)
    for name in ("message-size", "storage", "recipients", "line-length", "connections", "connections-per-peer"):
        parser.add_argument(f"--max-{name}", type=int)
    for name in ("--tls-certificate", "--tls-key"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--smtp-auth", choices=["any", "required"])
    given = vars(parser.parse_args())
    auth = given.pop("smtp_auth", None)
    options = ServerOptions(**given)
    if auth:
        user, password = (os.environ.get(f"INBOXWRIGHT_SMTP_{name}") for name in ("USER", "PASSWORD"))
        options = replace(options, smtp_auth=SmtpAuth(user=user, password=password or "", required=auth == "required"))
    token = os.environ.get("INBOXWRIGHT_TOKEN")
    run(replace(options, token=token) if token else options)


if __name__ == "__main__":
    main()
