"""Fresh addresses: minted locally, unique across workers, shards and runs, and carrying the run's id."""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from inboxwright.errors import ConfigError

DEFAULT_DOMAIN: Final = "inbox.example.com"
"""Reserved for examples (RFC 2606 section 3), so nobody's; validators of addresses, which refuse `.test`, take it."""
_RESERVED = ("test", "invalid", "localhost")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_ID_LENGTH = 8
_HINT_LENGTH = 64 - len("-r-") - 2 * _ID_LENGTH  # the local part's limit: RFC 5321 section 4.5.3.1.1
_MINTED = re.compile(rf"(?:^|[-+.])r([a-z2-7]{{{_ID_LENGTH}}})-[a-z2-7]{{{_ID_LENGTH}}}@")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_CI_RUNS = ("GITHUB_RUN_ID", "CI_PIPELINE_ID", "CIRCLE_WORKFLOW_ID", "BUILD_TAG", "BUILDKITE_BUILD_ID", "BUILD_BUILDID")
"""GitHub Actions, GitLab, CircleCI, Jenkins, Buildkite, Azure Pipelines: the same for all jobs of one run."""
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


def new_id() -> str:
    """Eight random characters of a-z and 2-7 (40 bits): for a run, or for one address within it."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def run_id(text: str) -> str:
    """The id of a run that somebody named: the name itself if it is one, else eight characters that follow from it."""
    if re.fullmatch(rf"[a-z2-7]{{{_ID_LENGTH}}}", text):
        return text
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:_ID_LENGTH]


def named_run(environ: Mapping[str, str], *, shared: bool = False) -> str | None:
    """The id of the run that the environment names; None if it names none.

    `shared`: whether the run has several parts, such as shards. Then, unless INBOXWRIGHT_RUN_ID says otherwise, the
    number that the CI system gives all jobs of one run names it.
    """
    names = ("INBOXWRIGHT_RUN_ID", *(_CI_RUNS if shared else ()))
    return next((run_id(environ[name]) for name in names if environ.get(name)), None)


def run_of(address: str) -> str | None:
    """The id of the run that minted the address, or None if no run did."""
    minted = _MINTED.search(address)
    return minted.group(1) if minted else None


def split(address: str) -> tuple[str, str]:
    """Local part and domain, cut at the last "@" (RFC 5321 section 4.1.2)."""
    local, _, domain = address.rpartition("@")
    return local, domain


def normal(address: str) -> str:
    """The one spelling of a mailbox: the local part exact (RFC 5321 section 2.4), the domain in lower case."""
    local, at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}" if at else address


def same(one: str, other: str) -> bool:
    """Whether two addresses name one mailbox."""
    return normal(one) == normal(other)


def alike(one: str, other: str) -> bool:
    """Whether two addresses differ at most by case, dots or a +tag in the local part: a likely slip."""
    return _loose(one) == _loose(other)


def _loose(address: str) -> tuple[str, str]:
    local, domain = split(address.lower())
    return local.partition("+")[0].replace(".", ""), domain


def is_reserved(domain: str) -> bool:
    """Whether it is nobody's domain: `.test` and the like, or `example.com` (RFC 2606 sections 2 and 3)."""
    labels = domain.lower().split(".")
    return labels[-1] in _RESERVED or (labels[-2:-1] == ["example"] and labels[-1] in ("com", "net", "org"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Mints the addresses of one run at one domain. Raises ConfigError for a domain or run id that is none."""

    domain: str = DEFAULT_DOMAIN
    """Where mail is received."""
    run: str = field(default_factory=new_id)
    """The run's id: clean-up only ever touches addresses that carry it."""

    def __post_init__(self) -> None:
        if not _DOMAIN.fullmatch(self.domain.lower()):
            raise ConfigError(f"inbox.domain {self.domain!r} is not a domain name; write it like qa.example.com")
        if not re.fullmatch(rf"[a-z2-7]{{{_ID_LENGTH}}}", self.run):
            raise ConfigError(f"run id {self.run!r} must be {_ID_LENGTH} characters of a-z and 2-7")

    def mint(self, hint: str = "inbox") -> str:
        """A fresh address such as `signup-rk3jq7m2a-x7w4tzpc@inbox.example.com`; the hint is for people who read it."""
        words = re.sub(r"[^a-z0-9]+", "-", hint.lower()).strip("-") or "inbox"
        return f"{words[:_HINT_LENGTH].rstrip('-')}-r{self.run}-{new_id()}@{self.domain.lower()}"

    def owns(self, address: str) -> bool:
        """Whether this run minted the address."""
        return run_of(address) == self.run
