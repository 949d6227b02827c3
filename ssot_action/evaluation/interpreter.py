"""The evaluator's core: reading and writing properties, calling, constructing, iterating.

`expressions.py` and `statements.py` hold one handler a kind of node; `functions.py` runs functions
and classes; `linker.py` loads modules. Evaluation always ends: every node costs a unit of fuel and
calls may nest only so deeply.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

from ssot_action.evaluation.convert import to_property_key
from ssot_action.evaluation.values import (
    ARRAY_PROTOTYPE,
    BIGINT_PROTOTYPE,
    BOOLEAN_PROTOTYPE,
    ERROR_PROTOTYPE,
    FUNCTION_PROTOTYPE,
    ITERATOR_PROTOTYPE,
    LARGEST_GAP,
    MAP_PROTOTYPE,
    MISSING,
    NUMBER_PROTOTYPE,
    OBJECT_PROTOTYPE,
    PROMISE_PROTOTYPE,
    REGEXP_PROTOTYPE,
    SET_PROTOTYPE,
    STRING_PROTOTYPE,
    SYMBOL_ITERATOR,
    SYMBOL_PROTOTYPE,
    UNDEFINED,
    Accessor,
    IteratorObject,
    JSArray,
    JSFunction,
    JSObject,
    MapObject,
    NativeFunction,
    Nature,
    PropertyKey,
    SetObject,
    Symbol,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    is_array_index,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssot_action.evaluation.generators import GeneratorObject
    from ssot_action.evaluation.scope import Scope
    from ssot_action.syntax import nodes as n

# Units of fuel: one a node evaluated. The first bounds one statement at the top of a module, the
# second all that a run may spend on statements that came to their bound.
FUEL_PER_STATEMENT = 1_000_000
FUEL_IN_ALL = 4_000_000
FUEL_WHEN_SHORT = 2_000
# Joining strings costs a unit for this many characters.
CHARACTERS_PER_STEP = 16
MAXIMAL_CALL_DEPTH = 250
MAXIMAL_ITERATIONS = 200_000


class BudgetExceeded(Exception):
    """Raised when evaluation costs more than it may; no program can catch it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Evaluate: TypeAlias = "Callable[[Interpreter, n.Expression, Scope], Value]"

EXPRESSION_HANDLERS: dict[type, Callable[..., Value]] = {}
STATEMENT_HANDLERS: dict[type, Callable[..., object]] = {}


