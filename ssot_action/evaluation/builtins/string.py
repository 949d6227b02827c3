"""String, and the methods of String.prototype that take no pattern."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Literal

from ssot_action.evaluation.builtins import string_patterns
from ssot_action.evaluation.builtins.collation import compare
from ssot_action.evaluation.builtins.elements import relative_index
from ssot_action.evaluation.builtins.iterators import list_iterator
from ssot_action.evaluation.builtins.natives import (
    Wrapper,
    adopt,
    argument,
    bounded,
    define,
    define_class,
    define_methods,
    finish,
    known,
    native,
    spend,
    unknown_outcome,
    unwrapped,
)
from ssot_action.evaluation.builtins.text import from_units, is_surrogate, this_string
from ssot_action.evaluation.convert import (
    strip_blank,
    to_integer,
    to_number,
    to_string,
)
from ssot_action.evaluation.interpreter import utf16_length, utf16_units
from ssot_action.evaluation.values import (
    STRING_PROTOTYPE,
    SYMBOL_ITERATOR,
    UNDEFINED,
    JSObject,
    NativeCode,
    Nature,
    RegExpObject,
    Symbol,
    UnknownCode,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter

_LARGEST_CODE_POINT: Final = 0x10FFFF
_UNIT: Final = 0x10000
_HTML: Final = (
    *("anchor", "big", "blink", "bold", "fixed", "fontcolor", "fontsize"),
    *("italics", "link", "small", "strike", "sub", "sup"),
)
_FORMS: Final[tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...]] = ("NFC", "NFD", "NFKC", "NFKD")


def _units(interpreter: Interpreter, this: Value) -> str:
    return utf16_units(this_string(interpreter, this))


def _index(interpreter: Interpreter, arguments: list[Value]) -> int:
    return to_integer(interpreter, argument(arguments, 0))


def _at(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    index = _index(interpreter, arguments)
    index = len(units) + index if index < 0 else index
    return units[index] if 0 <= index < len(units) else UNDEFINED


def _char_at(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    index = _index(interpreter, arguments)
    return units[index] if 0 <= index < len(units) else ""


def _char_code_at(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    index = _index(interpreter, arguments)
    return float(ord(units[index])) if 0 <= index < len(units) else float("nan")


def _code_point_at(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    index = _index(interpreter, arguments)
    if not 0 <= index < len(units):
        return UNDEFINED
    pair = from_units(units[index : index + 2])
    return float(ord(pair[0]))


def _concat(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    parts = [this_string(interpreter, this)]
    parts.extend(to_string(interpreter, value) for value in arguments)
    bounded(sum(map(len, parts)))
    return from_units("".join(parts))


def _plain(interpreter: Interpreter, value: Value) -> str:
    """Return the text to look for, which must not be a regular expression."""
    if isinstance(value, RegExpObject):
        raise type_error("First argument must not be a regular expression")
    return utf16_units(to_string(interpreter, value))


def _includes(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    wanted = _plain(interpreter, argument(arguments, 0))
    start = to_integer(interpreter, argument(arguments, 1))
    return units.find(wanted, min(max(start, 0), len(units))) >= 0


def _starts_with(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    wanted = _plain(interpreter, argument(arguments, 0))
    start = to_integer(interpreter, argument(arguments, 1))
    return units.startswith(wanted, min(max(start, 0), len(units)))


def _ends_with(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    wanted = _plain(interpreter, argument(arguments, 0))
    end = argument(arguments, 1)
    limit = len(units) if end is UNDEFINED else to_integer(interpreter, end)
    return units[: min(max(limit, 0), len(units))].endswith(wanted)


def _index_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    wanted = utf16_units(to_string(interpreter, argument(arguments, 0)))
    start = to_integer(interpreter, argument(arguments, 1))
    return float(units.find(wanted, min(max(start, 0), len(units))))


def _last_index_of(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    wanted = utf16_units(to_string(interpreter, argument(arguments, 0)))
    start = to_number(interpreter, argument(arguments, 1))
    # Not a number, as when it is missing, means from the end.
    last = len(units) if start != start else to_integer(interpreter, start)  # noqa: PLR0124
    last = min(max(last, 0), len(units))
    return float(units.rfind(wanted, 0, last + len(wanted)))


def _is_well_formed(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return not any(map(is_surrogate, from_units(this_string(interpreter, this))))


def _to_well_formed(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    text = from_units(this_string(interpreter, this))
    return "".join("\ufffd" if is_surrogate(character) else character for character in text)


def _locale_compare(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    left = this_string(interpreter, this)
    right = to_string(interpreter, argument(arguments, 0))
    if any(value is not UNDEFINED for value in arguments[1:]):
        raise unknown_outcome("the order depends on the locale")
    order = compare(left, right)
    if order is None:
        raise unknown_outcome("the order depends on the locale")
    return float(order)


def _normalize(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    text = from_units(this_string(interpreter, this))
    chosen = argument(arguments, 0)
    form = "NFC" if chosen is UNDEFINED else to_string(interpreter, chosen)
    for known_form in _FORMS:
        if form == known_form:
            return unicodedata.normalize(known_form, text)
    raise js_error("RangeError", "The normalization form should be one of NFC, NFD, NFKC, NFKD.")


def _padding(interpreter: Interpreter, text: str, arguments: list[Value]) -> str:
    length = to_integer(interpreter, argument(arguments, 0))
    filler = argument(arguments, 1)
    fill = " " if filler is UNDEFINED else utf16_units(to_string(interpreter, filler))
    missing = length - utf16_length(text)
    if missing <= 0 or not fill:
        return ""
    spend(interpreter, bounded(missing) // 100)
    return (fill * (missing // len(fill) + 1))[:missing]


def _pad_start(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    text = this_string(interpreter, this)
    return from_units(_padding(interpreter, text, arguments) + utf16_units(text))


def _pad_end(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    text = this_string(interpreter, this)
    return from_units(utf16_units(text) + _padding(interpreter, text, arguments))


def _repeat(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    text = this_string(interpreter, this)
    number = to_number(interpreter, argument(arguments, 0))
    count = to_integer(interpreter, number)
    if count < 0 or number == float("inf"):
        raise js_error("RangeError", f"Invalid count value: {to_string(interpreter, number)}")
    spend(interpreter, bounded(count * len(text)) // 100)
    return from_units(text * count) if text else ""


def _slice(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    start = relative_index(interpreter, argument(arguments, 0), len(units))
    end = relative_index(interpreter, argument(arguments, 1), len(units), len(units))
    return from_units(units[start:end])


def _substring(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    start = min(max(_index(interpreter, arguments), 0), len(units))
    end = argument(arguments, 1)
    limit = len(units) if end is UNDEFINED else to_integer(interpreter, end)
    limit = min(max(limit, 0), len(units))
    return from_units(units[min(start, limit) : max(start, limit)])


def _substr(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = _units(interpreter, this)
    start = relative_index(interpreter, argument(arguments, 0), len(units))
    count = argument(arguments, 1)
    length = len(units) if count is UNDEFINED else to_integer(interpreter, count)
    return from_units(units[start : start + max(length, 0)])


def _changing(change: Callable[[str], str]) -> NativeCode:
    """Return the code of a method that takes nothing but the text."""

    def code(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        return change(this_string(interpreter, this))

    return code


def _trim_start(text: str) -> str:
    return strip_blank(text + "x")[:-1]


def _trim_end(text: str) -> str:
    return strip_blank("x" + text)[1:]


def _in_locale(change: Callable[[str], str]) -> NativeCode:
    """Return the code of a method that may be given a locale."""

    def code(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
        text = this_string(interpreter, this)
        if argument(arguments, 0) is not UNDEFINED or not text.isascii():
            raise unknown_outcome("the text depends on the locale")
        return change(text)

    return code


def _iterate(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return list_iterator(interpreter, list(from_units(this_string(interpreter, this))))


def _value_of(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    text = unwrapped(known(this))
    if not isinstance(text, str):
        raise type_error("String.prototype.valueOf requires that 'this' be a String")
    return text


# The constructor


def _string(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    if not arguments:
        return ""
    if isinstance(arguments[0], Symbol):
        return f"Symbol({arguments[0].description})"
    return to_string(interpreter, arguments[0])


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    text = to_string(interpreter, arguments[0]) if arguments else ""
    return adopt(interpreter, Wrapper(text, STRING_PROTOTYPE), new_target)


def _from_char_code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    codes = [to_integer(interpreter, value) for value in arguments]
    infinite = (2**63 - 1, -(2**63))
    return from_units("".join(chr(0 if code in infinite else code % _UNIT) for code in codes))


def _from_code_point(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    characters: list[str] = []
    for value in arguments:
        number = to_number(interpreter, value)
        if not (number.is_integer() and 0 <= number <= _LARGEST_CODE_POINT):
            raise js_error("RangeError", f"Invalid code point {to_string(interpreter, value)}")
        characters.append(chr(int(number)))
    return from_units("".join(characters))


def _raw(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    raw = interpreter.get(argument(arguments, 0), "raw")
    count = bounded(to_integer(interpreter, interpreter.get(raw, "length")))
    parts: list[str] = []
    for index in range(count):
        spend(interpreter)
        parts.append(to_string(interpreter, interpreter.get(raw, str(index))))
        if index + 1 < count and index + 1 < len(arguments):
            parts.append(to_string(interpreter, arguments[index + 1]))
    return from_units("".join(parts))


def _as_html(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("the methods that make HTML are not modelled", code=UnknownCode.MODEL)


STRING: Final = define_class("String", STRING_PROTOTYPE, _string, _construct, Nature.PRIMITIVE)

define_methods(
    STRING,
    {"fromCharCode": _from_char_code, "fromCodePoint": _from_code_point, "raw": _raw},
    Nature.PRIMITIVE,
)
define_methods(
    STRING_PROTOTYPE,
    {
        "at": _at,
        "charAt": _char_at,
        "charCodeAt": _char_code_at,
        "codePointAt": _code_point_at,
        "concat": _concat,
        "endsWith": _ends_with,
        "includes": _includes,
        "indexOf": _index_of,
        "isWellFormed": _is_well_formed,
        "lastIndexOf": _last_index_of,
        "localeCompare": _locale_compare,
        "normalize": _normalize,
        "padEnd": _pad_end,
        "padStart": _pad_start,
        "repeat": _repeat,
        "replace": string_patterns.replace,
        "replaceAll": string_patterns.replace_all,
        "search": string_patterns.search,
        "slice": _slice,
        "startsWith": _starts_with,
        "substr": _substr,
        "substring": _substring,
        "toLocaleLowerCase": _in_locale(str.lower),
        "toLocaleUpperCase": _in_locale(str.upper),
        "toLowerCase": _changing(str.lower),
        "toString": _value_of,
        "toUpperCase": _changing(str.upper),
        "toWellFormed": _to_well_formed,
        "trim": _changing(strip_blank),
        "trimEnd": _changing(_trim_end),
        "trimLeft": _changing(_trim_start),
        "trimRight": _changing(_trim_end),
        "trimStart": _changing(_trim_start),
        "valueOf": _value_of,
    },
    Nature.PRIMITIVE,
)
define_methods(
    STRING_PROTOTYPE,
    {"matchAll": string_patterns.match_all, "split": string_patterns.split},
    Nature.INSTANCE,
)
define_methods(STRING_PROTOTYPE, {"match": string_patterns.match})
define_methods(STRING_PROTOTYPE, dict.fromkeys(_HTML, _as_html), Nature.PRIMITIVE)
define(STRING_PROTOTYPE, SYMBOL_ITERATOR, native("[Symbol.iterator]", _iterate, Nature.INSTANCE))
define(STRING_PROTOTYPE, "length", 0.0)
finish(STRING, STRING_PROTOTYPE)
