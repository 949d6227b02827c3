"""The elements of arrays and array-likes, with their holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.natives import (
    Wrapper,
    bounded,
    complete,
    forget,
    known,
    spend,
    to_object,
    unknown_outcome,
)
from ssot_action.evaluation.convert import to_integer
from ssot_action.evaluation.interpreter import utf16_units
from ssot_action.evaluation.values import (
    ARRAY_PROTOTYPE,
    UNDEFINED,
    JSArray,
    JSObject,
    Nature,
    Undefined,
    UnknownCode,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.evaluation.interpreter import Interpreter


def sparse_array(items: list[Value], holes: set[int]) -> JSArray:
    """Return an array with `items`, of which those at `holes` are missing."""
    array = JSArray(items)
    array.holes = holes
    return array


def has_holes(array: JSArray) -> bool:
    """Tell whether an element of `array` is missing."""
    return any(map(array.has_hole, array.holes))


def elements(interpreter: Interpreter, this: Value) -> list[Value]:
    """Return the elements of an array-like, `UNDEFINED` for a hole.

    Of an array it is the list itself: copy what you change.
    """
    if isinstance(this, JSArray):
        return complete(this).items
    target = complete(to_object(this))
    if isinstance(target, Wrapper):
        return list(utf16_units(target.value)) if isinstance(target.value, str) else []
    length = max(0, to_integer(interpreter, interpreter.get(target, "length")))
    spend(interpreter, bounded(length))
    return [interpreter.get(target, str(index)) for index in range(length)]


def present_elements(interpreter: Interpreter, this: Value) -> Iterator[tuple[int, Value]]:
    """Give index and value of the elements that are there, as the array is when it is reached."""
    if not isinstance(this, JSArray):
        items = elements(interpreter, this)
        target = to_object(this)
        for index, item in enumerate(items):
            spend(interpreter)
            if item is not UNDEFINED or interpreter.has(target, str(index)):
                yield index, item
        return
    for index in range(len(complete(this).items)):
        spend(interpreter)
        if index >= len(complete(this).items):
            return
        if not this.has_hole(index):
            yield index, this.items[index]


def present_backwards(interpreter: Interpreter, this: Value) -> Iterator[tuple[int, Value]]:
    """Give index and value of the elements that are there, from the last to the first."""
    items = elements(interpreter, this)
    for index in range(len(items) - 1, -1, -1):
        spend(interpreter)
        if isinstance(this, JSArray):
            complete(this)
        is_hole = isinstance(this, JSArray) and index < len(items) and this.has_hole(index)
        if index < len(items) and not is_hole:
            yield index, items[index]


def mutable(this: Value) -> JSArray:
    """Return the array a method is about to change."""
    known(this)
    if not isinstance(this, JSArray):
        outcome = unknown_outcome(
            "an array method that changes an object that is no array is not modelled",
            code=UnknownCode.MODEL,
        )
        if isinstance(this, JSObject):
            forget(this, outcome.unknown)
        raise outcome
    if this.is_frozen:
        raise type_error("Cannot change a frozen array")
    return complete(this)


def without_holes(array: JSArray) -> JSArray:
    """Return `array`, about to be reordered; one with holes is given up."""
    if has_holes(array):
        outcome = unknown_outcome(
            "reordering an array with holes is not modelled", Nature.INSTANCE, UnknownCode.MODEL
        )
        forget(array, outcome.unknown)
        raise outcome
    return array


def derived(this: Value, items: list[Value], holes: set[int] | None = None) -> JSArray:
    """Return the array a method makes from `this`."""
    if isinstance(this, JSArray) and this.prototype is not ARRAY_PROTOTYPE:
        raise unknown_outcome(
            "what a subclass of Array makes is not modelled", Nature.INSTANCE, UnknownCode.MODEL
        )
    return sparse_array(items, holes) if holes else JSArray(items)


def relative_index(
    interpreter: Interpreter, value: Value, length: int, default: int | None = None
) -> int:
    """Return an index that may count from the end, held between 0 and `length`."""
    if isinstance(value, Undefined) and default is not None:
        return default
    index = to_integer(interpreter, value)
    return max(length + index, 0) if index < 0 else min(index, length)


def holes_between(this: Value, start: int, end: int) -> set[int]:
    """Return the holes of `this` from `start` to `end`, counted from `start`."""
    if not isinstance(this, JSArray):
        return set()
    return {index - start for index in this.holes if start <= index < end and this.has_hole(index)}


def check_length(array: JSArray, more: int) -> None:
    """Refuse to let `array` grow without end."""
    bounded(len(array.items) + more)
