"""Messages whose MIME structure is broken or unusual."""
# ruff: noqa: E501 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, JWT, SITE, TOKEN, Case, a, button, mail, p, page

CONFIRM = f"{SITE}/confirm/{TOKEN}"
DECOY = f"{SITE}/confirm/{HEX}"


def cases() -> list[Case]:
    """All of them."""
    return [*_structure()]


def _structure() -> list[Case]:
    long_wrap = f"Please open the following page to confirm your address with us: {SITE}/confirm/{TOKEN[:20]}"
    return [
        Case(name="cut-by-wrap", raw=mail(text=f"{long_wrap}\n{TOKEN[20:].lower()}\n")),
        Case(name="older-link-below", link=CONFIRM, raw=mail(
            html=page(button(CONFIRM, "Go"), f"<div class='gmail_quote'>{a(DECOY, 'Go')}</div>"))),
        Case(name="tracking-only", raw=mail(html=page(button(f"https://click.example/c/{HEX}{HEX}", "Confirm")))),
        Case(name="unclosed-everything", raw=mail(html=f"<table><tr><td><b><a href='{CONFIRM}'>Confirm<p><div>"), link=CONFIRM),
        Case(name="wrapped-by-gateway", raw=mail(html=page(button(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fapp.example%2Fconfirm%2F" + TOKEN
            + "&amp;data=05%7C02", "Confirm"))), link=CONFIRM),
        Case(name="jwt-home", raw=mail(html=page(p("Hi"), p(a(f"{SITE}/unsubscribe/{JWT}", "Go"))))),
    ]  # fmt: skip
