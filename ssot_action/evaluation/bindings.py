"""Variables and patterns: reading, declaring, assigning, taking values apart."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_property_key
from ssot_action.evaluation.scope import UNINITIALIZED, Scope, Waiting
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    IteratorObject,
    JSArray,
    JSObject,
    Nature,
    PropertyKey,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)
from ssot_action.syntax import nodes as n

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


def read_variable(interpreter: Interpreter, scope: Scope, name: str, at: int) -> Value:
    """Return the value of the variable `name`; an unknown one when nobody declares it."""
    current: Scope | None = scope
    while current is not None:
        value = current.variables.get(name, MISSING)
        if value is not MISSING:
            if isinstance(value, Waiting):
                return value.force()
            if value is UNINITIALIZED:
                raise js_error("ReferenceError", f"Cannot access '{name}' before initialization")
            return value
        current = current.parent
    value = interpreter.globals.get(name, MISSING)
    if value is not MISSING:
        return value
    if name == "undefined":
        return UNDEFINED
    return interpreter.unknown(
        UnknownCode.RUNTIME, f"`{name}` is not defined in the project", scope, at
    )


def write_variable(interpreter: Interpreter, scope: Scope, name: str, value: Value) -> None:
    """Do `name = value`."""
    found = scope.find(name)
    if found is None:
        interpreter.globals[name] = value
    else:
        found.variables[name] = value


def declare_pattern(
    interpreter: Interpreter, target: n.Pattern, value: Value, scope: Scope, into: Scope
) -> None:
    """Bind the names of `target` in `into`, evaluating defaults in `scope`."""
    if isinstance(target, n.Identifier):
        into.variables[target.name] = value
    else:
        _take_apart(interpreter, target, value, scope, into)


class VariablePlace:
    """A variable as the target of an assignment."""

    __slots__ = ("_interpreter", "_node", "_scope")

    def __init__(self, interpreter: Interpreter, node: n.Identifier, scope: Scope) -> None:
        self._interpreter = interpreter
        self._node = node
        self._scope = scope

    def read(self) -> Value:
        """Return the variable's value."""
        return read_variable(self._interpreter, self._scope, self._node.name, self._node.at)

    def write(self, value: Value) -> None:
        """Set the variable."""
        write_variable(self._interpreter, self._scope, self._node.name, value)


class PropertyPlace:
    """A property as the target of an assignment; its object and key are evaluated once."""

    __slots__ = ("_interpreter", "_key", "_owner")

    def __init__(self, interpreter: Interpreter, owner: Value, key: PropertyKey | Unknown) -> None:
        self._interpreter = interpreter
        self._owner = owner
        self._key = key

    def read(self) -> Value:
        """Return the property's value."""
        if isinstance(self._key, Unknown):
            return self._key
        return self._interpreter.get(self._owner, self._key)

    def write(self, value: Value) -> None:
        """Set the property; with an unknown key any property may have been set."""
        owner = self._owner
        if isinstance(owner, Unknown):
            return
        if isinstance(self._key, Unknown):
            if isinstance(owner, JSObject) and not owner.is_frozen:
                spoil(owner, self._key)
            return
        self._interpreter.set(owner, self._key, value)


def spoil(target: JSObject, cause: Unknown) -> None:
    """Note that any property of `target` may have been written."""
    target.lose(cause)
    for key in target.properties:
        if isinstance(key, str):
            target.properties[key] = cause.with_nature(Nature.ANYTHING)


def make_place(
    interpreter: Interpreter, target: n.Identifier | n.Member | n.Index, scope: Scope
) -> VariablePlace | PropertyPlace:
    """Evaluate what stands on the left of an assignment, up to the place that it names."""
    if isinstance(target, n.Identifier):
        return VariablePlace(interpreter, target, scope)
    if isinstance(target.object, n.Super):
        owner: Value = scope.context.this
    else:
        owner = interpreter.evaluate(target.object, scope)
    if isinstance(target, n.Member):
        return PropertyPlace(interpreter, owner, target.property)
    index = interpreter.evaluate(target.index, scope)
    try:
        return PropertyPlace(interpreter, owner, to_property_key(interpreter, index))
    except UnknownOutcome as outcome:
        return PropertyPlace(interpreter, owner, outcome.unknown)


