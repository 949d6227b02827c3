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
    MISSING,
    UNDEFINED,
    JSArray,
    JSObject,
    Nature,
    PropertyKey,
    Undefined,
    UnknownCode,
    Value,
    is_array_index,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.evaluation.interpreter import Interpreter


class SparseArray(JSArray):
    """An array some of whose elements may be missing, such as `new Array(3)`.

    Attributes:
        holes: the indexes of the missing elements; `items` has `UNDEFINED` there.
    """

    __slots__ = ("holes",)

    def __init__(self, items: list[Value], holes: set[int]) -> None:
        super().__init__(items)
        self.holes = holes

    def has_hole(self, index: int) -> bool:
        """Tell whether the element `index` is missing."""
        return index in self.holes and self.items[index] is UNDEFINED

    def get_own(self, key: PropertyKey) -> Value:
        """Return the own property `key`."""
        found = super().get_own(key)
        if found is UNDEFINED and isinstance(key, str) and is_array_index(key):
            return MISSING if int(key) in self.holes else found
        return found

    def set_own(self, key: PropertyKey, value: Value) -> None:
        """Set the own property `key`."""
        before = len(self.items)
        super().set_own(key, value)
        self.holes.update(range(before, len(self.items)))
        if isinstance(key, str) and is_array_index(key):
            self.holes.discard(int(key))
        self.holes = {index for index in self.holes if index < len(self.items)}

    def delete_own(self, key: PropertyKey) -> None:
        """Remove the own property `key`."""
        super().delete_own(key)
        if isinstance(key, str) and is_array_index(key) and int(key) < len(self.items):
            self.holes.add(int(key))

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own keys."""
        return [
            key
            for key in super().own_keys()
            if not (isinstance(key, str) and is_array_index(key) and self.has_hole(int(key)))
        ]


def has_holes(array: JSArray) -> bool:
    """Tell whether an element of `array` is missing."""
    return isinstance(array, SparseArray) and any(map(array.has_hole, array.holes))


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
        if not (isinstance(this, SparseArray) and this.has_hole(index)):
            yield index, this.items[index]


def present_backwards(interpreter: Interpreter, this: Value) -> Iterator[tuple[int, Value]]:
    """Give index and value of the elements that are there, from the last to the first."""
    items = elements(interpreter, this)
    for index in range(len(items) - 1, -1, -1):
        spend(interpreter)
        if isinstance(this, JSArray):
            complete(this)
        is_hole = isinstance(this, SparseArray) and index < len(items) and this.has_hole(index)
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
    return SparseArray(items, holes) if holes else JSArray(items)


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
    if not isinstance(this, SparseArray):
        return set()
    return {index - start for index in this.holes if start <= index < end and this.has_hole(index)}


def check_length(array: JSArray, more: int) -> None:
    """Refuse to let `array` grow without end."""
    bounded(len(array.items) + more)
