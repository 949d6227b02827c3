"""Array, and the methods of Array.prototype that read or copy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins import array_callbacks, array_changes
from ssot_action.evaluation.builtins.elements import (
    derived,
    elements,
    holes_between,
    present_backwards,
    present_elements,
    relative_index,
    sparse_array,
)
from ssot_action.evaluation.builtins.iterators import PulledIterator
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    bounded,
    callback,
    complete,
    define,
    define_class,
    define_methods,
    finish,
    known,
    nested,
    spend,
    to_object,
    unknown_outcome,
)
from ssot_action.evaluation.builtins.symbol import SYMBOL_IS_CONCAT_SPREADABLE
from ssot_action.evaluation.builtins.text import from_units
from ssot_action.evaluation.convert import (
    is_array,
    same_value_zero,
    strict_equals,
    to_boolean,
    to_integer,
    to_number,
    to_string,
)
from ssot_action.evaluation.interpreter import Closure
from ssot_action.evaluation.values import (
    ARRAY_PROTOTYPE,
    MISSING,
    OBJECT_PROTOTYPE,
    SYMBOL_ITERATOR,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    NativeCode,
    Nature,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_LENGTHS: Final = 2.0**32
_BEING_JOINED: Final[set[int]] = set()


def _at(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    items = elements(interpreter, this)
    index = to_integer(interpreter, argument(arguments, 0))
    index = len(items) + index if index < 0 else index
    return items[index] if 0 <= index < len(items) else UNDEFINED


def _with(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    items = list(elements(interpreter, this))
    index = to_integer(interpreter, argument(arguments, 0))
    index = len(items) + index if index < 0 else index
    if not 0 <= index < len(items):
        raise js_error("RangeError", "Invalid index")
    items[index] = argument(arguments, 1)
    return JSArray(items)


def _concat(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    results: list[Value] = []
    holes: set[int] = set()
    for item in [to_object(this), *arguments]:
        if not _is_spreadable(interpreter, item):
            results.append(item)
            continue
        parts = elements(interpreter, item)
        spend(interpreter, bounded(len(results) + len(parts)) - len(results))
        holes |= {len(results) + index for index in holes_between(item, 0, len(parts))}
        results.extend(parts)
    return derived(this, results, holes)


def _is_spreadable(interpreter: Interpreter, value: Value) -> bool:
    if isinstance(value, Unknown):
        if value.nature is Nature.PRIMITIVE:
            return False
        raise UnknownOutcome(value)
    if not isinstance(value, JSObject):
        return False
    # An array that is incomplete is an array all the same.
    own = (
        UNDEFINED if type(value) is JSArray else interpreter.get(value, SYMBOL_IS_CONCAT_SPREADABLE)
    )
    return isinstance(value, JSArray) if own is UNDEFINED else to_boolean(own)


def _slice(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    items = elements(interpreter, this)
    start = relative_index(interpreter, argument(arguments, 0), len(items))
    end = relative_index(interpreter, argument(arguments, 1), len(items), len(items))
    spend(interpreter, max(0, end - start))
    return derived(this, items[start:end], holes_between(this, start, end))


def _flat(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    depth = argument(arguments, 0)
    levels = 1.0 if depth is UNDEFINED else to_number(interpreter, depth)
    levels = 0.0 if math.isnan(levels) else levels
    results: list[Value] = []
    for _, item in present_elements(interpreter, this):
        array_callbacks.flatten_into(interpreter, results, item, levels)
    return derived(this, results)


def _includes(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    items = elements(interpreter, this)
    wanted = known(argument(arguments, 0))
    start = relative_index(interpreter, argument(arguments, 1), len(items))
    spend(interpreter, len(items))
    unknown: Unknown | None = None
    for item in items[start:]:
        if isinstance(item, Unknown):
            unknown = unknown or item
        elif same_value_zero(item, wanted):
            return True
    if unknown is not None:
        raise UnknownOutcome(unknown)
    return False


def _index_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    wanted = known(argument(arguments, 0))
    length = len(elements(interpreter, this))
    start = relative_index(interpreter, argument(arguments, 1), length)
    for index, item in present_elements(interpreter, this):
        if index >= start and strict_equals(item, wanted):
            return float(index)
    return -1.0


def _last_index_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    wanted = known(argument(arguments, 0))
    start = len(elements(interpreter, this)) - 1
    if len(arguments) > 1:
        index = to_integer(interpreter, arguments[1])
        start = min(index, start) if index >= 0 else start + 1 + index
    for index, item in present_backwards(interpreter, this):
        if index <= start and strict_equals(item, wanted):
            return float(index)
    return -1.0


def _join(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    separator = argument(arguments, 0)
    between = "," if separator is UNDEFINED else to_string(interpreter, separator)
    items = elements(interpreter, this)
    spend(interpreter, len(items))
    # An array inside of itself is the empty text.
    if id(items) in _BEING_JOINED:
        return ""
    _BEING_JOINED.add(id(items))
    try:
        with nested(interpreter):
            parts = [
                "" if item is None or item is UNDEFINED else to_string(interpreter, item)
                for item in items
            ]
    finally:
        _BEING_JOINED.discard(id(items))
    bounded(sum(map(len, parts)) + len(between) * len(parts))
    return from_units(between.join(parts))


def _to_string(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    join = known(interpreter.get(to_object(this), "join"))
    if isinstance(join, JSFunction):
        return interpreter.call(join, this, [])
    return interpreter.call(interpreter.get(OBJECT_PROTOTYPE, "toString"), this, [])


def _to_locale_string(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    items = elements(interpreter, this)
    if all(item is None or item is UNDEFINED or isinstance(item, str) for item in items):
        return _join(interpreter, this, [])
    raise unknown_outcome("the text depends on the locale")


def _iterating(kind: str) -> NativeCode:
    """Return the code of `keys`, `values` or `entries`."""

    def code(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        items = elements(interpreter, this)
        position = -1

        def pull() -> Value:
            nonlocal position
            spend(interpreter)
            position += 1
            if isinstance(this, JSArray):
                complete(this)
            if position >= len(items):
                return MISSING
            if kind == "values":
                return items[position]
            index = float(position)
            return index if kind == "keys" else JSArray([index, items[position]])

        return PulledIterator(pull)

    return code


# The constructor


def _make(interpreter: Interpreter, arguments: list[Value]) -> JSArray:
    if len(arguments) != 1:
        return JSArray(list(arguments))
    length = known(arguments[0])
    if not isinstance(length, float):
        return JSArray([length])
    if not (length.is_integer() and 0 <= length < _LENGTHS):
        raise js_error("RangeError", "Invalid array length")
    count = bounded(int(length))
    spend(interpreter, count)
    return sparse_array([UNDEFINED] * count, set(range(count))) if count else JSArray()


def _array(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _make(interpreter, arguments)


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    made = _make(interpreter, arguments)
    return made if new_target is ARRAY else adopt(interpreter, made, new_target)


def _is_array(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return is_array(argument(arguments, 0))


def _filled(interpreter: Interpreter, this: Value, items: list[Value]) -> Value:
    """Return an array of `items`, of the class the static method was called on."""
    if not isinstance(this, Closure):
        return JSArray(items)
    made = known(interpreter.construct(this, []))
    if not isinstance(made, JSArray):
        raise unknown_outcome("filling this class is not modelled", code=UnknownCode.MODEL)
    made.items.extend(items)
    return made


def _of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return _filled(interpreter, this, list(arguments))


def _from(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = known(argument(arguments, 0))
    function = argument(arguments, 1)
    if function is not UNDEFINED:
        callback(function)
    receiver = argument(arguments, 2)
    results: list[Value] = []
    for item in _pulled(interpreter, source):
        spend(interpreter)
        made = item
        if function is not UNDEFINED:
            made = interpreter.call(function, receiver, [item, float(len(results))])
        results.append(made)
    return _filled(interpreter, this, results)


def _pulled(interpreter: Interpreter, source: Value) -> list[Value]:
    if isinstance(source, str | JSArray):
        return interpreter.iterate(source)
    if isinstance(source, JSObject):
        make = known(interpreter.get(source, SYMBOL_ITERATOR))
        if make is not UNDEFINED and make is not None:
            return interpreter.iterate(source)
    return list(elements(interpreter, source))


ARRAY: Final = define_class("Array", ARRAY_PROTOTYPE, _array, _construct)

define_methods(ARRAY, {"isArray": _is_array}, Nature.PRIMITIVE)
define_methods(ARRAY, {"from": _from, "of": _of}, Nature.INSTANCE)
define_methods(
    ARRAY_PROTOTYPE,
    {
        "concat": _concat,
        "copyWithin": array_changes.copy_within,
        "entries": _iterating("entries"),
        "fill": array_changes.fill,
        "filter": array_callbacks.filter_,
        "flat": _flat,
        "flatMap": array_callbacks.flat_map,
        "keys": _iterating("keys"),
        "map": array_callbacks.map_,
        "reverse": array_changes.reverse,
        "slice": _slice,
        "sort": array_changes.sort,
        "splice": array_changes.splice,
        "toReversed": array_changes.to_reversed,
        "toSorted": array_changes.to_sorted,
        "toSpliced": array_changes.to_spliced,
        "values": _iterating("values"),
        "with": _with,
    },
    Nature.INSTANCE,
)
define_methods(
    ARRAY_PROTOTYPE,
    {
        "every": array_callbacks.every,
        "findIndex": array_callbacks.find_index,
        "findLastIndex": array_callbacks.find_last_index,
        "forEach": array_callbacks.for_each,
        "includes": _includes,
        "indexOf": _index_of,
        "join": _join,
        "lastIndexOf": _last_index_of,
        "push": array_changes.push,
        "some": array_callbacks.some,
        "toLocaleString": _to_locale_string,
        "toString": _to_string,
        "unshift": array_changes.unshift,
    },
    Nature.PRIMITIVE,
)
define_methods(
    ARRAY_PROTOTYPE,
    {
        "at": _at,
        "find": array_callbacks.find,
        "findLast": array_callbacks.find_last,
        "pop": array_changes.pop,
        "reduce": array_callbacks.reduce,
        "reduceRight": array_callbacks.reduce_right,
        "shift": array_changes.shift,
    },
)
define(ARRAY_PROTOTYPE, SYMBOL_ITERATOR, ARRAY_PROTOTYPE.properties["values"])
define(ARRAY_PROTOTYPE, "length", 0.0)
finish(ARRAY, ARRAY_PROTOTYPE)
