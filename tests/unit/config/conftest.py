"""Configurations written for one test."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from inboxwright.config import FILE_NAME, Override, Project, load
from inboxwright.errors import ConfigError

Loader = Callable[..., Project]
Refusal = Callable[..., str]


@pytest.fixture
def settled(tmp_path: Path) -> Loader:
    """Load a configuration: an object, or the file's text as it is."""

    def loaded(
        content: object,
        *,
        project: str | None = None,
        environ: Mapping[str, str] | None = None,
        overrides: Mapping[str, Override] | None = None,
    ) -> Project:
        file = tmp_path / FILE_NAME
        text = content if isinstance(content, str) else json.dumps(content)
        file.write_text(text, encoding="utf-8")
        return load(file, project=project, environ=environ or {}, overrides=overrides)

    return loaded


@pytest.fixture
def refusal(settled: Loader) -> Refusal:
    """The one line with which a configuration is refused."""

    def refused(content: object, **how: Any) -> str:
        with pytest.raises(ConfigError) as caught:
            settled(content, **how)
        message = str(caught.value)
        assert "\n" not in message
        return message

    return refused
