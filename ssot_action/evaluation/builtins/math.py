"""Math.

Where IEEE 754 or ECMAScript fix a result it is computed. Sines, logarithms and their like are left
to the engine's library, whose last digit may differ; of these only whole results are given.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    argument,
    define,
    define_methods,
    finish,
    unknown_outcome,
)
from ssot_action.evaluation.convert import to_number
from ssot_action.evaluation.operators import to_int32
from ssot_action.evaluation.values import (
    SYMBOL_TO_STRING_TAG,
    JSObject,
    NativeCode,
    Nature,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter

_WORD: Final = 32
_LARGEST_EXACT: Final = 2.0**53


def _of_one(function: Callable[[float], float]) -> NativeCode:
    """Return the code of an exact function of one number."""

    def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        return function(to_number(interpreter, argument(arguments, 0)))

    return code


def _certain(result: float) -> float:
    if math.isfinite(result) and not (result.is_integer() and abs(result) <= _LARGEST_EXACT):
        raise unknown_outcome("the last digit of the result depends on the engine")
    return result


def _approximate(function: Callable[[float], float]) -> NativeCode:
    """Return the code of a function whose last digit is the engine's affair."""

    def apply(number: float) -> float:
        if math.isnan(number):
            return number
        try:
            result = function(number)
        except OverflowError:
            raise unknown_outcome("the result is too large for the engine to tell") from None
        except ValueError:
            return _outside(function, number)
        # Near zero these functions are their argument, to the last digit only for zero itself.
        return number if number == 0 and result == 0 else _certain(result)

    return _of_one(apply)


def _outside(function: Callable[[float], float], number: float) -> float:
    """Return the result at the edge of or outside the domain."""
    if number == 0 and function in (math.log, math.log2, math.log10):
        return -math.inf
    if function is math.log1p and number == -1:
        return -math.inf
    if function is math.atanh and abs(number) == 1:
        return math.copysign(math.inf, number)
    return math.nan


def _rounding(function: Callable[[float], int]) -> NativeCode:
    def apply(number: float) -> float:
        if not math.isfinite(number) or number.is_integer():
            return number
        return math.copysign(float(function(number)), number)

    return _of_one(apply)


def _round(number: float) -> int:
    whole = math.floor(number)
    return whole + 1 if number - whole >= 0.5 else whole  # noqa: PLR2004 - a half goes up


def _sign(number: float) -> float:
    if number == 0 or math.isnan(number):
        return number
    return math.copysign(1.0, number)


def _sqrt(number: float) -> float:
    return number if number == 0 else math.sqrt(number) if number > 0 else math.nan


def _clz32(number: float) -> float:
    return float(_WORD - (to_int32(number) % 2**_WORD).bit_length())


def _fround(number: float) -> float:
    try:
        return float(struct.unpack("<f", struct.pack("<f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


def _numbers(interpreter: Interpreter, arguments: list[Value]) -> list[float]:
    return [to_number(interpreter, value) for value in arguments]


def _extreme(interpreter: Interpreter, arguments: list[Value], sign: float) -> float:
    """Return the greatest of the numbers times `sign`, times `sign`: the least when it is -1."""
    result = -math.inf
    for number in _numbers(interpreter, arguments):
        signed = number * sign
        if math.isnan(signed) or math.isnan(result):
            result = math.nan
        elif signed > result or (signed == result == 0 and math.copysign(1, result) < 0):
            result = signed
    return result * sign


def _max(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _extreme(interpreter, arguments, 1.0)


def _min(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _extreme(interpreter, arguments, -1.0)


def _pow(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    base = to_number(interpreter, argument(arguments, 0))
    exponent = to_number(interpreter, argument(arguments, 1))
    if exponent == 0:
        return 1.0
    if math.isnan(base) or math.isnan(exponent):
        return math.nan
    if math.isinf(exponent) and abs(base) == 1:
        return math.nan
    try:
        result = math.pow(base, exponent)
    except OverflowError:
        is_negative = base < 0 and exponent % 2 == 1
        return -math.inf if is_negative else math.inf
    except ValueError:
        if base != 0:
            return math.nan
        is_negative = math.copysign(1, base) < 0 and exponent % 2 == 1
        return -math.inf if is_negative else math.inf
    is_power_of_two = math.frexp(abs(base))[0] == 0.5 and exponent.is_integer()  # noqa: PLR2004
    return result if is_power_of_two else _certain(result)


def _imul(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    left = to_int32(to_number(interpreter, argument(arguments, 0)))
    right = to_int32(to_number(interpreter, argument(arguments, 1)))
    product = (left * right) % 2**_WORD
    return float(product - 2**_WORD if product >= 2 ** (_WORD - 1) else product)


def _cbrt(number: float) -> float:
    if not math.isfinite(number) or number == 0:
        return number
    root = round(math.cbrt(number))
    return float(root) if root**3 == number else _certain(math.cbrt(number))


def _hypot(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    numbers = _numbers(interpreter, arguments)
    if any(map(math.isinf, numbers)):
        return math.inf
    return _certain(math.hypot(*numbers)) if numbers else 0.0


def _atan2(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    y = to_number(interpreter, argument(arguments, 0))
    x = to_number(interpreter, argument(arguments, 1))
    return _certain(math.atan2(y, x))


def _random(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("it is random")


MATH: Final = JSObject()

for _name, _value in (
    ("E", math.e),
    ("LN10", 2.302585092994046),
    ("LN2", 0.6931471805599453),
    ("LOG10E", 0.4342944819032518),
    ("LOG2E", 1.4426950408889634),
    ("PI", math.pi),
    ("SQRT1_2", 0.7071067811865476),
    ("SQRT2", 1.4142135623730951),
):
    define(MATH, _name, _value)
define_methods(
    MATH,
    {
        "abs": _of_one(abs),
        "acos": _approximate(math.acos),
        "acosh": _approximate(math.acosh),
        "asin": _approximate(math.asin),
        "asinh": _approximate(math.asinh),
        "atan": _approximate(math.atan),
        "atan2": _atan2,
        "atanh": _approximate(math.atanh),
        "cbrt": _of_one(_cbrt),
        "ceil": _rounding(math.ceil),
        "clz32": _of_one(_clz32),
        "cos": _approximate(math.cos),
        "cosh": _approximate(math.cosh),
        "exp": _approximate(math.exp),
        "expm1": _approximate(math.expm1),
        "floor": _rounding(math.floor),
        "fround": _of_one(_fround),
        "hypot": _hypot,
        "imul": _imul,
        "log": _approximate(math.log),
        "log10": _approximate(math.log10),
        "log1p": _approximate(math.log1p),
        "log2": _approximate(math.log2),
        "max": _max,
        "min": _min,
        "pow": _pow,
        "random": _random,
        "round": _rounding(_round),
        "sign": _of_one(_sign),
        "sin": _approximate(math.sin),
        "sinh": _approximate(math.sinh),
        "sqrt": _of_one(_sqrt),
        "tan": _approximate(math.tan),
        "tanh": _approximate(math.tanh),
        "trunc": _rounding(math.trunc),
    },
    Nature.PRIMITIVE,
)
define(MATH, SYMBOL_TO_STRING_TAG, "Math")
finish(MATH)
