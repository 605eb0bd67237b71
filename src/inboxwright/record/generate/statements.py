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
    match step.kind:
        case "click" | "dblclick":
            return [f"{target}.{step.kind}({', '.join(_click_arguments(step))})"]
        case "fill" if len(step.choices) > 1:
            value = expression(step.value, scope)
            return [f"for box, character in zip({target}, {value}, strict=True):", "    box.fill(character)"]
        case "fill":
            return [f"{target}.fill({expression(step.value, scope)})"]
        case "paste":
            return [f"{target}.press_sequentially({expression(step.value, scope)})"]
        case "hover" | "check" | "uncheck":
            return [f"{target}.{step.kind}()"]
        case "select":
            choices = [expression(choice, scope) for choice in step.choices]
            labels = choices[0] if len(choices) == 1 else f"[{', '.join(choices)}]"
            return [f"{target}.select_option(label={labels})"]
        case "upload":
            files = [scope[f"file:{name}"] for name in (step.value, *also) if name]
            given = files[0] if len(files) == 1 else f"[{', '.join(files)}]"
            return [f"{target}.set_input_files({given})"]
        case "press":
            on = target or f"{root}.page.keyboard"
            return [f"{on}.press({quote(step.value)})"]
        case _:
            raise KeyError(step.kind)


def chosen_with(acts: Sequence[Act], index: int) -> list[str]:
    """The files that were chosen together with that of an upload."""
    following = itertools.takewhile(lambda act: act.step.answer == "also", acts[index + 1 :])
    return [act.step.value for act in following] if acts[index].step.kind == "upload" else []


def shown_key(step: Step, target: str) -> str:
    """The TOTP key as an expression: read off the element, or found among its words."""
    alone = step.field is None or names(step.field.label)[:1] == [step.field.label.strip("⟦⟧")]
    if step.note == "text" and not alone:
        return f're.findall(r"[A-Z2-7]{{16,64}}", {target}.inner_text())[0]'
    shown = {"value": "input_value()", "href": 'get_attribute("href") or ""'}.get(step.note, "inner_text()")
    return f"{target}.{shown}"


def _click_arguments(step: Step) -> list[str]:
    arguments = []
    if step.answer:
        arguments.append(f"button={quote(step.answer)}")
    if step.choices:
        arguments.append(f"modifiers=[{', '.join(quote(key) for key in step.choices)}]")
    if step.value:
        x, _, y = step.value.partition(",")
        arguments.append(f'position={{"x": {x}, "y": {y}}}')
    return arguments


def method_of(node: Node) -> str:
    """What a page object's method for these acts is called: after the button that ends them."""

    last = node.last.step
    if last.kind in {"click", "dblclick"} and last.locator:
        name = identifier(locators.spoken(last.locator, last.field.label if last.field else ""), "press_it")
        return f"go_to_{name.rstrip('_')}" if locators.is_link(last.locator) and "_" not in name.rstrip("_") else name
    if last.kind == "press":
        return "submit" if last.value == "Enter" else f"press_{identifier(last.value, 'key')}"
    if last.kind in {"fill", "paste"}:
        return "enter_code" if last.value.rstrip("⟧").endswith(".code") else "fill_in"
    return {"select": "choose", "upload": "attach", "check": "tick", "uncheck": "untick"}.get(last.kind, last.kind)


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
