"""The person's TOTP app."""

import asyncio
import base64
import hashlib
import html
import math
import re
import threading
import time
from concurrent.futures import Future
from urllib.parse import parse_qsl, urlsplit

import pyotp

from inboxwright.errors import ConfigError
from inboxwright.waiting import Waiter, block

_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
"""Of RFC 6238 section 1.2."""
_MARGIN = 1.0
"""Seconds: a code that lapses sooner may be refused by the time it is submitted."""


class _Codes:
    """What both faces share: the secret, and which codes were handed out."""

    def __init__(self) -> None:
        self._totp: pyotp.TOTP | None = None
        self._last_step = -1
        self.handed_out: list[str] = []
        """Every code so far, so that evidence can be masked."""

    def enrol(self, secret: str) -> None:
        """Take over the secret that the application shows: base32, spaces allowed, or an `otpauth://totp/` URI.

        Raises ConfigError if it is neither.
        """
        try:
            totp = _read(secret)
        except ValueError as error:
            raise ConfigError(f"not a TOTP secret: {error}; pass the base32 key or otpauth://totp/ URI") from None
        self._totp, self._last_step = totp, -1

    def _next(self) -> tuple[str, float]:
        """The next code, and in how many seconds its time step begins."""
        if self._totp is None:
            raise ConfigError("the authenticator has no secret yet; call user.authenticator.enrol(secret) first")
        now = time.time()  # a wall clock, because RFC 6238 section 4 defines the code by it
        period = self._totp.interval
        step, pause = math.floor(now / period), 0.0
        if step <= self._last_step or (step + 1) * period - now < min(_MARGIN, period / 5):
            step = max(step, self._last_step) + 1
            pause = step * period - now + 0.05  # a timer may fire a little early
        self._last_step = step
        code = self._totp.at(step * period)
        self.handed_out.append(code)
        return code, pause

    def spellings(self) -> list[str]:
        """The key as applications write it, so that evidence can be masked: whole, in fours, in both cases."""
        if self._totp is None:
            return []
        key = self._totp.secret
        fours = [key[at : at + 4] for at in range(0, len(key), 4)]
        upper = [key.upper(), " ".join(fours).upper(), "-".join(fours).upper()]
        return [*upper, *map(str.lower, upper)]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'enrolled' if self._totp else 'not enrolled'})"


class Authenticator(_Codes):
    """Time-based one-time passwords (RFC 6238) of one account.

    A code is never handed out twice: applications refuse a replay (RFC 6238 section 5.2), so asking again within one
    time step waits for the next, at most one period (usually 30 s).
    """

    def __init__(self, *, wait: Waiter = block) -> None:
        super().__init__()
        self._wait = wait

    def code(self) -> str:
        """The current code; waits for the next time step if this one's was handed out or is about to lapse.

        Raises ConfigError before `enrol`.
        """
        code, pause = self._next()
        if pause:
            self._pause(pause)
        return code

    def _pause(self, seconds: float) -> None:
        reached: Future[None] = Future()
        timer = threading.Timer(seconds, reached.set_result, (None,))
        timer.daemon = True
        timer.start()
        try:
            self._wait(reached)
        finally:
            timer.cancel()


class AsyncAuthenticator(_Codes):
    """`Authenticator` for asyncio: `await authenticator.code()`."""

    async def code(self) -> str:
        """As `Authenticator.code`."""
        code, pause = self._next()
        await asyncio.sleep(pause)
        return code


class _AnyLength(pyotp.TOTP):
    """pyotp refuses keys below 112 bits; many applications still use 80, and theirs is what is tested."""

    def byte_secret(self) -> bytes:
        if not self.secret:
            raise ValueError("it is empty")
        padded = self.secret + "=" * (-len(self.secret) % 8)
        return base64.b32decode(padded, casefold=True)


def _read(secret: str) -> pyotp.TOTP:
    """By the Key Uri Format of authenticator apps, and the ways in which applications stray from it."""
    uri = urlsplit(html.unescape(secret.strip()))  # "&amp;" where it was copied from a page's source
    if uri.scheme != "otpauth":
        return _AnyLength(_key(secret))
    if uri.netloc.lower() != "totp":
        raise ValueError(f"the URI is for {uri.netloc}, not for time-based codes")
    given = {name.lower(): value for name, value in parse_qsl(uri.query)}
    algorithm = re.sub(r"^hmac|[^a-z0-9]", "", given.get("algorithm", "SHA1").lower())
    if algorithm not in _ALGORITHMS:
        raise ValueError(f"its algorithm is {given['algorithm']}, and apps know {', '.join(_ALGORITHMS).upper()}")
    digits, period = int(given.get("digits", "6")), int(given.get("period", "30"))
    if not (digits > 0 and period > 0):
        raise ValueError(f"its codes have {digits} digits and last {period} s")
    return _AnyLength(_key(given.get("secret", "")), digits=digits, interval=period, digest=_ALGORITHMS[algorithm])


def _key(text: str) -> str:
    """Base32 (RFC 4648 section 6) without the groups and the padding that it is shown with."""
    key = re.sub(r"[\s\-=]", "", text)
    base64.b32decode(key + "=" * (-len(key) % 8), casefold=True)  # raises binascii.Error, a ValueError
    return key
