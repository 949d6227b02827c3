"""The values of evaluated programs.

ECMAScript's primitives are Python's: `str`, `bool`, `float` (number), `int` (bigint), `None`
(null), and `UNDEFINED`. Objects are instances of `JSObject` and its subclasses here and in the
packages `builtins` and `convex`. What cannot be known is an `Unknown`, an ordinary value that flows
to where it matters and says there why it is unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action.syntax.nodes import PrivateName

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

Value: TypeAlias = object


class Undefined:
    """The type of `UNDEFINED`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()


class UnknownCode(StrEnum):
    """Why a value is unknown; the codes of a contract's `unresolved` entries."""

    ENVIRONMENT = "environment"
    PACKAGE = "package-not-modelled"
    IMPORT = "import-not-found"
    SYNTAX = "syntax-not-supported"
    RUNTIME = "runtime-value"
    BUDGET = "budget-exceeded"
    CONDITION = "condition-unknown"
    FAILED = "evaluation-failed"
    MODEL = "model-incomplete"


class Nature(StrEnum):
    """What is known of an unknown value all the same."""

    ANYTHING = "anything"
    PRIMITIVE = "primitive"
    INSTANCE = "instance"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be known without running the program.

    Attributes:
        code: the kind of cause.
        reason: the cause, as a clause that ends an explanation.
        file: where the cause stands, relative to the repository; "" if nowhere.
        line: line there, from 1; 0 if nowhere.
        nature: what is known all the same: a primitive, or an instance of an unread class, cannot
            be a Convex function.
    """

    code: UnknownCode
    reason: str
    file: str = ""
    line: int = 0
    nature: Nature = Nature.ANYTHING

    def with_nature(self, nature: Nature) -> Unknown:
        """Return the same unknown, with `nature` known of it."""
        if nature is self.nature:
            return self
        return Unknown(self.code, self.reason, self.file, self.line, nature)


class UnknownOutcome(Exception):
    """Raised where a computation needs a value that is unknown; the result is that unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


class GeneratorReturn(Exception):
    """Raised in a generator that is left before its end; its `finally` blocks still run."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class JSThrow(Exception):
    """An exception of the evaluated program."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


def type_error(message: str) -> JSThrow:
    """Return the throw of a `TypeError`."""
    return js_error("TypeError", message)


def js_error(name: str, message: str) -> JSThrow:
    """Return the throw of an error object of the built-in class `name`."""
    error = JSObject({"message": message}, ERROR_PROTOTYPES.get(name, ERROR_PROTOTYPE))
    error.hide("message")
    return JSThrow(error)


def thrown_message(thrown: Value) -> str:
    """Return what a thrown value says, for people."""
    if isinstance(thrown, JSObject):
        message = thrown.get_own("message")
        return message if isinstance(message, str) else "an object was thrown"
    return str(thrown)


class Symbol:
    """A symbol; two of the same description are two symbols."""

    __slots__ = ("description",)

    def __init__(self, description: str) -> None:
        self.description = description

    def __repr__(self) -> str:
        return f"Symbol({self.description})"


SYMBOL_ITERATOR: Final = Symbol("Symbol.iterator")
SYMBOL_ASYNC_ITERATOR: Final = Symbol("Symbol.asyncIterator")
SYMBOL_HAS_INSTANCE: Final = Symbol("Symbol.hasInstance")
SYMBOL_TO_PRIMITIVE: Final = Symbol("Symbol.toPrimitive")
SYMBOL_TO_STRING_TAG: Final = Symbol("Symbol.toStringTag")

PropertyKey: TypeAlias = str | Symbol | PrivateName


class Accessor:
    """A property with a getter or a setter."""

    __slots__ = ("getter", "setter")

    def __init__(self, getter: Value = UNDEFINED, setter: Value = UNDEFINED) -> None:
        self.getter = getter
        self.setter = setter


