"""Throw damaged and made-up messages at the parser and the matchers: `python -m tests.fuzz.mail --seconds 60`.

Fails on any exception that is not declared, on an answer from a host that is not allowed, and on a message that takes
longer than a second of CPU time.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from inboxwright.errors import MatchError
from inboxwright.mail import MatchPolicy, Message
from tests.unit.mail.build import HOST
from tests.unit.mail.test_cases import CASES

_PIECES = (
    b"<a href='https://app.example/confirm/0123456789abcdef0123456789abcdef'>", b"</a>", b"<div style='display:none'>",
    b"</div>", b"<table><tr><td>", b"Your code: 483920", b"\r\n\r\n", b"--b\r\n", b"=?utf-8?q?=C3?=", b"<!--", b"-->",
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Transfer-Encoding: base64\r\n", b"&#x202E;", b"\x00",
    b"https://app.example@evil.example/", b"\xe2\x80\x8b", b"<style>.a{", b"charset=utf-16", b"> ", b"=\r\n", b"%2F",
    b"\xff",
    b"https://urldefense.com/v3/__https://app.example/*__;!!", b"Authentication-Results: x; dkim=pass\r\n",
    b"<base href=",
)  # fmt: skip
_SLOWEST = 1.0
_POLICY = MatchPolicy(trusted_receivers=("x",), tracker_hosts=("click.example",), resolve=lambda _url: None)


def main() -> None:
    """Run until the time is over or something breaks; the broken message is written beside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    options = parser.parse_args()
    seeds = [case.raw for case in CASES]
    chance = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    count = 0
    while time.monotonic() < end:
        raw = _damaged(chance, seeds)
        try:
            _check(raw)
        except Exception:
            Path("fuzz-failure.eml").write_bytes(raw)
            sys.stderr.write(f"seed {options.seed}, message {count}: see fuzz-failure.eml\n")
            raise
        count += 1
    sys.stdout.write(f"{count} messages, seed {options.seed}: nothing broke\n")


def _damaged(chance: random.Random, seeds: list[bytes]) -> bytes:
    raw = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(raw) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            raw[at : at + chance.randint(1, 40)] = b""
        elif kind == 1:
            raw[at:at] = chance.choice(_PIECES) * chance.choice((1, 1, 2, 50))
        elif kind == 2:
            raw[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        elif kind == 3:
            other = chance.choice(seeds)
            raw[at:at] = other[: chance.randrange(len(other))]
        elif kind == 4 and at < len(raw):
            raw[at] = chance.randrange(256)
        else:
            raw = raw[:at] + raw[at:][: chance.randint(0, 4000)]
    return bytes(raw)


def _check(raw: bytes) -> None:
    start = time.process_time()
    message = Message.parse(raw, policy=_POLICY)
    _ = (message.subject, message.sender, message.recipient, message.attachments, message.authentication, repr(message))
    try:
        url = message.link(hosts=HOST).url
    except MatchError as error:
        _ = str(error)
    else:
        assert urlsplit(url).netloc.lower() in {HOST, f"{HOST}:443", f"{HOST}:80"}, url
    try:
        code = message.code()
    except MatchError as error:
        _ = str(error)
    else:
        assert 4 <= sum(char.isalnum() for char in code) <= 10, code
    assert time.process_time() - start < _SLOWEST, "too slow"


if __name__ == "__main__":
    main()
