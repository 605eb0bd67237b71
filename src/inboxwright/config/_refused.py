"""Playwright Test's keys that have no meaning here, and how the same is done instead."""

from collections.abc import Mapping

_FIXTURE = "write a session-scoped fixture in conftest.py"
_PYTEST = "say it to pytest, under [tool.pytest.ini_options] of pyproject.toml: "
_CONTEXT = "override the fixture browser_context_args in conftest.py"
_NO_TYPESCRIPT = "tests are Python here"
_NO_SNAPSHOTS = "there are no snapshot assertions in Playwright for Python"

TOP: Mapping[str, str] = {
    "build": _NO_TYPESCRIPT,
    "captureGitInfo": "the report takes the commit from the CI system's variables",
    "dependencies": _FIXTURE,
    "failOnFlakyTests": "pass --fail-on-flaky-tests to pytest; a flaky test is never reported as passed",
    "fullyParallel": "with `workers` every test may run in any worker already",
    "globalSetup": _FIXTURE,
    "globalTeardown": f"{_FIXTURE} that yields",
    "globalTimeout": "set the time limit of the CI job",
    "ignoreSnapshots": _NO_SNAPSHOTS,
    "maxFailures": "pass --maxfail to pytest",
    "metadata": "use pytest's record_testsuite_property fixture",
    "preserveOutput": "the folder is emptied at the start of a run, and artifacts are kept as `use` says",
    "quiet": "pass -q to pytest",
    "repeatEach": "install pytest-repeat and pass --count to pytest",
    "reportSlowTests": "pass --durations to pytest",
    "respectGitIgnore": _PYTEST + "norecursedirs",
    "shard": "pass --shard 2/4 to pytest",
    "snapshotDir": _NO_SNAPSHOTS,
    "snapshotPathTemplate": _NO_SNAPSHOTS,
    "tag": "mark tests with pytest.mark and select them with -m",
    "teardown": f"{_FIXTURE} that yields",
    "testIgnore": _PYTEST + "norecursedirs, or collect_ignore in conftest.py",
    "testMatch": _PYTEST + "python_files",
    "tsconfig": _NO_TYPESCRIPT,
    "updateSnapshots": _NO_SNAPSHOTS,
    "updateSourceMethod": _NO_SNAPSHOTS,
}

USE: Mapping[str, str] = {
    "agentOptions": "there is no such feature in Playwright for Python",
    "clientCertificates": _CONTEXT,
    "contextOptions": f"put the option itself under `use`, or {_CONTEXT}",
    "contrast": _CONTEXT,
    "defaultBrowserType": "use browserName",
    "forcedColors": _CONTEXT,
    "reducedMotion": _CONTEXT,
    "screen": _CONTEXT,
    "strictSelectors": _CONTEXT,
}

EXPECT: Mapping[str, str] = {
    "toHaveScreenshot": _NO_SNAPSHOTS,
    "toMatchAriaSnapshot": _NO_SNAPSHOTS,
    "toMatchSnapshot": _NO_SNAPSHOTS,
    "toPass": "there is no expect.toPass in Playwright for Python",
}

_OUTPUT = "the output is kept in outputDir as webserver-NAME.log, and its end is shown when the server fails"

WEB_SERVER: Mapping[str, str] = {
    "gracefulShutdown": "the run sends SIGTERM and, if that does not help, SIGKILL",
    "stderr": _OUTPUT,
    "stdout": _OUTPUT,
    "wait": "give `url` or `port`",
}

LAUNCH: Mapping[str, str] = {
    "channel": "use.channel is its place",
    "devtools": 'pass args: ["--auto-open-devtools-for-tabs"]',
    "headless": "use.headless is its place",
    "handleSIGHUP": "the run stops the browser itself",
    "handleSIGINT": "the run stops the browser itself",
    "handleSIGTERM": "the run stops the browser itself",
    "logger": "set the variable DEBUG=pw:browser",
    "tracesDir": "outputDir is where traces are put",
}

BY_PATH: Mapping[str, Mapping[str, str]] = {
    "": TOP,
    "use": USE,
    "expect": EXPECT,
    "webServer": WEB_SERVER,
    "use.launchOptions": LAUNCH,
}
