"""What a project tells of one mailed journey, so that it can be asked whether it is safe."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from playwright.sync_api import Locator, Page

from inboxwright.mail import Link
from inboxwright.user import User

Mailed = TypeVar("Mailed", Link, str)
"""What the mail brings: a link that is followed, or a code that is typed in."""


class Landing(Protocol):
    """A page object of a screen that only a signed-in person sees: `open()` goes to it, `heading` shows it."""

    heading: Locator

    def open(self) -> None:
        """Go to the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey(Generic[Mailed]):
    """One mailed journey by the project's own flows and pages. They raise where they do not get through."""

    request: Callable[[User], Mailed]
    """Asks for the mail and returns its link or code, which nobody has used yet; a code's form is open then."""
    complete: Callable[[User, Mailed], object]
    """Follows the link or types the code, does what it is for, and waits until the application has said so."""
    signed_in: Callable[[Page], Landing]
    """The page object of a screen behind the sign-in."""
    prepare: Callable[[User], object] | None = None
    """What must be there before, such as an account that is signed out; nothing for a sign-up."""
    sign_in: Callable[[User], object] | None = None
    """Signs the person in with the password of the identity, where the journey has one."""
    code_field: Callable[[Page], Locator] | None = None
    """Where the code is typed, for journeys by code."""
