"""Recorded locators as Python code: compared, named, and written with known values put in."""

import ast
from collections.abc import Mapping

from inboxwright.record.generate.words import expression, identifier, quote
from inboxwright.record.markers import names

_LABELLED = {
    "textbox", "searchbox", "combobox", "spinbutton", "checkbox", "radio", "switch", "slider", "listbox",
}  # fmt: skip
_SUFFIX = {
    "button": "button", "link": "link", "heading": "heading", "tab": "tab", "menuitem": "item", "option": "option",
    "img": "image", "alert": "alert", "status": "status", "dialog": "dialog", "cell": "cell", "row": "row",
}  # fmt: skip
_NAMING = {
    "get_by_role",
    "get_by_label",
    "get_by_text",
    "get_by_placeholder",
    "get_by_alt_text",
    "get_by_title",
    "get_by_test_id",
}


def parse(code: str) -> ast.expr:
    """The locator as a syntax tree. Raises SyntaxError."""
    return ast.parse(f"page.{code}", mode="eval").body


def render(code: str, root: str, scope: Mapping[str, str]) -> str:
    """The locator as code that starts at `root`. Raises KeyError for a known value that has no expression."""
    return _render(parse(code), root, scope)


def _render(node: ast.expr, root: str, scope: Mapping[str, str]) -> str:
    match node:
        case ast.Name(id="page"):
            return root
        case ast.Attribute(value=value, attr=attr):
            return f"{_render(value, root, scope)}.{attr}"
        case ast.Call(func=func, args=args, keywords=keywords):
            given = [_render(arg, root, scope) for arg in args]
            given += [f"{item.arg}={_render(item.value, root, scope)}" for item in keywords]
            return f"{_render(func, root, scope)}({', '.join(given)})"
        case ast.Constant(value=str() as text):
            return expression(text, scope) if names(text) else quote(text)
        case _:
            return ast.unparse(node)


def key(code: str) -> str:
    """Equal for locators that find the same element in different words: a text box by its role or by its label."""
    return _key(parse(code))


def key_of(node: ast.expr) -> str:
    """The key of a locator in somebody's own code; "" if it is not a chain that starts at `page`."""
    start = node
    while isinstance(start, ast.Call | ast.Attribute):
        if isinstance(start, ast.Attribute) and start.attr == "page" and _is_name(start.value, "self"):
            break
        start = start.func if isinstance(start, ast.Call) else start.value
    if not (_is_name(start, "page") or isinstance(start, ast.Attribute)):
        return ""
    return _key(node)


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _key(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr="page") | ast.Name():
            return ""
        case ast.Call(func=ast.Attribute(value=value, attr="get_by_role"), keywords=keywords) if _role(
            node
        ) in _LABELLED and (name := _keyword(keywords, "name")):
            return f"{_key(value)}.labelled({name})"
        case ast.Call(func=ast.Attribute(value=value, attr="get_by_label"), args=[label, *_]):
            return f"{_key(value)}.labelled({_plain(label)})"
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=keywords):
            given = [_plain(arg) for arg in args]
            given += sorted(f"{item.arg}={_plain(item.value)}" for item in keywords)
            return f"{_key(value)}.{attr}({', '.join(given)})"
        case ast.Attribute(value=value, attr=attr):
            return f"{_key(value)}.{attr}"
        case _:
            return ast.dump(node)


def _role(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _keyword(keywords: list[ast.keyword], name: str) -> str:
    return next((_plain(item.value) for item in keywords if item.arg == name), "")


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return repr(node.value.strip().lower())  # Playwright compares without case unless exact
    return ast.unparse(node)


def attribute_name(code: str, fallback: str = "") -> str:
    """What the element is called on its page object."""
    role, words = ("", "") if is_css(code) and fallback else _words(parse(code))
    suffix = _SUFFIX.get(role, "")
    name = identifier(words or fallback, suffix or "element")
    if suffix and suffix not in name.split("_"):
        name = f"{name.rstrip('_')}_{suffix}"
    return name


def is_link(code: str) -> bool:
    """Whether the element is a link by its role."""
    return _words(parse(code))[0] == "link"


def spoken(code: str, fallback: str = "") -> str:
    """The element's own words, for a docstring."""
    return _words(parse(code))[1] or fallback


def _words(node: ast.expr) -> tuple[str, str]:
    """Role and name of the innermost part of the chain that has words."""
    while True:
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=keywords):
                if attr in _NAMING and args and isinstance(args[0], ast.Constant):
                    first = str(args[0].value)
                    if attr != "get_by_role":
                        return ("text" if attr == "get_by_text" else ""), first
                    named = next((item.value for item in keywords if item.arg == "name"), None)
                    return first, str(named.value) if isinstance(named, ast.Constant) else ""
                node = value
            case ast.Attribute(value=value):
                node = value
            case _:
                return "", ""


def is_css(code: str) -> bool:
    """Whether the element itself is found by a CSS selector (a frame on the way does not count)."""
    node = parse(code)
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            if node.attr == "content_frame":
                return False
            node = node.value
        else:
            if isinstance(node.func, ast.Attribute) and node.func.attr == "locator":
                return True
            node = node.func
    return False
