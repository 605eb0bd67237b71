"""Messages made to fool: what looks like the link or the code and is not, one for each rule."""
# ruff: noqa: E501, RUF001 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, OTHER_HEX, SITE, TOKEN, Case, a, button, mail, p, page

URL = f"{SITE}/c/{TOKEN}"
CODE = "483920"
OTHER = "771204"
SAYS_CODE = p(f"Your code is {CODE}.")


def cases() -> list[Case]:
    """All of them."""
    return [*_links(), *_codes(), *_no_codes(), *_hidden()]


def _links() -> list[Case]:
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
        *(Case(name=f"sly-{name}", raw=mail(html=html), link=link) for name, (html, link) in pages.items()),
        Case(name="sly-forwarded-by-a-name", raw=mail(text=forwarded), link=None),
    ]


def _codes() -> list[Case]:
    pages = {
        "conference-elsewhere": (SAYS_CODE + p("Hi") * 4 + p("Meeting ID: 841 2993 0021, passcode: 553201"), CODE),
        "made-in-spanish": (p(f"El código {CODE} ha sido generado para ti."), CODE),
        "name-in-japanese": (p(f"お名前の確認コード：{CODE}"), CODE),
        "moving-in-korean": (p(f"계정 이전 인증번호 {CODE}"), CODE),
        "valid-then-is": (p(f"Your code, valid for ten minutes, is {CODE}."), CODE),
        "far-in-its-sentence": (p(f"The code you requested for signing in on your new phone is {CODE}."), CODE),
        "for-a-purpose": (p(f"Bitte zum Anmelden {CODE} als Code eingeben."), CODE),
        "former-and-new": (p(f"Your old code {OTHER} no longer works.") + SAYS_CODE, CODE),
        "over-and-new": (p(f"The code {OTHER} has expired.") + SAYS_CODE, CODE),
        "card-by-its-end": (p(f"Code for the card ending 7712: {CODE}"), CODE),
        "masked-telephone": (SAYS_CODE + p("We texted the code to •••• 7712."), CODE),
        "sender-before-digits": (p(f"G-{CODE} is your verification code."), f"G-{CODE}"),
        "in-brackets": (p(f"Use the code ({CODE}) to sign in."), CODE),
        "like-a-year": (p("Your code:") + "<h1>1909</h1>", "1909"),
        "for-an-order": (p(f"Der Code für diesen Auftrag lautet {CODE}."), CODE),
        "after-an-abbreviation": (p(f"Codul dvs. de verificare: {CODE}"), CODE),
        "amount-without-a-currency": (p(f"Enter code {CODE} to pay 50000 at the shop."), CODE),
        "short-compound": (p(f"Uw sms-code en pincode: {CODE}"), CODE),
        "esperanto-compound": (p(f"Via kontrolkodo estas {CODE}."), CODE),
        "equals-sign": (p(f"OTP={CODE} (Ref:ABXK)"), CODE),
        "flight-beside": (p(f"Use OTP {CODE} to check in for flight NW1482."), CODE),
        "bold-in-text": (p(f"Your code is **{CODE}**."), CODE),
        "buttons-in-quotation-marks": (p(f'Click "Verify", enter the code {CODE} and click "Go".'), CODE),
        "german-quotation-marks": (p(f"„Bestätigen“ klicken und den Code {CODE} eingeben, dann „Weiter“."), CODE),
        "finnish-ending": (p(f"Syötä vahvistuskoodia varten {CODE}"), CODE),
        "kazakh-ending": (p(f"Сіздің кодыңыз: {CODE}"), CODE),
        "value-below-has-its-own-name": ("<table><tr><td>Account</td><td>48291300</td></tr><tr><td>Login code</td><td>771204</td></tr></table>", OTHER),
        "gift-beside": (p(f"Gift card X7KD-93QM waits. Your verification code is {CODE}."), CODE),
        "word-in-capitals-before": (p(f"Acme: PLEASE tell nobody. Code {CODE}"), CODE),
        "signature-of-an-app": (p("Your App code is: 123ABC78 FA+9qCX9VSu"), "123ABC78"),
    }  # fmt: skip
    return [
        Case(name=f"sly-{name}", raw=mail(subject="Acme", html=page(html)), code=code)
        for name, (html, code) in pages.items()
    ]


