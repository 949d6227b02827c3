"""ArrayBuffer and the typed arrays."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins import array_callbacks
from ssot_action.evaluation.builtins.array import ARRAY
from ssot_action.evaluation.builtins.array_changes import sorted_items
from ssot_action.evaluation.builtins.buffers import (
    ARRAY_BUFFER_PROTOTYPE,
    FORMATS,
    PROTOTYPES,
    TYPED_ARRAY_PROTOTYPE,
    ArrayBufferObject,
    TypedArrayObject,
)
from ssot_action.evaluation.builtins.elements import elements, relative_index
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    bounded,
    complete,
    define,
    define_class,
    define_getter,
    define_methods,
    finish,
    forget,
    known,
    needs_new,
    receiver,
    spend,
)
from ssot_action.evaluation.convert import (
    to_integer,
    to_numeric,
)
from ssot_action.evaluation.values import (
    SYMBOL_ITERATOR,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSObject,
    NativeCode,
    NativeFunction,
    Nature,
    UnknownOutcome,
    Value,
    js_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

# ArrayBuffer


def _construct_buffer(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    length = bounded(to_integer(interpreter, argument(arguments, 0)))
    if length < 0:
        raise js_error("RangeError", "Array buffer allocation failed")
    return adopt(interpreter, ArrayBufferObject(bytearray(length)), new_target)


def _buffer_length(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(len(receiver(this, ArrayBufferObject, "byteLength").data))


def _buffer_slice(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    data = complete(receiver(this, ArrayBufferObject, "slice")).data
    start = relative_index(interpreter, argument(arguments, 0), len(data))
    end = relative_index(interpreter, argument(arguments, 1), len(data), len(data))
    return ArrayBufferObject(data[start:end])


def _is_view(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return isinstance(known(argument(arguments, 0)), TypedArrayObject)


ARRAY_BUFFER: Final = define_class(
    "ArrayBuffer", ARRAY_BUFFER_PROTOTYPE, needs_new("ArrayBuffer"), _construct_buffer
)
define_methods(ARRAY_BUFFER, {"isView": _is_view}, Nature.PRIMITIVE)
define_methods(ARRAY_BUFFER_PROTOTYPE, {"slice": _buffer_slice}, Nature.INSTANCE)
define_getter(ARRAY_BUFFER_PROTOTYPE, "byteLength", _buffer_length)
define(ARRAY_BUFFER_PROTOTYPE, SYMBOL_TO_STRING_TAG, "ArrayBuffer")
finish(ARRAY_BUFFER, ARRAY_BUFFER_PROTOTYPE)


# Making typed arrays


def _from_values(interpreter: Interpreter, kind: str, values: list[Value]) -> TypedArrayObject:
    size = struct.calcsize(f"<{FORMATS[kind]}")
    spend(interpreter, bounded(len(values)))
    buffer = ArrayBufferObject(bytearray(size * len(values)))
    made = TypedArrayObject(kind, buffer, 0, len(values))
    for index, value in enumerate(values):
        made.write(index, to_numeric(interpreter, value))
    return made


def _on_buffer(
    interpreter: Interpreter, kind: str, buffer: ArrayBufferObject, arguments: list[Value]
) -> TypedArrayObject:
    size = struct.calcsize(f"<{FORMATS[kind]}")
    offset = to_integer(interpreter, argument(arguments, 1))
    rest = len(buffer.data) - offset
    given = argument(arguments, 2)
    length = rest // size if given is UNDEFINED else to_integer(interpreter, given)
    is_uneven = given is UNDEFINED and rest % size != 0
    if offset < 0 or offset % size or rest < 0 or is_uneven or not 0 <= length * size <= rest:
        raise js_error("RangeError", f"Invalid offset or length of {kind}")
    return TypedArrayObject(kind, buffer, offset, length)


def _listed(interpreter: Interpreter, source: Value) -> list[Value]:
    if isinstance(known(source), JSObject) and (
        known(interpreter.get(source, SYMBOL_ITERATOR)) is not UNDEFINED
    ):
        return interpreter.iterate(source)
    return list(elements(interpreter, source))


def _make(interpreter: Interpreter, kind: str, arguments: list[Value]) -> TypedArrayObject:
    source = known(argument(arguments, 0))
    if isinstance(source, ArrayBufferObject):
        return _on_buffer(interpreter, kind, source, arguments)
    if isinstance(source, JSObject):
        return _from_values(interpreter, kind, _listed(interpreter, source))
    length = to_integer(interpreter, source)
    if length < 0:
        raise js_error("RangeError", f"Invalid typed array length: {length}")
    zero: Value = 0 if kind.startswith("Big") else 0.0
    return _from_values(interpreter, kind, [zero] * bounded(length))


def _typed_array_class(kind: str) -> NativeFunction:
    def construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
        return adopt(interpreter, _make(interpreter, kind, arguments), new_target)

    def from_(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        values: list[Value] = _listed(interpreter, argument(arguments, 0))
        if argument(arguments, 1) is not UNDEFINED:
            mapped = array_callbacks.map_(interpreter, JSArray(values), arguments[1:])
            values = interpreter.iterate(mapped)
        return _from_values(interpreter, kind, values)

    def of(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        return _from_values(interpreter, kind, arguments)

    prototype = PROTOTYPES[kind]
    function = define_class(kind, prototype, needs_new(kind), construct)
    define_methods(function, {"from": from_, "of": of}, Nature.INSTANCE)
    for target in (function, prototype):
        define(target, "BYTES_PER_ELEMENT", float(struct.calcsize(f"<{FORMATS[kind]}")))
    define(prototype, SYMBOL_TO_STRING_TAG, kind)
    finish(function, prototype)
    return function


# Methods


def _this(this: Value) -> TypedArrayObject:
    return complete(receiver(this, TypedArrayObject, "a method of a typed array"))


def _as_array(code: NativeCode) -> NativeCode:
    """Return a method that makes another typed array, as it does of an array."""

    def run(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        array = _this(this)
        made = code(interpreter, JSArray(array.values()), arguments)
        return _from_values(interpreter, array.kind, interpreter.iterate(made))

    return run


def _in_place(code: NativeCode) -> NativeCode:
    """Return a method that changes the array, as it does an array."""

    def run(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        array = _this(this)
        copy = JSArray(array.values())
        try:
            code(interpreter, copy, arguments)
            for index, value in enumerate(interpreter.iterate(copy)):
                array.write(index, to_numeric(interpreter, value))
        except UnknownOutcome as outcome:
            forget(array, outcome.unknown)
            forget(array.buffer, outcome.unknown)
            raise
        return array

    return run


def _sort(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    array = receiver(this, JSArray, "sort")
    if argument(arguments, 0) is UNDEFINED:
        # Minus zero comes before zero, NaN last.
        array.items.sort(key=_order)
    else:
        array.items[:] = sorted_items(interpreter, array.items, arguments[0])
    return array


def _order(value: Value) -> tuple[bool, float, float]:
    number = value if isinstance(value, float | int) else math.nan
    is_nan = isinstance(number, float) and math.isnan(number)
    return (is_nan, 0 if is_nan else number, math.copysign(1, number))


def _set(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    array = _this(this)
    try:
        values = list(elements(interpreter, argument(arguments, 0)))
        offset = to_integer(interpreter, argument(arguments, 1))
        if offset < 0 or offset + len(values) > array.length:
            raise js_error("RangeError", "offset is out of bounds")
        for index, value in enumerate(values):
            array.write(offset + index, to_numeric(interpreter, value))
    except UnknownOutcome as outcome:
        forget(array, outcome.unknown)
        forget(array.buffer, outcome.unknown)
        raise
    return UNDEFINED


def _subarray(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    array = _this(this)
    start = relative_index(interpreter, argument(arguments, 0), array.length)
    end = relative_index(interpreter, argument(arguments, 1), array.length, array.length)
    offset = array.offset + start * array.element_size
    return TypedArrayObject(array.kind, array.buffer, offset, max(0, end - start))


def _length(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(receiver(this, TypedArrayObject, "length").length)


def _byte_length(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    array = receiver(this, TypedArrayObject, "byteLength")
    return float(array.length * array.element_size)


def _byte_offset(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(receiver(this, TypedArrayObject, "byteOffset").offset)


def _buffer(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return receiver(this, TypedArrayObject, "buffer").buffer


def _code_of(name: str) -> NativeCode:
    prototype = ARRAY.get_own("prototype")
    method = prototype.get_own(name) if isinstance(prototype, JSObject) else None
    if not isinstance(method, NativeFunction):
        raise TypeError(name)
    return method.code


_READING: Final = (
    *("at", "entries", "every", "find", "findIndex", "findLast", "findLastIndex", "forEach"),
    *("includes", "indexOf", "join", "keys", "lastIndexOf", "reduce", "reduceRight", "some"),
    *("toString", "values"),
)
_COPYING: Final = ("filter", "map", "slice", "toReversed", "with")


def _define_methods() -> None:
    define_methods(TYPED_ARRAY_PROTOTYPE, {name: _code_of(name) for name in _READING})
    define_methods(
        TYPED_ARRAY_PROTOTYPE,
        {
            **{name: _as_array(_code_of(name)) for name in _COPYING},
            **{name: _in_place(_code_of(name)) for name in ("copyWithin", "fill", "reverse")},
            "set": _set,
            "sort": _in_place(_sort),
            "subarray": _subarray,
            "toSorted": _as_array(_sort),
        },
        Nature.INSTANCE,
    )
    for name, code in (
        ("buffer", _buffer),
        ("byteLength", _byte_length),
        ("byteOffset", _byte_offset),
        ("length", _length),
    ):
        define_getter(TYPED_ARRAY_PROTOTYPE, name, code)
    define(TYPED_ARRAY_PROTOTYPE, SYMBOL_ITERATOR, TYPED_ARRAY_PROTOTYPE.properties["values"])
    finish(TYPED_ARRAY_PROTOTYPE)


_define_methods()


CLASSES: Final[dict[str, NativeFunction]] = {
    **{kind: _typed_array_class(kind) for kind in FORMATS},
    "ArrayBuffer": ARRAY_BUFFER,
}
