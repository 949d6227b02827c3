"""Property descriptors and the integrity of objects (frozen, sealed, not extensible)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import behind, complete, forget, is_enumerable, losing
from ssot_action.evaluation.convert import to_boolean
from ssot_action.evaluation.proxies import ProxyObject
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    Accessor,
    JSArray,
    JSFunction,
    JSObject,
    PropertyKey,
    Symbol,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

# Marks of integrity stand among an object's hidden keys, where no program sees them. The evaluator
# does not enforce them: strict code that breaks them throws, and code that deploys does not.
_SEALED: Final = Symbol("sealed")
_NOT_EXTENSIBLE: Final = Symbol("not extensible")


def _has_mark(target: JSObject, mark: Symbol) -> bool:
    return target.hidden is not None and mark in target.hidden


def is_extensible(target: JSObject) -> bool:
    """Return `Object.isExtensible(target)`."""
    return not (
        target.is_frozen or _has_mark(target, _SEALED) or _has_mark(target, _NOT_EXTENSIBLE)
    )


def is_sealed(target: JSObject) -> bool:
    """Return `Object.isSealed(target)`."""
    if is_extensible(target):
        return False
    return target.is_frozen or _has_mark(target, _SEALED) or not _has_properties(target)


def is_frozen(target: JSObject) -> bool:
    """Return `Object.isFrozen(target)`."""
    return target.is_frozen or (not is_extensible(target) and not _has_properties(target))


def _has_properties(target: JSObject) -> bool:
    return bool(complete(target).own_keys() or target.properties) or isinstance(
        target, JSArray | JSFunction
    )


def seal(target: JSObject) -> None:
    """Do `Object.seal(target)`."""
    if not target.is_frozen:
        target.hide(_SEALED)


def prevent_extensions(target: JSObject) -> None:
    """Do `Object.preventExtensions(target)`."""
    if not target.is_frozen:
        target.hide(_NOT_EXTENSIBLE)


def set_prototype(target: JSObject, prototype: Value) -> bool:
    """Do `Object.setPrototypeOf(target, prototype)`; return whether that worked."""
    if isinstance(prototype, Unknown):
        forget(target, prototype)
        return True
    if prototype is not None and not isinstance(prototype, JSObject):
        raise type_error("Object prototype may only be an Object or null")
    if prototype is target.prototype:
        return True
    if not is_extensible(target):
        return False
    current: JSObject | None = prototype
    while current is not None:
        if current is target:
            return False
        current = current.prototype
    target.prototype = prototype
    return True


def descriptor_of(target: JSObject, key: PropertyKey) -> Value:
    """Return `Object.getOwnPropertyDescriptor(target, key)`."""
    if isinstance(target, ProxyObject):
        return descriptor_of(behind(target, "getOwnPropertyDescriptor"), key)
    found = target.get_own(key)
    if found is MISSING:
        complete(target)
        return UNDEFINED
    if isinstance(found, Accessor):
        result = JSObject({"get": found.getter, "set": found.setter})
    else:
        result = JSObject({"value": found, "writable": _is_writable(target, key)})
    result.set_own("enumerable", is_enumerable(target, key))
    result.set_own("configurable", _is_configurable(target, key))
    return result


def _is_writable(target: JSObject, key: PropertyKey) -> bool:
    if isinstance(target, JSFunction) and key in ("name", "length"):
        return key in target.properties and not target.is_frozen
    return not target.is_frozen


def _is_configurable(target: JSObject, key: PropertyKey) -> bool:
    if key == "length" and isinstance(target, JSArray):
        return False
    if key == "prototype" and isinstance(target, JSFunction):
        return False
    return not (target.is_frozen or _has_mark(target, _SEALED))


def define_from_descriptor(
    interpreter: Interpreter, target: JSObject, key: PropertyKey, descriptor: Value
) -> None:
    """Do `Object.defineProperty(target, key, descriptor)`.

    Whether a property is writable is not kept: a program that writes to one that is not throws.
    """
    if isinstance(descriptor, Unknown):
        _set_unknown(target, key, descriptor)
        return
    if not isinstance(descriptor, JSObject):
        raise type_error("Property description must be an object")
    if target.is_frozen:
        raise type_error("Cannot define property, object is not extensible")
    if isinstance(target, ProxyObject):
        target = behind(target, "defineProperty")
    present = target.get_own(key)
    if present is MISSING and not is_extensible(target):
        raise type_error("Cannot define property, object is not extensible")
    try:
        value = _described_value(interpreter, present, descriptor)
        enumerable = _described_enumerability(interpreter, target, key, descriptor)
    except UnknownOutcome as outcome:
        _set_unknown(target, key, outcome.unknown)
        return
    if isinstance(target, JSArray) and isinstance(value, Accessor):
        raise type_error("an accessor as an element of an array is not supported")
    if value is not MISSING:
        target.set_own(key, value)
    if not enumerable:
        target.hide(key)
    elif target.hidden is not None:
        target.hidden.discard(key)


def _set_unknown(target: JSObject, key: PropertyKey, unknown: Unknown) -> None:
    if not target.is_frozen:
        target.set_own(key, unknown)


def _described_value(interpreter: Interpreter, present: Value, descriptor: JSObject) -> Value:
    has_getter = interpreter.has(descriptor, "get")
    has_setter = interpreter.has(descriptor, "set")
    if has_getter or has_setter:
        if interpreter.has(descriptor, "value") or interpreter.has(descriptor, "writable"):
            raise type_error("Cannot both specify accessors and a value or writable attribute")
        accessor = present if isinstance(present, Accessor) else Accessor()
        return Accessor(
            interpreter.get(descriptor, "get") if has_getter else accessor.getter,
            interpreter.get(descriptor, "set") if has_setter else accessor.setter,
        )
    if interpreter.has(descriptor, "value"):
        return interpreter.get(descriptor, "value")
    return UNDEFINED if present is MISSING else present


def _described_enumerability(
    interpreter: Interpreter, target: JSObject, key: PropertyKey, descriptor: JSObject
) -> bool:
    if interpreter.has(descriptor, "enumerable"):
        return to_boolean(interpreter.get(descriptor, "enumerable"))
    return target.get_own(key) is not MISSING and is_enumerable(target, key)


def delete_property(target: JSObject, key: PropertyKey) -> bool:
    """Do `delete target[key]`; return whether the property is gone."""
    if target.get_own(key) is MISSING:
        return True
    if not _is_configurable(target, key):
        return False
    with losing(target):
        target.delete_own(key)
    return True
