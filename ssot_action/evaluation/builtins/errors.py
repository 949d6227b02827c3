"""Error, its subclasses and AggregateError."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    define,
    define_class,
    define_methods,
    finish,
    known,
    returns_undefined,
)
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import (
    ERROR_PROTOTYPE,
    ERROR_PROTOTYPES,
    UNDEFINED,
    JSArray,
    JSObject,
    JSThrow,
    NativeFunction,
    Nature,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_STACK: Final = Unknown(
    UnknownCode.RUNTIME, "the stack of an error exists only at run time", nature=Nature.PRIMITIVE
)


def make_error(
    interpreter: Interpreter, error: JSObject, message: Value, options: Value
) -> JSObject:
    """Give `error` its message and cause."""
    define(error, "stack", _STACK)
    if message is not UNDEFINED:
        text: Value
        try:
            text = to_string(interpreter, message)
        except UnknownOutcome as outcome:
            text = outcome.unknown.with_nature(Nature.PRIMITIVE)
        define(error, "message", text)
    if isinstance(options, Unknown):
        define(error, "cause", options)
    elif isinstance(options, JSObject) and interpreter.has(options, "cause"):
        define(error, "cause", interpreter.get(options, "cause"))
    return error


def _error_class(name: str, prototype: JSObject) -> NativeFunction:
    def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        error = JSObject({}, prototype)
        return make_error(interpreter, error, argument(arguments, 0), argument(arguments, 1))

    def construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
        error = adopt(interpreter, JSObject({}, prototype), new_target)
        return make_error(interpreter, error, argument(arguments, 0), argument(arguments, 1))

    function = define_class(name, prototype, code, construct)
    define(prototype, "name", name)
    define(prototype, "message", "")
    return function


def _to_string(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    if not isinstance(known(this), JSObject):
        raise type_error("Error.prototype.toString requires that 'this' be an object")
    name = interpreter.get(this, "name")
    message = interpreter.get(this, "message")
    name = "Error" if name is UNDEFINED else to_string(interpreter, name)
    message = "" if message is UNDEFINED else to_string(interpreter, message)
    return f"{name}: {message}" if name and message else name or message


ERROR: Final = _error_class("Error", ERROR_PROTOTYPE)

define_methods(ERROR_PROTOTYPE, {"toString": _to_string}, Nature.PRIMITIVE)
define_methods(ERROR, {"captureStackTrace": returns_undefined})
# What the host throws has its stack from here.
define(ERROR_PROTOTYPE, "stack", _STACK)

SUBCLASSES: Final = {
    name: _error_class(name, prototype) for name, prototype in ERROR_PROTOTYPES.items()
}


def dom_exception(name: str, message: str) -> JSThrow:
    """Return the throw of what the web platform's functions throw."""
    error = JSObject({}, ERROR_PROTOTYPE)
    define(error, "name", name)
    define(error, "message", message)
    return JSThrow(error)


# AggregateError

AGGREGATE_ERROR_PROTOTYPE: Final = JSObject({}, ERROR_PROTOTYPE)


def aggregate_error(errors: list[Value], message: str) -> JSObject:
    """Return an AggregateError."""
    error = JSObject({}, AGGREGATE_ERROR_PROTOTYPE)
    define(error, "message", message)
    define(error, "errors", JSArray(errors))
    return error


def _fill_aggregate(interpreter: Interpreter, error: JSObject, arguments: list[Value]) -> JSObject:
    make_error(interpreter, error, argument(arguments, 1), argument(arguments, 2))
    errors: Value
    try:
        errors = JSArray(interpreter.iterate(argument(arguments, 0)))
    except UnknownOutcome as outcome:
        errors = outcome.unknown
    define(error, "errors", errors)
    return error


def _aggregate(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _fill_aggregate(interpreter, JSObject({}, AGGREGATE_ERROR_PROTOTYPE), arguments)


def _construct_aggregate(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    error = adopt(interpreter, JSObject({}, AGGREGATE_ERROR_PROTOTYPE), new_target)
    return _fill_aggregate(interpreter, error, arguments)


AGGREGATE_ERROR: Final = define_class(
    "AggregateError", AGGREGATE_ERROR_PROTOTYPE, _aggregate, _construct_aggregate
)
define(AGGREGATE_ERROR_PROTOTYPE, "name", "AggregateError")
define(AGGREGATE_ERROR_PROTOTYPE, "message", "")

for _subclass in (AGGREGATE_ERROR, *SUBCLASSES.values()):
    _subclass.prototype = ERROR
finish(ERROR, ERROR_PROTOTYPE, AGGREGATE_ERROR, AGGREGATE_ERROR_PROTOTYPE)
finish(*SUBCLASSES.values(), *ERROR_PROTOTYPES.values())
