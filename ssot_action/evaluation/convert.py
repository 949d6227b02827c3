"""ECMAScript's conversions and equalities (ECMA-262, chapter 7).

Each raises `UnknownOutcome` where its answer hangs on an unknown value.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ssot_action.evaluation.values import (
    SYMBOL_TO_PRIMITIVE,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    PropertyKey,
    Symbol,
    Undefined,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)
from ssot_action.syntax.nodes import PrivateName

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_DECIMAL = re.compile(
    r"[+-]?(?:Infinity|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)\Z", re.ASCII
)
_PREFIXED = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)\Z")
_BLANK = " \t\n\r\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_LARGEST_EXACT = 2**53
# ECMA-262, 6.1.6.1.20: where a number is written with an exponent.
_DIGITS_BEFORE_EXPONENT = 21
_ZEROS_BEFORE_EXPONENT = -6


def strip_blank(text: str) -> str:
    """Return `text` without ECMAScript's white space at both ends."""
    return text.strip(_BLANK)


def type_of(value: Value) -> str:
    """Return what `typeof value` is."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if value is None:
        return "object"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, float):
        return "number"
    if isinstance(value, int):
        return "bigint"
    if isinstance(value, Symbol):
        return "symbol"
    if isinstance(value, JSObject):
        return value.type_name
    return "undefined"


def to_boolean(value: Value) -> bool:
    """Return the truth of `value`."""
    if isinstance(value, JSObject | Symbol):
        return True
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    return bool(value)


def number_to_string(number: float) -> str:
    """Return `String(number)`."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    if number.is_integer() and abs(number) < _LARGEST_EXACT:
        return str(int(number))
    # The shortest digits that mean this number, and where its point stands among them.
    _, digits, exponent = Decimal(repr(abs(number))).as_tuple()
    point = len(digits) + int(exponent)
    text = "".join(map(str, digits)).rstrip("0")
    if 0 < point <= _DIGITS_BEFORE_EXPONENT:
        whole = text[:point].ljust(point, "0")
        text = f"{whole}.{text[point:]}" if len(text) > point else whole
    elif _ZEROS_BEFORE_EXPONENT < point <= 0:
        text = f"0.{'0' * -point}{text}"
    else:
        mantissa = f"{text[0]}.{text[1:]}" if len(text) > 1 else text
        text = f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return f"-{text}" if number < 0 else text


def to_primitive(interpreter: Interpreter, value: Value, hint: str = "default") -> Value:
    """Return `value` as a primitive; objects are asked as ECMAScript asks them."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if not isinstance(value, JSObject):
        return value
    exotic = interpreter.get(value, SYMBOL_TO_PRIMITIVE)
    if isinstance(exotic, JSFunction):
        return interpreter.call(exotic, value, [hint])
    order = ("toString", "valueOf") if hint == "string" else ("valueOf", "toString")
    for name in order:
        method = interpreter.get(value, name)
        if isinstance(method, Unknown):
            raise UnknownOutcome(method)
        if isinstance(method, JSFunction):
            result = interpreter.call(method, value, [])
            if isinstance(result, Unknown):
                raise UnknownOutcome(result)
            if not isinstance(result, JSObject):
                return result
    raise type_error("Cannot convert object to primitive value")


def to_string(interpreter: Interpreter, value: Value) -> str:
    """Return `String(value)`; a symbol throws."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_to_string(value)
    if isinstance(value, int):
        return str(value)
    if value is None:
        return "null"
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    if isinstance(value, Symbol):
        raise type_error("Cannot convert a Symbol value to a string")
    return to_string(interpreter, to_primitive(interpreter, value, "string"))


def integer_to_number(integer: int) -> float:
    """Return `integer` as a number, infinite when it is beyond any."""
    try:
        return float(integer)
    except OverflowError:
        return math.inf if integer > 0 else -math.inf


def string_to_number(text: str) -> float:
    """Return `Number(text)`."""
    stripped = strip_blank(text)
    if not stripped:
        return 0.0
    if _DECIMAL.match(stripped):
        return float(stripped.replace("Infinity", "inf"))
    if _PREFIXED.match(stripped):
        return integer_to_number(int(stripped, 0))
    return math.nan


def to_numeric(interpreter: Interpreter, value: Value) -> float | int:
    """Return `value` as a number (float) or a bigint (int)."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return string_to_number(value)
    if value is None:
        return 0.0
    if isinstance(value, Undefined):
        return math.nan
    if isinstance(value, Symbol):
        raise type_error("Cannot convert a Symbol value to a number")
    return to_numeric(interpreter, to_primitive(interpreter, value, "number"))


def to_number(interpreter: Interpreter, value: Value) -> float:
    """Return `Number(value)`, but throw for a bigint as implicit conversion does."""
    number = to_numeric(interpreter, value)
    if isinstance(number, int):
        raise type_error("Cannot convert a BigInt value to a number")
    return number


def to_integer(interpreter: Interpreter, value: Value, default: int = 0) -> int:
    """Return `value` as an integer, cut off towards zero; `default` for undefined and NaN.

    Infinities become the largest and smallest 64-bit integers, which is beyond any length.
    """
    if isinstance(value, Undefined):
        return default
    number = to_number(interpreter, value)
    if math.isnan(number):
        return 0
    if math.isinf(number):
        return 2**63 - 1 if number > 0 else -(2**63)
    return int(number)


def to_property_key(interpreter: Interpreter, value: Value) -> PropertyKey:
    """Return `value` as a property key."""
    if isinstance(value, str | Symbol | PrivateName):
        return value
    if isinstance(value, JSObject):
        value = to_primitive(interpreter, value, "string")
        if isinstance(value, Symbol):
            return value
    return to_string(interpreter, value)


def strict_equals(left: Value, right: Value) -> bool:
    """Return `left === right`."""
    if isinstance(left, Unknown):
        raise UnknownOutcome(left)
    if isinstance(right, Unknown):
        raise UnknownOutcome(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, float) or isinstance(right, float):
        return isinstance(left, float) and isinstance(right, float) and left == right
    if isinstance(left, str | int):
        return type(left) is type(right) and left == right
    return left is right


def loose_equals(interpreter: Interpreter, left: Value, right: Value) -> bool:
    """Return `left == right`."""
    if isinstance(left, Unknown):
        raise UnknownOutcome(left)
    if isinstance(right, Unknown):
        raise UnknownOutcome(right)
    left_empty = left is None or left is UNDEFINED
    right_empty = right is None or right is UNDEFINED
    if left_empty or right_empty:
        return left_empty and right_empty
    if isinstance(left, JSObject) and isinstance(right, JSObject):
        return left is right
    if type(left) is type(right):
        return strict_equals(left, right)
    if isinstance(left, JSObject):
        return loose_equals(interpreter, to_primitive(interpreter, left), right)
    if isinstance(right, JSObject):
        return loose_equals(interpreter, left, to_primitive(interpreter, right))
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        return left is right
    return to_numeric(interpreter, left) == to_numeric(interpreter, right)


def same_value_zero(left: Value, right: Value) -> bool:
    """Return whether `[left].includes(right)`."""
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    return strict_equals(left, right)


def is_array(value: Value) -> bool:
    """Return `Array.isArray(value)`."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    return isinstance(value, JSArray)
