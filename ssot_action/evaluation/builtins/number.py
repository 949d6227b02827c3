"""Number, Boolean and BigInt; parseInt, parseFloat, isNaN, isFinite."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.digits import (
    exponential,
    fixed,
    in_radix,
    integer_in_radix,
    precise,
)
from ssot_action.evaluation.builtins.natives import (
    Wrapper,
    adopt,
    argument,
    define,
    define_class,
    define_methods,
    finish,
    known,
    native,
    unknown_outcome,
    unwrapped,
)
from ssot_action.evaluation.convert import (
    integer_to_number,
    number_to_string,
    strip_blank,
    to_boolean,
    to_integer,
    to_number,
    to_numeric,
    to_primitive,
    to_string,
)
from ssot_action.evaluation.interpreter import BudgetExceeded
from ssot_action.evaluation.values import (
    BIGINT_PROTOTYPE,
    BOOLEAN_PROTOTYPE,
    NUMBER_PROTOTYPE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSObject,
    Nature,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_LARGEST_SAFE: Final = 2.0**53 - 1
_LARGEST_RADIX: Final = 36
_MOST_DIGITS: Final = 100
_LARGEST_BIGINT_BITS: Final = 4096
_FLOAT: Final = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_BIGINT: Final = re.compile(r"[+-]?[0-9]+\Z|0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)\Z", re.ASCII)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


# Number


def _number_of(interpreter: Interpreter, arguments: list[Value]) -> float:
    if not arguments:
        return 0.0
    number = to_numeric(interpreter, arguments[0])
    return integer_to_number(number) if isinstance(number, int) else number


def _number(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _number_of(interpreter, arguments)


def _construct_number(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    wrapper = Wrapper(_number_of(interpreter, arguments), NUMBER_PROTOTYPE)
    return adopt(interpreter, wrapper, new_target)


def _is_finite(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = known(argument(arguments, 0))
    return isinstance(value, float) and math.isfinite(value)


def _is_nan(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = known(argument(arguments, 0))
    return isinstance(value, float) and math.isnan(value)


def _is_integer(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = known(argument(arguments, 0))
    return isinstance(value, float) and value.is_integer()


def _is_safe_integer(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = known(argument(arguments, 0))
    return isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_SAFE


def _global_is_finite(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return math.isfinite(to_number(interpreter, argument(arguments, 0)))


def _global_is_nan(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return math.isnan(to_number(interpreter, argument(arguments, 0)))


def _parse_float(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = strip_blank(to_string(interpreter, argument(arguments, 0)))
    found = _FLOAT.match(text)
    return math.nan if found is None else float(found.group().replace("Infinity", "inf"))


def _parse_int(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = strip_blank(to_string(interpreter, argument(arguments, 0)))
    radix = to_integer(interpreter, argument(arguments, 1))
    is_negative = text.startswith("-")
    text = text[1:] if text[:1] in ("+", "-") else text
    if radix in (0, 16) and text[:2] in ("0x", "0X"):
        text, radix = text[2:], 16
    radix = radix or 10
    if not 2 <= radix <= _LARGEST_RADIX:  # noqa: PLR2004 - the least radix
        return math.nan
    allowed = _DIGITS[:radix]
    length = 0
    while length < len(text) and text[length].isascii() and text[length].lower() in allowed:
        length += 1
    if length == 0:
        return math.nan
    digits = text[:length]
    number = float(digits) if radix == 10 else integer_to_number(_integer(digits, radix))  # noqa: PLR2004
    return -number if is_negative else number


def _integer(digits: str, radix: int) -> int:
    try:
        return int(digits, radix)
    except ValueError as error:
        raise BudgetExceeded("its evaluation makes too large a number") from error


def _this_number(this: Value) -> float:
    number = unwrapped(known(this))
    if not isinstance(number, float):
        raise type_error("Number.prototype method called on a value that is no number")
    return number


def _digit_count(interpreter: Interpreter, arguments: list[Value], least: int, name: str) -> int:
    count = to_integer(interpreter, argument(arguments, 0))
    if not least <= count <= _MOST_DIGITS:
        raise js_error("RangeError", f"{name}() argument must be between {least} and 100")
    return count


def _to_fixed(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    number = _this_number(this)
    count = _digit_count(interpreter, arguments, 0, "toFixed")
    return fixed(number, count)


def _to_precision(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    number = _this_number(this)
    if argument(arguments, 0) is UNDEFINED or not math.isfinite(number):
        return number_to_string(number)
    return precise(number, _digit_count(interpreter, arguments, 1, "toPrecision"))


def _to_exponential(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    number = _this_number(this)
    if not math.isfinite(number):
        return number_to_string(number)
    if argument(arguments, 0) is UNDEFINED:
        return exponential(number, None)
    return exponential(number, _digit_count(interpreter, arguments, 0, "toExponential"))


def _radix(interpreter: Interpreter, arguments: list[Value]) -> int:
    radix = to_integer(interpreter, argument(arguments, 0), 10)
    if not 2 <= radix <= _LARGEST_RADIX:  # noqa: PLR2004 - the least radix
        raise js_error("RangeError", "toString() radix argument must be between 2 and 36")
    return radix


def _number_to_string(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    number = _this_number(this)
    radix = _radix(interpreter, arguments)
    if radix == 10 or not math.isfinite(number):  # noqa: PLR2004 - decimal
        return number_to_string(number)
    return in_radix(number, radix)


def _to_locale_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    known(this)
    raise unknown_outcome("the text depends on the locale")


def _number_value(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this_number(this)


NUMBER: Final = define_class(
    "Number", NUMBER_PROTOTYPE, _number, _construct_number, Nature.PRIMITIVE
)
PARSE_INT: Final = native("parseInt", _parse_int, Nature.PRIMITIVE)
PARSE_FLOAT: Final = native("parseFloat", _parse_float, Nature.PRIMITIVE)
IS_NAN: Final = native("isNaN", _global_is_nan, Nature.PRIMITIVE)
IS_FINITE: Final = native("isFinite", _global_is_finite, Nature.PRIMITIVE)

for _name, _value in (
    ("EPSILON", 2.0**-52),
    ("MAX_SAFE_INTEGER", _LARGEST_SAFE),
    ("MAX_VALUE", 1.7976931348623157e308),
    ("MIN_SAFE_INTEGER", -_LARGEST_SAFE),
    ("MIN_VALUE", 5e-324),
    ("NEGATIVE_INFINITY", -math.inf),
    ("NaN", math.nan),
    ("POSITIVE_INFINITY", math.inf),
    ("parseFloat", PARSE_FLOAT),
    ("parseInt", PARSE_INT),
):
    define(NUMBER, _name, _value)
define_methods(
    NUMBER,
    {
        "isFinite": _is_finite,
        "isInteger": _is_integer,
        "isNaN": _is_nan,
        "isSafeInteger": _is_safe_integer,
    },
    Nature.PRIMITIVE,
)
define_methods(
    NUMBER_PROTOTYPE,
    {
        "toExponential": _to_exponential,
        "toFixed": _to_fixed,
        "toLocaleString": _to_locale_string,
        "toPrecision": _to_precision,
        "toString": _number_to_string,
        "valueOf": _number_value,
    },
    Nature.PRIMITIVE,
)
finish(NUMBER, NUMBER_PROTOTYPE)


# Boolean


def _boolean(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return to_boolean(argument(arguments, 0))


def _construct_boolean(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    wrapper = Wrapper(to_boolean(argument(arguments, 0)), BOOLEAN_PROTOTYPE)
    return adopt(interpreter, wrapper, new_target)


def _this_boolean(this: Value) -> bool:
    value = unwrapped(known(this))
    if not isinstance(value, bool):
        raise type_error("Boolean.prototype method called on a value that is no boolean")
    return value


def _boolean_to_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return "true" if _this_boolean(this) else "false"


def _boolean_value(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this_boolean(this)


BOOLEAN: Final = define_class(
    "Boolean", BOOLEAN_PROTOTYPE, _boolean, _construct_boolean, Nature.PRIMITIVE
)

define_methods(
    BOOLEAN_PROTOTYPE,
    {"toString": _boolean_to_string, "valueOf": _boolean_value},
    Nature.PRIMITIVE,
)
finish(BOOLEAN, BOOLEAN_PROTOTYPE)


# BigInt


def _bigint_of(interpreter: Interpreter, value: Value) -> int:
    """Return `value` as a bigint, as ToBigInt does: numbers are refused."""
    value = to_primitive(interpreter, value, "number")
    if isinstance(value, bool):
        return 1 if value else 0
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        text = strip_blank(value)
        if not text:
            return 0
        if _BIGINT.match(text) is None:
            raise js_error("SyntaxError", f"Cannot convert {value} to a BigInt")
        is_prefixed = text[1:2].isalpha()
        return _integer(text, 0 if is_prefixed else 10)
    raise type_error("Cannot convert value to a BigInt")


def _bigint(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = to_primitive(interpreter, argument(arguments, 0), "number")
    if not isinstance(value, float):
        return _bigint_of(interpreter, value)
    if not value.is_integer():
        raise js_error(
            "RangeError",
            f"The number {number_to_string(value)} cannot be converted to a BigInt"
            " because it is not an integer",
        )
    return int(value)


def _bits(interpreter: Interpreter, arguments: list[Value]) -> int:
    bits = to_integer(interpreter, argument(arguments, 0))
    if not 0 <= bits <= _LARGEST_SAFE:
        raise js_error("RangeError", "Invalid value: not (convertible to) a safe integer")
    return bits


def _as_int_n(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    bits = _bits(interpreter, arguments)
    value = _bigint_of(interpreter, argument(arguments, 1))
    if bits > _LARGEST_BIGINT_BITS:
        return value
    value %= 2**bits
    return value - 2**bits if bits and value >= 2 ** (bits - 1) else value


def _as_uint_n(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    bits = _bits(interpreter, arguments)
    value = _bigint_of(interpreter, argument(arguments, 1))
    if bits > _LARGEST_BIGINT_BITS:
        if value < 0:
            raise js_error("RangeError", "Maximum BigInt size exceeded")
        return value
    return value % 2**bits


def _this_bigint(this: Value) -> int:
    value = unwrapped(known(this))
    if isinstance(value, bool) or not isinstance(value, int):
        raise type_error("BigInt.prototype method called on a value that is no bigint")
    return value


def _bigint_to_string(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    value = _this_bigint(this)
    return integer_in_radix(value, _radix(interpreter, arguments))


def _bigint_value(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this_bigint(this)


BIGINT: Final = define_class("BigInt", BIGINT_PROTOTYPE, _bigint, None, Nature.PRIMITIVE)

define_methods(BIGINT, {"asIntN": _as_int_n, "asUintN": _as_uint_n}, Nature.PRIMITIVE)
define_methods(
    BIGINT_PROTOTYPE,
    {
        "toLocaleString": _to_locale_string,
        "toString": _bigint_to_string,
        "valueOf": _bigint_value,
    },
    Nature.PRIMITIVE,
)
define(BIGINT_PROTOTYPE, SYMBOL_TO_STRING_TAG, "BigInt")
finish(BIGINT, BIGINT_PROTOTYPE)
