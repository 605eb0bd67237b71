"""`init --ci`: the nightly of a user's own repository, for the CI system that runs it."""

from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Final

SYSTEMS: Final[Mapping[str, tuple[str, str]]] = {
    "github": ("github.yml", ".github/workflows/nightly.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
    "circleci": ("circleci.yml", ".circleci/config.yml"),
    "jenkins": ("Jenkinsfile", "Jenkinsfile"),
}
"""Each system's recipe here, and where it reads it."""


def recipe(system: str, *, demo: bool) -> dict[str, bytes]:
    """The file of one of SYSTEMS, by its path in the repository; for the demo it runs the project that starts it."""
    name, target = SYSTEMS[system]
    major, minor, *_ = version("playwright").split(".")
    text = (files("inboxwright.cli") / "ci" / name).read_text(encoding="utf-8")
    for word, value in {
        "@PROJECT@": "local" if demo else "staging",
        "@EXTRAS@": "demo,report" if demo else "report",
        "@PLAYWRIGHT@": f"{major}.{minor}.0",
    }.items():
        text = text.replace(word, value)
    return {target: text.encode()}
