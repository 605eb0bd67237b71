"""The pages that allauth does not have: the dashboard, the magic link, the health check."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email, perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from sesame.utils import get_query_string, get_user


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process serves, and its database is migrated."""
    del request
    return HttpResponse("ok", content_type="text/plain")


@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and how well the account is protected."""
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    address = EmailAddress.objects.filter(user_id=request.user.pk, primary=True).first()
    context = {"address": address, "two_factor": "totp" in kinds, "recovery": "recovery_codes" in kinds}
    return render(request, "dashboard.html", context)


class EmailForm(forms.Form):
    """One address."""

    email = EmailField()


def magic_link(request: HttpRequest) -> HttpResponse:
    """Mail a link that signs in once; the answer is the same whether the account exists or not."""
    form = EmailForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/magic_link.html", {"form": form})
    email = form.cleaned_data["email"]
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="request_login_code", key=email)
    if limited is not None:
        return limited
    for user in filter_users_by_email(email, is_active=True, prefer_verified=True)[:1]:
        url = request.build_absolute_uri(reverse("magic_sign_in")) + get_query_string(user)
        get_adapter().send_mail("account/email/magic_link", email, {"magic_url": url})
    return redirect("magic_sent")


def magic_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by the mailed link, through allauth, so that a second factor is still asked for."""
    if settings.PRESS and request.method != "POST":
        return render(request, "account/magic_link_press.html")
    user = get_user(request, update_last_login=False)
    if user is None:
        return render(request, "account/magic_link_invalid.html", status=403)
    response: HttpResponse = perform_login(request, user)
    return response
