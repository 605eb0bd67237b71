"""The files that a timeline gives, and how they get into a project."""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from inboxwright.errors import InboxwrightError
from inboxwright.mail import MatchPolicy, Message
from inboxwright.record import leaks
from inboxwright.record.generate.flow import FlowWriter
from inboxwright.record.generate.journey import Journey
from inboxwright.record.generate.models import read_pages, render, sign, unedited, without_signature
from inboxwright.record.generate.modules import formatted, module
from inboxwright.record.generate.plan import plan
from inboxwright.record.generate.scenario import ScenarioWriter
from inboxwright.record.generate.screens import Screens
from inboxwright.record.generate.words import identifier, summary
from inboxwright.record.timeline import Timeline

_PACKAGES = {
    "pages": "Page objects: one screen a file.",
    "flows": "Flows: how a person gets through a journey, one journey a file.",
}


class WouldOverwrite(InboxwrightError):
    """A file of this name is there and is somebody's own work; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What is to be written, by path from the project's root, and what the person should know."""

    files: Mapping[str, str] = field(repr=False)
    uploads: Mapping[str, bytes] = field(repr=False)
    notes: tuple[str, ...]
    reused: tuple[str, ...]
    """Page objects that were there already."""
    test: str


def generate(timeline: Timeline, root: Path, *, test_dir: str = "e2e", force: bool = False) -> Generated:
    """Page objects, flow and tests for the timeline.

    Raises SecretLeft if a recorded secret would stay in them, WouldOverwrite if the name is taken by edited files.
    """
    name = identifier(timeline.name, "journey")
    screens = Screens(existing=read_pages(root / "pages"), flow=name)
    nodes, expectations = plan(timeline.steps)
    screens.prepare(nodes)
    journey = FlowWriter(timeline, nodes, expectations, screens, _messages(timeline)).write()
    scenario = ScenarioWriter(timeline, journey, screens)
    tests = scenario.write()
    files: dict[str, str] = {}
    for model in screens.models():
        if model.own and model.changed:
            files[f"pages/{model.module}.py"] = render(model)
    page_imports = [f"from pages.{model.module} import {model.class_name}" for model in screens.models()]
    if timeline.after:
        module_name, _, function = timeline.after.rpartition(":")
        page_imports.append(f"from {module_name or f'flows.{function}'} import {function}")
    files[f"flows/{name}.py"] = _flow_module(timeline.name, journey, page_imports)
    flow_import = f"from flows.{name} import {', '.join(sorted(scenario.flows))}"
    doc = f"{summary(timeline.name.replace('_', ' ')).capitalize()}, as it was recorded."
    files[f"{test_dir}/test_{name}.py"] = module(doc, tests, first_party=[flow_import, *page_imports])
    signed = {path: sign(text) for path, text in formatted(files, root).items()}
    uploads = {
        f"flows/files/{act.step.value}": base64.b64decode(act.step.content)
        for node in nodes for act in node.acts if act.step.content
    }  # fmt: skip
    leaks.refuse({**signed, **uploads}, timeline.values)
    for path in () if force else signed:
        _refuse_overwriting(root / path)
    return Generated(
        files=signed, uploads=uploads, notes=tuple(dict.fromkeys(journey.notes)),
        reused=tuple(sorted(screens.reused)), test=f"{test_dir}/test_{name}.py",
    )  # fmt: skip


def rewritten(generated: Generated, path: str, text: str, root: Path) -> Generated:
    """With another text for one file, formatted and signed as recorded."""
    body = formatted({path: without_signature(text)}, root)[path]
    return replace(generated, files={**generated.files, path: sign(body)})


def write(generated: Generated, root: Path) -> list[Path]:
    """Write the files and return their paths; packages get the `__init__.py` that mypy wants."""
    written = []
    for folder, doc in _PACKAGES.items():
        init = root / folder / "__init__.py"
        init.parent.mkdir(parents=True, exist_ok=True)
        if not init.exists():
            init.write_text(f'"""{doc}"""\n', encoding="utf-8")
    for path, text in generated.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    for path, content in generated.uploads.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(target)
    return written


def refuse_taken(name: str, root: Path, *, test_dir: str = "e2e") -> None:
    """Raise WouldOverwrite if the flow or the test of this name is somebody's own work."""
    name = identifier(name, "journey")
    for path in (f"flows/{name}.py", f"{test_dir}/test_{name}.py"):
        _refuse_overwriting(root / path)


def _flow_module(name: str, journey: Journey, page_imports: Iterable[str]) -> str:
    """The flow's module."""
    parts = []
    for function in journey.functions:
        extras = "".join(f", {extra}: {kind}" for extra, kind in journey.extras.items())
        head = f"def {function.name}(user: User{extras}) -> {function.returns}:"
        parts.append("\n".join([head, f'    """{function.doc}"""', *function.body]))
    constants = ['FILES = Path(__file__).parent / "files"'] if any("FILES /" in part for part in parts) else []
    doc = f"{summary(name.replace('_', ' ')).capitalize()}, as it was recorded."
    return module(doc, parts, first_party=page_imports, constants=constants)


def _messages(timeline: Timeline) -> dict[int, Message]:
    policy = MatchPolicy(link_hosts=timeline.link_hosts)
    found: dict[int, Message] = {}
    for name, value in timeline.values.items():
        if match := re.fullmatch(r"mail(\d+)\.raw", name):
            found[int(match.group(1))] = Message.parse(base64.b64decode(value.value), policy=policy)
    return found


def _refuse_overwriting(path: Path) -> None:
    if path.exists() and not unedited(path.read_text(encoding="utf-8")):
        raise WouldOverwrite(
            f"{path.parent.name}/{path.name} is there already and is not a recording as it was written;"
            " nothing was changed. Choose another name, or move the file away"
        )
