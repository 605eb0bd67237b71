"""The words by which an application names its ways in. English first; other languages by what their frameworks say."""

import re
from enum import Enum
from typing import Final


class Purpose(Enum):
    """What a form is for."""

    SIGN_UP = "sign up"
    SIGN_IN = "sign in"
    FORGOT = "ask for a new password"
    BY_LINK = "sign in by a mailed link"
    BY_CODE = "sign in by a mailed code"


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


SIGN_UP: Final = _any(
    r"sign[ _-]?up", r"\bregist(er|ration|rieren)", r"create[ _-]?(an?|your|my)?[ _-]?(new )?account", r"\bjoin\b",
    r"get started", r"konto (erstellen|anlegen)", r"s'inscrire", r"crear (una )?cuenta", r"iscriviti",
)  # fmt: skip
SIGN_IN: Final = _any(
    r"sign[ _-]?in",
    r"log[ _-]?in\b",
    r"\blogin",
    r"anmelden",
    r"einloggen",
    r"se connecter",
    r"iniciar sesi",
    r"accedi",
)
FORGOT: Final = _any(
    r"forg[oe]t", r"lost[ _-]?(your )?password", r"(reset|recover)[ _-]?(your |my )?(password|account)",
    r"password[ _/-]?(reset|forgotten)",
    r"\breset\b", r"\brecover\b", r"passwort vergessen", r"mot de passe oubli", r"olvid",
)  # fmt: skip
BY_MAIL: Final = _any(
    r"(mail|send|get|request)\b.{0,20}\b(link|code|passcode)", r"magic", r"passwordless", r"without (a )?password",
    r"one[ -]?time (code|password)", r"(link|code) by e?-?mail",
)  # fmt: skip
UNIFIED: Final = _any(r"unified", r"other ways", r"more options")
"""Ways in that say nothing of mail until one is there."""
SIGN_OUT: Final = _any(r"sign[ _-]?out", r"log[ _-]?out", r"abmelden", r"d.connexion", r"cerrar sesi", r"\besci\b")
CONFIRM: Final = _any(
    r"confirm", r"verif", r"activat", r"continue", r"accept", r"best.tig", r"weiter", r"sign[ _-]?in", r"log[ _-]?in"
)
CODE: Final = _any(r"\bcode\b", r"passcode", r"one[ -]?time", r"\botp\b", r"\bpin\b", r"\btoken\b")
PASSWORD: Final = _any(r"passw", r"kennwort", r"mot de passe", r"contrase")
IDENTIFIER: Final = _any(r"\bidentity\b", r"\bidentifier\b", r"username or e?-?mail", r"e?-?mail or username")
AGAIN: Final = _any(r"again", r"repeat", r"retype", r"re-?enter", r"confirm", r"wiederhol", r"password2", r"_2$")
CONSENT: Final = _any(r"^(accept|agree|allow|got it|ok|i agree|accept all|alle akzeptieren)( all)?( cookies)?$")
REFUSED: Final = _any(
    r"invalid", r"expired", r"incorrect", r"not (valid|correct)", r"wrong", r"already", r"no longer", r"fail"
)

OF: Final = {
    Purpose.SIGN_UP: SIGN_UP,
    Purpose.SIGN_IN: SIGN_IN,
    Purpose.FORGOT: FORGOT,
    Purpose.BY_LINK: BY_MAIL,
    Purpose.BY_CODE: BY_MAIL,
}
WELL_KNOWN: Final = (
    "/signup", "/register", "/accounts/signup/", "/users/sign_up", "/auth/register", "/login", "/accounts/login/",
    "/signin", "/users/sign_in", "/auth/login", "/forgot-password", "/password/reset", "/accounts/password/reset/",
    "/users/password/new", "/reset",
)  # fmt: skip
"""Paths that are tried last, for what no link led to."""
