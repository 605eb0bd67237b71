"""The page, in Chromium: what people see, and what a hostile mail cannot do."""

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.contract.server.process import Server

HTML = (
    '<h1>Welcome</h1><a href="https://shop.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f">Confirm my account</a>'
    "<p>Your code is</p><p>482913</p>"
)
HOSTILE = (
    "<h1>Harmless</h1><script>parent.document.title = 'owned'; document.title = 'owned'</script>"
    "<img src=x onerror=\"parent.document.title='owned'\"><img src='http://{elsewhere}/pixel.gif'>"
    "<link rel=stylesheet href='http://{elsewhere}/style.css'><iframe src='http://{elsewhere}/frame'></iframe>"
    "<style>@import 'http://{elsewhere}/import.css'; body{background:url(http://{elsewhere}/css.gif)}</style>"
    "<meta http-equiv=refresh content='0;url=http://{elsewhere}/gone'>"
    "<form action='http://{elsewhere}/form'><button>Send</button></form>"
    "<a href=\"javascript:parent.document.title='owned'\">Confirm now</a>"
    "<a href='https://shop.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f' target=_top>Confirm</a>"
)
TAGS = "<img src=x onerror=\"document.title='owned'\">"


def send(server: Server, to: str, subject: str = "Welcome", html: str = HTML, text: str = "Hello") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Shop <shop@example.com>", to, subject
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"A note.", maintype="text", subtype="plain", filename="note.txt")
    with smtplib.SMTP(*server.smtp) as client:
        client.send_message(mail, to_addrs=[to])


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    yield context
    context.close()
    addresses = [each["address"] for each in server.api("GET", "/v1/recipients")["recipients"]]
    server.api("DELETE", "/v1/messages", {"addresses": addresses})


@pytest.fixture
def site(visitor: BrowserContext, server: Server) -> Page:
    page = visitor.new_page()
    page.goto(f"{server.url}/?token={server.token}")
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    return page


def test_message_appears_as_it_arrives(site: Page, server: Server, address: str) -> None:
    expect(site.get_by_text("No mail yet.")).to_be_visible()

    send(server, address, "Live arrival")

    expect(site.locator("#messages").get_by_text("Live arrival")).to_be_visible()
    expect(site.locator("#addresses")).to_contain_text(address.partition("@")[0])
    expect(site).to_have_title("(1) inboxwright")


def test_codes_and_links_are_copied(site: Page, server: Server, address: str) -> None:
    send(server, address)
    site.locator("#messages button").click()

    site.get_by_role("button", name="Copy code 482913").click()
    code = site.evaluate("navigator.clipboard.readText()")
    site.get_by_role("button", name="Copy link Confirm my account").click()
    link = site.evaluate("navigator.clipboard.readText()")

    assert (code, link) == ("482913", "https://shop.example.com/confirm/0a1b2c3d4e5f6a7b8c9d0e1f")


def test_parts_are_shown(site: Page, server: Server, address: str) -> None:
    send(server, address)
    site.locator("#messages button").click()

    expect(site.frame_locator("iframe").get_by_role("heading", name="Welcome")).to_be_visible()
    site.get_by_role("tab", name="Text").click()
    expect(site.get_by_role("tabpanel")).to_have_text("Hello")
    site.get_by_role("tab", name="Source").click()
    expect(site.get_by_role("tabpanel")).to_contain_text("MIME-Version: 1.0")
    site.get_by_role("tab", name="Attachments 1").click()
    with site.expect_download() as download:
        site.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "note.txt"


