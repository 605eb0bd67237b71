"""What the conformance suite runs against, and what each mail system is known not to be able to tell."""

from dataclasses import dataclass
from typing import Literal

import pytest

from tests.contract.servers import SERVERS, Server

LOOK_ALIKES = frozenset({"case", "underscore", "tag", "dots", "domain", "prefix", "suffix"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One mail system, read through one provider. Its name is also the marker that selects it."""

    name: str
    says: str
    """The marker's description."""
    tells: frozenset[str] = LOOK_ALIKES
    """The look-alikes that it can tell from the address, if only the envelope differs."""
    keeps_envelope: bool = True
    """Whether it knows for whom a mail is when the headers say something else."""
    stores_late: bool = False
    """Whether it answers 250 before it has stored the mail."""
    speaks: Literal["http", "imap", "own"] = "http"
    """What the fault proxy in front of it must understand; "own" stands for no proxy."""
    trims: bool = False
    """Whether it loses line ends at the very end of a message."""
    refuses_strangers: bool = False
    """Whether it refuses mail for an address without an inbox."""
    deletes: bool = True
    """Whether it can delete."""
    whole_seconds: bool = False
    """Whether it knows the order only of mails that came in different seconds."""

    @property
    def server(self) -> type[Server]:
        """What starts it."""
        return SERVERS[self.name]


TARGETS = (
    Target(name="embedded", says="inboxwright's own server", speaks="own"),
    Target(name="mailpit", says="a real Mailpit, built with Go"),
    Target(name="inbucket", says="a real Inbucket, built with Go"),
    Target(name="dovecot", says="IMAP: a real Dovecot, from the distribution's packages", speaks="imap"),
    Target(
        name="greenmail",
        says="IMAP: a real GreenMail, on Java",
        keeps_envelope=False,
        trims=True,
        speaks="imap",
    ),
    Target(name="maildev", says="a real maildev, on Node.js", stores_late=True),
    Target(name="minio", says="S3: a real MinIO, built with Go"),
    Target(name="moto", says="S3 with its notification queue, simulated by moto", speaks="own", whole_seconds=True),
    Target(
        name="mailosaur", says="Mailosaur's wire format, a stub that its own client vouches for", keeps_envelope=False
    ),
    Target(
        name="mailslurp",
        says="MailSlurp's wire format, a stub that its own client vouches for",
        tells=LOOK_ALIKES - {"case"},
    ),
    Target(name="nylas", says="Nylas's wire format, a stub that its own client vouches for", keeps_envelope=False),
    Target(
        name="testmail",
        says="testmail.app's wire format, a stub that its own client vouches for",
        tells=LOOK_ALIKES - {"case"},
        deletes=False,
    ),
    Target(
        name="vaultsandbox",
        says="VaultSandbox's wire format, a stub that its own client vouches for",
        tells=LOOK_ALIKES - {"case"},
        refuses_strangers=True,
    ),
)

GROUPS = {"imap": ("dovecot", "greenmail"), "s3": ("minio", "moto")}
"""Markers that select several."""


def marks(target: Target) -> list[pytest.MarkDecorator]:
    """The markers of a target."""
    names = [target.name, *(group for group, members in GROUPS.items() if target.name in members)]
    return [getattr(pytest.mark, name) for name in names]


def only(*speaks: str) -> pytest.MarkDecorator:
    """Run a test against the targets that speak so."""
    chosen = [target for target in TARGETS if target.speaks in speaks]
    return pytest.mark.parametrize(
        "target", [pytest.param(target, id=target.name, marks=marks(target)) for target in chosen]
    )


def one(name: str) -> pytest.MarkDecorator:
    """Run a test against one target."""
    chosen = [target for target in TARGETS if target.name == name]
    return pytest.mark.parametrize(
        "target", [pytest.param(target, id=target.name, marks=marks(target)) for target in chosen]
    )
