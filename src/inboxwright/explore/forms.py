"""What a page asks for: its forms, their fields and buttons, read in every frame and open shadow root."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error, Frame, Locator, Page

from inboxwright.explore.words import AGAIN, BY_MAIL, CODE, FORGOT, IDENTIFIER, PASSWORD, SIGN_IN, SIGN_UP, Purpose
from inboxwright.record.people import meaning
from inboxwright.record.timeline import Field

_NO_FIELD = ("hidden", "submit", "button", "image", "reset")
FIELDS = f"input{''.join(f':not([type={kind}])' for kind in _NO_FIELD)}, select, textarea"
BUTTONS = "button, input[type=submit], input[type=button], input[type=image], [role=button]"
PRESSABLE = f"a, {BUTTONS}, [role=link], [role=menuitem], summary"
_READ = """elements => elements.map((element) => {
  const text = (node) => (node?.innerText ?? "").trim().replace(/\\s+/g, " ");
  const labels = [...(element.labels ?? [])].map(text).join(" ").trim();
  const named = (element.getAttribute("aria-labelledby") ?? "").split(/\\s+/).filter(Boolean)
    .map((id) => text(element.getRootNode().getElementById?.(id))).join(" ").trim();
  const box = element.getBoundingClientRect();
  const root = element.getRootNode();
  const together = "form, [role=form], dialog, [role=dialog]";
  const form = element.closest(together) ?? root.host?.closest?.(together);
  const forms = [...document.querySelectorAll(together)];
  return {
    tag: element.localName, type: element.type ?? "", name: element.getAttribute("name") ?? "",
    autocomplete: element.getAttribute("autocomplete") ?? "", maxlength: element.maxLength > 0 ? element.maxLength : 0,
    label: element.getAttribute("aria-label") || named || labels || element.getAttribute("placeholder") || "",
    words: (text(element) || element.value || element.getAttribute("aria-label") || element.title || "").slice(0, 80),
    href: element.localName === "a" ? element.href : "", required: Boolean(element.required),
    value: String(element.value ?? ""), checked: Boolean(element.checked),
    visible: box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden",
    enabled: !element.disabled,
    form: form ? forms.indexOf(form) : -1, action: form?.getAttribute("action") ?? "",
    options: element.localName !== "select" ? []
      : [...element.options].filter((option) => option.value).map((option) => option.label.trim()),
  };
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A field, button or link that a person can see."""

    locator: Locator
    field: Field
    words: str
    href: str
    required: bool
    value: str
    checked: bool
    options: tuple[str, ...]

    @property
    def asks(self) -> str:
        """Which attribute of a person it asks for; "code", "identifier" (whatever names the person), or nothing."""
        words = f"{self.field.label} {self.field.name.replace('_', ' ')}"
        if "one-time-code" in self.field.autocomplete or (CODE.search(words) and not PASSWORD.search(words)):
            return "code"
        return meaning(self.field) or ("identifier" if IDENTIFIER.search(words) else "")

    @property
    def again(self) -> bool:
        """Whether it asks for something a second time."""
        return AGAIN.search(f"{self.field.label} {self.field.name}") is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Fields that belong together, and what sends them."""

    fields: tuple[Control, ...]
    buttons: tuple[Control, ...]
    about: str
    """Heading, title and path of its page."""

    def of(self, asked: str) -> list[Control]:
        """The fields that ask for this."""
        return [field for field in self.fields if field.asks == asked]

    @property
    def texts(self) -> list[Control]:
        """What can be typed into and asks for nothing that is known."""
        typed = {"text", "email", "search", "tel", "textarea", ""}
        return [field for field in self.fields if field.asks == "" and field.field.type in typed]

    def purpose(self) -> Purpose | None:
        """What it is for, by its shape first and its words second; None if that cannot be told."""
        sends = " ".join(button.words for button in self.buttons)
        passwords = self.of("password")
        addressed = bool(self.of("address") or self.of("username") or self.of("identifier") or len(self.texts) == 1)
        if not addressed:
            return None
        by_mail = Purpose.BY_CODE if CODE.search(sends) or self.of("code") else Purpose.BY_LINK
        if not passwords and FORGOT.search(f"{sends} {self.about}"):
            return Purpose.FORGOT
        if BY_MAIL.search(sends) and not SIGN_UP.search(sends):
            return by_mail
        if not passwords:
            if SIGN_UP.search(f"{sends} {self.about}"):
                return Purpose.SIGN_UP
            return by_mail if SIGN_IN.search(sends) and self.of("address") else None
        fresh = any("new-password" in field.field.autocomplete for field in passwords)
        if len(passwords) > 1 or SIGN_UP.search(sends) or fresh:
            return Purpose.SIGN_UP
        return Purpose.SIGN_IN if SIGN_IN.search(f"{sends} {self.about}") else None


async def forms_of(page: Page) -> list[Form]:
    """Every form that can be seen; fields without a form are one together. Frames included."""
    found: list[Form] = []
    for frame in page.frames:
        try:
            found += await _of_frame(page, frame)
        except Error:  # it went away meanwhile
            continue
    return found


async def _of_frame(page: Page, frame: Frame) -> list[Form]:
    fields = await _controls(frame, FIELDS)
    buttons = await _controls(frame, BUTTONS)
    heading = frame.locator("h1, h2").first
    head = await heading.inner_text() if await heading.count() else ""
    about = f"{head} {await page.title()} {page.url.partition('://')[2].partition('/')[2]}"
    forms = []
    for number in dict.fromkeys(number for number, _ in fields):
        mine = tuple(control for of, control in fields if of == number)
        sends = tuple(control for of, control in buttons if of == number)
        forms.append(Form(fields=mine, buttons=sends or tuple(c for of, c in buttons if of == -1), about=about))
    return forms


async def pressable(page: Page) -> list[Control]:
    """Every link and button that can be seen, in all frames."""
    found: list[Control] = []
    for frame in page.frames:
        try:
            found += [control for _, control in await _controls(frame, PRESSABLE)]
        except Error:
            continue
    return found


async def _controls(frame: Frame, selector: str) -> list[tuple[int, Control]]:
    all_of_them = frame.locator(selector)
    read: Sequence[dict[str, Any]] = await all_of_them.evaluate_all(_READ)
    return [
        (item["form"], _control(all_of_them.nth(index), item))
        for index, item in enumerate(read)
        if item["visible"] and item["enabled"]
    ]


def _control(locator: Locator, item: dict[str, Any]) -> Control:
    names = ("tag", "type", "name", "autocomplete", "maxlength", "label")
    return Control(
        locator=locator, field=Field(**{name: item[name] for name in names}), words=item["words"], href=item["href"],
        required=item["required"], value=item["value"], checked=item["checked"], options=tuple(item["options"]),
    )  # fmt: skip
