"""The options of each provider as keys of `inbox`."""

from collections.abc import Mapping
from functools import cache

from inboxwright.config._keys import Key, camel
from inboxwright.config._kinds import Flag, Integer, Kind, SecretText, Text, Url
from inboxwright.config._kinds_special import HostPort
from inboxwright.config.providers import PROVIDERS, Option, OptionKind

_KINDS: Mapping[OptionKind, Kind] = {
    "text": Text(),
    "url": Url(),
    "endpoint": HostPort(),
    "integer": Integer(),
    "flag": Flag(),
    "secret": SecretText(),
}

PROVIDER_NAMES = tuple(PROVIDERS)


@cache
def options_of(provider: str) -> Mapping[str, Key]:
    """The provider's options by their name in the file; none for an unknown provider."""
    entry = PROVIDERS.get(provider)
    return {} if entry is None else {camel(option.name): _key(option) for option in entry.options}


def _key(option: Option) -> Key:
    default = "" if option.default in (None, "") else f" ({option.default} if left out)"
    return Key(
        name=camel(option.name),
        attribute=option.name,
        kind=_KINDS[option.kind],
        about=f"{option.says}{default}.",
        required=option.required,
        variable=option.variable,
    )


@cache
def every_option() -> Mapping[str, Key]:
    """All options of all providers; for a name that several use, the first one's."""
    found: dict[str, Key] = {}
    for provider in PROVIDER_NAMES:
        for name, option in options_of(provider).items():
            found.setdefault(name, option)
    return found


def users_of(option: str) -> list[str]:
    """The providers that have this option."""
    return [provider for provider in PROVIDER_NAMES if option in options_of(provider)]
