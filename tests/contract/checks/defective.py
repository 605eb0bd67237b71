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


def tells_who_has_an_account() -> None:
    """An address without an account is answered with a page of its own."""
    settings.MIDDLEWARE.append("tests.contract.checks.defective.no_such_account")


def no_such_account(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: 404 for a reset of an address that nobody has."""

    def answer(request: Any) -> Any:
        from django.contrib.auth import get_user_model
        from django.http import HttpResponse

        email = request.POST.get("email") if request.path.endswith("/password/reset/") else None
        if email and not get_user_model().objects.filter(email=email).exists():
            return HttpResponse("No such account", status=404)
        return get_response(request)

    return answer


def keeps_quiet() -> None:
    """No notice when the password changes."""
    _set(ACCOUNT_EMAIL_NOTIFICATIONS=False)


def locks_out() -> None:
    """Whoever asks for a reset has made the password useless."""
    settings.MIDDLEWARE.append("tests.contract.checks.defective.useless_password")


def useless_password(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: the password is taken away as soon as a reset is asked for."""

    def answer(request: Any) -> Any:
        from django.contrib.auth import get_user_model

        response = get_response(request)
        if request.path.endswith("/password/reset/") and request.method == "POST":
            get_user_model().objects.filter(email=request.POST["email"]).update(password="!taken away")
        return response

    return answer


def redirects_anywhere() -> None:
    """Where the person goes next is a parameter that nobody checks."""
    settings.MIDDLEWARE.append("tests.contract.checks.defective.goes_next")


def goes_next(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: after a sign-in by link, on to `next`."""

    def answer(request: Any) -> Any:
        response = get_response(request)
        if request.path.endswith("/magic/sign-in/") and response.status_code == 302 and "next" in request.GET:
            response["Location"] = request.GET["next"]
        return response

    return answer


def mail_changed_by(change: Callable[[Any], None]) -> None:
    """Every mail is changed before it is sent."""
    django.setup()
    from django.core.mail import EmailMessage

    send = EmailMessage.send

    def changed(self: Any, *args: Any, **options: Any) -> int:
        change(self)
        return send(self, *args, **options)

    _patch(EmailMessage, "send", changed)


def _in_html(mail: Any, old: str, new: str) -> None:
    for place, (content, kind) in enumerate(getattr(mail, "alternatives", [])):
        mail.alternatives[place] = type(mail.alternatives[place])(content.replace(old, new), kind)


def tracks_readers() -> None:
    """Each mail has a picture of somebody else's."""
    mail_changed_by(lambda mail: _in_html(mail, "</body>", '<img src="https://pixel.example/1.gif" alt=""></body>'))


def says_nothing_of_pictures() -> None:
    """A picture without an alternative text."""
    mail_changed_by(lambda mail: _in_html(mail, "</body>", '<img src="cid:mark"></body>'))


def text_without_the_link() -> None:
    """The plain text says to look at the HTML."""

    def change(mail: Any) -> None:
        mail.body = "Please read this mail in a program that shows HTML."

    mail_changed_by(change)


def clipped() -> None:
    """A mail so long that its end is not shown."""
    mail_changed_by(lambda mail: _in_html(mail, "</body>", f"<!-- {'x' * 110_000} --></body>"))


def no_message_id() -> None:
    """Mail without Message-ID."""
    django.setup()
    from django.core.mail import EmailMessage

    message = EmailMessage.message

    def without(self: Any, **options: Any) -> Any:
        made = message(self, **options)
        del made["Message-ID"]
        return made

    _patch(EmailMessage, "message", without)


def endless_tries() -> None:
    """Nobody counts wrong codes."""
    _set(ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS=10_000)


def short_code() -> None:
    """A code of four digits."""
    _set(ALLAUTH_USER_CODE_FORMAT={"numeric": True, "length": 4, "dashed": False})


def codes_live_on() -> None:
    """Every code that was ever compared with goes on signing in."""
    django.setup()
    from allauth.account import forms

    known: list[str] = []

    def any_of_them(*, actual: str, expected: str) -> bool:
        known.append(expected)
        return actual in known

    vars(forms).update(compare_user_code=any_of_them)


def picky_code() -> None:
    """A code that is typed in small letters is a wrong one."""
    django.setup()
    from allauth.account import forms

    vars(forms).update(compare_user_code=lambda *, actual, expected: actual == expected)


def bare_code_field() -> None:
    """The field of the code is one like any other."""
    django.setup()
    from allauth.account.forms import BaseConfirmCodeForm

    BaseConfirmCodeForm.base_fields["code"].widget.attrs.pop("autocomplete")


DEFECTS: dict[str, Callable[[], None]] = {
    plant.__name__.replace("_", "-"): plant
    for plant in (
        link_works_twice, older_link_lives, confirms_on_get, signs_in_on_get, follows_host, follows_forwarded_host,
        tells_the_referrer, keeps_sessions, reset_signs_in, short_token, tells_who_has_an_account, keeps_quiet,
        locks_out, redirects_anywhere, tracks_readers, says_nothing_of_pictures, text_without_the_link, clipped,
        no_message_id, endless_tries, short_code, codes_live_on, picky_code, bare_code_field,
    )
}  # fmt: skip

if __name__ == "__main__":
    sys.modules["tests.contract.checks.defective"] = sys.modules[__name__]  # by which Django finds the middleware
    [name] = sys.argv[1:]
    if name != "none":
        DEFECTS[name]()
    demo.main()
