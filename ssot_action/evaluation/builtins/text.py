"""UTF-16 code units, which ECMAScript's strings count, and Python's characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.natives import known
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import UNDEFINED, Value, type_error

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

FIRST_SURROGATE = "\ud800"
FIRST_LOW_SURROGATE = "\udc00"
LAST_SURROGATE = "\udfff"


def is_surrogate(character: str) -> bool:
    """Tell whether `character` is half of a pair."""
    return FIRST_SURROGATE <= character <= LAST_SURROGATE


def from_units(units: str) -> str:
    """Return the string with these code units: surrogate pairs are one character."""
    if units.isascii() or not any(map(is_surrogate, units)):
        return units
    encoded = units.encode("utf-16-le", "surrogatepass")
    return encoded.decode("utf-16-le", "surrogatepass")


def this_string(interpreter: Interpreter, this: Value) -> str:
    """Return the string a method of String.prototype is called on."""
    if known(this) is None or this is UNDEFINED:
        raise type_error("String.prototype method called on null or undefined")
    return to_string(interpreter, this)
