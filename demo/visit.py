"""What one visitor may choose by a query parameter, so that one process serves every variant.

    ?confirm=link|code   how a new address is confirmed (default: DEMO_CONFIRM)
    ?expires=SECONDS     how long a mailed code is valid (default: DEMO_CODE_TIMEOUT)

The choice stays in the visitor's session. allauth reads its settings anew on every request: that makes
this possible.
"""

import time
from collections.abc import Callable

from allauth.core import context
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[[HttpRequest], HttpResponseBase]


def remember_choices(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Middleware that keeps the two parameters in the session."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        pending = "account_login" in request.session  # allauth's key: a sign-up under way is finished as it began
        if (confirm := request.GET.get("confirm")) in {"link", "code"} and not pending:
            request.session["confirm"] = confirm
        if (expires := request.GET.get("expires", "")).isdecimal():
            request.session["expires"] = int(expires)
        return get_response(request)

    return middleware


def confirms_by_code() -> bool:
    """Whether this visitor's address is confirmed by code.

    Never outside a request: allauth leaves out the URL of the mailed link otherwise.
    """
    request = context.request
    return request is not None and request.session.get("confirm", settings.DEMO_CONFIRM) == "code"


def code_timeout() -> int:
    """How long this visitor's codes are valid, in seconds."""
    request = context.request
    default: int = settings.DEMO_CODE_TIMEOUT
    return default if request is None else int(request.session.get("expires", default))


def code_expiry(request: HttpRequest) -> dict[str, object]:
    """Context processor: what a page needs to show the time that a code has left."""
    del request
    return {
        "code_timeout": code_timeout(),
        "confirms_by_code": confirms_by_code(),
        "server_time": time.time(),
    }
