"""An application's mailed journeys: found, walked, written, run three times, and kept if they pass."""

import ast
import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.async_api import BrowserContext, Error, async_playwright

from inboxwright.address import new_id
from inboxwright.config import Project
from inboxwright.errors import InboxwrightError
from inboxwright.explore.journeys import JOURNEYS, Accepted, Journey
from inboxwright.explore.negatives import as_finding, with_what_is_right
from inboxwright.explore.scout import Way, find_ways, stay_on
from inboxwright.explore.walker import Walker
from inboxwright.explore.words import Purpose
from inboxwright.identity import Identity
from inboxwright.record import (
    Checked,
    Session,
    Timeline,
    browser_for,
    check,
    record,
    settings_for,
    start_services,
    test_dir_of,
    walked_before,
)
from inboxwright.record.generate import Generated, generate, rewritten, write
from inboxwright.record.outcome import keep

Say = Callable[[str], object]
PEOPLE = 60
"""People that one exploration may make, each with an account and a few mails."""
_RUNS = 3


@dataclass(slots=True, kw_only=True)
class Result:
    """What came of one journey."""

    journey: Journey
    state: str = "not offered"
    """not offered, written, finding, or left out."""
    note: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    picture: bytes = b""
    """The last page that was seen, as PNG."""


@dataclass(slots=True, kw_only=True)
class Exploration:
    """All of it."""

    base_url: str
    ways: Mapping[Purpose, Way]
    results: list[Result] = field(default_factory=list)
    turned_away: set[str] = field(default_factory=set)
    """Hosts that pages asked for and that were never touched."""
    people: int = 0
    seconds: float = 0.0


