"""Which page object serves which screen, and what a flow calls on it."""

import ast
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inboxwright.record.generate import locators
from inboxwright.record.generate.models import PageModel, by_keys
from inboxwright.record.generate.plan import Node, screen_key
from inboxwright.record.generate.statements import chosen_with, direct, method_of, shape
from inboxwright.record.generate.words import class_name, identifier, summary, unique
from inboxwright.record.markers import names
from inboxwright.record.timeline import Step

_HEADING_WORDS = 4
_GENERIC = {"account", "accounts", "api", "app", "auth", "en", "index", "user", "users", "web"}
"""Parts of a route that tell nothing of its screen."""
_ORDINALS = {1: "", 2: "second_", 3: "third_"}


@dataclass(slots=True, kw_only=True)
class Screens:
    """Page objects of one recording, by screen."""

    existing: Sequence[PageModel]
    flow: str
    by_screen: dict[str, PageModel] = field(default_factory=dict)
    reused: set[str] = field(default_factory=set)

    def prepare(self, nodes: Sequence[Node]) -> None:
        """Choose or make the page object of every screen on which an element was touched."""
        needed: dict[str, list[Step]] = {}
        for node in nodes:
            for act in node.acts:
                if act.step.row.on_screen:
                    needed.setdefault(screen_key(act.step.path), []).append(act.step)
        for screen, steps in needed.items():
            self.by_screen[screen] = self._choose(screen, steps)

    def models(self) -> list[PageModel]:
        """All page objects in use, each once."""
        return list({id(model): model for model in self.by_screen.values()}.values())

    def _choose(self, screen: str, steps: Sequence[Step]) -> PageModel:
        touched = [step for step in steps if step.locator or step.boxes or step.kind == "secret"]
        keys = {box_key(step) or locators.key(element(step)) for step in touched if not names(element(step))}
        if (found := by_keys(self.existing, keys)) and (not found.path or _alike(found.path, screen)):
            self.reused.add(found.class_name)
            return found
        name = _screen_name(screen, steps)
        modules = {model.module for model in (*self.existing, *self.models())}
        for model in self.existing:
            if model.own and model.module == name and re.search(rf" at {re.escape(screen)}[:.]( |$)", model.title):
                return model
        if name in modules:
            name = unique(f"{self.flow}_{name}" if not name.startswith(self.flow) else name, modules)
        heading = summary(steps[0].heading, 60).rstrip(".")
        title = f"The screen at {screen}: {heading}." if heading else f"The screen at {screen}."
        return PageModel(class_name=f"{class_name(name)}Page", module=name, title=title.replace('"', "'"))

    def of(self, step: Step) -> PageModel:
        """The page object for a step's screen."""
        return self.by_screen[screen_key(step.path)]

    def locator(self, step: Step, var: str, scope: Mapping[str, str]) -> str:
        """The step's element as an expression of the flow or the test. Raises KeyError."""
        model, code = self.of(step), element(step)
        if not names(code):
            return f"{var}.{self.attribute(step)}"
        if not model.own:
            return locators.render(code, f"{var}.page", scope)
        inner, arguments = parameters(names(code), scope)
        source = f"return {locators.render(code, 'self.page', inner)}"
        name = model.method(
            identifier(locators.spoken(code), "element"), list(arguments), [source],
            [ast.unparse(ast.parse(f"def f(): {source}"))],
            "The element with these words.",
        )  # fmt: skip
        given = ", ".join(f"{parameter}={value}" for parameter, value in arguments.items())
        return f"{var}.{name}({given})"

    def attribute(self, step: Step) -> str:
        """The attribute for the step's element, added to the page object if need be."""
        model, label = self.of(step), step.field.label or step.field.name if step.field else ""
        if key := box_key(step):
            code = "(" + ", ".join(locators.render(box, "page", {}) for box in step.boxes) + ",)"
            return model.attribute(key, code, "code_boxes")
        code = element(step)
        fallback = label or (step.field.tag if step.field else "")
        name = "secret" if step.kind == "secret" else locators.attribute_name(code, fallback)
        if step.kind == "select" and label:  # its locator may hold the words of all its options
            name = identifier(label, "choice")
        comment = "By CSS: its words are the secret." if step.kind == "secret" and locators.is_css(code) else ""
        return model.attribute(
            locators.key(code), locators.render(code, "page", {}).removeprefix("page."), name, comment
        )

    def call(self, node: Node, var: str, scope: Mapping[str, str]) -> list[str]:
        """The statements with which a flow does what the node's acts did. Raises KeyError."""
        model = self.of(node.step)
        known = [name for act in node.acts for name in used(act.step)]
        inner, arguments = parameters(known, scope)
        uploads = [act.step for act in node.acts if act.step.kind == "upload" and act.step.value]
        for number, step in enumerate(uploads, 1):
            parameter = f"{_ORDINALS.get(number, f'number_{number}_')}file"
            inner[f"file:{step.value}"], arguments[parameter] = parameter, scope[f"file:{step.value}"]
        found = self._same(model, node, inner)
        if not model.own and found is None:
            return self._statements(node, var, scope)
        if found is None:
            lines = self._statements(node, "self", inner)
            name = model.method(method_of(node), list(arguments), lines, _calls(lines), _summary(node))
        else:
            name, order = found
            arguments = dict(zip(order, arguments.values(), strict=True))
        given = ", ".join(f"{parameter}={value}" for parameter, value in arguments.items())
        return [f"{var}.{name}({given})"]

    def _statements(self, node: Node, var: str, scope: Mapping[str, str]) -> list[str]:
        """What the node's acts are in Playwright's words. Raises KeyError."""
        return [
            line
            for index, act in enumerate(node.acts)
            if not act.step.together
            for line in direct(
                act.step, self._target(act.step, var, scope), var, scope, also=chosen_with(node.acts, index)
            )
        ]

    def _target(self, step: Step, var: str, scope: Mapping[str, str]) -> str:
        if not step.locator and not step.boxes:
            return ""
        code = element(step)
        return f"{var}.{self.attribute(step)}" if not names(code) else locators.render(code, f"{var}.page", scope)

    def _same(self, model: PageModel, node: Node, inner: Mapping[str, str]) -> tuple[str, list[str]] | None:
        """A method of somebody's own that does exactly this, and its parameters in the order of ours."""
        wanted, _ = shape(_calls(self._statements(node, "self", inner)), list(dict.fromkeys(inner.values())))
        for method in model.methods:
            found, order = shape(method.calls, method.parameters)
            if found == wanted and len(order) == len(method.parameters):
                return method.name, order
        return None


