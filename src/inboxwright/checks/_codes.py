"""The mailed code: once, only the latest, few tries, long enough, and typed as it is shown."""

import math
import re

from inboxwright.checks._answers import Answer, CannotTell, Finding, Holds
from inboxwright.checks._check import check
from inboxwright.checks._trial import Trial
from inboxwright.user import User

_WRONG = 10
"""How many wrong codes must be too many; ASVS 6.6.3 asks for a limit and names none."""
_BRIEFLY = 1_500
"""Milliseconds for each step after a wrong code: the page that refuses it is there at once, or not at all."""
_ENOUGH_BITS = 19.9
"""ASVS 6.5.4: 20 bits, for which it takes six random digits."""
_BROKEN = "the journey did not get through with its own code, so a refusal would mean nothing"
_DEAD_CODES = "keep one code a person: a newer one, or a use, ends it"


@check(source="ASVS-6.5.1", kind="active")
def code_works_once(trial: Trial[str]) -> Answer:
    """A code that was used must not be taken again."""
    user, used = trial.requested()
    if not trial.completes(user, used):
        return CannotTell(why=_BROKEN)
    user.context.clear_cookies()
    return _refused(trial, used, trial.journey.request(user), "a code that had signed in before", user)


@check(source="ASVS-6.6.2", kind="active")
def older_code_dies(trial: Trial[str]) -> Answer:
    """A code must not outlive the sending of a newer one."""
    user, older = trial.requested()
    user.context.clear_cookies()
    return _refused(trial, older, trial.journey.request(user), "the code of an earlier mail", user)


@check(source="ASVS-6.6.3", kind="active")
def wrong_codes_lock(trial: Trial[str]) -> Answer:
    """After ten wrong codes the right one must be refused, or a machine tries them all."""
    user, code = trial.requested()
    for number in range(_WRONG):
        trial.completes(user, _altered(code, number), patience=_BRIEFLY)
    if not trial.completes(user, code, patience=_BRIEFLY) and not trial.is_signed_in(user):
        return Holds(seen=f"after {_WRONG} wrong codes the right one was refused")
    return Finding(
        severity="high",
        evidence=f"after {_WRONG} wrong codes the right one still signed in",
        remedy="end the code after a few wrong ones, and have the person ask for another",
    )


@check(source="ASVS-6.5.4", kind="passive")
def code_is_long_enough(trial: Trial[str]) -> Answer:
    """A code must hold 20 bits: six digits, or four letters and digits."""
    _, code = trial.requested()
    typed = _typed(code)
    bits = len(typed) * math.log2(10 if typed.isdecimal() else 36)
    if bits >= _ENOUGH_BITS:
        return Holds(seen=f"{len(typed)} characters, at most {bits:.0f} bits")
    return Finding(
        severity="medium",
        evidence=f"a code of {len(typed)} characters holds at most {bits:.0f} bits",
        remedy="send six digits or more",
    )


@check(source="WCAG-3.3.7", kind="active")
def code_is_taken_as_it_is_read(trial: Trial[str]) -> Answer:
    """Spaces at its ends, other groups and small letters must not make a right code a wrong one."""
    tried: list[str] = []
    for way, write in {
        "with spaces around it": lambda code: f" {code} ",
        "without its separators": _typed,
        "in small letters": str.lower,
    }.items():
        user, code = trial.requested()
        if write(code) == code:
            continue
        if not trial.completes(user, write(code)):
            again = trial.requested()
            if not trial.completes(*again):
                return CannotTell(why=_BROKEN)
            return Finding(
                severity="low",
                evidence=f"a right code typed {way} was refused",
                remedy="take off white space and separators, and compare without regard to case",
            )
        tried.append(way)
    return Holds(seen=f"taken {', '.join(tried)}")


@check(source="WCAG-1.3.5", kind="passive")
def code_field_helps_to_fill_it(trial: Trial[str]) -> Answer:
    """The field must say autocomplete="one-time-code", and inputmode="numeric" where the code is digits."""
    if trial.journey.code_field is None:
        return CannotTell(why="the journey has no code_field")
    user, code = trial.requested()
    field = trial.journey.code_field(user.page)
    has = {name: field.get_attribute(name) or "" for name in ("autocomplete", "inputmode", "type")}
    missing = [] if has["autocomplete"] == "one-time-code" else ['autocomplete="one-time-code"']
    if code.isdecimal() and has["inputmode"] != "numeric" and has["type"] not in {"number", "tel"}:
        missing.append('inputmode="numeric"')
    if not missing:
        return Holds(seen="a telephone offers the code, with the right keys")
    return Finding(
        severity="low",
        evidence=f"the field of the code has no {' and no '.join(missing)}",
        remedy=f"give the input {' and '.join(missing)}",
    )


def _refused(trial: Trial[str], dead: str, alive: str, what: str, user: User) -> Answer:
    """Whether the form that was just opened refuses the dead code and takes the living one."""
    if dead == alive:
        return CannotTell(why="the application mailed the same code again")
    taken = trial.completes(user, dead, patience=_BRIEFLY) or trial.is_signed_in(user)
    if taken:
        return Finding(severity="high", evidence=f"{what} was taken", remedy=_DEAD_CODES)
    if not trial.completes(user, alive):
        return CannotTell(why=f"{what} was refused, and after it the living one as well")
    return Holds(seen=f"{what} was refused, and then the living one taken")


def _typed(code: str) -> str:
    return re.sub(r"[\s-]", "", code)


def _altered(code: str, number: int) -> str:
    """A wrong code of the same shape: its last digit or letter is another, then the one before."""
    places = [place for place, character in enumerate(code) if character.isalnum()]
    place = places[-1 - number % len(places)]
    step = 1 + number // len(places)
    alphabet = "0123456789" if code[place].isdecimal() else "BCDFGHJKLMNPQRSTVWXZ"
    return f"{code[:place]}{alphabet[(alphabet.find(code[place]) + step) % len(alphabet)]}{code[place + 1 :]}"
