"""Messages with one action link, in many languages and layouts."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, JWT, OTHER_HEX, SITE, TOKEN, UUID, Case, a, button, mail, p, page

# (language, subject, words of the button, what is said to who did not ask)
_WORDS = [
    ("de", "Bitte bestätige deine Adresse", "E-Mail bestätigen", "Wenn du das nicht warst, ignoriere diese Mail."),
    ("fr", "Confirmez votre adresse", "Confirmer mon adresse", "Si vous n'êtes pas à l'origine, ignorez ce message."),
    ("es", "Confirma tu correo", "Confirmar correo", "Si no has sido tú, ignora este mensaje."),
    ("pt", "Confirme seu e-mail", "Confirmar e-mail", "Se não foi você, ignore esta mensagem."),
    ("it", "Conferma il tuo indirizzo", "Conferma indirizzo", "Se non sei stato tu, ignora questa e-mail."),
    ("nl", "Bevestig je e-mailadres", "Bevestigen", "Was jij dit niet? Negeer deze mail."),
    ("pl", "Potwierdź adres e-mail", "Potwierdź", "Jeśli to nie Ty, zignoruj tę wiadomość."),
    ("sv", "Bekräfta din e-post", "Bekräfta", "Om det inte var du kan du ignorera detta."),
    ("fi", "Vahvista sähköpostisi", "Vahvista", "Jos et pyytänyt tätä, voit jättää viestin huomiotta."),
    ("hu", "Erősítsd meg az e-mail-címed", "Megerősítés", "Ha nem te voltál, hagyd figyelmen kívül."),
    ("tr", "E-postanızı doğrulayın", "Doğrula", "Bu isteği siz yapmadıysanız yok sayın."),
    ("ru", "Подтвердите адрес", "Подтвердить", "Если это были не вы, просто удалите письмо."),
    ("uk", "Підтвердьте адресу", "Підтвердити", "Якщо це були не ви, проігноруйте лист."),
    ("el", "Επιβεβαιώστε το email σας", "Επιβεβαίωση", "Αν δεν το ζητήσατε εσείς, αγνοήστε το."),
    ("he", "אימות כתובת", "אימות", "אם לא ביקשת זאת, התעלם מהודעה זו."),
    ("ar", "تأكيد بريدك الإلكتروني", "تأكيد البريد", "إذا لم تطلب ذلك فتجاهل هذه الرسالة."),
    ("fa", "تأیید ایمیل", "تأیید", "اگر شما نبودید، این پیام را نادیده بگیرید."),
    ("hi", "अपना ईमेल सत्यापित करें", "सत्यापित करें", "यदि यह आप नहीं थे, तो इसे अनदेखा करें।"),
    ("th", "ยืนยันอีเมลของคุณ", "ยืนยันอีเมล", "หากไม่ใช่คุณ โปรดละเว้นอีเมลนี้"),
    ("vi", "Xác nhận email của bạn", "Xác nhận", "Nếu không phải bạn, hãy bỏ qua."),
    ("id", "Konfirmasi email Anda", "Konfirmasi", "Jika bukan Anda, abaikan email ini."),
    ("zh", "请验证您的邮箱", "验证邮箱", "如果不是您本人操作，请忽略本邮件。"),
    ("zh-tw", "請驗證您的電子郵件", "驗證", "若非您本人操作，請忽略此郵件。"),
    ("ja", "メールアドレスの確認", "メールアドレスを確認する", "お心当たりがない場合は破棄してください。"),
    ("ko", "이메일 인증", "이메일 인증하기", "본인이 아니라면 이 메일을 무시하세요."),
]  # fmt: skip
# Where real applications put their tokens.
_URLS = {
    "path-hex": f"{SITE}/u/activate-account/{HEX}",
    "path-uuid": f"{SITE}/verify-email/{UUID}",
    "path-jwt": f"{SITE}/auth/confirm/{JWT}",
    "path-short": f"{SITE}/invite/8h2Kd91x",
    "path-signed-pieces": f"{SITE}/user/reset/1/1700000000/{TOKEN}/login",
    "path-no-route": f"{SITE}/{TOKEN}",
    "query-token": f"{SITE}/reset?token={TOKEN}&lang=de",
    "query-code": f"{SITE}/ucp.php?mode=activate&u=2&k=ABC123XYZ9",
    "query-number": f"{SITE}/verify?uid=71&code=482913",
    "query-wp": f"{SITE}/wp-login.php?action=rp&key=kJ3nXvT8QmZ2pLr5WsYa&login=nobody",
    "query-two-uuids": f"{SITE}/signup?inviterId={UUID}&inviteeId={UUID[::-1]}",
    "query-signed": f"{SITE}/email/verify/52/{HEX}?expires=1792589528&signature={HEX}{HEX[:24]}",
    "query-oob": f"{SITE}/__/auth/action?mode=verifyEmail&oobCode={TOKEN}&apiKey=AIza-example-key",
    "query-keycloak": f"{SITE}/realms/main/login-actions/action-token?key={JWT}&client_id=account&tab_id=x1Y2z3",
    "fragment-token": f"{SITE}/accept#{TOKEN}",
    "fragment-route": f"{SITE}/#/auth/verify-token?token={JWT}",
    "fragment-bang": f"{SITE}/#!/password/reset/{HEX}",
    "fragment-keys": f"{SITE}/callback#access_token={JWT}&type=recovery",
    "port": f"https://app.example:8443/confirm/{TOKEN}",
    "http": f"http://app.example/confirm/{TOKEN}",
}  # fmt: skip


def cases() -> list[Case]:
    """All of them."""
    found = []
    for lang, subject, words, aside in _WORDS:
        url = f"{SITE}/r/{TOKEN}?l={lang}"
        blocks = (
            a(SITE, "<img src='logo.png' alt='App'>"),
            p(subject),
            button(url, words),
            p(aside),
            a(f"{SITE}/help", "?"),
        )
        html = page(*blocks, preheader=True, footer=True)
        found.append(Case(name=f"button-{lang}", raw=mail(subject=subject, html=html), link=url))
        text = f"{subject}\n\n{words}: {url}\n\n{aside}\n\n-- \nApp, {SITE}\n"
        found.append(Case(name=f"text-{lang}", raw=mail(subject=subject, text=text), link=url))
    for name, url in _URLS.items():
        host = "app.example:8443" if name == "port" else "app.example"
        html = page(p("Hi,"), p(f"please follow {a(url.replace('&', '&amp;'), 'this link')}."), footer=True)
        found.append(Case(name=f"url-{name}", raw=mail(html=html), link=url, hosts=host))
        found.append(Case(name=f"url-text-{name}", raw=mail(text=f"Hi,\n\n{url}\n\nBye\n"), link=url, hosts=host))
    return found + _layouts() + _beside()


def _layouts() -> list[Case]:
    url = f"{SITE}/confirm/{TOKEN}"
    vml = f'<!--[if mso]><v:roundrect href="{SITE}/other/{HEX}">x</v:roundrect><![endif]-->'
    lead = p("Please confirm your address.")
    layouts = {
        "cell-button": page(lead, f"<table><tr><td bgcolor='#ff6600'>{a(url, 'Confirm')}</td></tr></table>"),
        "vml": page(lead, vml, button(url, "Confirm")),
        "image-button": page(lead, a(url, "<img src='b.png' alt='Confirm'>")),
        "split-anchors": page(lead, a(url, "Con") + a(url, "firm")),
        "twice": page(lead, button(url, "Confirm"), p(f"Or copy: {a(url, url)}")),
        "bare-in-html": page(lead, p(f"Copy this address: {url}")),
        "white-space-in-href": page(lead, a(f"\n  {url}  ", "Confirm")),
        "line-break-in-href": page(lead, a(url[:30] + "\r\n" + url[30:], "Confirm")),
        "single-quotes": page(lead, f"<a class='x' href='{url}'>Confirm</a>"),
        "base": f"<base href='{SITE}/'>" + page(lead, a(f"confirm/{TOKEN}", "Confirm")),
        "area": page(lead, f"<map><area href='{url}' alt='Confirm'></map>"),
        "block-in-anchor": page(lead, a(url, "<table><tr><td>Confirm</td></tr></table>")),
        "upper-case-host": page(lead, a(url, "Confirm"), p(f"HTTPS://APP.EXAMPLE:443/confirm/{TOKEN}/")),
        "nested-table": page(
            "<table><tr><td><table><tr><td>" + a(url, "Confirm") + "</td></tr></table></td></tr></table>"
        ),
        "processing-instruction": page("<?head ?><?xml:namespace prefix='o' />", a(url, "Confirm")),
        "amp-comment": page("<!-- https://app.example/confirm/0000000000000000000000000000 -->", a(url, "Confirm")),
    }
    found = [Case(name=f"layout-{name}", raw=mail(html=html), link=url) for name, html in layouts.items()]
    texts = {
        "angle": f"Confirm: <{url}>\n",
        "angle-wrapped": f"Confirm:\n<{url[:40]}\n{url[40:]}>\n",
        "sentence": f"Please open {url}.\n",
        "parentheses": f"Confirm your address ({url}).\n",
        "markdown": f"Please [confirm]({url}) your address.\n",
        "cjk-run-on": f"请点击{url}。谢谢\n",
        "wrapped-after-slash": f"Please confirm your address by opening this page, today: https://app.example/confirm/\n{TOKEN}\n",
        "quoted-reply-below": f"{url}\n\nOn Monday, App <a@app.example> wrote:\n> {SITE}/confirm/{HEX}\n",
    }
    found += [Case(name=f"text-{name}", raw=mail(text=text), link=url) for name, text in texts.items()]
    flowed = mail(text="x").replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed; delsp=yes')
    head = flowed.partition(b"\r\n\r\n")[0].replace(b"base64", b"7bit")
    found.append(Case(name="text-delsp", raw=head + f"\r\n\r\n{url[:40]} \r\n{url[40:]}\r\n".encode(), link=url))
    return found


def _beside() -> list[Case]:
    """The wanted link, and others of the same host with tokens of their own."""
    url = f"{SITE}/confirm/{TOKEN}"
    main = button(url, "Bestätigen")
    others = {
        "unsubscribe": f"{SITE}/email/unsubscribe/{JWT}",
        "preferences": f"{SITE}/email-preferences?id={UUID}",
        "revoke": f"{SITE}/account/revoke?token={HEX}",
        "not-me": f"{SITE}/not-me/{HEX}",
        "report": f"{SITE}/report_signin?uid={HEX}",
        "decline": f"{SITE}/invitations/{TOKEN}/decline",
        "view": f"https://view.example/web/{HEX}?m=62524861",
    }
    found = [
        Case(name=f"beside-{name}", raw=mail(html=page(p("Hallo!"), main, p(f"Oder {a(other, 'hier')}."))), link=url)
        for name, other in others.items()
    ]
    same_token = page(main, p(f"Nein? {a(f'{SITE}/invalidate/{TOKEN}', 'Nein')}"))
    list_header = ("List-Unsubscribe", f"<{SITE}/l/{OTHER_HEX}>, <mailto:u@app.example>")
    listed = mail(html=page(main, p(a(f"{SITE}/l/{OTHER_HEX}", "Abmelden"))), headers=[list_header])
    aside = page(main, p(f"Das waren nicht Sie? {a(f'{SITE}/s/{HEX}', 'Konto sichern')}"))
    alternatives = mail(text=f"Bestätigen: {url}\n", html=page(main))
    stub = mail(text="Bitte in einem HTML-fähigen Programm öffnen.", html=page(main))
    tracked = page(button(f"https://click.mail.example/c/{HEX}{HEX}", "Bestätigen"))
    return [
        *found,
        Case(name="beside-same-token", raw=mail(html=same_token), link=url),
        Case(name="beside-list-unsubscribe", raw=listed, link=url),
        Case(name="beside-inline-aside", raw=mail(html=aside), link=url),
        Case(name="both-bodies", raw=alternatives, link=url),
        Case(name="stub-text", raw=stub, link=url),
        Case(name="tracked-html-plain-text", raw=mail(text=f"Bestätigen: {url}\n", html=tracked), link=url),
        Case(
            name="link-and-code",
            raw=mail(subject="Anmelden", html=page(main, p("Oder gib diesen Code ein:"), p("<b>4F7K-92QX</b>"))),
            link=url,
            code="4F7K-92QX",
        ),
    ]
