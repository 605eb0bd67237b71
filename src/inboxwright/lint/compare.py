"""Two versions of the same tests, and what the newer one no longer holds."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from inboxwright.lint.facts import Assertion, Function, Narrowed, functions

RULES: Final[Mapping[str, str]] = {
    "sleep": "wait for an event, an expectation or a mail instead",
    "retry": "find out why the first try fails: a flaky test is a defect, of the test or of the application",
    "skip": "repair the test, or put it into quarantine with its day and its reason",
    "quarantine": "a person decides that, and says --allow quarantine",
    "assertion": "put it back, or move it to where it still decides",
    "matcher": "keep it as strict as it was; correct what it names if the application has changed",
}
"""Each rule with its remedy."""
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "sleep": ("sleep", "a fixed pause was added"),
    "retry": ("retry", "a retry was added"),
    "skip": ("skip", "the test may now be passed over"),
    "quarantine": ("quarantine", "the test was put into quarantine"),
    "vacuous": ("assertion", "an assertion that is always true was added"),
    "pick": ("matcher", "one of several elements is picked where a strict locator would refuse"),
}
_PRESENT: Final = frozenset({"to_be_visible", "to_be_attached", "to_be_enabled", "not_to_be_empty", "not_to_be_hidden"})
_WEAKER: Final[Mapping[str, frozenset[str]]] = {
    "Eq": frozenset({"In", "NotEq", "Gt", "GtE", "Lt", "LtE", "IsNot", ""}),
    "Is": frozenset({"NotEq", "IsNot", ""}),
    "In": frozenset({"NotEq", ""}),
}
_SETTINGS: Final = (
    ("retry", re.compile(r"--reruns\b|\bretries\"?\s*[:=]\s*[1-9]|continue-on-error: *true|allow_failure: *true")),
    ("skip", re.compile(r"--deselect\b|--ignore(-glob)?\b|-k ['\"]?not |\bgrepInvert\b")),
    ("assertion", re.compile(r"(pytest|inboxwright)\b.*\|\| *(true|:)(\s|$)|\bforbidOnly\"?\s*:\s*false")),
)
_ALIKE: Final = 0.6
"""From this ratio of their texts on, a function that went and one that came are the same under a new name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a change says less than before."""

    path: str
    line: int
    rule: str
    said: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.said}; {RULES[self.rule]}"


def loosened(old: Mapping[str, str], new: Mapping[str, str]) -> list[Finding]:
    """All places; both map a path to its text, and a file that is not there is left out.

    Python files are compared function by function, so that code may be moved and renamed; of other files (settings and
    workflows) the added lines are read.
    """
    before, after = _functions(old), _functions(new)
    _follow_renamed(before, after)
    arrived = Counter(
        assertion.text
        for key, function in after.items()
        for assertion in _without(function.assertions, before[key].assertions if key in before else [])
        if not assertion.guarded
    )
    found: list[Finding] = []
    for key in sorted(before.keys() | after.keys()):
        path = key[0]
        if key in after:
            found += _compared(path, before.get(key), after[key], arrived)
        else:
            found += _removed(path, before[key], arrived)
    for path in sorted(new):
        if not path.endswith(".py"):
            found += _settings(path, old.get(path, ""), new[path])
    return sorted(set(found), key=lambda finding: (finding.path, finding.line, finding.rule))


_Functions = dict[tuple[str, str], Function]


def _functions(files: Mapping[str, str]) -> _Functions:
    found: _Functions = {}
    for path, text in files.items():
        if path.endswith(".py"):
            try:
                found |= {(path, name): function for name, function in functions(text).items()}
            except SyntaxError:  # whoever runs it will be told
                continue
    return found


def _follow_renamed(before: _Functions, after: _Functions) -> None:
    """Give a function that was renamed or moved its new key in the older version as well."""
    gone = [key for key in before if key not in after and key[1]]
    come = [key for key in after if key not in before and key[1]]
    for key in gone:
        ratios = {new: SequenceMatcher(None, before[key].dump, after[new].dump).quick_ratio() for new in come}
        best = max(ratios, key=lambda new: ratios[new], default=None)
        if best is not None and ratios[best] >= _ALIKE and _ratio(before[key], after[best]) >= _ALIKE:
            before[best] = before.pop(key)
            come.remove(best)


def _ratio(one: Function, other: Function) -> float:
    return SequenceMatcher(None, one.dump, other.dump, autojunk=False).ratio()


def _removed(path: str, old: Function, arrived: Counter[str]) -> Iterator[Finding]:
    lost = [assertion for assertion in old.assertions if not _taken(arrived, assertion)]
    if old.is_test and (lost or not old.assertions):
        yield Finding(path=path, line=old.line, rule="assertion", said=f"the test {old.name} was removed")


def _compared(path: str, old: Function | None, new: Function, arrived: Counter[str]) -> Iterator[Finding]:
    earlier = old or Function(name=new.name, line=new.line, dump="")
    for what, (rule, said) in _SAID.items():
        if new.counted[what] > earlier.counted[what] and (what != "pick" or old is not None):
            yield Finding(path=path, line=new.lines[what], rule=rule, said=said)
    yield from _calls(path, earlier.calls, new.calls)
    yield from _assertions(path, earlier, new, arrived)


def _without(these: list[Assertion], those: list[Assertion]) -> list[Assertion]:
    left = Counter(assertion.text for assertion in those if not assertion.guarded)
    rest = []
    for assertion in these:
        if not assertion.guarded and left[assertion.text]:
            left[assertion.text] -= 1
        else:
            rest.append(assertion)
    return rest


def _taken(arrived: Counter[str], assertion: Assertion) -> bool:
    """Whether the same assertion came somewhere else; each that came stands for one that went."""
    if arrived[assertion.text]:
        arrived[assertion.text] -= 1
        return True
    return False


def _assertions(path: str, old: Function, new: Function, arrived: Counter[str]) -> Iterator[Finding]:
    gone = [assertion for assertion in _without(old.assertions, new.assertions) if not assertion.guarded]
    come = _without(new.assertions, old.assertions)
    for assertion in gone:
        near = next((other for other in come if other.target == assertion.target), None)
        if near is None:
            near = next((other for other in come if other.matcher == assertion.matcher), None)
        if near is None:
            near = next((other for other in come if assertion.target in (other.wanted, *other.target.split("."))), None)
        if near is None:
            near = next((other for other in come if assertion.target in other.target), None)
        if near is None:
            if not _taken(arrived, assertion):
                yield Finding(
                    path=path, line=new.line, rule="assertion", said=f"this no longer holds: {_short(assertion)}"
                )
            continue
        come.remove(near)
        if near.guarded:
            said = f"this is no longer held in every case: {_short(assertion)}"
            yield Finding(path=path, line=near.line, rule="assertion", said=said)
        elif _weaker(assertion, near):
            said = f"{_short(assertion)} became {_short(near)}"
            yield Finding(path=path, line=near.line, rule="matcher", said=said)


def _weaker(old: Assertion, new: Assertion) -> bool:
    if new.matcher in _WEAKER.get(old.matcher, ()) and old.target in f"{new.target} {new.wanted}":
        return True
    if old.matcher.startswith("to_have_") and new.matcher.startswith("to_contain_"):
        return True
    if new.matcher in _PRESENT and old.matcher not in _PRESENT and old.matcher.startswith(("to_have", "to_contain")):
        return True
    if old.matcher == new.matcher and old.matcher.startswith(("to_have", "to_contain", "raises")):
        return _wider_text(old.wanted, new.wanted) or (
            old.matcher == "raises" and new.wanted in {"0=Exception", "0=BaseException"}
        )
    return False


def _wider_text(old: str, new: str) -> bool:
    """Whether a text became a pattern, or an argument is missing."""
    return ("re.compile" in new and "re.compile" not in old) or ("match=" in old and "match=" not in new)


def _calls(path: str, old: list[Narrowed], new: list[Narrowed]) -> Iterator[Finding]:
    for name in {call.name for call in old}:
        earlier = [call for call in old if call.name == name]
        later = [call for call in new if call.name == name]
        for one, other in _aligned(earlier, later):
            for said in _widened(one, other):
                yield Finding(path=path, line=other.line, rule="matcher", said=f"{name}: {said}")


def _aligned(old: list[Narrowed], new: list[Narrowed]) -> Iterator[tuple[Narrowed, Narrowed]]:
    """Those that are alike are set aside; the rest are paired in their order."""
    texts = [_shown(call) for call in new]
    left = []
    for call in old:
        if _shown(call) in texts:
            texts[texts.index(_shown(call))] = ""
        else:
            left.append(call)
    rest = [call for call, text in zip(new, texts, strict=True) if text]
    if len(left) == len(rest):  # else one came or went, and pairs would be guesses
        yield from zip(left, rest, strict=True)


def _shown(call: Narrowed) -> str:
    return ",".join(f"{name}={ast.unparse(value)}" for name, value in sorted(call.arguments.items()))


def _widened(old: Narrowed, new: Narrowed) -> Iterator[str]:
    for name, value in old.arguments.items():
        if name in {"timeout", "settle"} or name.isdigit():
            continue
        now = new.arguments.get(name)
        if now is None:
            yield f"{name}={ast.unparse(value)} is no longer asked for"
        elif _is_wider(name, value, now):
            yield f"{name}={ast.unparse(value)} became {ast.unparse(now)}"
    first, now = old.arguments.get("0"), new.arguments.get("0")
    if first is not None and now is not None and _is_wider("0", first, now):
        yield f"{ast.unparse(first)} became {ast.unparse(now)}"


def _is_wider(name: str, old: ast.expr, new: ast.expr) -> bool:
    was, now = _pattern(old), _pattern(new)
    if now is not None:
        return was is None or (now != was and (now in was or now in {".*", ".+", ""}))
    if isinstance(old, ast.Constant) and isinstance(new, ast.Lambda):
        return True
    match old, new:
        case ast.Constant(value=True), ast.Constant(value=False | None):
            return name == "exact"
        case ast.Constant(value=int() | float() as one), ast.Constant(value=int() | float() as other):
            return name in {"count", "within", "length"} and other < one
        case ast.Constant(value="digits"), ast.Constant(value="alnum"):
            return True
        case ((ast.List() | ast.Tuple() | ast.Set()), (ast.List() | ast.Tuple() | ast.Set())):
            return {ast.unparse(item) for item in old.elts} < {ast.unparse(item) for item in new.elts}
        case _, ast.Constant(value=None):
            return True
    return False


def _pattern(value: ast.expr) -> str | None:
    """The text of `re.compile("…")`; "" where it cannot be read."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) in {"re.compile", "compile"}:
        first = value.args[0] if value.args else None
        return str(first.value) if isinstance(first, ast.Constant) else ""
    return None


def _settings(path: str, old: str, new: str) -> Iterator[Finding]:
    known = Counter(old.splitlines())
    for number, line in enumerate(new.splitlines(), start=1):
        if known[line]:
            known[line] -= 1
            continue
        for rule, pattern in _SETTINGS:
            if pattern.search(line):
                yield Finding(path=path, line=number, rule=rule, said=f"this was added: {line.strip()}")


def _short(assertion: Assertion) -> str:
    matcher = {"Eq": "==", "In": "in", "NotEq": "!=", "Is": "is"}.get(assertion.matcher, assertion.matcher)
    if assertion.matcher.startswith(("to_", "not_to_")):
        return f"expect({assertion.target}).{matcher}({assertion.wanted.removeprefix('0=')})"
    return f"{assertion.target} {matcher} {assertion.wanted}".strip()
