"""Convex values as JSON (`convexToJson` of convex 1.48, `src/values/value.ts`)."""

from __future__ import annotations

import base64
import math
import struct
from typing import TYPE_CHECKING, TypeAlias

from ssot_action.evaluation.builtins.buffers import ArrayBufferObject
from ssot_action.evaluation.values import (
    OBJECT_PROTOTYPE,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_LARGEST_EXACT = 2**53
_INT64 = 2**63


def number_json(number: float) -> Json:
    """Return a number as Convex writes it: special floats by their bytes."""
    if math.isnan(number) or math.isinf(number) or (number == 0 and math.copysign(1, number) < 0):
        encoded = base64.b64encode(struct.pack("<d", number)).decode("ascii")
        return {"$float": encoded}
    return plain_number(number)


def plain_number(number: float) -> int | float:
    """Return `number` as an int where JSON would show no fraction."""
    if number.is_integer() and abs(number) <= _LARGEST_EXACT:
        return int(number)
    return number


def integer_json(integer: int) -> Json:
    """Return a bigint as Convex writes it: base64 of its eight bytes, little endian."""
    if not -_INT64 <= integer < _INT64:
        raise type_error(f"BigInt {integer} does not fit into a 64-bit signed integer")
    encoded = base64.b64encode(integer.to_bytes(8, "little", signed=True)).decode("ascii")
    return {"$integer": encoded}


def convex_to_json(interpreter: Interpreter, value: Value) -> Json:
    """Return `convexToJson(value)`; raises `UnknownOutcome` when a part is unknown."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float):
        return number_json(value)
    if isinstance(value, int):
        return integer_json(value)
    if isinstance(value, JSArray):
        return [convex_to_json(interpreter, item) for item in interpreter.iterate(value)]
    if isinstance(value, ArrayBufferObject):
        return {"$bytes": base64.b64encode(bytes(value.data)).decode("ascii")}
    if isinstance(value, JSObject) and value.prototype in (None, OBJECT_PROTOTYPE):
        keys = sorted(key for key in interpreter.own_keys(value) if isinstance(key, str))
        members = ((key, interpreter.get(value, key)) for key in keys)
        return {
            key: convex_to_json(interpreter, item) for key, item in members if item is not UNDEFINED
        }
    raise type_error("this is not a supported Convex type")


def to_plain_json(interpreter: Interpreter, value: Value) -> Json:
    """Return what `JSON.parse(JSON.stringify(value))` is for plain data."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else plain_number(value)
    if isinstance(value, JSArray):
        return [to_plain_json(interpreter, item) for item in interpreter.iterate(value)]
    if isinstance(value, JSObject) and not isinstance(value, JSFunction):
        return {
            str(key): to_plain_json(interpreter, item)
            for key, item in interpreter.own_entries(value)
            if item is not UNDEFINED and not isinstance(item, JSFunction)
        }
    raise type_error("this is not plain data")


def from_json(data: object) -> Value:
    """Return parsed JSON as a value of the program."""
    if isinstance(data, dict):
        return JSObject({str(key): from_json(item) for key, item in data.items()})
    if isinstance(data, list):
        return JSArray([from_json(item) for item in data])
    if isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    return data