def _no_codes() -> list[Case]:
    pages = {
        "two-alike-are-two": p(f"Use code {CODE} on the web, {OTHER} in the app."),
        "example": p(f"We send a code such as {CODE}. Tell nobody your code."),
        "quotation": p(f"Do not answer a mail that says “Your code is {CODE}”."),
        "over": p(f"The code {CODE} has been used."),
        "over-ja": p(f"認証コード {CODE} は無効になりました。"),
        "end-on-the-line-above": p("Your code was sent to the number ending in") + "<h1>4821</h1>",
        "end-in-chinese": p("您的验证码已发送至尾号 8888 的手机"),
        "part-of-a-word": p(f"Unicode {CODE}, encode {CODE}, episode {CODE}"),
        "purchase": p("Your purchase code is 39M4W"),
        "course": p("Course code: CS4821"),
        "driver": p("Give this delivery PIN to your driver: 4821"),
        "collected-fr": p("Code de retrait de votre colis : 4821"),
        "collected-pl": p("Kod odbioru paczki: 482913"),
        "tracked-fa": p("کد رهگیری: 482913"),
        "booked-tr": p("Rezervasyon kodu: K7X2QD"),
        "offered-with-a-turkish-capital": p("İNDİRİM KODU: HAFEN24X"),
        "safe": p("Lockbox code 4821"),
        "network": p("Wi-Fi password: 48291377"),
        "file": p("Senha do PDF: 4821"),
        "conference": p("Join: Meeting ID: 841 2993 0021") + p(f"Passcode: {CODE}"),
        "dial-in": p(f"Dial +49 30 555 0123, PIN {CODE}#"),
        "user-name": p(f"Your user name is {CODE}. Please set a password."),
        "lottery": p("Ihre Losnummer lautet:") + f"<h1>{CODE}</h1>" + p("Viel Glück!"),
        "long-with-the-noun-behind": p("Text us at 5550104417 with your code."),
        "telephone-to-call": p("To get your code call 0800482913."),
        "offer-above": p("Today 10% off") + p("Use code: AUTUMN7K"),
        "leaving": p(f"To unsubscribe send the code {CODE}."),
        "ordinal": p("Get the code on the 26-th."),
        "plus-code": p("Plus code: 9F5F482Q+9C"),
        "conduct": p("Our code of conduct has 4821 words."),
        "picture-home": a(f"{SITE}/?k={TOKEN}", "<img src='l.png' alt='App'>") + p("Hello"),
        "scale-of-links": p("Rate our code: " + " ".join(a(f"{SITE}/rate/{n}", str(n)) for n in range(1, 6))),
        "number-below-another": p(f"Your old code {OTHER} has expired.") + "<h1>553201</h1>",
        "label-nobody-knows": p("Umubare wa komande:") + "<h1>553201</h1>",
        "denied": p(f"Your code is not {CODE}."),
        "hour-of-its-end": p("Your code expires at 1830."),
        "hour-until": p("This code is valid until 0924."),
        "hour-it": p("Il codice scade alle 1830."),
        "hour-sv": p("Koden går ut klockan 1830."),
        "hour-zh": p("验证码将于1830失效。"),
        "hour-ko": p("인증번호는 1830까지 유효합니다."),
        "from-a-device": p(f"The code was requested from device {CODE}."),
        "in-a-room": p("Pick up the code in room 1482."),
        "by-a-user": p("The code was entered by user 4821 today."),
        "lines": p("We deleted 48291 lines of code."),
        "people": p("More than 48291 people use codes every day."),
        "of-many": p("You have used 4821 of 5000 codes."),
        "points": p("Redeem your code for 4821 points."),
        "code-word": p("Code word: HARBOUR24"),
        "code-review": p("Code review 48291 is waiting for you."),
        "balance": p("Token balance: 482913"),
        "ticker": p("NEWS v2: upgrading the token"),
    }
    return [Case(name=f"sly-no-{name}", raw=mail(subject="Acme", html=page(html))) for name, html in pages.items()]


def _hidden() -> list[Case]:
    decoy = f"Your code is {OTHER}."
    reversed_code = CODE[::-1]
    pages = {
        "font-shorthand": (page(f"<div style='font:0/0 a'>{decoy}</div>", SAYS_CODE), CODE),
        "filter": (page(f"<div style='filter:opacity(0)'>{decoy}</div>", SAYS_CODE), CODE),
        "content-visibility": (page(f"<div style='content-visibility:hidden'>{decoy}</div>", SAYS_CODE), CODE),
        "moved-away": (page(f"<div style='transform:translateX(-9999px)'>{decoy}</div>", SAYS_CODE), CODE),
        "cut-to-nothing": (page(f"<div style='clip-path:polygon(0 0,0 0,0 0)'>{decoy}</div>", SAYS_CODE), CODE),
        "descendant": (page(f"<style>.w .d{{display:none}}</style><div class=w><b class=d>{decoy}</b></div>", SAYS_CODE), CODE),
        "by-its-tag": (page(f"<style>s{{display:none}}</style><s>{decoy}</s>", SAYS_CODE), CODE),
        "by-attribute": (page(f"<style>[lang=x]{{display:none}}</style><b lang=x>{decoy}</b>", SAYS_CODE), CODE),
        "on-every-screen": (page(f"<style>@media screen{{.d{{display:none}}}}</style><b class=d>{decoy}</b>", SAYS_CODE), CODE),
        "tag-and-class": (page(f"<style>b.d{{display:none}}</style><b class=d>{decoy}</b><p class=d>Your code is {CODE}.</p>"), CODE),
        "shown-again-inline": (page(f"<style>p b{{display:none}}</style><p>Your code is <b style='display:inline'>{CODE}</b></p>"), CODE),
        "override": (page(p(f"Your code is <bdo dir=rtl>{reversed_code}</bdo>.")), None),
        "override-by-style": (page(p(f"Code: <b style='unicode-bidi:bidi-override;direction:rtl'>{reversed_code}</b>")), None),
        "boxes-backwards": (page(p("Your code:"), "<div style='display:flex;flex-direction:row-reverse'>" + "".join(f"<b>{d}</b>" for d in reversed_code) + "</div>"), None),
        "cells-backwards": (page(p("Your code:"), "<div style='flex-flow:row-reverse'>" + "".join(f"<p>{d}</p>" for d in reversed_code) + "</div>"), None),
    }  # fmt: skip
    return [
        Case(name=f"sly-hidden-{name}", raw=mail(subject="Acme", html=html), code=code)
        for name, (html, code) in pages.items()
    ]
