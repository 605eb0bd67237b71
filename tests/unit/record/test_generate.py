"""From a timeline to files: golden output, reuse, and refusals."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from inboxwright.record.generate import generate, write
from inboxwright.record.generate.project import WouldOverwrite
from inboxwright.record.leaks import SecretLeft
from inboxwright.record.timeline import Field, Step
from tests.unit.record.samples import ADDRESS, marked, sign_up, textbox

PAGE = '''\
"""The screen at /signup: Sign up."""

from playwright.sync_api import Page


class SignUpPage:
    """The screen at /signup: Sign up."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = page.get_by_role("textbox", name="Email")
        self.password = page.get_by_role("textbox", name="Password")
        self.sign_up_button = page.get_by_role("button", name="Sign up")

    def open(self) -> None:
        """Go to this screen."""
        self.page.goto("/signup")

    def sign_up(self, *, email: str, password: str) -> None:
        """Fill in 'Email', fill in 'Password', press 'Sign up'."""
        self.email.fill(email)
        self.password.fill(password)
        self.sign_up_button.click()
'''
FLOW = '''\
def join(user: User) -> None:
    """Walk through "join" as it was recorded."""
    sign_up_page = SignUpPage(user.page)
    sign_up_page.open()
    with user.inbox.expect_message(subject="Confirm your email") as mail:
        sign_up_page.sign_up(email=user.inbox.address, password=user.identity.password)
        user.page.wait_for_url("/sent")
    user.open(mail.value.link())
