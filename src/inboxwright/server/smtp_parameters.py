"""Parameters of MAIL and RCPT that aiosmtpd does not know: AUTH (RFC 4954), RET, ENVID, NOTIFY and ORCPT (RFC 3461)."""

import re

_XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})+", re.ASCII)
"""RFC 3461 section 4."""
_PATH = re.compile(r'[^"<]*<(?:"(?:[^"\\]|\\.)*"|[^">])*>')
"""The keyword and the path in angle brackets; a quoted local part may hold one of them."""
_HEX = re.compile(r"\+([0-9A-F]{2})")
_NOTIFY = {"SUCCESS", "FAILURE", "DELAY"}
_LONGEST = {"ENVID": 100, "ORCPT": 500, "AUTH": 500, "RET": 4, "NOTIFY": 28}
"""Octets of the value: RFC 3461 section 5.4 names the first two."""
OF_MAIL = frozenset({"AUTH", "RET", "ENVID"})
OF_RCPT = frozenset({"NOTIFY", "ORCPT"})


class ParameterError(ValueError):
    """A parameter with a value that it cannot have; the text is the reply."""


def taken(argument: str, names: frozenset[str]) -> tuple[str, dict[str, str]]:
    """The argument of a command without the parameters of these names, and their values. Raises ParameterError."""
    path = _PATH.match(argument)
    if path is None or "=" not in argument[path.end() :]:
        return argument, {}
    found: dict[str, str] = {}
    left: list[str] = []
    for word in argument[path.end() :].split(" "):
        name, equals, value = word.partition("=")
        key = name.upper()
        if key not in names:
            left.append(word)
            continue
        if key.lower() in found or not equals or not _good(key, value):
            raise ParameterError(f"501 5.5.4 {key} cannot be {value[:40]!r} (RFC {4954 if key == 'AUTH' else 3461})")
        found[key.lower()] = _decoded(key, value)
    return f"{path[0]}{' '.join(left)}".rstrip(), found


def _good(name: str, value: str) -> bool:
    if len(value) > _LONGEST[name]:
        return False
    if name == "RET":
        return value.upper() in {"FULL", "HDRS"}
    if name == "NOTIFY":
        words = value.upper().split(",")
        return words == ["NEVER"] or (set(words) <= _NOTIFY and len(set(words)) == len(words))
    if name == "AUTH" and value == "<>":
        return True
    if name == "ORCPT":
        kind, semicolon, value = value.partition(";")
        if not semicolon or not kind:
            return False
    return _XTEXT.fullmatch(value) is not None


def _decoded(name: str, value: str) -> str:
    if name in {"RET", "NOTIFY"}:
        return value.upper()
    return _HEX.sub(lambda code: chr(int(code[1], 16)), value)
