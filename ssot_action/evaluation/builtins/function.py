"""Function, Function.prototype and Reflect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    argument,
    complete,
    define,
    define_class,
    define_methods,
    finish,
    known,
    losing,
    native,
    own_names,
    own_symbols,
    receiver,
    unknown_outcome,
)
from ssot_action.evaluation.builtins.object import get_prototype
from ssot_action.evaluation.builtins.properties import (
    define_from_descriptor,
    delete_property,
    descriptor_of,
    is_extensible,
    prevent_extensions,
    set_prototype,
)
from ssot_action.evaluation.convert import to_integer, to_property_key
from ssot_action.evaluation.values import (
    FUNCTION_PROTOTYPE,
    SYMBOL_HAS_INSTANCE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
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


def arguments_of(interpreter: Interpreter, value: Value) -> list[Value]:
    """Return the elements of an array-like, as `apply` takes them."""
    if value is None or value is UNDEFINED:
        return []
    if isinstance(known(value), JSArray):
        return interpreter.iterate(value)
    if not isinstance(value, JSObject):
        raise type_error("CreateListFromArrayLike called on non-object")
    complete(value)
    length = to_integer(interpreter, interpreter.get(value, "length"))
    return [interpreter.get(value, str(index)) for index in range(min(length, 65_535))]


def _call(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return interpreter.call(this, argument(arguments, 0), arguments[1:])


def _apply(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    receiver = argument(arguments, 0)
    try:
        values = arguments_of(interpreter, argument(arguments, 1))
    except UnknownOutcome as outcome:
        interpreter.escape([receiver], outcome.unknown)
        raise
    return interpreter.call(this, receiver, values)


# A function bound again and again has a name that grows; nobody reads it that far.
_LONGEST_NAME = 1000


class BoundFunction(NativeFunction):
    """What `bind` returns.

    Attributes:
        target: the function that is bound.
    """

    __slots__ = ("target",)

    def __init__(self, target: JSFunction, name: str, this: Value, bound: list[Value]) -> None:
        def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
            interpreter.enter()
            try:
                return interpreter.call(target, this, [*bound, *arguments])
            finally:
                interpreter.depth -= 1

        def construct(
            interpreter: Interpreter, arguments: list[Value], new_target: JSObject
        ) -> Value:
            return interpreter.construct(
                target, [*bound, *arguments], target if new_target is self else new_target
            )

        super().__init__(name, code, construct)
        self.target = target


def _bind(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = receiver(this, JSFunction, "bind")
    name = interpreter.get(target, "name")
    known_name = name[:_LONGEST_NAME] if isinstance(name, str) else ""
    function = BoundFunction(
        target,
        f"bound {known_name}",
        argument(arguments, 0),
        arguments[1:],
    )
    length = interpreter.get(target, "length")
    if isinstance(length, float):
        length = max(0.0, length - max(0, len(arguments) - 1))
    define(function, "length", length)
    return function


def _to_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    receiver(this, JSFunction, "Function.prototype.toString")
    raise unknown_outcome("the text of a function depends on the bundler")


def _has_instance(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    value = known(argument(arguments, 0))
    target = this
    while isinstance(target, BoundFunction):
        target = target.target
    if not isinstance(known(target), JSFunction) or not isinstance(value, JSObject):
        return False
    prototype = known(interpreter.get(target, "prototype"))
    current: JSObject | None = value
    while current is not None:
        complete_chain = current.incomplete
        current = current.prototype
        if current is not None and current is prototype:
            return True
        if current is None and complete_chain is not None:
            raise UnknownOutcome(complete_chain)
    return False


def _function(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("code made from text is not read", code=UnknownCode.SYNTAX)


def _construct_function(
    _interpreter: Interpreter, _arguments: list[Value], _new_target: JSObject
) -> Value:
    raise unknown_outcome("code made from text is not read", code=UnknownCode.SYNTAX)


FUNCTION: Final = define_class(
    "Function", FUNCTION_PROTOTYPE, _function, _construct_function, Nature.ANYTHING
)

define_methods(FUNCTION_PROTOTYPE, {"apply": _apply, "bind": _bind, "call": _call})
define_methods(FUNCTION_PROTOTYPE, {"toString": _to_string}, Nature.PRIMITIVE)
define(
    FUNCTION_PROTOTYPE,
    SYMBOL_HAS_INSTANCE,
    native("[Symbol.hasInstance]", _has_instance, Nature.PRIMITIVE),
)
define(FUNCTION_PROTOTYPE, "name", "")
define(
    FUNCTION_PROTOTYPE,
    "length",
    Unknown(
        UnknownCode.MODEL,
        "how many parameters a built-in function has is not modelled",
        nature=Nature.PRIMITIVE,
    ),
)
finish(FUNCTION, FUNCTION_PROTOTYPE)


# Reflect


def _target(value: Value) -> JSObject:
    return receiver(value, JSObject, "a method of Reflect")


def _own_keys(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    return JSArray([*own_names(target), *own_symbols(target)])


def _get(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    key = to_property_key(interpreter, argument(arguments, 1))
    receiver = arguments[2] if len(arguments) > 2 else target  # noqa: PLR2004 - the third
    return interpreter.get_super(JSObject({}, target), key, receiver)


def _set(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    with losing(target):
        key = to_property_key(interpreter, argument(arguments, 1))
    if len(arguments) > 3 and arguments[3] is not target:  # noqa: PLR2004 - the fourth
        raise unknown_outcome("Reflect.set with a receiver is not modelled", code=UnknownCode.MODEL)
    if target.is_frozen:
        return False
    interpreter.set(target, key, argument(arguments, 2))
    return True


def _has(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    return interpreter.has(target, to_property_key(interpreter, argument(arguments, 1)))


def _reflect_apply(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _apply(interpreter, argument(arguments, 0), arguments[1:])


def _construct(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    values = arguments_of(interpreter, argument(arguments, 1))
    return interpreter.construct(argument(arguments, 0), values, argument(arguments, 2))


def _get_prototype_of(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return get_prototype(_target(argument(arguments, 0)))


def _set_prototype_of(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return set_prototype(_target(argument(arguments, 0)), argument(arguments, 1))


def _define_property(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    with losing(target):
        key = to_property_key(interpreter, argument(arguments, 1))
    if target.is_frozen:
        return False
    define_from_descriptor(interpreter, target, key, argument(arguments, 2))
    return True


def _get_descriptor(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    return descriptor_of(target, to_property_key(interpreter, argument(arguments, 1)))


def _delete_property(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    target = _target(argument(arguments, 0))
    with losing(target):
        key = to_property_key(interpreter, argument(arguments, 1))
    return delete_property(target, key)


def _is_extensible(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return is_extensible(_target(argument(arguments, 0)))


def _prevent_extensions(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    prevent_extensions(_target(argument(arguments, 0)))
    return True


REFLECT: Final = JSObject()

define_methods(
    REFLECT,
    {
        "apply": _reflect_apply,
        "construct": _construct,
        "get": _get,
        "getOwnPropertyDescriptor": _get_descriptor,
        "getPrototypeOf": _get_prototype_of,
        "ownKeys": _own_keys,
    },
)
define_methods(
    REFLECT,
    {
        "defineProperty": _define_property,
        "deleteProperty": _delete_property,
        "has": _has,
        "isExtensible": _is_extensible,
        "preventExtensions": _prevent_extensions,
        "set": _set,
        "setPrototypeOf": _set_prototype_of,
    },
    Nature.PRIMITIVE,
)
define(REFLECT, SYMBOL_TO_STRING_TAG, "Reflect")
finish(REFLECT)
