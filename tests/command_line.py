"""The command line in a thread of its own: a test before may have left Playwright's loop running in this one."""

from concurrent.futures import ThreadPoolExecutor

from click.testing import CliRunner, Result

from inboxwright.cli import main


def invoke(arguments: list[str], *, env: dict[str, str] | None = None) -> Result:
    """What the command printed, and how it ended."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(CliRunner().invoke, main, arguments, env=env).result()
