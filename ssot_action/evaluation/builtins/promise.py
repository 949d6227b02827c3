"""Promise, on promises that are settled: async functions are evaluated on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.errors import aggregate_error
from ssot_action.evaluation.builtins.natives import (
    adopt,
    argument,
    callback,
    define,
    define_class,
    define_methods,
    finish,
    native,
    needs_new,
    receiver,
    unknown_outcome,
)
from ssot_action.evaluation.values import (
    PROMISE_PROTOTYPE,
    SYMBOL_TO_STRING_TAG,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    Nature,
    PromiseObject,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_PENDING: Final = Unknown(
    UnknownCode.RUNTIME, "the promise is settled later", nature=Nature.INSTANCE
)


class _Settling:
    """A promise being made: the first of its two functions that is called settles it."""

    def __init__(self) -> None:
        self.result: Value = None
        self.resolve = native("resolve", self._resolve)
        self.reject = native("reject", self._reject)

    def _resolve(self, interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        if self.result is None:
            self.result = settled(interpreter, argument(arguments, 0))
        return UNDEFINED

    def _reject(self, _interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        if self.result is None:
            self.result = PromiseObject(argument(arguments, 0), is_rejected=True)
        return UNDEFINED

    def outcome(self) -> Value:
        """Return the promise, unknown when nothing has settled it yet."""
        return _PENDING if self.result is None else self.result


def settled(interpreter: Interpreter, value: Value) -> Value:
    """Return the promise that `Promise.resolve(value)` gives."""
    if isinstance(value, PromiseObject):
        return value
    if isinstance(value, JSObject):
        then = interpreter.get(value, "then")
        if isinstance(then, Unknown):
            return then.with_nature(Nature.INSTANCE)
        if isinstance(then, JSFunction):
            return run_executor(interpreter, then, value)
    return PromiseObject(value)


def run_executor(interpreter: Interpreter, function: Value, this: Value) -> Value:
    """Call `function` with the two functions that settle a promise; return the promise."""
    settling = _Settling()
    try:
        made = interpreter.call(function, this, [settling.resolve, settling.reject])
    except JSThrow as thrown:
        if settling.result is None:
            settling.result = PromiseObject(thrown.value, is_rejected=True)
    else:
        if settling.result is None and isinstance(made, Unknown):
            return made.with_nature(Nature.INSTANCE)
    return settling.outcome()


def _attempt(interpreter: Interpreter, function: Value, arguments: list[Value]) -> Value:
    """Return the promise of what calling `function` gives."""
    try:
        return settled(interpreter, interpreter.call(function, UNDEFINED, arguments))
    except JSThrow as thrown:
        return PromiseObject(thrown.value, is_rejected=True)


def _this(this: Value) -> PromiseObject:
    return receiver(this, PromiseObject, "a method of Promise.prototype")


def _then(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    promise = _this(this)
    handler = argument(arguments, 1 if promise.is_rejected else 0)
    if not isinstance(handler, JSFunction | Unknown):
        return PromiseObject(promise.value, is_rejected=promise.is_rejected)
    return _attempt(interpreter, handler, [promise.value])


def _catch(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    return _then(interpreter, this, [UNDEFINED, argument(arguments, 0)])


def _finally(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    promise = _this(this)
    handler = argument(arguments, 0)
    if not isinstance(handler, JSFunction | Unknown):
        return _then(interpreter, this, [])
    made = _attempt(interpreter, handler, [])
    if isinstance(made, PromiseObject) and not made.is_rejected:
        return PromiseObject(promise.value, is_rejected=promise.is_rejected)
    return made


# Statics


def _resolve(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return settled(interpreter, argument(arguments, 0))


def _reject(_interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return PromiseObject(argument(arguments, 0), is_rejected=True)


def _try(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    return _attempt(interpreter, argument(arguments, 0), arguments[1:])


def _with_resolvers(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
    settling = _Settling()
    return JSObject({"promise": _PENDING, "resolve": settling.resolve, "reject": settling.reject})


def _promises(interpreter: Interpreter, arguments: list[Value]) -> list[Value]:
    return [settled(interpreter, item) for item in interpreter.iterate(argument(arguments, 0))]


def _all(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    promises = _promises(interpreter, arguments)
    rejected = [
        promise
        for promise in promises
        if isinstance(promise, PromiseObject) and promise.is_rejected
    ]
    if len(rejected) == 1:
        return rejected[0]
    if rejected:
        raise unknown_outcome("which promise is rejected first is known only at run time")
    return PromiseObject(JSArray([_value_of(promise) for promise in promises]))


def _value_of(promise: Value) -> Value:
    return promise.value if isinstance(promise, PromiseObject) else promise


def _all_settled(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    results: list[Value] = []
    for promise in _promises(interpreter, arguments):
        if not isinstance(promise, PromiseObject):
            results.append(promise)
        elif promise.is_rejected:
            results.append(JSObject({"status": "rejected", "reason": promise.value}))
        else:
            results.append(JSObject({"status": "fulfilled", "value": promise.value}))
    return PromiseObject(JSArray(results))


def _race(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    promises = _promises(interpreter, arguments)
    if len(promises) == 1:
        return promises[0]
    raise unknown_outcome("which promise is settled first is known only at run time")


def _any(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    promises = _promises(interpreter, arguments)
    reasons: list[Value] = []
    others: list[Value] = []
    for promise in promises:
        if isinstance(promise, PromiseObject) and promise.is_rejected:
            reasons.append(promise.value)
        else:
            others.append(promise)
    if len(others) == 1:
        return others[0]
    if others:
        raise unknown_outcome("which promise is settled first is known only at run time")
    return PromiseObject(aggregate_error(reasons, "All promises were rejected"), is_rejected=True)


def _construct(interpreter: Interpreter, arguments: list[Value], new_target: JSObject) -> Value:
    made = run_executor(interpreter, callback(argument(arguments, 0)), UNDEFINED)
    if isinstance(made, Unknown):
        raise UnknownOutcome(made)
    if not isinstance(made, PromiseObject):
        return made
    result = PromiseObject(made.value, is_rejected=made.is_rejected)
    return result if new_target is PROMISE else adopt(interpreter, result, new_target)


PROMISE: Final = define_class("Promise", PROMISE_PROTOTYPE, needs_new("Promise"), _construct)

define_methods(
    PROMISE,
    {
        "all": _all,
        "allSettled": _all_settled,
        "any": _any,
        "race": _race,
        "reject": _reject,
        "resolve": _resolve,
        "try": _try,
        "withResolvers": _with_resolvers,
    },
    Nature.INSTANCE,
)
define_methods(
    PROMISE_PROTOTYPE, {"catch": _catch, "finally": _finally, "then": _then}, Nature.INSTANCE
)
define(PROMISE_PROTOTYPE, SYMBOL_TO_STRING_TAG, "Promise")
finish(PROMISE, PROMISE_PROTOTYPE)
