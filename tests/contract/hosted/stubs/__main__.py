"""`python -m tests.contract.hosted.stubs NAME SMTP_PORT HTTP_PORT`; it keeps its store in the working folder."""

import asyncio
import sys

from tests.contract.hosted.stubs.kit import Stub, serve


def _stub(name: str) -> Stub:
    match name:
        case "mailosaur":
            from tests.contract.hosted.stubs.mailosaur import MailosaurStub

            return MailosaurStub()
        case "mailslurp":
            from tests.contract.hosted.stubs.mailslurp import MailslurpStub

            return MailslurpStub()
        case "nylas":
            from tests.contract.hosted.stubs.nylas import NylasStub

            return NylasStub()
        case "testmail":
            from tests.contract.hosted.stubs.testmail import TestmailStub

            return TestmailStub()
        case "vaultsandbox":
            from tests.contract.hosted.stubs.vaultsandbox import VaultsandboxStub

            return VaultsandboxStub()
    raise SystemExit(f"no stub {name!r}")


async def _main(name: str, smtp: str, http: str) -> None:
    await serve(_stub(name), int(smtp), int(http))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
