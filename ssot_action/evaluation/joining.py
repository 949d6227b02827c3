"""What is known when nobody knows which of two ways a program takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.scope import UNINITIALIZED, Waiting
from ssot_action.evaluation.values import (
    JSArray,
    JSFunction,
    JSObject,
    MapObject,
    Nature,
    SetObject,
    Unknown,
    UnknownCode,
    Value,
)
from ssot_action.syntax import nodes as n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.evaluation.interpreter import Interpreter
    from ssot_action.evaluation.scope import Scope


def join_values(condition: Unknown, first: Value, second: Value) -> Value:
    """Return the value of `condition ? first : second`, unknown unless both are the same."""
    if _is_same(first, second):
        return first
    natures = {_nature(first), _nature(second)}
    nature = Nature.PRIMITIVE if natures == {Nature.PRIMITIVE} else Nature.ANYTHING
    return condition.with_nature(nature)


def _is_same(first: Value, second: Value) -> bool:
    if first is second:
        return True
    same_meaning = getattr(first, "has_same_meaning", None)
    if same_meaning is not None:
        return bool(same_meaning(second))
    if isinstance(first, JSObject | Unknown) or isinstance(second, JSObject | Unknown):
        return False
    return type(first) is type(second) and first == second


def _nature(value: Value) -> Nature:
    if isinstance(value, Unknown):
        return value.nature
    return Nature.ANYTHING if isinstance(value, JSObject) else Nature.PRIMITIVE


def always_throws(statement: n.Statement | None) -> bool:
    """Tell whether `statement` certainly ends by throwing."""
    if isinstance(statement, n.Throw):
        return True
    if isinstance(statement, n.Block):
        return any(always_throws(inner) for inner in statement.statements)
    if isinstance(statement, n.If):
        return always_throws(statement.consequent) and always_throws(statement.alternate)
    return False


def forget(interpreter: Interpreter, node: object, scope: Scope, cause: Unknown) -> bool:
    """Make unknown all that the code `node` could change, which may run or not.

    Variables it assigns become unknown; objects it writes to or calls methods of become
    incomplete. Returns whether the code could also leave its function by `return`.
    """
    may_return = False
    stack: list[object] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, tuple):
            stack.extend(current)
            continue
        slots = getattr(type(current), "__slots__", None)
        if slots is None or isinstance(current, str):
            continue
        if isinstance(current, n.Return):
            may_return = True
        elif isinstance(current, (n.Assignment, n.Update)):
            _forget_target(interpreter, current.target, scope, cause)
        elif isinstance(current, n.Call):
            if isinstance(current.callee, n.Member | n.Index):
                _forget_target(interpreter, current.callee, scope, cause)
            for argument in current.arguments:
                if isinstance(argument, n.Identifier):
                    value = _variable(scope, argument.name)
                    interpreter.escape([value], cause)
        elif isinstance(current, n.Function):
            continue
        elif isinstance(current, n.VariableDeclaration) and current.kind == "var":
            for declarator in current.declarators:
                _forget_target(interpreter, declarator.target, scope, cause)
        stack.extend(getattr(current, name) for name in slots)
    return may_return


def _forget_target(interpreter: Interpreter, target: object, scope: Scope, cause: Unknown) -> None:
    if isinstance(target, n.Identifier):
        found = scope.find(target.name)
        if found is not None:
            found.variables[target.name] = cause
    elif isinstance(target, n.ObjectPattern):
        for entry in target.properties:
            _forget_target(interpreter, entry.target, scope, cause)
        _forget_target(interpreter, target.rest, scope, cause)
    elif isinstance(target, n.ArrayPattern):
        for element in target.elements:
            if element is not None:
                _forget_target(interpreter, element.target, scope, cause)
        _forget_target(interpreter, target.rest, scope, cause)
    elif isinstance(target, n.Member | n.Index):
        for value in _owners(target, scope):
            if not value.is_frozen:
                value.lose(cause)
            interpreter.escape([value], cause)


def _owners(target: n.Member | n.Index, scope: Scope) -> Iterator[JSObject]:
    """Return the objects that a write to `target`, or a call of it as a method, may change.

    For `this.tables.users` that is what `this.tables` is; where the way there is not plain, it is
    the last object that is known, and what that holds.
    """
    path: list[str] = []
    node: object = target.object
    is_plain = True
    while not isinstance(node, n.Identifier | n.This):
        if isinstance(node, n.Member) and isinstance(node.property, str):
            path.append(node.property)
            node = node.object
        elif isinstance(node, n.Index | n.Member):
            path.clear()
            is_plain = False
            node = node.object
        elif isinstance(node, n.Call):
            path.clear()
            is_plain = False
            node = node.callee
        elif isinstance(node, n.OptionalChain):
            node = node.expression
        else:
            return
    value = _variable(scope, node.name) if isinstance(node, n.Identifier) else scope.context.this
    for name in reversed(path):
        held = value.get_own(name) if isinstance(value, JSObject) else None
        if not isinstance(held, JSObject):
            is_plain = False
            break
        value = held
    if not isinstance(value, JSObject) or isinstance(value, JSFunction):
        return
    yield value
    for held in () if is_plain and not path else tuple(value.properties.values()):
        if isinstance(held, JSArray | MapObject | SetObject):
            yield held


def _variable(scope: Scope, name: str) -> Value:
    """Return the value of `name` without evaluating anything for it."""
    found = scope.find(name)
    value = None if found is None else found.variables[name]
    return None if isinstance(value, Waiting) or value is UNINITIALIZED else value


def condition_unknown(cause: Unknown) -> Unknown:
    """Return the unknown of a value that depends on an unknown condition."""
    return Unknown(
        cause.code if cause.code is not UnknownCode.RUNTIME else UnknownCode.CONDITION,
        cause.reason,
        cause.file,
        cause.line,
    )
