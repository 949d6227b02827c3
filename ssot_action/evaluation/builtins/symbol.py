"""Symbol: the registry, the well-known symbols, descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    argument,
    define,
    define_class,
    define_getter,
    define_methods,
    finish,
    known,
    native,
    unwrapped,
)
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import (
    SYMBOL_ASYNC_ITERATOR,
    SYMBOL_HAS_INSTANCE,
    SYMBOL_ITERATOR,
    SYMBOL_PROTOTYPE,
    SYMBOL_TO_PRIMITIVE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    Nature,
    Symbol,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

SYMBOL_IS_CONCAT_SPREADABLE: Final = Symbol("Symbol.isConcatSpreadable")
_WELL_KNOWN: Final = (
    SYMBOL_ASYNC_ITERATOR,
    SYMBOL_HAS_INSTANCE,
    SYMBOL_IS_CONCAT_SPREADABLE,
    SYMBOL_ITERATOR,
    SYMBOL_TO_PRIMITIVE,
    SYMBOL_TO_STRING_TAG,
    *(
        Symbol(f"Symbol.{name}")
        for name in (
            "asyncDispose",
            "dispose",
            "match",
            "matchAll",
            "replace",
            "search",
            "species",
            "split",
            "unscopables",
        )
    ),
)
_REGISTRY: Final[dict[str, Symbol]] = {}


class _Nameless(Symbol):
    """A symbol without a description, which is not the one with an empty description."""

    __slots__ = ()


def _symbol(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    description = argument(arguments, 0)
    if description is UNDEFINED:
        return _Nameless("")
    return Symbol(to_string(interpreter, description))


def _for(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    key = to_string(interpreter, argument(arguments, 0))
    return _REGISTRY.setdefault(key, Symbol(key))


def _key_for(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    symbol = known(argument(arguments, 0))
    if not isinstance(symbol, Symbol):
        raise type_error("the argument is not a symbol")
    key = symbol.description
    return key if _REGISTRY.get(key) is symbol else UNDEFINED


def _this_symbol(this: Value) -> Symbol:
    symbol = unwrapped(known(this))
    if not isinstance(symbol, Symbol):
        raise type_error("the receiver is not a symbol")
    return symbol


def _to_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return f"Symbol({_this_symbol(this).description})"


def _value_of(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this_symbol(this)


def _description(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    symbol = _this_symbol(this)
    return UNDEFINED if isinstance(symbol, _Nameless) else symbol.description


SYMBOL: Final = define_class("Symbol", SYMBOL_PROTOTYPE, _symbol, None, Nature.PRIMITIVE)

for _well_known in _WELL_KNOWN:
    define(SYMBOL, _well_known.description.removeprefix("Symbol."), _well_known)
define_methods(SYMBOL, {"for": _for, "keyFor": _key_for}, Nature.PRIMITIVE)
define_methods(SYMBOL_PROTOTYPE, {"toString": _to_string, "valueOf": _value_of}, Nature.PRIMITIVE)
define_getter(SYMBOL_PROTOTYPE, "description", _description)
define(
    SYMBOL_PROTOTYPE,
    SYMBOL_TO_PRIMITIVE,
    native("[Symbol.toPrimitive]", _value_of, Nature.PRIMITIVE),
)
define(SYMBOL_PROTOTYPE, SYMBOL_TO_STRING_TAG, "Symbol")
finish(SYMBOL, SYMBOL_PROTOTYPE)
