"""SPF, DKIM and DMARC (RFC 7208, 6376, 7489): what was found, and who looked.

DKIM is verified here, on the raw bytes, when the project gives a way to ask for keys. The rest can only be judged where
the message came in, so it is read from Authentication-Results (RFC 8601), and only from a receiver that is trusted.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from inboxwright.mail.mime import headers
from inboxwright.mail.values import DnsFunction, MatchPolicy

NOT_CHECKED = "not checked"
HERE = "inboxwright"
_MOST_SIGNATURES = 5  # each may cost a key look-up and a pass over the body
_DOMAINS = {"spf": ("mailfrom", "helo"), "dkim": ("d", "i"), "dmarc": ("from",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One mechanism's verdict."""

    result: str = NOT_CHECKED
    """A result of RFC 8601 section 2.7 ("pass", "fail", "none", …), or "not checked"."""
    domain: str = ""
    """The domain that the verdict is about; empty when there is none."""
    checked_by: str = ""
    """"inboxwright", or the authserv-id of the trusted receiver; empty when nobody checked."""

    @property
    def passed(self) -> bool:
        """Whether somebody trusted checked it and it held."""
        return self.result == "pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """What is known about a message's sender."""

    spf: Check = Check()
    dkim: Check = Check()
    dmarc: Check = Check()


def authenticate(raw: bytes, fields: headers.Fields, policy: MatchPolicy) -> Authentication:
    """Collect the verdicts. Asks the network only through `policy.dns`."""
    told = _told(fields, policy.trusted_receivers)
    dkim = told.get("dkim", Check()) if policy.dns is None else _verify(raw, fields, policy.dns)
    return Authentication(spf=told.get("spf", Check()), dkim=dkim, dmarc=told.get("dmarc", Check()))


def _told(fields: headers.Fields, trusted: Collection[str]) -> dict[str, Check]:
    """What the trusted receiver says. Its own fields stand above any that came with the message: the first counts."""
    if not trusted:
        return {}
    names = {name.lower() for name in trusted}
    found: dict[str, Check] = {}
    for server, method, result, domain in _results(fields):
        if server.lower() in names and method in _DOMAINS and method not in found:
            found[method] = Check(result=result, domain=domain, checked_by=server)
    return found


def _results(fields: headers.Fields) -> Iterator[tuple[str, str, str, str]]:
    authres = import_module("authres")  # only who asks for verdicts pays for it
    for name, value in fields:
        if name != "authentication-results":
            continue
        try:
            header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {headers.unfold(value)}")
        except Exception:  # noqa: BLE001, S112 - a sender wrote it: whatever cannot be read says nothing
            continue
        for result in header.results:
            method = str(result.method).lower()
            yield str(header.authserv_id), method, str(result.result).lower(), _domain(method, result)


def _domain(method: str, result: Any) -> str:
    """The domain that a result is about; properties come as authres' own objects."""
    for wanted in _DOMAINS.get(method, ()):
        for item in result.properties:
            if item.name == wanted and item.value:
                return str(item.value).rpartition("@")[2].lower()
    return ""


def _verify(raw: bytes, fields: headers.Fields, dns: DnsFunction) -> Check:
    """Verify the signatures; one that holds is enough (RFC 6376 section 6.1)."""
    signatures = [value for name, value in fields if name == "dkim-signature"]
    if not signatures:
        return Check(result="none", checked_by=HERE)
    dkim = import_module("dkim")
    best = Check(result="fail", checked_by=HERE)
    for index, value in enumerate(signatures[:_MOST_SIGNATURES]):
        domain = headers.parameters("x;" + headers.unfold(value))[1].get("d", "").lower()
        try:
            verified = bool(dkim.DKIM(raw).verify(idx=index, dnsfunc=dns))
        except dkim.DKIMException as error:
            # An unusable key or signature is permanent, a silent name server is not (RFC 8601 section 2.7.1).
            temporary = "dns" in type(error).__name__.lower()
            best = Check(result="temperror" if temporary else "permerror", domain=domain, checked_by=HERE)
            continue
        except Exception:  # noqa: BLE001 - a sender wrote it: dkimpy lets the errors of its helpers through
            best = Check(result="permerror", domain=domain, checked_by=HERE)
            continue
        if verified:
            return Check(result="pass", domain=domain, checked_by=HERE)
        best = Check(result="fail", domain=domain, checked_by=HERE)
    return best
