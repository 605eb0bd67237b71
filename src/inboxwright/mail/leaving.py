"""Words of a link that leads away from what a mail asks: to leave the list, to read it elsewhere, to disown it.

A link is never chosen by its words, only left out: a language that is missing here leaves the choice to structure.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re

_UNSUBSCRIBE = (
    r"unsubscrib|\bopt[- ]?out\b|abmelden|abbestellen|austragen|désabonn|désinscri|darse de baja|\bbaja\b"
    r"|(?:cancelar|anular) (?:la |a )?(?:suscripci|inscri|subscri|assinatura)|descadastr|disiscriv"
    r"|annulla (?:l')?iscriz|uitschrijven|\bafmeld|avregistrera|avsluta prenumeration|\bavmeld|peru(?:uta)? tilaus"
    r"|wypisz|rezygn|odhlási|\bodjav|leiratkoz|dezabon|отписа|отпиши|відписа|abonelikten|abunəlik|hủy đăng ký"
    r"|berhenti berlangganan|ยกเลิกการ(?:สมัคร|รับ)|退[订訂]|取消[订訂][阅閱]|配信停止|登録解除|購読解除|수신 ?거부"
    r"|구독 ?취소|إلغاء الاشتراك|ביטול (?:ה?מינוי|רישום)|הסר(?:ה)? מרשימ|لغو (?:اشتراک|عضویت)|सदस्यता (?:समाप्त|छोड़)"
    r"|अनसब्सक्राइब|κατάργηση εγγραφής|prenumeratos|atrakstī|loobu"
)
_ELSEWHERE = (
    r"(?:view|read|open|see|show|trouble)\w*\b[^.]{0,30}\b(?:in|on|with) (?:your |a |the )?(?:web ?)?browser"
    r"|web version|view (?:it |this )?online|online[- ]?(?:ansicht|version)|im (?:web)?browser|webansicht"
    r"|version en ligne|(?:dans|sur) (?:votre|le|un) navigateur|en (?:el|tu|su) navegador|\bno (?:seu )?navegador"
    r"|\bnel browser|versione (?:web|online)|in (?:je|uw|de) browser|webversie|i (?:din )?(?:web)?"
    r"(?:läsare|bläsare|browser|nettleser)|selaimessa|w przeglądarce|v prohlížeči|v prehliadači|v brskalniku"
    r"|u pregledniku|böngészőben|în browser|в браузер|у браузері|tarayıcı(?:nız)?da|trong trình duyệt"
    r"|di browser|ในเบราว์เซอร์|ブラウザ|ウェブ版|브라우저에서|웹에서 보기"
    r"|[浏瀏][览覽]器|في المتصفح|בדפדפן|در مرورگر|στον browser|πρόγραμμα περιήγησης"
)
_NOT_ME = (
    r"(?:was|is|wasn|isn)(?: not|n?['’]t) (?:me|you)\b|\bnot me\b|did(?: not|n['’]t) (?:request|do|ask)|\bdeny\b"
    r"|(?:do|did)(?: not|n['’]t) recogni[sz]e|suspicious|verdächtig|sospechos|suspect|sospett|подозрит|不審|可疑|의심"
    r"|war (?:ich|das) (?:das )?nicht|nicht ich\b|n['’](?:était|est|étais) pas moi|no (?:he sido|fui|soy) yo"
    r"|no he estat jo|não fui eu|non (?:sono stat|ero io|sono io)|was ik niet|var (?:inte|ikke) (?:jag|mig|meg)"
    r"|en ollut minä|to nie ja\b|nebyla? jsem|jsem nebyl|som nebol|nebola? som|nisam bi|nisem bi|nem én voltam"
    r"|nu am fost eu|бы?л[ао]? не я|був не я|не бях аз|ben değil|không phải (?:là )?tôi|bukan saya|ไม่ใช่ฉัน"
    r"|私ではありません|心当たり|본인이 아닙|不是我|לא אני|لم أكن أنا|لست أنا|من نبودم|δεν ήμουν εγώ|मैं नहीं था"
)
_AWAY = re.compile(f"(?:{_UNSUBSCRIBE}|{_ELSEWHERE}|{_NOT_ME})", re.IGNORECASE)
_LEAVES = re.compile(_UNSUBSCRIBE, re.IGNORECASE)
_LONGEST = 40


def leads_away(words: str) -> bool:
    """Whether the words of a link, no more than a phrase, say so."""
    return len(words) <= _LONGEST and _AWAY.search(words) is not None


def unsubscribes(line: str) -> bool:
    """Whether a line tells how to leave a list: a code on it is for that."""
    return _LEAVES.search(line, 0, 300) is not None
