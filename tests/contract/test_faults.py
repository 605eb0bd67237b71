"""A bad network or a service that refuses: every wait ends with the right verdict and in time, or with its mail."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from inboxwright import AccessDenied, MailTimeout, Provider, ProviderUnavailable, Verdict, connect
from inboxwright.inbox import _wait
from inboxwright.providers.listing import Interval
from tests.contract.faulty import CUT, Fault, FaultProxy, http, imap, slow
from tests.contract.mail import Post
from tests.contract.servers import Server
from tests.contract.stalls import Stalls
from tests.contract.targets import TARGETS, Target, marks, only

_TIMEOUT = 2000

_HTTP = {
    "limit": (http(429, "Too Many Requests", Retry_After="1"), Verdict.QUOTA_EXCEEDED),
    "quota": (http(402, "Payment Required"), Verdict.QUOTA_EXCEEDED),
    "error": (http(500, "Internal Server Error"), Verdict.UNREACHABLE),
    "key": (http(401, "Unauthorized"), Verdict.UNREACHABLE),
    "cut": (CUT, Verdict.UNREACHABLE),
    "slow": (slow(30), Verdict.UNREACHABLE),
}
_IMAP = {
    "limit": (imap("[LIMIT] Too many connections"), Verdict.QUOTA_EXCEEDED),
    "error": (imap("[UNAVAILABLE] Try again"), Verdict.UNREACHABLE),
    "cut": (CUT, Verdict.UNREACHABLE),
    "slow": (slow(30), Verdict.UNREACHABLE),
}
_CASES = [
    pytest.param(target, fault, verdict, id=f"{target.name}-{kind}", marks=marks(target))
    for target in TARGETS
    for kind, (fault, verdict) in {"http": _HTTP, "imap": _IMAP, "own": {}}[target.speaks].items()
]
_PASSING = [case for case in _CASES if not str(case.id).endswith(("-key", "-quota"))]


def through(options: dict[str, Any], port: int) -> dict[str, Any]:
    """The options, but by way of the proxy."""
    for name in ("url", "endpoint"):
        if name in options:
            return {**options, name: f"http://127.0.0.1:{port}"}
    return {**options, "port": port}


@pytest.fixture
def proxy(server: Server, target: Target) -> Iterator[FaultProxy]:
    """In front of the server, healthy."""
    port = server.ports["imap" if target.speaks == "imap" else "http"]
    with FaultProxy(("127.0.0.1", port), speaks=target.speaks) as proxy:
        yield proxy


@pytest.fixture
def proxied(server: Server, proxy: FaultProxy) -> Iterator[Provider]:
    """A connection by way of the proxy; what it leaves behind is nobody's concern."""
    with connect(server.provider, cleanup=False, **through(server.options, proxy.port)) as provider:
        yield provider
        proxy.fail(None)


@contextmanager
def exactly(milliseconds: float) -> Iterator[None]:
    """It takes so long: never shorter, and at most 5 % longer, but for what the machine itself stood still."""
    with Stalls() as stalls:
        begun = time.monotonic()
        yield
        took = (time.monotonic() - begun) * 1000
    assert milliseconds <= took <= milliseconds * 1.05 + stalls.milliseconds


@pytest.mark.parametrize(("target", "fault", "verdict"), _CASES)
def test_a_fault_that_stays_ends_the_wait_in_time(
    proxied: Provider, proxy: FaultProxy, target: Target, fault: Fault, verdict: Verdict
) -> None:
    inbox = proxied.new_inbox("faulty")
    proxy.fail(fault)

    with exactly(_TIMEOUT), pytest.raises(MailTimeout) as timeout:
        inbox.wait_for_message(timeout=_TIMEOUT)

    assert timeout.value.verdict is verdict, target.name


