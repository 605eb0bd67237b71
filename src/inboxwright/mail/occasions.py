"""Words of mails that carry numbers of their own: what was bought, booked or sent, and what is offered at a discount.

Nouns only, for whole mails; what stands beside one number is `lexicon`'s affair.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re

from inboxwright.mail.body.characters import lowered

_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])*")
_FURTHEST = 300


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What was ordered, paid, booked or sent. Not here: words that mean a request, an invitation or an account as well.
ORDERS = _words("""
    order orders commande pedido ordine orden encomenda pesanan orderi sipariş siparişi siparişiniz
    siparişin ordre ordren beställning заказ заказа заказу заказом замовлення поръчка поръчката παραγγελία
    παραγγελίας سفارش ऑर्डर comanda comenzii tilaus tilauksesi tellimus
    tellimuse invoice invoices facture factura fattura fatura faktura faktury lasku laskun számla рахунок فاتورة
    الفاتورة חשבונית receipt receipts recibo ricevuta чек ticket tickets
    shipment shipments parcel parcels booking bookings reservation
    réservation reserva prenotazione бронь бронирования حجز الحجز
    """)
ORDER_STEMS = (
    "bestell", "auftrag", "ordernummer", "ordrenummer", "zamówieni", "zamowieni", "objednáv", "objednav", "rendelés",
    "tilausnumero", "rechnung", "faktur", "beleg", "quittung", "sendung", "paketnummer", "przesyłk", "отправлен",
    "buchung", "заказ", "замовлен", "бронирован", "накладн",
)  # fmt: skip
ORDERS_UNSPACED = (
    "[订訂][单單][号號编編]?|注文(?:番号)?|주문\\s?(?:번호)?|คำสั่งซื้อ|[发發]票|[预預][订訂约約]|予約|예약"
    "|[运運][单單][号號]?|đơn hàng"
)
_ORDERS_UNSPACED = re.compile(ORDERS_UNSPACED)
# What is offered: its "code" is for the checkout.
_OFFERS = _words("""
    promo promocode coupon coupons voucher vouchers discount rabatt rabattcode rabatkode rabattkod gutschein
    gutscheincode aktionscode cupón cupom descuento desconto sconto réduction remise kupon kupón kuponu kuponi rabat
    zľava sleva slevový poukaz zniżka korting kortingscode cadeaubon gavekort presentkort alennus alennuskoodi
    lahjakortti kedvezmény reducere popust έκπτωση κουπόνι indirim indirimi diskon промокод купон скидка скидку
    скидки знижка отстъпка ваучер попуст gift geschenkkarte cadeau خصم قسيمة تخفیف קופון הנחה שובר छूट कूपन
    """)
_OFFERS_UNSPACED = re.compile(
    "[优優]惠|折扣|代金券|礼品卡|禮品卡|クーポン|割引|ギフト|쿠폰|할인|기프트|상품권"
    "|ส่วนลด|คูปอง|giảm giá|khuyến mãi|ưu đãi|подарочн"
)
_PERCENTAGE = re.compile(r"(?<![\d.,])\d{1,2}\s?[%٪％](?!\w)|(?<!\w)[%٪％]\d{1,2}(?![\d.,])")


def offers(text: str) -> bool:
    """Whether a line speaks of a discount: what it calls a code is none that a form of ours asks for."""
    text = lowered(text[:_FURTHEST])
    return any(word in _OFFERS for word in _WORD.findall(text)) or bool(
        not text.isascii() and _OFFERS_UNSPACED.search(text)
    )


def percentage(text: str) -> bool:
    """Whether a line names a percentage."""
    text = text[:1000]
    return ("%" in text or "\uff05" in text or "\u066a" in text) and _PERCENTAGE.search(text) is not None


def ordered(text: str) -> bool:
    """Whether a line names something that was ordered, paid, booked or sent."""
    text = lowered(text[:_FURTHEST])
    return any(word in ORDERS or word.startswith(ORDER_STEMS) for word in _WORD.findall(text)) or bool(
        not text.isascii() and _ORDERS_UNSPACED.search(text)
    )
