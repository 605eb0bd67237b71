"""The demo's addresses: allauth's under /accounts/, and the few of our own."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import TemplateView
from django.views.static import serve

from .views import dashboard, healthz, magic_link, magic_sign_in

magic_sent = TemplateView.as_view(template_name="account/magic_link_sent.html")

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("healthz", healthz),
    path("accounts/magic/", magic_link, name="magic_link"),
    path("accounts/magic/sent/", magic_sent, name="magic_sent"),
    path("accounts/magic/sign-in/", magic_sign_in, name="magic_sign_in"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("static/<path:path>", serve, {"document_root": settings.HERE / "static"}),
]
