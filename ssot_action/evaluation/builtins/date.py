"""Date, as far as no clock and no time zone decide."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    complete,
    define,
    define_class,
    define_methods,
    finish,
    forget,
    known,
    native,
    receiver,
    unknown_outcome,
)
from ssot_action.evaluation.convert import to_number, to_primitive
from ssot_action.evaluation.values import (
    SYMBOL_TO_PRIMITIVE,
    JSFunction,
    JSObject,
    NativeCode,
    Nature,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_TIME: Final = 8.64e15
_MONTHS: Final = 12
_DAY: Final = 86_400_000
_UNITS: Final = (_DAY, 3_600_000, 60_000, 1_000, 1)
_TWO_DIGIT_YEARS: Final = 99
_ISO: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:\d\d)?)?\Z",
    re.ASCII,
)
_LOCAL: Final = "it depends on the time zone of the host"

DATE_PROTOTYPE: Final = JSObject()


class DateObject(JSObject):
    """A Date; `time` is in milliseconds since 1970, NaN when it is invalid."""

    __slots__ = ("time",)

    def __init__(self, time: float) -> None:
        super().__init__(None, DATE_PROTOTYPE)
        self.time = time


def _clip(time: float) -> float:
    if not abs(time) <= _LARGEST_TIME:
        return math.nan
    return float(math.trunc(time)) + 0.0


def _moment(time: float) -> datetime:
    try:
        return _EPOCH + timedelta(milliseconds=time)
    except OverflowError:
        raise unknown_outcome("a year outside of 1 to 9999 is not modelled") from None


def _from_parts(parts: list[float]) -> float:
    """Return the time of year, month (from 0), day, hours, minutes, seconds, milliseconds."""
    if not all(map(math.isfinite, parts)):
        return math.nan
    numbers = [math.trunc(part) for part in parts]
    year, month = numbers[0] + numbers[1] // _MONTHS, numbers[1] % _MONTHS + 1
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what `datetime` has
        raise unknown_outcome("a year outside of 1 to 9999 is not modelled")
    days = (datetime(year, month, 1, tzinfo=UTC) - _EPOCH).days + numbers[2] - 1
    amounts = [days, *numbers[3:]]
    return _clip(float(sum(map(int.__mul__, amounts, _UNITS))))


def _parse_text(text: str) -> float:
    found = _ISO.match(text)
    if found is None:
        raise unknown_outcome("how this date is read depends on the engine")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if hour is not None and zone is None:
        raise unknown_outcome(_LOCAL)
    parts = [
        int(year),
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        int((fraction or "0").ljust(3, "0")),
    ]
    try:
        datetime(parts[0], parts[1], parts[2], tzinfo=UTC)
        clock_time(parts[3], parts[4], parts[5])
    except ValueError:
        # February 30 rolls over in some engines and is invalid in others; so is hour 24.
        raise unknown_outcome("how this date is read depends on the engine") from None
    parts[1] -= 1
    time = _from_parts([float(part) for part in parts])
    if zone not in (None, "Z"):
        offset = int(zone[1:3]) * 60 + int(zone[4:6])
        time -= (offset if zone[0] == "+" else -offset) * 60_000
    return time


def _this(this: Value) -> DateObject:
    return complete(receiver(this, DateObject, "a method of Date.prototype"))


def _get_time(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    return _this(this).time


def _iso(time: float) -> str:
    moment = _moment(time)
    return f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + f".{moment.microsecond // 1000:03}Z"


def _to_iso_string(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    time = _this(this).time
    if math.isnan(time):
        raise js_error("RangeError", "Invalid time value")
    return _iso(time)


def _to_json(interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    number = to_primitive(interpreter, this, "number")
    if isinstance(number, float) and not math.isfinite(number):
        return None
    method = known(interpreter.get(this, "toISOString"))
    if not isinstance(method, JSFunction):
        raise type_error("toISOString is not a function")
    return interpreter.call(method, this, [])


def _to_primitive(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    if not isinstance(known(this), JSObject):
        raise type_error("Date.prototype[Symbol.toPrimitive] called on non-object")
    names = ("toString", "valueOf")
    for name in names[::-1] if argument(arguments, 0) == "number" else names:
        method = known(interpreter.get(this, name))
        if isinstance(method, JSFunction):
            made = known(interpreter.call(method, this, []))
            if not isinstance(made, JSObject):
                return made
    raise type_error("Cannot convert object to primitive value")


def _reading(attribute: str) -> NativeCode:
    """Return the code of a method that reads a part of the time in UTC."""

    def code(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
        time = _this(this).time
        if math.isnan(time):
            return math.nan
        moment = _moment(time)
        if attribute == "weekday":
            return float((moment.weekday() + 1) % 7)
        if attribute == "millisecond":
            return float(moment.microsecond // 1000)
        part = float(getattr(moment, attribute))
        return part - 1 if attribute == "month" else part

    return code


def _local(_interpreter: Interpreter, this: Value, _arguments: list[Value]) -> Value:
    _this(this)
    raise unknown_outcome(_LOCAL)


def _changing(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    """Forget the date: what the setters make is not modelled."""
    date = _this(this)
    del interpreter, arguments
    outcome = unknown_outcome("setting parts of a date is not modelled", Nature.PRIMITIVE)
    forget(date, outcome.unknown)
    raise outcome


def _set_time(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    date = _this(this)
    date.time = _clip(to_number(interpreter, argument(arguments, 0)))
    return date.time


# The constructor


def _date(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("it is the present time", Nature.PRIMITIVE)


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    if not arguments:
        raise unknown_outcome("it is the present time", Nature.INSTANCE)
    if len(arguments) > 1:
        raise unknown_outcome(_LOCAL, Nature.INSTANCE)
    value = arguments[0]
    if isinstance(value, DateObject):
        time = complete(value).time
    else:
        plain = to_primitive(interpreter, value)
        if isinstance(plain, str):
            time = _parse_text(plain)
        else:
            time = _clip(to_number(interpreter, plain))
    return adopt(interpreter, DateObject(time), new_target)


def _now(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    raise unknown_outcome("it is the present time")


def _parse(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    value = to_primitive(interpreter, argument(arguments, 0), "string")
    if not isinstance(value, str):
        raise unknown_outcome("how this date is read depends on the engine")
    return _parse_text(value)


def _utc(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    given = [to_number(interpreter, value) for value in arguments[:7]]
    if not given:
        return math.nan
    parts = given + [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0][len(given) :]
    if 0 <= parts[0] <= _TWO_DIGIT_YEARS:
        parts[0] = 1900.0 + math.trunc(parts[0])
    return _from_parts(parts)


DATE: Final = define_class("Date", DATE_PROTOTYPE, _date, _construct, Nature.PRIMITIVE)

define_methods(DATE, {"UTC": _utc, "now": _now, "parse": _parse}, Nature.PRIMITIVE)
define_methods(
    DATE_PROTOTYPE,
    {
        "getTime": _get_time,
        "getUTCDate": _reading("day"),
        "getUTCDay": _reading("weekday"),
        "getUTCFullYear": _reading("year"),
        "getUTCHours": _reading("hour"),
        "getUTCMilliseconds": _reading("millisecond"),
        "getUTCMinutes": _reading("minute"),
        "getUTCMonth": _reading("month"),
        "getUTCSeconds": _reading("second"),
        "setTime": _set_time,
        "toISOString": _to_iso_string,
        "toJSON": _to_json,
        "valueOf": _get_time,
    },
    Nature.PRIMITIVE,
)
_LOCAL_PARTS: Final = (
    "Date",
    "Day",
    "FullYear",
    "Hours",
    "Milliseconds",
    "Minutes",
    "Month",
    "Seconds",
)
for _part in _LOCAL_PARTS:
    define_methods(DATE_PROTOTYPE, {f"get{_part}": _local}, Nature.PRIMITIVE)
    if _part != "Day":
        define_methods(
            DATE_PROTOTYPE,
            {f"set{_part}": _changing, f"setUTC{_part}": _changing},
            Nature.PRIMITIVE,
        )
for _name in (
    "getTimezoneOffset",
    "getYear",
    "toDateString",
    "toGMTString",
    "toLocaleDateString",
    "toLocaleString",
    "toLocaleTimeString",
    "toString",
    "toTimeString",
    "toUTCString",
):
    define_methods(DATE_PROTOTYPE, {_name: _local}, Nature.PRIMITIVE)
define(
    DATE_PROTOTYPE,
    SYMBOL_TO_PRIMITIVE,
    native("[Symbol.toPrimitive]", _to_primitive, Nature.PRIMITIVE),
)
finish(DATE, DATE_PROTOTYPE)
