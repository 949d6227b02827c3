"""The set methods that take another set."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.iterators import iterator_of
from ssot_action.evaluation.builtins.natives import (
    callback,
    complete,
    known,
    receiver,
    spend,
)
from ssot_action.evaluation.convert import to_boolean, to_number
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSObject,
    MapObject,
    SetObject,
    Value,
    js_error,
    map_key,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


class _Other:
    """The argument of a set operation: a set, or an object with `size`, `has` and `keys`."""

    def __init__(self, interpreter: Interpreter, value: Value) -> None:
        self._interpreter = interpreter
        self._object = receiver(value, JSObject, "a set operation")
        self._collection = value if isinstance(value, SetObject | MapObject) else None
        if self._collection is not None:
            self.size = float(len(complete(self._collection).entries))
            return
        self.size = to_number(interpreter, interpreter.get(value, "size"))
        if math.isnan(self.size):
            raise type_error("the 'size' property must be a number")
        if self.size < 0:
            raise js_error("RangeError", "the 'size' property must not be negative")
        self._has = callback(interpreter.get(value, "has"))
        self._keys = callback(interpreter.get(value, "keys"))

    def has(self, value: Value) -> bool:
        """Return whether the other side contains `value`."""
        spend(self._interpreter)
        if self._collection is not None:
            return map_key(known(value)) in complete(self._collection).entries
        return to_boolean(self._interpreter.call(self._has, self._object, [value]))

    def listed(self) -> list[Value]:
        """Return what the other side contains."""
        if isinstance(self._collection, SetObject):
            return list(self._collection.entries.values())
        if isinstance(self._collection, MapObject):
            return [key for key, _ in self._collection.entries.values()]
        made = self._interpreter.call(self._keys, self._object, [])
        # `keys` gives an iterator; that it can be iterated over itself is not asked for.
        return complete(iterator_of(self._interpreter, made)).rest()


def _this(this: Value) -> SetObject:
    return complete(receiver(this, SetObject, "a method of Set.prototype"))


def _set_of(values: list[Value]) -> SetObject:
    result = SetObject()
    for value in values:
        plain = 0.0 if isinstance(value, float) and value == 0 else known(value)
        result.entries.setdefault(map_key(plain), plain)
    return result


def _sides(
    interpreter: Interpreter, this: Value, arguments: list[Value]
) -> tuple[list[Value], SetObject, _Other]:
    own = _this(this)
    other = _Other(interpreter, arguments[0] if arguments else UNDEFINED)
    return list(own.entries.values()), own, other


def union(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.union."""
    values, _, other = _sides(interpreter, this, arguments)
    return _set_of([*values, *other.listed()])


def intersection(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.intersection: in the order of the smaller side."""
    values, own, other = _sides(interpreter, this, arguments)
    if len(values) <= other.size:
        return _set_of([value for value in values if other.has(value)])
    return _set_of([value for value in other.listed() if map_key(known(value)) in own.entries])


def difference(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.difference."""
    values, _, other = _sides(interpreter, this, arguments)
    return _set_of([value for value in values if not other.has(value)])


def symmetric_difference(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.symmetricDifference."""
    values, own, other = _sides(interpreter, this, arguments)
    theirs = _set_of(other.listed())
    return _set_of(
        [value for value in values if map_key(value) not in theirs.entries]
        + [value for key, value in theirs.entries.items() if key not in own.entries]
    )


def is_subset_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.isSubsetOf."""
    values, _, other = _sides(interpreter, this, arguments)
    return len(values) <= other.size and all(map(other.has, values))


def is_superset_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.isSupersetOf."""
    values, own, other = _sides(interpreter, this, arguments)
    if len(values) < other.size:
        return False
    return all(map_key(known(value)) in own.entries for value in other.listed())


def is_disjoint_from(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Set.prototype.isDisjointFrom."""
    values, own, other = _sides(interpreter, this, arguments)
    if len(values) <= other.size:
        return not any(map(other.has, values))
    return not any(map_key(known(value)) in own.entries for value in other.listed())
