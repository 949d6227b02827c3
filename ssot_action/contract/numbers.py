"""Numbers as JavaScript writes them, so that our JSON equals what `JSON.stringify` gives."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json

_MAX_SAFE_INTEGER: Final = 2**53 - 1
_MAX_PLAIN_EXPONENT: Final = 21
_MIN_PLAIN_EXPONENT: Final = -6


def canonical_number(value: float) -> int | float:
    """Return what reading JavaScript's own spelling of a finite number gives: `1`, not `1.0`."""
    if isinstance(value, int) and -_MAX_SAFE_INTEGER <= value <= _MAX_SAFE_INTEGER:
        return value
    text = number_text(value)
    return float(text) if "." in text or "e" in text else int(text)


def number_text(value: float) -> str:
    """Return JavaScript's spelling of a number; `-0` keeps its sign."""
    if isinstance(value, int) and -_MAX_SAFE_INTEGER <= value <= _MAX_SAFE_INTEGER:
        return str(value)
    double = to_double(value)
    if math.isnan(double):
        return "NaN"
    sign = "-" if math.copysign(1, double) < 0 else ""
    if math.isinf(double):
        return f"{sign}Infinity"
    mantissa, _, exponent = repr(abs(double)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    all_digits = whole + fraction
    digits = all_digits.lstrip("0")
    point = len(whole) + int(exponent or "0") - (len(all_digits) - len(digits))
    return sign + (_place_point(digits.rstrip("0"), point) if digits else "0")


def to_double(value: float) -> float:
    """Return the double that JavaScript would hold; an infinity for an integer beyond all."""
    try:
        return float(value)
    except OverflowError:  # an integer that no double is close to
        return math.inf if value > 0 else -math.inf


def _place_point(digits: str, point: int) -> str:
    """Return `0.digits * 10 ** point` the way Number::toString lays it out."""
    if len(digits) <= point <= _MAX_PLAIN_EXPONENT:
        return digits.ljust(point, "0")
    if 0 < point <= _MAX_PLAIN_EXPONENT:
        return f"{digits[:point]}.{digits[point:]}"
    if _MIN_PLAIN_EXPONENT < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def canonical_json(value: Json) -> Json:
    """Return a copy of `value` with every number as `JSON.stringify` writes it: NaN is null."""
    if isinstance(value, dict):
        return {key: canonical_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [canonical_json(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return canonical_number(value) if math.isfinite(to_double(value)) else None
    return value
