"""Each recipe of `init --ci`, from the wheel in an empty repository: its own shell lines, in its system's order."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from inboxwright.cli._ci import SYSTEMS
from inboxwright.report import find, load
from tests.contract.installed import TOP, Installed, install, run

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(1200)]

SHARDS = 2
"""The recipes say four; two keep this test short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Shell lines of one job, with the variables that its system sets for them."""

    lines: str
    environ: Mapping[str, str] = field(default_factory=dict)


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def github(path: Path) -> Iterator[Step]:
    jobs = _yaml(path)["jobs"]
    assert jobs["tests"]["strategy"]["matrix"]["shard"] == [1, 2, 3, 4]
    summary = {"GITHUB_STEP_SUMMARY": str(path.parent / "summary.md"), "GITHUB_RUN_ID": "77", "PROJECT": "local"}
    for name, shards in (("tests", range(1, SHARDS + 1)), ("report", [0])):
        for shard in shards:
            for step in jobs[name]["steps"]:
                if "run" in step and step.get("if") != "failure()":
                    text = step["run"].replace("${{ matrix.shard }}/4", f"{shard}/{SHARDS}")
                    yield Step(lines=text.replace("${{ matrix.shard }}", str(shard)), environ=summary)


def gitlab(path: Path) -> Iterator[Step]:
    jobs = _yaml(path)
    for name, shards in (("tests", range(1, SHARDS + 1)), ("report", [0])):
        for shard in shards:
            given = {"CI_NODE_INDEX": str(shard), "CI_NODE_TOTAL": str(SHARDS), "CI_PIPELINE_ID": "77"}
            yield Step(
                lines="\n".join(jobs[name]["script"]), environ={**given, "PROJECT": jobs["variables"]["PROJECT"]}
            )


def circleci(path: Path) -> Iterator[Step]:
    recipe = _yaml(path)
    assert recipe["workflows"]["nightly"]["when"], "else every push would run it"
    project = recipe["parameters"]["project"]["default"]
    for name, shards in (("tests", range(SHARDS)), ("report", [0])):
        for shard in shards:
            given = {"CIRCLE_NODE_INDEX": str(shard), "CIRCLE_NODE_TOTAL": str(SHARDS), "CIRCLE_WORKFLOW_ID": "77"}
            for step in recipe["jobs"][name]["steps"]:
                if "run" in step:
                    text = step["run"]["command"].replace("<< pipeline.parameters.project >>", project)
                    yield Step(lines=text, environ=given)


def jenkins(path: Path) -> Iterator[Step]:
    blocks = re.findall(r"sh '''\n(.*?)'''", path.read_text().replace("\\\n", "\\\n"), re.DOTALL)
    tests, report = blocks
    for shard in range(1, SHARDS + 1):
        given = {"SHARD": str(shard), "BUILD_TAG": "jenkins-nightly-77", "PROJECT": "local"}
        yield Step(lines=tests.replace("$SHARD/4", f"$SHARD/{SHARDS}"), environ=given)
    yield Step(lines=report, environ=given)


STEPS: dict[str, Callable[[Path], Iterator[Step]]] = {
    "github": github, "gitlab": gitlab, "circleci": circleci, "jenkins": jenkins,
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("wheel"), "demo,report")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lines_of_each_system_run_and_give_one_merged_report(
    installed: Installed, tmp_path: Path, system: str
) -> None:
    installed.run("inboxwright", "init", "--demo", "--ci", system, cwd=tmp_path)
    usual = {
        "CI": "true",
        "PYTEST_ADDOPTS": "-k test_sign_up",
        "PIP_FIND_LINKS": str(installed.wheel.parent),
        "PIP_CONSTRAINT": str(TOP / "constraints.txt"),
    }

    for step in STEPS[system](tmp_path / SYSTEMS[system][1]):
        lines = _with_the_playwright_that_is_here(step.lines)
        run(
            ["bash", "-eo", "pipefail", "-c", lines], cwd=tmp_path, environ=installed.environ({**usual, **step.environ})
        )

    report = load(find([tmp_path / "results"]))
    assert report.good
    assert len({key[0] for key in report.runs}) == 1
    assert {key[1] for key in report.runs} == {f"{shard}/{SHARDS}" for shard in range(1, SHARDS + 1)}
    assert "All " in (tmp_path / "playwright-report/index.html").read_text()
    for name in ("history.jsonl", ".test_durations"):
        assert (tmp_path / name).stat().st_size


def test_a_failed_shard_fails_the_report(installed: Installed, tmp_path: Path) -> None:
    installed.run("inboxwright", "init", "--demo", "--ci", "circleci", cwd=tmp_path)
    (tmp_path / "e2e/test_bad.py").write_text("def test_bad():\n    assert 1 == 2\n")
    usual = {"PYTEST_ADDOPTS": "-k test_bad", "PIP_FIND_LINKS": str(installed.wheel.parent)}
    *tests, report = circleci(tmp_path / ".circleci/config.yml")

    for step in tests[1::2]:
        run(
            ["bash", "-eo", "pipefail", "-c", step.lines],
            cwd=tmp_path,
            environ=installed.environ({**usual, **step.environ}),
        )

    shell = ["bash", "-eo", "pipefail", "-c", report.lines]
    assert "1 of 1 tests failed" in run(shell, cwd=tmp_path, environ=installed.environ(usual), code=1)


def _with_the_playwright_that_is_here(lines: str) -> str:
    """Jenkins pins Playwright to its image; another release of it would be fetched here."""
    return re.sub(r' "playwright==[^"]+"', "", lines)


def test_where_there_is_a_suite_already_only_the_recipe_is_written(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "playwright.config.json").write_text("{}")

    installed.run("inboxwright", "init", "--ci", "gitlab", cwd=tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitlab-ci.yml", "playwright.config.json"]
    assert "make " not in (tmp_path / ".gitlab-ci.yml").read_text()
