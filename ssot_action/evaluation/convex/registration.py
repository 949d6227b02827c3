"""Registered functions (convex 1.48, `src/server/impl/registration_impl.ts`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ssot_action.evaluation.convex.validators import (
    Report,
    as_object_validator,
    validator_json,
)
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSFunction,
    JSObject,
    NativeFunction,
    PropertyKey,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.convex.json_values import Json
    from ssot_action.evaluation.interpreter import Interpreter

_MARKS = {"query": "isQuery", "mutation": "isMutation", "action": "isAction"}
_INVOKERS = {"query": "invokeQuery", "mutation": "invokeMutation", "action": "invokeAction"}


class RegisteredFunction(JSFunction):
    """A query, mutation or action.

    Attributes:
        kind: `query`, `mutation` or `action`.
        visibility: `public` or `internal`.
        definition: what the builder was called with.
        handler: the function that runs, or undefined.
    """

    __slots__ = ("definition", "handler", "kind", "visibility")

    def __init__(self, kind: str, visibility: str, definition: Value, handler: Value) -> None:
        super().__init__()
        self.kind = kind
        self.visibility = visibility
        self.definition = definition
        self.handler = handler

    def get_own(self, key: PropertyKey) -> Value:
        found = self.properties.get(key, MISSING)
        if found is not MISSING:
            return found
        if key == _MARKS[self.kind]:
            return True
        if key == ("isPublic" if self.visibility == "public" else "isInternal"):
            return True
        if key == "_handler":
            return self.handler
        if key == "exportArgs":
            return _EXPORT_ARGS
        if key == "exportReturns":
            return _EXPORT_RETURNS
        if key == _INVOKERS[self.kind]:
            return _INVOKE
        return MISSING

    def own_keys(self) -> list[PropertyKey]:
        mark = "isPublic" if self.visibility == "public" else "isInternal"
        keys: list[PropertyKey] = [
            _MARKS[self.kind],
            mark,
            _INVOKERS[self.kind],
            "exportArgs",
            "exportReturns",
            "_handler",
        ]
        return [*keys, *(key for key in super().own_keys() if key not in keys)]

    def call(self, interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
        """Run the handler, as the library does (with a warning)."""
        return interpreter.call(self.handler, UNDEFINED, arguments)

    def args_json(self, interpreter: Interpreter, report: Report) -> dict[str, Json]:
        """Return what `exportArgs` says: `{"type": "any"}` without a validator."""
        args = self._part(interpreter, "args")
        if args is UNDEFINED:
            return {"type": "any"}
        return validator_json(as_object_validator(args), report)

    def returns_json(self, interpreter: Interpreter, report: Report) -> dict[str, Json] | None:
        """Return what `exportReturns` says: None without a validator."""
        returns = self._part(interpreter, "returns")
        if returns is UNDEFINED:
            return None
        return validator_json(as_object_validator(returns), report)

    def _part(self, interpreter: Interpreter, name: str) -> Value:
        if isinstance(self.definition, JSFunction):
            return UNDEFINED
        return interpreter.get(self.definition, name)


class HttpActionFunction(JSFunction):
    """What `httpAction` makes."""

    __slots__ = ("handler",)

    def __init__(self, handler: Value) -> None:
        super().__init__()
        self.handler = handler

    def get_own(self, key: PropertyKey) -> Value:
        found = self.properties.get(key, MISSING)
        if found is not MISSING:
            return found
        if key == "isHttp":
            return True
        if key == "_handler":
            return self.handler
        if key == "invokeHttpAction":
            return _INVOKE
        return MISSING

    def call(self, interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
        """Run the handler, as the library does (with a warning)."""
        return interpreter.call(self.handler, UNDEFINED, arguments)


def _raise_unknown(_: str, unknown: Unknown) -> None:
    raise UnknownOutcome(unknown)


def _export_args(interpreter: Interpreter, this: Value, _: list[Value]) -> Value:
    if not isinstance(this, RegisteredFunction):
        raise type_error("exportArgs was called on something else")
    return json.dumps(this.args_json(interpreter, _raise_unknown))


def _export_returns(interpreter: Interpreter, this: Value, _: list[Value]) -> Value:
    if not isinstance(this, RegisteredFunction):
        raise type_error("exportReturns was called on something else")
    return json.dumps(this.returns_json(interpreter, _raise_unknown))


def _invoke(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return Unknown(UnknownCode.RUNTIME, "a function of Convex is invoked")


_EXPORT_ARGS = NativeFunction("exportArgs", _export_args)
_EXPORT_RETURNS = NativeFunction("exportReturns", _export_returns)
_INVOKE = NativeFunction("invoke", _invoke)


def make_builder(kind: str, visibility: str) -> NativeFunction:
    """Return the builder of functions of `kind` and `visibility`."""

    def build(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
        definition = arguments[0] if arguments else UNDEFINED
        if isinstance(definition, JSFunction):
            return RegisteredFunction(kind, visibility, definition, definition)
        if not isinstance(definition, JSObject | Unknown):
            raise type_error(f"{kind}() needs a function or an object with a handler")
        handler = interpreter.get(definition, "handler")
        return RegisteredFunction(kind, visibility, definition, handler)

    name = kind if visibility == "public" else f"internal{kind.capitalize()}"
    return NativeFunction(name, build)


def _http_action(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    return HttpActionFunction(arguments[0] if arguments else UNDEFINED)


HTTP_ACTION = NativeFunction("httpAction", _http_action)