class Interpreter:
    """Evaluates expressions and statements in scopes.

    Attributes:
        globals: the variables every module sees.
        fuel: what the statement under evaluation may still spend.
    """

    def __init__(self, global_variables: dict[str, Value]) -> None:
        self.globals = global_variables
        self.fuel = FUEL_PER_STATEMENT
        self.fuel_in_all = FUEL_IN_ALL
        self.depth = 0

    def allowance(self) -> int:
        """Return the fuel of the next statement: little once too many came to their bound."""
        return FUEL_PER_STATEMENT if self.fuel_in_all > 0 else FUEL_WHEN_SHORT

    def spend(self, amount: int) -> None:
        """Pay for work that grows with the size of a value, such as copying it."""
        self.fuel -= amount
        if self.fuel < 0:
            raise BudgetExceeded("its evaluation takes too many steps")

    # Evaluation

    def evaluate(self, node: n.Expression, scope: Scope) -> Value:
        """Return the value of `node`.

        Raises:
            JSThrow: the program throws.
            UnknownOutcome: what happens depends on something unknown.
            BudgetExceeded: it costs too much.
        """
        self.fuel -= 1
        if self.fuel < 0:
            raise BudgetExceeded("its evaluation takes too many steps")
        return EXPRESSION_HANDLERS[type(node)](self, node, scope)

    def execute(self, node: n.Statement, scope: Scope) -> object:
        """Run `node`; return its completion, None when it ends normally."""
        self.fuel -= 1
        if self.fuel < 0:
            raise BudgetExceeded("its evaluation takes too many steps")
        return STATEMENT_HANDLERS[type(node)](self, node, scope)

    def unknown(
        self,
        code: UnknownCode,
        reason: str,
        scope: Scope,
        at: int,
        nature: Nature = Nature.ANYTHING,
    ) -> Unknown:
        """Return an unknown whose cause stands at offset `at` of the module of `scope`."""
        module = scope.context.module
        return Unknown(code, reason, module.path, module.line_of(at), nature)

    def located(self, unknown: Unknown, scope: Scope, at: int) -> Unknown:
        """Return `unknown` with a place, this one if it has none."""
        module = scope.context.module
        if unknown.file or module.is_model:
            return unknown
        return Unknown(
            unknown.code, unknown.reason, module.path, module.line_of(at), unknown.nature
        )

    # Properties

    def get(self, value: Value, key: PropertyKey) -> Value:
        """Return `value[key]`."""
        if isinstance(value, JSObject):
            return self._get_from(value, key, value)
        if isinstance(value, str):
            return self._get_of_string(value, key)
        if isinstance(value, Unknown):
            return value.with_nature(Nature.ANYTHING)
        prototype = _prototype_of_primitive(value)
        if prototype is None:
            word = "null" if value is None else "undefined"
            name = key if isinstance(key, str) else repr(key)
            raise type_error(f"Cannot read properties of {word} (reading '{name}')")
        return self._get_from(prototype, key, value)

    def _get_from(self, start: JSObject, key: PropertyKey, receiver: Value) -> Value:
        current: JSObject | None = start
        while current is not None:
            found = current.get_own(key)
            if found is not MISSING:
                if type(found) is Accessor:
                    if found.getter is UNDEFINED:
                        return UNDEFINED
                    return self.call(found.getter, receiver, [])
                return found
            if current.incomplete is not None:
                return current.incomplete
            current = current.prototype
        if key == "__proto__" and isinstance(receiver, JSObject):
            return receiver.prototype
        return UNDEFINED

    def get_super(self, home: JSObject, key: PropertyKey, this: Value) -> Value:
        """Return `super[key]` for a method of `home`."""
        return UNDEFINED if home.prototype is None else self._get_from(home.prototype, key, this)

    def _get_of_string(self, text: str, key: PropertyKey) -> Value:
        if isinstance(key, str):
            if key == "length":
                return float(utf16_length(text))
            if is_array_index(key):
                units = utf16_units(text)
                index = int(key)
                return units[index] if index < len(units) else UNDEFINED
        return self._get_from(STRING_PROTOTYPE, key, text)

    def get_index(self, value: Value, index: Value) -> Value:
        """Return `value[index]` for any index value."""
        if isinstance(index, Unknown):
            return index.with_nature(Nature.ANYTHING)
        if isinstance(value, Unknown):
            return value.with_nature(Nature.ANYTHING)
        return self.get(value, to_property_key(self, index))

    def has(self, value: JSObject, key: PropertyKey) -> bool:
        """Return `key in value`."""
        from ssot_action.evaluation.proxies import ProxyObject

        current: JSObject | None = value
        while current is not None:
            if isinstance(current, ProxyObject):
                return current.has(key)
            if current.get_own(key) is not MISSING:
                return True
            if current.incomplete is not None:
                raise UnknownOutcome(current.incomplete)
            current = current.prototype
        return False

    def set(self, target: Value, key: PropertyKey, value: Value) -> None:
        """Do `target[key] = value`."""
        if not isinstance(target, JSObject):
            if target is None or target is UNDEFINED:
                word = "null" if target is None else "undefined"
                raise type_error(f"Cannot set properties of {word}")
            return
        current: JSObject | None = target
        while current is not None:
            found = current.get_own(key)
            if found is not MISSING:
                if type(found) is Accessor:
                    if found.setter is not UNDEFINED:
                        self.call(found.setter, target, [value])
                    return
                break
            current = current.prototype
        if key == "__proto__" and (value is None or isinstance(value, JSObject)):
            self._set_prototype(target, value)
        elif not target.is_frozen:
            if isinstance(target, JSArray) and isinstance(key, str) and is_array_index(key):
                self.spend(min(LARGEST_GAP, max(0, int(key) - len(target.items))))
            target.set_own(key, value)
        elif not is_intrinsic(target):
            raise type_error("Cannot assign to read only property of object")

    def _set_prototype(self, target: JSObject, prototype: JSObject | None) -> None:
        current = prototype
        while current is not None:
            if current is target:
                raise type_error("Cyclic __proto__ value")
            current = current.prototype
        target.prototype = prototype

    def own_keys(self, value: JSObject) -> list[PropertyKey]:
        """Return the own enumerable string keys; unknown when some may be missing."""
        if value.incomplete is not None:
            raise UnknownOutcome(value.incomplete)
        return value.own_keys()

    def own_entries(self, value: JSObject) -> list[tuple[PropertyKey, Value]]:
        """Return the own enumerable string keys with their values."""
        return [(key, self.get(value, key)) for key in self.own_keys(value)]

    # Calls

    def call(self, function: Value, this: Value, arguments: list[Value]) -> Value:
        """Return `function.call(this, ...arguments)`; unknown if it depends on an unknown."""
        if isinstance(function, NativeFunction):
            try:
                return function.code(self, this, arguments)
            except UnknownOutcome as outcome:
                return outcome.unknown
        if isinstance(function, Closure):
            return self.call_closure(function, this, arguments)
        if isinstance(function, Unknown):
            self.escape([this, *arguments], function)
            return function.with_nature(Nature.ANYTHING)
        if isinstance(function, JSFunction):
            return function.call(self, this, arguments)  # type: ignore[attr-defined]
        raise type_error(f"{describe(function)} is not a function")

    def call_closure(self, function: Closure, this: Value, arguments: list[Value]) -> Value:
        """Run a function of the program."""
        from ssot_action.evaluation.functions import run_closure

        self.enter()
        try:
            return run_closure(self, function, this, arguments)
        finally:
            self.depth -= 1

    def construct(
        self, function: Value, arguments: list[Value], new_target: Value = UNDEFINED
    ) -> Value:
        """Return `new function(...arguments)`."""
        from ssot_action.evaluation.functions import construct_closure
        from ssot_action.evaluation.proxies import ProxyObject

        if isinstance(function, Unknown):
            self.escape(arguments, function)
            return function.with_nature(Nature.INSTANCE)
        target = function if new_target is UNDEFINED else new_target
        if isinstance(function, NativeFunction) and function.constructor is not None:
            if not isinstance(target, JSObject):
                raise type_error("not a constructor")
            try:
                return function.constructor(self, arguments, target)
            except UnknownOutcome as outcome:
                return outcome.unknown
        if isinstance(function, ProxyObject):
            return function.construct(self, arguments)
        if isinstance(function, Closure) and isinstance(target, JSFunction):
            self.enter()
            try:
                return construct_closure(self, function, arguments, target)
            finally:
                self.depth -= 1
        raise type_error(f"{describe(function)} is not a constructor")

    def enter(self) -> None:
        """Count one more call that is not over yet."""
        self.depth += 1
        if self.depth > MAXIMAL_CALL_DEPTH:
            self.depth -= 1
            raise BudgetExceeded("its evaluation recurs too deeply")

    def escape(self, values: list[Value], cause: Unknown) -> None:
        """Note that code we cannot read got hold of `values` and may have changed them.

        Only values that are made to be added to, such as routers and schedules, are taken to be
        changed: configuration objects are passed everywhere and hardly ever written to.
        """
        for value in values:
            if isinstance(value, JSObject):
                on_escape = getattr(value, "on_escape", None)
                if on_escape is not None:
                    on_escape(cause)

    # Iteration

    def iterate(self, value: Value) -> list[Value]:
        """Return what `[...value]` holds.

        Raises:
            UnknownOutcome: the elements cannot be known.
            JSThrow: `value` is not iterable.
        """
        if isinstance(value, Unknown):
            raise UnknownOutcome(value)
        if isinstance(value, JSObject):
            if value.incomplete is not None:
                raise UnknownOutcome(value.incomplete)
            if isinstance(value, JSArray):
                return list(value.items)
            if isinstance(value, SetObject):
                return list(value.entries.values())
            if isinstance(value, MapObject):
                return [JSArray([key, item]) for key, item in value.entries.values()]
            if isinstance(value, IteratorObject):
                return value.rest()
            return self._iterate_by_protocol(value)
        if isinstance(value, str):
            return list(value)
        raise type_error(f"{describe(value)} is not iterable")

    def each(self, value: Value) -> Iterator[Value]:
        """Return what `for (const x of value)` visits, seeing what its body adds meanwhile.

        Raises what `iterate` raises, before the first element.
        """
        from ssot_action.evaluation.generators import GeneratorObject

        if type(value) is JSArray and value.incomplete is None:
            return self._each_element(value)
        if isinstance(value, SetObject | MapObject) and value.incomplete is None:
            return self._each_entry(value)
        if isinstance(value, GeneratorObject):
            return _each_yielded(value)
        return iter(self.iterate(value))

    def _each_element(self, array: JSArray) -> Iterator[Value]:
        index = 0
        while index < len(array.items):
            yield array.items[index]
            index += 1

    def _each_entry(self, collection: SetObject | MapObject) -> Iterator[Value]:
        visited: set[object] = set()
        while fresh := [key for key in collection.entries if key not in visited]:
            self.spend(len(collection.entries))
            for key in fresh:
                visited.add(key)
                if key in collection.entries:
                    entry = collection.entries[key]
                    yield JSArray(list(entry)) if isinstance(entry, tuple) else entry

    def _iterate_by_protocol(self, value: JSObject) -> list[Value]:
        make = self.get(value, SYMBOL_ITERATOR)
        if isinstance(make, Unknown):
            raise UnknownOutcome(make)
        if not isinstance(make, JSFunction):
            raise type_error("object is not iterable")
        iterator = self.call(make, value, [])
        if isinstance(iterator, JSArray | SetObject | MapObject | IteratorObject | Unknown):
            return self.iterate(iterator)
        items: list[Value] = []
        step = self.get(iterator, "next")
        while True:
            result = self.call(step, iterator, [])
            if isinstance(result, Unknown):
                raise UnknownOutcome(result)
            done = self.get(result, "done")
            if isinstance(done, Unknown):
                raise UnknownOutcome(done)
            if done is True:
                return items
            items.append(self.get(result, "value"))
            if len(items) > MAXIMAL_ITERATIONS:
                raise BudgetExceeded("an iterator gives too many values")


