"""Stubs of hosted services as targets; `tests/contract/hosted` has the vendors' clients that vouch for them."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.contract.hosted.stubs import nylas
from tests.contract.hosted.stubs.kit import KEY
from tests.contract.hosted.stubs.mailosaur import SERVER
from tests.contract.hosted.stubs.mailslurp import DOMAIN
from tests.contract.hosted.stubs.testmail import NAMESPACE
from tests.contract.servers.base import Server
from tests.contract.servers.programs import Program

_ROOT = Path(__file__).parents[3]


def _stub(name: str, client: str) -> Program:
    return Program(
        name=name,
        version=f"vouched for by {client}",
        find=lambda: Path(sys.executable),
        commands=lambda: (),
        needs="sh",
    )


class Hosted(Server):
    """A stub in a process of its own."""

    @property
    def provider(self) -> str:
        return self.program.name

    @property
    def command(self) -> Sequence[str]:
        ports = [str(self.ports["smtp"]), str(self.ports["http"])]
        return [sys.executable, "-m", "tests.contract.hosted.stubs", self.program.name, *ports]

    @property
    def environment(self) -> Mapping[str, str]:
        return {"PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/_ready"}

    @property
    def options(self) -> dict[str, Any]:
        return {"url": self.url, "key": KEY}

    def stored(self, address: str) -> int:
        query = {"address": address}
        return int(httpx.get(f"{self.url}/_stored", params=query, trust_env=False).json()["stored"])


class Mailosaur(Hosted):
    """One of its servers."""

    program = _stub("mailosaur", "mailosaur 8.1.1")

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "server": SERVER, "domain": f"{SERVER}.mailosaur.net"}


class Mailslurp(Hosted):
    """An account with a domain of its own."""

    program = _stub("mailslurp", "mailslurp-client 17.6.0")

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "domain": DOMAIN}


class Nylas(Hosted):
    """An application with a wildcard inbox."""

    program = _stub("nylas", "nylas 6.18.0")

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "grant": nylas.GRANT, "pattern": nylas.PATTERN, "domain": nylas.DOMAIN}


class Testmail(Hosted):
    """One namespace."""

    __test__ = False  # pytest takes its name for that of a test

    program = _stub("testmail", "@testmail.app/graphql-request 1.8.4")

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "namespace": NAMESPACE}


class Vaultsandbox(Hosted):
    """A gateway that encrypts by default."""

    program = _stub("vaultsandbox", "vaultsandbox 0.9.3")

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "smtp": f"127.0.0.1:{self.ports['smtp']}"}
