"""What a source file of tests asserts, awaits and tolerates, function by function, read from its syntax tree."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MAIL = frozenset(
    {"expect_message", "expect_messages", "expect_no_message", "wait_for_message", "link", "code", "value"}
)
"""Calls that wait for a mail or take something out of one; each keyword narrows what they accept."""
LOCATORS = frozenset({"get_by_role", "get_by_label", "get_by_text", "get_by_placeholder", "get_by_title"})
PICKS = frozenset({"first", "last", "nth"})
"""They answer with one element where a strict locator would refuse to choose."""
_RETRIES = frozenset({"flaky", "retry", "retrying", "repeat"})
_OFF = frozenset({"skip", "skipif", "xfail", "importorskip"})
_SWALLOWS = frozenset(
    {"AssertionError", "Exception", "BaseException", "Error", "TimeoutError", "MailTimeout", "MatchError"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One thing that a function holds to be so."""

    target: str
    """What it is about, as source."""
    matcher: str
    """`==`, `in`, `to_have_text`, …; empty for a bare truth."""
    wanted: str
    """What it is compared with, as source."""
    line: int
    guarded: bool = False
    """Whether an `if` or an `except` can pass it by."""

    @property
    def text(self) -> str:
        """The same in every function that it may be moved to."""
        return f"{self.target} {self.matcher} {self.wanted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A call whose arguments narrow what it accepts."""

    name: str
    target: str
    arguments: dict[str, ast.expr]
    """By keyword; those without one by their number."""
    line: int


@dataclass(slots=True, kw_only=True)
class Function:
    """One function, its nested ones included."""

    name: str
    line: int
    dump: str
    assertions: list[Assertion] = field(default_factory=list)
    calls: list[Narrowed] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    """How often: sleep, retry, skip, pick, quarantine, vacuous."""
    lines: dict[str, int] = field(default_factory=dict)
    """Where each of these was seen last."""

    @property
    def is_test(self) -> bool:
        """By pytest's own naming."""
        return self.name.rpartition(".")[2].startswith("test")

    def count(self, what: str, node: ast.AST) -> None:
        """One more of it."""
        self.counted[what] += 1
        self.lines[what] = getattr(node, "lineno", self.line)


def functions(source: str) -> dict[str, Function]:
    """Every function by its qualified name; what stands outside of them is under "". Raises SyntaxError."""
    tree = ast.parse(source)
    found = {"": Function(name="", line=1, dump="")}
    for name, node in _definitions(tree, ""):
        found[name] = Function(name=name, line=node.lineno, dump=ast.dump(node))
        for part in (*node.decorator_list, *node.body):
            _read(part, found[name], guarded=False)
    for outside in tree.body:
        if not isinstance(outside, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            _read(outside, found[""], guarded=False)
    for held in ast.walk(tree):
        if isinstance(held, ast.ClassDef):
            for decorator in held.decorator_list:
                _read(decorator, found[""], guarded=False)
    return found


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _definitions(child, f"{prefix}{child.name}.")


def _read(node: ast.AST, into: Function, *, guarded: bool) -> None:
    match node:
        case ast.Assert():
            _read_assert(node, into, guarded=guarded)
        case ast.Call():
            _read_call(node, into, guarded=guarded)
        case ast.Attribute(attr=attr) if attr in PICKS:
            into.count("pick", node)
        case ast.Attribute(attr=attr, value=ast.Attribute(attr="mark")) if attr in _OFF | {"flaky", "quarantine"}:
            into.count({"flaky": "retry", "quarantine": "quarantine"}.get(attr, "skip"), node)
        case ast.Expr(value=ast.Call(func=ast.Name(id="expect"))):
            into.count("vacuous", node)
        case ast.For() | ast.While() if any(isinstance(child, ast.Try) for child in ast.walk(node)):
            into.count("retry", node)
    inner = guarded or _can_be_passed_by(node)
    for child in ast.iter_child_nodes(node):
        _read(child, into, guarded=inner)


def _can_be_passed_by(node: ast.AST) -> bool:
    match node:
        case ast.If():
            return True
        case ast.Try(handlers=handlers):
            return any(_swallows(handler) for handler in handlers)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return any(_suppresses(item.context_expr) for item in items)
    return False


def _read_assert(node: ast.Assert, into: Function, *, guarded: bool) -> None:
    test = node.test
    if isinstance(test, ast.Constant) or (
        isinstance(test, ast.BoolOp)
        and isinstance(test.op, ast.Or)
        and any(isinstance(value, ast.Constant) and value.value for value in test.values)
    ):
        into.count("vacuous", node)
        return
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        target, matcher = ast.unparse(test.left), type(test.ops[0]).__name__
        wanted = ast.unparse(test.comparators[0])
    else:
        target, matcher, wanted = ast.unparse(test), "", ""
    into.assertions.append(Assertion(target=target, matcher=matcher, wanted=wanted, line=node.lineno, guarded=guarded))


def _read_call(node: ast.Call, into: Function, *, guarded: bool) -> None:
    name, target = _name(node.func), _target(node.func)
    arguments = {str(number): argument for number, argument in enumerate(node.args)}
    arguments |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    if name in {"sleep", "wait_for_timeout"} or (name == "wait_for_load_state" and "networkidle" in ast.unparse(node)):
        into.count("sleep", node)
    if name in _RETRIES and not target.endswith("mark"):
        into.count("retry", node)
    if name in _OFF and target == "pytest":
        into.count("skip", node)
    if (name in MAIL and target) or name in LOCATORS:
        into.calls.append(Narrowed(name=name, target=target, arguments=arguments, line=node.lineno))
    about = _expected(node.func)
    if about is not None or name == "raises" or (name.startswith("expect_") and name in MAIL):
        wanted = ", ".join(f"{key}={ast.unparse(value)}" for key, value in arguments.items() if key != "timeout")
        into.assertions.append(
            Assertion(target=about or target, matcher=name, wanted=wanted, line=node.lineno, guarded=guarded)
        )


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _target(func: ast.expr) -> str:
    return ast.unparse(func.value) if isinstance(func, ast.Attribute) else ""


def _expected(func: ast.expr) -> str | None:
    """What stands within `expect(…)`, if the call is one of its matchers."""
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Call):
        call = func.value
        if call.args and _name(call.func) in {"expect", "soft"}:
            return ast.unparse(call.args[0])
    return None


def _swallows(handler: ast.ExceptHandler) -> bool:
    if any(isinstance(child, ast.Raise) for child in ast.walk(handler)):
        return False
    caught = handler.type
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(_name(name) in _SWALLOWS for name in names)


def _suppresses(expression: ast.expr) -> bool:
    return (
        isinstance(expression, ast.Call)
        and _name(expression.func) == "suppress"
        and any(_name(argument) in _SWALLOWS for argument in expression.args)
    )