def _each_yielded(generator: GeneratorObject) -> Iterator[Value]:
    try:
        while (item := generator.take()) is not MISSING:
            yield item
    finally:
        generator.close()


class Closure(JSFunction):
    """A function or class of the program.

    Attributes:
        node: its syntax; for a class without a constructor None.
        scope: where it was made.
        name: its `name` property.
        home: the object it is a method of.
        class_: what makes it a class, None for a plain function.
    """

    __slots__ = ("class_", "home", "name", "node", "scope")

    def __init__(self, node: n.Function | None, scope: Scope, name: str) -> None:
        super().__init__()
        self.node = node
        self.scope = scope
        self.name = name
        self.home: JSObject | None = None
        self.class_: ClassPart | None = None

    def get_own(self, key: PropertyKey) -> Value:
        found = self.properties.get(key, MISSING)
        if found is not MISSING:
            return found
        if key == "prototype":
            if self.node is not None and (self.node.is_arrow or self.node.is_async):
                return MISSING
            prototype = JSObject({"constructor": self})
            prototype.hide("constructor")
            self.properties["prototype"] = prototype
            self.hide("prototype")
            return prototype
        if key == "name":
            return self.name
        if key == "length":
            return float(self._count_parameters())
        return MISSING

    def _count_parameters(self) -> int:
        if self.node is None:
            return 0
        count = 0
        for parameter in self.node.code().parameters:
            if parameter.is_rest or parameter.default is not None:
                break
            count += 1
        return count


