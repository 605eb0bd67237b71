"""Every public name is documented, and the errors' tree is the one that its docstring draws."""

import dataclasses
import inspect
import re
from collections.abc import Iterator

import pytest

import inboxwright
from inboxwright import errors


def _members() -> Iterator[tuple[str, object]]:
    for name in inboxwright.__all__:
        public = getattr(inboxwright, name)
        yield name, public
        if inspect.isclass(public) and not issubclass(public, str | BaseException):
            generated = {field.name for field in dataclasses.fields(public)} if dataclasses.is_dataclass(public) else ()
            for member, value in vars(public).items():
                if not member.startswith("_") and member not in generated:
                    yield f"{name}.{member}", value


@pytest.mark.parametrize(("name", "value"), list(_members()), ids=[name for name, _ in _members()])
def test_a_public_name_says_what_it_is(name: str, value: object) -> None:
    documentation = inspect.getdoc(value) or ""

    assert documentation, f"{name} has no docstring"
    assert not documentation.startswith(f"{name}("), f"{name} has only the docstring that dataclasses generate"


def test_the_tree_of_errors_is_as_drawn() -> None:
    drawn = re.findall(r"^ *[│├└─ ]*(\w+)(?:  |$)", errors.__doc__ or "", re.MULTILINE)
    defined = [
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.InboxwrightError)
    ]

    assert sorted(set(drawn) & set(defined)) == sorted(defined)


def test_all_errors_have_one_root() -> None:
    public = [getattr(inboxwright, name) for name in inboxwright.__all__]
    classes = [value for value in public if inspect.isclass(value)]
    raised = [value for value in classes if issubclass(value, Exception) and not issubclass(value, Warning)]

    assert len(raised) > 8
    assert all(issubclass(error, inboxwright.InboxwrightError) for error in raised)
