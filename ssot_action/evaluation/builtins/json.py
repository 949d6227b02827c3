"""JSON."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Final, NoReturn

from ssot_action.evaluation.builtins.natives import (
    argument,
    bounded,
    define,
    define_methods,
    finish,
    is_callable,
    known,
    nested,
    spend,
    unknown_outcome,
    unwrapped,
)
from ssot_action.evaluation.builtins.text import from_units
from ssot_action.evaluation.convert import (
    number_to_string,
    to_integer,
    to_number,
    to_string,
)
from ssot_action.evaluation.interpreter import BudgetExceeded
from ssot_action.evaluation.proxies import ProxyObject
from ssot_action.evaluation.values import (
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    Nature,
    PropertyKey,
    Symbol,
    Undefined,
    Unknown,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_WIDEST_INDENT: Final = 10
_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
_TO_ESCAPE: Final = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')


# Parsing


def _parse(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = to_string(interpreter, argument(arguments, 0))
    spend(interpreter, len(text) // 100)
    value = parse(text)
    reviver = argument(arguments, 1)
    if not isinstance(reviver, JSFunction | Unknown):
        return value
    return _revive(interpreter, JSObject({"": value}), "", reviver)


def parse(text: str) -> Value:
    """Return `JSON.parse(text)`."""
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=float,
            parse_constant=_refuse,
        )
    except ValueError as error:
        raise js_error("SyntaxError", f"the text is not valid JSON: {error}") from None
    except RecursionError as error:
        raise BudgetExceeded("its evaluation recurs too deeply") from error
    return _value(data)


def _refuse(constant: str) -> NoReturn:
    message = f"unexpected {constant}"
    raise ValueError(message)


def _object(pairs: list[tuple[str, object]]) -> JSObject:
    return JSObject({key: _value(item) for key, item in pairs})


def _value(data: object) -> Value:
    if isinstance(data, list):
        return JSArray([_value(item) for item in data])
    return data


def _revive(interpreter: Interpreter, holder: JSObject, key: PropertyKey, reviver: Value) -> Value:
    value = interpreter.get(holder, key)
    if isinstance(value, JSObject):
        with nested(interpreter):
            for name in interpreter.own_keys(value):
                spend(interpreter)
                made = _revive(interpreter, value, name, reviver)
                if made is UNDEFINED:
                    value.delete_own(name)
                else:
                    value.set_own(name, made)
    return interpreter.call(reviver, holder, [key, value])


# Writing


def _stringify(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    replacer = known(argument(arguments, 1))
    writer = _Writer(interpreter, replacer, _indent(interpreter, argument(arguments, 2)))
    text = writer.write(JSObject({"": argument(arguments, 0)}), "", "")
    if text is None:
        return UNDEFINED
    bounded(len(text))
    return text


def _indent(interpreter: Interpreter, value: Value) -> str:
    space = unwrapped(known(value))
    if isinstance(space, float):
        return " " * max(0, min(to_integer(interpreter, space), _WIDEST_INDENT))
    return space[:_WIDEST_INDENT] if isinstance(space, str) else ""


class _Writer:
    """Writes one value."""

    def __init__(self, interpreter: Interpreter, replacer: Value, indent: str) -> None:
        self._interpreter = interpreter
        self._function = replacer if isinstance(replacer, JSFunction) else None
        self._keys = _listed_keys(interpreter, replacer) if isinstance(replacer, JSArray) else None
        self._indent = indent
        self._open: list[JSObject] = []

    def write(self, holder: JSObject, key: PropertyKey, margin: str) -> str | None:
        """Return the text of `holder[key]`, None if it has none."""
        interpreter = self._interpreter
        spend(interpreter)
        value = known(self._replaced(holder, key))
        if isinstance(value, JSObject):
            value = self._unwrapped(value)
        if isinstance(value, JSObject) and not is_callable(value):
            return self._write_object(value, margin)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return quote(value)
        if isinstance(value, float):
            return number_to_string(value) if math.isfinite(value) else "null"
        if isinstance(value, int):
            raise type_error("Do not know how to serialize a BigInt")
        return None

    def _replaced(self, holder: JSObject, key: PropertyKey) -> Value:
        interpreter = self._interpreter
        value = interpreter.get(holder, key)
        is_bigint = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, JSObject) or is_bigint:
            convert = known(interpreter.get(value, "toJSON"))
            if isinstance(convert, JSFunction):
                value = interpreter.call(convert, value, [key])
        if self._function is not None:
            value = interpreter.call(self._function, holder, [key, value])
        return value

    def _unwrapped(self, value: JSObject) -> Value:
        inner = unwrapped(value)
        if isinstance(inner, str):
            return to_string(self._interpreter, value)
        if isinstance(inner, float):
            return to_number(self._interpreter, value)
        return value if isinstance(inner, Symbol | Undefined) else inner

    def _write_object(self, value: JSObject, margin: str) -> str:
        if any(value is other for other in self._open):
            raise type_error("Converting circular structure to JSON")
        self._open.append(value)
        inner = margin + self._indent
        if isinstance(value, ProxyObject) and isinstance(value.target, JSArray):
            raise unknown_outcome("writing a proxy of an array is not modelled")
        with nested(self._interpreter):
            if isinstance(value, JSArray):
                parts = self._elements(value, inner)
                text = self._bracketed("[", parts, "]", margin)
            else:
                parts = self._members(value, inner)
                text = self._bracketed("{", parts, "}", margin)
        self._open.pop()
        return text

    def _elements(self, array: JSArray, margin: str) -> list[str]:
        if array.incomplete is not None:
            self._interpreter.iterate(array)
        return [
            self.write(array, str(index), margin) or "null" for index in range(len(array.items))
        ]

    def _members(self, value: JSObject, margin: str) -> list[str]:
        colon = ": " if self._indent else ":"
        parts: list[str] = []
        keys = self._interpreter.own_keys(value) if self._keys is None else self._keys
        for key in keys:
            text = self.write(value, key, margin)
            if text is not None and isinstance(key, str):
                parts.append(f"{quote(key)}{colon}{text}")
        return parts

    def _bracketed(self, opening: str, parts: list[str], closing: str, margin: str) -> str:
        if not parts:
            return opening + closing
        if not self._indent:
            return f"{opening}{','.join(parts)}{closing}"
        start = f"\n{margin}{self._indent}"
        return f"{opening}{start}{f',{start}'.join(parts)}\n{margin}{closing}"


def _listed_keys(interpreter: Interpreter, replacer: JSArray) -> list[PropertyKey]:
    keys: dict[PropertyKey, None] = {}
    for item in interpreter.iterate(replacer):
        plain = unwrapped(known(item))
        if isinstance(plain, str | float):
            keys[to_string(interpreter, item)] = None
    return list(keys)


def quote(text: str) -> str:
    """Return `text` as a JSON string; halves of surrogate pairs are escaped."""
    return f'"{_TO_ESCAPE.sub(_escaped, from_units(text))}"'


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


JSON: Final = JSObject()

define_methods(JSON, {"parse": _parse})
define_methods(JSON, {"stringify": _stringify}, Nature.PRIMITIVE)
define(JSON, SYMBOL_TO_STRING_TAG, "JSON")
finish(JSON)
