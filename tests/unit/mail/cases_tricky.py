"""Messages where the obvious rule goes wrong, one for each."""
# ruff: noqa: E501, RUF001 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, JWT, SITE, TOKEN, UUID, Case, a, button, mail, p, page

URL = f"{SITE}/confirm/{TOKEN}"
CODE = "483920"


def cases() -> list[Case]:
    """All of them."""
    return [*_links(), *_codes(), *_no_codes(), *_no_links()]


def _links() -> list[Case]:
    identity = f"{SITE}/reset?code=CfDJ8N%2FabQ3%2Bx9LmZ0tKp4NsWd7YbGcJ5hQfEa1uVq%3D%3D"
    web = f"{SITE}/w/{JWT}"
    pages = {
        "browser-link-on-the-same-host": (page(a(web, "Im Browser"), p("Hallo"), button(URL, "Los")), URL),
        "leave-link-in-the-last-line": (page(p("Hallo"), button(URL, "Los"), a(f"{SITE}/q/{HEX}", "Tschüss")), URL),
        "base64-with-slash": (page(button(identity, "Reset")), identity),
        "data-with-slash": (page(a(f"{SITE}/login/confirm.php?data=Ab3dEf6hIj9kLm2/nobody", "x")),) * 1
        + (f"{SITE}/login/confirm.php?data=Ab3dEf6hIj9kLm2/nobody",),
        "confirm-and-invalidate": (
            page(p(a(f"{SITE}/wiki/Special:ConfirmEmail/{HEX}", "Ja")), p(a(f"{SITE}/wiki/Special:InvalidateEmail/{HEX}", "Nein"))),
            f"{SITE}/wiki/Special:ConfirmEmail/{HEX}",
        ),
        "approve-and-deny": (
            page(button(f"{SITE}/device/approve?t={HEX}", "Ja"), button(f"{SITE}/device/deny?t={HEX}", "Nein")),
            f"{SITE}/device/approve?t={HEX}",
        ),
        "white-on-picture": (
            page(p("Hi"), f"<a href='{URL}' style='color:#fff;background:#fff url(b.png);padding:9px'>Confirm</a>"),
            URL,
        ),
        "white-on-gradient-cell": (
            page(f"<table><tr><td style='background-color:#ffffff;background-image:linear-gradient(red,blue)'>"
                 f"<a style='color:#ffffff' href='{URL}'>Confirm</a></td></tr></table>"),
            URL,
        ),
        "mso-hidden-button": (page(f"<a href='{URL}' style='mso-hide:all;background:#00f;padding:9px'>Go</a>"), URL),
        "zero-font-in-the-wrapper": (
            page(f"<table><tr><td style='font-size:0'><div style='font-size:16px'>{a(URL, 'Confirm')}</div></td></tr></table>"),
            URL,
        ),
        "mobile-copy-hidden": (page(button(URL, "Go"), f"<div style='display:none'>{button(URL, 'Go')}</div>"), URL),
        "unbuttoned-in-a-sentence": (page(p(f"Bitte {a(URL, 'hier klicken')}, danke.")), URL),
        "anchor-to-nowhere-shows-the-url": (page(p("Kopiere:"), a("#", URL)), URL),
        "one-amount-only": (page(p("Plan: 9,90 €"), button(URL, "Bestätigen")), URL),
        "jsessionid": (page(button(f"{SITE}/reset;jsessionid=1A2B?token={TOKEN}", "x")), f"{SITE}/reset;jsessionid=1A2B?token={TOKEN}"),
    }  # fmt: skip
    texts = {
        "footnotes": (f"Confirm your address [1].\n\nReferences\n1. {URL}\n2. {SITE}/help\n", URL),
        "browser-line-first": (f"Im Browser: {web}\n\nHallo,\n\n{URL}\n\n", URL),
        "markdown-of-itself": (f"Copy: [{URL}?a=1]({URL}?a=1)\n", f"{URL}?a=1"),
        "outlook-style": (f"Bestätigen<{URL}>\n", URL),
        "signature-with-links": (f"{URL}\n\n-- \nApp\n{SITE}/x/{HEX}\n", URL),
    }
    found = [Case(name=f"tricky-{name}", raw=mail(html=html), link=url) for name, (html, url) in pages.items()]
    return found + [
        Case(name=f"tricky-text-{name}", raw=mail(text=text), link=url) for name, (text, url) in texts.items()
    ]


