"""URLSearchParams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus, unquote

from ssot_action.evaluation.builtins.iterators import list_iterator
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
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
from ssot_action.evaluation.builtins.text import from_units, is_surrogate
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.values import (
    SYMBOL_ITERATOR,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSObject,
    NativeCode,
    Nature,
    Unknown,
    UnknownCode,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

SEARCH_PARAMS_PROTOTYPE: Final = JSObject()
_OF_A_URL: Final = Unknown(
    UnknownCode.MODEL, "changing a URL through its `searchParams` is not modelled"
)


class SearchParamsObject(JSObject):
    """A URLSearchParams.

    Attributes:
        pairs: names with their values, in order.
        url: the URL whose query it is, which changes with it.
    """

    __slots__ = ("pairs", "url")

    def __init__(self, pairs: list[tuple[str, str]], url: JSObject | None = None) -> None:
        super().__init__(None, SEARCH_PARAMS_PROTOTYPE)
        self.pairs = pairs
        self.url = url


def parse_query(query: str) -> list[tuple[str, str]]:
    """Return the pairs in a query without its question mark."""
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        if part:
            name, _, value = part.replace("+", " ").partition("=")
            pairs.append((unquote(name), unquote(value)))
    return pairs


def write_query(pairs: list[tuple[str, str]]) -> str:
    """Return pairs as a query."""
    return "&".join(f"{_encode(name)}={_encode(value)}" for name, value in pairs)


def _encode(text: str) -> str:
    return quote_plus(text, safe="*").replace("~", "%7E")


def _text(interpreter: Interpreter, value: Value) -> str:
    text = from_units(to_string(interpreter, value))
    return "".join("\ufffd" if is_surrogate(character) else character for character in text)


def _pairs_of(interpreter: Interpreter, source: Value) -> list[tuple[str, str]]:
    if known(source) is UNDEFINED:
        return []
    if isinstance(source, SearchParamsObject):
        return list(complete(source).pairs)
    if not isinstance(source, JSObject):
        return parse_query(_text(interpreter, source).removeprefix("?"))
    if known(interpreter.get(source, SYMBOL_ITERATOR)) is UNDEFINED:
        return [
            (_text(interpreter, key), _text(interpreter, value))
            for key, value in interpreter.own_entries(source)
        ]
    pairs: list[tuple[str, str]] = []
    for item in interpreter.iterate(source):
        both = interpreter.iterate(item)
        if len(both) != 2:  # noqa: PLR2004 - a name and a value
            raise type_error("Each query pair must be an iterable [name, value] tuple")
        pairs.append((_text(interpreter, both[0]), _text(interpreter, both[1])))
    return pairs


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    pairs = _pairs_of(interpreter, argument(arguments, 0))
    return adopt(interpreter, SearchParamsObject(pairs), new_target)


def _this(this: Value) -> SearchParamsObject:
    return complete(receiver(this, SearchParamsObject, "a method of URLSearchParams"))


def _changing(code: NativeCode) -> NativeCode:
    """Return the code of a method that changes the pairs."""

    def run(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        target = _this(this)
        if target.url is not None:
            forget(target.url, _OF_A_URL)
        with losing(target):
            code(interpreter, target, arguments)
        return UNDEFINED

    return run


def _append(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    name, value = (_text(interpreter, argument(arguments, index)) for index in (0, 1))
    _this(this).pairs.append((name, value))
    return UNDEFINED


def _delete(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this(this)
    wanted = _wanted(interpreter, arguments)
    target.pairs = [pair for pair in target.pairs if pair[: len(wanted)] != wanted]
    return UNDEFINED


def _wanted(interpreter: Interpreter, arguments: list[Value]) -> tuple[str, ...]:
    """Return the name, and the value if one is given, that a pair must have."""
    name = _text(interpreter, argument(arguments, 0))
    if argument(arguments, 1) is UNDEFINED:
        return (name,)
    return (name, _text(interpreter, arguments[1]))


def _set(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this(this)
    name, value = (_text(interpreter, argument(arguments, index)) for index in (0, 1))
    pairs: list[tuple[str, str]] = []
    is_set = False
    for pair in target.pairs:
        if pair[0] != name:
            pairs.append(pair)
        elif not is_set:
            pairs.append((name, value))
            is_set = True
    target.pairs = pairs if is_set else [*pairs, (name, value)]
    return UNDEFINED


def _sort(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    _this(this).pairs.sort(key=lambda pair: pair[0].encode("utf-16-be"))
    return UNDEFINED


def _get(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    name = _text(interpreter, argument(arguments, 0))
    return next((value for key, value in _this(this).pairs if key == name), None)


def _get_all(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    name = _text(interpreter, argument(arguments, 0))
    return JSArray([value for key, value in _this(this).pairs if key == name])


def _has(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    wanted = _wanted(interpreter, arguments)
    return any(pair[: len(wanted)] == wanted for pair in _this(this).pairs)


def _to_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return write_query(_this(this).pairs)


def _size(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return float(len(_this(this).pairs))


def _for_each(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    target = _this(this)
    function = callback(argument(arguments, 0))
    for name, value in list(target.pairs):
        spend(interpreter)
        interpreter.call(function, argument(arguments, 1), [value, name, target])
    return UNDEFINED


def _keys(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return list_iterator(interpreter, [name for name, _ in _this(this).pairs])


def _values(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return list_iterator(interpreter, [value for _, value in _this(this).pairs])


def _entries(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    pairs = _this(this).pairs
    return list_iterator(interpreter, [JSArray([name, value]) for name, value in pairs])


SEARCH_PARAMS: Final = define_class(
    "URLSearchParams", SEARCH_PARAMS_PROTOTYPE, needs_new("URLSearchParams"), _construct
)
define_methods(
    SEARCH_PARAMS_PROTOTYPE,
    {
        "append": _changing(_append),
        "delete": _changing(_delete),
        "forEach": _for_each,
        "get": _get,
        "has": _has,
        "set": _changing(_set),
        "sort": _changing(_sort),
        "toString": _to_string,
    },
    Nature.PRIMITIVE,
)
define_methods(
    SEARCH_PARAMS_PROTOTYPE,
    {"entries": _entries, "getAll": _get_all, "keys": _keys, "values": _values},
    Nature.INSTANCE,
)
define_getter(SEARCH_PARAMS_PROTOTYPE, "size", _size)
define(SEARCH_PARAMS_PROTOTYPE, SYMBOL_ITERATOR, SEARCH_PARAMS_PROTOTYPE.properties["entries"])
define(SEARCH_PARAMS_PROTOTYPE, SYMBOL_TO_STRING_TAG, "URLSearchParams")
finish(SEARCH_PARAMS, SEARCH_PARAMS_PROTOTYPE)
