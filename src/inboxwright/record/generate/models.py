"""Page objects: what is already there, what is to be added, and how it is written."""

import ast
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inboxwright.record.generate.locators import is_css, key_of
from inboxwright.record.generate.modules import module
from inboxwright.record.generate.words import unique

_TRAILER = re.compile(r"\n\n# Recorded by inboxwright \(([0-9a-f]{12})\); edit it and it is never overwritten\.\n\Z")


_CSS = "By CSS: it has no role, label, text or test id of its own."
_CSS_FROM_HERE = "By CSS from here on: these have no role, label, text or test id of their own."


@dataclass(slots=True, kw_only=True)
class Method:
    """An intent: its name, parameters and statements; `calls` is what it does, for comparison."""

    name: str
    parameters: tuple[str, ...]
    source: str
    calls: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class PageModel:
    """One page object class."""

    class_name: str
    module: str
    path: str = ""
    """Where `open()` goes; empty if there is no such method."""
    own: bool = True
    """Whether it may be written: new, or recorded before and not edited since."""
    changed: bool = False
    title: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    """Name to code after `page.`."""
    comments: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Locator key to attribute name."""
    methods: list[Method] = field(default_factory=list)
    todos: list[str] = field(default_factory=list)

    @property
    def taken(self) -> set[str]:
        """Names that are in use."""
        return {"page", "open", "path", *self.attributes, *(method.name for method in self.methods)}

    def attribute(self, key: str, code: str, name: str, comment: str = "") -> str:
        """The attribute for this locator, added if it is missing."""
        if key not in self.keys:
            name = unique(name, self.taken)
            self.keys[key], self.attributes[name] = name, code
            if comment:
                self.comments[name] = comment
            self.changed = True
        return self.keys[key]

    def method(
        self, name: str, parameters: Sequence[str], source: Sequence[str], calls: Sequence[str], summary: str
    ) -> str:
        """The method that does these calls, added if it is missing."""
        for known in self.methods:
            if known.calls == tuple(calls) and known.parameters == tuple(parameters):
                return known.name
        name = unique(name, self.taken)
        returned = "Locator" if source[0].startswith("return") else "None"
        head = f"    def {name}({', '.join(['self', *_typed(parameters)])}) -> {returned}:"
        lines = [head, f'        """{summary}"""', *(f"        {line}" for line in source)]
        self.methods.append(
            Method(name=name, parameters=tuple(parameters), source="\n".join(lines), calls=tuple(calls))
        )
        self.changed = True
        return name


def _typed(parameters: Sequence[str]) -> list[str]:
    if not parameters:
        return []
    return ["*", *(f"{name}: {'str | Path' if name.endswith('file') else 'str'}" for name in parameters)]


def read_pages(folder: Path) -> list[PageModel]:
    """The page objects of the project, as far as they can be read without running them."""
    models: list[PageModel] = []
    for file in sorted(folder.glob("*.py")) if folder.is_dir() else []:
        models += read_module(file.read_text(encoding="utf-8"), file.stem)
    return models


def read_module(source: str, module: str) -> list[PageModel]:
    """The page objects in one module; none if it does not parse."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    own = unedited(source) and len(classes) == 1
    return [_read_class(node, source, module, own=own) for node in classes]


def _read_class(node: ast.ClassDef, source: str, module: str, *, own: bool) -> PageModel:
    model = PageModel(class_name=node.name, module=module, own=own, title=ast.get_docstring(node) or "")
    constants = {
        target.id: item.value.value
        for item in node.body
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant) and isinstance(item.value.value, str)
        for target in item.targets
        if isinstance(target, ast.Name)
    }
    for item in node.body:
        if not isinstance(item, ast.FunctionDef):
            continue
        if item.name == "__init__":
            _read_attributes(model, item, source)
        elif item.name == "open" and not item.args.kwonlyargs and len(item.args.args) == 1:
            model.path = _goes_to(item, constants)
        else:
            model.methods.append(_read_method(item, source))
    return model


