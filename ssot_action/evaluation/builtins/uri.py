"""encodeURIComponent and its like; btoa and atob."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ssot_action.evaluation.builtins.errors import dom_exception
from ssot_action.evaluation.builtins.natives import argument, bounded, native
from ssot_action.evaluation.builtins.text import from_units
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.interpreter import utf16_units
from ssot_action.evaluation.values import NativeCode, NativeFunction, Nature, Value, js_error

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_MARKS: Final = "-_.!~*'()"
_RESERVED: Final = ";/?:@&=+$,#"
_ESCAPED: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_SPACES: Final = re.compile(r"[\t\n\f\r ]")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*\Z", re.ASCII)
_NOT_BASE64: Final = "The string to be decoded is not correctly encoded."
_UNESCAPED: Final = re.compile(r"[^A-Za-z0-9@*_+\-./]")
_ESCAPED_UNIT: Final = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))", re.ASCII)
_LAST_BYTE: Final = "\xff"


def _encoding(safe: str) -> NativeCode:
    def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        text = from_units(to_string(interpreter, argument(arguments, 0)))
        bounded(len(text))
        try:
            return quote(text, safe=safe)
        except UnicodeEncodeError:
            raise js_error("URIError", "URI malformed") from None

    return code


def _decoding(kept: str) -> NativeCode:
    def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        text = to_string(interpreter, argument(arguments, 0))
        bounded(len(text))
        if "%" in _ESCAPED.sub("", text):
            raise js_error("URIError", "URI malformed")
        return _ESCAPED.sub(lambda found: _decode(found.group(), kept), text)

    return code


def _decode(escaped: str, kept: str) -> str:
    """Return the characters of a run of `%XX`, leaving those in `kept` as they are."""
    try:
        text = bytes.fromhex(escaped.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        raise js_error("URIError", "URI malformed") from None
    if not kept:
        return text
    parts: list[str] = []
    position = 0
    for character in text:
        width = 3 * len(character.encode("utf-8"))
        parts.append(escaped[position : position + width] if character in kept else character)
        position += width
    return "".join(parts)


def _btoa(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = to_string(interpreter, argument(arguments, 0))
    if any(character > _LAST_BYTE for character in text):
        raise dom_exception("InvalidCharacterError", "Invalid character")
    return base64.b64encode(text.encode("latin-1")).decode("ascii")


def _atob(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = _SPACES.sub("", to_string(interpreter, argument(arguments, 0)))
    if len(text) % 4 == 0:
        text = text[:-2] if text.endswith("==") else text.removesuffix("=")
    if _BASE64.match(text) is None or len(text) % 4 == 1:
        raise dom_exception("InvalidCharacterError", _NOT_BASE64)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except binascii.Error:
        raise dom_exception("InvalidCharacterError", _NOT_BASE64) from None


def _escape(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    units = utf16_units(to_string(interpreter, argument(arguments, 0)))
    bounded(len(units))
    return _UNESCAPED.sub(lambda found: _escaped_unit(ord(found.group())), units)


def _escaped_unit(code: int) -> str:
    return f"%{code:02X}" if code <= ord(_LAST_BYTE) else f"%u{code:04X}"


def _unescape(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    text = to_string(interpreter, argument(arguments, 0))
    made = _ESCAPED_UNIT.sub(lambda found: chr(int(found.group(1) or found.group(2), 16)), text)
    return from_units(utf16_units(made))


FUNCTIONS: Final[dict[str, NativeFunction]] = {
    name: native(name, code, Nature.PRIMITIVE)
    for name, code in (
        ("atob", _atob),
        ("btoa", _btoa),
        ("decodeURI", _decoding(_RESERVED)),
        ("decodeURIComponent", _decoding("")),
        ("encodeURI", _encoding(_MARKS + _RESERVED)),
        ("encodeURIComponent", _encoding(_MARKS)),
        ("escape", _escape),
        ("unescape", _unescape),
    )
}
