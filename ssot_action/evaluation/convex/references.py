"""References to functions: `api`, `internal`, `components` (convex 1.48, `src/server/api.ts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSObject,
    JSThrow,
    NativeFunction,
    PropertyKey,
    Symbol,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


class ReferencePath(JSObject):
    """`api.a.b`: any property leads further.

    Attributes:
        root: `api`, `internal` or `components`.
        parts: the names behind it.
    """

    __slots__ = ("parts", "root")

    def __init__(self, root: str, parts: tuple[str, ...] = ()) -> None:
        super().__init__(None, None)
        self.root = root
        self.parts = parts
        self.is_frozen = True

    def get_own(self, key: PropertyKey) -> Value:
        if isinstance(key, Symbol):
            if key.description == "functionName" and self.root != "components":
                return self.function_name()
            if key.description == "toReferencePath" and self.root == "components":
                return "_reference/childComponent/" + "/".join(self.parts)
            return MISSING
        return ReferencePath(self.root, (*self.parts, str(key)))

    def function_name(self) -> str:
        """Return the name of the function, such as `a/b:list`; `a/b` for a default export."""
        if len(self.parts) <= 1:
            raise js_error("Error", "API path is expected to be of the form `api.module.function`")
        path = "/".join(self.parts[:-1])
        return path if self.parts[-1] == "default" else f"{path}:{self.parts[-1]}"

    def own_keys(self) -> list[PropertyKey]:
        return []

    def has_same_meaning(self, other: object) -> bool:
        """Tell whether `other` refers to the same place."""
        return (
            isinstance(other, ReferencePath)
            and other.root == self.root
            and other.parts == self.parts
        )


class FunctionReference(JSObject):
    """What `makeFunctionReference(name)` makes."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def get_own(self, key: PropertyKey) -> Value:
        if isinstance(key, Symbol) and key.description == "functionName":
            return self.name
        return self.properties.get(key, MISSING)


def function_name(interpreter: Interpreter, reference: Value) -> str:
    """Return `getFunctionName(reference)`; raises `JSThrow` for what is no reference."""
    if isinstance(reference, Unknown):
        raise UnknownOutcome(reference)
    if isinstance(reference, str):
        if reference.startswith("function://"):
            raise js_error("Error", "a function handle is no name of a function")
        return reference
    if isinstance(reference, ReferencePath) and reference.root != "components":
        return reference.function_name()
    if isinstance(reference, FunctionReference):
        return reference.name
    if isinstance(reference, JSObject):
        for key, value in reference.properties.items():
            if isinstance(key, Symbol) and key.description == "functionName":
                return to_string(interpreter, value)
        if reference.incomplete is not None:
            raise UnknownOutcome(reference.incomplete)
    raise js_error("Error", "Expected a function reference in the current component")


def is_reference(interpreter: Interpreter, value: Value) -> bool:
    """Tell whether `value` names a function, of this component or another."""
    if isinstance(value, ReferencePath):
        return True
    try:
        function_name(interpreter, value)
    except JSThrow:
        return False
    return True


def _make(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    return FunctionReference(to_string(interpreter, arguments[0] if arguments else UNDEFINED))


def _get_name(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    return function_name(interpreter, arguments[0] if arguments else UNDEFINED)


def _handle(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return Unknown(UnknownCode.RUNTIME, "a function handle is made at run time")


def _filter_api(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


MAKE_FUNCTION_REFERENCE = NativeFunction("makeFunctionReference", _make)
GET_FUNCTION_NAME = NativeFunction("getFunctionName", _get_name)
CREATE_FUNCTION_HANDLE = NativeFunction("createFunctionHandle", _handle)
FILTER_API = NativeFunction("filterApi", _filter_api)
