"""What the words of a route say. Developers name routes in English in every country; the words that people read
in a mail are never looked at here. A route can only make a matcher refuse, or confirm what structure suggests."""

import re
from enum import Enum
from itertools import pairwise

from inboxwright.mail.urls.url import Url, decoded

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ANSWERS = frozenset(
    {"answer", "response", "reply", "decision", "choice", "accept", "approve", "allow", "confirm", "intent"}
)
_REFUSALS = frozenset({"no", "n", "false", "0"})
_ACTION_KEYS = frozenset(
    {
        "action",
        "intent",
        "purpose",
        "operation",
        "mode",
        "type",
        "task",
        "do",
        "op",
        "cmd",
        "a",
        "event",
        "page",
        "controller",
    }
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SECRET_KEYS = _set(
    "token tok t code key k otp ticket confirmation verification activation hash h sig signature secret nonce "
    "invite invitation magic auth pin vkey ckey passcode jwt verify confirm reset"
)
# Undoing, reporting and leaving: never what a flow under test is after unless it says so.
_AGAINST = _set(
    "unsubscribe unsub unsubscription optout preferences prefs revoke report abuse deny decline reject cancel "
    "invalidate disavow dispute undo revert rollback block lock notme wasnt unauthorized unauthorised compromised "
    "fraud phishing spam dismiss ignore mute abmelden desinscription desabonner darse baja "
    "ablehnen widerrufen stornieren refuse refuser rechazar cancelar annuler annulla rifiuta otpiska"
)
_DECLINES = _set("deny decline reject refuse refuser rechazar ablehnen rifiuta")
"""Of these, the other answer to a question that the mail asks."""
_AGAINST_PAIRS = (("opt", "out"), ("not", "me"), ("not", "you"), ("was", "not"), ("no", "longer"), ("list", "remove"))
_ACTIONS = _set(
    "confirm confirmation confirmations confirmed verify verification verifications verified validate validation "
    "activate activation activations reset resets recover recovery restore forgot forgotten lost password "
    "passwords passwd login logon signin signup signon log sign register registration registrations invite "
    "invites invited invitation invitations accept join optin magic auth authenticate authentication authorize "
    "authorise oauth otp passwordless unlock unblock callback token complete finish finalize welcome onboard "
    "onboarding start setup create enroll enrol approve change double claim redeem consume "
    "bestaetigen bestaetigung aktivieren confirmer confirmar verificar activar activer valider conferma verifica "
    "attiva potwierdz podtverdit bevestig bevestigen bekraefta bekreft vahvista dogrula onayla"
)
_THINGS = _set(
    "order orders invoice invoices receipt receipts billing bill bills payment payments pay purchase purchases "
    "checkout cart carts basket product products item items shop store shipment shipments shipping track tracking "
    "package packages parcel delivery deliveries return returns refund booking bookings reservation reservations "
    "ticket tickets case cases issue issues pull pulls merge commit build builds pipeline post posts comment comments "
    "thread threads topic topics discussion article articles story stories blog news newsletter campaign webview "
    "view browser online mirror archive preview read document documents doc docs file files folder download "
    "downloads attachment report reports dashboard project projects task tasks board boards card cards event events "
    "calendar meeting meetings message messages chat conversation notification notifications "
    "review reviews survey surveys feedback rate rating vote help support faq legal "
    "privacy terms about contact image images img assets static media video watch subscription plan plans "
    "secure security protect activity devices sessions reschedule rescheduling rebook postpone manage "
    "upgrade quote quotes proposal contract contracts policy claim claims statement statements transaction "
    "transactions transfer job jobs "
    "sendungsverfolgung sendung bestellung bestellungen rechnung rechnungen bewertung commande commandes facture "
    "factures colis suivi avis pedido pedidos factura facturas seguimiento envio rastreio ordine ordini fattura "
    "spedizione bestelling factuur zending zamowienie przesylka faktura objednavka zasilka siparis kargo tilaus lasku"
)


class Route(Enum):
    """What a URL's route is about."""

    AGAINST = "undoes, reports or unsubscribes"
    ACTION = "asks for an action"
    THING = "shows a thing"
    OTHER = "says nothing"


def words(text: str) -> list[str]:
    """The words of an identifier: "not-me", "notMe" and "not_me" are two."""
    return [word.lower() for word in _WORD.findall(text)]


def declines(url: Url) -> bool:
    """Whether its route is the other answer to a question: accept or decline."""
    segments = [segment for route in url.routes for segment in decoded(route).split("/") if len(segment) <= 60]
    answers = [item.partition("=") for item in url.query.replace("&amp;", "&").split("&")]
    return any(word in _DECLINES for segment in segments for word in words(segment)) or any(
        key.lower() in _ANSWERS and value.lower() in _REFUSALS for key, _, value in answers
    )


def of_url(url: Url) -> Route:
    """Read path, fragment path, host-independent, and values of keys such as "action"."""
    found: list[str] = []
    for route in url.routes:
        for segment in decoded(route).split("/"):
            # Only words: a token that happens to contain "no" says nothing.
            if len(segment) <= 60 and not any(char.isdigit() for char in segment):
                found += words(segment)
    for item in url.query.replace("&amp;", "&").split("&"):
        key, equals, value = item.partition("=")
        if key.lower() in _ANSWERS and value.lower() in _REFUSALS:
            return Route.AGAINST
        if not equals and len(key) <= 20 and key.isalpha():
            found += words(key)
        if key.lower() in _ACTION_KEYS and value.replace("-", "").replace("_", "").replace(".", "").isalpha():
            found += words(value)
    if any(word in _AGAINST for word in found) or any(pair in _AGAINST_PAIRS for pair in pairwise(found)):
        return Route.AGAINST
    if any(word in _ACTIONS for word in found):
        return Route.ACTION
    return Route.THING if any(word in _THINGS for word in found) else Route.OTHER
