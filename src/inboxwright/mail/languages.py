"""Whether a mail is written in a language whose words for codes are known: there, silence about a code means that
there is none. Told by script, or by a few of the commonest small words; no language is named."""

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _words("""
    the your you this with and please has have been from that are will und sie ihr ihre wir nicht oder ist auf von
    dass vous votre nous pour cette avec dans une des usted para este esta tus puede que los del con você seu sua
    não uma dos com tuo tua questo questa puoi della che sono het een uw deze niet voor van się jest twój proszę
    oraz jste pro nebo vás prosím ste alebo och att du din för inte og til ikke deg ja sinun tämä tai jos az ez egy
    hogy nem ha și pentru este dacă sau bir ve için bu lütfen anda dan untuk ini yang bạn của này và không je za vaš
    ako niste vaše če jūsų arba kad jūsu lai teie või see aquest seva eta zure
    """)
_ENOUGH = 2
_SCRIPTS = re.compile(
    "[\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SCRIPT_ENOUGH = 10
_WORD = re.compile(r"[^\W\d_]+")
_FURTHEST = 4000


def known(lines: Iterable[str]) -> bool:
    """Whether it is one of those languages, as far as the first few lines show."""
    text = " ".join(lines)[:_FURTHEST].lower()
    if len(_SCRIPTS.findall(text)) >= _SCRIPT_ENOUGH:
        return True
    return len(_SMALL.intersection(_WORD.findall(text))) >= _ENOUGH
