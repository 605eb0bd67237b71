"""What looks like a code or a personal link, and is the address of a host or a page, or a gap in a template."""

import pytest

from inboxwright.errors import NoMatch
from inboxwright.mail import Message
from inboxwright.mail.urls.url import parse
from inboxwright.mail.urls.wrappers import unwrap
from tests.unit.mail.build import HEX, TOKEN, mail

URL = f"https://app.example/callback?token={TOKEN}"


@pytest.mark.parametrize(
    "host", ["localhost:3000", "127.0.0.1:8000", "app.example:8443", "my-app.test:54321", "[::1]:8080"]
)
@pytest.mark.parametrize(
    "body", ["Sign in to {host}\n{url}\n", "Somebody wants to sign in to {host}. Was it you?\n\n{url}\n"]
)
def test_a_port_is_no_code(host: str, body: str) -> None:
    message = Message.parse(mail(subject=f"Sign in to {host}", text=body.format(host=host, url=URL)))

    with pytest.raises(NoMatch):
        message.code()


@pytest.mark.parametrize("host", ["localhost:3000", "app.example:8443"])
def test_a_code_beside_a_port_is_found(host: str) -> None:
    message = Message.parse(mail(subject=f"Sign in to {host}", text="Your sign-in code is 482913\n"))

    assert message.code() == "482913"


@pytest.mark.parametrize(
    "word", ["NULL", "None", "UNDEFINED", "ERROR", "EXPIRED", "XXXXXX", "XXXX", "{{code}}", "%CODE%", "[code]"]
)
@pytest.mark.parametrize(
    "form", ["Your code: {word}\n", "Your code is:\n\n{word}\n\nGood for ten minutes.\n", "Your code is {word}.\n"]
)
def test_a_placeholder_is_no_code(word: str, form: str) -> None:
    with pytest.raises(NoMatch):
        Message.parse(mail(subject="Your code", text=form.format(word=word))).code()


@pytest.mark.parametrize("word", ["NULL", "EXPIRED", "XXXXXX"])
def test_a_placeholder_is_named_as_the_applications_defect(word: str) -> None:
    with pytest.raises(NoMatch, match="it is a placeholder: the application left its value out"):
        Message.parse(mail(subject="Your code", text=f"Your code: {word}\n")).code()


@pytest.mark.parametrize(
    "page", ["Special:RecentChanges", "Help:GettingStarted", "Talk:MainPage", "Category:Orchard-pages", "User:Kim"]
)
def test_a_wikis_page_is_no_personal_link(page: str) -> None:
    message = Message.parse(
        mail(subject="Welcome", text=f"Here is where people begin:\n\nhttps://app.example/w/{page}\n")
    )

    with pytest.raises(NoMatch, match="nothing in it looks like a token"):
        message.link()


def test_a_token_behind_a_wikis_page_is_one() -> None:
    url = f"https://app.example/w/Special:ConfirmEmail/{HEX}"

    assert Message.parse(mail(subject="Confirm", text=f"Confirm your address:\n\n{url}\n")).link().url == url


@pytest.mark.parametrize(
    "host",
    [
        "eur01.safelinks.protection.outlook.com.evil.example", "urldefense.com.evil.test", "google.evil.test",
        "www.google.com.evil.example", "google.github.io", "notgoogle.com", "proofpoint.com.evil.co.uk",
    ],
)  # fmt: skip
def test_a_host_that_only_resembles_a_gateway_is_not_unwrapped(host: str) -> None:
    url = parse(f"https://{host}/url?url={URL}&u={URL}&q={URL}")

    assert url is not None
    assert unwrap(url) is url


@pytest.mark.parametrize("host", ["www.google.co.uk", "google.com", "www.google.de"])
def test_a_gateway_is_known_under_any_public_suffix(host: str) -> None:
    url = parse(f"https://{host}/url?q=https://app.example/confirm")

    assert url is not None
    assert unwrap(url).host == "app.example"


@pytest.mark.parametrize(
    "address",
    [f"app.example/reset?token={TOKEN}", f"app.example/reset/{HEX}", f"app.example:8443/reset/{TOKEN}",
     f"www.app.example/r?uid=2&token={TOKEN}", f"APP.example/reset/{TOKEN}"],
)  # fmt: skip
def test_an_address_without_a_scheme_is_named_with_the_reason(address: str) -> None:
    message = Message.parse(mail(subject="Choose a new password", text=f"Follow the link:\n\n{address}\n"))

    with pytest.raises(NoMatch, match="no https:// stands before it, so it is no link") as refused:
        message.link()

    assert address.partition("/")[0] in str(refused.value)
    assert TOKEN not in str(refused.value)
    assert HEX not in str(refused.value)


def test_an_address_that_is_a_link_as_well_is_not_named_twice() -> None:
    message = Message.parse(mail(subject="Reset", text=f"Follow:\n\nhttps://app.example/reset?token={TOKEN}\n"))

    with pytest.raises(NoMatch) as refused:
        message.link(hosts="other.example")

    assert "no https://" not in str(refused.value)
