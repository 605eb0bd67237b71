"""The arguments of the matchers, and what a refusal says."""

import re

import pytest

from inboxwright.errors import AmbiguousMatch, NoMatch
from inboxwright.mail import MatchPolicy, Message
from tests.unit.mail.build import HEX, SITE, TOKEN, a, button, mail, p, page

ACCEPT, DECLINE = f"{SITE}/invites/{TOKEN}/accept", f"{SITE}/invites/{TOKEN}/maybe"
HOME = f"{SITE}/"
INVITE = Message.parse(
    mail(html=page(a(HOME, "Open the app"), button(ACCEPT, "Accept  invite"), button(DECLINE, "Maybe")))
)
CODES = Message.parse(mail(text="Your login code: 483920\nYour backup code: 4F7K-92QX\n"))


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/invites/{token}/accept", ACCEPT),
        (f"/invites/{TOKEN}/maybe", DECLINE),
        (re.compile(r"/accept$"), ACCEPT),
        ("/", HOME),
    ],
)
def test_path_is_exact_a_template_or_a_pattern(path: str | re.Pattern[str], url: str) -> None:
    assert INVITE.link(path=path).url == url


@pytest.mark.parametrize("path", ["/invites/{token}", "/invites", "/invites/{a}/{b}/{c}", re.compile("^accept")])
def test_path_is_not_a_prefix(path: str | re.Pattern[str]) -> None:
    with pytest.raises(NoMatch, match="its path is another"):
        INVITE.link(path=path)


def test_path_of_a_single_page_application_is_in_its_fragment() -> None:
    message = Message.parse(mail(text=f"{SITE}/#/verify/{TOKEN}?a=1\n"))

    assert message.link(path="/verify/{token}").url.endswith("?a=1")


@pytest.mark.parametrize("text", ["Accept invite", "accept INVITE", "accept", re.compile("^Acc")])
def test_text_folds_case_and_space_and_contains(text: str | re.Pattern[str]) -> None:
    assert INVITE.link(text=text).url == ACCEPT


def test_exact_text_wins_over_containing_text() -> None:
    message = Message.parse(mail(html=page(a(HOME, "Confirm your order"), a(ACCEPT, "Confirm"))))

    assert message.link(text="confirm").url == ACCEPT


def test_text_of_a_text_body_is_what_introduces_the_link() -> None:
    message = Message.parse(mail(text=f"Confirm my account: {ACCEPT}\nHome: {HOME}\n"))

    assert message.link(text="Confirm my account").url == ACCEPT


@pytest.mark.parametrize(
    ("hosts", "found"), [("app.example:443", True), (["x.example", "APP.example"], True), ("x.example", False)]
)
def test_hosts(hosts: str | list[str], found: bool) -> None:
    if found:
        assert INVITE.link(hosts=hosts, text="accept").url == ACCEPT
    else:
        with pytest.raises(NoMatch, match="its host is not allowed"):
            INVITE.link(hosts=hosts, text="accept")


def test_the_project_says_which_hosts_when_the_call_does_not() -> None:
    message = Message.parse(INVITE.raw, policy=MatchPolicy(link_hosts=("other.example",)))

    with pytest.raises(NoMatch):
        message.link(text="accept")


def test_an_ambiguity_names_both_and_the_argument_that_decides() -> None:
    with pytest.raises(AmbiguousMatch) as caught:
        INVITE.link()

    said = str(caught.value)
    assert "path='/invites/{token}/accept'" in said
    assert TOKEN not in said
    assert {item.value for item in caught.value.candidates if item.reason is None} == {ACCEPT, DECLINE}


def test_a_refusal_names_the_rule_for_every_candidate() -> None:
    message = Message.parse(mail(html=page(a(HOME, "Home"), a(f"https://evil.example/confirm/{HEX}", "Confirm"))))

    with pytest.raises(NoMatch) as caught:
        message.link(hosts="app.example")

    reasons = {item.excerpt: item.reason for item in caught.value.candidates}
    assert reasons == {
        "Home": "nothing in it looks like a token",
        "Confirm": "its host is not allowed: evil.example",
    }


def test_a_link_in_both_bodies_in_two_spellings_is_one() -> None:
    html = page(a(f"HTTPS://App.Example:443/confirm/{TOKEN}/?a=1&amp;b=2&amp;utm_source=x", "Confirm"))
    message = Message.parse(mail(text=f"{SITE}/confirm/{TOKEN}?a=1&b=2\n", html=html))

    assert message.link().url.lower().startswith(f"https://app.example:443/confirm/{TOKEN}".lower())


def test_a_named_click_tracker_is_asked_once_for_its_target() -> None:
    asked: list[str] = []

    def resolve(url: str) -> str | None:
        asked.append(url)
        return ACCEPT

    policy = MatchPolicy(link_hosts=("app.example",), tracker_hosts=("click.example",), resolve=resolve)
    html = page(button(f"https://click.example/c/{HEX}", "Go"), a(f"https://other.example/c/{HEX}", "Go"))
    message = Message.parse(mail(html=html), policy=policy)

    assert message.link().url == ACCEPT
    assert asked == [f"https://click.example/c/{HEX}"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"length": 6}, "483920"),
        ({"length": 8}, "4F7K-92QX"),
        ({"alphabet": "digits"}, "483920"),
        ({"alphabet": "alnum"}, "4F7K-92QX"),
        ({"label": "login code"}, "483920"),
        ({"label": "BACKUP"}, "4F7K-92QX"),
    ],
)
def test_arguments_of_code(arguments: dict[str, object], code: str) -> None:
    assert CODES.code(**arguments) == code  # type: ignore[arg-type]  # one of three types


def test_two_codes_are_ambiguous_and_masked() -> None:
    with pytest.raises(AmbiguousMatch) as caught:
        CODES.code()

    said = str(caught.value)
    assert "length=6" in said
    assert "483920" not in said
    assert "4F7K" not in said


def test_a_hidden_code_is_named_as_hidden() -> None:
    message = Message.parse(mail(html=page("<div style='display:none'>Your code: 483920</div>", p("Hello"))))

    with pytest.raises(NoMatch) as caught:
        message.code()

    assert [item.reason for item in caught.value.candidates] == ["hidden (display:none)"]
