"""RegExp, and what the pattern methods of strings need of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    define,
    define_class,
    define_getter,
    define_methods,
    finish,
    known,
    receiver,
    spend,
    unknown_outcome,
)
from ssot_action.evaluation.builtins.regexp_program import (
    InvalidPatternError,
    Program,
    UnsupportedPatternError,
    compile_pattern,
)
from ssot_action.evaluation.builtins.text import from_units
from ssot_action.evaluation.convert import to_integer, to_string
from ssot_action.evaluation.interpreter import utf16_units
from ssot_action.evaluation.values import (
    REGEXP_PROTOTYPE,
    UNDEFINED,
    JSArray,
    JSObject,
    NativeCode,
    Nature,
    RegExpObject,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.builtins.regexp_machine import Machine, Span
    from ssot_action.evaluation.interpreter import Interpreter

_STEPS_PER_FUEL: Final = 4
_MOST_STEPS: Final = 1_000_000
_FLAGS: Final = {
    "d": "hasIndices",
    "g": "global",
    "i": "ignoreCase",
    "m": "multiline",
    "s": "dotAll",
    "u": "unicode",
    "v": "unicodeSets",
    "y": "sticky",
}
_LINE_ENDS: Final = {"\n": "\\n", "\r": "\\r", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Match:
    """A match in a text, all in UTF-16 code units.

    Attributes:
        units: the text.
        spans: where the match and its groups are, None for a group that took no part.
        names: the numbers of the named groups.
    """

    units: str
    spans: tuple[Span | None, ...]
    names: dict[str, int]

    @property
    def start(self) -> int:
        """Where the match begins."""
        return self.spans[0][0] if self.spans[0] is not None else 0

    @property
    def end(self) -> int:
        """Where the match ends."""
        return self.spans[0][1] if self.spans[0] is not None else 0

    @property
    def text(self) -> str:
        """What matched."""
        return self.units[self.start : self.end]

    def group(self, number: int) -> str | None:
        """Return what a group matched."""
        span = self.spans[number]
        return None if span is None else self.units[span[0] : span[1]]

    def groups(self) -> list[str | None]:
        """Return what the groups matched, from the first."""
        return [self.group(number) for number in range(1, len(self.spans))]


def _program(pattern: RegExpObject) -> Program:
    try:
        return compile_pattern(pattern.source, pattern.flags)
    except InvalidPatternError as error:
        raise js_error("SyntaxError", f"Invalid regular expression: {error}") from None
    except UnsupportedPatternError as error:
        reason = f"in a regular expression, {error} is not read"
        raise unknown_outcome(reason, code=UnknownCode.SYNTAX) from None


class _Search:
    """Matches one pattern in one text; the work is paid for in fuel."""

    def __init__(self, interpreter: Interpreter, pattern: RegExpObject, units: str) -> None:
        self._interpreter = interpreter
        self._program = _program(pattern)
        # These two are the only characters that are letters of ASCII but for their case.
        is_folding = self._program.ignores_case and self._program.is_unicode
        if is_folding and ("\u017f" in units or "\u212a" in units):
            raise unknown_outcome(
                "matching letters beyond ASCII regardless of their case is not modelled",
                code=UnknownCode.SYNTAX,
            )
        limit = min(_MOST_STEPS, max(0, interpreter.fuel) * _STEPS_PER_FUEL)
        self._machine: Machine = self._program.machine(units, limit)
        self._units = units

    def at(self, position: int) -> Match | None:
        """Return the match that begins at `position`."""
        before = self._machine.steps
        spans = self._program.match(self._machine, position)
        spend(self._interpreter, (self._machine.steps - before) // _STEPS_PER_FUEL)
        return None if spans is None else Match(self._units, spans, self._program.pattern.names)

    def first(self, position: int) -> Match | None:
        """Return the first match at or after `position`."""
        while position <= len(self._units):
            found = self.at(position)
            if found is not None:
                return found
            is_pair = self._machine.code_after(position) > 0xFFFF  # noqa: PLR2004
            if is_pair and self._program.can_be_empty:
                # V8 then tries the middle of the pair as well.
                raise unknown_outcome("engines are at odds about empty matches inside of pairs")
            position += 2 if is_pair else 1
        return None


def find(
    interpreter: Interpreter, pattern: RegExpObject, units: str, position: int
) -> Match | None:
    """Return the first match at or after `position`; with the flag `y` only one right there."""
    search = _Search(interpreter, pattern, units)
    if "y" in pattern.flags:
        return search.at(position) if position <= len(units) else None
    return search.first(position)


def find_anywhere(
    interpreter: Interpreter, pattern: RegExpObject, units: str, position: int
) -> Match | None:
    """Return the first match at or after `position`, whatever the flags."""
    return _Search(interpreter, pattern, units).first(position)


def matches(
    interpreter: Interpreter, pattern: RegExpObject, units: str, position: int
) -> list[Match]:
    """Return all matches from `position` on, as the flag `g` finds them."""
    search = _Search(interpreter, pattern, units)
    found: list[Match] = []
    while position <= len(units):
        each = search.at(position) if "y" in pattern.flags else search.first(position)
        if each is None:
            break
        spend(interpreter)
        found.append(each)
        position = advance(pattern, units, each.end) if each.end == each.start else each.end
    return found


def matches_to_replace(interpreter: Interpreter, pattern: RegExpObject, units: str) -> list[Match]:
    """Return the matches that `replace` replaces: all with the flag `g`, else the first."""
    if "g" in pattern.flags:
        set_last_index(pattern, 0)
        return matches(interpreter, pattern, units, 0)
    found = _exec(interpreter, pattern, units)
    return [] if found is None else [found]


def advance(pattern: RegExpObject, units: str, position: int) -> int:
    """Return the position of the next character."""
    if "u" in pattern.flags and len(from_units(units[position : position + 2])) == 1:
        return min(position + 2, max(len(units), position + 1))
    return position + 1


def last_index(interpreter: Interpreter, pattern: RegExpObject) -> int:
    """Return the `lastIndex` of `pattern`."""
    return max(0, to_integer(interpreter, interpreter.get(pattern, "lastIndex")))


def set_last_index(pattern: RegExpObject, index: int) -> None:
    """Set the `lastIndex` of `pattern`, which is not enumerable."""
    if pattern.is_frozen:
        raise type_error("Cannot assign to read only property 'lastIndex' of object")
    define(pattern, "lastIndex", float(index))


def _exec(interpreter: Interpreter, pattern: RegExpObject, units: str) -> Match | None:
    """Find a match where `lastIndex` says, and move it if the flags say so."""
    uses_index = "g" in pattern.flags or "y" in pattern.flags
    try:
        start = last_index(interpreter, pattern) if uses_index else 0
        found = find(interpreter, pattern, units, start) if start <= len(units) else None
    except UnknownOutcome as outcome:
        if uses_index and not pattern.is_frozen:
            define(pattern, "lastIndex", outcome.unknown.with_nature(Nature.PRIMITIVE))
        raise
    if uses_index:
        set_last_index(pattern, 0 if found is None else found.end)
    return found


def exec_(interpreter: Interpreter, pattern: RegExpObject, text: str) -> Value:
    """Return `pattern.exec(text)`."""
    units = utf16_units(text)
    found = _exec(interpreter, pattern, units)
    return None if found is None else match_object(found, units, pattern.flags)


def match_object(found: Match, units: str, flags: str) -> JSArray:
    """Return a match as the program sees it."""
    items: list[Value] = [from_units(found.text)]
    items.extend(UNDEFINED if group is None else from_units(group) for group in found.groups())
    result = JSArray(items)
    result.set_own("index", float(found.start))
    result.set_own("input", from_units(units))
    result.set_own("groups", named_groups(found))
    if "d" in flags:
        result.set_own(
            "indices",
            Unknown(UnknownCode.MODEL, "the indices of a match are not modelled"),
        )
    return result


def named_groups(found: Match) -> Value:
    """Return the object of named groups, undefined when there are none."""
    if not found.names:
        return UNDEFINED
    groups = JSObject({}, None)
    for name, number in found.names.items():
        group = found.group(number)
        groups.set_own(name, UNDEFINED if group is None else from_units(group))
    return groups


# RegExp.prototype


def _this(this: Value) -> RegExpObject:
    return receiver(this, RegExpObject, "a method of RegExp.prototype")


def _exec_method(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return exec_(interpreter, _this(this), to_string(interpreter, argument(arguments, 0)))


def _test(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    units = utf16_units(to_string(interpreter, argument(arguments, 0)))
    return _exec(interpreter, _this(this), units) is not None


def _source_of(pattern: RegExpObject) -> str:
    """Return the pattern as it can stand between slashes."""
    parts: list[str] = []
    in_class = is_escaped = False
    for character in pattern.source:
        if character in _LINE_ENDS:
            parts.append(_LINE_ENDS[character][1:] if is_escaped else _LINE_ENDS[character])
        elif character == "/" and not is_escaped and not in_class:
            parts.append("\\/")
        else:
            parts.append(character)
        if not is_escaped and character in "[]":
            in_class = character == "["
        is_escaped = character == "\\" and not is_escaped
    return "".join(parts) or "(?:)"


def _flags_of(pattern: RegExpObject) -> str:
    return "".join(flag for flag in _FLAGS if flag in pattern.flags)


def _source(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return "(?:)" if this is REGEXP_PROTOTYPE else _source_of(_this(this))


def _flags(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _flags_of(_this(this))


def _flag(flag: str) -> NativeCode:
    def code(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        return UNDEFINED if this is REGEXP_PROTOTYPE else flag in _this(this).flags

    return code


def _to_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    pattern = _this(this)
    return f"/{_source_of(pattern)}/{_flags_of(pattern)}"


# The constructor


def _make(interpreter: Interpreter, arguments: list[Value]) -> RegExpObject:
    given = known(argument(arguments, 0))
    flags = known(argument(arguments, 1))
    if isinstance(given, RegExpObject):
        source = given.source
        text = given.flags if flags is UNDEFINED else to_string(interpreter, flags)
    else:
        source = "" if given is UNDEFINED else to_string(interpreter, given)
        text = "" if flags is UNDEFINED else to_string(interpreter, flags)
    is_valid = len(set(text)) == len(text) and set(text) <= set(_FLAGS)
    if not is_valid or ("u" in text and "v" in text):
        raise js_error("SyntaxError", f"Invalid flags supplied to RegExp constructor '{text}'")
    pattern = RegExpObject(source or "(?:)", text)
    # Where a pattern is not read, matching is unknown; that it is valid is taken for granted.
    with suppress(UnknownOutcome):
        _program(pattern)
    return pattern


def _regexp(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    given = argument(arguments, 0)
    if isinstance(given, RegExpObject) and argument(arguments, 1) is UNDEFINED:
        return given
    return _make(interpreter, arguments)


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    made = _make(interpreter, arguments)
    return made if new_target is REGEXP else adopt(interpreter, made, new_target)


def _escape(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("RegExp.escape is not modelled", code=UnknownCode.MODEL)


REGEXP: Final = define_class("RegExp", REGEXP_PROTOTYPE, _regexp, _construct)

define_methods(REGEXP, {"escape": _escape}, Nature.PRIMITIVE)
for _number in range(1, 10):
    define(REGEXP, f"${_number}", Unknown(UnknownCode.MODEL, "the last match is not kept"))
define_methods(REGEXP_PROTOTYPE, {"exec": _exec_method})
define_methods(REGEXP_PROTOTYPE, {"test": _test, "toString": _to_string}, Nature.PRIMITIVE)
define_getter(REGEXP_PROTOTYPE, "source", _source)
define_getter(REGEXP_PROTOTYPE, "flags", _flags)
for _letter, _property in _FLAGS.items():
    define_getter(REGEXP_PROTOTYPE, _property, _flag(_letter))
# Each expression has its own `lastIndex`; until something sets it, it is this one.
define(REGEXP_PROTOTYPE, "lastIndex", 0.0)
finish(REGEXP, REGEXP_PROTOTYPE)
