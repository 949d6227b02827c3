"""How the built-in objects are put together: natives, prototypes, and what unknowns do to them.

A native is written plainly: it reads its arguments, and where one is unknown the conversion raises
`UnknownOutcome`, which makes the call's result unknown. What a native may not do is to leave a
receiver looking complete when its effect is unknown; `losing` and `forget` see to that.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ssot_action.evaluation.interpreter import BudgetExceeded, describe, utf16_units
from ssot_action.evaluation.proxies import ProxyObject
from ssot_action.evaluation.values import (
    BIGINT_PROTOTYPE,
    BOOLEAN_PROTOTYPE,
    MISSING,
    NUMBER_PROTOTYPE,
    STRING_PROTOTYPE,
    SYMBOL_PROTOTYPE,
    UNDEFINED,
    Accessor,
    JSArray,
    JSFunction,
    JSObject,
    MapObject,
    NativeCode,
    NativeConstructor,
    NativeFunction,
    Nature,
    PropertyKey,
    RegExpObject,
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
    from collections.abc import Iterator, Mapping

    from ssot_action.evaluation.interpreter import Interpreter

# The most elements or characters one call may make.
LARGEST_RESULT = 1_000_000

_Object = TypeVar("_Object", bound=JSObject)


def argument(arguments: list[Value], index: int) -> Value:
    """Return an argument, undefined where none was given."""
    return arguments[index] if index < len(arguments) else UNDEFINED


def spend(interpreter: Interpreter, units: int = 1) -> None:
    """Pay for work over the program's data."""
    interpreter.fuel -= units
    if interpreter.fuel < 0:
        raise BudgetExceeded("its evaluation takes too many steps")


@contextmanager
def nested(interpreter: Interpreter) -> Iterator[None]:
    """Count one level of recursion into the program's data."""
    interpreter.enter()
    try:
        yield
    finally:
        interpreter.depth -= 1


def bounded(size: int) -> int:
    """Return `size` if a result may be that large."""
    if size > LARGEST_RESULT:
        raise BudgetExceeded("its evaluation makes too large a value")
    return size


def unknown_outcome(
    reason: str,
    nature: Nature = Nature.ANYTHING,
    code: UnknownCode = UnknownCode.RUNTIME,
) -> UnknownOutcome:
    """Return the outcome to raise when the host cannot tell the answer."""
    return UnknownOutcome(Unknown(code, reason, nature=nature))


def known(value: Value) -> Value:
    """Return `value`; raises when it is unknown."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    return value


def receiver(this: Value, type_: type[_Object], method: str) -> _Object:
    """Return `this`, which must be of a certain type."""
    if isinstance(this, Unknown):
        raise UnknownOutcome(this)
    if not isinstance(this, type_):
        message = f"{method} called on incompatible receiver"
        raise type_error(message)
    return this


def complete(target: _Object) -> _Object:
    """Return `target`; raises when something about its contents is unknown."""
    if target.incomplete is not None:
        raise UnknownOutcome(target.incomplete)
    return target


def forget(target: JSObject, unknown: Unknown) -> None:
    """Note that anything may have happened to the contents of `target`."""
    if target.is_frozen and not isinstance(target, MapObject | SetObject):
        return
    unknown = unknown.with_nature(Nature.ANYTHING)
    target.incomplete = target.incomplete or unknown
    hidden = target.hidden or ()
    for key in target.properties:
        if key not in hidden:
            target.properties[key] = unknown
    if isinstance(target, JSArray):
        target.items[:] = [unknown] * len(target.items)


@contextmanager
def losing(target: Value) -> Iterator[None]:
    """Forget the contents of `target` when the block cannot know its effect."""
    try:
        yield
    except UnknownOutcome as outcome:
        if isinstance(target, JSObject):
            forget(target, outcome.unknown)
        raise


def is_callable(value: Value) -> bool:
    """Tell whether `value` can be called; a proxy can if its target can."""
    return isinstance(value, JSFunction) and value.type_name == "function"


def callback(value: Value) -> Value:
    """Return `value`, which must be callable or unknown."""
    if isinstance(value, JSFunction | Unknown):
        return value
    message = f"{describe(value)} is not a function"
    raise type_error(message)


# Definitions


def define(target: JSObject, key: PropertyKey, value: Value) -> None:
    """Give `target` a property as the standard library has them: not enumerable."""
    target.properties[key] = value
    target.hide(key)


def native(name: str, code: NativeCode, nature: Nature = Nature.ANYTHING) -> NativeFunction:
    """Return a native function; `nature` is what is known of its result in any case."""
    function = NativeFunction(name, _with_nature(code, nature))
    function.is_frozen = True
    return function


def _with_nature(code: NativeCode, nature: Nature) -> NativeCode:
    """Return `code` with results that have its own nature, not that of what made them unknown."""

    def run(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        try:
            return code(interpreter, this, arguments)
        except UnknownOutcome as outcome:
            raise UnknownOutcome(outcome.unknown.with_nature(nature)) from None

    return run


def define_methods(
    target: JSObject,
    methods: Mapping[str, NativeCode],
    nature: Nature = Nature.ANYTHING,
) -> None:
    """Give `target` native methods."""
    for name, code in methods.items():
        define(target, name, native(name, code, nature))


def define_getter(target: JSObject, key: str | Symbol, code: NativeCode) -> None:
    """Give `target` a getter."""
    name = key if isinstance(key, str) else key.description
    define(target, key, Accessor(native(f"get {name}", code)))


def define_class(
    name: str,
    prototype: JSObject,
    code: NativeCode,
    constructor: NativeConstructor | None,
    nature: Nature = Nature.INSTANCE,
) -> NativeFunction:
    """Return the constructor function of `prototype`.

    `nature` is what is known of what it gives when it is called without `new`.
    """
    made = Nature.ANYTHING if nature is Nature.ANYTHING else Nature.INSTANCE
    function = NativeFunction(
        name,
        _with_nature(code, nature),
        None if constructor is None else _constructor_with_nature(constructor, made),
    )
    define(function, "prototype", prototype)
    define(prototype, "constructor", function)
    return function


def _constructor_with_nature(constructor: NativeConstructor, nature: Nature) -> NativeConstructor:
    def run(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
        try:
            return constructor(interpreter, arguments, new_target)
        except UnknownOutcome as outcome:
            raise UnknownOutcome(outcome.unknown.with_nature(nature)) from None

    return run


def finish(*objects: JSObject) -> None:
    """Close intrinsic objects: programs may read them, not change them."""
    for item in objects:
        item.is_frozen = True


def needs_new(name: str) -> NativeCode:
    """Return the code of a class that cannot be called as a function."""
    message = f"Class constructor {name} cannot be invoked without 'new'"

    def code(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
        raise type_error(message)

    return code


def returns_this(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    """Do nothing but return `this`."""
    return this


def returns_undefined(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    """Do nothing."""
    return UNDEFINED


def adopt(interpreter: Interpreter, target: _Object, new_target: JSObject) -> _Object:
    """Give a new object the prototype of the class that is constructed."""
    prototype = interpreter.get(new_target, "prototype")
    if isinstance(prototype, JSObject):
        target.prototype = prototype
    elif isinstance(prototype, Unknown):
        target.incomplete = prototype.with_nature(Nature.ANYTHING)
    return target


# Primitives as objects


class Wrapper(JSObject):
    """A primitive as an object, such as `new String("a")` or `Object(1)`."""

    __slots__ = ("value",)

    def __init__(self, value: Value, prototype: JSObject) -> None:
        super().__init__(None, prototype)
        self.value = value

    def get_own(self, key: PropertyKey) -> Value:
        """Return the own property `key`."""
        if isinstance(self.value, str) and isinstance(key, str):
            units = utf16_units(self.value)
            if key == "length":
                return float(len(units))
            if is_array_index(key) and int(key) < len(units):
                return units[int(key)]
        return super().get_own(key)

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own keys."""
        keys = super().own_keys()
        if isinstance(self.value, str):
            return [*[str(index) for index in range(len(utf16_units(self.value)))], *keys]
        return keys


