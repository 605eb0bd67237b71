"""Layers laid over one another: the file's top, its project, the environment, the command line."""

from collections.abc import Mapping

from inboxwright.config._flatten import Leaf, Leaves, Path
from inboxwright.config._keys import Key, Record, Records
from inboxwright.config._places import places
from inboxwright.config._providers import every_option


def lay(lower: Leaves, upper: Leaves, *, whole: bool) -> Leaves:
    """`upper` over `lower`.

    `whole`: an object such as `viewport` or `launchOptions` replaces the one below, as in Playwright Test; `use`,
    `expect`, `inbox`, a single `webServer` and its `env` are merged. Otherwise single keys are set in what is there.
    """
    result = dict(lower)
    for replaced in (
        {_unit(path) for path in upper} if whole else {p for p, leaf in upper.items() if leaf.raw in (None, {})}
    ):
        _drop(result, replaced)
    if _servers(upper) > 1 or (_servers(upper) and _servers(lower) > 1):
        if not whole and _servers(upper) == 1:
            one = next(leaf for path, leaf in upper.items() if path[0] == "webServer")
            raise one.origin.error(
                f"there are {_servers(lower)} web servers, and this does not say which one; give the list"
            )
        _drop(result, ("webServer",))
    for path, leaf in upper.items():
        if other := _ALTERNATIVE.get(path[-1]) if path[0] == "webServer" else None:
            result.pop((*path[:-1], other), None)
        result[path] = _merged(lower.get(path), leaf, path)
    return result


def without_options(leaves: Leaves) -> Leaves:
    """Without the options of a provider that is not used: they must not reach another one."""
    return {
        path: leaf
        for path, leaf in leaves.items()
        if path[0] != "inbox" or (path[1:] and path[1] not in {"accounts", *every_option()})
    }


_ALTERNATIVE = {"url": "port", "port": "url"}


def key_at(path: Path) -> Key:
    """The declaration of the key at a path."""
    return places()[tuple(part for part in path if not part.isdigit())]


def _unit(path: Path) -> Path:
    """The outermost object at or above the path that is replaced as a whole."""
    table: Mapping[Path, Key] = places()
    for end in range(1, len(path) + 1):
        head = tuple(part for part in path[:end] if not part.isdigit())
        kind = table[head].kind
        if path[end - 1].isdigit() or (isinstance(kind, Records) and end < len(path)):
            continue
        if not (isinstance(kind, Record) and kind.merge and end < len(path)):
            return path[:end]
    return path


def _drop(leaves: Leaves, prefix: Path) -> None:
    for path in [path for path in leaves if path[: len(prefix)] == prefix]:
        del leaves[path]


def _servers(leaves: Leaves) -> int:
    return len({path[1] for path in leaves if path[0] == "webServer" and len(path) > 1})


def _merged(lower: Leaf | None, upper: Leaf, path: Path) -> Leaf:
    if lower is None or not key_at(path).merge or not isinstance(lower.raw, dict) or not isinstance(upper.raw, dict):
        return upper
    return Leaf(raw={**lower.raw, **upper.raw}, origin=upper.origin)