'''
TEST = """\
def test_join(user: User) -> None:
    join(user)

    expect(ConfirmPage(user.page).signed_in_as(email=user.inbox.address)).to_be_visible()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project with this repository's line length."""
    (tmp_path / "ruff.toml").write_text("line-length = 120\n", encoding="utf-8")
    return tmp_path


def test_a_sign_up_becomes_a_page_a_flow_and_a_test(project: Path) -> None:
    files = generate(sign_up(), project).files

    assert files["pages/sign_up.py"].startswith(PAGE)
    assert FLOW in files["flows/join.py"]
    assert TEST in files["e2e/test_join.py"]


def test_generating_writes_nothing(project: Path) -> None:
    generate(sign_up(), project)

    assert [path.name for path in project.rglob("*") if path.is_file()] == ["ruff.toml"]


OWN = """
class Registration:
    def __init__(self, page):
        self.page = page
        self.mail_field = page.get_by_label("Email")
        self.secret_field = page.get_by_label("Password")
        self.go = page.get_by_role("button", name="Sign up")

    def open(self):
        self.page.goto("/signup")

    def register(self, address, secret):
        self.mail_field.fill(address)
        self.secret_field.fill(secret)
        self.go.click()
"""


def test_somebodys_own_page_object_is_reused_when_its_locators_match(project: Path) -> None:
    (project / "pages").mkdir()
    (project / "pages" / "registration.py").write_text(OWN, encoding="utf-8")

    generated = generate(sign_up(), project)

    assert generated.reused == ("Registration",)
    assert "pages/registration.py" not in generated.files
    assert (
        "registration_page.register(address=user.inbox.address, secret=user.identity.password)"
        in (generated.files["flows/join.py"])
    )


def test_without_a_method_that_fits_the_flow_uses_the_locators(project: Path) -> None:
    (project / "pages").mkdir()
    (project / "pages" / "registration.py").write_text(OWN.partition("    def register")[0], encoding="utf-8")

    flow = generate(sign_up(), project).files["flows/join.py"]

    assert "registration_page.mail_field.fill(user.inbox.address)" in flow
    assert "registration_page.go.click()" in flow


def test_a_recorded_page_grows_and_an_edited_one_is_left_alone(project: Path) -> None:
    write(generate(sign_up(), project), project)
    page = project / "pages" / "sign_up.py"
    more = replace(sign_up(), name="other", steps=(*sign_up().steps[:3], _click("Help"), *sign_up().steps[3:]))

    grown = generate(more, project).files
    page.write_text(page.read_text(encoding="utf-8").replace("sign_up_button", "send"), encoding="utf-8")
    beside = generate(more, project).files

    assert "help_link" in grown["pages/sign_up.py"]
    assert "def sign_up(" in grown["pages/sign_up.py"]
    assert "pages/sign_up.py" not in beside
    assert "class OtherSignUpPage" in beside["pages/other_sign_up.py"]


def _click(name: str) -> Step:
    return Step(kind="click", at=800, path="/signup", heading="Sign up", locator=f'get_by_role("link", name="{name}")')


def test_an_edited_flow_is_never_overwritten(project: Path) -> None:
    write(generate(sign_up(), project), project)
    write(generate(sign_up(), project), project)  # as it was recorded: may be recorded again
    flow = project / "flows" / "join.py"
    flow.write_text(flow.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")

    with pytest.raises(WouldOverwrite, match=r"flows/join\.py"):
        generate(sign_up(), project)


def test_a_secret_that_would_stay_is_refused(project: Path) -> None:
    leaking = replace(sign_up(), steps=(*sign_up().steps, Step(kind="missed", note=f"something about {ADDRESS}")))

    with pytest.raises(SecretLeft, match=r"flows/join\.py:\d+: inbox.address"):
        generate(leaking, project)


def test_what_was_not_recorded_is_a_todo(project: Path) -> None:
    steps = (*sign_up().steps, Step(kind="missed", path="/done", note="a drag of a card and drop here"))

    generated = generate(replace(sign_up(), steps=steps), project)

    assert "# TODO: a drag of a card and drop here at /done" in generated.files["flows/join.py"]
    assert any("a drag of a card" in note for note in generated.notes)


def test_without_an_assertion_the_test_says_so_and_asserts_the_address(project: Path) -> None:
    generated = generate(replace(sign_up(), steps=sign_up().steps[:-1]), project)

    test = generated.files["e2e/test_join.py"]
    assert "# TODO: nothing was asserted while recording" in test
    assert 'expect(user.page).to_have_url(re.compile(r"/confirm/[^/]+/(\\?|#|$)"))' in test


def test_a_locator_that_a_fresh_run_cannot_know_is_a_todo(project: Path) -> None:
    click = Step(kind="click", at=2500, path="/x", locator=f'get_by_text("{marked("mail1.token1")}")')

    flow = generate(replace(sign_up(), steps=(*sign_up().steps[:-1], click)), project).files["flows/join.py"]

    assert "# TODO: click with mail1.token1, which a fresh run cannot know" in flow


ODD = (
    "class",
    "import",
    "open",
    "print",
    "Электронная почта",
    "电子邮件",
    'Say "it\'s" \\ {fine}',
    "1 more",
    "⟦",
    "🙂",
    "open",
)


def test_odd_words_make_code_that_can_be_read_and_compiled(project: Path) -> None:
    acts = [
        Step(kind=kind, at=100 * number, path=f"/step/{'ab'[number % 2]}", heading="Same title",
             value=word.replace("⟦", "⟦⟦"),
             locator=f"get_by_role({role!r}, name={word.replace('⟦', '⟦⟦')!r})", field=Field(tag="input", label=word))
        for number, word in enumerate(ODD) for kind, role in (("fill", "textbox"), ("click", "button"))
    ]  # fmt: skip
    clicks = [replace(act, value="") if act.kind == "click" else act for act in acts]

    generated = generate(replace(sign_up(), name="вход", steps=(*sign_up().steps[:3], *clicks)), project)

    trees = {name: ast.parse(text) for name, text in generated.files.items()}
    assert {"flows/vkhod.py", "e2e/test_vkhod.py"} <= set(trees)
    assert len([name for name in trees if name.startswith("pages/")]) == 2
    names = [
        node.attr for name, tree in trees.items() if name.startswith("pages/")
        for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    ]  # fmt: skip
    assert {"elektronnaia_pochta", "dian_zi_you_jian", "class_", "import_"} <= set(names)
    literals = [node.value for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert set(ODD) <= set(literals)


def test_files_that_were_chosen_together_are_given_together(project: Path) -> None:
    picture = Step(
        kind="upload", at=300, path="/signup", heading="Sign up", locator=textbox("Pictures"), content="YQ=="
    )
    files = [replace(picture, value="one.txt"), replace(picture, value="two.txt", together=True)]
    files.append(replace(picture, value="three.txt", content=""))

    generated = generate(replace(sign_up(), steps=(*sign_up().steps[:3], *files)), project)

    page = generated.files["pages/sign_up.py"]
    assert "self.pictures.set_input_files([file, second_file])" in page
    assert "self.pictures.set_input_files(third_file)" in page
    assert "# TODO: put three.txt into flows/files; it was too large to be kept" in generated.files["flows/join.py"]


def test_an_answer_to_a_dialog_that_a_fresh_run_cannot_know_is_a_todo(project: Path) -> None:
    dialog = Step(kind="dialog", at=310, answer="accept", text=marked("mail1.token1"))

    flow = generate(replace(sign_up(), steps=(*sign_up().steps[:6], dialog)), project).files["flows/join.py"]

    assert "# TODO: a dialog was answered with mail1.token1, which a fresh run cannot know" in flow
    assert 'once("dialog", lambda dialog: dialog.accept())' in flow


def test_the_browsers_buttons_and_what_the_pointer_rests_on(project: Path) -> None:
    menu = Step(kind="hover", at=300, path="/signup", heading="Sign up", locator='get_by_role("link", name="Help")')
    steps = (*sign_up().steps[:3], menu, _click("Contact"), Step(kind="back", at=900), Step(kind="forward", at=950))

    files = generate(replace(sign_up(), steps=steps), project).files

    assert "self.help_link.hover()\n        self.contact_link.click()" in files["pages/sign_up.py"]
    assert "user.page.go_back()\n    user.page.go_forward()" in files["flows/join.py"]
