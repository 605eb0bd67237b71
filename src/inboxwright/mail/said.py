"""What the words right beside a number say of it: that it is the end of another one, an example, or over.

Banks and shops name a card by its last digits; a warning shows a code that is none. These words only veto.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re

_REACH = 24
# "•••• 4821", "****4821", "xx-1245"
_MASKED = re.compile(r"(?:[•·●∙]{2,}|(?<!\w)(?:\*{2,}|[xX]{2,}))[\s\-]?$|(?:…|\.{3})$")
_ENDING = re.compile(
    r"(?:\bend(?:s|ing|end|et|ung|ziffern?)(?: in| with| mit| auf)?|last (?:four|4)(?: digits)?"
    r"|termin(?:ée?|ado|ada|ando|a|ant)(?: par| en| em| con| com| in)?|finale|slutter|slutar|eindigend|päättyvä"
    r"|końcówk\w+|kończąc\w+|końc\w+|konč\w+|végződő|оканчива\w+|заканчива\w+|закінчу\w+|sonu"
    r"|son (?:dört|4)(?: hane\w*)?|berakhir(?:an)?|kết thúc|下4桁|末尾|末4桁|尾号|尾號|[后後末][四4][码碼位]|끝자리"
    r"|뒷자리|ลงท้าย|المنتهي\w*|المنتهية|ينتهي|מסתיי\w+)[\s:\-]{0,3}(?:in|with|mit|auf|na|på|på|ب|ב|no\.?)?\s?$",
    re.IGNORECASE,
)  # fmt: skip
_EXAMPLE = re.compile(
    r"(?:\bsuch as|for (?:example|instance)|\be\.?\s?g\.?|zum beispiel|\bz\.\s?b\.|par exemple|tel que|por ejemplo"
    r"|por exemplo|ad esempio|bijvoorbeeld|\bbijv\.|till exempel|t\.ex\.|for eksempel|esimerkiksi|na przykład|\bnp\."
    r"|například|\bnapř\.|például|например|наприклад|örneğin|misalnya|ví dụ|例えば|例如|比如|예를 들어|예:|例[：:]"
    r"|เช่น|مثل|مثال\w*|למשל|مثلا)[,:\s]{0,3}$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"[\"'”»)\]]?\s?(?:"
    r"(?:has|have|had)? ?(?:already |just )?(?:been |was )?"
    r"(?:expired|used|revoked|cancell?ed|replaced|withdrawn|deactivated)\b"
    r"|(?:is|are) (?:no longer|not valid|invalid|now invalid)|(?:was|has been) used|no longer (?:works|valid)"
    r"|n'est plus|ist (?:abgelaufen|nicht mehr|ungültig)|wurde (?:bereits )?(?:verwendet|benutzt|eingelöst|ersetzt)"
    r"|(?:ya )?ha (?:caducado|expirado|sido (?:usado|utilizado))|ya no|a (?:expiré|été utilisé)"
    r"|è (?:scaduto|stato (?:già )?(?:usato|utilizzato))|non è più|não é mais|já não|expirou|is verlopen|is niet meer"
    r"|wygasł|vypršel|lejárt|истёк|истек\b|больше не|已过期|已過期|已失效|已使用|は失効|は無効|は期限切れ|は使用済"
    r"|만료되었|사용되었)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s?(?:まで|까지|之前|前有效|失效|에 만료)")
_DENIED = re.compile(r"(?:\bnot|n't|n\u2019t|\bnicht|\bniet|\bikke|\binte|\bnie|\bне|\bdeğil)\s$", re.IGNORECASE)
_FORMER = re.compile(
    r"(?:\b(?:old|previous|former|expired|alte[rn]?|bisherige[rn]?|ancien(?:ne)?|anterior|antigu[oa]|vecchi[oa]"
    r"|precedente|oude|vorige|gamle|gamla|förra|tidigare|stary|poprzedni|starý|předchozí|régi|korábbi"
    r"|старый|прежний|предыдущий|старий|попередній|eski|önceki|lama|cũ)\b"
    r"|旧|舊|以前の|(?<!名)前の|이전에|القديم|السابق|הישן|הקודם)[^.!?,;:：。]{0,25}[:：]?\s?$",
    re.IGNORECASE,
)
_CITED_WORDS = 3
_CLOSED = re.compile('[\u201d\u201c\u00bb"]')


def against(before: str, after: str) -> str | None:
    """Why a number between these words on one line is none to type, or None."""
    head, tail = before[-_REACH:], after[:_REACH]
    bold = tail.startswith("*")  # Markdown's
    if (_MASKED.search(head) and not bold) or _ENDING.search(head):
        return "it is the end of another number"
    if _EXAMPLE.search(head):
        return "it is an example"
    if _UNTIL.match(tail):
        return "it ends a time"
    if _DENIED.search(head):
        return "it is said not to be it"
    if _OVER.match(tail) or _FORMER.search(before[-40:]):
        return "it is said to be over"
    if _CLOSED.search(after[:60]) and len(_quoted_so_far(before[-160:]).split()) >= _CITED_WORDS:
        return "it stands in a quotation"
    return None


def _quoted_so_far(before: str) -> str:
    """What stands between an opening quotation mark and the number, or nothing."""
    if before.count('"') % 2:
        return before.rpartition('"')[2]
    last = max(before.rfind(mark) for mark in "\u201c\u201d\u201e\u00ab\u00bb")
    if last < 0 or before[last] in "\u201d\u00bb":
        return ""
    # The German closing mark is the English opening one.
    closes = (
        before[last] == "\u201c" and "\u201e" in before[:last] and "\u201c" not in before[before.rfind("\u201e") : last]
    )
    return "" if closes else before[last + 1 :]
