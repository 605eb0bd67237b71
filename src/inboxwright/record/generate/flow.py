"""The flow: one journey as functions, cut where a code is to be typed so that a wrong one can be tried."""

from collections.abc import Sequence

from inboxwright.mail import Message
from inboxwright.record.generate.block import Block
from inboxwright.record.generate.journey import Function, Journey, assertion, end_of, scope_of
from inboxwright.record.generate.mailed import Mailed
from inboxwright.record.generate.plan import Expectation, Node, screen_key
from inboxwright.record.generate.screens import Screens, used
from inboxwright.record.generate.statements import shown_key
from inboxwright.record.generate.waits import managers, wait_after
from inboxwright.record.generate.words import expression, identifier, summary
from inboxwright.record.kinds import Role
from inboxwright.record.markers import names
from inboxwright.record.timeline import Step, Timeline


class FlowWriter:
    """Writes one journey. `messages` are the parsed mails, by number."""

    def __init__(
        self, timeline: Timeline, nodes: Sequence[Node], expectations: Sequence[Expectation], screens: Screens,
        messages: dict[int, Message],
    ) -> None:  # fmt: skip
        self.timeline, self.nodes, self.expectations = timeline, list(nodes), expectations
        self.screens, self._messages = screens, messages
        self.journey = Journey()
        self.scope = scope_of(timeline, nodes, self.journey)
        self._begin()

    def _begin(self) -> None:
        self.block = Block()
        self.vars: dict[str, str] = {}
        self.tabs = {0: "user.page"}
        self.mailed = Mailed(timeline=self.timeline, messages=self._messages)
        if self.timeline.after and not self.journey.functions:
            self.block.add(f"{self.timeline.after.rpartition(':')[2]}(user)")

    def write(self) -> Journey:
        """The whole journey."""
        nodes = self.nodes
        while nodes and nodes[-1].step.row.role is Role.ASSERTION and nodes[-1].step.page == 0:
            self.journey.assertions.insert(0, nodes.pop().acts[0])
        open_spans: list[tuple[int, bool]] = []
        for index, node in enumerate(nodes):
            self._cut(index, node)
            starting = [item for item in self.expectations if item.first == index]
            own = managers(node, self._tab(node.step.page), self)
            mails = [self._expecting(item) for item in starting]
            self._prepare(index, node)
            single = not starting or starting[0].last == index
            if starting and not single:
                self.block.enter(mails)
                open_spans.append((starting[0].last, True))
                mails = []
            entered = self.block.enter([*mails, *own])
            self._write(index, node)
            if entered:
                self.block.leave()
            while open_spans and open_spans[-1][0] == index:
                open_spans.pop()
                self.block.leave()
        self._end(identifier(self.timeline.name, "journey"), "None", None)
        return self.journey

    # -- where the journey is cut --------------------------------------------------------------------------------------

    def _cut(self, index: int, node: Node) -> None:
        if node.code is None or node.step.page != 0 or self.block.depth > 1 or len(self.tabs) > 1:
            return
        value = self._code(node.code)
        crossing = [
            number for number in self.mailed.names if any(other.step.mail == number for other in self.nodes[index:])
        ]
        if value is None or crossing or (not self.block.lines and not self.journey.functions):
            return
        self.block.add(f"return {value}")
        screen = self.screens.of(node.step).module
        name = f"{identifier(self.timeline.name, 'journey')}_until_{screen}"
        taken = {function.name for function in self.journey.functions}
        number = 2
        while name in taken:
            name, number = f"{name}_{number}", number + 1
        self._end(name, "str", node)
        given = "".join(f", {extra}={extra}" for extra in self.journey.extras)
        self.block.add(f"code = {name}(user{given})")
        self.scope = {**self.scope, node.code: "code"}

    def _end(self, name: str, returns: str, node: Node | None) -> None:
        what = summary(self.timeline.name.replace("_", " "))
        doc = f'Walk through "{what}" as it was recorded.'
        if node is not None:
            screen = summary(node.step.heading or node.step.path, 50).replace('"', "'")
            doc = f'Go as far as "{screen}" and return the code that it asks for.'
        self.journey.functions.append(
            Function(
                name=name,
                body=self.block.lines or ["    del user"],
                returns=returns,
                doc=doc.replace("'", '"'),
                node=node,
            )
        )
        tail = [node.last.step for node in self.nodes] if self.nodes else []
        self.journey.end = end_of(self.nodes) if tail else ""
        self._begin()

    # -- one node ------------------------------------------------------------------------------------------------------

    def _prepare(self, index: int, node: Node) -> None:
        """What must stand before the `with`: the page object."""
        if node.step.row.on_screen:
            self._var(node)
        elif node.kind == "open" and (following := self._opens(index)):
            self._var(following)
        for act in node.acts:
            for effect in act.effects:
                if effect.kind == "dialog":
                    self._answer(node, effect)

    def _answer(self, node: Node, dialog: Step) -> None:
        try:
            text = expression(dialog.text, self.scope) if dialog.text else ""
        except KeyError as missing:
            self._note(node, f"a dialog was answered with {missing.args[0]}, which a fresh run cannot know")
            text = ""
        tab = self._tab(node.step.page)
        self.block.add(f'{tab}.once("dialog", lambda dialog: dialog.{dialog.answer}({text}))')

    def _write(self, index: int, node: Node) -> None:
        step, tab = node.step, self._tab(node.step.page)
        try:
            match node.kind:
                case "acts":
                    for act in node.acts:
                        if act.step.kind == "upload" and act.step.value and not act.step.content:
                            self._note(node, f"put {act.step.value} into flows/files; it was too large to be kept")
                    for item in {used_name for act in node.acts for used_name in used(act.step)}:
                        if item.endswith(".code") and item not in self.scope:
                            self.scope[item] = self._code(item) or "code"
                    self.block.add(*self.screens.call(node, self._var(node), self.scope))
                    self.block.add(*wait_after(node, tab))
                case "open":
                    following = self._opens(index)
                    self.block.add(
                        f"{self._var(following)}.open()"
                        if following
                        else self._goto(tab, expression(step.value, self.scope))
                    )
                case "link":
                    self._follow(node, tab)
                case "reload" | "back" | "forward":
                    self.block.add(f"{tab}.{step.row.call}()")
                case "close":
                    if step.page:
                        self.block.add(f"{tab}.{step.row.call}()")
                        self.tabs.pop(step.page, None)
                case "tab":
                    self.tabs[step.new_page] = f"tab_{step.new_page + 1}"
                    self.block.add(f"tab_{step.new_page + 1} = user.context.new_page()")
                case "secret":
                    self._enrol(node)
                case "missed":
                    self._todo(node, step.note)
                case _:
                    self._assert(node)
        except KeyError as missing:
            self._todo(node, f"{step.kind} with {missing.args[0]}, which a fresh run cannot know")

    def _goto(self, tab: str, target: str) -> str:
        return f"user.open({target})" if tab == "user.page" else f"{tab}.goto({target})"

    def _follow(self, node: Node, tab: str) -> None:
        found = self.mailed.link(node.step)
        if found is None:
            self._todo(node, "a mailed link was opened, but nothing before it could have caused the mail")
            return
        link, given = found
        if not given:
            self._todo(node, "link() refuses this link under the project's policy; say which one is meant")
        self.block.add(f"user.open({link})" if tab == "user.page" else f"{tab}.goto({link}.url)")

    def _enrol(self, node: Node) -> None:
        target = self.screens.locator(node.step, self._var(node), self.scope)
        self.block.add(f"user.authenticator.enrol({shown_key(node.step, target)})")

    def _assert(self, node: Node) -> None:
        step = node.step
        target = self.screens.locator(step, self._var(node), self.scope)
        if step.kind == "assert_visible":
            self.block.add(f"{target}.wait_for()")
            return
        self.block.add(assertion(target, step, self.scope))

    def _note(self, node: Node, what: str) -> None:
        where = f" at {summary(node.step.path)}" if node.step.path else ""
        text = f"TODO: {summary(what, 300)}{where}"
        self.journey.notes.append(text)
        self.block.comment(text)

    def _todo(self, node: Node, what: str) -> None:
        """A note in place of a statement."""
        self._note(node, what)
        if self.block.depth > 1 or not self.block.lines:
            self.block.add("...")

    # -- names ---------------------------------------------------------------------------------------------------------

    def _tab(self, page: int) -> str:
        return self.tabs.setdefault(page, "user.page")

    def _var(self, node: Node) -> str:
        model, tab = self.screens.of(node.step), self._tab(node.step.page)
        name = f"{model.module}_page" if tab == "user.page" else f"{model.module}_tab"
        if name not in self.vars:
            self.vars[name] = model.class_name
            self.block.add(f"{name} = {model.class_name}({tab})")
        return name

    def _opens(self, index: int) -> Node | None:
        """The node after an `open`, if its page object can open this very path."""
        path, step = self.nodes[index].step.value, self.nodes[index].step
        following = next((node for node in self.nodes[index + 1 :] if node.step.row.on_screen), None)
        if following is None or names(path) or "*" in screen_key(path) or following.step.page != step.page:
            return None
        model = self.screens.of(following.step)
        if screen_key(following.step.path).rstrip("/") != path.rstrip("/"):
            return None
        if not model.path and model.own:
            model.path, model.changed = path, True
        return following if model.path.rstrip("/") == path.rstrip("/") else None

    def _expecting(self, item: Expectation) -> str:
        number = item.mail.mail
        inbox = "user.inbox" if item.mail.inbox == 0 else list(self.journey.extras)[item.mail.inbox - 1]
        used_later = any(
            (node.step.mail == number and node.kind == "link") or (node.code or "").startswith(f"mail{number}.")
            for node in self.nodes[item.first :]
        )
        return self.mailed.expectation(item, inbox, self.scope, used=used_later)

    def _code(self, name: str) -> str | None:
        found = self.mailed.code(name)
        if found is not None and not found[1]:
            self.journey.notes.append("TODO: code() refuses the mailed code; say its length or label")
        return found and found[0]
