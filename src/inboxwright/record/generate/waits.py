"""What a flow waits for after an act: the application's own acknowledgement."""

import re
from typing import Protocol

from inboxwright.record.generate.plan import Act, Node, screen_key
from inboxwright.record.generate.words import quote
from inboxwright.record.markers import pieces
from inboxwright.record.timeline import Step


class _Tabs(Protocol):
    tabs: dict[int, str]


def managers(node: Node, tab: str, writer: _Tabs) -> list[str]:
    """Context managers around the node's call: a new tab, a download, a page that loads again, an answer."""
    if node.kind != "acts":
        return []
    found: list[str] = []
    act = node.last
    for effect in act.effects:
        if effect.kind in {"popup", "tab"}:
            name = f"popup_{effect.new_page}" if effect.new_page > 1 else "popup"
            writer.tabs[effect.new_page] = f"{name}.value"
            found.append(f"user.context.expect_page() as {name}")
        elif effect.kind == "download":
            found.append(f"{tab}.expect_download()")
    return found + acknowledgement(act, tab)


def acknowledgement(act: Act, tab: str) -> list[str]:
    """What tells that the server has answered, if the address does not change."""
    if moved(act):
        return []
    if act.effect("load"):
        return [f'{tab}.expect_event("load")']
    request = act.effect("request")
    if request and any(effect.kind == "mail" for effect in act.effects):
        return [_answer(request, tab)]
    return []


def any_acknowledgement(act: Act, tab: str) -> list[str]:
    """What tells that the server has answered, whatever it says: for a code that it should refuse."""
    request = act.effect("request")
    if request and by_script(act):
        return [_answer(request, tab)]
    return [f'{tab}.expect_event("load")'] if act.effect("load") else []


def by_script(act: Act) -> bool:
    """Whether a script sent the request: then it also decides, a little later, where to go."""
    request = act.effect("request")
    return request is not None and request.by_script


def _answer(request: Step, tab: str) -> str:
    path = "".join("*" if name else text for text, name in pieces(request.value))
    return f"{tab}.expect_response({quote('**' + screen_key(path) + '*')})"


def moved(act: Act) -> Step | None:
    """The arrival at another screen that the act led to, if it did."""
    arrival = act.effect("arrive")
    return arrival if arrival and screen_key(arrival.path) != screen_key(act.step.path) else None


def wait_after(node: Node, tab: str) -> list[str]:
    """Wait for the address of the screen that comes next."""
    arrival = moved(node.last)
    return [f"{tab}.wait_for_url({url_literal(arrival.path, query=arrival.query)})"] if arrival else []


def url_literal(path: str, *, query: bool) -> str:
    """A path, a glob or a pattern that matches this screen's URL whoever looks at it."""
    key = screen_key(path)
    if not query:
        return quote(key)
    return f"re.compile({quote_raw(key)})"


def quote_raw(key: str) -> str:
    """A regular expression for a screen's path, wherever a query begins."""
    return 'r"' + re.escape(key).replace(r"\*", "[^/]+").replace('"', "%22") + '(\\?|#|$)"'
