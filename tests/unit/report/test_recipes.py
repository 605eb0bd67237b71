"""The recipes for CI systems and Kubernetes agree with what they call."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[3]


def test_this_repositorys_own_nightly_calls_two_targets_that_there_are() -> None:
    text = (ROOT / ".github/workflows/nightly.yml").read_text()

    assert re.search(r"make nightly .*SHARD=", text)
    assert "make report RESULTS=" in text
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"nightly", "report", "rehearsal"} <= set(targets)


@pytest.mark.parametrize("name", [".github/workflows/nightly.yml", "deploy/kubernetes.yaml"])
def test_the_shards_of_a_night_are_one_run(name: str) -> None:
    assert "INBOXWRIGHT_RUN_ID" in (ROOT / name).read_text()


def test_the_kubernetes_manifest_is_of_one_piece() -> None:
    found = {f"{part['kind']}/{part['metadata']['name']}": part for part in _manifest()}

    job = found["Job/nightly"]["spec"]
    assert job["completionMode"] == "Indexed"
    command = " ".join(job["template"]["spec"]["containers"][0]["command"])
    assert f"$((JOB_COMPLETION_INDEX + 1))/{job['completions']}" in command
    variables = {entry["name"]: entry.get("value", "") for entry in job["template"]["spec"]["containers"][0]["env"]}
    for name, port in (("browsers", 3000), ("mailpit", 8025)):
        assert port in [entry["port"] for entry in found[f"Service/{name}"]["spec"]["ports"]]
        assert any(f"//{name}:{port}" in value for value in variables.values())
        labels = found[f"Deployment/{name}"]["spec"]["template"]["metadata"]["labels"]
        assert labels == found[f"Service/{name}"]["spec"]["selector"]


def test_both_sides_of_the_browser_connection_run_one_image() -> None:
    images = re.findall(r"image: (inboxwright-\S+)", (ROOT / "deploy/kubernetes.yaml").read_text())

    assert len(images) == 2
    assert len(set(images)) == 1


def test_the_image_holds_what_the_wheel_packs_before_it_is_built_and_a_browser_for_its_user() -> None:
    steps = [line for line in (ROOT / "deploy/Dockerfile").read_text().splitlines() if line[:1].isupper()]
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    left_out = (ROOT / "deploy/Dockerfile.dockerignore").read_text().split()

    install = next(at for at, step in enumerate(steps) if "pip install" in step)
    assert "COPY . ." in steps[:install]
    assert not {name.partition("/")[0] for name in packed["force-include"]} & set(left_out)
    assert any(re.match(r"ENV .*PLAYWRIGHT_BROWSERS_PATH=/(?!root)", step) for step in steps[:install])
    assert steps[-1] == "USER 1000"


def _manifest() -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load_all(ROOT / "deploy/kubernetes.yaml"))
