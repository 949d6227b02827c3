"""The methods of Array.prototype that call a function for each element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins.elements import (
    derived,
    elements,
    holes_between,
    present_backwards,
    present_elements,
)
from ssot_action.evaluation.builtins.natives import (
    argument,
    callback,
    complete,
    known,
    nested,
    spend,
)
from ssot_action.evaluation.convert import to_boolean
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSArray,
    Nature,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.evaluation.interpreter import Interpreter


def _calls(
    interpreter: Interpreter, this: Value, arguments: list[Value]
) -> Iterator[tuple[int, Value, Value]]:
    """Call the function for each element that is there; give index, element and result."""
    known(this)
    function = callback(argument(arguments, 0))
    receiver = argument(arguments, 1)
    for index, item in present_elements(interpreter, this):
        yield index, item, interpreter.call(function, receiver, [item, float(index), this])


def for_each(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.forEach."""
    for _ in _calls(interpreter, this, arguments):
        pass
    return UNDEFINED


def map_(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.map."""
    length = len(elements(interpreter, this))
    holes = holes_between(this, 0, length)
    results: list[Value] = [UNDEFINED] * length
    for index, _, result in _calls(interpreter, this, arguments):
        results[index] = result
    return derived(this, results, holes)


def filter_(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.filter."""
    return derived(
        this,
        [item for _, item, result in _calls(interpreter, this, arguments) if to_boolean(result)],
    )


def some(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.some."""
    return any(to_boolean(result) for _, _, result in _calls(interpreter, this, arguments))


def every(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.every."""
    return all(to_boolean(result) for _, _, result in _calls(interpreter, this, arguments))


def flat_map(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.flatMap."""
    results: list[Value] = []
    for _, _, result in _calls(interpreter, this, arguments):
        flatten_into(interpreter, results, result, 1)
    return derived(this, results)


def flatten_into(interpreter: Interpreter, results: list[Value], item: Value, depth: float) -> None:
    """Append `item`, or its elements if it is an array and `depth` allows."""
    if depth < 1:
        results.append(item)
    elif isinstance(item, Unknown) and item.nature is not Nature.PRIMITIVE:
        raise UnknownOutcome(item)
    elif isinstance(item, JSArray):
        with nested(interpreter):
            for _, inner in present_elements(interpreter, item):
                flatten_into(interpreter, results, inner, depth - 1)
    else:
        results.append(item)


# Search: these see holes as undefined


def _search(
    interpreter: Interpreter, this: Value, arguments: list[Value], *, backwards: bool
) -> tuple[int, Value]:
    known(this)
    function = callback(argument(arguments, 0))
    receiver = argument(arguments, 1)
    items = elements(interpreter, this)
    length = len(items)
    for index in range(length - 1, -1, -1) if backwards else range(length):
        spend(interpreter)
        if isinstance(this, JSArray):
            complete(this)
        item = items[index] if index < len(items) else UNDEFINED
        if to_boolean(interpreter.call(function, receiver, [item, float(index), this])):
            return index, item
    return -1, UNDEFINED


def find(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.find."""
    return _search(interpreter, this, arguments, backwards=False)[1]


def find_index(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.findIndex."""
    return float(_search(interpreter, this, arguments, backwards=False)[0])


def find_last(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.findLast."""
    return _search(interpreter, this, arguments, backwards=True)[1]


def find_last_index(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.findLastIndex."""
    return float(_search(interpreter, this, arguments, backwards=True)[0])


# Folding


def _fold(
    interpreter: Interpreter,
    this: Value,
    arguments: list[Value],
    steps: Iterator[tuple[int, Value]],
) -> Value:
    known(this)
    function = callback(argument(arguments, 0))
    result: Value = arguments[1] if len(arguments) > 1 else MISSING
    for index, item in steps:
        if result is MISSING:
            result = item
        else:
            result = interpreter.call(function, UNDEFINED, [result, item, float(index), this])
    if result is MISSING:
        raise type_error("Reduce of empty array with no initial value")
    return result


def reduce(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.reduce."""
    return _fold(interpreter, this, arguments, present_elements(interpreter, this))


def reduce_right(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Array.prototype.reduceRight."""
    return _fold(interpreter, this, arguments, present_backwards(interpreter, this))
