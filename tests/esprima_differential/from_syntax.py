"""Our own syntax nodes → neutral form."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ssot_action.syntax import nodes as n
from ssot_action.syntax.module import ANONYMOUS_DEFAULT, parse_module

if TYPE_CHECKING:
    from ssot_action.syntax.module import Item, ModuleSyntax
    from tests.esprima_differential.neutral import Neutral

# What follows from the rest, and ends, which tree-sitter counts a comment behind to.
_LEFT_OUT: dict[type, set[str]] = {
    n.Call: {"callee_end"},
    n.Function: {"code", "end"},
    n.Block: {"functions"},
    n.Switch: {"functions"},
}


class UnreadableError(Exception):
    """The program has syntax errors for us, or something we do not understand."""

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(f"{at}: {problem}")


def read_module(path: str, source: bytes) -> Neutral:
    """Return the neutral form of the module or script `source`.

    Raises:
        UnreadableError: It cannot be read completely.
    """
    module = parse_module(path, source)
    if module.problems:
        raise UnreadableError(module.problems[0].at, module.problems[0].message)
    return module_form(module)


def module_form(module: ModuleSyntax) -> Neutral:
    """Return the neutral form of an outlined module, every waiting part of it lowered."""
    return (
        "Module",
        module.is_script,
        tuple((i.local, i.specifier, i.imported, i.at) for i in module.imports),
        tuple(module.dependencies),
        tuple(module.exports.items()),
        tuple((r.exported, r.specifier, r.imported, r.at) for r in module.reexports),
        tuple(module.stars),
        tuple((item.names, item.is_function, _item_form(item)) for item in module.items),
    )


def _item_form(item: Item) -> Neutral:
    """Return the statement; of a default export without a name, what it exports."""
    statement = item.lower()
    if item.names != (ANONYMOUS_DEFAULT,):
        return neutral(statement)
    if isinstance(statement, n.VariableDeclaration):
        return neutral(statement.declarators[0].value)
    assert isinstance(statement, n.FunctionDeclaration)
    return neutral(statement.function)


def neutral(node: object) -> Neutral:
    """Return the neutral form of a node, or of what stands in one of its fields."""
    if node is None or isinstance(node, bool | int | float | str):
        return node
    if isinstance(node, tuple):
        return tuple([neutral(each) for each in node])
    if isinstance(node, n.Unsupported):
        raise UnreadableError(node.at, f"unsupported {node.what}")
    if isinstance(node, n.PrivateName):
        return ("PrivateName", node.name)
    if isinstance(node, n.Function):
        return (*_parts(node), _code_form(node.code()))
    return _parts(node)


def _code_form(code: n.FunctionCode) -> Neutral:
    parameters, body, hoisted = neutral(code.parameters), neutral(code.body), code.hoisted_variables
    return ("FunctionCode", parameters, body, tuple(sorted(hoisted)))


def _parts(node: object) -> tuple[Neutral, ...]:
    assert dataclasses.is_dataclass(node)
    left_out = _LEFT_OUT.get(type(node), set())
    fields = [field.name for field in dataclasses.fields(node) if field.name not in left_out]
    return (type(node).__name__, *[neutral(getattr(node, name)) for name in fields])
