"""The examples in the docstrings of the fixtures and of User run as they stand there."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from inboxwright import user
from inboxwright.plugin import _fixtures, _people
from tests.plugin.inner import run


def _examples(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            _, found, code = (ast.get_docstring(node) or "").partition("Example::\n")
            if found:
                yield dedent(code)


def test_the_examples_run(tmp_path: Path) -> None:
    examples = [example for module in (user, _fixtures, _people) for example in _examples(module)]

    ran = run(tmp_path, "\n".join(examples))

    assert len(examples) >= 6
    assert f"{len(examples)} passed" in ran.out, ran.out
