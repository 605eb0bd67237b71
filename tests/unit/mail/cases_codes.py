"""Messages with one code, in many languages and layouts."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import FOOTER, Case, a, button, mail, p, page

# (language, subject, sentence that introduces the code, what follows)
_ABOVE = [
    ("de", "Dein Bestätigungscode", "Dein Bestätigungscode lautet:", "Der Code läuft in 10 Minuten ab."),
    ("fr", "Votre code de vérification", "Voici votre code de vérification :", "Ce code expire dans 15 minutes."),
    ("es", "Tu código de acceso", "Introduce este código para iniciar sesión:", "Caduca en 10 minutos."),
    ("pt", "Seu código de verificação", "Use o código abaixo para confirmar sua conta:", "Válido por 1440 minutos."),
    ("it", "Il tuo codice", "Inserisci il seguente codice:", "Il codice scade tra 30 minuti."),
    ("nl", "Je inlogcode", "Gebruik deze inlogcode:", "De code is 10 minuten geldig."),
    ("pl", "Kod weryfikacyjny", "Twój kod weryfikacyjny:", "Kod wygaśnie za 10 minut."),
    ("cs", "Ověřovací kód", "Váš ověřovací kód:", "Platnost kódu vyprší za 10 minut."),
    ("sv", "Din verifieringskod", "Ange koden för att logga in:", "Koden gäller i 10 minuter."),
    ("da", "Din bekræftelseskode", "Indtast koden for at fortsætte:", "Koden udløber om 10 minutter."),
    ("fi", "Vahvistuskoodisi", "Vahvistuskoodisi on:", "Koodi vanhenee 10 minuutissa."),
    ("hu", "Ellenőrző kód", "Az ellenőrző kódod:", "A kód 10 perc múlva lejár."),
    ("ro", "Codul tău", "Codul tău de verificare este:", "Codul expiră în 10 minute."),
    ("tr", "Doğrulama kodunuz", "Doğrulama kodunuz:", "Kod 10 dakika geçerlidir."),
    ("ru", "Код подтверждения", "Ваш код подтверждения:", "Код действителен 10 минут."),
    ("uk", "Код підтвердження", "Ваш код підтвердження:", "Код дійсний 10 хвилин."),
    ("el", "Κωδικός επαλήθευσης", "Ο κωδικός επαλήθευσής σας είναι:", "Λήγει σε 10 λεπτά."),
    ("bg", "Код за потвърждение", "Вашият код за потвърждение:", "Кодът изтича след 10 минути."),
    ("he", "קוד אימות", "קוד האימות שלך הוא:", "הקוד בתוקף ל-10 דקות."),
    ("ar", "رمز التحقق", "رمز التحقق الخاص بك هو:", "تنتهي صلاحية الرمز خلال 10 دقائق."),
    ("fa", "کد تأیید", "کد تأیید شما:", "این کد تا ۱۰ دقیقه معتبر است."),
    ("hi", "सत्यापन कोड", "आपका सत्यापन कोड है:", "यह कोड 10 मिनट में समाप्त हो जाएगा।"),
    ("th", "รหัสยืนยัน", "รหัสยืนยันของคุณคือ", "รหัสนี้จะหมดอายุใน 10 นาที"),
    ("vi", "Mã xác minh", "Mã xác minh của bạn là:", "Mã hết hạn sau 10 phút."),
    ("id", "Kode verifikasi", "Kode verifikasi Anda:", "Kode berlaku 10 menit."),
    ("zh", "验证码", "您的验证码为：", "验证码10分钟内有效，请勿泄露。"),
    ("zh-tw", "驗證碼", "您的驗證碼是：", "驗證碼將於 10 分鐘後失效。"),
    ("ja", "認証コードのお知らせ", "以下の認証コードを入力してください。", "有効期限は10分です。"),
    ("ko", "인증번호 안내", "아래 인증번호를 입력해 주세요.", "인증번호는 10분간 유효합니다."),
    ("ka", "დადასტურების კოდი", "თქვენი კოდი:", "მოქმედებს 10 წუთი."),
    ("en", "Sign in to Acme", "Enter this code in the app:", "It expires in 10 minutes."),
]  # fmt: skip
# (language, sentence with the code in it)
_INLINE = [
    ("de", "Ihr Sicherheitscode ist {}. Er gilt 5 Minuten."),
    ("fr", "Votre code de connexion est {}, il expire dans 5 minutes."),
    ("es", "Tu código de verificación es {}. No lo compartas."),
    ("pt", "{} é o seu código de confirmação."),
    ("it", "Il tuo codice di accesso è {}."),
    ("pl", "Twój kod to {}. Nie podawaj go nikomu."),
    ("ru", "Ваш код для входа: {}. Никому его не сообщайте."),
    ("ar", "رمز التحقق الخاص بك هو {}. لا تشاركه مع أي شخص."),
    ("zh", "您的验证码是{}，5分钟内有效。"),
    ("zh-comma", "验证码{},5分钟内有效,请勿告诉他人"),
    ("ja", "認証コードは {} です。第三者に教えないでください。"),
    ("ja-number", "認証番号：{}（有効期限5分）"),
    ("ko", "인증번호는 {} 입니다. 5분 이내에 입력해 주세요."),
    ("th", "รหัส OTP ของคุณคือ {} ใช้ได้ภายใน 5 นาที"),
    ("vi", "Mã OTP của bạn là {}. Không chia sẻ mã này."),
    ("hi", "आपका OTP {} है। इसे किसी के साथ साझा न करें।"),
    ("en-after", "{} is your verification code. It expires in 5 minutes."),
    ("en-bracket", "Enter the code [{}] on the sign-in page."),
    ("en-account", "Use {} to sign in. This code is for your account only."),
    ("tr", "Tek kullanımlık şifreniz {} olarak belirlendi."),
]
_LAYOUTS = [
    ("strong", "483920", "<p>Your code is <strong>483920</strong></p>", "483920"),
    ("heading", "483920", "<p>Your sign-in code:</p><h1>483920</h1>", "483920"),
    ("spaced", "483 920", "<p>Your code:</p><h1>483 920</h1>", "483920"),
    ("nbsp", "483920", "<p>Your code:</p><h1>483&nbsp;920</h1>", "483920"),
    ("thin-space", "483920", "<p>Your code:</p><h1>483&#8239;920</h1>", "483920"),
    ("hyphen", "483-920", "<p>Your code:</p><h1>483-920</h1>", "483-920"),
    ("zero-width", "483920", "<p>Your code:</p><h1>4&#8203;8&#8203;3&#8203;9&#8203;2&#8203;0</h1>", "483920"),
    ("spans", "483920", "<p>Your code:</p><p>" + "".join(f"<span>{d}</span>" for d in "483920") + "</p>", "483920"),
    ("spaced-spans", "483920", "<p>Your code:</p><p>" + " ".join(f"<b>{d}</b>" for d in "483920") + "</p>", "483920"),
    (
        "cells",
        "483920",
        "<p>Your code:</p><table><tr>" + "".join(f"<td>{d}</td>" for d in "483920") + "</tr></table>",
        "483920",
    ),
    ("boxes", "483920", "<p>Your code:</p>" + "".join(f"<div>{d}</div>" for d in "483920"), "483920"),
    ("half-cells", "483920", "<p>Your code:</p><table><tr><td>483</td><td>920</td></tr></table>", "483920"),
    ("letters", "HXKQ-WPZR", "<p>Your code:</p><p>HXKQ-WPZR</p>", "HXKQ-WPZR"),
    ("three-three", "ABC-DEF", "<p>Your code:</p><p>ABC-DEF</p>", "ABC-DEF"),
    ("mixed", "4F7K-92QX", "<p>Enter this code:</p><p><b>4F7K-92QX</b></p>", "4F7K-92QX"),
    ("lower", "k3jd92mx", "<p>Your temporary code: k3jd92mx</p>", "k3jd92mx"),
    ("four", "3910", "<p>Your PIN: 3910</p>", "3910"),
    ("eight", "20261121", "<p>Your one-time password is 20261121</p>", "20261121"),
    ("ten", "4839201746", "<p>Your one-time code:</p><h2>4839201746</h2>", "4839201746"),
    ("full-width", "483920", "<p>認証コード：４８３９２０</p>", "483920"),
    ("arabic-indic", "483920", "<p>رمز التحقق: ٤٨٣٩٢٠</p>", "483920"),
    ("persian", "483920", "<p>کد تأیید: ۴۸۳۹۲۰</p>", "483920"),
    ("quotes", "483920", "<p>Please type “483920” as the code.</p>", "483920"),
    ("cjk-brackets", "483920", "<p>您的验证码：【483920】，请尽快使用。</p>", "483920"),
    ("rtl-marks", "483920", "<p>קוד: &rlm;483920&rlm;</p>", "483920"),
    ("two-letter-groups", "A1-B2-C3", "<p>Your code:</p><p><code>A1-B2-C3</code></p>", "A1-B2-C3"),
]


def cases() -> list[Case]:
    """All of them."""
    found = []
    for lang, subject, above, below in _ABOVE:
        html = page(p(above), '<div style="font-size:32px;letter-spacing:6px">483920</div>', p(below), footer=True)
        found.append(Case(name=f"above-{lang}", raw=mail(subject=subject, html=html), code="483920"))
        text = f"{above}\n\n483920\n\n{below}\n"
        found.append(Case(name=f"above-text-{lang}", raw=mail(subject=subject, text=text), code="483920"))
    for lang, sentence in _INLINE:
        body = sentence.format("730164")
        found.append(
            Case(name=f"inline-{lang}", raw=mail(subject="Acme", html=page(p(body), preheader=True)), code="730164")
        )
        found.append(Case(name=f"inline-text-{lang}", raw=mail(subject="Acme", text=body), code="730164"))
    for name, text, html, code in _LAYOUTS:
        both = mail(subject="Acme", text=f"Your code: {text}\n", html=page(html, footer=True))
        found.append(Case(name=f"layout-{name}", raw=mail(subject="Acme", html=html + FOOTER), code=code))
        if name not in {"full-width", "arabic-indic", "persian", "nbsp"}:
            found.append(Case(name=f"layout-both-{name}", raw=both, code=code))
    return found + _single()


def _single() -> list[Case]:
    help_link = a("https://help.example/code", "Help")
    return [
        Case(
            name="prefixed-in-the-subject",
            raw=mail(subject="G-483920 is your code", html=page(p("Your code is"), p("<b>483920</b>"))),
            code="483920",
        ),
        Case(
            name="subject-first",
            raw=mail(subject="483920 is your Acme code", text="Enter 483920 to continue."),
            code="483920",
        ),
        Case(name="subject-only", raw=mail(subject="Your code: 483920", html=page("<img src=x>")), code="483920"),
        Case(
            name="among-particulars",
            raw=mail(
                subject="Sign-in code",
                html=page(
                    p("Your code:"),
                    "<h2>483920</h2>",
                    p("Device: Chrome 141<br>IP: 203.0.113.7<br>When: 2026-11-21 08:15"),
                    p(help_link),
                ),
            ),
            code="483920",
        ),
        Case(
            name="beside-a-case-number",
            raw=mail(subject="Code", html=page(p("Case number: 771203"), p("Your code is <b>483920</b>."))),
            code="483920",
        ),
        Case(
            name="beside-a-phone",
            raw=mail(subject="Code", text="Your code: 483920\n\nQuestions? Call 0800 123 4567 or +1 (415) 555-0123.\n"),
            code="483920",
        ),
        Case(
            name="copy-button",
            raw=mail(subject="Code", html=page(p("Your code"), button("https://app.example/copy", "483920"))),
            code="483920",
        ),
    ]
