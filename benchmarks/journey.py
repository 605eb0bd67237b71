"""What a mailed journey costs over the same journey without mail, and how fast a link is in the test's hands.

    python benchmarks/journey.py [--runs 30]

`sign_up(user)` beside a hand-written script of the same browser steps that takes the token straight from the
application's own store. Interleaved, one browser, one application, a fresh context each. Then: from the SMTP server's
250 to the parsed link, while Playwright's loop is running.
"""

import argparse
import os
import smtplib
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 - the project's folder has to be on the path first
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks import keyed_demo  # noqa: E402
from flows.sign_up import sign_up  # noqa: E402
from inboxwright import Authenticator, Identity, MatchPolicy, Provider, User, connect  # noqa: E402
from inboxwright.browser import find_browser  # noqa: E402
from inboxwright.processes import WebServer, free_port  # noqa: E402
from inboxwright.pump import pump  # noqa: E402
from pages.check_mail import CheckMailPage  # noqa: E402
from pages.dashboard import DashboardPage  # noqa: E402
from pages.sign_up import SignUpPage  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--mails", type=int, default=200)
    arguments = parser.parse_args()
    with running_demo() as (base_url, provider), sync_playwright() as playwright:
        executable = find_browser("chromium")
        browser = playwright.chromium.launch(executable_path=executable)
        compare_journeys(browser, base_url, provider, arguments.runs)
        measure_links(browser, provider, arguments.mails)
        browser.close()


@contextmanager
def running_demo() -> Iterator[tuple[str, Provider]]:
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, connect(policy=policy(base_url)) as provider:
        assert provider.smtp_address is not None
        host, smtp_port = provider.smtp_address
        variables = {
            "PORT": str(port),
            "SMTP_HOST": host,
            "SMTP_PORT": str(smtp_port),
            "DEMO_RATE_LIMITS": "off",
            "DEMO_PASSWORD_HASHER": "fast",
            "DEMO_DATABASE": str(Path(folder, "demo.sqlite3")),
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        os.environ.update(variables)
        keyed_demo.fix_key()
        os.environ["DJANGO_SETTINGS_MODULE"] = "demo.settings"
        django.setup()
        command = f"{sys.executable} -m benchmarks.keyed_demo"
        with WebServer(command, url=f"{base_url}/healthz", env=variables, cwd=ROOT):
            yield base_url, provider


def policy(base_url: str) -> MatchPolicy:
    return MatchPolicy(link_hosts=(base_url.partition("//")[2],))


def compare_journeys(browser: Browser, base_url: str, provider: Provider, runs: int) -> None:
    journeys: dict[str, Callable[[User], None]] = {"with mail": sign_up, "from the store": sign_up_from_the_store}
    times: dict[str, list[float]] = {name: [] for name in journeys}
    for number in range(runs + 1):
        for name in sorted(journeys, reverse=number % 2 == 1):
            elapsed = one_journey(browser, base_url, provider, journeys[name])
            if number:  # the first of each warms up
                times[name].append(elapsed)
    medians = {name: statistics.median(values) for name, values in times.items()}
    pairs = [one / other for one, other in zip(times["with mail"], times["from the store"], strict=True)]
    print(f"sign-up, {runs} of each, interleaved:")
    for name, values in times.items():
        print(f"  {name:<16} median {medians[name]:6.0f} ms   p95 {percentile(values, 95):6.0f} ms")
    print(f"  ratio of medians {medians['with mail'] / medians['from the store']:.3f}")
    print(f"  median of the pairs' ratios {statistics.median(pairs):.3f}")


def one_journey(browser: Browser, base_url: str, provider: Provider, journey: Callable[[User], None]) -> float:
    context = browser.new_context(base_url=base_url)
    wait = pump(context)
    user = User(
        page=context.new_page(),
        inbox=provider.new_inbox("journey", wait=wait),
        identity=Identity.generate("journey"),
        authenticator=Authenticator(wait=wait),
    )
    started = time.perf_counter()
    journey(user)
    DashboardPage(user.page).heading.wait_for()
    elapsed = (time.perf_counter() - started) * 1000
    context.close()
    return elapsed


def sign_up_from_the_store(user: User) -> None:
    """The same browser steps; the token by the application's own code from its own database."""
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    form = SignUpPage(user.page)
    form.open()
    form.register(email=user.inbox.address, password=user.identity.password)
    CheckMailPage(user.page).heading.wait_for()
    key = EmailConfirmationHMAC(EmailAddress.objects.get(email=user.inbox.address)).key
    user.page.goto(f"/accounts/confirm-email/{key}/")


def measure_links(browser: Browser, provider: Provider, mails: int) -> None:
    """From 250 to the link: the sender notes the time as soon as it has read the server's answer."""
    context = browser.new_context()
    context.new_page()
    inbox = provider.new_inbox("speed", wait=pump(context))
    assert provider.smtp_address is not None
    host = inbox.core.mailbox.policy.link_hosts
    assert host is not None
    raw = confirmation_mail(f"http://{host[0]}/accounts/confirm-email/MQ:1abcDE:q7Zr9x0tW4yV2u/")
    delays = []
    with smtplib.SMTP(*provider.smtp_address) as smtp:
        for _ in range(mails):
            accepted: list[float] = []

            def send(accepted: list[float] = accepted) -> None:
                smtp.sendmail("no-reply@meadow.test", [inbox.address], raw)
                accepted.append(time.perf_counter())

            sender = threading.Timer(0.02, send)
            with inbox.expect_message() as mail:
                sender.start()
            mail.value.link()
            in_hand = time.perf_counter()
            sender.join()
            delays.append((in_hand - accepted[0]) * 1000)
    context.close()
    median, p95 = statistics.median(delays), percentile(delays, 95)
    print(f"from SMTP 250 to the parsed link, {mails} mails: median {median:.2f} ms, p95 {p95:.2f} ms")


def confirmation_mail(link: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"] = "Confirm your email", "Meadow <no-reply@meadow.test>"
    message.set_content(f"Welcome!\n\nConfirm your account:\n{link}\n\nYou can ignore this mail if it was not you.\n")
    message.add_alternative(
        f'<p>Welcome!</p><p><a href="{link}">Confirm my account</a></p><p>Or open {link}</p>', subtype="html"
    )
    return message.as_bytes()


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
