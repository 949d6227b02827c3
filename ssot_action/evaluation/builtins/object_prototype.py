"""Object.prototype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.date import DateObject
from ssot_action.evaluation.builtins.natives import (
    argument,
    complete,
    define_methods,
    has_own,
    is_callable,
    is_enumerable,
    known,
    to_object,
    unwrapped,
)
from ssot_action.evaluation.convert import to_property_key, to_string
from ssot_action.evaluation.proxies import ProxyObject
from ssot_action.evaluation.values import (
    ERROR_PROTOTYPE,
    OBJECT_PROTOTYPE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    Nature,
    RegExpObject,
    Value,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


def _has_own_property(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    key = to_property_key(interpreter, argument(arguments, 0))
    return has_own(to_object(this), key)


def _is_prototype_of(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    known(this)
    value = known(argument(arguments, 0))
    current = value.prototype if isinstance(value, JSObject) else None
    while current is not None:
        if current is this:
            return True
        current = current.prototype
    if isinstance(value, JSObject):
        complete(value)
    return False


def _property_is_enumerable(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    key = to_property_key(interpreter, argument(arguments, 0))
    target = to_object(this)
    return has_own(target, key) and is_enumerable(target, key)


def _to_string(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    if known(this) is UNDEFINED:
        return "[object Undefined]"
    if this is None:
        return "[object Null]"
    tag = known(interpreter.get(this, SYMBOL_TO_STRING_TAG))
    return f"[object {tag if isinstance(tag, str) else _class_of(this)}]"


def _class_of_proxy(value: ProxyObject) -> str:
    return "Function" if is_callable(value) else "Object"


def _class_of(value: Value) -> str:
    value = unwrapped(value)
    if isinstance(value, JSArray):
        return "Array"
    if isinstance(value, ProxyObject):
        return "Array" if isinstance(value.target, JSArray) else _class_of_proxy(value)
    if isinstance(value, JSFunction):
        return "Function"
    if isinstance(value, RegExpObject):
        return "RegExp"
    if isinstance(value, DateObject):
        return "Date"
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, float):
        return "Number"
    if isinstance(value, str):
        return "String"
    current = value.prototype if isinstance(value, JSObject) else None
    while current is not None:
        if current is ERROR_PROTOTYPE:
            return "Error"
        current = current.prototype
    return "Object"


def _to_locale_string(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return to_string(interpreter, this)


def _value_of(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return to_object(this)


define_methods(
    OBJECT_PROTOTYPE,
    {
        "hasOwnProperty": _has_own_property,
        "isPrototypeOf": _is_prototype_of,
        "propertyIsEnumerable": _property_is_enumerable,
        "toLocaleString": _to_locale_string,
        "toString": _to_string,
    },
    Nature.PRIMITIVE,
)
define_methods(OBJECT_PROTOTYPE, {"valueOf": _value_of})
PROTOTYPE: Final = OBJECT_PROTOTYPE
