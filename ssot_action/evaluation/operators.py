"""ECMAScript's arithmetic, comparison and relational operators on known values."""

from __future__ import annotations

import math
import operator as python_operator
from typing import TYPE_CHECKING, Any

from ssot_action.evaluation.convert import (
    loose_equals,
    strict_equals,
    to_numeric,
    to_primitive,
    to_property_key,
    to_string,
)
from ssot_action.evaluation.interpreter import CHARACTERS_PER_STEP
from ssot_action.evaluation.values import (
    MISSING,
    SYMBOL_HAS_INSTANCE,
    JSFunction,
    JSObject,
    Unknown,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)
from ssot_action.syntax.strings import join_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter

# As text such a number has 4,900 digits; Python itself refuses to print more.
_LARGEST_BIGINT_BITS = 14_000
_WORD = 2**32


def unary(operator: str, number: float | int) -> Value:
    """Return the value of `operator` (`+`, `-`, `~`) applied to a numeric."""
    if operator == "-":
        return -number
    if operator == "~":
        return ~number if isinstance(number, int) else float(~to_int32(number))
    if isinstance(number, int):
        raise type_error("Cannot convert a BigInt value to a number")
    return number


def binary(interpreter: Interpreter, operator: str, left: Value, right: Value) -> Value:
    """Return `left operator right`.

    Raises:
        UnknownOutcome: an operand that decides is unknown.
    """
    if operator == "===":
        return strict_equals(left, right)
    if operator == "!==":
        return not strict_equals(left, right)
    if operator == "==":
        return loose_equals(interpreter, left, right)
    if operator == "!=":
        return not loose_equals(interpreter, left, right)
    if operator == "+":
        return _add(interpreter, left, right)
    if operator in _COMPARISONS:
        return _compare(interpreter, operator, left, right)
    if operator == "in":
        return _in(interpreter, left, right)
    if operator == "instanceof":
        return _instance_of(interpreter, left, right)
    return _arithmetic(operator, to_numeric(interpreter, left), to_numeric(interpreter, right))


def _add(interpreter: Interpreter, left: Value, right: Value) -> Value:
    left = to_primitive(interpreter, left)
    right = to_primitive(interpreter, right)
    if isinstance(left, str) or isinstance(right, str):
        first, second = to_string(interpreter, left), to_string(interpreter, right)
        interpreter.spend((len(first) + len(second)) // CHARACTERS_PER_STEP)
        joined = first + second
        if first and second and "\ud800" <= first[-1] <= "\udbff":
            return join_surrogates(joined)
        return joined
    return _arithmetic("+", to_numeric(interpreter, left), to_numeric(interpreter, right))


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": python_operator.lt,
    ">": python_operator.gt,
    "<=": python_operator.le,
    ">=": python_operator.ge,
}


def _compare(interpreter: Interpreter, operator: str, left: Value, right: Value) -> bool:
    left = to_primitive(interpreter, left, "number")
    right = to_primitive(interpreter, right, "number")
    compare = _COMPARISONS[operator]
    if isinstance(left, str) and isinstance(right, str):
        if left.isascii() and right.isascii():
            return compare(left, right)
        return compare(_units(left), _units(right))
    return compare(to_numeric(interpreter, left), to_numeric(interpreter, right))


def _units(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _in(interpreter: Interpreter, left: Value, right: Value) -> bool:
    if isinstance(right, Unknown):
        raise UnknownOutcome(right)
    if not isinstance(right, JSObject):
        raise type_error("Cannot use 'in' operator on a value that is no object")
    return interpreter.has(right, to_property_key(interpreter, left))


def _instance_of(interpreter: Interpreter, left: Value, right: Value) -> bool:
    for side in (left, right):
        if isinstance(side, Unknown):
            raise UnknownOutcome(side)
    if not isinstance(right, JSFunction):
        raise type_error("Right-hand side of 'instanceof' is not callable")
    custom = right.get_own(SYMBOL_HAS_INSTANCE)
    if custom is not MISSING:
        return bool(interpreter.call(custom, right, [left]))
    if not isinstance(left, JSObject):
        return False
    prototype = interpreter.get(right, "prototype")
    current = left.prototype
    while current is not None:
        if current is prototype:
            return True
        if current.incomplete is not None:
            raise UnknownOutcome(current.incomplete)
        current = current.prototype
    return False


def to_int32(number: float) -> int:
    """Return ToInt32(number)."""
    if math.isnan(number) or math.isinf(number):
        return 0
    word = int(number) % _WORD
    return word - _WORD if word >= _WORD // 2 else word


def _arithmetic(operator: str, left: float | int, right: float | int) -> Value:
    if isinstance(left, int) and isinstance(right, int):
        return _bigint(operator, left, right)
    if isinstance(left, int) or isinstance(right, int):
        raise type_error("Cannot mix BigInt and other types, use explicit conversions")
    return _number(operator, left, right)


def _number(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return _divide(left, right)
        case "%":
            if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
                return math.nan
            return math.fmod(left, right)
        case "**":
            return _power(left, right)
        case _:
            return float(_bitwise(operator, left, right))


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _power(left: float, right: float) -> float:
    if math.isnan(right) or (abs(left) == 1 and math.isinf(right)):
        return math.nan
    try:
        result = left**right
    except OverflowError:
        return math.inf if left > 0 or right % 2 == 0 else -math.inf
    except ZeroDivisionError:
        return math.inf
    return result if isinstance(result, float) else math.nan


def _bitwise(operator: str, left: float, right: float) -> int:
    first, second = to_int32(left), to_int32(right)
    shift = second % 32
    match operator:
        case "&":
            return first & second
        case "|":
            return first | second
        case "^":
            return first ^ second
        case "<<":
            return to_int32(float(first << shift))
        case ">>":
            return first >> shift
        case ">>>":
            return (first % _WORD) >> shift
        case _:
            raise js_error("SyntaxError", f"operator {operator} is not known")


def _bigint(operator: str, left: int, right: int) -> int:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            if left.bit_length() + right.bit_length() > _LARGEST_BIGINT_BITS:
                raise js_error("RangeError", "a BigInt this large is not evaluated")
            return left * right
        case "/" | "%":
            if right == 0:
                raise js_error("RangeError", "Division by zero")
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if operator == "/" else left - quotient * right
        case "**":
            if right < 0 or left.bit_length() * right > _LARGEST_BIGINT_BITS:
                raise js_error("RangeError", "a BigInt this large is not evaluated")
            return int(left**right)
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
        case "<<" | ">>":
            amount = right if operator == "<<" else -right
            if amount > _LARGEST_BIGINT_BITS:
                raise js_error("RangeError", "a BigInt this large is not evaluated")
            return left << amount if amount >= 0 else left >> -amount
        case _:
            raise type_error("BigInts have no unsigned right shift, use >> instead")
