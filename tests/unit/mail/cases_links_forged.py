"""Messages whose link is not what it seems: of another host, hidden, or not the same in both bodies."""

from tests.unit.mail.build import HEX, OTHER_HEX, SITE, TOKEN, Case, a, button, mail, p, page

CONFIRM = f"{SITE}/confirm/{TOKEN}"
DECOY = f"{SITE}/confirm/{HEX}"


def cases() -> list[Case]:
    """All of them."""
    return [*_hosts(), *_hidden(), *_disagreeing()]


def _hosts() -> list[Case]:
    bad = {
        "userinfo": f"https://app.example@evil.example/confirm/{TOKEN}",
        "userinfo-own": f"https://evil.example@app.example/confirm/{TOKEN}",
        "backslash": f"https://evil.example\\@app.example/confirm/{TOKEN}",
        "suffix": f"https://app.example.evil.example/confirm/{TOKEN}",
        "prefix": f"https://evil-app.example/confirm/{TOKEN}",
        "subdomain": f"https://mail.app.example/confirm/{TOKEN}",
        "cyrillic": f"https://\u0430pp.example/confirm/{TOKEN}",
        "punycode": f"https://xn--pp-7cd.example/confirm/{TOKEN}",
        "port": f"https://app.example:8443/confirm/{TOKEN}",
        "redirect": f"https://evil.example/?url={SITE}/confirm/{TOKEN}",
        "percent": f"https://app%2eexample/confirm/{TOKEN}",
        "dot": f"https://app.example./confirm/{TOKEN}",
        "javascript": f"javascript:location='{SITE}/confirm/{TOKEN}'",
        "data": f"data:text/html,{SITE}/confirm/{TOKEN}",
        "ftp": f"ftp://app.example/confirm/{TOKEN}",
        "relative": f"/confirm/{TOKEN}",
        "scheme-relative": f"//app.example/confirm/{TOKEN}",
    }
    found = [
        Case(name=f"host-{name}", raw=mail(html=page(p("Hi"), button(url, "Confirm")))) for name, url in bad.items()
    ]
    shown = page(p("Hi"), a(CONFIRM, f"https://evil.example/confirm/{TOKEN}"))
    return [*found, Case(name="host-shown-is-another", raw=mail(html=shown))]


def _hidden() -> list[Case]:
    wrappers = {
        "display": "<div style='display:none'>{}</div>",
        "visibility": "<div style='visibility:hidden'>{}</div>",
        "hidden": "<div hidden>{}</div>",
        "aria": "<div aria-hidden='true'>{}</div>",
        "zero-size": "<div style='font-size:0'>{}</div>",
        "zero-height": "<div style='max-height:0px;overflow:hidden'>{}</div>",
        "opacity": "<div style='opacity:0'>{}</div>",
        "colour": "<div style='background:#fff;color:#ffffff'>{}</div>",
        "outside": "<div style='position:absolute;left:-9999px'>{}</div>",
        "class": "<style>.gone{{display:none}}</style><div class='gone'>{}</div>",
        "comment": "<!-- {} -->",
        "template": "<template>{}</template>",
        "noscript-style": "<style>{}</style>",
        "quote": "<div class='gmail_quote'>{}</div>",
        "cite": "<blockquote type='cite'>{}</blockquote>",
    }
    found = []
    for name, wrapper in wrappers.items():
        link = wrapper.format(a(DECOY, "Confirm"))
        code = wrapper.format("Your code: 771203")
        found += [
            Case(name=f"hidden-only-{name}", raw=mail(html=page(p("Hello"), link, code))),
            Case(
                name=f"hidden-beside-{name}",
                raw=mail(html=page(link, code, button(CONFIRM, "Confirm"), p("Your code: <b>483920</b>"))),
                link=CONFIRM,
                code="483920",
            ),
        ]
    return found


def _disagreeing() -> list[Case]:
    html, text = page(p("Hi"), button(CONFIRM, "Confirm")), f"Confirm: {DECOY}\n"
    code_html, code_text = page(p("Your code:"), p("<b>483920</b>")), "Your code: 771203\n"
    return [
        Case(name="bodies-differ-in-link", raw=mail(text=text, html=html)),
        Case(name="bodies-differ-in-code", raw=mail(subject="Code", text=code_text, html=code_html)),
        Case(name="subject-differs", raw=mail(subject="Your code is 771203", html=code_html)),
        Case(name="link-only-in-text", raw=mail(text=text, html=page(p("Hi")))),
        Case(name="code-only-in-text", raw=mail(text=code_text, html=page(p("Hi")))),
        Case(name="text-reveals-hidden", raw=mail(text=text, html=page(f"<div hidden>{a(DECOY, 'x')}</div>", p("Hi")))),
        Case(name="two-buttons", raw=mail(html=page(button(CONFIRM, "One"), button(f"{SITE}/verify/{HEX}", "Two")))),
        Case(name="two-tokens-one-route", raw=mail(html=page(button(CONFIRM, "A"), button(DECOY, "B")))),
        Case(name="two-codes", raw=mail(subject="Codes", text="Your code: 483920\nYour backup code: 771203\n")),
        Case(name="two-codes-alone", raw=mail(subject="Code", html=page(p("Your code:"), p("483920"), p("771203")))),
        Case(name="yes-and-no", raw=mail(text=f"Ja: {SITE}/a/{HEX}\nNein: {SITE}/b/{OTHER_HEX}\n")),
    ]