def test_hostile_mail_runs_nothing_and_loads_nothing(site: Page, server: Server, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        elsewhere = f"127.0.0.1:{listener.getsockname()[1]}"
        send(server, address, TAGS, HOSTILE.replace("{elsewhere}", elsewhere), TAGS)

        site.locator("#messages button").click()
        frame = site.frame_locator("#panel iframe")
        expect(frame.get_by_role("heading", name="Harmless")).to_be_visible()
        frame.get_by_role("link", name="Confirm now").click()
        frame.get_by_role("button", name="Send").click()
        frame.get_by_role("link", name="Confirm", exact=True).click()
        for tab in ("Text", "Source"):
            site.get_by_role("tab", name=tab).click()
        expect(site.get_by_role("tabpanel")).to_contain_text("onerror")

        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    expect(site.get_by_role("heading", name=TAGS)).to_be_visible()
    expect(site).to_have_title("inboxwright")
    assert site.url == f"{server.url}/"
    assert site.locator('a[href^="javascript:"]').count() == 0


def test_keyboard_does_everything(site: Page, server: Server, address: str) -> None:
    for subject in ("First", "Second"):
        send(server, address, subject)
    expect(site.locator("#messages li")).to_have_count(2)

    site.keyboard.press("j")
    expect(site.get_by_role("heading", name="Second")).to_be_visible()
    site.keyboard.press("ArrowDown")
    expect(site.get_by_role("heading", name="First")).to_be_visible()
    expect(site.get_by_role("button", name="Copy code 482913")).to_be_visible()
    site.keyboard.press("c")
    expect(site.get_by_text("Copied").first).to_be_visible()
    assert site.evaluate("navigator.clipboard.readText()") == "482913"
    site.keyboard.press("3")
    expect(site.get_by_role("tab", name="Source")).to_have_attribute("aria-selected", "true")
    site.keyboard.press("Delete")
    expect(site.locator("#messages li")).to_have_count(1)
    site.keyboard.press("/")
    site.keyboard.type("nothing like it")
    expect(site.get_by_text("Nothing matches the filter.")).to_be_visible()


def test_every_control_has_a_name(site: Page, server: Server, address: str) -> None:
    send(server, address)
    site.locator("#messages button").click()
    expect(site.get_by_role("tablist")).to_be_visible()

    nameless = site.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, iframe')].filter(
            (each) => !(each.textContent.trim() || each.ariaLabel || each.title || each.labels?.length)
        ).length"""
    )

    assert nameless == 0


def test_address_narrows_the_list(site: Page, server: Server, address: str) -> None:
    send(server, address, "Mine")
    send(server, f"other-{address}", "Theirs")

    site.locator("#addresses").get_by_title(address, exact=True).click()

    expect(site.locator("#messages li")).to_have_count(1)
    expect(site.locator("#messages")).to_contain_text("Mine")


def test_narrow_screen_shows_one_pane_at_a_time(site: Page, server: Server, address: str) -> None:
    site.set_viewport_size({"width": 360, "height": 640})
    send(server, address)

    site.locator("#messages button").click()
    expect(site.get_by_role("heading", name="Welcome", exact=True).first).to_be_visible()
    expect(site.locator("#messages")).to_be_hidden()
    wide = site.evaluate("document.documentElement.scrollWidth")
    site.get_by_role("button", name="← Messages").click()

    expect(site.locator("#messages")).to_be_visible()
    assert wide <= 360


def test_token_leaves_the_address_bar(site: Page, server: Server) -> None:
    assert site.url == f"{server.url}/"

    site.reload()

    expect(site.get_by_role("status").filter(has_text="Live")).to_be_visible()


def test_token_is_asked_for(visitor: BrowserContext, server: Server) -> None:
    page = visitor.new_page()
    page.goto(server.url)

    page.get_by_label("Token", exact=True).last.fill("wrong")
    page.get_by_role("button", name="Show the mail").click()
    expect(page.get_by_text("This token is not valid.")).to_be_visible()
    page.get_by_label("Token", exact=True).last.fill(server.token)
    page.get_by_role("button", name="Show the mail").click()

    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/page/main.js"])
def test_page_may_load_only_its_own_files(server: Server, path: str) -> None:
    with server.http() as client:
        policy = client.get(path).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
