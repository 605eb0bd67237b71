"""What stands beside a code, and beside the other numbers of a mail, in the languages that mail is written in.

Nouns for "code" and for things that carry a number; no sentences of any sender. Structure comes first: these words only
confirm or veto it. A language that is missing here costs a refusal, not a wrong answer.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re
import unicodedata
from functools import lru_cache

from inboxwright.mail import occasions, passwords

Span = tuple[int, int]
Spans = tuple[Span, ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words for a code that is typed. Endings serve the languages that write compounds as one word.
_CODE = _words("""
    otp pin tan tac 2fa mfa token passcode passphrase code codes kod kodu kodą kodas koda kodem koden kodi
    kode kodar kods kodea kodenya kodnya codi cód коды កូដ ኮድ කේතය código codigo codice codici codul cod coduri mã
    clave claves msimbo cifra kód kódja kódod kódot kóði kood koodi koodisi κωδικός κωδικό κωδικού
    κωδικος կոդ կոդը კოდი კოდია код кода коду кодом кодът кодот пин קוד הקוד رمز الرمز رمزك كود الكود کد کوڈ
    ڪوڊ kodo kodon kodin कोड ओटीपी পিন কোড ਕੋਡ குறியீடு కోడ్ കോഡ് ಕೋಡ್
    """)
_CODE_ENDINGS = ("code", "codes", "kode", "koden", "kod", "kód", "koodi", "kood", "kóða", "kóði", "kotu", "код")
_CODE_STEMS = (
    "kodun", "koodi", "κωδικ", "kód", "kodov", "कोड", "bestätigungsnummer", "verifizierungsnummer", "prüfnummer",
)  # fmt: skip
_CODE_PHRASES = ("verification number", "кодов")
_CODE_UNSPACED = re.compile(
    "[验驗][证證]?[码碼]|校[验驗][码碼]|[动動][态態][密码碼]+|[确確认認授权權安全登录錄激活注册冊识識别別代密提取邀请]{1,4}[码碼]"
    "|コード|(?:認証|確認|暗証)番号|(?:인증|확인|보안|승인)\\s?번호|코드|รหัส(?!ผ่าน)|โค้ด|ລະຫັດ|លេខកូដ|ကုဒ်"
)
# Words for things that carry a number of their own.
_OTHER = occasions.ORDERS | _words("""
    transaction transactions транзакция
    הזמנה הזמנתך طلب طلبك الطلب đơn счет счёт счета счёта reçu case cases incident dossier expediente pratica
    обращение обращения заявка заявки تذكرة التذكرة פנייה reference ref ref. réf référence referencia referência
    riferimento مرجع المرجع tracking suivi seguimiento rastreio rastreamento spedizione трек package pnr iban bic
    phone mobile tel telephone teléfono téléphone telefon telefono fax telefax hotline тел телефон هاتف zip plz cep
    postfach suite pmb индекс vat tva nip regon инн огрн кпп hrb hra siret siren rcs license licence version build
    serial model sku ean isbn error fehler uid cpf cnpj
    """)
_OTHER_STEMS = (
    *occasions.ORDER_STEMS, "vorgang", "aktenzeichen", "ticketnummer", "fallnummer", "referenz", "referens", "отслежив",
    "kunden", "klantnummer", "mitglied", "kontonummer", "postleitzahl", "postnummer", "lizenz",
    "seriennummer", "artikel",
)  # fmt: skip
# Where a code may have been sent to: "the code sent to your phone: …".
_DEVICES = _words("""
    phone mobile tel telephone teléfono téléphone telefon telefono телефон هاتف
    """)
_NUMBER = _words("""
    number numbers nr num nummer numéro número números numer numero číslo szám száma номер номера αριθμός id
    ids رقم الرقم رقمك מספר numărul număr numur broj številka numra sayısı numarası numaranız numaran nomor
    """)
_OTHER_UNSPACED = re.compile(
    occasions.ORDERS_UNSPACED + "|請求|청구|工[单單]|案件|問い?合わ?せ|受付|접수"
    "|[运運][单單][号號]?|快[递遞]|追[跡踪蹤]|配送|송장|[预預][订訂约約]|予約|예약|[电電][话話]|전화|[邮郵][编編便]|우편|"
    "[客会會][户戶员員][编編号號]|参考|參考|참조|[编編][号號]|番号|번호|หมายเลข|เลขที่"
    "|[优優]惠[码碼券]?|折扣[码碼]?|クーポン(?:コード)?"
    "|쿠폰\\s?(?:코드)?|할인\\s?(?:코드)?|邀[请請][码碼]|郵便番号|[兑兌][换換][码碼]|お客様番号|会員番号|รหัส(?:อ้างอิง|ไปรษณีย์|พนักงาน|ลูกค้า|สินค้า|ส่วนลด|คำสั่งซื้อ)|อ้างอิง"
    "|(?:错误|錯誤|商品|股票|产品|產品|国家|國家|机构|機構|信用|邮政|郵政|二维|條|条形|订单|訂單)[代编編]?[码碼]"
    "|(?:エラー|バー|QR|商品|会員|招待|プロモーション|割引|店舗|国)コード|(?:오류|상품|추천|바|QR)\\s?코드"
)
# Beside these words "code" names something else.
_COMPOUND = _words("""
    promo promotion promotional promocode coupon coupons gutschein voucher vouchers discount rabatt gift
    referral zip postal post area country error status tracking order orders booking reservation product
    item sort swift bank qr bar source dress card claim redemption license licence friend descuento desconto
    sconto réduction promoción promocional промо скидки скидку почтовый خصم الخصم indirim
    wifi fi wlan locker door gate pickup
    """)
# Behind the word for a code, without a preposition: "code postal", "codice fiscale", "код товара".
_QUALIFIER = _words("""
    postal postale postais poștal promocional promotionnel promozionale promo fiscale client cliente produit
    producto produto prodotto article artículo artigo articolo barre barras ошибки товара города страны
    البريدي الترويجي الخصم القسيمة pos
    """)
_COMPOUND_STEMS = (
    "gutschein", "rabatt", "promo", "aktions", "versand", "länder", "vorwahl", "bestell", "buchung", "postal", "coupon",
    "промо", "barcode", "zipcode", "postcode", "postkod", "fehler", "qr", "abhol", "pickup", "wlan",
)  # fmt: skip
_LINKING = _words("de di of del da do la le the для от")
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])*")
_FURTHEST = 300


def spans(text: str) -> tuple[Spans, Spans]:
    """Where words for a code or a password stand, and where those for other numbered things do."""
    codes, secrets, others = _spans(text)
    return codes + secrets, others


def speaks_of_code(text: str) -> bool:
    """Whether the words speak of a code, or of a password that serves once."""
    codes, secrets, _ = _spans(text)
    return bool(codes) or (bool(secrets) and passwords.single_use(text))


def only_password(text: str) -> bool:
    """Whether the words call it a password and nothing else."""
    codes, secrets, _ = _spans(text)
    return bool(secrets) and not codes


def names_code(word: str) -> bool:
    """Whether it is a word for a code with a number: "PIN1"."""
    return word.rstrip("0123456789").lower() in _CODE


@lru_cache(maxsize=1024)
def _spans(text: str) -> tuple[Spans, Spans, Spans]:
    text = text[:_FURTHEST].lower()
    codes: list[Span] = []
    others: list[Span] = []
    secrets = passwords.spans(text)
    found = list(_WORD.finditer(text))
    names = [match[0] for match in found]
    for index, match in enumerate(found):
        word = match[0]
        if word[-1].isdigit():
            word = word.rstrip("0123456789") or word
        if word in _CODE or word.endswith(_CODE_ENDINGS) or word.startswith(_CODE_STEMS) or _unaccented(word):
            (others if _compound(names, index) else codes).append(match.span())
        elif word in _OTHER or word in _NUMBER or word.startswith(_OTHER_STEMS):
            others.append(match.span())
    for phrase in _CODE_PHRASES:
        at = text.find(phrase)
        if at >= 0:
            codes.append((at, at + len(phrase)))
    if not text.isascii():
        vetoed = [match.span() for match in _OTHER_UNSPACED.finditer(text)]
        meant = [match.span() for match in _CODE_UNSPACED.finditer(text)]
        codes += (span for span in meant if not _within(span, vetoed))
        others += vetoed
    # "verification number" is a code, although "number" alone is not; "κωδικός πρόσβασης" is a password.
    codes = [span for span in codes if not _within(span, secrets)]
    return tuple(codes), tuple(secrets), tuple(span for span in others if not _within(span, codes))


def _within(span: Span, wider: list[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in wider)


def _unaccented(word: str) -> bool:
    """Whether it is a word for a code but for its accents: "còdi" is "codi"."""
    if word.isascii() or word[0] not in "ck":
        return False
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char)) in _CODE


def device(word: str) -> bool:
    """Whether a word is a telephone: a code may be for it, or a number its own."""
    return word.lower() in _DEVICES


def _compound(names: list[str], index: int) -> bool:
    """Whether this word for a code is part of "promo code", "código de descuento", "Gutscheincode"."""
    if names[index].startswith(_COMPOUND_STEMS):
        return True
    before = [name for name in names[max(0, index - 2) : index] if name not in _LINKING]
    after = [name for name in names[index + 1 : index + 3] if name not in _LINKING]
    if before and (before[-1] in _COMPOUND or before[-1] in _OTHER):
        return True
    # "código de pedido", "mã đơn hàng": the thing follows in Romance, Slavic and South-East Asian languages.
    linked = index + 1 < len(names) and names[index + 1] in _LINKING
    return bool(after) and (
        after[0] in _QUALIFIER
        or (linked and after[0] in _COMPOUND)
        or after[0] in _OTHER
        or after[0].startswith(_OTHER_STEMS)
    )
