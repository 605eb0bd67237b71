"""Django's settings: the auth stack much as its documentation sets it up."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key
from django.utils.functional import lazy

from .environment import choice, number
from .visit import code_timeout, confirms_by_code

HERE = Path(__file__).resolve().parent

DEMO_CONFIRM = choice("DEMO_CONFIRM", "link", "code")
DEMO_CODE_TIMEOUT = number("DEMO_CODE_TIMEOUT", 900)
PRESS = choice("DEMO_LINKS", "open", "press") == "press"
"""Whether a mailed link leads to a button and changes are told by mail, as they should; or as most do."""
RATE_LIMITS = choice("DEMO_RATE_LIMITS", "on", "off") == "on"

SECRET_KEY = get_random_secret_key()  # sessions and links end with the process, as its database does
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", os.environ.get("HOST", "127.0.0.1")]
ROOT_URLCONF = f"{__package__}.urls"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    f"{__package__}.visit.remember_choices",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                f"{__package__}.visit.code_expiry",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DEMO_DATABASE", "demo.sqlite3"),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # a reader that turns writer would not wait for the lock
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        },
    }
}
# Rate limits and used one-time passwords are kept here: nothing may be dropped early.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

EMAIL_HOST = os.environ.get("SMTP_HOST") or "127.0.0.1"
EMAIL_PORT = number("SMTP_PORT", 1025)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = "Meadow <no-reply@meadow.test>"

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
if choice("DEMO_PASSWORD_HASHER", "strong", "fast") == "fast":  # a strong one takes 0.3 s of CPU for every sign-in
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_DISPLAY = "{0.email}".format
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = not PRESS
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = PRESS
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = lazy(code_timeout, int)()
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = lazy(confirms_by_code, bool)()
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = lazy(code_timeout, int)()
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
if not RATE_LIMITS:
    ACCOUNT_RATE_LIMITS = False

MFA_TOTP_ISSUER = "Meadow"
MFA_TOTP_PERIOD = number("DEMO_TOTP_PERIOD", 30)
MFA_TOTP_TOLERANCE = 1  # one step of clock drift, as RFC 6238 section 5.2 recommends

SESAME_ONE_TIME = True
SESAME_MAX_AGE = number("DEMO_LINK_TIMEOUT", 600)
