"""Locators and literals out of codegen's file; nothing else of it is ever run."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from inboxwright.errors import InboxwrightError

LOCATING = {
    "get_by_role", "get_by_label", "get_by_text", "get_by_placeholder", "get_by_alt_text", "get_by_title",
    "get_by_test_id", "locator", "frame_locator", "filter", "nth", "and_", "or_", "compile",
}  # fmt: skip
"""The methods that make one locator of another."""


class Unwalkable(InboxwrightError):
    """A statement of the file could not be done again; the message quotes it."""


def evaluate(node: ast.expr, names: Mapping[str, Any], fresh: Callable[[str], str]) -> Any:
    """Locators and literals only: nothing else of the file is ever run."""
    match node:
        case ast.Constant(value=value):
            return fresh(value) if isinstance(value, str) else value
        case ast.Name(id=name):
            return names[name]
        case ast.List(elts=elements):
            return [evaluate(element, names, fresh) for element in elements]
        case ast.Dict(keys=keys, values=values):
            return {
                evaluate(k, names, fresh): evaluate(v, names, fresh)
                for k, v in zip(keys, values, strict=True)
                if k is not None
            }
        case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=args, keywords=keywords) if (
            attr in LOCATING
        ):  # fmt: skip
            given = [evaluate(argument, names, fresh) for argument in args]
            named = {item.arg: evaluate(item.value, names, fresh) for item in keywords if item.arg}
            return getattr(evaluate(owner, names, fresh), attr)(*given, **named)
        case ast.Attribute(value=owner, attr=attr) if attr in {
            "first",
            "last",
            "content_frame",
            "value",
            "keyboard",
        }:
            return getattr(evaluate(owner, names, fresh), attr)
        case _:
            raise Unwalkable(f"this part of codegen's file is not understood: {ast.unparse(node)}")
