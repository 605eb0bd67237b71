"""The generated person behind a user."""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from inboxwright.errors import ConfigError

if TYPE_CHECKING:
    from faker import Faker


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A made-up person: the same seed and locale always give the same one."""

    first_name: str
    last_name: str
    username: str
    password: str = field(repr=False)
    phone: str
    company: str
    street: str
    city: str
    postcode: str
    country: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @classmethod
    def generate(cls, seed: str, *, locale: str = "en_US") -> "Identity":
        """The person of this seed. Raises ConfigError for a locale that Faker does not have."""
        fake = _faker(locale.replace("-", "_"))
        fake.seed_instance(seed)
        first, last = fake.first_name(), fake.last_name()
        return cls(
            first_name=first,
            last_name=last,
            username=f"{fake.user_name()}{fake.random_number(digits=6, fix_len=True)}",
            password=fake.password(length=16, special_chars=True),
            phone=fake.phone_number(),
            company=fake.company(),
            street=fake.street_address(),
            city=fake.city(),
            postcode=fake.postcode(),
            country=fake.current_country(),
        )


@cache
def _faker(locale: str) -> "Faker":
    from faker import Faker  # when a person is made, as it costs more memory than the rest of the run
    from faker.config import AVAILABLE_LOCALES

    if locale not in AVAILABLE_LOCALES:
        raise ConfigError(
            f"locale {locale!r} has no made-up people; Faker knows {', '.join(sorted(AVAILABLE_LOCALES))}"
        )
    return Faker(locale)