def assign_pattern(interpreter: Interpreter, target: n.Pattern, value: Value, scope: Scope) -> None:
    """Assign `value` to `target`: a name, a property or a pattern."""
    if isinstance(target, n.Identifier | n.Member | n.Index):
        make_place(interpreter, target, scope).write(value)
    else:
        _take_apart(interpreter, target, value, scope, None)


def _bind(
    interpreter: Interpreter,
    target: n.Pattern,
    value: Value,
    scope: Scope,
    into: Scope | None,
) -> None:
    if into is None:
        assign_pattern(interpreter, target, value, scope)
    else:
        declare_pattern(interpreter, target, value, scope, into)


def _take_apart(
    interpreter: Interpreter,
    target: n.Pattern,
    value: Value,
    scope: Scope,
    into: Scope | None,
) -> None:
    if isinstance(target, n.ObjectPattern):
        _take_apart_object(interpreter, target, value, scope, into)
    elif isinstance(target, n.ArrayPattern):
        _take_apart_array(interpreter, target, value, scope, into)


def _take_apart_object(
    interpreter: Interpreter,
    target: n.ObjectPattern,
    value: Value,
    scope: Scope,
    into: Scope | None,
) -> None:
    if value is None or value is UNDEFINED:
        raise type_error("Cannot destructure null or undefined")
    taken: set[PropertyKey] = set()
    for entry in target.properties:
        if isinstance(entry.key, str | n.PrivateName):
            key: PropertyKey = entry.key
        else:
            try:
                key = to_property_key(interpreter, interpreter.evaluate(entry.key, scope))
            except UnknownOutcome as outcome:
                _bind(interpreter, entry.target, outcome.unknown, scope, into)
                continue
        taken.add(key)
        part = _with_default(interpreter, interpreter.get(value, key), entry.default, scope)
        _bind(interpreter, entry.target, part, scope, into)
    if target.rest is not None:
        _bind(interpreter, target.rest, _rest_of(interpreter, value, taken), scope, into)


def _rest_of(interpreter: Interpreter, value: Value, taken: set[PropertyKey]) -> Value:
    if isinstance(value, Unknown):
        return value
    rest = JSObject()
    if isinstance(value, JSObject):
        for key in value.own_keys():
            if key not in taken:
                rest.properties[key] = interpreter.get(value, key)
        rest.incomplete = value.incomplete
    return rest


def _take_apart_array(
    interpreter: Interpreter,
    target: n.ArrayPattern,
    value: Value,
    scope: Scope,
    into: Scope | None,
) -> None:
    try:
        items: list[Value] | None = _first_items(interpreter, target, value)
        cause: Value = UNDEFINED
    except UnknownOutcome as outcome:
        items, cause = None, outcome.unknown
    for index, element in enumerate(target.elements):
        if element is None:
            continue
        part = cause if items is None else items[index] if index < len(items) else UNDEFINED
        part = _with_default(interpreter, part, element.default, scope)
        _bind(interpreter, element.target, part, scope, into)
    if target.rest is not None:
        rest = cause if items is None else JSArray(items[len(target.elements) :])
        _bind(interpreter, target.rest, rest, scope, into)


def _first_items(interpreter: Interpreter, target: n.ArrayPattern, value: Value) -> list[Value]:
    """Return as many items of `value` as `target` takes; an endless generator gives no more."""
    if target.rest is not None or not isinstance(value, IteratorObject):
        return interpreter.iterate(value)
    items = interpreter.each(value)
    try:
        return list(itertools.islice(items, len(target.elements)))
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()


def _with_default(
    interpreter: Interpreter, value: Value, default: n.Expression | None, scope: Scope
) -> Value:
    if default is None or value is not UNDEFINED:
        return value
    return interpreter.evaluate(default, scope)
