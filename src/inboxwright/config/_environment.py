"""INBOXWRIGHT_ variables: every key has one."""

from collections.abc import Mapping
from functools import cache

from inboxwright.config._flatten import Flattener, Leaves, Path
from inboxwright.config._inbox import inbox_keys
from inboxwright.config._keys import Key, Record, Records, snake
from inboxwright.config._kinds import Kind, Wrong, json_from_text
from inboxwright.config._origin import Layer, Origin, did_you_mean
from inboxwright.config._places import places
from inboxwright.config._providers import options_of, users_of

PREFIX = "INBOXWRIGHT_"

RESERVED: Mapping[str, str] = {
    "INBOXWRIGHT_PROJECT": "the project, where --project is not given",
    "INBOXWRIGHT_TOKEN": "the token of the embedded server",
    "INBOXWRIGHT_SEED": "the seed of generated identities",
    "INBOXWRIGHT_RUN_ID": "what names the run, such as the CI system's own number; the same for all of its shards",
    "INBOXWRIGHT_SMTP_USER": "the user that `inboxwright serve` asks of senders",
    "INBOXWRIGHT_SMTP_PASSWORD": "that user's password",
}
"""Variables that are no keys of the file."""


@cache
def variables() -> Mapping[str, tuple[Path, Key]]:
    """Each variable with the path and the key that it sets."""
    return {PREFIX + "_".join(snake(part).upper() for part in path): (path, key) for path, key in places().items()}


def provider_in(environ: Mapping[str, str]) -> str | None:
    """The provider that the environment names."""
    return environ.get("INBOXWRIGHT_INBOX_PROVIDER", "").strip() or None


def from_environment(environ: Mapping[str, str], *, provider: str) -> Leaves:
    """The keys that the environment sets; an empty variable sets none. Raises ConfigError for an unknown one."""
    known = variables()
    leaves: Leaves = {}
    for name, option in _vendor(environ, provider).items():
        leaves |= _leaves(name, environ[name], ("inbox", option.name), option, provider)
    ours = [name for name in environ if name.upper().startswith(PREFIX)]
    for name in sorted(ours):  # an object's name is the beginning of its keys' names: it comes first
        if name in RESERVED or not environ[name].strip():
            continue
        if name not in known:
            raise Origin(layer=Layer.ENVIRONMENT, name=name).error(
                f"is not a variable that inboxwright reads{_meant(name)}; unset it"
            )
        path, key = known[name]
        leaves |= _leaves(name, environ[name], path, key, provider)
    return leaves


def _meant(name: str) -> str:
    hint = did_you_mean(name, [*variables(), *RESERVED])
    return hint if hint.startswith("; did") else ""


def _vendor(environ: Mapping[str, str], provider: str) -> dict[str, Key]:
    options = options_of(provider).values()
    return {option.variable: option for option in options if option.variable and environ.get(option.variable)}


def _leaves(name: str, text: str, path: Path, key: Key, provider: str) -> Leaves:
    origin = Origin(layer=Layer.ENVIRONMENT, name=name, path=".".join(path))
    if path[0] == "inbox" and path[1:]:
        allowed = inbox_keys(provider)
        if path[1] not in allowed:
            users = " or ".join(users_of(path[1]))
            raise origin.error(f'is an option of the provider {users}, and the one in use is "{provider}"; unset it')
        key = allowed[path[1]]
    if path[0] == "webServer" and len(path) > 1:
        path = ("webServer", "0", *path[1:])
    try:
        raw = _raw(text, key)
    except Wrong as wrong:
        raise origin.error(str(wrong)) from None
    return Flattener(at=lambda _: origin, provider=provider).key(raw, key, path=path, spot=())


def _raw(text: str, key: Key) -> object:
    if isinstance(key.kind, Kind):
        return key.kind.from_text(text)
    if text.strip() == "null":
        return None
    if isinstance(key.kind, Record) and key.kind.shorthand and not text.lstrip().startswith("{"):
        return text.strip()
    says = "an object" if isinstance(key.kind, Record) else "an object or a list of them"
    return json_from_text(text, says) if isinstance(key.kind, Record | Records) else text
