"""What the host supplies: console, process, timers, the web platform's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.builtins.cloning import structured_clone
from ssot_action.evaluation.builtins.natives import (
    argument,
    callback,
    define_methods,
    finish,
    native,
    returns_undefined,
    unknown_outcome,
)
from ssot_action.evaluation.proxies import PROXY
from ssot_action.evaluation.values import (
    JSObject,
    NativeCode,
    NativeFunction,
    Nature,
    PropertyKey,
    Unknown,
    UnknownCode,
    Value,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

# Classes of which both of Convex's runtimes have some version; their instances are not modelled.
_CLASSES: Final = (
    "AbortController",
    "AbortSignal",
    "Blob",
    "DOMException",
    "DataView",
    "Event",
    "EventTarget",
    "FinalizationRegistry",
    "FormData",
    "Headers",
    "ReadableStream",
    "Request",
    "Response",
    "TransformStream",
    "WritableStream",
)
# Names that a runtime may or may not have.
_UNCERTAIN: Final = (
    "AsyncDisposableStack",
    "Atomics",
    "BroadcastChannel",
    "Buffer",
    "CompressionStream",
    "CustomEvent",
    "DecompressionStream",
    "DisposableStack",
    "EventSource",
    "File",
    "Float16Array",
    "Intl",
    "MessageChannel",
    "MessageEvent",
    "MessagePort",
    "SharedArrayBuffer",
    "SuppressedError",
    "Temporal",
    "WebAssembly",
    "WebSocket",
    "__dirname",
    "__filename",
    "clearImmediate",
    "exports",
    "global",
    "module",
    "navigator",
    "performance",
    "require",
    "self",
    "setImmediate",
)
_CONSOLE: Final = (
    "assert",
    "clear",
    "count",
    "countReset",
    "debug",
    "dir",
    "dirxml",
    "error",
    "group",
    "groupCollapsed",
    "groupEnd",
    "info",
    "log",
    "table",
    "time",
    "timeEnd",
    "timeLog",
    "trace",
    "warn",
)


class EnvironmentObject(JSObject):
    """`process.env`: nobody knows which variables there are.

    A property that was not set is missing and the object incomplete; `incomplete` names the
    variable that was asked for last.
    """

    __slots__ = ("_asked",)

    def __init__(self) -> None:
        self._asked: PropertyKey = ""
        super().__init__({"NODE_ENV": "production"})

    def get_own(self, key: PropertyKey) -> Value:
        """Return the own property `key`."""
        self._asked = key
        return super().get_own(key)

    @property
    def incomplete(self) -> Unknown | None:
        """Why a property is not known to be missing."""
        name = self._asked if isinstance(self._asked, str) and self._asked else None
        reason = (
            "the environment variables are known only to the deployment"
            if name is None
            else f"the environment variable `{name}` is known only to the deployment"
        )
        return Unknown(UnknownCode.ENVIRONMENT, reason, nature=Nature.PRIMITIVE)

    @incomplete.setter
    def incomplete(self, _: Unknown | None) -> None:
        """Ignore it: the object is incomplete already."""

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own keys."""
        self._asked = ""
        return super().own_keys()


class GlobalObject(JSObject):
    """`globalThis`: its properties are the global variables."""

    __slots__ = ()

    def own_keys(self) -> list[PropertyKey]:
        """Return the enumerable own keys."""
        # The built-in globals are not enumerable; which others are depends on the host.
        raise unknown_outcome("the names of all globals depend on the host")


def _raising(reason: str, nature: Nature) -> NativeCode:
    def code(_interpreter: Interpreter, _this: Value, _arguments: list[Value]) -> Value:
        raise unknown_outcome(reason, nature)

    return code


def _opaque(reason: str) -> JSObject:
    """Return an object whose other properties are unknown."""
    target = JSObject()
    target.incomplete = Unknown(UnknownCode.RUNTIME, reason)
    return target


def _opaque_class(name: str) -> NativeFunction:
    """Return a class whose instances and statics are unknown."""
    reason = f"`{name}` is not modelled"
    unknown = Unknown(UnknownCode.MODEL, reason)

    def code(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
        interpreter.escape(arguments, unknown)
        raise unknown_outcome(reason, Nature.INSTANCE, UnknownCode.MODEL)

    def construct(interpreter: Interpreter, arguments: list[Value], _new_target: JSObject) -> Value:
        return code(interpreter, None, arguments)

    function = NativeFunction(name, code, construct)
    function.incomplete = unknown
    finish(function)
    return function


def _timer(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    function = callback(argument(arguments, 0))
    outcome = unknown_outcome("timers run later")
    interpreter.escape([function, *arguments[1:]], outcome.unknown)
    raise outcome


def _random_bytes(interpreter: Interpreter, _this: Value, arguments: list[Value]) -> Value:
    outcome = unknown_outcome("it is random", Nature.INSTANCE)
    interpreter.escape(arguments, outcome.unknown)
    raise outcome


def _crypto() -> JSObject:
    crypto = _opaque("`crypto` is known only at run time")
    define_methods(
        crypto, {"randomUUID": _raising("it is random", Nature.PRIMITIVE)}, Nature.PRIMITIVE
    )
    define_methods(crypto, {"getRandomValues": _random_bytes}, Nature.INSTANCE)
    finish(crypto)
    return crypto


_SHARED: Final[dict[str, Value]] = {
    **{name: _opaque_class(name) for name in _CLASSES},
    **{
        name: Unknown(UnknownCode.ENVIRONMENT, f"`{name}` depends on the runtime")
        for name in _UNCERTAIN
    },
    "Proxy": PROXY,
    "clearInterval": native("clearInterval", returns_undefined),
    "clearTimeout": native("clearTimeout", returns_undefined),
    "crypto": _crypto(),
    "eval": native("eval", _raising("code made from text is not read", Nature.ANYTHING)),
    "fetch": native("fetch", _raising("a network answers", Nature.INSTANCE), Nature.INSTANCE),
    "queueMicrotask": native("queueMicrotask", _timer),
    "setInterval": native("setInterval", _timer),
    "setTimeout": native("setTimeout", _timer),
    "structuredClone": native("structuredClone", structured_clone),
}


def environment() -> dict[str, Value]:
    """Return the host's globals; what a program may change is made afresh."""
    console = _opaque("this method of `console` is not modelled")
    define_methods(console, dict.fromkeys(_CONSOLE, returns_undefined))
    process = _opaque("`process` is known only at run time")
    process.set_own("env", EnvironmentObject())
    return {**_SHARED, "console": console, "process": process}
