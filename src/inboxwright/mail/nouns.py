"""Nouns for "code" and for the things that carry a number of their own, in the languages that mail is written in.

No sentences of any sender. A language that is missing here costs a refusal, not a wrong answer.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re

from inboxwright.mail import occasions


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words for a code that is typed. Endings serve the languages that write compounds as one word.
CODE = _words("""
    otp pin tan tac 2fa mfa token passcode passphrase code codes kod kodu kodą kodas koda kodem koden kodi
    kode kodar kods kodea kodenya kodnya codi cód коды កូដ ኮድ කේතය código codigo codice codici codul cod coduri mã
    clave claves msimbo cifra kód kódja kódod kódot kóði kood koodi koodisi κωδικός κωδικό κωδικού
    κωδικος կոդ կոդը კოდი კოდია код кода коду кодом кодът кодот пин קוד הקוד رمز الرمز رمزك كود الكود کد کوڈ
    ڪوڊ kodo kodon kodin ओटीपी পিন ஓடிபி ഒടിപി ikhodi kodiċi cód chód kòd
    בקוד לקוד וקוד שהקוד برمز بالرمز والرمز كودك کدی
    """)
# Compounds of the languages that write them as one word; a short word before it must say what it is for.
CODE_ENDINGS = ("code", "codes", "kode", "koden", "kod", "kód", "kood", "kodo", "kodon", "kotu", "код")
CODE_SHORT = _words("sms pin tan otp app log key 2fa mfa tac bank web")
NO_CODE = _words("""
    bytecode transcode transcodes shortcode pseudocode sourcecode quellcode areacode episode episodes explode explodes
    diskode anode cathode electrode
    """)
# Where endings are added to the noun itself.
CODE_STEMS = (
    "kodun", "kodın", "kodin", "kodum", "κωδικ", "kód", "kodov", "bestätigungsnummer", "verifizierungsnummer",
    "prüfnummer",
    "код", "рамз", "կոդ", "კოდ", "ኮድ", "कोड", "কোড", "ਕੋਡ", "કોડ", "କୋଡ", "குறியீ", "కోడ్", "ಕೋಡ್", "കോഡ", "කේත",
)  # fmt: skip
CODE_WITHIN = re.compile("koodi|kóð|kód|কোড|कोड|કોડ|ಕೋಡ|കോഡ")
NO_CODE_STEMS = ("кодекс", "кодиров", "кодиф", "кодак", "kodak", "kodiak")
# Of several words; in a script without accents Vietnamese "mã" is too short to stand alone.
CODE_PHRASES = (
    "verification number", "ya uthibitisho", "la ma ", "ma otp", "ma xac", "ma kich hoat", "ma bao mat",
)  # fmt: skip
CODE_UNSPACED = re.compile(
    "[验驗][证證]?[码碼]|校[验驗][码碼]|[动動][态態][密码碼]+|[确確认認授权權安全登录錄激活注册冊识識别別代密提取邀请]{1,4}[码碼]"
    "|コード|(?:認証|確認|暗証)番号|(?:인증|확인|보안|승인)\\s?번호|코드|รหัส(?!ผ่าน)|โค้ด|ລະຫັດ|លេខកូដ|ကုဒ်"
)
# Words for things that carry a number of their own.
OTHER = occasions.ORDERS | _words("""
    transaction transactions транзакция
    הזמנה הזמנתך طلب طلبك الطلب đơn счет счёт счета счёта reçu case cases incident dossier expediente pratica
    обращение обращения заявка заявки تذكرة التذكرة פנייה reference ref ref. réf référence referencia referência
    riferimento مرجع المرجع tracking suivi seguimiento rastreio rastreamento spedizione трек package pnr iban bic
    phone mobile tel telephone teléfono téléphone telefon telefono fax telefax hotline тел телефон هاتف zip plz cep
    postfach suite pmb индекс vat tva nip regon инн огрн кпп hrb hra siret siren rcs license licence version build
    serial model sku ean isbn error fehler uid cpf cnpj customer customers member membership passport meter vehicle
    username usernames benutzername gebruikersnaam utilisateur usuario usuário utente användarnamn brukernavn
    пользователя użytkownika call dial appelez llame chiama ligue звоните дзвоніть
    """)
OTHER_STEMS = (
    *occasions.ORDER_STEMS, "vorgang", "aktenzeichen", "ticketnummer", "fallnummer", "referenz", "referens", "отслежив",
    "kunden", "klantnummer", "mitglied", "kontonummer", "postleitzahl", "postnummer", "lizenz",
    "seriennummer", "artikel",
)  # fmt: skip
OTHER_ENDINGS = ("nummer", "nummern", "nummeret", "numret", "nummret", "numero", "szám", "száma")
# Where a code may have been sent to: "the code sent to your phone: …".
DEVICES = _words("""
    phone mobile tel telephone teléfono téléphone telefon telefono телефон هاتف
    """)
NUMBER = _words("""
    number numbers nr num nummer numéro número números numer numero číslo szám száma номер номера αριθμός id
    ids رقم الرقم رقمك מספר numărul număr numur broj številka numra sayısı numarası numaranız numaran nomor
    """)
OTHER_UNSPACED = re.compile(
    occasions.ORDERS_UNSPACED + "|請求|청구|工[单單]|案件|問い?合わ?せ|受付|접수"
    "|[运運][单單][号號]?|快[递遞]|追[跡踪蹤]|配送|송장|[预預][订訂约約]|予約|예약|[电電][话話]|전화|[邮郵][编編便]|우편|"
    "[客会會][户戶员員][编編号號]|参考|參考|참조|[编編][号號]|番号|번호|หมายเลข|เลขที่"
    "|[优優]惠[码碼券]?|折扣[码碼]?|クーポン(?:コード)?"
    "|쿠폰\\s?(?:코드)?|할인\\s?(?:코드)?|邀[请請][码碼]|郵便番号|[兑兌][换換][码碼]|お客様番号|会員番号|รหัส(?:อ้างอิง|ไปรษณีย์|พนักงาน|ลูกค้า|สินค้า|ส่วนลด|คำสั่งซื้อ)|อ้างอิง"
    "|(?:错误|錯誤|商品|股票|产品|產品|国家|國家|机构|機構|信用|邮政|郵政|二维|條|条形|订单|訂單)[代编編]?[码碼]"
    "|(?:エラー|バー|QR|商品|会員|招待|プロモーション|割引|店舗|国)コード|(?:오류|상품|추천|바|QR)\\s?코드"
)
# Beside these words "code" names something else.
COMPOUND = _words("""
    promo promotion promotional promocode coupon coupons gutschein voucher vouchers discount rabatt gift
    referral zip postal post area country error status tracking order orders booking reservation product
    item items sort swift bsb bank qr bar source dress card claim redemption license licence friend descuento desconto
    purchase delivery courier driver collection store shop branch company course tax vat hs customs department
    airport flight fare colour color style batch country lockbox keybox safe
    conduct conduite conducta conduta condotta ethics practice
    seguimiento rastreo rastreio rastreamento tracciamento retrait retiro recogida ritiro levantamento retirada entrega
    rezervasyon takip teslim teslimat kargo
    sconto réduction promoción promocional промо скидки скидку почтовый خصم الخصم indirim
    wifi fi wlan network locker door gate pickup pdf zip attachment
    """)
# What a password opens that is no account.
LOCKS = _words("""
    wifi fi wi wlan ssid network netzwerk réseau rede rete red ネットワーク pdf zip attachment anexo anhang
    door gate locker lockbox keybox safe 택배함 보관함 사물함
    """)
# Behind the word for a code, without a preposition: "code postal", "codice fiscale", "код товара".
QUALIFIER = _words("""
    word words editor review reviews red base names freeze snippet snippets letter letters board boards balance supply
    postal postale postais poștal promocional promotionnel promozionale promo fiscale client cliente produit
    producto produto prodotto article artículo artigo articolo barre barras ошибки товара города страны
    البريدي الترويجي الخصم القسيمة pos pdf
    odbioru śledzenia rezerwacji vyzvednutí sledování sledovania rezervace rezervácie urmărire ridicare rezervare
    praćenja sledenja rezervacije получения выдачи отслеживания отримання видачі відстеження бронювання резервация
    resi pengambilan pemesanan رهگیری تحویل رزرو سفارش التتبع الاستلام التسليم המעקב האיסוף κράτησης παραλαβής
    """)
COMPOUND_STEMS = (
    "gutschein", "rabatt", "promo", "aktions", "versand", "länder", "vorwahl", "bestell", "buchung", "postal", "coupon",
    "промо", "kupon", "boeking", "reserv", "rezerv", "foglal", "varaus", "bokning", "bestilling", "nyomköv", "követ",
    "spor", "spår", "zending", "sendung", "afhaal", "ophaal", "hämt", "afhent", "nouto", "seuranta", "alennus",
    "átvétel", "tür", "schließ", "barcode", "zipcode", "postcode", "postkod", "fehler", "qr", "abhol", "pickup", "wlan",
)  # fmt: skip
LINKING = _words("de di of del da do la le the для от")
