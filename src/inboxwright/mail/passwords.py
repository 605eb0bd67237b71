"""Passwords beside codes: a password for one use only is a code, the password of an account is not.

Both are called by the same noun in most languages. An account's password has letters, and no word says that it serves
once; digits alone are a code by whatever name. A language that is missing costs a refusal at most.
"""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import re

from inboxwright.mail.body.characters import lowered

_PASSWORDS = re.compile(
    r"passwor[dt]s?|pass-words?|kennwort|passord\w*|lösenord\w*|wachtwoord|adgangskode|lykilorð|salasana|contraseña"
    r"|contrasenya|contrasinal|pasahitza|wagwoord|cyfrinair|pasfhocal|nenosiri|modpas|palavra-passe|mot de passe"
    r"|slaptažod\w*|jelsz[óa]\w*|jelszav|fjalëkalim"
    r"|kata laluan|mật khẩu|құпиясөз|сырсөз|\b(?:senha|parol|parool|hasł[oae]|hesl[oaeu]|lozink[aeiu]|gesl[oau]"
    r"|šifr[aeiou]|şifr[eə]|sandi|парол|лозинк)\w*"
    r"|κωδικ\w+ πρόσβασης|συνθηματικ|סיסמ|ססמ|كلم[ةه] (?:ال)?(?:مرور|سر)|رمز ?عبور|گذرواژه|पासवर्ड|পাসওয়ার্ড"
    r"|รหัสผ่าน|پاس ?ورڈ"
    r"|கடவுச்சொல்|పాస్వర్డ్|പാസ്വേഡ്|ಪಾಸ್ವರ್ಡ್|પાસવર્ડ|ਪਾਸਵਰਡ|මුරපදය|ລະຫັດຜ່ານ|ពាក្យសម្ងាត់|စကားဝှက်"
    r"|პაროლ|գաղտնաբառ|የይለፍ ቃል|нууц үг"
    r"|パスワード|비밀번호|암호|[密口][码碼令]"
)
_SINGLE_USE = re.compile(
    r"\b(?:otp\b|one[- ]?time|single[- ]use|einmal\w*|eenmalig|engangs|engångs|kerta|jednoraz|jednorá|jednokrat"
    r"|enkrat"
    r"|egyszer|tek kullanımlık|tek seferlik|[àa] usage unique|(?:un )?solo uso|uso [úu]nico|monouso"
    r"|unic[ăa] folosin|vienkart|vienreiz|ühekord|одноразов|еднократ|sekali pakai|một lần)"
    r"|μίας χρήσης|μιας χρήσης|חד[- ]פעמי|لمرة واحدة|یک ?بار ?مصرف|वन[- ]?टाइम|ใช้ครั้งเดียว|ワンタイム|一次性|一回性"
    r"|[动動][态態]|일회용"
)
_FURTHEST = 300


def spans(text: str) -> list[tuple[int, int]]:
    """Where words for a password stand in lower-case text."""
    return [match.span() for match in _PASSWORDS.finditer(text[:_FURTHEST])]


def single_use(text: str) -> bool:
    """Whether the words say that something serves only once."""
    return bool(_SINGLE_USE.search(lowered(text[:_FURTHEST])))
