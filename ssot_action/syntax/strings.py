"""The values of ECMAScript's string and number literals."""

from __future__ import annotations

import re
import sys

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F_]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|(\r\n|[\s\S]))"
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_LINE_ENDS = frozenset({"\n", "\r\n", "\r", "\u2028", "\u2029"})


def cook_string(text: str) -> str:
    """Return the value of a string or template part written as `text`, without its quotes."""
    if "\\" not in text:
        return text
    return join_surrogates(_ESCAPE.sub(_cook_escape, text))


def _cook_escape(match: re.Match[str]) -> str:
    braced, four, two, octal, other = match.groups()
    if braced or four or two:
        point = int(braced or four or two, 16)
        return chr(point) if point <= sys.maxunicode else "\ufffd"
    if octal:
        return chr(int(octal, 8))
    if other in _LINE_ENDS:
        return ""
    return _SIMPLE.get(other, other)


_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")


def join_surrogates(text: str) -> str:
    """Return `text` with surrogate pairs as the characters they stand for; lone ones stay."""

    def join(match: re.Match[str]) -> str:
        high, low = match.groups()
        return chr(0x10000 + ((ord(high) - 0xD800) << 10) + (ord(low) - 0xDC00))

    return _PAIR.sub(join, text)


def number_value(text: str) -> float | int:
    """Return the value of a numeric literal: a float, or an int for a bigint (`1n`)."""
    digits = text.replace("_", "")
    prefix = digits[:2].lower()
    if digits.endswith("n"):
        return int(digits[:-1], 0)
    if prefix in {"0x", "0o", "0b"}:
        return float(int(digits, 0))
    if len(digits) > 1 and digits[0] == "0" and digits.isdigit():
        return float(int(digits, 8 if set(digits) <= set("01234567") else 10))
    return float(digits)
