"""The methods of String.prototype that take a string or a regular expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.builtins import regexp
from ssot_action.evaluation.builtins.iterators import PulledIterator
from ssot_action.evaluation.builtins.natives import argument, bounded, spend
from ssot_action.evaluation.builtins.text import from_units, this_string
from ssot_action.evaluation.convert import to_integer, to_string
from ssot_action.evaluation.interpreter import utf16_units
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    RegExpObject,
    Unknown,
    UnknownOutcome,
    Value,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.builtins.regexp import Match
    from ssot_action.evaluation.interpreter import Interpreter

_MOST_PARTS = 2**32 - 1


def match(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.match."""
    text = this_string(interpreter, this)
    pattern = _as_regexp(interpreter, argument(arguments, 0), "")
    if "g" not in pattern.flags:
        return regexp.exec_(interpreter, pattern, text)
    regexp.set_last_index(pattern, 0)
    found = regexp.matches(interpreter, pattern, utf16_units(text), 0)
    return JSArray([from_units(each.text) for each in found]) if found else None


def match_all(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.matchAll."""
    text = this_string(interpreter, this)
    given = argument(arguments, 0)
    if isinstance(given, RegExpObject) and "g" not in given.flags:
        raise type_error("String.prototype.matchAll called with a non-global RegExp argument")
    pattern = _as_regexp(interpreter, given, "g")
    start = regexp.last_index(interpreter, pattern)
    units = utf16_units(text)
    found = iter(regexp.matches(interpreter, pattern, units, start))

    def pull() -> Value:
        each = next(found, None)
        return MISSING if each is None else regexp.match_object(each, units, pattern.flags)

    return PulledIterator(pull)


def search(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.search."""
    text = this_string(interpreter, this)
    pattern = _as_regexp(interpreter, argument(arguments, 0), "")
    found = regexp.find(interpreter, pattern, utf16_units(text), 0)
    return -1.0 if found is None else float(found.start)


def _as_regexp(interpreter: Interpreter, value: Value, flags: str) -> RegExpObject:
    if isinstance(value, RegExpObject):
        return value
    source = "(?:)" if value is UNDEFINED else to_string(interpreter, value)
    return RegExpObject(source or "(?:)", flags)


# Splitting


def split(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.split."""
    units = utf16_units(this_string(interpreter, this))
    separator = argument(arguments, 0)
    limit = argument(arguments, 1)
    most = _MOST_PARTS if limit is UNDEFINED else to_integer(interpreter, limit) % 2**32
    if isinstance(separator, RegExpObject):
        parts = _split_by_pattern(interpreter, separator, units)
    else:
        between = to_string(interpreter, separator)
        parts = _split_by_text(units, separator, utf16_units(between))
    spend(interpreter, bounded(len(parts)))
    return JSArray([from_units(part) if isinstance(part, str) else part for part in parts[:most]])


def _split_by_text(units: str, separator: Value, between: str) -> list[Value]:
    if separator is UNDEFINED:
        return [units]
    if not between:
        return list(units)
    return list(units.split(between))


def _split_by_pattern(interpreter: Interpreter, pattern: RegExpObject, units: str) -> list[Value]:
    if not units:
        return [""] if regexp.find_anywhere(interpreter, pattern, units, 0) is None else []
    parts: list[Value] = []
    start = position = 0
    while position < len(units):
        found = regexp.find_anywhere(interpreter, pattern, units, position)
        if found is None or found.start >= len(units):
            break
        # An empty match where the part begins splits nothing.
        if found.end == start:
            position = regexp.advance(pattern, units, position)
            continue
        parts.append(units[start : found.start])
        parts.extend(UNDEFINED if group is None else group for group in found.groups())
        start = position = found.end
    parts.append(units[start:])
    return parts


# Replacing


def replace(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.replace."""
    pattern = argument(arguments, 0)
    units = utf16_units(this_string(interpreter, this))
    if isinstance(pattern, RegExpObject):
        found = regexp.matches_to_replace(interpreter, pattern, units)
    else:
        wanted = utf16_units(to_string(interpreter, pattern))
        start = units.find(wanted)
        found = [] if start < 0 else [regexp.Match(units, ((start, start + len(wanted)),), {})]
    return _replace(interpreter, units, found, argument(arguments, 1))


def replace_all(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """String.prototype.replaceAll."""
    pattern = argument(arguments, 0)
    if isinstance(pattern, RegExpObject):
        if "g" not in pattern.flags:
            raise type_error("replaceAll must be called with a global RegExp")
        return replace(interpreter, this, arguments)
    units = utf16_units(this_string(interpreter, this))
    wanted = utf16_units(to_string(interpreter, pattern))
    found: list[Match] = []
    position = units.find(wanted)
    while position >= 0:
        spend(interpreter)
        found.append(regexp.Match(units, ((position, position + len(wanted)),), {}))
        position = units.find(wanted, position + max(len(wanted), 1))
    return _replace(interpreter, units, found, argument(arguments, 1))


def _replace(interpreter: Interpreter, units: str, found: list[Match], replacement: Value) -> Value:
    if isinstance(replacement, Unknown):
        if not found:
            return from_units(units)
        raise UnknownOutcome(replacement)
    template = ""
    if not isinstance(replacement, JSFunction):
        template = utf16_units(to_string(interpreter, replacement))
    parts: list[str] = []
    position = 0
    for each in found:
        spend(interpreter)
        if isinstance(replacement, JSFunction):
            made = interpreter.call(replacement, UNDEFINED, _replacer_arguments(each))
            text = utf16_units(to_string(interpreter, made))
        else:
            text = _expand(template, each)
        parts.extend((units[position : each.start], text))
        position = each.end
    parts.append(units[position:])
    bounded(sum(map(len, parts)))
    return from_units("".join(parts))


def _replacer_arguments(found: Match) -> list[Value]:
    values: list[Value] = [from_units(found.text)]
    values.extend(UNDEFINED if group is None else from_units(group) for group in found.groups())
    values.extend((float(found.start), from_units(found.units)))
    named = regexp.named_groups(found)
    if isinstance(named, JSObject):
        values.append(named)
    return values


def _expand(template: str, found: Match) -> str:
    """Return the replacement for one match: `$&`, `$1`, `$<name>` and their like stand for it."""
    parts: list[str] = []
    position = 0
    while True:
        dollar = template.find("$", position)
        if dollar < 0:
            parts.append(template[position:])
            return "".join(parts)
        parts.append(template[position:dollar])
        text, position = _reference(template, dollar, found)
        parts.append(text)


def _reference(template: str, at: int, found: Match) -> tuple[str, int]:
    """Return what the reference at `at` stands for and where it ends."""
    following = template[at + 1 : at + 2]
    simple = {
        "$": "$",
        "&": found.text,
        "`": found.units[: found.start],
        "'": found.units[found.end :],
    }
    if following in simple:
        return simple[following], at + 2
    if following == "<" and found.names:
        end = template.find(">", at)
        if end >= 0:
            number = found.names.get(template[at + 2 : end])
            group = None if number is None else found.group(number)
            return group or "", end + 1
    groups = found.groups()
    for length in (2, 1):
        digits = template[at + 1 : at + 1 + length]
        is_number = len(digits) == length and digits.isascii() and digits.isdigit()
        if is_number and 1 <= int(digits) <= len(groups):
            return groups[int(digits) - 1] or "", at + 1 + length
    return "$", at + 1