class ClassPart:
    """What a class has beyond its constructor function."""

    __slots__ = ("fields", "is_derived", "parent")

    def __init__(self, parent: Value, *, is_derived: bool) -> None:
        self.parent = parent
        self.is_derived = is_derived
        self.fields: list[tuple[PropertyKey, n.Expression | None, Scope]] = []


def describe(value: Value) -> str:
    """Return a word for `value`, for messages."""
    if value is None:
        return "null"
    if isinstance(value, JSFunction):
        return "a function"
    if isinstance(value, JSObject):
        return "an object"
    return "undefined" if value is UNDEFINED else f"a {type(value).__name__}"


_INTRINSIC_PROTOTYPES = frozenset(
    id(prototype)
    for prototype in (
        ARRAY_PROTOTYPE,
        FUNCTION_PROTOTYPE,
        NUMBER_PROTOTYPE,
        STRING_PROTOTYPE,
        BOOLEAN_PROTOTYPE,
        BIGINT_PROTOTYPE,
        SYMBOL_PROTOTYPE,
        OBJECT_PROTOTYPE,
        ERROR_PROTOTYPE,
        ITERATOR_PROTOTYPE,
        MAP_PROTOTYPE,
        PROMISE_PROTOTYPE,
        REGEXP_PROTOTYPE,
        SET_PROTOTYPE,
    )
)


def is_intrinsic(value: JSObject) -> bool:
    """Tell whether `value` is an object of the language, which a program may not change here."""
    return isinstance(value, NativeFunction) or id(value) in _INTRINSIC_PROTOTYPES


def _prototype_of_primitive(value: Value) -> JSObject | None:
    if isinstance(value, bool):
        return BOOLEAN_PROTOTYPE
    if isinstance(value, float):
        return NUMBER_PROTOTYPE
    if isinstance(value, int):
        return BIGINT_PROTOTYPE
    if isinstance(value, Symbol):
        return SYMBOL_PROTOTYPE
    return None


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of `text`, which is its `length`."""
    return len(text) if text.isascii() else len(utf16_units(text))


def utf16_units(text: str) -> str:
    """Return `text` with characters outside the basic plane as surrogate pairs."""
    return text if text.isascii() else _split_pairs(text)


# Kept for the text a loop is walking through: it asks for length and units at each step.
@functools.lru_cache(maxsize=16)
def _split_pairs(text: str) -> str:
    return _ASTRAL.sub(_split_pair, text)


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def _split_pair(match: re.Match[str]) -> str:
    offset = ord(match.group()) - 0x10000
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))
