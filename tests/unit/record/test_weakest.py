"""The weakest arguments that give the recorded link or code."""

from inboxwright.mail import MatchPolicy, Message
from inboxwright.record.generate.weakest import code_arguments, link_arguments, template
from tests.unit.record.samples import LINK, MAIL, TOKEN, raw

POLICY = MatchPolicy(link_hosts=("app.test",))


def test_one_link_needs_no_arguments() -> None:
    assert link_arguments(Message.parse(MAIL, policy=POLICY), LINK) == ""


def test_two_action_links_are_told_apart_by_path() -> None:
    other = f"http://app.test/welcome/{TOKEN[::-1]}/"
    html = f'<p><a href="{LINK}">Go</a> <a href="{other}">Go</a></p>'

    assert link_arguments(Message.parse(raw("", html=html), policy=POLICY), LINK) == 'path="/confirm/{token}/"'


def test_one_path_is_told_apart_by_words() -> None:
    other = LINK.replace(TOKEN, "zZy987xXw654vVu321")
    html = f'<p><a href="{LINK}">Confirm</a> <a href="{other}">Refuse</a></p>'

    assert link_arguments(Message.parse(raw("", html=html), policy=POLICY), LINK) == 'text="Confirm"'


def test_a_link_to_a_host_that_is_not_allowed_is_not_given() -> None:
    assert link_arguments(Message.parse(MAIL, policy=MatchPolicy(link_hosts=("other.test",))), LINK) is None


def test_a_template_keeps_the_route_and_drops_what_changes() -> None:
    assert template(f"https://a.test/users/17/confirm/{TOKEN}?next=/") == "/users/{id}/confirm/{token2}"


def test_one_code_needs_no_arguments() -> None:
    message = Message.parse(raw("Hello,\r\n\r\nyour code is:\r\n\r\n482913\r\n"))

    assert code_arguments(message, "482913") == ""
