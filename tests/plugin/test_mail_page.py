"""A mail as a page that a browser can show without asking anybody for anything."""

from inboxwright import Message
from inboxwright.plugin._pictures import mail_page

MAIL = b"""\
From: app@app.test
To: a@inbox.test
Subject: Hello <b>
Content-Type: text/html; charset=utf-8

<form action="https://app.test/"><p>Hi</p><script>alert(1)</script>
<img src="https://tracker.test/pixel"><img src="https://app.test/logo.png" alt="Meadow">
<img src="data:image/png;base64,AA=="></form>
"""


def test_pictures_from_elsewhere_are_left_out_and_their_words_stay() -> None:
    page = mail_page(Message.parse(MAIL))

    assert "tracker.test" not in page
    assert page.count("data:image/gif") == 1
    assert 'alt="Meadow"' in page
    assert "data:image/png;base64,AA==" in page


def test_nothing_of_a_mail_is_active() -> None:
    page = mail_page(Message.parse(MAIL))

    assert "<script" not in page
    assert "<form" not in page
    assert "<p>Hi</p>" in page
    assert "<h1>Hello &lt;b&gt;</h1>" in page
    assert "default-src 'none'" in page
