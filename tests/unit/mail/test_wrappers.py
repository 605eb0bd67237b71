"""What gateways and senders put around a link is taken off without a network."""

import base64
import json

import pytest

from inboxwright.mail.urls.url import parse
from inboxwright.mail.urls.wrappers import unwrap

TARGET = "https://app.example/confirm?token=Vq8Zr2LmX0tKp4NsWd7Y&x=1"
ENCODED = "https%3A%2F%2Fapp.example%2Fconfirm%3Ftoken%3DVq8Zr2LmX0tKp4NsWd7Y%26x%3D1"


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


_MANDRILL = _base64(json.dumps({"s": "x", "v": 1, "p": json.dumps({"u": 1, "url": TARGET})}))
_V2 = ENCODED.replace("_", "-5F").replace("%", "-")
WRAPPED = {
    "safelinks": f"https://eur01.safelinks.protection.outlook.com/?url={ENCODED}&data=05%7C02&reserved=0",
    "proofpoint-1": f"https://urldefense.proofpoint.com/v1/url?u={ENCODED}&k=x",
    "proofpoint-2": f"https://urldefense.proofpoint.com/v2/url?u={_V2}&d=DwMF&c=x",
    "proofpoint-3": "https://urldefense.com/v3/__https://app.example/confirm?token=Vq8Zr2LmX0tKp4NsWd7Y*x=1__;Jg!!abc$",
    "mandrill": f"https://mandrillapp.com/track/click/1/app.example?p={_MANDRILL}",
    "google": f"https://www.google.com/url?q={ENCODED}&source=gmail",
    "barracuda": f"https://linkprotect.cudasvc.com/url?a={ENCODED}&c=E",
    "cisco": f"https://secure-web.cisco.com/1abc/{ENCODED}",
    "sophos": f"https://eu1.protection.sophos.com/?d=app.example&u={_base64(TARGET)}",
    "ses": f"https://x1.r.eu-west-1.awstrack.me/L0/{ENCODED}/1/0102/sig=1",
    "postmark": f"https://click.pstmrk.it/3s/{ENCODED.removeprefix('https%3A%2F%2F')}/id/AQ/hash",
    "mailjet": f"https://x.mjt.lk/lnk/AAAA/1/xyz/{_base64(TARGET)}",
    "mailjet-lu": f"https://x.mjt.lu/lnk/AAAA/1/xyz/{_base64(TARGET)}",
    "symantec": f"https://clicktime.symantec.com/1?h=x&u={ENCODED}",
    "twice": "https://www.google.com/url?q=https%3A%2F%2Flinkprotect.cudasvc.com%2Furl%3Fa%3D"
    + ENCODED.replace("%", "%25"),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_known_wrappers(name: str) -> None:
    url = parse(WRAPPED[name])

    assert url is not None
    assert unwrap(url).text == TARGET


@pytest.mark.parametrize(
    "text",
    [
        f"https://evil.example/?url={ENCODED}",
        "https://mandrillapp.com/track/click/1/app.example?p=e30",
        "https://urldefense.com/v3/__https://app.example/*__;!!",
        "https://x.r.eu.awstrack.me/L0/javascript:alert(1)/1/x",
    ],
)
def test_what_is_no_wrapper_or_broken_stays_as_it_is(text: str) -> None:
    url = parse(text)

    assert url is not None
    assert unwrap(url).text == text or unwrap(url).host == "app.example"
