"""Where the link leads: the application's own host, whatever a request claims."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request, Route

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import PATIENCE, Trial
from inboxwright.errors import InboxwrightError
from inboxwright.mail import Link

FORGED = "inboxwright-forged.example"
"""RFC 2606: a name that nobody has."""
_FORGERIES = (
    {"host": FORGED},
    {"x-forwarded-host": FORGED},
    {"forwarded": f"host={FORGED}"},
)
_REDIRECTING = ("next", "redirect", "return_to", "url")
"""Names that frameworks give to where a person goes next."""
_CLAIMED = {"origin", "referer"}
"""Headers that a forger leaves out: only a browser is bound to tell the truth in them."""
_DROPPED = {"content-length", "transfer-encoding", "content-encoding", "connection"}


@check(source="WSTG-INPV-17", kind="active")
def forged_host_stays_out_of_the_link(trial: Trial[Link]) -> Answer:
    """`Host`, `X-Forwarded-Host` and `Forwarded` of a request must not decide where the mailed link leads."""
    answers = []
    for forgery in _FORGERIES:
        [header] = forgery
        user = trial.person()
        statuses: list[int] = []
        user.page.set_default_timeout(PATIENCE)
        user.page.route("**/*", _forging(forgery, statuses))
        with suppress(PlaywrightError, InboxwrightError):  # refused, or the link was: the mail itself tells
            trial.journey.request(user)
        user.page.unroute("**/*")
        if any(FORGED in (mail.text or "") + (mail.html or "") for mail in user.inbox.messages()):
            return Finding(
                severity="high",
                evidence=f"a form sent with `{header}: {FORGED}` made a mail whose link leads to {FORGED}",
                remedy="build mailed links from a configured base URL, and refuse requests for other hosts",
            )
        if not statuses:
            return CannotTell(why="no form was sent by the journey's request, so nothing could be forged")
        answers.append(f"{header} {statuses[-1]}")
    return Holds(seen=f"no mail named the forged host (answers: {', '.join(answers)})")


@check(source="ASVS-3.7.2", kind="active")
def link_is_no_open_redirect(trial: Trial[Link]) -> Answer:
    """A parameter added to the link must not send the person to another host once it is done."""
    user, link = trial.requested()
    left_for: list[str] = []

    def note(request: Request) -> None:  # an event, as redirects pass by the handlers of routes
        if urlsplit(request.url).hostname == FORGED:
            left_for.append(request.url)

    user.context.on("request", note)
    added = "&".join(f"{name}=https://{FORGED}/" for name in _REDIRECTING)
    glue = "&" if urlsplit(link.url).query else "?"
    head, hash_sign, fragment = link.url.partition("#")
    trial.completes(user, Link(url=f"{head}{glue}{added}{hash_sign}{fragment}", text=link.text))
    if not left_for:
        return Holds(seen=f"{', '.join(_REDIRECTING)} led nowhere else")
    return Finding(
        severity="medium",
        evidence=f"the link with {' or '.join(_REDIRECTING)} added sent the browser on to {FORGED}",
        remedy="redirect only to paths of the application, or to hosts on a list",
    )


def _forging(forgery: dict[str, str], seen: list[int]) -> Callable[[Route], None]:
    """Send what the page sends, with one header forged; a browser would not send another Host."""

    def handle(route: Route) -> None:
        request = route.request
        if request.method != "POST":
            route.continue_()
            return
        sent = request.all_headers().items()
        headers = {name: value for name, value in sent if not name.startswith(":") and name not in _CLAIMED}
        headers = {**headers, "host": urlsplit(request.url).netloc, **forgery}
        with httpx.Client(follow_redirects=False, trust_env=False) as client:
            answer = client.request(request.method, request.url, headers=headers, content=request.post_data_buffer)
        seen.append(answer.status_code)
        kept = {name: value for name, value in answer.headers.items() if name not in _DROPPED}
        route.fulfill(status=answer.status_code, headers=kept, body=answer.content)

    return handle
