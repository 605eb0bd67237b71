"""What a mail gives to type or to follow beside codes: passwords, vouchers, booking numbers."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, SITE, TOKEN, Case, a, button, mail, p, page

# (language, how a mail hands out the password of an account, how it calls a password that serves once)
_PASSWORDS = [
    ("en", "Your new password: {}", "Your one-time password: {}"),
    ("de", "Ihr neues Passwort lautet: {}", "Ihr Einmalpasswort lautet: {}"),
    ("fr", "Votre mot de passe : {}", "Votre mot de passe à usage unique : {}"),
    ("es", "Tu contraseña es: {}", "Tu contraseña de un solo uso es: {}"),
    ("pt", "Sua senha é: {}", "Sua senha de uso único é: {}"),
    ("it", "La tua password è: {}", "La tua password monouso è: {}"),
    ("nl", "Je wachtwoord: {}", "Je eenmalige wachtwoord: {}"),
    ("pl", "Twoje hasło: {}", "Twoje jednorazowe hasło: {}"),
    ("cs", "Vaše heslo: {}", "Vaše jednorázové heslo: {}"),
    ("hr", "Vaša lozinka: {}", "Vaša jednokratna lozinka: {}"),
    ("sv", "Ditt lösenord: {}", "Ditt engångslösenord: {}"),
    ("nb", "Passordet ditt: {}", "Engangspassordet ditt: {}"),
    ("fi", "Salasanasi: {}", "Kertakäyttöinen salasana: {}"),
    ("tr", "Şifreniz: {}", "Tek kullanımlık şifreniz: {}"),
    ("ru", "Ваш пароль: {}", "Ваш одноразовый пароль: {}"),
    ("ja", "パスワード：{}", "ワンタイムパスワード：{}"),
    ("zh", "您的密码：{}", "您的一次性密码：{}"),
    ("ko", "비밀번호: {}", "일회용 비밀번호: {}"),
    ("th", "รหัสผ่าน: {}", "รหัสผ่านแบบใช้ครั้งเดียว: {}"),
    ("vi", "Mật khẩu: {}", "Mật khẩu dùng một lần: {}"),
    ("ar", "كلمة المرور: {}", "كلمة المرور لمرة واحدة: {}"),
]
# (language, subject of a mail about a thing, what the thing's own number is called)
_BOOKED = [
    ("en", "Booking confirmed", "Confirmation code: {}"),
    ("de", "Ihre Buchung", "Bestätigungscode: {}"),
    ("fr", "Votre réservation", "Code de confirmation : {}"),
    ("es", "Su reserva en Oslo", "Código de confirmación: {}"),
    ("it", "La tua prenotazione", "Codice di conferma: {}"),
    ("pl", "Twoje zamówienie", "Kod potwierdzenia: {}"),
    ("ja", "ご予約について", "確認コード：{}"),
    ("zh", "您的订单", "确认码：{}"),
]
# (name, heading, line that holds the voucher)
_OFFERED = [
    ("vi", "Mã khuyến mãi dành cho bạn", "Nhập mã sau: {}"),
    ("gift", "A gift for you", "Type this code at the till: {}"),
    ("nl", "Korting in de webwinkel", "Gebruik de code {}"),
    ("fi", "Alennus vain sinulle", "Käytä koodi {}"),
    ("he", "הנחה לסוף השבוע", "הקוד שלך: {}"),
]

# (name, a line whose "code" opens a door or a parcel locker, or is a place)
_OPENING = [
    ("wifi", "Wi-Fi code: 481203"),
    ("wlan", "WLAN-Code: 481203"),
    ("locker", "Locker code: 481203"),
    ("door", "The door code is 481203."),
    ("pickup", "Pickup code: 481203"),
    ("pickup-de", "Abholcode: 481203"),
    ("place-nb", "Postkode: 481203"),
    ("place-id", "Kode pos: 481203"),
]


def cases() -> list[Case]:
    """All of them."""
    found = [Case(name=f"opening-{name}", raw=mail(html=page(p(line)))) for name, line in _OPENING]
    for lang, lasting, once in _PASSWORDS:
        found += [
            Case(name=f"password-{lang}", raw=mail(html=page(p(lasting.format("kT7rWq2M"))))),
            Case(name=f"password-once-{lang}", raw=mail(html=page(p(once.format("WK7R2Q")))), code="WK7R2Q"),
            Case(name=f"password-digits-{lang}", raw=mail(html=page(p(once.format("483920")))), code="483920"),
        ]
    for lang, subject, words in _BOOKED:
        raw = mail(subject=subject, html=page(p("Oslo, 21 Nov"), p(words.format("WK7R2Q"))))
        found.append(Case(name=f"booked-{lang}", raw=raw))
    for name, heading, words in _OFFERED:
        raw = mail(html=page(f"<h2>{heading}</h2>", p(words.format("<b>WK7R2Q9</b>"))))
        found.append(Case(name=f"offered-{name}", raw=raw))
    return found + _codes() + _links()


def _codes() -> list[Case]:
    two = "Skriv inn PIN1 og PIN2 på siden.\n\nPIN1: 48392017\nPIN2: på SMS\n"
    percent = page(p("Hele helgen: -50 %"), p("og 15 % ekstra i utvalgte butikker"), p("<b>WK7R2Q9</b>"))
    grown = page(p("Batteriet er 80 % ladet."), p("Din kode:"), p("<b>483920</b>"))
    below = page(p("Velkommen, her er det nye passordet ditt"), p("<b>kT7rWq2M</b>"))
    worth = page(p("Kos deg med 500 kr hos oss."), p("Kode: <b>WK7R2Q9</b>"))
    payment = page(p("Betaling av 500 kr til Ola."), p("Kode: <b>483920</b>"))
    return [
        Case(
            name="number-nobody-names",
            raw=mail(
                html=page(
                    p("The lamp that you sent us is here and we have looked at it."),
                    p("483920"),
                    p("It will take us a week. Please be patient with us."),
                )
            ),
        ),
        Case(
            name="number-beside-a-password",
            raw=mail(
                text=f"To choose your new password, please follow this link:\n\n{SITE}/reset/{HEX}\n\n"
                "If it was not you, do nothing with this mail.\n\n483920\n"
            ),
            link=f"{SITE}/reset/{HEX}",
        ),
        Case(
            name="number-nobody-names-ru",
            raw=mail(text="Мы получили вашу лампу и начали работу.\n\n483920\n\nСпасибо за терпение.\n"),
        ),
        Case(
            name="number-at-the-end",
            raw=mail(text="Deine Lampe ist da, und wir haben sie uns angesehen. Magst du nicht warten?\n\n483920\n"),
        ),
        Case(
            name="code-in-a-language-nobody-knows",
            raw=mail(
                text="Pinda nhamba inotevera kuti upinde muakaundi yako:\n\n483920\n\nInopera mukati memaminetsi.\n"
            ),
            code="483920",
        ),
        Case(name="worth-something", raw=mail(subject="Til deg", html=worth)),
        Case(name="code-like-an-amount", raw=mail(subject="Hi", text="Your code: A0RM-00A0\n"), code="A0RM-00A0"),
        Case(
            name="code-above-the-capital-of-a-company",
            raw=mail(
                subject="Connexion",
                html=page(
                    p("Votre code :"),
                    p("<b>WK7R2Q</b>"),
                    p("Il expire dans dix minutes."),
                    p("À bientôt"),
                    p("L'équipe"),
                    p("Lumen SAS au capital de 10 000 €"),
                    p("4 rue du Quai, Lyon"),
                ),
            ),
            code="WK7R2Q",
        ),
        Case(
            name="code-for-a-transaction",
            raw=mail(subject="Confirm your transaction", text="Your code: 483920\n"),
            code="483920",
        ),
        Case(name="code-for-a-payment", raw=mail(subject="Godkjenn", html=payment), code="483920"),
        Case(name="pin-of-two", raw=mail(text=two), code="48392017"),
        Case(name="percentages", raw=mail(html=percent)),
        Case(name="one-percentage", raw=mail(html=grown), code="483920"),
        Case(name="password-on-its-own-line", raw=mail(html=below)),
        Case(name="possessive-id", raw=mail(text="Ini kodenya: 483920\n"), code="483920"),
        Case(name="accent-oc", raw=mail(text="Vaquí lo còdi per dintrar : 483920\n"), code="483920"),
        Case(
            name="booking-but-code",
            raw=mail(subject="Your code for your booking", text="Your code: 483920\n"),
            code="483920",
        ),
    ]


def _links() -> list[Case]:
    both = page(
        p("See you on Friday at 9."),
        p(a(f"{SITE}/reschedule/{TOKEN}", "Another day")),
        p(a(f"{SITE}/booking/{TOKEN}?cancel=true", "Not at all")),
    )
    query = page(p("Fredag kl. 9"), p(a(f"{SITE}/?action=reschedule&amp;key={HEX}", "Flytt")))
    key = f"{SITE}/profile.php?action=change_email&id=52&key=frXlQGU0"
    name = f"{SITE}/profile.php?action=show&key=Chapter10"
    inline = f"{SITE}/activate?ac={HEX}"
    rivals = page(
        p(f"Dear Kim, {a(inline, 'activate your account')} now."), p(button(f"{SITE}/x/{TOKEN}", "Something else"))
    )
    safe = page(p("Your password was changed."), p(f"Not you? {a(f'{SITE}/account/secure?token={HEX}', 'Act now')}"))
    opaque = f"{SITE}/e/{TOKEN}"
    leave = p(f"Zu viel Post? {a(opaque, 'Hier entlang')}")
    alone = f"Zum Bestätigen:\n\n{opaque}\n"
    return [
        Case(name="opaque-link-in-the-last-words", raw=mail(html=page(p("Dein Passwort ist neu."), leave))),
        Case(
            name="opaque-link-in-the-last-words-text", raw=mail(text=f"Dein Passwort ist neu.\n\nZu viel? {opaque}\n")
        ),
        Case(
            name="opaque-link-below-an-action",
            raw=mail(html=page(p(f"Bitte {a(inline, 'aktiviere')} dein Konto."), leave)),
            link=inline,
        ),
        Case(name="opaque-links-for-yes-and-no", raw=mail(html=page(p(a(f"{SITE}/a/{HEX}", "Ja")), leave))),
        Case(name="opaque-link-on-the-last-line", raw=mail(text=alone), link=opaque),
        Case(name="button-that-says-nothing-beside-an-action", raw=mail(html=rivals)),
        Case(name="secure-your-account", raw=mail(html=safe)),
        Case(name="reschedule", raw=mail(html=both)),
        Case(name="reschedule-in-query", raw=mail(html=query)),
        Case(name="short-key-ends-in-a-digit", raw=mail(text=f"Click here:\n{key}\n"), link=key),
        Case(name="short-key-is-a-word", raw=mail(html=page(button(name, "Chapter")))),
    ]
