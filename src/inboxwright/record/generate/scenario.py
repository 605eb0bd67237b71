"""The tests: the journey's verdict, and a wrong code refused wherever one is typed."""

from inboxwright.record.generate.block import Block
from inboxwright.record.generate.journey import Function, Journey, assertion
from inboxwright.record.generate.plan import Node, screen_key
from inboxwright.record.generate.screens import Screens
from inboxwright.record.generate.waits import any_acknowledgement, by_script, moved, quote_raw, url_literal
from inboxwright.record.generate.words import identifier
from inboxwright.record.timeline import Step, Timeline

_LONG_ENOUGH = 2000
"""Milliseconds in which a script that takes a wrong code for a right one would have moved on."""


class ScenarioWriter:
    """Writes the tests of one journey."""

    def __init__(self, timeline: Timeline, journey: Journey, screens: Screens) -> None:
        self.timeline, self.journey, self.screens = timeline, journey, screens
        self.name = identifier(timeline.name, "journey")
        self.scope = {"inbox.address": "user.inbox.address", "inbox.local": "user.inbox.address.partition('@')[0]"} | {
            name: f"user.{name}" for name in timeline.values if name.startswith("identity.")
        }
        for extra, kind in journey.extras.items():
            if kind == "Inbox":
                number = "2" if extra == "new_address" else extra.removeprefix("address_")
                self.scope[f"inbox{number}.address"] = f"{extra}.address"
            else:
                number = "2" if extra == "new_password" else extra.removeprefix("password_")
                self.scope[f"password{number}"] = extra
        self.flows: set[str] = set()

    def write(self) -> list[str]:
        """One text a test."""
        return [self._happy(), *(test for function in self.journey.functions if (test := self._refusal(function)))]

    def _happy(self) -> str:
        block = Block()
        given = self._arrange(block)
        self.flows.add(self.name)
        block.add(f"{self.name}(user{given})", "")
        if self.journey.assertions:
            for act in self.journey.assertions:
                step = act.step
                try:
                    target = self.screens.locator(step, self._page(step.path), self.scope)
                    block.add(assertion(target, step, self.scope))
                except KeyError as missing:
                    block.comment(
                        f"TODO: assert what was picked here without {missing.args[0]}, which changes each time"
                    )
                    self.journey.notes.append(f"TODO: an assertion names {missing.args[0]}")
                    block.add(self._end())
        else:
            note = "TODO: nothing was asserted while recording; say here what the user should see"
            self.journey.notes.append(note)
            block.comment(note)
            block.add(self._end())
        return self._test(f"test_{self.name}", block)

    def _end(self) -> str:
        return f"expect(user.page).to_have_url({self._url(self.journey.end or '/')})"

    def _url(self, end: str) -> str:
        path = end.removesuffix("?")
        if "*" in screen_key(path) or end.endswith("?"):
            return f"re.compile({quote_raw(screen_key(path))})"
        return url_literal(path, query=False)

    def _refusal(self, function: Function) -> str:
        """A test that types a code with its last character changed; empty where nothing tells the server's answer."""
        node = function.node
        if node is None:
            return ""
        tab = "user.page"
        waits = any_acknowledgement(node.last, tab)
        arrival = moved(node.last)
        if not waits or node.code is None:
            self.journey.notes.append(f"no test of a wrong code at {node.step.path}: nothing told that it was answered")
            return ""
        block = Block()
        given = self._arrange(block)
        self.flows.add(function.name)
        block.add(f"code = {function.name}(user{given})")
        page = self._page(node.step.path)
        module = self.screens.of(node.step).module
        block.add(f"{module}_page = {page}", "")
        scope = {**self.scope, node.code: 'code[:-1] + ("1" if code.endswith("0") else "0")'}
        try:
            calls = self.screens.call(node, f"{module}_page", scope)
        except KeyError:
            return ""
        block.enter(waits)
        block.add(*calls)
        block.leave()
        block.add("")
        if arrival and by_script(node.last):
            block.enter(['pytest.raises(Error, match="Timeout")'])
            url = url_literal(arrival.path, query=arrival.query)
            block.add(f"user.page.wait_for_url({url}, timeout={_LONG_ENOUGH})")
            block.leave()
        elif arrival:
            block.add(f"expect(user.page).not_to_have_url({self._url(arrival.path + ('?' if arrival.query else ''))})")
        else:
            shown = self._shown_after(node)
            if shown is None:
                where, why = (
                    screen_key(node.step.path),
                    "the screen stays, and no assertion tells that a code was right",
                )
                self.journey.notes.append(f"no test of a wrong code at {where}: {why}")
                return ""
            target = self.screens.locator(shown, f"{module}_page", self.scope)
            block.enter(["pytest.raises(AssertionError)"])
            block.add(assertion(target, shown, self.scope, timeout=_LONG_ENOUGH))
            block.leave()
        return self._test(f"test_{self.name}_refuses_a_wrong_code_at_{module}", block)

    def _shown_after(self, node: Node) -> Step | None:
        """What was asserted on this screen after the right code: a wrong one must not bring it about."""
        here = screen_key(node.step.path)
        return next((act.step for act in self.journey.assertions if screen_key(act.step.path) == here), None)

    def _page(self, path: str) -> str:
        model = self.screens.by_screen[screen_key(path)]
        return f"{model.class_name}(user.page)"

    def _arrange(self, block: Block) -> str:
        given = []
        for extra, kind in self.journey.extras.items():
            block.add(f"{extra} = new_inbox()" if kind == "Inbox" else f"{extra} = new_identity().password")
            given.append(f", {extra}={extra}")
        if given:
            block.add("")
        return "".join(given)

    def _test(self, name: str, block: Block) -> str:
        fixtures = ["user: User"]
        if "Inbox" in self.journey.extras.values():
            fixtures.append("new_inbox: Callable[..., Inbox]")
        if "str" in self.journey.extras.values():
            fixtures.append("new_identity: Callable[[], Identity]")
        return "\n".join([f"def {name}({', '.join(fixtures)}) -> None:", *block.lines])
