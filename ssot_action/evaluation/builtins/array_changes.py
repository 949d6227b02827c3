"""The methods of Array.prototype that change the array, and sorting."""

from __future__ import annotations

from functools import cmp_to_key
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.elements import (
    check_length,
    derived,
    elements,
    mutable,
    relative_index,
    without_holes,
)
from ssot_action.evaluation.builtins.natives import (
    argument,
    bounded,
    known,
    losing,
    spend,
    unknown_outcome,
)
from ssot_action.evaluation.convert import to_integer, to_number, to_string
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSFunction,
    Nature,
    Unknown,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


def push(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.push."""
    array = mutable(this)
    check_length(array, len(arguments))
    spend(interpreter, len(arguments))
    array.items.extend(arguments)
    return float(len(array.items))


def pop(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    """Array.prototype.pop."""
    array = mutable(this)
    if not array.items:
        return UNDEFINED
    array.holes = array.holes - {len(array.items) - 1}
    return array.items.pop()


def shift(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    """Array.prototype.shift."""
    array = without_holes(mutable(this))
    return array.items.pop(0) if array.items else UNDEFINED


def unshift(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.unshift."""
    array = without_holes(mutable(this))
    check_length(array, len(arguments))
    spend(interpreter, len(arguments))
    array.items[:0] = arguments
    return float(len(array.items))


def reverse(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    """Array.prototype.reverse."""
    array = without_holes(mutable(this))
    array.items.reverse()
    return array


def to_reversed(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    """Array.prototype.toReversed."""
    return JSArray(elements(interpreter, this)[::-1])


def _splice_bounds(
    interpreter: Interpreter, arguments: list[Value], length: int
) -> tuple[int, int]:
    """Return where the removed part starts and ends."""
    start = relative_index(interpreter, argument(arguments, 0), length)
    if not arguments:
        return start, start
    if len(arguments) == 1:
        return start, length
    count = to_integer(interpreter, arguments[1])
    return start, start + min(max(count, 0), length - start)


def splice(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.splice."""
    array = without_holes(mutable(this))
    with losing(array):
        start, end = _splice_bounds(interpreter, arguments, len(array.items))
        removed = derived(array, array.items[start:end])
    check_length(array, len(arguments))
    spend(interpreter, len(arguments))
    array.items[start:end] = arguments[2:]
    return removed


def to_spliced(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.toSpliced."""
    items = list(elements(interpreter, this))
    start, end = _splice_bounds(interpreter, arguments, len(items))
    items[start:end] = arguments[2:]
    return JSArray(items)


def fill(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.fill."""
    array = mutable(this)
    length = len(array.items)
    with losing(array):
        start = relative_index(interpreter, argument(arguments, 1), length)
        end = relative_index(interpreter, argument(arguments, 2), length, length)
    spend(interpreter, bounded(max(0, end - start)))
    array.items[start:end] = [argument(arguments, 0)] * max(0, end - start)
    array.holes = array.holes.difference(range(start, end))
    return array


def copy_within(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.copyWithin."""
    array = without_holes(mutable(this))
    length = len(array.items)
    with losing(array):
        target = relative_index(interpreter, argument(arguments, 0), length)
        start = relative_index(interpreter, argument(arguments, 1), length)
        end = relative_index(interpreter, argument(arguments, 2), length, length)
    count = max(0, min(end - start, length - target))
    array.items[target : target + count] = array.items[start : start + count]
    return array


# Sorting


def sort(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.sort."""
    comparator = _comparator(arguments)
    array = without_holes(mutable(this))
    with losing(array):
        array.items[:] = sorted_items(interpreter, array.items, comparator)
    return array


def to_sorted(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.toSorted."""
    comparator = _comparator(arguments)
    return JSArray(sorted_items(interpreter, elements(interpreter, this), comparator))


def _comparator(arguments: list[Value]) -> Value:
    comparator = argument(arguments, 0)
    if comparator is UNDEFINED or isinstance(comparator, JSFunction | Unknown):
        return comparator
    raise type_error("The comparison function must be either a function or undefined")


def sorted_items(interpreter: Interpreter, items: list[Value], comparator: Value) -> list[Value]:
    """Return `items` as ECMAScript sorts them, undefined at the end."""
    spend(interpreter, len(items))
    values = [item for item in items if known(item) is not UNDEFINED]
    rest: list[Value] = [UNDEFINED] * (len(items) - len(values))
    if comparator is UNDEFINED:
        keyed = [(_sort_key(interpreter, value), value) for value in values]
        keyed.sort(key=lambda pair: pair[0])
        return [value for _, value in keyed] + rest

    def compare(left: Value, right: Value) -> float:
        spend(interpreter)
        number = to_number(interpreter, interpreter.call(comparator, UNDEFINED, [left, right]))
        return 0.0 if isnan(number) else number

    def order(left: Value, right: Value) -> int:
        number = compare(left, right)
        return (number > 0) - (number < 0)

    values.sort(key=cmp_to_key(order))
    # With a comparison function that contradicts itself the order is the engine's choice.
    if any(compare(left, right) > 0 for left, right in pairwise(values)):
        raise unknown_outcome(
            "a comparison function that contradicts itself sorts in no certain order",
            Nature.INSTANCE,
        )
    return values + rest


def _sort_key(interpreter: Interpreter, value: Value) -> bytes:
    return to_string(interpreter, value).encode("utf-16-be", "surrogatepass")
