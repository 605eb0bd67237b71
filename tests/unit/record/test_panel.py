"""What the panel says of the recorded steps."""

from inboxwright import Message
from inboxwright.record.mails import known_in
from inboxwright.record.panel.state import steps
from inboxwright.record.timeline import Field, Step
from tests.unit.record.samples import LINK, MAIL, TOKEN


def test_a_mailed_link_is_told_and_no_navigation_that_followed_from_an_act() -> None:
    seen = [
        Step(kind="click", field=Field(tag="button", label="Sign up")),
        Step(kind="navigate", value="http://app.test/sent"),
        Step(kind="navigate", value=LINK),
        Step(kind="missed", note=f"a drag of {TOKEN}"),
    ]

    shown = steps(seen, known_in(1, Message.parse(MAIL)))

    assert [step["text"] for step in shown[:2]] == ["Click 'Sign up'", "Open the mailed link"]
    assert shown[2]["missed"]
    assert TOKEN not in str(shown)
