"""What one check works with: fresh people, the journey, and attempts that the application may refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from playwright.sync_api import APIRequest, APIRequestContext
from playwright.sync_api import Error as PlaywrightError

from inboxwright.checks._journey import Journey, Mailed
from inboxwright.config import Project
from inboxwright.errors import InboxwrightError
from inboxwright.user import User

PATIENCE = 5_000
"""Milliseconds for each step of an attempt that is meant to be refused: a flow waits for what then never comes."""
_SETTLED = 1_500
"""Milliseconds for a screen behind the sign-in to show its heading; a single-page application needs a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Generic[Mailed]):
    """One check's share of a test. All that it opens is closed with the test's own contexts."""

    journey: Journey[Mailed]
    new_user: Callable[..., User]
    project: Project
    requests: APIRequest

    def person(self) -> User:
        """Somebody new who is ready for the journey."""
        user = self.new_user()
        if self.journey.prepare is not None:
            self.journey.prepare(user)
        return user

    def stranger(self, **options: Any) -> User:
        """Another person in a browser of their own: no cookie of the first."""
        return self.new_user(**options)

    def requested(self) -> tuple[User, Mailed]:
        """A person, and the link or code that the journey mailed."""
        user = self.person()
        return user, self.journey.request(user)

    def completes(self, user: User, mailed: Mailed, *, patience: int = PATIENCE) -> bool:
        """Whether the journey goes through to its end with this link or code; `patience` is for each step, in ms."""
        user.page.set_default_timeout(patience)
        try:
            self.journey.complete(user, mailed)
        except (PlaywrightError, InboxwrightError, AssertionError):
            return False
        return True

    def is_signed_in(self, user: User) -> bool:
        """Whether the screen behind the sign-in shows itself to this person."""
        landing = self.journey.signed_in(user.page)
        landing.open()
        try:
            landing.heading.wait_for(timeout=_SETTLED)
        except PlaywrightError:
            return False
        return True

    def client(self, user: User | None = None) -> APIRequestContext:
        """Plain requests without a browser: of nobody, or with the cookies of a person."""
        state = user.context.storage_state() if user is not None else None
        return self.requests.new_context(base_url=self.project.use.base_url, storage_state=state)