def _read_attributes(model: PageModel, init: ast.FunctionDef, source: str) -> None:
    lines = source.splitlines()
    frames: dict[str, str] = {}
    for statement in init.body:
        if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute)):
            continue
        code = ast.get_source_segment(source, statement.value) or ""
        for frame, chain in frames.items():
            code = code.replace(f"self.{frame}.", f"{chain}.")
        value = ast.parse(code, mode="eval").body
        key = key_of(value)
        if key and code.endswith(".content_frame"):
            frames[statement.targets[0].attr] = code
            continue
        if not key and isinstance(value, ast.Tuple):
            key = "boxes:" + "|".join(key_of(item) for item in value.elts)
        if key:
            name = statement.targets[0].attr
            model.keys.setdefault(key, name)
            model.attributes[name] = re.sub(r"\bpage\.", "", code, count=1) if not code.startswith("(") else code
            above = lines[statement.lineno - 2].strip()
            if above.startswith("#") and above.removeprefix("#").strip() not in {_CSS, _CSS_FROM_HERE}:
                model.comments[name] = above.removeprefix("#").strip()


def _goes_to(method: ast.FunctionDef, constants: Mapping[str, str]) -> str:
    for node in ast.walk(method):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "goto"
            and node.args
        ):
            target = node.args[0]
            if isinstance(target, ast.Constant) and isinstance(target.value, str):
                return target.value
            if isinstance(target, ast.Attribute):
                return constants.get(target.attr, "")
    return ""


def _read_method(node: ast.FunctionDef, source: str) -> Method:
    parameters = [argument.arg for argument in (*node.args.args[1:], *node.args.kwonlyargs)]
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    calls = tuple(ast.unparse(statement) for statement in body)
    text = "    " + (ast.get_source_segment(source, node) or "")
    return Method(name=node.name, parameters=tuple(parameters), source=text, calls=calls)


def render(model: PageModel) -> str:
    """The module of a page object that may be written."""
    body = "\n\n".join([_init(model), *([_open(model)] if model.path else []), *(m.source for m in model.methods)])
    return module(model.title, [f'class {model.class_name}:\n    """{model.title}"""\n\n{body}'])


def _init(model: PageModel) -> str:
    lines = ["    def __init__(self, page: Page) -> None:", "        self.page = page"]
    frames: dict[str, str] = {}
    for code in model.attributes.values():
        if (frame := frame_of(code)) and frame not in frames:
            frames[frame] = unique("frame", {*model.taken, *frames.values()})
            lines.append(f"        self.{frames[frame]} = page.{frame}")
    by_css = [
        name for name, code in model.attributes.items()
        if not code.startswith("(") and is_css(code) and name not in model.comments
    ]  # fmt: skip
    for name in sorted(model.attributes, key=lambda name: name in by_css):
        if comment := model.comments.get(name):
            lines.append(f"        # {comment}")
        if name in by_css[:1]:
            lines.append(f"        # {_CSS if len(by_css) == 1 else _CSS_FROM_HERE}")
        lines.append(f"        self.{name} = {_located(model.attributes[name], frames)}")
    lines += [f"        # TODO: {todo}" for todo in model.todos]
    return "\n".join(lines)


def _located(code: str, frames: Mapping[str, str]) -> str:
    """The locator, from its frame if it is in one."""
    if code.startswith("("):
        return code
    frame = frame_of(code)
    return f"self.{frames[frame]}{code.removeprefix(frame)}" if frame else f"page.{code}"


def frame_of(code: str) -> str:
    """The part of a locator that leads into a frame; "" if it is in none."""
    head, found, _ = code.rpartition(".content_frame")
    return head + found if found and not code.startswith("(") else ""


def _open(model: PageModel) -> str:
    return f'    def open(self) -> None:\n        """Go to this screen."""\n        self.page.goto("{model.path}")'


def sign(text: str) -> str:
    """The text with a last line that tells whether it was edited."""
    return text + f"\n\n# Recorded by inboxwright ({_digest(text)}); edit it and it is never overwritten.\n"


def without_signature(text: str) -> str:
    """The text without that last line."""
    return re.sub(r"\n*# Recorded by inboxwright \(\w+\);[^\n]*\n*\Z", "\n", text)


def unedited(source: str) -> bool:
    """Whether the file is as it was recorded."""
    match = _TRAILER.search(source)
    return match is not None and _digest(source[: match.start()]) == match.group(1)


def _digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:12]


def by_keys(models: Iterable[PageModel], keys: set[str]) -> PageModel | None:
    """The page object that has all of these locators; the one with the fewest others."""
    fitting = [model for model in models if keys and keys <= set(model.keys)]
    return min(fitting, key=lambda model: len(model.keys), default=None)
