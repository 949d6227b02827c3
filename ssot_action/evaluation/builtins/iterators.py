"""Iterators: what `values()` and its like return, and Iterator.prototype."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action.evaluation.builtins.natives import (
    argument,
    callback,
    complete,
    define,
    define_class,
    define_methods,
    finish,
    known,
    losing,
    native,
    receiver,
    returns_this,
    spend,
)
from ssot_action.evaluation.convert import to_boolean, to_number
from ssot_action.evaluation.interpreter import MAXIMAL_ITERATIONS, BudgetExceeded
from ssot_action.evaluation.values import (
    ITERATOR_PROTOTYPE,
    MISSING,
    SYMBOL_ITERATOR,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    IteratorObject,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    Nature,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

# Returns the next item, `MISSING` after the last.
Pull: TypeAlias = Callable[[], Value]


class PulledIterator(IteratorObject):
    """An iterator whose items are found one at a time, so that it sees later changes."""

    __slots__ = ("_pull",)

    def __init__(self, pull: Pull) -> None:
        super().__init__([])
        self._pull: Pull | None = pull

    def take(self) -> Value:
        """Return the next item, `MISSING` after the last."""
        if self._pull is None:
            return MISSING
        item = self._pull()
        if item is MISSING:
            self._pull = None
        return item

    def rest(self) -> list[Value]:
        """Return the items that are left, and take them."""
        items: list[Value] = []
        while (item := self.take()) is not MISSING:
            items.append(item)
            if len(items) > MAXIMAL_ITERATIONS:
                raise BudgetExceeded("an iterator gives too many values")
        return items

    def close(self) -> None:
        """Give no more items."""
        self._pull = None


def take(iterator: IteratorObject) -> Value:
    """Return the next item of `iterator`, `MISSING` after the last."""
    complete(iterator)
    if isinstance(iterator, PulledIterator):
        return iterator.take()
    if iterator.position >= len(iterator.items):
        return MISSING
    iterator.position += 1
    return iterator.items[iterator.position - 1]


def close(iterator: IteratorObject) -> None:
    """Let `iterator` give no more items."""
    if isinstance(iterator, PulledIterator):
        iterator.close()
    iterator.position = len(iterator.items)


def list_iterator(interpreter: Interpreter, items: list[Value]) -> PulledIterator:
    """Return an iterator over a list, which may still change."""
    position = -1

    def pull() -> Value:
        nonlocal position
        spend(interpreter)
        position += 1
        return items[position] if position < len(items) else MISSING

    return PulledIterator(pull)


def iterator_of(interpreter: Interpreter, value: Value) -> IteratorObject:
    """Return an iterator over an iterable or iterator value."""
    known(value)
    if isinstance(value, IteratorObject):
        return value
    if isinstance(value, JSObject):
        make = interpreter.get(value, SYMBOL_ITERATOR)
        made: Value = value
        if known(make) is not UNDEFINED and make is not None:
            made = known(interpreter.call(make, value, []))
        if isinstance(made, IteratorObject):
            return made
        if not isinstance(made, JSObject):
            raise type_error("Result of the Symbol.iterator method is not an object")
        return PulledIterator(_pull_by_protocol(interpreter, made))
    return list_iterator(interpreter, interpreter.iterate(value))


def _pull_by_protocol(interpreter: Interpreter, iterator: JSObject) -> Pull:
    step = interpreter.get(iterator, "next")

    def pull() -> Value:
        spend(interpreter)
        result = known(interpreter.call(step, iterator, []))
        if not isinstance(result, JSObject):
            raise type_error("Iterator result is not an object")
        if to_boolean(interpreter.get(result, "done")):
            return MISSING
        return interpreter.get(result, "value")

    return pull


def iterator_result(value: Value, *, done: bool) -> JSObject:
    """Return `{ value, done }`."""
    return JSObject({"value": value, "done": done})


# Iterator.prototype


def _this(interpreter: Interpreter, this: Value) -> IteratorObject:
    known(this)
    if isinstance(this, IteratorObject):
        return this
    if isinstance(this, JSObject) and isinstance(interpreter.get(this, "next"), JSFunction):
        return PulledIterator(_pull_by_protocol(interpreter, this))
    raise type_error("Iterator.prototype method called on an object that is no iterator")


def _next(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    iterator = receiver(this, IteratorObject, "next")
    with losing(iterator):
        item = take(iterator)
    return iterator_result(UNDEFINED if item is MISSING else item, done=item is MISSING)


def _return(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    known(this)
    if isinstance(this, IteratorObject):
        close(this)
    return iterator_result(argument(arguments, 0), done=True)


def _throw(_interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    known(this)
    if isinstance(this, IteratorObject):
        close(this)
    raise JSThrow(argument(arguments, 0))


def _map(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = -1.0

    def pull() -> Value:
        nonlocal index
        item = take(source)
        if item is MISSING:
            return MISSING
        index += 1
        return interpreter.call(function, UNDEFINED, [item, index])

    return PulledIterator(pull)


def _filter(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = -1.0

    def pull() -> Value:
        nonlocal index
        while (item := take(source)) is not MISSING:
            index += 1
            if to_boolean(interpreter.call(function, UNDEFINED, [item, index])):
                return item
        return MISSING

    return PulledIterator(pull)


def _count(interpreter: Interpreter, value: Value) -> float:
    number = to_number(interpreter, value)
    if not number > -1:
        raise js_error("RangeError", "the count must not be negative")
    return number


def _take(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    left = _count(interpreter, argument(arguments, 0))

    def pull() -> Value:
        nonlocal left
        if left < 1:
            close(source)
            return MISSING
        left -= 1
        return take(source)

    return PulledIterator(pull)


def _drop(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    left = _count(interpreter, argument(arguments, 0))

    def pull() -> Value:
        nonlocal left
        while left >= 1:
            left -= 1
            if take(source) is MISSING:
                return MISSING
        return take(source)

    return PulledIterator(pull)


def _flat_map(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = -1.0
    inner: IteratorObject | None = None

    def pull() -> Value:
        nonlocal index, inner
        while True:
            if inner is not None:
                found = take(inner)
                if found is not MISSING:
                    return found
            item = take(source)
            if item is MISSING:
                return MISSING
            index += 1
            made = known(interpreter.call(function, UNDEFINED, [item, index]))
            if not isinstance(made, JSObject):
                raise type_error("flatMap's function must return an iterable object")
            inner = iterator_of(interpreter, made)

    return PulledIterator(pull)


def _to_array(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return JSArray(complete(_this(interpreter, this)).rest())


def _for_each(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = 0.0
    while (item := take(source)) is not MISSING:
        interpreter.call(function, UNDEFINED, [item, index])
        index += 1
    return UNDEFINED


def _reduce(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = 0.0
    if len(arguments) > 1:
        result = arguments[1]
    else:
        result = take(source)
        index = 1.0
        if result is MISSING:
            raise type_error("Reduce of a done iterator with no initial value")
    while (item := take(source)) is not MISSING:
        result = interpreter.call(function, UNDEFINED, [result, item, index])
        index += 1
    return result


def _search(
    interpreter: Interpreter, this: Value, arguments: list[Value], *, wanted: bool
) -> Value:
    """Return the first item on which the predicate is `wanted`, `MISSING` if there is none."""
    source = _this(interpreter, this)
    function = callback(argument(arguments, 0))
    index = 0.0
    while (item := take(source)) is not MISSING:
        if to_boolean(interpreter.call(function, UNDEFINED, [item, index])) is wanted:
            close(source)
            return item
        index += 1
    return MISSING


def _some(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return _search(interpreter, this, arguments, wanted=True) is not MISSING


def _every(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return _search(interpreter, this, arguments, wanted=False) is MISSING


def _find(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    item = _search(interpreter, this, arguments, wanted=True)
    return UNDEFINED if item is MISSING else item


def _from(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return iterator_of(interpreter, argument(arguments, 0))


def _construct(interpreter: Interpreter, _arguments: list[Value], new_target: JSObject) -> Value:
    if new_target is ITERATOR:
        raise type_error("Abstract class Iterator not directly constructable")
    prototype = known(interpreter.get(new_target, "prototype"))
    return JSObject(prototype=prototype if isinstance(prototype, JSObject) else UNDEFINED)


def _call(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise type_error("Constructor Iterator requires 'new'")


ITERATOR: Final = define_class("Iterator", ITERATOR_PROTOTYPE, _call, _construct)

define_methods(ITERATOR, {"from": _from}, Nature.INSTANCE)
define_methods(
    ITERATOR_PROTOTYPE,
    {
        "drop": _drop,
        "filter": _filter,
        "flatMap": _flat_map,
        "map": _map,
        "next": _next,
        "return": _return,
        "take": _take,
        "throw": _throw,
        "toArray": _to_array,
    },
    Nature.INSTANCE,
)
define_methods(
    ITERATOR_PROTOTYPE, {"every": _every, "forEach": _for_each, "some": _some}, Nature.PRIMITIVE
)
define_methods(ITERATOR_PROTOTYPE, {"find": _find, "reduce": _reduce})
define(ITERATOR_PROTOTYPE, SYMBOL_ITERATOR, native("[Symbol.iterator]", returns_this))
define(ITERATOR_PROTOTYPE, SYMBOL_TO_STRING_TAG, "Iterator")
finish(ITERATOR, ITERATOR_PROTOTYPE)
