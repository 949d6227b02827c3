"""structuredClone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.date import DateObject
from ssot_action.evaluation.builtins.errors import dom_exception
from ssot_action.evaluation.builtins.natives import (
    Wrapper,
    argument,
    complete,
    nested,
    spend,
    unknown_outcome,
)
from ssot_action.evaluation.values import (
    OBJECT_PROTOTYPE,
    JSArray,
    JSFunction,
    JSObject,
    MapObject,
    Nature,
    RegExpObject,
    SetObject,
    Symbol,
    UnknownCode,
    Value,
    map_key,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


def structured_clone(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    """Return a deep copy of plain data."""
    return _Cloner(interpreter).clone(argument(arguments, 0))


class _Cloner:
    """Copies one value, each object of it once."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._copies: dict[int, JSObject] = {}

    def clone(self, value: Value) -> Value:
        """Return the copy of `value`."""
        spend(self._interpreter)
        if isinstance(value, JSFunction | Symbol):
            raise dom_exception("DataCloneError", "the value could not be cloned")
        if not isinstance(value, JSObject):
            return value
        copy = self._copies.get(id(value))
        if copy is None:
            copy = self._copies[id(value)] = self._empty(complete(value))
            with nested(self._interpreter):
                self._fill(copy, value)
        return copy

    def _empty(self, value: JSObject) -> JSObject:
        if isinstance(value, JSArray):
            return JSArray()
        if isinstance(value, MapObject):
            return MapObject()
        if isinstance(value, SetObject):
            return SetObject()
        if isinstance(value, DateObject):
            return DateObject(value.time)
        if isinstance(value, Wrapper) and value.prototype is not None:
            return Wrapper(value.value, value.prototype)
        if isinstance(value, RegExpObject):
            return RegExpObject(value.source, value.flags)
        # An instance of a class becomes a plain object; what the host makes may do otherwise.
        is_plain = type(value) is JSObject
        if is_plain and (value.prototype is OBJECT_PROTOTYPE or value.prototype is None):
            return JSObject()
        raise unknown_outcome(
            "cloning an object of this class is not modelled", Nature.INSTANCE, UnknownCode.MODEL
        )

    def _fill(self, copy: JSObject, value: JSObject) -> None:
        if isinstance(value, MapObject) and isinstance(copy, MapObject):
            for key, item in value.entries.values():
                made = self.clone(key)
                copy.entries[map_key(made)] = (made, self.clone(item))
        elif isinstance(value, SetObject) and isinstance(copy, SetObject):
            for item in value.entries.values():
                made = self.clone(item)
                copy.entries[map_key(made)] = made
        elif not isinstance(value, Wrapper | DateObject | RegExpObject):
            for key, item in self._interpreter.own_entries(value):
                copy.set_own(key, self.clone(item))
