"""From what was seen to a timeline."""

from dataclasses import replace
from datetime import UTC, datetime

import pyotp

from inboxwright import Identity
from inboxwright.record import Recording, Timeline, to_timeline
from inboxwright.record.mails import RecordedMail
from inboxwright.record.timeline import Field, Step
from tests.unit.record.samples import ADDRESS, EMAIL, LINK, MAIL, SECRET, raw, textbox

PERSON = Identity.generate("marking")
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STARTED = datetime(2030, 1, 1, tzinfo=UTC).timestamp()


def marked(*steps: Step, mail: bytes = MAIL, addresses: tuple[str, ...] = (ADDRESS,)) -> Timeline:
    mails = [RecordedMail(raw=mail, recipient=ADDRESS)]
    return to_timeline(
        Recording(
            name="join", base_url="http://app.test", steps=steps, identity=PERSON, addresses=addresses, mails=mails,
            started=STARTED, link_hosts=("app.test",),
        )
    )  # fmt: skip


def fill(value: str, field: Field = EMAIL, *, at: int = 1000) -> Step:
    return Step(kind="fill", at=at, locator=textbox(field.label), field=field, value=value, path="/")


def code_field(label: str = "Code", *, maxlength: int = 0) -> Field:
    return Field(tag="input", type="text", label=label, maxlength=maxlength)


def test_address_and_password_go_by_name() -> None:
    steps = marked(fill(ADDRESS), fill(PERSON.password, SECRET)).steps

    assert [step.value for step in steps] == ["⟦inbox.address⟧", "⟦identity.password⟧"]


def test_a_password_of_ones_own_becomes_the_identitys() -> None:
    timeline = marked(fill("my own, known by heart", SECRET))

    assert timeline.steps[0].value == "⟦identity.password⟧"
    assert timeline.values["identity.password"].value == "my own, known by heart"


def test_a_second_password_is_another_one() -> None:
    steps = marked(fill(PERSON.password, SECRET), fill("brand-new-1", SECRET), fill("brand-new-1", SECRET)).steps

    assert [step.value for step in steps] == ["⟦identity.password⟧", "⟦password2⟧", "⟦password2⟧"]


def test_a_name_goes_by_autocomplete_and_only_once_it_was_typed() -> None:
    first = Field(tag="input", type="text", label="Vorname", autocomplete="given-name")
    greeting = Step(kind="assert_text", locator='get_by_text("Hi Zoe")', value="Hi Zoe from " + PERSON.city)

    steps = marked(fill("Zoe", first), greeting).steps

    assert steps[0].value == "⟦identity.first_name⟧"
    assert steps[1].value == f"Hi ⟦identity.first_name⟧ from {PERSON.city}"


def test_a_first_hop_to_a_mailed_link_is_that_link() -> None:
    mail = Step(kind="mail", at=500, mail=1)
    steps = marked(mail, Step(kind="navigate", at=900, value=LINK + "#top", answer="none")).steps

    assert [(step.kind, step.value) for step in steps[1:]] == [("link", "⟦mail1.link1⟧")]


def test_a_typed_address_is_an_open_and_a_clicked_link_is_not() -> None:
    typed = Step(kind="navigate", at=900, value="http://app.test/help", answer="none")
    clicked = replace(typed, answer="same-origin")

    assert [(step.kind, step.value) for step in marked(typed, clicked).steps] == [("open", "/help")]


def test_a_typed_code_belongs_to_the_latest_mail_that_shows_it() -> None:
    mail = raw("Your code is\r\n\r\n482 913\r\n")
    steps = marked(Step(kind="mail", at=500, mail=1), fill("482913", code_field()), mail=mail).steps

    assert steps[1].value == "⟦mail1.code⟧"


def test_one_character_boxes_are_one_code() -> None:
    mail = raw("Your code is\r\n\r\n4821\r\n")
    boxes = [
        replace(fill(char, code_field(f"Digit {n}", maxlength=1)), locator=textbox(f"Digit {n}"))
        for n, char in enumerate("4821", 1)
    ]

    steps = marked(Step(kind="mail", at=500, mail=1), *boxes, mail=mail).steps

    assert len(steps) == 2
    assert steps[1].value == "⟦mail1.code⟧"
    assert len(steps[1].boxes) == 4


def test_a_totp_code_is_known_by_the_secret_that_was_on_the_screen() -> None:
    code = pyotp.TOTP(TOTP).at(datetime.fromtimestamp(STARTED + 60, UTC))
    shown = Step(kind="secret", at=1000, value=TOTP, shown_as="text", locator=f'get_by_text("{TOTP}")')
    decoy = replace(shown, value="K" + TOTP[1:])

    timeline = marked(shown, decoy, fill(code, code_field(), at=60_000))

    assert [step.kind for step in timeline.steps] == ["secret", "fill"]
    assert timeline.steps[1].value == "⟦totp.code⟧"
    assert timeline.values["totp.secret"].value == TOTP
    assert TOTP not in "".join(timeline.shown())


def test_a_reload_counts_only_if_nothing_was_done_just_before() -> None:
    def at(moment: int) -> list[str]:
        click = Step(kind="click", at=1000, locator=textbox("x"))
        reload = Step(kind="navigate", at=moment, value="http://app.test/", answer="same-origin")
        return [step.kind for step in marked(click, reload, Step(kind="document", at=moment + 9, value="reload")).steps]

    assert at(1200) == ["click"]
    assert at(9000) == ["click", "reload"]
