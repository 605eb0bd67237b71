"""Messages with several links, of which one or none is what the mail asks to follow."""
# ruff: noqa: E501 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, JWT, OTHER_HEX, SITE, TOKEN, UUID, Case, a, button, mail, p, page

URL = f"{SITE}/c/{TOKEN}"
CONFIRM = f"{SITE}/confirm/{TOKEN}"


def cases() -> list[Case]:
    """All of them."""
    return [*_by_words(), *_one_action(), *_no_action()]


def _by_words() -> list[Case]:
    away = f"{SITE}/x/{HEX}"
    evil = f"https://evil.example/c/{TOKEN}"
    pages = {
        "leave-by-words": (page(p("Hallo"), a(away, "Abmelden")), None),
        "browser-by-words": (page(a(away, "Voir dans votre navigateur"), p("Bonjour")), None),
        "disowned-by-words": (page(p("Ny inloggning"), button(away, "Det var inte jag")), None),
        "disowned-beside": (page(p("Hej"), button(URL, "Ja"), button(away, "Det var inte jag")), URL),
        "browser-as-the-way-in": (page(p("Open the app, or"), a(URL, "continue in the browser")), URL),
        "answer-no": (page(button(f"{SITE}/s?token={TOKEN}&answer=no", "Klick")), None),
        "intent-revoke": (page(button(f"{SITE}/s?token={TOKEN}&intent=revoke", "Klick")), None),
        "nothing-to-click": (page(p("Hello"), a(f"{SITE}/confirm/{TOKEN}", "&#8203;")), None),
        "tracked-in-german": (page(button(f"{SITE}/sendungsverfolgung/{TOKEN}", "Los")), None),
        "not-recognised": (page(p("New device"), button(away, "I don't recognize this")), None),
        "deny-as-a-bare-key": (page(button(f"{SITE}/r/{TOKEN}?deny", "Klick")), None),
        "shown-but-leads-elsewhere": (page(p("Confirm:"), a(evil, URL)), None),
        "shown-but-leads-to-another": (page(p("Confirm:"), a(f"{SITE}/c/{OTHER_HEX}", URL)), None),
        "shown-by-a-tracker": (page(button(f"https://t.example/1?u={HEX}", "Go"), a(f"https://t.example/2?u={HEX}", URL)), URL),
    }  # fmt: skip
    forwarded = f"FYI\n\n----- Original Message -----\nFrom: App\nSent: Friday, 20 November 2026 09:14\nTo: Kim\nSubject: Hi\n\n{URL}\n"
    return [
        *(Case(name=f"among-{name}", raw=mail(html=html), link=link) for name, (html, link) in pages.items()),
        Case(name="among-forwarded-by-a-name", raw=mail(text=forwarded), link=None),
    ]


