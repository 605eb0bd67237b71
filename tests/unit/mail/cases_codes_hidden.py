"""Messages with codes that nobody sees, that are quoted, or that are shown in another order."""
# ruff: noqa: E501 - one message a line; words of other scripts look like Latin letters to the linter

from tests.unit.mail.build import SITE, TOKEN, Case, attached, mail, p, page

CODE = "483920"
OTHER = "771204"
SAYS_CODE = p(f"Your code is {CODE}.")
CONFIRM = f"{SITE}/confirm/{TOKEN}"


def cases() -> list[Case]:
    """All of them."""
    return [*_by_styles(), *_decoys()]


def _by_styles() -> list[Case]:
    decoy = f"Your code is {OTHER}."
    reversed_code = CODE[::-1]
    pages = {
        "font-shorthand": (page(f"<div style='font:0/0 a'>{decoy}</div>", SAYS_CODE), CODE),
        "filter": (page(f"<div style='filter:opacity(0)'>{decoy}</div>", SAYS_CODE), CODE),
        "content-visibility": (page(f"<div style='content-visibility:hidden'>{decoy}</div>", SAYS_CODE), CODE),
        "moved-away": (page(f"<div style='transform:translateX(-9999px)'>{decoy}</div>", SAYS_CODE), CODE),
        "cut-to-nothing": (page(f"<div style='clip-path:polygon(0 0,0 0,0 0)'>{decoy}</div>", SAYS_CODE), CODE),
        "descendant": (page(f"<style>.w .d{{display:none}}</style><div class=w><b class=d>{decoy}</b></div>", SAYS_CODE), CODE),
        "by-its-tag": (page(f"<style>s{{display:none}}</style><s>{decoy}</s>", SAYS_CODE), CODE),
        "by-attribute": (page(f"<style>[lang=x]{{display:none}}</style><b lang=x>{decoy}</b>", SAYS_CODE), CODE),
        "on-every-screen": (page(f"<style>@media screen{{.d{{display:none}}}}</style><b class=d>{decoy}</b>", SAYS_CODE), CODE),
        "tag-and-class": (page(f"<style>b.d{{display:none}}</style><b class=d>{decoy}</b><p class=d>Your code is {CODE}.</p>"), CODE),
        "shown-again-inline": (page(f"<style>p b{{display:none}}</style><p>Your code is <b style='display:inline'>{CODE}</b></p>"), CODE),
        "override": (page(p(f"Your code is <bdo dir=rtl>{reversed_code}</bdo>.")), None),
        "override-by-style": (page(p(f"Code: <b style='unicode-bidi:bidi-override;direction:rtl'>{reversed_code}</b>")), None),
        "boxes-backwards": (page(p("Your code:"), "<div style='display:flex;flex-direction:row-reverse'>" + "".join(f"<b>{d}</b>" for d in reversed_code) + "</div>"), None),
        "cells-backwards": (page(p("Your code:"), "<div style='flex-flow:row-reverse'>" + "".join(f"<p>{d}</p>" for d in reversed_code) + "</div>"), None),
    }  # fmt: skip
    return [
        Case(name=f"hidden-hidden-{name}", raw=mail(subject="Acme", html=html), code=code)
        for name, (html, code) in pages.items()
    ]


def _decoys() -> list[Case]:
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
                f"Subject: Code\nTo: b@app.example\n\nYour code: 483920\n{CONFIRM}\n"
            ),
        ),
        Case(name="in-attached-mail", raw=attached(mail(text=f"Your code: 483920\n\n{CONFIRM}\n"), name="old.eml")),
    ]  # fmt: skip
