"""Object; its prototype is in `object_prototype.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    callback,
    complete,
    define_class,
    define_methods,
    finish,
    forget,
    has_own,
    is_enumerable,
    known,
    losing,
    own_names,
    own_symbols,
    prototype_of_primitive,
    spend,
    to_object,
)
from ssot_action.evaluation.builtins.object_prototype import PROTOTYPE
from ssot_action.evaluation.builtins.properties import (
    define_from_descriptor,
    descriptor_of,
    is_extensible,
    is_frozen,
    is_sealed,
    prevent_extensions,
    seal,
    set_prototype,
)
from ssot_action.evaluation.convert import strict_equals, to_property_key
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSObject,
    Nature,
    PropertyKey,
    Symbol,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


def same_value(left: Value, right: Value) -> bool:
    """Return `Object.is(left, right)`."""
    if isinstance(left, float) and isinstance(right, float):
        return repr(left) == repr(right)
    return strict_equals(left, right)


def _keys(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return JSArray(list(interpreter.own_keys(to_object(argument(arguments, 0)))))


def _values(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    entries = interpreter.own_entries(to_object(argument(arguments, 0)))
    return JSArray([value for _, value in entries])


def _entries(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    entries = interpreter.own_entries(to_object(argument(arguments, 0)))
    return JSArray([JSArray([key, value]) for key, value in entries])


def _from_entries(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    result = JSObject()
    for entry in interpreter.iterate(argument(arguments, 0)):
        spend(interpreter)
        if isinstance(entry, Unknown):
            forget(result, entry)
            continue
        if not isinstance(entry, JSObject):
            raise type_error("Iterator value is not an entry object")
        value = interpreter.get(entry, "1")
        try:
            key = to_property_key(interpreter, interpreter.get(entry, "0"))
        except UnknownOutcome as outcome:
            forget(result, outcome.unknown)
        else:
            result.set_own(key, value)
    return result


def _assign(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    """Copy properties; a source that is unknown leaves the target incomplete."""
    target = to_object(argument(arguments, 0))
    for source in arguments[1:]:
        if isinstance(source, Unknown):
            forget(target, source)
        elif source is not None and source is not UNDEFINED:
            _assign_from(interpreter, target, to_object(source))
    return target


def _assign_from(interpreter: Interpreter, target: JSObject, source: JSObject) -> None:
    if source.incomplete is not None:
        forget(target, source.incomplete)
    if target.is_frozen and (source.own_keys() or source.incomplete is not None):
        raise type_error("Cannot assign to read only property of object")
    for key in source.own_keys():
        spend(interpreter)
        interpreter.set(target, key, interpreter.get(source, key))
    for symbol in [key for key in source.properties if isinstance(key, Symbol)]:
        if is_enumerable(source, symbol):
            interpreter.set(target, symbol, interpreter.get(source, symbol))


def _freeze(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = argument(arguments, 0)
    if isinstance(target, JSObject):
        target.is_frozen = True
    return target


def _is_frozen(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    return not isinstance(target, JSObject) or is_frozen(target)


def _seal(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = argument(arguments, 0)
    if isinstance(target, JSObject):
        seal(target)
    return target


def _is_sealed(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    return not isinstance(target, JSObject) or is_sealed(target)


def _prevent_extensions(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = argument(arguments, 0)
    if isinstance(target, JSObject):
        prevent_extensions(target)
    return target


def _is_extensible(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    return isinstance(target, JSObject) and is_extensible(target)


def _create(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    prototype = argument(arguments, 0)
    if isinstance(prototype, Unknown):
        result = JSObject({}, None)
        result.incomplete = prototype
    elif prototype is None or isinstance(prototype, JSObject):
        result = JSObject({}, prototype)
    else:
        raise type_error("Object prototype may only be an Object or null")
    if argument(arguments, 1) is not UNDEFINED:
        _define_all(interpreter, result, arguments[1])
    return result


def _define_property(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    if not isinstance(target, JSObject):
        raise type_error("Object.defineProperty called on non-object")
    try:
        with losing(target):
            key = to_property_key(interpreter, argument(arguments, 1))
    except UnknownOutcome:
        return target
    define_from_descriptor(interpreter, target, key, argument(arguments, 2))
    return target


def _define_properties(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    if not isinstance(target, JSObject):
        raise type_error("Object.defineProperties called on non-object")
    _define_all(interpreter, target, argument(arguments, 1))
    return target


def _define_all(interpreter: Interpreter, target: JSObject, descriptors: Value) -> None:
    if isinstance(descriptors, Unknown):
        forget(target, descriptors)
        return
    source = to_object(descriptors)
    if source.incomplete is not None:
        forget(target, source.incomplete)
    for key in source.own_keys():
        define_from_descriptor(interpreter, target, key, interpreter.get(source, key))


def _get_descriptor(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = to_object(argument(arguments, 0))
    return descriptor_of(target, to_property_key(interpreter, argument(arguments, 1)))


def _get_descriptors(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = to_object(argument(arguments, 0))
    result = JSObject()
    keys: list[PropertyKey] = [*own_names(target), *own_symbols(target)]
    for key in keys:
        result.set_own(key, descriptor_of(target, key))
    return result


def _get_names(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return JSArray(list(own_names(to_object(argument(arguments, 0)))))


def _get_symbols(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return JSArray(list(own_symbols(to_object(argument(arguments, 0)))))


def get_prototype(value: Value) -> Value:
    """Return `Object.getPrototypeOf(value)`."""
    if isinstance(value, JSObject):
        # An object that stands in for an unread one has no prototype anybody knows.
        if value.prototype is None:
            complete(value)
        return value.prototype
    prototype = prototype_of_primitive(known(value))
    if prototype is None:
        raise type_error("Cannot convert undefined or null to object")
    return prototype


def _get_prototype_of(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return get_prototype(argument(arguments, 0))


def _set_prototype_of(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = known(argument(arguments, 0))
    prototype = argument(arguments, 1)
    if target is None or target is UNDEFINED:
        raise type_error("Object.setPrototypeOf called on null or undefined")
    if isinstance(target, JSObject) and not set_prototype(target, prototype):
        raise type_error("Cyclic __proto__ value or object is not extensible")
    return target


def _is(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return same_value(argument(arguments, 0), argument(arguments, 1))


def _has_own(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = to_object(argument(arguments, 0))
    return has_own(target, to_property_key(interpreter, argument(arguments, 1)))


def _group_by(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    function = callback(argument(arguments, 1))
    result = JSObject({}, None)
    for index, item in enumerate(interpreter.iterate(argument(arguments, 0))):
        spend(interpreter)
        group = interpreter.call(function, UNDEFINED, [item, float(index)])
        key = to_property_key(interpreter, group)
        present = result.get_own(key)
        if isinstance(present, JSArray):
            present.items.append(item)
        else:
            result.set_own(key, JSArray([item]))
    return result


# The constructor


def _object(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = argument(arguments, 0)
    if value is None or value is UNDEFINED:
        return JSObject()
    return to_object(value)


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    if new_target is OBJECT:
        return _object(interpreter, UNDEFINED, arguments)
    return adopt(interpreter, JSObject(), new_target)


OBJECT: Final = define_class("Object", PROTOTYPE, _object, _construct, Nature.ANYTHING)

define_methods(
    OBJECT,
    {
        "assign": _assign,
        "create": _create,
        "defineProperties": _define_properties,
        "defineProperty": _define_property,
        "freeze": _freeze,
        "getPrototypeOf": _get_prototype_of,
        "preventExtensions": _prevent_extensions,
        "seal": _seal,
        "setPrototypeOf": _set_prototype_of,
    },
)
define_methods(
    OBJECT,
    {
        "entries": _entries,
        "fromEntries": _from_entries,
        "getOwnPropertyDescriptors": _get_descriptors,
        "getOwnPropertyNames": _get_names,
        "getOwnPropertySymbols": _get_symbols,
        "groupBy": _group_by,
        "keys": _keys,
        "values": _values,
    },
    Nature.INSTANCE,
)
define_methods(OBJECT, {"getOwnPropertyDescriptor": _get_descriptor})
define_methods(
    OBJECT,
    {
        "hasOwn": _has_own,
        "is": _is,
        "isExtensible": _is_extensible,
        "isFrozen": _is_frozen,
        "isSealed": _is_sealed,
    },
    Nature.PRIMITIVE,
)
finish(OBJECT, PROTOTYPE)
