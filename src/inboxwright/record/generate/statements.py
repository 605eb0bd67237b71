"""One recorded act as Playwright statements."""

import ast
import itertools
from collections.abc import Mapping, Sequence

from inboxwright.record.generate import locators
from inboxwright.record.generate.plan import Act, Node
from inboxwright.record.generate.words import expression, identifier, quote
from inboxwright.record.markers import names
from inboxwright.record.timeline import Step


def direct(
    step: Step, target: str, root: str, scope: Mapping[str, str], *, also: Sequence[str] = ()
) -> list[str]:  # fmt: skip
    """The statements for the act; `target` is its element, `root.page` the page. Raises KeyError.

    `also`: more files that were chosen with the one of an upload.
    """
    if len(step.boxes) > 1:
        value = expression(step.value, scope)
        return [f"for box, character in zip({target}, {value}, strict=True):", "    box.fill(character)"]
    on = target or f"{root}.page.keyboard"
    return [f"{on}.{step.row.call}({_arguments(step, scope, also)})"]


def _arguments(step: Step, scope: Mapping[str, str], also: Sequence[str]) -> str:
    """What Playwright's method is given. Raises KeyError for a known value that has no expression."""
    match step.kind:
        case "click" | "dblclick":
            return ", ".join(_click_arguments(step))
        case "fill" | "paste":
            return expression(step.value, scope)
        case "select":
            options = [expression(option, scope) for option in step.options]
            return "label=" + (options[0] if len(options) == 1 else f"[{', '.join(options)}]")
        case "upload":
            files = [scope[f"file:{name}"] for name in (step.value, *also) if name]
            return files[0] if len(files) == 1 else f"[{', '.join(files)}]"
        case "press":
            return quote(step.value)
        case _:
            return ""


def chosen_with(acts: Sequence[Act], index: int) -> list[str]:
    """The files that were chosen together with that of an upload."""
    following = itertools.takewhile(lambda act: act.step.together, acts[index + 1 :])
    return [act.step.value for act in following] if acts[index].step.kind == "upload" else []


def shown_key(step: Step, target: str) -> str:
    """The TOTP key as an expression: read off the element, or found among its words."""
    alone = step.field is None or names(step.field.label)[:1] == [step.field.label.strip("⟦⟧")]
    if step.shown_as == "text" and not alone:
        return f're.findall(r"[A-Z2-7]{{16,64}}", {target}.inner_text())[0]'
    shown = {"value": "input_value()", "href": 'get_attribute("href") or ""'}.get(step.shown_as, "inner_text()")
    return f"{target}.{shown}"


def _click_arguments(step: Step) -> list[str]:
    arguments = []
    if step.button:
        arguments.append(f"button={quote(step.button)}")
    if step.modifiers:
        arguments.append(f"modifiers=[{', '.join(quote(key) for key in step.modifiers)}]")
    if step.position:
        arguments.append('position={{"x": {}, "y": {}}}'.format(*step.position))
    return arguments


def method_of(node: Node) -> str:
    """What a page object's method for these acts is called: after the button that ends them."""

    last = node.last.step
    if last.kind in {"click", "dblclick"} and last.locator:
        name = identifier(locators.spoken(last.locator, last.field.label if last.field else ""), "press_it")
        linked = locators.is_link(last.locator) and ("_" not in name.rstrip("_") or name.endswith("_link"))
        return f"go_to_{name.rstrip('_')}" if linked else name
    if last.kind == "press":
        return "submit" if last.value == "Enter" else f"press_{identifier(last.value, 'key')}"
    if node.code is not None and last.row.method == "fill_in":
        return "enter_code"
    return last.row.method


def shape(calls: Sequence[str], parameters: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The statements with parameters numbered by first use, and the parameters in that order."""
    order: list[str] = []

    class Renamed(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.Name:
            if node.id not in parameters:
                return node
            if node.id not in order:
                order.append(node.id)
            return ast.Name(id=f"_{order.index(node.id)}", ctx=node.ctx)

    renamer = Renamed()
    return tuple(ast.unparse(renamer.visit(ast.parse(call))) for call in calls), order
