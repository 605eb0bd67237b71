"""Where the token goes besides: nowhere."""

from urllib.parse import urlsplit

from inboxwright.checks._answers import Answer, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._tokens import token_of
from inboxwright.checks._trial import Trial
from inboxwright.mail import Link

_SAFE_POLICIES = {"no-referrer", "same-origin", "strict-origin", "origin", "strict-origin-when-cross-origin"}
_REMEDY = "answer with `Referrer-Policy: no-referrer` or `same-origin`"


@check(source="ASVS-3.4.5", kind="passive")
def token_stays_out_of_referer(trial: Trial[Link]) -> Answer:
    """The page that a link opens must send its URL to nobody else, neither as Referer nor in a request."""
    user, link = trial.requested()
    token, own = token_of(link), urlsplit(link.url).netloc
    told: list[str] = []
    user.page.on(
        "request",
        lambda request: (
            told.append(urlsplit(request.url).netloc)
            if urlsplit(request.url).netloc not in {own, ""}
            and (token in request.url or token in (request.headers.get("referer") or ""))
            else None
        ),
    )
    response = user.page.goto(link.url, wait_until="load")
    policy = (response.header_value("referrer-policy") if response is not None else None) or ""
    if told:
        return Finding(
            severity="high",
            evidence=f"the page that the link opened sent the token to {', '.join(sorted(set(told)))}",
            remedy=f"load nothing of others on that page, and {_REMEDY}",
        )
    if {part.strip() for part in policy.split(",")} & _SAFE_POLICIES:
        return Holds(seen=f"no request carried it, and Referrer-Policy is {policy}")
    return Finding(
        severity="low",
        evidence=f"the page that the link opened has {f'Referrer-Policy {policy}' if policy else 'no Referrer-Policy'}",
        remedy=_REMEDY,
    )
