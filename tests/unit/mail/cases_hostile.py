"""Messages made to fool a matcher."""

from tests.unit.mail.build import HEX, JWT, OTHER_HEX, SITE, TOKEN, Case, a, attached, button, mail, p, page

URL = f"{SITE}/confirm/{TOKEN}"
DECOY = f"{SITE}/confirm/{HEX}"


def cases() -> list[Case]:
    """All of them."""
    return [*_hosts(), *_hidden_links(), *_disagreeing(), *_codes(), *_structure()]


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
    shown = page(p("Hi"), a(URL, f"https://evil.example/confirm/{TOKEN}"))
    return [*found, Case(name="host-shown-is-another", raw=mail(html=shown))]


def _hidden_links() -> list[Case]:
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
                raw=mail(html=page(link, code, button(URL, "Confirm"), p("Your code: <b>483920</b>"))),
                link=URL,
                code="483920",
            ),
        ]
    return found


def _disagreeing() -> list[Case]:
    html, text = page(p("Hi"), button(URL, "Confirm")), f"Confirm: {DECOY}\n"
    code_html, code_text = page(p("Your code:"), p("<b>483920</b>")), "Your code: 771203\n"
    return [
        Case(name="bodies-differ-in-link", raw=mail(text=text, html=html)),
        Case(name="bodies-differ-in-code", raw=mail(subject="Code", text=code_text, html=code_html)),
        Case(name="subject-differs", raw=mail(subject="Your code is 771203", html=code_html)),
        Case(name="link-only-in-text", raw=mail(text=text, html=page(p("Hi")))),
        Case(name="code-only-in-text", raw=mail(text=code_text, html=page(p("Hi")))),
        Case(name="text-reveals-hidden", raw=mail(text=text, html=page(f"<div hidden>{a(DECOY, 'x')}</div>", p("Hi")))),
        Case(name="two-buttons", raw=mail(html=page(button(URL, "One"), button(f"{SITE}/verify/{HEX}", "Two")))),
        Case(name="two-tokens-one-route", raw=mail(html=page(button(URL, "A"), button(DECOY, "B")))),
        Case(name="two-codes", raw=mail(subject="Codes", text="Your code: 483920\nYour backup code: 771203\n")),
        Case(name="two-codes-alone", raw=mail(subject="Code", html=page(p("Your code:"), p("483920"), p("771203")))),
        Case(name="yes-and-no", raw=mail(text=f"Ja: {SITE}/a/{HEX}\nNein: {SITE}/b/{OTHER_HEX}\n")),
    ]


def _codes() -> list[Case]:
    lead = p("Your code:")
    return [
        Case(name="code-reversed-in-a-sentence", raw=mail(text="Your code is \u202e483920\u202c, type it in.\n")),
        Case(name="code-reversed", raw=mail(html=page(lead, p("&#x202E;483920&#x202C;")))),
        Case(name="code-in-url", raw=mail(html=page(p("Your code is in https://other.example/?code=483920")))),
        Case(name="code-in-mail-address", raw=mail(text="Your code was sent to u483920@app.example.\n")),
        Case(name="code-of-a-promotion", raw=mail(text="Your discount code: 483920\n")),
        Case(name="code-in-image-text", raw=mail(html=page(lead, "<img src='c.png' alt='483920'>"))),
        Case(name="code-in-title", raw=mail(html=f"<title>Your code: 483920</title>{page(p('Hi'))}")),
        Case(name="code-in-quote", raw=mail(text="Thanks!\n\n> Your code: 483920\n")),
        Case(
            name="code-in-outlook-history",
            raw=mail(
                text="Thanks!\n\nFrom: App <a@app.example>\nSent: Monday\nTo: B <b@app.example>\nSubject: Code\n\n"
                "Your code: 483920\n"
            ),
        ),
        Case(
            name="code-in-forwarded",
            raw=mail(
                text="See below.\n\n---------- Forwarded message ---------\nFrom: App <a@app.example>\nDate: Mon\n"
                f"Subject: Code\nTo: b@app.example\n\nYour code: 483920\n{URL}\n"
            ),
        ),
        Case(name="in-attached-mail", raw=attached(mail(text=f"Your code: 483920\n\n{URL}\n"), name="old.eml")),
    ]  # fmt: skip


def _structure() -> list[Case]:
    long_wrap = f"Please open the following page to confirm your address with us: {SITE}/confirm/{TOKEN[:20]}"
    return [
        Case(name="cut-by-wrap", raw=mail(text=f"{long_wrap}\n{TOKEN[20:].lower()}\n")),
        Case(name="older-link-below", link=URL, raw=mail(
            html=page(button(URL, "Go"), f"<div class='gmail_quote'>{a(DECOY, 'Go')}</div>"))),
        Case(name="tracking-only", raw=mail(html=page(button(f"https://click.example/c/{HEX}{HEX}", "Confirm")))),
        Case(name="unclosed-everything", raw=mail(html=f"<table><tr><td><b><a href='{URL}'>Confirm<p><div>"), link=URL),
        Case(name="wrapped-by-gateway", raw=mail(html=page(button(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fapp.example%2Fconfirm%2F" + TOKEN
            + "&amp;data=05%7C02", "Confirm"))), link=URL),
        Case(name="jwt-home", raw=mail(html=page(p("Hi"), p(a(f"{SITE}/unsubscribe/{JWT}", "Go"))))),
    ]  # fmt: skip
