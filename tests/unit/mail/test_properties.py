"""What must hold for every message: the rendering, the encoding and the surroundings never change an answer."""
# ruff: noqa: RUF001 - words of other scripts look like Latin letters to the linter

import base64
import quopri
from email.mime.text import MIMEText

from hypothesis import given, settings
from hypothesis import strategies as st

from inboxwright.errors import MatchError
from inboxwright.mail import Message
from tests.unit.mail.build import HEX, JWT, PREHEADER, SITE, a, button, mail, p, page

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
tokens = st.text(_LETTERS, min_size=24, max_size=48).filter(
    lambda text: any(c.isdigit() for c in text) and any(c.isupper() for c in text) and any(c.islower() for c in text)
)
routes = st.sampled_from(
    ["confirm/{}", "reset?token={}", "r/{}", "#/verify/{}", "accept#{}", "a/b/{}/done", "login?t={}&l=de"]
)
links = st.builds(lambda route, token: f"{SITE}/{route.format(token)}", routes, tokens)
codes = st.from_regex(r"[1-9][0-9]{5}|[1-9][0-9]{7}|[A-HJ-NP-Z][0-9][A-Z]{2}-[0-9]{2}[A-Z][0-9]", fullmatch=True)
words = st.sampled_from(
    ["Guten Tag,", "こんにちは", "Здравствуйте!", "مرحبا", "您好：", "Hello & welcome <you>", "Olá João,"]
)
labels = st.sampled_from(["Your code", "Ihr Code", "认证代码", "認証コード", "Код", "رمز التحقق", "Código"])
noise = st.lists(
    st.sampled_from(
        [
            PREHEADER,
            "<div style='display:none'>Your code: 771203</div>",
            p(f"Nein? {a(f'{SITE}/unsubscribe/{JWT}', 'Abmelden')}"),
            p(f"{a('https://view.example/web/' + HEX, 'Browser')}"),
            a(SITE, "<img src='https://app.example/logo.png' alt='Logo'>"),
            p("Order 48392017, Tel. +49 30 123 45 67, 10115 Berlin, © 2026"),
            f"<img src='https://click.example/o/{HEX}' width='1' height='1'>",
            f"<div class='gmail_quote'>Your code: 771203 {a(f'{SITE}/confirm/{HEX}', 'Confirm')}</div>",
            f"<!-- {SITE}/confirm/{HEX} Your code: 771203 -->",
            "<style>.a{color:#483920}</style>",
            f"<div class='footer'>{a(f'{SITE}/prefs/{HEX}', 'x')} Ref 553201</div>",
        ]
    ),
    max_size=6,
)


def _link(raw: bytes) -> str | None:
    try:
        return Message.parse(raw).link(hosts="app.example").url
    except MatchError:
        return None


def _code(raw: bytes) -> str | None:
    try:
        return Message.parse(raw).code()
    except MatchError:
        return None


@given(links, words)
@settings(max_examples=150, deadline=None)
def test_an_html_and_a_text_rendering_give_one_link(url: str, greeting: str) -> None:
    text = f"{greeting}\n\n{url}\n\nApp\n"
    html = page(p(greeting.replace("&", "&amp;").replace("<", "&lt;")), button(url.replace("&", "&amp;"), "Go"))

    assert _link(mail(text=text)) == _link(mail(html=html)) == _link(mail(text=text, html=html)) == url


@given(codes, labels)
@settings(max_examples=150, deadline=None)
def test_an_html_and_a_text_rendering_give_one_code(code: str, label: str) -> None:
    text, html = f"{label}: {code}\n", page(p(label), f"<h1>{code}</h1>")

    assert _code(mail(text=text)) == _code(mail(html=html)) == _code(mail(text=text, html=html)) == code


@given(links, codes, labels, noise, noise)
@settings(max_examples=300, deadline=None)
def test_surroundings_never_change_the_answer_to_a_wrong_one(
    url: str, code: str, label: str, before: list[str], after: list[str]
) -> None:
    wanted = [button(url.replace("&", "&amp;"), "Go"), p(f"{label}: <b>{code}</b>")]
    raw = mail(html=page(*before, *wanted, *after))

    assert _link(raw) in {url, None}
    assert _code(raw) in {code, None}


@given(noise)
@settings(max_examples=150, deadline=None)
def test_surroundings_alone_give_nothing(blocks: list[str]) -> None:
    raw = mail(html=page(*blocks))

    assert (_link(raw), _code(raw)) == (None, None)


@given(
    links,
    codes,
    words,
    st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-7"]),
    st.sampled_from(["qp", "base64", "8bit"]),
)
@settings(max_examples=150, deadline=None)
def test_encoding_never_changes_the_answer(url: str, code: str, greeting: str, charset: str, encoding: str) -> None:
    html = page(
        p(greeting.replace("<", "&lt;")), button(url.replace("&", "&amp;"), "Go"), p("Code:"), f"<h1>{code}</h1>"
    )
    plain = MIMEText(html, "html", "utf-8").as_bytes()

    body = html.encode(charset)
    encoded = (
        quopri.encodestring(body) if encoding == "qp" else base64.encodebytes(body) if encoding == "base64" else body
    )
    name = {"qp": "quoted-printable"}.get(encoding, encoding)
    head = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {name}\r\n\r\n".encode()

    assert (_link(head + encoded), _code(head + encoded)) == (_link(plain), _code(plain)) == (url, code)


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_message(raw: bytes) -> None:
    for start in (b"", b"Content-Type: text/html\r\n\r\n", b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"):
        _link(start + raw)
        _code(start + raw)
