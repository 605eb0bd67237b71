"""Layers laid over one another: the file's top, its project, the environment, the command line.

The INBOXWRIGHT_ variables are one of them: every key has one.
"""

from collections.abc import Mapping
from functools import cache

from inboxwright.config._flatten import Flattener, Leaf, Leaves, key_at, places
from inboxwright.config._keys import Key, Record, Records, keys_of, snake
from inboxwright.config._kinds import Kind, Wrong, json_from_text
from inboxwright.config._provider_options import users_of
from inboxwright.config._reading import KeyPath, Layer, Origin, did_you_mean


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
    for listed in {KeyPath(path[:place]) for path in upper for place, step in enumerate(path) if isinstance(step, int)}:
        if not _is_one(lower, upper, listed, whole=whole):
            _drop(result, listed)
    for path, leaf in upper.items():
        if other := key_at(path).instead_of:
            result.pop(KeyPath(path[:-1]) / other, None)
        result[path] = _merged(lower.get(path), leaf, path)
    return result


def without_options(leaves: Leaves) -> Leaves:
    """Without the options of a provider that is not used: they must not reach another one."""
    return {path: leaf for path, leaf in leaves.items() if not any(map(_is_of_provider, path.heads))}


def _is_of_provider(path: KeyPath) -> bool:
    key = key_at(path)
    within = keys_of(key.kind.of).values() if isinstance(key.kind, Records) else (key,)
    return any(each.within for each in within)


def _unit(path: KeyPath) -> KeyPath:
    """The outermost object at or above the path that is replaced as a whole."""
    for head in path.heads[:-1]:
        match key_at(head).kind:
            case Records(alone=True) | Record(merge=True):
                continue
        return head
    return path


def _drop(leaves: Leaves, above: KeyPath) -> None:
    for path in [path for path in leaves if path.is_within(above)]:
        del leaves[path]


def _is_one(lower: Leaves, upper: Leaves, listed: KeyPath, *, whole: bool) -> bool:
    """Whether the list has one entry at most in both, which are then laid over one another."""
    kind = key_at(listed).kind
    below, above = _entries(lower, listed), _entries(upper, listed)
    if not isinstance(kind, Records) or not kind.alone or len(above) > 1:
        return False
    if len(below) > 1 and not whole:
        one = next(leaf for path, leaf in upper.items() if path.is_within(listed))
        raise one.origin.error(f"there are {len(below)} in the list, and this does not say which one; give the list")
    return len(below) <= 1


def _entries(leaves: Leaves, listed: KeyPath) -> set[str | int]:
    return {path[len(listed)] for path in leaves if path.is_within(listed) and len(path) > len(listed)}


def _merged(lower: Leaf | None, upper: Leaf, path: KeyPath) -> Leaf:
    if lower is None or not key_at(path).merge or not isinstance(lower.raw, dict) or not isinstance(upper.raw, dict):
        return upper
    return Leaf(raw={**lower.raw, **upper.raw}, origin=upper.origin)


PREFIX = "INBOXWRIGHT_"

RESERVED: Mapping[str, str] = {
    "INBOXWRIGHT_PROJECT": "the project, where --project is not given",
    "INBOXWRIGHT_TOKEN": "the token of the embedded server",
    "INBOXWRIGHT_SEED": "the seed of generated identities",
    "INBOXWRIGHT_RUN_ID": "what names the run, such as the CI system's own number; the same for all of its shards",
    "INBOXWRIGHT_PROCESSES": '"portable": processes are ended as on Windows, on any system',
    "INBOXWRIGHT_SMTP_USER": "the user that `inboxwright serve` asks of senders",
    "INBOXWRIGHT_SMTP_PASSWORD": "that user's password",
}
"""Variables that are no keys of the file."""


@cache
def variables() -> Mapping[str, tuple[KeyPath, Key]]:
    """Each variable with the path and the key that it sets; a list is set as a whole, unless its entry may be alone."""
    found: dict[str, tuple[KeyPath, Key]] = {}
    for names, key in places().items():
        if (path := path_to(names)) is not None:
            found[PREFIX + "_".join(snake(name).upper() for name in names)] = (path, key)
    return found


def path_to(names: tuple[str, ...]) -> KeyPath | None:
    """The path that stands for these names: the first entry of a list that may have one alone; None below others."""
    path = KeyPath()
    for end, name in enumerate(names, start=1):
        path /= name
        kind = places()[names[:end]].kind
        if isinstance(kind, Records) and end < len(names):
            if not kind.alone:
                return None
            path /= 0
    return path


def provider_in(environ: Mapping[str, str]) -> str | None:
    """The provider that the environment names."""
    return environ.get("INBOXWRIGHT_INBOX_PROVIDER", "").strip() or None


def from_environment(environ: Mapping[str, str], *, provider: str) -> Leaves:
    """The keys that the environment sets; an empty variable sets none. Raises ConfigError for an unknown one."""
    known = variables()
    leaves: Leaves = {}
    for names, key in places(provider).items():
        if key.variable and environ.get(key.variable) and (path := path_to(names)) is not None:
            leaves |= _leaves(key.variable, environ[key.variable], path, key, provider)
    ours = [name for name in environ if name.upper().startswith(PREFIX)]
    for name in sorted(ours):  # an object's name is the beginning of its keys' names: it comes first
        if name in RESERVED or not environ[name].strip():
            continue
        if name not in known:
            raise Origin(layer=Layer.ENVIRONMENT, name=name).error(
                f"is not a variable that inboxwright reads{_meant(name)}; unset it"
            )
        leaves |= _leaves(name, environ[name], *known[name], provider)
    return leaves


def _meant(name: str) -> str:
    hint = did_you_mean(name, [*variables(), *RESERVED])
    return hint if hint.startswith("; did") else ""


def _leaves(name: str, text: str, path: KeyPath, key: Key, provider: str) -> Leaves:
    origin = Origin(layer=Layer.ENVIRONMENT, name=name, path=KeyPath(path.names))
    if path.names not in places(provider):
        users = " or ".join(users_of(key.name))
        raise origin.error(f'is an option of the provider {users}, and the one in use is "{provider}"; unset it')
    key = places(provider)[path.names]
    try:
        raw = _raw(text, key)
    except Wrong as wrong:
        raise origin.error(str(wrong)) from None
    return Flattener(at=lambda _: origin, provider=provider).key(raw, key, path=path)


def _raw(text: str, key: Key) -> object:
    if isinstance(key.kind, Kind):
        return key.kind.from_text(text)
    if text.strip() == "null":
        return None
    if isinstance(key.kind, Record) and key.kind.shorthand and not text.lstrip().startswith("{"):
        return text.strip()
    return json_from_text(text, "an object" if isinstance(key.kind, Record) else "an object or a list of them")
