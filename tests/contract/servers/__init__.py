"""Real mail systems for the conformance suite, the benchmarks, and runs of e2e/ against them."""

from tests.contract.servers.base import Server
from tests.contract.servers.dovecot import Dovecot
from tests.contract.servers.embedded import Embedded
from tests.contract.servers.greenmail import Greenmail
from tests.contract.servers.hosted import Mailosaur, Mailslurp, Nylas, Testmail, Vaultsandbox
from tests.contract.servers.inbucket import Inbucket
from tests.contract.servers.maildev import Maildev
from tests.contract.servers.mailpit import Mailpit
from tests.contract.servers.programs import PROGRAMS, Missing, Program
from tests.contract.servers.s3 import Minio, Moto

SERVERS: dict[str, type[Server]] = {
    server.program.name: server
    for server in (
        Embedded,
        Mailpit,
        Inbucket,
        Dovecot,
        Greenmail,
        Maildev,
        Minio,
        Moto,
        Mailosaur,
        Mailslurp,
        Nylas,
        Testmail,
        Vaultsandbox,
    )
}
"""By the name of the program."""

__all__ = ["PROGRAMS", "SERVERS", "Missing", "Program", "Server"]
