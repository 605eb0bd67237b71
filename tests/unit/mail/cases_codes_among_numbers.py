"""Messages with other numbers and words in capitals, beside a code or instead of one."""
# ruff: noqa: E501, RUF001 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import SITE, TOKEN, Case, a, mail, p, page

CODE = "483920"
OTHER = "771204"
SAYS_CODE = p(f"Your code is {CODE}.")


def cases() -> list[Case]:
    """All of them."""
    return [*_named(), *_beside(), *_called_otherwise(), *_no_codes()]


def _named() -> list[Case]:
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
        Case(name=f"numbers-{name}", raw=mail(subject="Acme", html=page(html)), code=code)
        for name, (html, code) in pages.items()
    ]


def _beside() -> list[Case]:
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
        Case(name=f"numbers-{name}", raw=mail(subject="Acme", html=html), code=values.get(name, CODE))
        for name, html in pages.items()
    ]


def _called_otherwise() -> list[Case]:
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
    return [Case(name=f"numbers-no-{name}", raw=mail(subject="Acme", html=page(html))) for name, html in pages.items()]


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
        *(Case(name=f"numbers-none-{name}", raw=mail(subject="Acme", html=html)) for name, html in pages.items()),
        Case(name="numbers-none-calendar", raw=meeting),
    ]
