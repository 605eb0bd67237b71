"""Enhanced status codes (RFC 2034, RFC 3463) for the replies that aiosmtpd gives without one."""

import re

_HAS_ONE = re.compile(rb"\d{3}[ -][245]\.\d{1,3}\.\d{1,3} ")

_BY_TEXT = (
    (b"not recognized", b"5.5.1"),
    (b"Command line too long", b"5.5.2"),
    (b"bad syntax", b"5.5.2"),
    (b"parameters not recognized", b"5.5.4"),
    (b"malformed address", b"5.1.3"),
    (b"exceeds fixed maximum message size", b"5.3.4"),
)

_BY_CODE = {
    b"220": b"2.0.0",
    b"221": b"2.0.0",
    b"235": b"2.7.0",
    b"250": b"2.0.0",
    b"252": b"2.5.0",
    b"421": b"4.3.0",
    b"450": b"4.2.0",
    b"451": b"4.3.0",
    b"452": b"4.3.1",
    b"454": b"4.7.0",
    b"500": b"5.5.2",
    b"501": b"5.5.4",
    b"502": b"5.5.1",
    b"503": b"5.5.1",
    b"504": b"5.5.4",
    b"530": b"5.7.0",
    b"535": b"5.7.8",
    b"538": b"5.7.11",
    b"550": b"5.0.0",
    b"552": b"5.3.4",
    b"553": b"5.1.3",
    b"554": b"5.7.0",
    b"555": b"5.5.4",
}


def enhanced(reply: bytes) -> bytes:
    """The reply with an enhanced status code; unchanged if it has one, or if its code takes none (3yz)."""
    if _HAS_ONE.match(reply):
        return reply
    status = _BY_CODE.get(reply[:3])
    if status is None or (reply.startswith(b"220") and not reply.endswith(b"TLS")):  # the greeting takes none
        return reply
    for text, better in _BY_TEXT:
        if text in reply and reply[:1] == better[:1]:
            status = better
    return reply[:4] + status + b" " + reply[4:]