class JSObject:
    """An object.

    Attributes:
        properties: own properties in order of creation; a value may be an `Accessor`.
        prototype: where a property that is missing here is looked for.
        incomplete: set when properties may be missing or overwritten for an unknown reason, such
            as a spread of something unknown: then a missing property is unknown, not undefined.
        is_frozen: writes are ignored (intrinsic objects, `Object.freeze`).
        hidden: own keys that are not enumerable.
    """

    __slots__ = ("hidden", "incomplete", "is_frozen", "properties", "prototype")

    type_name = "object"

    def __init__(
        self,
        properties: dict[PropertyKey, Value] | None = None,
        prototype: JSObject | Undefined | None = UNDEFINED,
    ) -> None:
        self.properties: dict[PropertyKey, Value] = {} if properties is None else properties
        self.prototype: JSObject | None = (
            OBJECT_PROTOTYPE if isinstance(prototype, Undefined) else prototype
        )
        self.incomplete: Unknown | None = None
        self.is_frozen = False
        self.hidden: set[PropertyKey] | None = None

    def get_own(self, key: PropertyKey) -> Value:
        """Return the own property `key` (maybe an `Accessor`), `MISSING` if there is none."""
        return self.properties.get(key, MISSING)

    def set_own(self, key: PropertyKey, value: Value) -> None:
        """Set the own property `key`."""
        self.properties[key] = value

    def delete_own(self, key: PropertyKey) -> None:
        """Remove the own property `key`."""
        self.properties.pop(key, None)

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own string keys as ECMAScript orders them."""
        keys = ordered_keys(self.properties)
        return keys if self.hidden is None else [key for key in keys if key not in self.hidden]

    def lose(self, cause: Unknown) -> None:
        """Note that properties may be missing or overwritten because of `cause`."""
        if self.incomplete is None:
            self.incomplete = cause.with_nature(Nature.ANYTHING)

    def hide(self, key: PropertyKey) -> None:
        """Make the own property `key` not enumerable."""
        if self.hidden is None:
            self.hidden = set()
        self.hidden.add(key)


class _Missing:
    """The type of `MISSING`."""

    __slots__ = ()


MISSING: Final = _Missing()


def ordered_keys(properties: dict[PropertyKey, Value]) -> list[PropertyKey]:
    """Return the string keys of `properties`: integer keys ascending, then the others in order."""
    keys = [key for key in properties if type(key) is str]
    indexes = [key for key in keys if is_array_index(key)]
    if not indexes:
        return list(keys)
    indexes.sort(key=int)
    return [*indexes, *[key for key in keys if not is_array_index(key)]]


def is_array_index(key: str) -> bool:
    """Tell whether `key` is a canonical array index, such as "0" or "17", not "01"."""
    first = key[:1]
    if not "0" <= first <= "9" or not key.isascii() or not key.isdigit():
        return False
    if first == "0":
        return len(key) == 1
    return len(key) < _DIGITS_OF_INDEX or int(key) < _LARGEST_INDEX


_LARGEST_INDEX = 2**32 - 1
_DIGITS_OF_INDEX = 10

OBJECT_PROTOTYPE: Final = JSObject({}, None)
FUNCTION_PROTOTYPE: Final = JSObject()
ARRAY_PROTOTYPE: Final = JSObject()
STRING_PROTOTYPE: Final = JSObject()
NUMBER_PROTOTYPE: Final = JSObject()
BOOLEAN_PROTOTYPE: Final = JSObject()
BIGINT_PROTOTYPE: Final = JSObject()
SYMBOL_PROTOTYPE: Final = JSObject()
ERROR_PROTOTYPE: Final = JSObject()
ERROR_PROTOTYPES: Final[dict[str, JSObject]] = {
    name: JSObject({"name": name}, ERROR_PROTOTYPE)
    for name in (
        "TypeError",
        "RangeError",
        "SyntaxError",
        "ReferenceError",
        "EvalError",
        "URIError",
    )
}
PROMISE_PROTOTYPE: Final = JSObject()
MAP_PROTOTYPE: Final = JSObject()
SET_PROTOTYPE: Final = JSObject()
REGEXP_PROTOTYPE: Final = JSObject()
ITERATOR_PROTOTYPE: Final = JSObject()


class JSArray(JSObject):
    """An array.

    Attributes:
        items: its elements; a missing one is `UNDEFINED` here.
        holes: the indexes of missing elements, empty for nearly all arrays.
    """

    __slots__ = ("holes", "items")

    def __init__(self, items: list[Value] | None = None) -> None:
        super().__init__(None, ARRAY_PROTOTYPE)
        self.items: list[Value] = [] if items is None else items
        self.holes: set[int] = _NO_HOLES

    def has_hole(self, index: int) -> bool:
        """Tell whether the element `index` is missing."""
        return index in self.holes and self.items[index] is UNDEFINED

    def add_holes(self, indexes: Iterable[int]) -> None:
        """Note that the elements at `indexes`, which are `UNDEFINED` in `items`, are missing."""
        self.holes = {*self.holes, *indexes}

    def get_own(self, key: PropertyKey) -> Value:
        if isinstance(key, str):
            if is_array_index(key):
                if self.incomplete is not None:
                    return self.incomplete
                index = int(key)
                if index >= len(self.items) or (self.holes and self.has_hole(index)):
                    return MISSING
                return self.items[index]
            if key == "length":
                return float(len(self.items)) if self.incomplete is None else self.incomplete
        return self.properties.get(key, MISSING)

    def set_own(self, key: PropertyKey, value: Value) -> None:
        if isinstance(key, str):
            if is_array_index(key):
                self._set_index(int(key), value)
                return
            if key == "length":
                self._set_length(value)
                return
        self.properties[key] = value

    def _set_index(self, index: int, value: Value) -> None:
        length = len(self.items)
        if index - length > LARGEST_GAP:
            raise js_error("RangeError", "an array index this large is not supported")
        if index >= length:
            self.items.extend([UNDEFINED] * (index + 1 - length))
            if index > length:
                self.add_holes(range(length, index))
        self.items[index] = value
        if index in self.holes:
            self.holes = self.holes - {index}

    def _set_length(self, value: Value) -> None:
        length = int(value) if isinstance(value, float) and value >= 0 else 0
        before = len(self.items)
        if length <= before:
            del self.items[length:]
            self.holes = {index for index in self.holes if index < length}
        elif length - before <= LARGEST_GAP:
            self.items.extend([UNDEFINED] * (length - before))
            self.add_holes(range(before, length))

    def delete_own(self, key: PropertyKey) -> None:
        if isinstance(key, str) and is_array_index(key):
            index = int(key)
            if index < len(self.items):
                self.items[index] = UNDEFINED
                self.add_holes((index,))
            return
        self.properties.pop(key, None)

    def own_keys(self) -> list[PropertyKey]:
        present = [str(index) for index in range(len(self.items)) if not self.has_hole(index)]
        return [*present, *super().own_keys()]


# Shared by all arrays without holes; never changed in place.
_NO_HOLES: set[int] = set()
LARGEST_GAP = 10_000

NativeCode: TypeAlias = Callable[["Interpreter", Value, list[Value]], Value]
NativeConstructor: TypeAlias = Callable[["Interpreter", list[Value], "JSObject"], Value]


class JSFunction(JSObject):
    """Anything that can be called; the subclasses say how."""

    __slots__ = ()

    type_name = "function"

    def __init__(self) -> None:
        super().__init__(None, FUNCTION_PROTOTYPE)


class NativeFunction(JSFunction):
    """A function of the host.

    Attributes:
        name: as the program sees it.
        code: called with the interpreter, `this` and the arguments. It may raise `JSThrow` and
            `UnknownOutcome`.
        constructor: called for `new`, with the interpreter, the arguments and `new.target`; None
            when the function is no constructor.
    """

    __slots__ = ("code", "constructor", "name")

    def __init__(
        self, name: str, code: NativeCode, constructor: NativeConstructor | None = None
    ) -> None:
        super().__init__()
        self.name = name
        self.code = code
        self.constructor = constructor

    def get_own(self, key: PropertyKey) -> Value:
        if key == "name" and "name" not in self.properties:
            return self.name
        return self.properties.get(key, MISSING)


class PromiseObject(JSObject):
    """A promise that is settled already: async functions are evaluated on the spot."""

    __slots__ = ("is_rejected", "value")

    def __init__(self, value: Value, *, is_rejected: bool = False) -> None:
        super().__init__(None, PROMISE_PROTOTYPE)
        self.value = value
        self.is_rejected = is_rejected


class MapObject(JSObject):
    """A Map; `entries` maps `map_key(key)` to (key, value), in order of insertion."""

    __slots__ = ("entries",)

    def __init__(self, prototype: JSObject = MAP_PROTOTYPE) -> None:
        super().__init__(None, prototype)
        self.entries: dict[object, tuple[Value, Value]] = {}


class SetObject(JSObject):
    """A Set; `entries` maps `map_key(value)` to the value, in order of insertion."""

    __slots__ = ("entries",)

    def __init__(self, prototype: JSObject = SET_PROTOTYPE) -> None:
        super().__init__(None, prototype)
        self.entries: dict[object, Value] = {}


def map_key(value: Value) -> object:
    """Return a hashable that is equal for two values exactly when SameValueZero holds."""
    if isinstance(value, float):
        return ("number", "NaN") if math.isnan(value) else ("number", value + 0.0)
    if isinstance(value, str | bool | int):
        return (type(value).__name__, value)
    return ("identity", id(value))


class IteratorObject(JSObject):
    """What an iterator-making method returns: the remaining items, known in full."""

    __slots__ = ("items", "position")

    def __init__(self, items: list[Value]) -> None:
        super().__init__(None, ITERATOR_PROTOTYPE)
        self.items = items
        self.position = 0

    def rest(self) -> list[Value]:
        """Return what was not taken yet, and take it."""
        items = self.items[self.position :]
        self.position = len(self.items)
        return items


class RegExpObject(JSObject):
    """A regular expression, as written."""

    __slots__ = ("flags", "source")

    def __init__(self, source: str, flags: str) -> None:
        super().__init__(None, REGEXP_PROTOTYPE)
        self.source = source
        self.flags = flags