def _one_action() -> list[Case]:
    identity = f"{SITE}/reset?code=CfDJ8N%2FabQ3%2Bx9LmZ0tKp4NsWd7YbGcJ5hQfEa1uVq%3D%3D"
    web = f"{SITE}/w/{JWT}"
    pages = {
        "browser-link-on-the-same-host": (page(a(web, "Im Browser"), p("Hallo"), button(CONFIRM, "Los")), CONFIRM),
        "leave-link-in-the-last-line": (page(p("Hallo"), button(CONFIRM, "Los"), a(f"{SITE}/q/{HEX}", "Tschüss")), CONFIRM),
        "base64-with-slash": (page(button(identity, "Reset")), identity),
        "data-with-slash": (page(a(f"{SITE}/login/confirm.php?data=Ab3dEf6hIj9kLm2/nobody", "x")),) * 1
        + (f"{SITE}/login/confirm.php?data=Ab3dEf6hIj9kLm2/nobody",),
        "confirm-and-invalidate": (
            page(p(a(f"{SITE}/wiki/Special:ConfirmEmail/{HEX}", "Ja")), p(a(f"{SITE}/wiki/Special:InvalidateEmail/{HEX}", "Nein"))),
            f"{SITE}/wiki/Special:ConfirmEmail/{HEX}",
        ),
        "white-on-picture": (
            page(p("Hi"), f"<a href='{CONFIRM}' style='color:#fff;background:#fff url(b.png);padding:9px'>Confirm</a>"),
            CONFIRM,
        ),
        "white-on-gradient-cell": (
            page(f"<table><tr><td style='background-color:#ffffff;background-image:linear-gradient(red,blue)'>"
                 f"<a style='color:#ffffff' href='{CONFIRM}'>Confirm</a></td></tr></table>"),
            CONFIRM,
        ),
        "mso-hidden-button": (page(f"<a href='{CONFIRM}' style='mso-hide:all;background:#00f;padding:9px'>Go</a>"), CONFIRM),
        "zero-font-in-the-wrapper": (
            page(f"<table><tr><td style='font-size:0'><div style='font-size:16px'>{a(CONFIRM, 'Confirm')}</div></td></tr></table>"),
            CONFIRM,
        ),
        "mobile-copy-hidden": (page(button(CONFIRM, "Go"), f"<div style='display:none'>{button(CONFIRM, 'Go')}</div>"), CONFIRM),
        "unbuttoned-in-a-sentence": (page(p(f"Bitte {a(CONFIRM, 'hier klicken')}, danke.")), CONFIRM),
        "anchor-to-nowhere-shows-the-url": (page(p("Kopiere:"), a("#", CONFIRM)), CONFIRM),
        "one-amount-only": (page(p("Plan: 9,90 €"), button(CONFIRM, "Bestätigen")), CONFIRM),
        "jsessionid": (page(button(f"{SITE}/reset;jsessionid=1A2B?token={TOKEN}", "x")), f"{SITE}/reset;jsessionid=1A2B?token={TOKEN}"),
    }  # fmt: skip
    texts = {
        "footnotes": (f"Confirm your address [1].\n\nReferences\n1. {CONFIRM}\n2. {SITE}/help\n", CONFIRM),
        "browser-line-first": (f"Im Browser: {web}\n\nHallo,\n\n{CONFIRM}\n\n", CONFIRM),
        "markdown-of-itself": (f"Copy: [{CONFIRM}?a=1]({CONFIRM}?a=1)\n", f"{CONFIRM}?a=1"),
        "outlook-style": (f"Bestätigen<{CONFIRM}>\n", CONFIRM),
        "signature-with-links": (f"{CONFIRM}\n\n-- \nApp\n{SITE}/x/{HEX}\n", CONFIRM),
    }
    found = [Case(name=f"among-{name}", raw=mail(html=html), link=url) for name, (html, url) in pages.items()]
    return found + [
        Case(name=f"among-text-{name}", raw=mail(text=text), link=url) for name, (text, url) in texts.items()
    ]


def _no_action() -> list[Case]:
    pages = {
        "offer-with-a-code": page("<h1>Rabatt</h1>", button(f"{SITE}/?code=SAVE2026", "Shop")),
        "reply-with-login": page(p("New message"), button(f"{SITE}/messages/8271?auth_token={JWT}", "Reply")),
        "share": page(p("Ada shared a file"), button(f"{SITE}/s/8h2Kd91xAbCdEfG", "Open")),
        "two-answers": page(a(f"{SITE}/review?t={HEX}&x=y", "Yes"), a(f"{SITE}/review?t={HEX}&x=n", "No")),
        "unrendered": page(button(f"{SITE}/confirm?token=%7B%7Btoken%7D%7D", "Confirm")),
        "only-ids": page(button(f"{SITE}/users/{UUID}", "Profile")),
        "object-id": page(button(f"{SITE}/x/64b7f1a2c3d4e5f601234567", "See")),
        "camel-case": page(button(f"{SITE}/gettingStartedGuideForTeams/importantFirstSteps", "Start")),
        "slug": page(button(f"{SITE}/confirm/how-to-confirm-your-address-in-2026", "Read")),
    }
    return [Case(name=f"among-nolink-{name}", raw=mail(subject="Acme", html=html)) for name, html in pages.items()]
