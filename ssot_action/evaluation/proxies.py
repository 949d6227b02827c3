"""Proxies: objects whose behaviour is functions of the program (ECMA-262, 10.5).

Modelled are the traps get, set, has, ownKeys, getOwnPropertyDescriptor (as far as it says whether a
key is enumerable), deleteProperty, apply and construct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_boolean
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    NativeFunction,
    PropertyKey,
    Symbol,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


class ProxyObject(JSFunction):
    """`new Proxy(target, handler)`."""

    __slots__ = ("handler", "interpreter", "target")

    def __init__(self, interpreter: Interpreter, target: JSObject, handler: JSObject) -> None:
        super().__init__()
        self.prototype = None
        self.interpreter = interpreter
        self.target = target
        self.handler = handler

    @property
    def type_name(self) -> str:  # type: ignore[override]
        """What `typeof` gives: the target's."""
        return self.target.type_name

    def _trap(self, name: str) -> Value:
        trap = self.interpreter.get(self.handler, name)
        if isinstance(trap, Unknown):
            raise UnknownOutcome(trap)
        return trap

    def get_own(self, key: PropertyKey) -> Value:
        if not isinstance(key, str | Symbol):
            return MISSING
        trap = self._trap("get")
        if trap is UNDEFINED:
            return self.interpreter.get(self.target, key)
        return self.interpreter.call(trap, self.handler, [self.target, key, self])

    def set_own(self, key: PropertyKey, value: Value) -> None:
        trap = self._trap("set")
        if trap is UNDEFINED or not isinstance(key, str | Symbol):
            self.interpreter.set(self.target, key, value)
        else:
            self.interpreter.call(trap, self.handler, [self.target, key, value, self])

    def delete_own(self, key: PropertyKey) -> None:
        trap = self._trap("deleteProperty")
        if trap is UNDEFINED or not isinstance(key, str | Symbol):
            self.target.delete_own(key)
        else:
            self.interpreter.call(trap, self.handler, [self.target, key])

    def has(self, key: PropertyKey) -> bool:
        """Return `key in proxy`."""
        trap = self._trap("has")
        if trap is UNDEFINED or not isinstance(key, str | Symbol):
            return self.interpreter.has(self.target, key)
        return to_boolean(self.interpreter.call(trap, self.handler, [self.target, key]))

    def own_keys(self) -> list[PropertyKey]:
        trap = self._trap("ownKeys")
        if trap is UNDEFINED:
            keys: list[Value] = list(self.interpreter.own_keys(self.target))
        else:
            keys = self.interpreter.iterate(
                self.interpreter.call(trap, self.handler, [self.target])
            )
        return [key for key in keys if isinstance(key, str) and self._is_enumerable(key)]

    def _is_enumerable(self, key: str) -> bool:
        trap = self._trap("getOwnPropertyDescriptor")
        if trap is UNDEFINED:
            return key in self.target.own_keys()
        descriptor = self.interpreter.call(trap, self.handler, [self.target, key])
        if descriptor is UNDEFINED:
            return False
        return to_boolean(self.interpreter.get(descriptor, "enumerable"))

    def call(self, interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        """Call the proxy as a function."""
        if not isinstance(self.target, JSFunction):
            raise type_error("an object is not a function")
        trap = self._trap("apply")
        if trap is UNDEFINED:
            return interpreter.call(self.target, this, arguments)
        return interpreter.call(trap, self.handler, [self.target, this, JSArray(arguments)])

    def construct(self, interpreter: Interpreter, arguments: list[Value]) -> Value:
        """Do `new proxy(...arguments)`."""
        trap = self._trap("construct")
        if trap is UNDEFINED:
            return interpreter.construct(self.target, arguments)
        return interpreter.call(trap, self.handler, [self.target, JSArray(arguments), self])


def _construct(interpreter: Interpreter, arguments: list[Value], _: JSObject) -> Value:
    target = arguments[0] if arguments else UNDEFINED
    handler = arguments[1] if len(arguments) > 1 else UNDEFINED
    for value in (target, handler):
        if isinstance(value, Unknown):
            raise UnknownOutcome(value)
    if not isinstance(target, JSObject) or not isinstance(handler, JSObject):
        raise type_error("Cannot create proxy with a non-object as target or handler")
    return ProxyObject(interpreter, target, handler)


def _no_call(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    raise type_error("Constructor Proxy requires 'new'")


PROXY = NativeFunction("Proxy", _no_call, _construct)
