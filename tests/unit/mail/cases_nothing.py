"""Messages that ask for nothing: receipts, notices, newsletters."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import HEX, SITE, UUID, Case, a, button, mail, p, page


def _table(*rows: tuple[str, str]) -> str:
    return "<table>" + "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows) + "</table>"


_RECEIPTS = [
    ("de", "Ihre Bestellung 86723605", "Bestellnummer", "Gesamtbetrag", "49,90 €"),
    ("fr", "Votre commande 86723605", "Numéro de commande", "Total", "49,90 €"),
    ("es", "Tu pedido 86723605", "Número de pedido", "Total", "49,90 €"),
    ("it", "Il tuo ordine 86723605", "Numero ordine", "Totale", "€ 49,90"),
    ("pl", "Zamówienie 86723605", "Numer zamówienia", "Razem", "49,90 zł"),
    ("cs", "Objednávka 86723605", "Číslo objednávky", "Celkem", "490 Kč"),
    ("sv", "Din beställning 86723605", "Ordernummer", "Summa", "499 kr"),
    ("fi", "Tilauksesi 86723605", "Tilausnumero", "Yhteensä", "49,90 €"),
    ("tr", "Siparişiniz 86723605", "Sipariş numarası", "Toplam", "499 TL"),
    ("ru", "Ваш заказ 86723605", "Номер заказа", "Итого", "4 990 ₽"),
    ("ar", "طلبك 86723605", "رقم الطلب", "المجموع", "199 SAR"),
    ("he", "הזמנה 86723605", "מספר הזמנה", "סך הכל", "₪199"),
    ("zh", "订单 86723605 已发货", "订单号", "合计", "¥199.00"),
    ("ja", "ご注文 86723605", "注文番号", "合計", "1,990円"),
    ("ko", "주문 86723605", "주문번호", "합계", "19,900원"),
    ("th", "คำสั่งซื้อ 86723605", "หมายเลขคำสั่งซื้อ", "รวม", "฿199.00"),
    ("vi", "Đơn hàng 86723605", "Mã đơn hàng", "Tổng", "199.000 ₫"),
]
_NOTICES = [
    ("de", "Neue Anmeldung", "Neue Anmeldung von Chrome. Warst du das nicht?", "Konto sichern", "not-me"),
    ("fr", "Nouvelle connexion", "Nouvelle connexion. Ce n'était pas vous ?", "Sécuriser", "revoke-session"),
    ("es", "Correo cambiado", "Tu correo ha cambiado. ¿No has sido tú?", "Deshacer", "email/revert"),
    ("ru", "Вход с нового устройства", "Новый вход. Это были не вы?", "Это не я", "report-signin"),
    ("ja", "新しいログイン", "新しい端末からログインがありました。", "心当たりがない場合", "wasnt-me"),
    ("zh", "登录提醒", "您的账号在新设备登录。", "不是我", "account/lock"),
    ("ar", "تسجيل دخول جديد", "تم تسجيل الدخول من جهاز جديد.", "لم أكن أنا", "deny"),
    ("ko", "새 로그인", "새 기기에서 로그인했습니다.", "본인이 아님", "block-device"),
]


def cases() -> list[Case]:
    """All of them."""
    found = []
    for lang, subject, label, total, amount in _RECEIPTS:
        rows = _table((label, "86723605"), ("Daily C", amount), (total, amount))
        html = page(p(subject), rows, button(f"{SITE}/o/{UUID}", subject), footer=True)
        found.append(Case(name=f"receipt-{lang}", raw=mail(subject=subject, html=html)))
        ticket = page(p(f"{label}: 86723605"), p("Danke!"), a(f"{SITE}/orders/86723605", subject))
        found.append(Case(name=f"order-{lang}", raw=mail(subject=subject, html=ticket)))
    for lang, subject, words, label, route in _NOTICES:
        html = page(p(words), _table(("IP", "203.0.113.77"), ("Chrome", "141.0.7390.54"), ("2026-11-21", "08:15")),
                    button(f"{SITE}/{route}?token={HEX}", label))  # fmt: skip
        found.append(Case(name=f"notice-{lang}", raw=mail(subject=subject, html=html)))
        text = f"{words}\n\n203.0.113.77, 21.11.2026 08:15\n\n{label}: {SITE}/{route}?token={HEX}\n"
        found.append(Case(name=f"notice-text-{lang}", raw=mail(subject=subject, text=text)))
    return found + _others()


def _others() -> list[Case]:
    numbers = {
        "phone": "Call us: 030 1234567 or 0800-123-4567 or (415) 555-0123.",
        "postcode": "Muster GmbH<br>10115 Berlin<br>94103<br>2026",
        "amount": "Your balance is 4839.20 or $1,234.56 or 4 839,20 €.",
        "version": "Version 10.15.7 of build 20261 is out. Chrome/141.0.7390.54",
        "time": "It starts on 2026-11-21 at 08:15:22, ends 21/11/2026.",
        "ip": "From 203.0.113.77, MAC 00:1b:44:11:3a:b7.",
        "minutes": "This code of conduct expires in 1440 minutes.",
        "hash": "Build #483920 failed at commit 9f8b6c1d.",
        "promo": "Use promo code SAVE2026 today. Gutscheincode: HERBST25",
        "tracking": "Sendungsnummer: 00340434161094042557",
        "tracking-short": "Sendungsnummer:<br>JD48392017",
        "case": "Ticket 483920 has been updated.",
        "reference": "Reference: 483920",
        "member": "Mitgliedsnummer 4839201",
        "capitals": "WELCOME<br>IMPORTANT<br>READ THIS FIRST",
        "colour": "The new colour is #483920.",
    }
    found = [
        Case(name=f"number-{name}", raw=mail(subject="News", html=page(p(words)))) for name, words in numbers.items()
    ]
    slug = f"{SITE}/blog/how-we-reset-our-passwords-in-2026"
    cards = [p(a(f"{SITE}/p/post-{n}?token={HEX}{n}", f"Post {n}")) for n in range(6)]
    pages = {
        "newsletter": page(*cards, footer=True),
        "newsletter-one": page(p("News"), button(slug, "Read")),
        "shared-document": page(p("Ada shared a document"), button(f"{SITE}/documents/{UUID}/edit", "Open")),
        "comment": page(p("New comment"), button(f"{SITE}/posts/71#comment-483920", "View")),
        "home": page(p("Your password was changed."), button(SITE, "Open App")),
        "login": page(p("Two-factor authentication is off."), button(f"{SITE}/login", "Log in")),
        "forgot": page(p("Password changed."), a(f"{SITE}/accounts/password/reset/", "Reset it")),
        "apps": page(
            a("https://apps.example/app/id483920173", "Store"), a("https://play.example/store?id=a.b", "Play")
        ),
        "only-unsubscribe": page(
            p("Willkommen!"), button(SITE, "Los"), p(f"Zu viel? {a(f'{SITE}/e/{HEX}', 'Abmelden')}")
        ),
        "footer-token": page(p("Hallo"), f"<div class='footer'>{a(f'{SITE}/e/{HEX}', 'x')}</div>"),
        "calendar": page(*(a(f"{SITE}/rsvp?eid={HEX}&a={n}", n) for n in ("yes", "no", "maybe"))),
        "survey": page(*(a(f"{SITE}/survey/{HEX}/{n}", str(n)) for n in range(1, 6))),
        "webview": page(a(f"{SITE}/view-in-browser/{HEX}", "Browser"), p("Hello")),
        "empty": "",
    }
    found += [Case(name=f"page-{name}", raw=mail(html=html)) for name, html in pages.items()]
    return found
