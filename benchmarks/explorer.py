"""What the explorer makes of applications from their URL alone: one row each, and what it wrote.

    python benchmarks/explorer.py [NAME ...] [--keep FOLDER]

NAME: demo, flask-security, or NAME=COMMAND with {port} in it for one of your own, which has to send its mail to
SMTP_HOST and SMTP_PORT. Green means three runs with fresh people; those journeys are tried for which a form was found.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from inboxwright.config import load
from inboxwright.explore import Exploration, Explorer, table

ROOT = Path(__file__).resolve().parents[1]
APPLICATIONS = {
    "demo": (f"{sys.executable} -m demo", ROOT, "/healthz"),
    "flask-security": (f"{sys.executable} -m app", ROOT / "tests/contract/flask_security", "/healthz"),
}


def explore(name: str, root: Path) -> Exploration:
    """One application in an empty project."""
    own, _, command = name.partition("=")
    started, cwd, ready = (command.replace("{port}", "$PORT"), ROOT, "/") if command else APPLICATIONS[own]
    server = {
        "command": started,
        "url": f"http://127.0.0.1:0{ready}",
        "cwd": str(cwd),
        "env": {"DEMO_RATE_LIMITS": "off"},
    }
    config = {"testDir": "e2e", "use": {"baseURL": "http://127.0.0.1:0"}, "webServer": server}
    root.mkdir(parents=True, exist_ok=True)
    (root / "playwright.config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    (root / "conftest.py").touch()
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p no:playwright-asyncio\n", encoding="utf-8")
    return Explorer(
        load(root / "playwright.config.json"), say=lambda line: print(f"  {line}", file=sys.stderr)
    ).explore()


def row(name: str, found: Exploration, root: Path) -> str:
    """Offered, found, written, findings, people, lines, minutes."""
    offered = [result for result in found.results if result.state != "not offered"]
    written = [result for result in offered if result.state in {"written", "finding"}]
    findings = sum(result.state == "finding" for result in written)
    lines = sum(
        len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("pages", "flows", "e2e")
        for path in (root / folder).glob("*.py")
    )
    own = name.partition("=")[0]
    return (
        f"| {own} | {len(found.ways)} | {len(offered)} | {len(written)} | {findings} | {found.people} |"
        f" {lines} | {found.seconds / 60:.1f} |"
    )


def main() -> None:
    """Print the table, then each application's journeys."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(APPLICATIONS), metavar="NAME")
    parser.add_argument("--keep", type=Path, help="Leave what was written below this folder.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        roots = {name: (options.keep or Path(folder)) / name.partition("=")[0] for name in options.names}
        done = {name: explore(name, root) for name, root in roots.items()}
        print("| application | ways in | tried | green 3 times | findings | people | lines written | minutes |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, found in done.items():
            print(row(name, found, roots[name]))
        for name, found in done.items():
            print(f"\n{name.partition('=')[0]}\n{table(found)}")


if __name__ == "__main__":
    main()
