"""`inbox.accounts`: several accounts of one provider, as the options in which each differs."""

from collections.abc import Callable, Mapping
from functools import cache

from inboxwright.config._keys import Key
from inboxwright.config._kinds import Kind, Wrong, json_from_text
from inboxwright.config._kinds_special import Domain
from inboxwright.config._origin import did_you_mean
from inboxwright.config._providers import every_option, options_of
from inboxwright.config._values import FrozenMap

_DOMAIN = Key(name="domain", attribute="domain", kind=Domain(), about="The domain of this account's addresses.")


class Accounts(Kind):
    """A list with an object an account; its keys are the provider's options, and `domain`."""

    says = "a list of objects, one an account, with the provider's options in which it differs"

    def __init__(self, provider: str | None = None) -> None:
        """`provider`: whose options; None for any."""
        options = every_option() if provider is None else options_of(provider)
        self.keys: Mapping[str, Key] = {**options, _DOMAIN.name: _DOMAIN}

    def check(self, raw: object, one: Callable[[Kind, object], None]) -> None:
        """Wrong for what is no list of accounts; `one` checks each value."""
        if not isinstance(raw, list) or not raw:
            raise Wrong(f"must be {self.says}")  # what was there may be a secret
        for number, account in enumerate(raw, start=1):
            if not isinstance(account, dict) or not account:
                raise Wrong(f"must be {self.says}; account {number} is none")
            for name, value in account.items():
                if name not in self.keys:
                    raise Wrong(f'account {number} has "{name}", which is no option{did_you_mean(name, self.keys)}')
                try:
                    one(self._kind(name), value)
                except Wrong as wrong:
                    raise Wrong(f"account {number}: {name} {wrong}") from None

    def schema(self) -> dict[str, object]:
        return {"type": "array", "minItems": 1, "items": {"type": "object"}}

    def read(self, raw: object) -> object:
        self.check(raw, lambda kind, value: None)
        assert isinstance(raw, list)  # noqa: S101 - checked above
        return tuple(self._account(number, account) for number, account in enumerate(raw, start=1))

    def _account(self, number: int, account: Mapping[str, object]) -> FrozenMap[object]:
        values: dict[str, object] = {}
        for name, value in account.items():
            kind = self._kind(name)
            try:  # a text may be what a variable held
                values[self.keys[name].attribute] = kind.read(
                    kind.from_text(value) if isinstance(value, str) else value
                )
            except Wrong as wrong:
                raise Wrong(f"account {number}: {name} {wrong}") from None
        return FrozenMap(values)

    def _kind(self, name: str) -> Kind:
        kind = self.keys[name].kind
        assert isinstance(kind, Kind)  # noqa: S101 - an option is never an object
        return kind

    def from_text(self, text: str) -> object:
        return json_from_text(text, self.says)


@cache
def accounts_of(provider: str | None) -> Accounts:
    """The kind for this provider's accounts."""
    return Accounts(provider)
