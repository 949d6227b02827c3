"""Map and Set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins import set_operations
from ssot_action.evaluation.builtins.iterators import Pull, PulledIterator
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    bounded,
    callback,
    complete,
    define,
    define_class,
    define_getter,
    define_methods,
    finish,
    forget,
    known,
    losing,
    needs_new,
    receiver,
    spend,
)
from ssot_action.evaluation.values import (
    MAP_PROTOTYPE,
    MISSING,
    SET_PROTOTYPE,
    SYMBOL_ITERATOR,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSObject,
    MapObject,
    NativeCode,
    NativeFunction,
    Nature,
    SetObject,
    Unknown,
    UnknownOutcome,
    Value,
    map_key,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssot_action.evaluation.interpreter import Interpreter


def _this_map(this: Value) -> MapObject:
    return receiver(this, MapObject, "a method of Map.prototype")


def _this_set(this: Value) -> SetObject:
    return receiver(this, SetObject, "a method of Set.prototype")


def _normal(value: Value) -> Value:
    """Return `value` as a key is kept: minus zero is zero."""
    return 0.0 if isinstance(value, float) and value == 0 else value


def _live(interpreter: Interpreter, collection: MapObject | SetObject) -> Iterator[object]:
    """Give the keys of the entries, also of those that are added meanwhile."""
    seen: set[object] = set()
    while True:
        spend(interpreter, len(collection.entries))
        fresh = [key for key in complete(collection).entries if key not in seen]
        if not fresh:
            return
        for key in fresh:
            seen.add(key)
            if key in complete(collection).entries:
                yield key


# Map


def _map_get(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = complete(_this_map(this))
    found = target.entries.get(map_key(known(argument(arguments, 0))))
    return UNDEFINED if found is None else found[1]


def _map_has(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = complete(_this_map(this))
    return map_key(known(argument(arguments, 0))) in target.entries


def _map_set(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_map(this)
    _put(interpreter, target, argument(arguments, 0), argument(arguments, 1))
    return target


def _put(interpreter: Interpreter, target: MapObject, key: Value, value: Value) -> None:
    if isinstance(key, Unknown):
        forget(target, key)
        return
    spend(interpreter, 1)
    bounded(len(target.entries))
    key = _normal(key)
    present = target.entries.get(map_key(key))
    target.entries[map_key(key)] = (key if present is None else present[0], value)


def _map_delete(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_map(this)
    with losing(target):
        key = map_key(known(argument(arguments, 0)))
        complete(target)
    return target.entries.pop(key, None) is not None


def _map_clear(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    target = _this_map(this)
    target.entries.clear()
    return UNDEFINED


def _map_for_each(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_map(this)
    function = callback(argument(arguments, 0))
    for entry in _live(interpreter, target):
        spend(interpreter)
        key, value = target.entries[entry]
        interpreter.call(function, argument(arguments, 1), [value, key, target])
    return UNDEFINED


def _map_size(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(len(complete(_this_map(this)).entries))


def _iterating(pick: Callable[[Value, Value], Value]) -> NativeCode:
    """Return the code of `keys`, `values` or `entries` of both collections."""

    def code(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        known(this)
        if not isinstance(this, MapObject | SetObject):
            raise type_error("method called on incompatible receiver")
        return PulledIterator(_pull_entries(interpreter, this, pick))

    return code


def _pull_entries(
    interpreter: Interpreter,
    collection: MapObject | SetObject,
    pick: Callable[[Value, Value], Value],
) -> Pull:
    keys = _live(interpreter, collection)

    def pull() -> Value:
        spend(interpreter)
        key = next(keys, None)
        if key is None:
            return MISSING
        entry = collection.entries[key]
        if isinstance(collection, MapObject) and isinstance(entry, tuple):
            return pick(entry[0], entry[1])
        return pick(entry, entry)

    return pull


def _key_of(key: Value, _value: Value) -> Value:
    return key


def _value_of(_key: Value, value: Value) -> Value:
    return value


def _entry_of(key: Value, value: Value) -> Value:
    return JSArray([key, value])


def fill_map(interpreter: Interpreter, target: MapObject, source: Value) -> None:
    """Add the entries of an iterable; where they are unknown the map is incomplete."""
    if source is None or source is UNDEFINED:
        return
    try:
        entries = interpreter.iterate(source)
    except UnknownOutcome as outcome:
        forget(target, outcome.unknown)
        return
    adder = _own_adder(interpreter, target, "set")
    for entry in entries:
        if isinstance(entry, Unknown):
            forget(target, entry)
            continue
        if not isinstance(entry, JSObject):
            raise type_error("Iterator value is not an entry object")
        key, value = interpreter.get(entry, "0"), interpreter.get(entry, "1")
        if adder is None:
            _put(interpreter, target, key, value)
        else:
            interpreter.call(adder, target, [key, value])


def _own_adder(interpreter: Interpreter, target: JSObject, name: str) -> Value:
    """Return the method by which a subclass adds its first entries, None for the usual one."""
    adder = interpreter.get(target, name)
    return None if isinstance(adder, NativeFunction) else adder


def _construct_map(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    target = adopt(interpreter, MapObject(), new_target)
    fill_map(interpreter, target, argument(arguments, 0))
    return target


def _group_by(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    function = callback(argument(arguments, 1))
    result = MapObject()
    for index, item in enumerate(interpreter.iterate(argument(arguments, 0))):
        spend(interpreter)
        key = _normal(known(interpreter.call(function, UNDEFINED, [item, float(index)])))
        _, group = result.entries.setdefault(map_key(key), (key, JSArray()))
        if isinstance(group, JSArray):
            group.items.append(item)
    return result


MAP: Final = define_class("Map", MAP_PROTOTYPE, needs_new("Map"), _construct_map)

define_methods(MAP, {"groupBy": _group_by}, Nature.INSTANCE)
define_methods(MAP_PROTOTYPE, {"get": _map_get})
define_methods(
    MAP_PROTOTYPE,
    {"clear": _map_clear, "delete": _map_delete, "forEach": _map_for_each, "has": _map_has},
    Nature.PRIMITIVE,
)
define_methods(
    MAP_PROTOTYPE,
    {
        "entries": _iterating(_entry_of),
        "keys": _iterating(_key_of),
        "set": _map_set,
        "values": _iterating(_value_of),
    },
    Nature.INSTANCE,
)
define_getter(MAP_PROTOTYPE, "size", _map_size)
define(MAP_PROTOTYPE, SYMBOL_ITERATOR, MAP_PROTOTYPE.properties["entries"])
define(MAP_PROTOTYPE, SYMBOL_TO_STRING_TAG, "Map")
finish(MAP, MAP_PROTOTYPE)


# Set


def _set_has(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = complete(_this_set(this))
    return map_key(known(argument(arguments, 0))) in target.entries


def _set_add(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_set(this)
    _add(interpreter, target, argument(arguments, 0))
    return target


def _add(interpreter: Interpreter, target: SetObject, value: Value) -> None:
    if isinstance(value, Unknown):
        forget(target, value)
        return
    spend(interpreter)
    bounded(len(target.entries))
    value = _normal(value)
    target.entries.setdefault(map_key(value), value)


def _set_delete(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_set(this)
    with losing(target):
        key = map_key(known(argument(arguments, 0)))
        complete(target)
    return target.entries.pop(key, MISSING) is not MISSING


def _set_clear(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    target = _this_set(this)
    target.entries.clear()
    return UNDEFINED


def _set_for_each(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this_set(this)
    function = callback(argument(arguments, 0))
    for key in _live(interpreter, target):
        spend(interpreter)
        value = target.entries[key]
        interpreter.call(function, argument(arguments, 1), [value, value, target])
    return UNDEFINED


def _set_size(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(len(complete(_this_set(this)).entries))


def fill_set(interpreter: Interpreter, target: SetObject, source: Value) -> None:
    """Add the values of an iterable; where they are unknown the set is incomplete."""
    if source is None or source is UNDEFINED:
        return
    try:
        values = interpreter.iterate(source)
    except UnknownOutcome as outcome:
        forget(target, outcome.unknown)
        return
    adder = _own_adder(interpreter, target, "add")
    for value in values:
        if adder is None:
            _add(interpreter, target, value)
        else:
            interpreter.call(adder, target, [value])


def _construct_set(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    target = adopt(interpreter, SetObject(), new_target)
    fill_set(interpreter, target, argument(arguments, 0))
    return target


SET: Final = define_class("Set", SET_PROTOTYPE, needs_new("Set"), _construct_set)

define_methods(
    SET_PROTOTYPE,
    {
        "clear": _set_clear,
        "delete": _set_delete,
        "forEach": _set_for_each,
        "has": _set_has,
        "isDisjointFrom": set_operations.is_disjoint_from,
        "isSubsetOf": set_operations.is_subset_of,
        "isSupersetOf": set_operations.is_superset_of,
    },
    Nature.PRIMITIVE,
)
define_methods(
    SET_PROTOTYPE,
    {
        "add": _set_add,
        "difference": set_operations.difference,
        "entries": _iterating(_entry_of),
        "intersection": set_operations.intersection,
        "symmetricDifference": set_operations.symmetric_difference,
        "union": set_operations.union,
        "values": _iterating(_value_of),
    },
    Nature.INSTANCE,
)
define(SET_PROTOTYPE, "keys", SET_PROTOTYPE.properties["values"])
define(SET_PROTOTYPE, SYMBOL_ITERATOR, SET_PROTOTYPE.properties["values"])
define_getter(SET_PROTOTYPE, "size", _set_size)
define(SET_PROTOTYPE, SYMBOL_TO_STRING_TAG, "Set")
finish(SET, SET_PROTOTYPE)
