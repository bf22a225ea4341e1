"""Message ids that the stages give to refusals and field errors as plain strings.

Actions raise `WrongState("...")` and note `inputs.error("field", "...")` without translating: the page does, in the
reader's language. So these strings are messages too, though no gettext stands around them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

# Where the message stands among the arguments.
POSITIONS = {
    "Refusal": 0,
    "NotAllowed": 0,
    "WrongState": 0,
    "StaleVersion": 0,
    "ConfirmEarly": 0,
    "FieldError": 1,
    "error": 1,
    "text": 2,
    "day": 1,
    "first_and_last": 0,
    "decimal": 1,
    "choice": 2,
    "one_of": 2,
    "number_of": 1,
    "email": 1,
    "Compared": 0,
}
BY_NAME = {"missing", "message"}


def in_code(source: str) -> Iterator[str]:
    """The messages of one Python file, in the order of its lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and _is_constant(node):
            yield from _sentence(node.value)


def _is_constant(node: ast.Assign) -> bool:
    return all(isinstance(name, ast.Name) and name.id.isupper() for name in node.targets)


def _of_call(node: ast.Call) -> Iterator[str]:
    called = node.func
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    if name not in POSITIONS:
        return
    at = POSITIONS[name]
    if at < len(node.args):
        yield from _words(node.args[at])
    for keyword in node.keywords:
        if keyword.arg in BY_NAME:
            yield from _words(keyword.value)


def _words(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[:1].isupper():
        yield node.value
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _words(value)
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def _sentence(node: ast.Constant) -> Iterator[str]:
    """A constant of a stage that reads as a sentence: it is raised elsewhere in the file."""
    text = node.value
    if isinstance(text, str) and text[:1].isupper() and text.endswith(".") and " " in text and "\n" not in text:
        yield text
