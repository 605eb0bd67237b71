"""The TOTP app: right codes (RFC 6238), each at most once."""

import asyncio
import hashlib
import time
from concurrent.futures import Future
from typing import TypeVar

import pyotp
import pytest

from inboxwright import AsyncAuthenticator, Authenticator, ConfigError

T = TypeVar("T")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FAST = f"otpauth://totp/app:ann?secret={SECRET}&issuer=app&period=1"


def test_the_code_is_the_one_that_the_application_computes() -> None:
    authenticator = Authenticator()
    authenticator.enrol("jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp")

    assert pyotp.TOTP(SECRET).verify(authenticator.code(), valid_window=1)


def test_a_code_is_never_handed_out_twice() -> None:
    authenticator = Authenticator()
    authenticator.enrol(FAST)
    totp = pyotp.TOTP(SECRET, interval=1)

    valid_when_given = []
    codes = []
    for _ in range(3):
        codes.append(authenticator.code())
        valid_when_given.append(codes[-1] == totp.at(time.time()))

    assert len(set(codes)) == 3
    assert all(valid_when_given)


def test_waiting_for_the_next_code_goes_through_the_given_waiter() -> None:
    waited: list[object] = []

    def wait(future: Future[T], /) -> T:
        waited.append(future)
        return future.result()

    authenticator = Authenticator(wait=wait)
    authenticator.enrol(FAST)
    authenticator.code()
    authenticator.code()

    assert waited


def test_asyncio_gets_the_same_codes_each_at_most_once() -> None:
    authenticator = AsyncAuthenticator()
    authenticator.enrol(FAST)
    totp = pyotp.TOTP(SECRET, interval=1)

    async def ask() -> list[tuple[str, bool]]:
        return [(code := await authenticator.code(), code == totp.at(time.time())) for _ in range(3)]

    given = asyncio.run(ask())

    assert len({code for code, _ in given}) == 3
    assert all(valid for _, valid in given)


def test_a_short_key_works_as_rfc_6238_has_it() -> None:
    authenticator = Authenticator()

    authenticator.enrol("JBSWY3DPEHPK3PXP")

    assert len(authenticator.code()) == 6


def test_digits_and_algorithm_are_taken_from_the_uri() -> None:
    authenticator = Authenticator()
    authenticator.enrol(f"{FAST}&digits=8&algorithm=SHA256")
    totp = pyotp.TOTP(SECRET, interval=1, digits=8, digest=hashlib.sha256)

    assert totp.verify(authenticator.code(), valid_window=2)


def test_without_a_secret_the_error_says_what_to_call() -> None:
    with pytest.raises(ConfigError, match="enrol"):
        Authenticator().code()


@pytest.mark.parametrize(
    "secret", ["not base32!", "", "otpauth://totp/app:ann", "otpauth://hotp/app:ann?secret=JBSWY3DPEHPK3PXP&counter=0"]
)
def test_what_is_no_totp_secret_is_refused(secret: str) -> None:
    with pytest.raises(ConfigError, match="not a TOTP secret"):
        Authenticator().enrol(secret)


def test_the_secret_is_not_shown() -> None:
    authenticator = Authenticator()
    authenticator.enrol(SECRET)

    assert SECRET not in repr(authenticator)
