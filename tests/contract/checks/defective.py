"""`python -m tests.contract.checks.defective DEFECT`: the demo with one defect planted, or with `none`."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "demo.settings"
_FOLDER = tempfile.TemporaryDirectory(prefix="inboxwright-checks-")
os.environ["DEMO_DATABASE"] = str(Path(_FOLDER.name, "demo.sqlite3"))  # read when the settings are imported

import django

from demo import __main__ as demo
from demo import settings


def _set(**changed: Any) -> None:
    vars(settings).update(changed)


def _patch(owner: type, name: str, function: Callable[..., Any]) -> None:
    setattr(owner, name, function)


def link_works_twice() -> None:
    """A sign-in link is not used up."""
    _set(SESAME_ONE_TIME=False)


def older_link_lives() -> None:
    """A reset token is bound to the account alone: neither a use nor a newer one ends it."""
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    def only_the_account(self: object, user: Any, timestamp: int) -> str:
        del self, timestamp
        return str(user.pk)

    _patch(PasswordResetTokenGenerator, "_make_hash_value", only_the_account)


def confirms_on_get() -> None:
    """Whoever opens the link, a scanner say, has confirmed the address."""
    _set(ACCOUNT_CONFIRM_EMAIL_ON_GET=True)


def signs_in_on_get() -> None:
    """Whoever opens the link, a scanner say, has used it up."""
    _set(PRESS=False)


def follows_host() -> None:
    """The link leads to whatever host the request named."""
    _set(ALLOWED_HOSTS=["*"])


def follows_forwarded_host() -> None:
    """The link leads to whatever host a proxy's header names, checked by nobody."""
    _set(ALLOWED_HOSTS=["*"])
    _set(USE_X_FORWARDED_HOST=True)


def tells_the_referrer() -> None:
    """No Referrer-Policy: the browser's own default decides."""
    _set(SECURE_REFERRER_POLICY="unsafe-url")


def keeps_sessions() -> None:
    """A reset leaves every session alone."""
    django.setup()
    from django.contrib.auth.base_user import AbstractBaseUser

    _patch(AbstractBaseUser, "get_session_auth_hash", lambda self: "the same")


def reset_signs_in() -> None:
    """The reset itself is a sign-in."""
    _set(ACCOUNT_LOGIN_ON_PASSWORD_RESET=True)


def short_token() -> None:
    """A sign-in link of few bits."""
    _set(SESAME_TOKENS=["sesame.tokens_v2"])
    _set(SESAME_SIGNATURE_SIZE=2)


DEFECTS: dict[str, Callable[[], None]] = {
    plant.__name__.replace("_", "-"): plant
    for plant in (
        link_works_twice, older_link_lives, confirms_on_get, signs_in_on_get, follows_host, follows_forwarded_host,
        tells_the_referrer, keeps_sessions, reset_signs_in, short_token,
    )
}  # fmt: skip

if __name__ == "__main__":
    [name] = sys.argv[1:]
    if name != "none":
        DEFECTS[name]()
    demo.main()