def prototype_of_primitive(value: Value) -> JSObject | None:
    """Return the prototype on which the methods of a primitive are; None for null, undefined."""
    if isinstance(value, str):
        return STRING_PROTOTYPE
    if isinstance(value, bool):
        return BOOLEAN_PROTOTYPE
    if isinstance(value, float):
        return NUMBER_PROTOTYPE
    if isinstance(value, int):
        return BIGINT_PROTOTYPE
    if isinstance(value, Symbol):
        return SYMBOL_PROTOTYPE
    return None


def to_object(value: Value) -> JSObject:
    """Return `Object(value)`; null and undefined throw."""
    if isinstance(value, JSObject):
        return value
    prototype = prototype_of_primitive(known(value))
    if prototype is None:
        raise type_error("Cannot convert undefined or null to object")
    return Wrapper(value, prototype)


def unwrapped(value: Value) -> Value:
    """Return the primitive in a wrapper object; anything else as it is."""
    return value.value if isinstance(value, Wrapper) else value


# Own properties, also those that are not enumerable


def behind(proxy: ProxyObject, trap: str) -> JSObject:
    """Return the target of a proxy that does not trap an operation."""
    if proxy.interpreter.get(proxy.handler, trap) is not UNDEFINED:
        reason = f"what a proxy's `{trap}` does is not modelled here"
        raise unknown_outcome(reason, code=UnknownCode.MODEL)
    return proxy.target


def own_names(target: JSObject) -> list[str]:
    """Return `Object.getOwnPropertyNames(target)`."""
    if isinstance(target, ProxyObject):
        return own_names(behind(target, "ownKeys"))
    complete(target)
    in_order = JSObject(target.properties, None).own_keys()
    first = ["length", "name", "prototype"] if isinstance(target, JSFunction) else []
    if isinstance(target, RegExpObject):
        in_order = ["lastIndex", *in_order]
    last = ["length"] if isinstance(target, JSArray | Wrapper) else []
    names = [name for name in first if target.get_own(name) is not MISSING]
    if type(target).own_keys is not JSObject.own_keys:
        names += [key for key in target.own_keys() if isinstance(key, str)]
    names += [name for name in last if target.get_own(name) is not MISSING]
    names += [key for key in in_order if isinstance(key, str)]
    return list(dict.fromkeys(names))


def own_symbols(target: JSObject) -> list[Symbol]:
    """Return `Object.getOwnPropertySymbols(target)`."""
    if isinstance(target, ProxyObject):
        return own_symbols(behind(target, "ownKeys"))
    return [key for key in complete(target).properties if isinstance(key, Symbol)]


def is_enumerable(target: JSObject, key: PropertyKey) -> bool:
    """Tell whether the own property `key`, which is there, is enumerable."""
    if target.hidden is not None and key in target.hidden:
        return False
    return key in target.properties or key in target.own_keys()


def has_own(target: JSObject, key: PropertyKey) -> bool:
    """Return `Object.hasOwn(target, key)`."""
    if isinstance(target, ProxyObject):
        return has_own(behind(target, "getOwnPropertyDescriptor"), key)
    if target.get_own(key) is not MISSING:
        return True
    complete(target)
    return False


def plain_object(**properties: Value) -> JSObject:
    """Return an object with these properties."""
    return JSObject(dict(properties.items()))
