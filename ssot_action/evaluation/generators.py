"""Generators: functions that are left in the middle and come back.

Each runs in a thread of its own, of which only one is ever awake: whoever resumes a generator waits
until it yields, returns or throws. A generator that is never finished keeps its thread asleep; the
threads are daemons, and few programs make generators while their modules load.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeAlias

from ssot_action.evaluation.interpreter import BudgetExceeded
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    GeneratorReturn,
    IteratorObject,
    JSObject,
    JSThrow,
    NativeFunction,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter

_STACK_BYTES = 64 * 1024 * 1024
MAXIMAL_GENERATORS = 200
MAXIMAL_YIELDS = 20_000

_Message: TypeAlias = "tuple[str, object]"


class GeneratorObject(IteratorObject):
    """What calling a generator function gives.

    Args:
        body: runs the function; it is handed the generator, to yield through.
    """

    __slots__ = ("_body", "_from_caller", "_is_done", "_thread", "_to_caller")

    def __init__(self, body: Callable[[GeneratorObject], Value]) -> None:
        super().__init__([])
        self._body = body
        self._is_done = False
        self._thread: threading.Thread | None = None
        self._from_caller: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self._to_caller: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self.properties["next"] = NativeFunction("next", self._next)
        self.properties["return"] = NativeFunction("return", self._return)
        self.properties["throw"] = NativeFunction("throw", self._throw)
        for name in ("next", "return", "throw"):
            self.hide(name)

    # The side of the caller

    def resume(self, kind: str, value: Value) -> tuple[bool, Value]:
        """Go on until the next yield; return whether the generator is done, and the value.

        Args:
            kind: `next`, `return` or `throw`.
            value: what the yield in the generator gives, or the completion it is left by.
        """
        if not self._is_done and self._thread is None and kind != "next":
            self._is_done = True
        if self._is_done:
            if kind == "throw":
                raise JSThrow(value)
            return True, value if kind == "return" else UNDEFINED
        if self._thread is None:
            self._start()
        else:
            self._from_caller.put((kind, value))
        outcome, result = self._to_caller.get()
        if outcome == "yield":
            return False, result
        self._is_done = True
        if outcome == "raise":
            raise result  # type: ignore[misc]
        return True, result

    def _start(self) -> None:
        if threading.active_count() > MAXIMAL_GENERATORS:
            raise BudgetExceeded("too many generators are open")
        size = threading.stack_size(_STACK_BYTES)
        try:
            self._thread = threading.Thread(target=self._run, daemon=True, name="generator")
            self._thread.start()
        finally:
            threading.stack_size(size)

    def take(self) -> Value:
        """Return the next item, `MISSING` after the last."""
        is_done, value = self.resume("next", UNDEFINED)
        return MISSING if is_done else value

    def rest(self) -> list[Value]:
        """Return the items that are left, and take them."""
        items: list[Value] = []
        while (item := self.take()) is not MISSING:
            items.append(item)
            if len(items) > MAXIMAL_YIELDS:
                raise BudgetExceeded("an iterator gives too many values")
        return items

    def close(self) -> None:
        """Leave the generator where it stands, by way of its `finally` blocks."""
        self.resume("return", UNDEFINED)

    def _next(self, _: Interpreter, __: Value, arguments: list[Value]) -> Value:
        return _step(self.resume("next", arguments[0] if arguments else UNDEFINED))

    def _return(self, _: Interpreter, __: Value, arguments: list[Value]) -> Value:
        return _step(self.resume("return", arguments[0] if arguments else UNDEFINED))

    def _throw(self, _: Interpreter, __: Value, arguments: list[Value]) -> Value:
        return _step(self.resume("throw", arguments[0] if arguments else UNDEFINED))

    # The side of the generator

    def yield_(self, value: Value) -> Value:
        """Hand `value` to the caller; return what it resumes with."""
        self._to_caller.put(("yield", value))
        kind, sent = self._from_caller.get()
        if kind == "throw":
            raise JSThrow(sent)
        if kind == "return":
            raise GeneratorReturn(sent)
        return sent

    def _run(self) -> None:
        try:
            self._to_caller.put(("return", self._body(self)))
        except GeneratorReturn as left:
            self._to_caller.put(("return", left.value))
        except BaseException as failure:  # noqa: BLE001 - for the other thread to handle
            self._to_caller.put(("raise", failure))


def _step(outcome: tuple[bool, Value]) -> Value:
    is_done, value = outcome
    return JSObject({"value": value, "done": is_done})
