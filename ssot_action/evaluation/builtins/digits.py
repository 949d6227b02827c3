"""Numbers written out: fixed, exponential, precise, in any radix."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from ssot_action.evaluation.builtins.natives import unknown_outcome
from ssot_action.evaluation.convert import number_to_string

# A double has at most 767 significant decimal digits.
_EXACT: Final = Context(prec=1200, rounding=ROUND_HALF_UP)
_LEAST_EXPONENT_WRITTEN: Final = 1e21
_LEAST_PLAIN_EXPONENT: Final = -6
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST_EXACT: Final = 2.0**53


def fixed(number: float, count: int) -> str:
    """Return `number.toFixed(count)`."""
    if not math.isfinite(number) or abs(number) >= _LEAST_EXPONENT_WRITTEN:
        return number_to_string(number)
    rounded = _EXACT.quantize(Decimal(abs(number)), Decimal(1).scaleb(-count))
    # A negative number keeps its sign even where it is rounded to nothing; minus zero has none.
    return ("-" if number < 0 else "") + f"{rounded:f}"


def _significant(number: float, count: int) -> tuple[str, int]:
    """Return the first `count` digits of a positive number, rounded, and its exponent of ten."""
    if number == 0:
        return "0" * count, 0
    rounded = Context(prec=count, rounding=ROUND_HALF_UP).create_decimal(Decimal(number))
    digits = "".join(map(str, rounded.as_tuple().digits))
    return digits.ljust(count, "0"), rounded.adjusted()


def exponential(number: float, count: int | None) -> str:
    """Return `number.toExponential(count)`; with None as many digits as tell the number."""
    magnitude = abs(number)
    if count is None:
        shortest = Decimal(repr(magnitude))
        digits = "".join(map(str, shortest.as_tuple().digits)).rstrip("0") or "0"
        exponent = shortest.adjusted() if magnitude else 0
    else:
        digits, exponent = _significant(magnitude, count + 1)
    return ("-" if number < 0 else "") + _with_exponent(digits, exponent)


def _with_exponent(digits: str, exponent: int) -> str:
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent)}"


def precise(number: float, count: int) -> str:
    """Return `number.toPrecision(count)`."""
    digits, exponent = _significant(abs(number), count)
    sign = "-" if number < 0 else ""
    if exponent < _LEAST_PLAIN_EXPONENT or exponent >= count:
        return sign + _with_exponent(digits, exponent)
    if exponent == count - 1:
        return sign + digits
    if exponent >= 0:
        return f"{sign}{digits[: exponent + 1]}.{digits[exponent + 1 :]}"
    return f"{sign}0.{'0' * (-exponent - 1)}{digits}"


def integer_in_radix(value: int, radix: int) -> str:
    """Return `value.toString(radix)` of a bigint."""
    if value == 0:
        return "0"
    digits: list[str] = []
    rest = abs(value)
    while rest:
        rest, digit = divmod(rest, radix)
        digits.append(_DIGITS[digit])
    return ("-" if value < 0 else "") + "".join(reversed(digits))


def in_radix(number: float, radix: int) -> str:
    """Return `number.toString(radix)` of a finite number.

    The digits after the point are those that V8 writes: as many as tell the number from its
    neighbour, the last of them rounded.
    """
    magnitude = abs(number)
    is_power_of_two = radix & (radix - 1) == 0
    if magnitude > _LARGEST_EXACT and not is_power_of_two:
        raise unknown_outcome("the last digits of so large a number depend on the engine")
    digits, carries = _fraction_digits(magnitude, radix)
    text = integer_in_radix(math.floor(magnitude) + carries, radix)
    if digits:
        text += "." + "".join(_DIGITS[digit] for digit in digits)
    return ("-" if number < 0 else "") + text


def _fraction_digits(magnitude: float, radix: int) -> tuple[list[int], int]:
    """Return the digits after the point, and 1 if they were rounded up to a whole."""
    fraction = magnitude - math.floor(magnitude)
    precision = max(0.5 * (math.nextafter(magnitude, math.inf) - magnitude), 5e-324)
    digits: list[int] = []
    if fraction < precision:
        return digits, 0
    while True:
        fraction *= radix
        precision *= radix
        digit = int(fraction)
        digits.append(digit)
        fraction -= digit
        is_upper_half = fraction > 0.5 or (fraction == 0.5 and digit % 2 == 1)  # noqa: PLR2004
        if is_upper_half and fraction + precision > 1:
            return _round_up(digits, radix)
        if fraction < precision:
            return digits, 0


def _round_up(digits: list[int], radix: int) -> tuple[list[int], int]:
    while digits:
        last = digits.pop() + 1
        if last < radix:
            return [*digits, last], 0
    return [], 1
