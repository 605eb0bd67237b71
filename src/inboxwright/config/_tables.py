"""The tables of docs/configuration.md, from the same declarations as the loader and the schema."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Final

from inboxwright.config._keys import Key, Record, Records, keys_of
from inboxwright.config._kinds import SecretText
from inboxwright.config._project import Project
from inboxwright.config._provider_options import PROVIDERS

TITLE: Final = "## All keys\n\n"


def tables() -> Iterator[tuple[str, list[str]]]:
    """The title of each object and the rows of its keys."""
    yield "### Top", _rows(keys_of(Project).values())
    yield from _below(keys_of(Project), "")
    for provider, of in PROVIDERS.items():
        yield f"### `inbox, {provider}`", _rows(keys_of(of).values())


def with_tables(page: str) -> str:
    """The page with its tables written anew."""
    text: list[str] = []
    for title, rows in tables():
        text += [title, "", "| key | takes | default | what it is |", "| --- | --- | --- | --- |", *rows, ""]
    return page.partition(TITLE)[0] + TITLE + "\n".join(text)


def _below(keys: Mapping[str, Key], path: str) -> Iterator[tuple[str, list[str]]]:
    for key in keys.values():
        if isinstance(key.kind, Record | Records):
            here = f"{path}.{key.name}".removeprefix(".")
            inner = keys_of(key.kind.of)
            yield f"### `{here}`", _rows(each for each in inner.values() if each.within is None)
            yield from _below(inner, here)


def _rows(keys: Iterable[Key]) -> list[str]:
    return [f"| `{key.name}` | {_takes(key)} | {_default(key)} | {_escaped(key.about)} |" for key in keys]


def _takes(key: Key) -> str:
    match key.kind:
        case Records(alone=alone):
            return "an object, or a list of them" if alone else "a list of objects"
        case Record(shorthand=shorthand):
            return "an object" + (", or a word" if shorthand else "")
        case SecretText():
            return "a secret: `${NAME}`"
        case kind:
            return _escaped(kind.says)


def _default(key: Key) -> str:
    if key.required:
        return "required"
    if isinstance(key.default, Path):
        return "" if key.default == Path() else f"`{json.dumps(str(key.default))}`"
    return "" if is_dataclass(key.default) or key.default in (None, (), "") else f"`{json.dumps(key.default)}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