def element(step: Step) -> str:
    """The code of the step's locator; a secret is found without its words."""
    if step.kind == "secret":
        by_words = not step.locator or step.shown_as == "text" or bool(names(step.locator))
        return f"locator({step.field.css!r})" if by_words and step.field else step.locator or ""
    return step.locator or (step.boxes[0] if step.boxes else "") or "locator('body')"


def box_key(step: Step) -> str:
    """The key of a row of one-character boxes, if the step fills one."""
    if len(step.boxes) < 2:
        return ""
    return "boxes:" + "|".join(locators.key(box) for box in step.boxes)


def used(step: Step) -> list[str]:
    """Known values that a page method needs to be told."""
    found = names(element(step)) if step.locator else []
    if step.kind in {"fill", "paste", "press"}:
        found += names(step.value)
    found += [name for option in step.options for name in names(option)]
    return found


def parameters(known: Sequence[str], scope: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Known values to parameter names, and parameter names to what the caller gives. Raises KeyError."""
    inner: dict[str, str] = {}
    arguments: dict[str, str] = {}
    for name in dict.fromkeys(known):
        parameter = unique(_parameter(name), arguments)
        inner[name], arguments[parameter] = parameter, scope[name]
    return inner, arguments


def _parameter(name: str) -> str:
    head, _, tail = name.partition(".")
    if tail == "address":
        return "email" if head == "inbox" else "new_email"
    if tail in {"code", "plain"}:
        return "code"
    if head.startswith("password"):
        return "new_password"
    return tail or head


def _calls(lines: Sequence[str]) -> list[str]:
    return [ast.unparse(statement) for statement in ast.parse("\n".join(lines)).body]


def _alike(path: str, screen: str) -> bool:
    return screen_key(path).rstrip("/") == screen.rstrip("/")


def _screen_name(screen: str, steps: Sequence[Step]) -> str:
    """After the route, which stays when the page is reworded; a heading only where the route says nothing."""
    heading = next((step.heading for step in steps if step.heading and not names(step.heading)), "")
    headed = identifier(heading, "").rstrip("_") if len(heading.split()) <= _HEADING_WORDS else ""
    segments = [part for part in re.split(r"[/#!]+", screen) if part and part != "*" and not re.search(r"\d{3}", part)]
    telling = [part for part in segments if part.lower() not in _GENERIC] or segments
    if telling:
        name = identifier(" ".join(telling[-2:]), "screen").rstrip("_")
        name = f"{name}_screen" if keyword.iskeyword(name) else name
        return headed if headed.replace("_", "") == name.replace("_", "") else name  # "signup" is "Sign up" in words
    return headed if headed and screen.strip("/#!") else "home"


def _label(step: Step) -> str:
    """The element in words: its own in quotes, else what kind of element it is."""
    words = summary((step.field.label if step.field else "") or locators.spoken(element(step)), 40)
    if words:
        return f"'{words}'"
    if step.field and step.field.name:
        return f"'{summary(step.field.name, 40)}'"
    return f"the {step.field.type or step.field.tag} field" if step.field and step.field.tag else "the page"


def _summary(node: Node) -> str:
    words = [act.step.row.words.format(label=_label(act.step), value=act.step.value) for act in node.acts]
    text = ", ".join(dict.fromkeys(words))
    return summary(text[:1].upper() + text[1:], 88).rstrip(".") + "."
