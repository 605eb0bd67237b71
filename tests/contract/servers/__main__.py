"""`python -m tests.contract.servers install [NAME…]`, `… list`, `… serve NAME [smtp=1025 http=8025 …]`."""

import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.contract.servers import PROGRAMS, SERVERS, Missing, Program
from tests.contract.servers.dovecot import Dovecot


def main(arguments: list[str]) -> int:
    """The exit code: 0 when all that was asked for is here."""
    match arguments:
        case ["install", *names]:
            return install(names or list(PROGRAMS))
        case ["list"]:
            return show()
        case ["serve", name, *ports] if name in SERVERS:
            return serve(name, ports)
    print(f"{__doc__}\nnames: {', '.join(PROGRAMS)}", file=sys.stderr)
    return 2


def install(names: list[str]) -> int:
    """Install them side by side; those that cannot be had are named with the reason."""

    def one(program: Program) -> bool:
        begun = time.monotonic()
        try:
            program.install()
        except Missing as error:
            print(f"{program.name}: MISSING: {error}", flush=True)
            return False
        print(f"{program.name}: {program.version} ({time.monotonic() - begun:.0f} s)", flush=True)
        return True

    with ThreadPoolExecutor(len(names)) as pool:
        return 0 if all(list(pool.map(one, [PROGRAMS[name] for name in names]))) else 1


def show() -> int:
    """What is here."""
    for program in PROGRAMS.values():
        try:
            print(f"{program.name} {program.version}: {program.path()}")
        except Missing as error:
            print(f"{error}")
    return 0


def serve(name: str, ports: list[str]) -> int:
    """Run one in the foreground until SIGTERM or SIGINT."""
    PROGRAMS[name].install()
    numbers = {key: int(number) for key, number in (port.split("=") for port in ports)}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # At loopback and for one run: a password would only be one more variable to set.
    with Dovecot(numbers, guarded=False) if name == "dovecot" else SERVERS[name](numbers) as server:
        print(f"{name}: {server.options}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
