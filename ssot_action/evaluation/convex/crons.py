"""Cron jobs (convex 1.48, `src/server/cron.ts`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.convex.json_values import Json, convex_to_json, to_plain_json
from ssot_action.evaluation.convex.references import function_name, is_reference
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSObject,
    NativeFunction,
    Unknown,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter

_IDENTIFIER = re.compile(r"[ -~]*\Z")
_DAYS = frozenset({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"})
# Names every object has: registering one of them fails in the library as registered twice.
_INHERITED = frozenset(
    {
        "constructor",
        "toString",
        "valueOf",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "__proto__",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    }
)


@dataclass(slots=True)
class CronJob:
    """One job; a part that is unknown is the `Unknown`."""

    name: str | Unknown
    args: list[Json] | Unknown
    schedule: dict[str, Json] | Unknown


class Crons(JSObject):
    """What `cronJobs()` makes.

    Attributes:
        jobs: identifier → job.
        unknowns: why jobs may be missing from these.
    """

    __slots__ = ("jobs", "unknowns")

    def __init__(self) -> None:
        super().__init__({"isCrons": True}, CRONS_PROTOTYPE)
        self.jobs: dict[str, CronJob] = {}
        self.unknowns: list[Unknown] = []

    def on_escape(self, cause: Unknown) -> None:
        """Note that code we cannot read may have added jobs."""
        if cause not in self.unknowns:
            self.unknowns.append(cause)


def _crons(this: Value) -> Crons:
    if not isinstance(this, Crons):
        raise type_error("a method of cronJobs() was called on something else")
    return this


def _argument(arguments: list[Value], index: int) -> Value:
    return arguments[index] if index < len(arguments) else UNDEFINED


def _schedule(
    interpreter: Interpreter,
    crons: Crons,
    arguments: list[Value],
    schedule: dict[str, Json] | Unknown,
    *,
    first: int = 2,
) -> Value:
    """Add the job whose function reference is the argument at `first`."""
    identifier_value = _argument(arguments, 0)
    if isinstance(identifier_value, Unknown):
        crons.on_escape(identifier_value)
        return UNDEFINED
    identifier = to_string(interpreter, identifier_value)
    if not _IDENTIFIER.match(identifier):
        raise js_error("Error", f"Invalid cron identifier {identifier!r}: use printable ASCII")
    if identifier in crons.jobs or identifier in _INHERITED:
        raise js_error("Error", f"Cron identifier registered twice: {identifier}")
    name: str | Unknown
    args: list[Json] | Unknown
    try:
        name = function_name(interpreter, _argument(arguments, first))
    except UnknownOutcome as outcome:
        name = outcome.unknown
    given = _argument(arguments, first + 1)
    try:
        args = [{} if given is UNDEFINED else convex_to_json(interpreter, given)]
    except UnknownOutcome as outcome:
        args = outcome.unknown
    crons.jobs[identifier] = CronJob(name, args, schedule)
    return UNDEFINED


def _read(
    interpreter: Interpreter, value: Value, checks: dict[str, Callable[[object], bool]], kind: str
) -> dict[str, Json] | Unknown:
    """Return the schedule made of the members of `value` that `checks` names."""
    try:
        found: dict[str, Json] = {}
        for name, is_valid in checks.items():
            member = interpreter.get(value, name)
            if member is UNDEFINED and name == "minuteUTC":
                continue
            plain = to_plain_json(interpreter, member) if member is not UNDEFINED else None
            if not is_valid(plain):
                raise js_error("Error", f"{name} of a {kind} cron job is not valid")
            found[name] = plain
    except UnknownOutcome as outcome:
        return outcome.unknown
    return {**found, "type": kind}


def _between(low: int, high: int) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return check


_MINUTE = _between(0, 59)
_HOUR = _between(0, 23)


def _interval(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    given = _argument(arguments, 1)
    schedule: dict[str, Json] | Unknown
    try:
        plain = to_plain_json(interpreter, given)
        members = plain if isinstance(plain, dict) else {}
        units = [name for name in ("seconds", "minutes", "hours") if name in members]
        if len(units) != 1:
            raise js_error("Error", "Must specify one of seconds, minutes, or hours")
        amount = members[units[0]]
        if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
            raise js_error("Error", "Interval must be an integer greater than 0")
        schedule = {**members, "type": "interval"}
    except UnknownOutcome as outcome:
        schedule = outcome.unknown
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _hourly(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    second = _argument(arguments, 1)
    if not isinstance(second, Unknown) and is_reference(interpreter, second):
        return _schedule(interpreter, _crons(this), arguments, {"type": "hourly"}, first=1)
    schedule = _read(interpreter, second, {"minuteUTC": _MINUTE}, "hourly")
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _daily(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    checks = {"hourUTC": _HOUR, "minuteUTC": _MINUTE}
    schedule = _read(interpreter, _argument(arguments, 1), checks, "daily")
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _weekly(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    checks: dict[str, Callable[[object], bool]] = {
        "dayOfWeek": lambda value: value in _DAYS,
        "hourUTC": _HOUR,
        "minuteUTC": _MINUTE,
    }
    schedule = _read(interpreter, _argument(arguments, 1), checks, "weekly")
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _monthly(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    checks = {"day": _between(1, 31), "hourUTC": _HOUR, "minuteUTC": _MINUTE}
    schedule = _read(interpreter, _argument(arguments, 1), checks, "monthly")
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _cron(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    schedule: dict[str, Json] | Unknown
    try:
        schedule = {"cron": to_plain_json(interpreter, _argument(arguments, 1)), "type": "cron"}
    except UnknownOutcome as outcome:
        schedule = outcome.unknown
    return _schedule(interpreter, _crons(this), arguments, schedule)


def _schedule_method(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    schedule: dict[str, Json] | Unknown
    try:
        plain = to_plain_json(interpreter, _argument(arguments, 1))
        schedule = plain if isinstance(plain, dict) else {}
    except UnknownOutcome as outcome:
        schedule = outcome.unknown
    return _schedule(interpreter, _crons(this), arguments, schedule)


CRONS_PROTOTYPE = JSObject(
    {
        "interval": NativeFunction("interval", _interval),
        "hourly": NativeFunction("hourly", _hourly),
        "daily": NativeFunction("daily", _daily),
        "weekly": NativeFunction("weekly", _weekly),
        "monthly": NativeFunction("monthly", _monthly),
        "cron": NativeFunction("cron", _cron),
        "schedule": NativeFunction("schedule", _schedule_method),
    }
)
CRONS_PROTOTYPE.is_frozen = True


def _cron_jobs(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return Crons()


CRON_JOBS = NativeFunction("cronJobs", _cron_jobs)
