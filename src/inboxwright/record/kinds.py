"""The kinds of step: what each is, what it carries, and its verb in words, in code and in the panel. One row a kind."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a step is to the journey."""

    ACT = "done to an element of the page"
    BROWSER = "done with the browser itself"
    ASSERTION = "said in the panel of an element"
    EFFECT = "what followed from an act"
    FOUND = "what a recording has to tell beside the acts"
    RAW = "seen, and explained or dropped when the timeline is made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row of the table."""

    name: str
    role: Role
    carries: tuple[str, ...] = ()
    """The attributes of a step that count beside those which every step has (`timeline.COMMON`)."""
    causes: bool = False
    """It can make the page navigate: what navigates soon after it is no act of the person's own."""
    ends: bool = False
    """As an effect: what comes next is done on another screen, or no longer in one breath."""
    wraps: bool = False
    """As an effect: the act that has it is a call of its own, inside or beside something that awaits the effect."""
    focuses: bool = False
    """It focuses its element anyway: a click on the same element just before it is left out."""
    lasts: bool = False
    """It stays when the act before it is taken back: a mail has arrived, a secret was shown."""
    by_person: bool = True
    """The person's doing, so that it can be taken back."""
    bare: bool = False
    """It is recorded though it has no element."""
    call: str = ""
    """Playwright's method."""
    method: str = ""
    """What a page object's method that ends with it is called; empty: after the element."""
    words: str = ""
    """For a docstring, `{label}` being the element, in quotes if it has words, and `{value}` what the step holds."""
    panel: str = ""
    """For the panel, `{label}` being the element's words; empty: not listed there."""

    @property
    def on_screen(self) -> bool:
        """Whether it concerns an element, so that a page object has to know it."""
        return self.role in {Role.ACT, Role.ASSERTION} or self.name == "secret"

    @property
    def alone(self) -> bool:
        """Whether it is a statement of its own in the flow, never gathered with others into a page's method."""
        return self.role in {Role.BROWSER, Role.ASSERTION, Role.FOUND}


_CLICK = ("button", "modifiers", "position")

_ROWS = (
    # What the person does to an element.
    Kind(name="click", role=Role.ACT, carries=_CLICK, causes=True, call="click",
         words="press {label}", panel="Click '{label}'"),
    Kind(name="dblclick", role=Role.ACT, carries=_CLICK, causes=True, call="dblclick",
         words="double-click {label}", panel="Double-click '{label}'"),
    Kind(name="fill", role=Role.ACT, carries=("boxes", "code"), causes=True, focuses=True, call="fill",
         method="fill_in", words="fill in {label}", panel="Fill in '{label}': {value}"),
    Kind(name="paste", role=Role.ACT, carries=("code",), causes=True, focuses=True, call="press_sequentially",
         method="fill_in", words="fill in {label}", panel="Fill in '{label}': {value}"),
    Kind(name="check", role=Role.ACT, causes=True, focuses=True, call="check",
         method="tick", words="tick {label}", panel="Tick '{label}'"),
    Kind(name="uncheck", role=Role.ACT, causes=True, focuses=True, call="uncheck",
         method="untick", words="untick {label}", panel="Untick '{label}'"),
    Kind(name="select", role=Role.ACT, carries=("options",), causes=True, focuses=True, call="select_option",
         method="choose", words="choose in {label}", panel="Choose {value} in '{label}'"),
    Kind(name="press", role=Role.ACT, causes=True, bare=True, call="press",
         method="press", words="press {value} in {label}", panel="Press {value} in '{label}'"),
    Kind(name="upload", role=Role.ACT, carries=("content", "together"), causes=True, call="set_input_files",
         method="attach", words="attach a file to {label}", panel="Attach {value} to '{label}'"),
    Kind(name="hover", role=Role.ACT, call="hover",
         method="hover", words="point at {label}", panel="Point at '{label}'"),
    # What the person does with the browser.
    Kind(name="open", role=Role.BROWSER, panel="Go to {value}"),
    Kind(name="link", role=Role.BROWSER, carries=("mail", "link"), panel="Open the mailed link"),
    Kind(name="reload", role=Role.BROWSER, call="reload", panel="Reload"),
    Kind(name="back", role=Role.BROWSER, bare=True, call="go_back", panel="Back"),
    Kind(name="forward", role=Role.BROWSER, bare=True, call="go_forward", panel="Forward"),
    Kind(name="close", role=Role.BROWSER, call="close", panel="Close the tab"),
    # What is said in the panel of an element.
    Kind(name="assert_visible", role=Role.ASSERTION, call="to_be_visible", panel="Assert visible {value}"),
    Kind(name="assert_text", role=Role.ASSERTION, carries=("rendered",), call="to_contain_text",
         panel="Assert text {value}"),
    Kind(name="assert_value", role=Role.ASSERTION, call="to_have_value", panel="Assert value {value}"),
    # What followed.
    Kind(name="mail", role=Role.EFFECT, carries=("mail", "inbox"), ends=True, lasts=True, by_person=False),
    Kind(name="load", role=Role.EFFECT, carries=("query",), ends=True, by_person=False),
    Kind(name="arrive", role=Role.EFFECT, carries=("query",), ends=True, by_person=False),
    Kind(name="request", role=Role.EFFECT, carries=("method", "by_script"), by_person=False),
    Kind(name="popup", role=Role.EFFECT, carries=("new_page",), ends=True, wraps=True, by_person=False,
         panel="Popup"),
    Kind(name="tab", role=Role.EFFECT, carries=("new_page",), ends=True, wraps=True, by_person=False, panel="Tab"),
    Kind(name="download", role=Role.EFFECT, ends=True, wraps=True, by_person=False, panel="Download {value}"),
    Kind(name="dialog", role=Role.EFFECT, carries=("answer", "text"), causes=True, ends=True, wraps=True,
         panel="Dialog {value}"),
    # What else has to be told.
    Kind(name="secret", role=Role.FOUND, carries=("shown_as",), lasts=True, by_person=False),
    Kind(name="missed", role=Role.FOUND, carries=("note",), bare=True, panel="Not recorded: {value}"),
    # Raw.
    Kind(name="navigate", role=Role.RAW, carries=("answer",), by_person=False),
    Kind(name="document", role=Role.RAW, bare=True, by_person=False),
)  # fmt: skip

KINDS = {row.name: row for row in _ROWS}
"""Every kind of step that there is, by name."""
