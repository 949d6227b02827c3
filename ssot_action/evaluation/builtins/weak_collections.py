"""WeakMap, WeakSet and WeakRef: nothing is ever collected, and their contents cannot be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.collections import fill_map, fill_set
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    define,
    define_class,
    define_methods,
    finish,
    needs_new,
    receiver,
)
from ssot_action.evaluation.values import (
    MAP_PROTOTYPE,
    SET_PROTOTYPE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSObject,
    MapObject,
    NativeCode,
    NativeConstructor,
    NativeFunction,
    SetObject,
    Unknown,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


class WeakMapObject(MapObject):
    """A WeakMap: a map that cannot be listed."""

    __slots__ = ()


class WeakSetObject(SetObject):
    """A WeakSet: a set that cannot be listed."""

    __slots__ = ()


class WeakRefObject(JSObject):
    """A WeakRef."""

    __slots__ = ("target",)

    def __init__(self, target: Value, prototype: JSObject) -> None:
        super().__init__(None, prototype)
        self.target = target


WEAK_MAP_PROTOTYPE: Final = JSObject()
WEAK_SET_PROTOTYPE: Final = JSObject()
WEAK_REF_PROTOTYPE: Final = JSObject()


def _weak(code: NativeCode) -> NativeCode:
    """Return `code`, refusing keys that are no objects."""

    def checked(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        key = argument(arguments, 0)
        if isinstance(key, str | bool | float | int) or key is None or key is UNDEFINED:
            raise type_error("Invalid value used as weak map key")
        return code(interpreter, this, arguments)

    return checked


def _construct_weak_map(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    target = adopt(interpreter, WeakMapObject(WEAK_MAP_PROTOTYPE), new_target)
    fill_map(interpreter, target, argument(arguments, 0))
    return target


def _construct_weak_set(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    target = adopt(interpreter, WeakSetObject(WEAK_SET_PROTOTYPE), new_target)
    fill_set(interpreter, target, argument(arguments, 0))
    return target


def _construct_weak_ref(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    target = argument(arguments, 0)
    if not isinstance(target, JSObject | Unknown):
        raise type_error("WeakRef: target must be an object")
    return adopt(interpreter, WeakRefObject(target, WEAK_REF_PROTOTYPE), new_target)


def _deref(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return receiver(this, WeakRefObject, "deref").target


def _code_of(prototype: JSObject, name: str) -> NativeCode:
    method = prototype.properties[name]
    if not isinstance(method, NativeFunction):
        raise TypeError(name)
    return method.code


def _weak_class(
    name: str,
    prototype: JSObject,
    constructor: NativeConstructor,
    methods: dict[str, NativeCode],
) -> JSObject:
    function = define_class(name, prototype, needs_new(name), constructor)
    define_methods(prototype, methods)
    define(prototype, SYMBOL_TO_STRING_TAG, name)
    finish(function, prototype)
    return function


WEAK_MAP: Final = _weak_class(
    "WeakMap",
    WEAK_MAP_PROTOTYPE,
    _construct_weak_map,
    {
        "delete": _code_of(MAP_PROTOTYPE, "delete"),
        "get": _code_of(MAP_PROTOTYPE, "get"),
        "has": _code_of(MAP_PROTOTYPE, "has"),
        "set": _weak(_code_of(MAP_PROTOTYPE, "set")),
    },
)
WEAK_SET: Final = _weak_class(
    "WeakSet",
    WEAK_SET_PROTOTYPE,
    _construct_weak_set,
    {
        "add": _weak(_code_of(SET_PROTOTYPE, "add")),
        "delete": _code_of(SET_PROTOTYPE, "delete"),
        "has": _code_of(SET_PROTOTYPE, "has"),
    },
)
WEAK_REF: Final = _weak_class("WeakRef", WEAK_REF_PROTOTYPE, _construct_weak_ref, {"deref": _deref})