def _codes() -> list[Case]:
    lead = p("Your code:")
    pages = {
        "named-below": page(p("Verify"), f"<h1>{CODE}</h1>", p("This code expires in 10 minutes.")),
        "steam": page(p("Here is the code you need to log in:"), "<h2>4F7KX</h2>"),
        "no-vowels": page(lead, "<h2>NQHBV</h2>"),
        "link-around-the-code": page(lead, a(f"{SITE}/copy", CODE)),
        "thai-with-reference": page(p(f"รหัส OTP ของคุณคือ {CODE} (Ref: XKJD)"), p("รหัสอ้างอิง: 4KJD")),
        "phone-in-the-label": page(p(f"Enter the code we sent to your phone: {CODE}")),
        "payment": page(p(f"Use code {CODE} to confirm the payment of 129,00 EUR.")),
        "bilingual": page(p("Votre code :"), f"<b>{CODE}</b>", p("Your code:"), f"<b>{CODE}</b>"),
        "table-with-name": page("<table><tr><th>코드</th><td>483920</td></tr><tr><th>IP</th><td>203.0.113.7</td></tr></table>"),
        "indian-address-in-the-footer": page(lead, f"<h2>{CODE}</h2>", "<div class='footer'>Bengaluru, PIN: 560001</div>"),
        "british-post-code": page(lead, f"<h2>{CODE}</h2>", p("1 Some Long Street Name, Westminster"), p("SW1A 1AA")),
        "turkish": page(p("Doğrulama kodunuz"), f"<b>{CODE}</b>"),
        "brazilian-token": page(p(f"Seu token de acesso: <b>{CODE}</b>")),
        "devanagari-digits": page(p("आपका कोड: ४८३९२०")),
        "pre": page(lead, f"<pre>\n{CODE}\n</pre>"),
        "big-and-small": page(p("<span style='font-size:10px'>Your login code is</span>"), f"<p style='font-size:30px'>{CODE}</p>"),
        "cased-letters": page(p("Dein Code: <code>aB3dE9</code>")),
        "beside-a-meeting-word": page(p("Code für das Meeting-Portal:"), f"<b>{CODE}</b>"),
    }  # fmt: skip
    values = {"steam": "4F7KX", "no-vowels": "NQHBV", "cased-letters": "aB3dE9"}
    return [
        Case(name=f"tricky-{name}", raw=mail(subject="Acme", html=html), code=values.get(name, CODE))
        for name, html in pages.items()
    ]


def _no_codes() -> list[Case]:
    pages = {
        "hotel": page(p("Confirmation number: 3982711234"), p("PIN code: 9152"), p("Total 129,00 €"), p("Deposit 20,00 €")),
        "gift-card": page(p("Gift card code: 4F7K-92QX")),
        "postal-code-es": page(p("Código postal: 48392")),
        "postal-code-fr": page(p("Code postal : 48392")),
        "fiscal-code-it": page(p("Codice cliente: 483920")),
        "zip-ja": page(p("郵便番号：1000001"), p("エラーコード：48392")),
        "order-code-vi": page(p("Mã đơn hàng: 483920")),
        "order-code-id": page(p("Kode pesanan: 483920")),
        "coupon-zh": page(p("优惠码：483920")),
        "coupon-in-the-heading": page("<h2>Your coupon</h2>", p("Use the code - <b>483920</b>")),
        "recovery-codes": page(p("Your recovery codes:"), *(p(f"48392{n}-77120{n}"[:13]) for n in range(5))),
        "british-post-code-alone": page(p("Our new office, from the first of January:"), p("SW1A 1AA")),
        "licence": page(p("License code: 4F7K92QX")),
        "error-code": page(p("Fehlercode: 483920")),
        "headline": page(p("Your code of conduct:"), p("BE KIND")),
        "number-in-a-sentence": page(p("More than 483920 people use it. Write us!")),
    }  # fmt: skip
    meeting = mail(text="Meeting ID: 839 2017\nPasscode: 483920\n").replace(b"text/plain", b"text/calendar", 1)
    return [
        *(Case(name=f"tricky-none-{name}", raw=mail(subject="Acme", html=html)) for name, html in pages.items()),
        Case(name="tricky-none-calendar", raw=meeting),
    ]


def _no_links() -> list[Case]:
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
    return [Case(name=f"tricky-nolink-{name}", raw=mail(subject="Acme", html=html)) for name, html in pages.items()]