class Explorer:
    """Explores one project's application; `project` is read anew for each start of its services."""

    def __init__(
        self, project: Project, *, say: Say, people: int = PEOPLE, journeys: Sequence[Journey] = JOURNEYS
    ) -> None:
        self.project, self.root, self._say, self._most = project, project.root, say, people
        self._journeys = journeys
        self._found = Exploration(base_url=project.use.base_url or "", ways={})

    def explore(self) -> Exploration:
        """Look for the ways in, then try each journey. Raises ConfigError where the application does not start."""
        began = time.monotonic()
        found = self._found
        with ExitStack() as services:
            project, _ = start_services(self.project, services)
            found.base_url = project.require_base_url()
            found.ways = asyncio.run(self._scout(project))
        for journey in self._journeys:
            result = Result(journey=journey)
            found.results.append(result)
            missing = [one_of[0].value for one_of in journey.needs if not set(one_of) & set(found.ways)]
            if missing:
                result.note = f"no form was found to {' or to '.join(missing)}"
            elif journey.after and not self._is_written(journey.after):
                result.state, result.note = "left out", f"it begins behind {journey.after}, which was not written"
            elif found.people + 1 + _RUNS > self._most:
                result.state, result.note = "left out", f"the limit of {self._most} people is reached (--people)"
            else:
                self._try(journey, result)
            self._say(f"{journey.title}: {result.state}" + (f" ({result.note})" if result.note else ""))
        found.seconds = time.monotonic() - began
        return found

    def _is_written(self, name: str) -> bool:
        return any(other.journey.name == name and other.state == "written" for other in self._found.results)

    async def _scout(self, project: Project) -> dict[Purpose, Way]:
        settings = browser_for(project, headless=True)
        async with async_playwright() as playwright:
            browser = await getattr(playwright, settings.name).launch(headless=True, **settings.launch)
            try:
                return await find_ways(browser, project.require_base_url(), say=self._say)
            finally:
                await browser.close()

    def _try(self, journey: Journey, result: Result) -> None:
        began = time.monotonic()
        self._say(f"{journey.title}: walking")
        try:
            timeline, accepted = self._walk(journey, result)
            self._write(journey, result, timeline, accepted=accepted)
        except (InboxwrightError, Error) as error:
            result.state, result.note = "left out", str(error).strip().splitlines()[0]
        result.seconds = time.monotonic() - began

    def _walk(self, journey: Journey, result: Result) -> tuple[Timeline, bool]:
        accepted = False
        ways = self._found.ways
        self._found.people += 1

        async def prepare(context: BrowserContext) -> None:
            await stay_on(context, base_url, self._found.turned_away.add)

        async def drive(session: Session) -> None:
            nonlocal accepted
            try:
                await journey.walk(Walker(session), ways)
            except Accepted:
                accepted = True
            finally:
                result.picture = await session.page.screenshot()

        with ExitStack() as services:
            project, provider = start_services(self.project, services)
            base_url = project.require_base_url()
            start = "/" if journey.after else ways[journey.needs[0][0]].path
            after = f"flows.{journey.after}:{journey.after}" if journey.after else ""
            settings = settings_for(project, name=journey.name, start=start, headless=True, after=after)
            settings = replace(settings, prepare=prepare)
            browser = browser_for(project, headless=True)
            identity = Identity.generate(new_id(), locale=project.use.locale or "en_US")
            walked = walked_before(project, provider, identity, settings, root=self.root)
            timeline = record(
                settings, browser, provider, identity, finish=lambda _: "", driver=drive, walked=walked
            )  # fmt: skip
        keep(timeline, self.root)
        return timeline, accepted

    def _write(self, journey: Journey, result: Result, timeline: Timeline, *, accepted: bool) -> None:
        generated = generate(timeline, self.root, test_dir=test_dir_of(self.project))
        if accepted:
            finding = f"{journey.title}: the application accepts it"
            text = as_finding(generated.files[generated.test], finding)
            generated = rewritten(generated, generated.test, text, self.root)
        before = {path: self._text(path) for path in generated.files}
        write(generated, self.root)
        checked = self._check(generated)
        if not checked.passed and (others := _without(generated, checked.failed, self.root)) is not None:
            generated = others
            write(generated, self.root)
            checked = self._check(generated)
        if not checked.passed:
            why = checked.why.splitlines()
            self._take_back(before)
            result.state, result.note = "left out", f"its test does not pass three times: {why[0] if why else ''}"
        elif journey.wrong and not accepted and not self._is_real(journey, timeline, generated):
            self._take_back(before)
            result.state, result.note = "left out", "its test stays green when what is given is right"
        else:
            result.state = "finding" if accepted else "written"
            result.note = "the application accepts it; the test is a strict xfail" if accepted else ""
            result.files = {path: text for path, text in generated.files.items() if before[path] != text}

    def _is_real(self, journey: Journey, timeline: Timeline, generated: Generated) -> bool:
        """Whether the test goes red when it is given what is right."""
        right = with_what_is_right(timeline, journey.wrong)
        if right is None:
            return False
        before = {path: self._text(path) for path in generated.files}
        opposite = generate(right, self.root, test_dir=test_dir_of(self.project))
        before |= {path: self._text(path) for path in opposite.files if path not in before}
        try:
            write(opposite, self.root)
            return not self._check(opposite).passed
        finally:
            self._take_back(before)

    def _check(self, generated: Generated) -> Checked:
        self._found.people += _RUNS
        return check(generated.test, self.root)

    def _text(self, path: str) -> str | None:
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.exists() else None

    def _take_back(self, before: Mapping[str, str | None]) -> None:
        for path, text in before.items():
            if text is None:
                (self.root / path).unlink(missing_ok=True)
            else:
                (self.root / path).write_text(text, encoding="utf-8")


def _without(generated: Generated, failed: Sequence[str], root: Path) -> Generated | None:
    """Without the tests that failed, if others are left."""
    tree = ast.parse(generated.files[generated.test])
    tests = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    if not failed or not set(tests) - set(failed):
        return None
    lines = generated.files[generated.test].splitlines()
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name in failed:
            del lines[node.lineno - 1 : node.end_lineno]
    return rewritten(generated, generated.test, "\n".join(lines) + "\n", root)