@pytest.mark.parametrize(("target", "fault", "verdict"), _CASES)
def test_a_fault_that_was_there_before_the_wait_ends_it_in_time(
    proxied: Provider, proxy: FaultProxy, target: Target, fault: Fault, verdict: Verdict
) -> None:
    inbox = proxied.new_inbox("faulty")
    proxy.fail(fault)

    if verdict is Verdict.UNREACHABLE and b" 401 " in fault.answer:
        with pytest.raises(AccessDenied), inbox.expect_message(timeout=_TIMEOUT):
            pass
        return
    with exactly(_TIMEOUT), pytest.raises(MailTimeout) as timeout, inbox.expect_message(timeout=_TIMEOUT):
        pass

    assert timeout.value.verdict is verdict, target.name


@pytest.mark.parametrize(("target", "fault", "verdict"), _PASSING)
def test_a_fault_that_passes_is_survived(
    proxied: Provider, proxy: FaultProxy, post: Post, target: Target, fault: Fault, verdict: Verdict
) -> None:
    inbox = proxied.new_inbox("faulty")
    proxy.fail_for(fault, 1.0)
    post(inbox.address, "Patience")

    mail = inbox.wait_for_message(timeout=20_000)

    assert mail.subject == "Patience", (target.name, verdict)


@only("http")
@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(http(429, "Too Many Requests", Retry_After="1"), id="limit"),
        pytest.param(http(429, "Too Many Requests"), id="limit without a time"),
        pytest.param(http(503, "Service Unavailable"), id="error"),
    ],
)
def test_one_refusal_does_not_break_a_silence(
    proxied: Provider, proxy: FaultProxy, target: Target, refusal: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Interval, "next", lambda self, *, pushing: 3600.0)  # the look at the end is the only one
    inbox = proxied.new_inbox("silent")

    with inbox.expect_no_message(within=1000):
        proxy.fail_next(refusal)

    assert proxy.failed_next, target.name


@only("http", "imap")
def test_a_silence_that_is_refused_again_and_again_proves_nothing(
    proxied: Provider, proxy: FaultProxy, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_wait, "_PATIENCE", 1.0)
    inbox = proxied.new_inbox("silent")
    fault = imap("[LIMIT] Too many connections") if target.speaks == "imap" else _HTTP["limit"][0]

    with pytest.raises(MailTimeout) as timeout, inbox.expect_no_message(within=1000):
        proxy.fail(fault)

    assert timeout.value.verdict is Verdict.QUOTA_EXCEEDED, target.name


@only("http", "imap")
def test_slow_answers_are_waited_for(proxied: Provider, proxy: FaultProxy, post: Post, target: Target) -> None:
    inbox = proxied.new_inbox("slow")
    proxy.fail(slow(0.2))

    with inbox.expect_message(timeout=20_000) as mail:
        post(inbox.address, "Slowly")

    assert mail.value.subject == "Slowly"


@only("http")
def test_a_retry_after_is_honoured(proxied: Provider, proxy: FaultProxy, post: Post, target: Target) -> None:
    inbox = proxied.new_inbox("limited")
    proxy.fail_for(http(429, "Too Many Requests", Retry_After="3"), 2.5)
    begun = time.monotonic()
    post(inbox.address, "After the pause")

    inbox.wait_for_message(timeout=20_000)

    refused = [moment - begun for moment in proxy.requests if 0 < moment - begun < 2.5]
    assert len(refused) <= 4, refused  # what was on its way when the first answer came, not a request every 250 ms


@only("http", "imap")
def test_a_key_that_is_refused_at_once_is_access_denied(server: Server, proxy: FaultProxy, target: Target) -> None:
    options = through(server.options, proxy.port)
    if target.speaks == "imap":
        options["password"] = "wrong"
    else:
        proxy.fail(http(403, "Forbidden"))

    with pytest.raises(AccessDenied):
        connect(server.provider, **options)


@only("http", "imap")
def test_a_server_that_is_not_there_is_unavailable(server: Server, proxy: FaultProxy, target: Target) -> None:
    proxy.fail(CUT)

    with pytest.raises(ProviderUnavailable, match=r"127\.0\.0\.1"):
        connect(server.provider, **through(server.options, proxy.port))
