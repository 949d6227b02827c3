"""The HTTP router (convex 1.48, `src/server/router.ts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_boolean, to_string
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSObject,
    NativeFunction,
    Unknown,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
_RESERVED = "/.files"


class HttpRouter(JSObject):
    """A router.

    Attributes:
        exact: path → method → handler.
        prefixes: method → prefix → handler.
        unknowns: why routes may be missing from these.
    """

    __slots__ = ("exact", "prefixes", "unknowns")

    def __init__(self, prototype: JSObject) -> None:
        super().__init__(None, prototype)
        self.exact: dict[str, dict[str, Value]] = {}
        self.prefixes: dict[str, dict[str, Value]] = {}
        self.unknowns: list[Unknown] = []
        self.properties["isRouter"] = True
        self.properties["route"] = NativeFunction("route", self._route)
        self.properties["getRoutes"] = NativeFunction("getRoutes", self._get_routes)
        self.properties["lookup"] = NativeFunction("lookup", self._lookup)

    def on_escape(self, cause: Unknown) -> None:
        """Note that code we cannot read may have added routes."""
        if cause not in self.unknowns:
            self.unknowns.append(cause)

    def _route(self, interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
        spec = arguments[0] if arguments else UNDEFINED
        try:
            self._add(interpreter, spec)
        except UnknownOutcome as outcome:
            self.on_escape(outcome.unknown)
        return UNDEFINED

    def _add(self, interpreter: Interpreter, spec: Value) -> None:
        if isinstance(spec, Unknown):
            raise UnknownOutcome(spec)
        if not isinstance(spec, JSObject):
            raise type_error("a route is described by an object")
        handler = interpreter.get(spec, "handler")
        method_value = interpreter.get(spec, "method")
        if not isinstance(handler, Unknown) and not to_boolean(handler):
            raise js_error("Error", "route requires handler")
        if not to_boolean(method_value):
            raise js_error("Error", "route requires method")
        method = to_string(interpreter, method_value)
        if method not in METHODS:
            raise js_error("Error", f"'{method}' is not an allowed HTTP method")
        if interpreter.has(spec, "path"):
            if interpreter.has(spec, "pathPrefix"):
                raise js_error("Error", "a route cannot contain both 'path' and 'pathPrefix'")
            self._add_exact(to_string(interpreter, interpreter.get(spec, "path")), method, handler)
        elif interpreter.has(spec, "pathPrefix"):
            prefix = to_string(interpreter, interpreter.get(spec, "pathPrefix"))
            self._add_prefix(prefix, method, handler)
        else:
            raise js_error("Error", "a route must contain either 'path' or 'pathPrefix'")

    def _add_exact(self, path: str, method: str, handler: Value) -> None:
        if not path.startswith("/"):
            raise js_error("Error", f"path '{path}' does not start with a /")
        if path == _RESERVED or path.startswith(f"{_RESERVED}/"):
            raise js_error("Error", f"path '{path}' is reserved")
        methods = self.exact.setdefault(path, {})
        if method in methods:
            raise js_error("Error", f"Path '{path}' for method {method} already in use")
        methods[method] = handler

    def _add_prefix(self, prefix: str, method: str, handler: Value) -> None:
        if not prefix.startswith("/") or not prefix.endswith("/"):
            raise js_error("Error", f"pathPrefix '{prefix}' must start and end with a /")
        if prefix.startswith(f"{_RESERVED}/"):
            raise js_error("Error", f"pathPrefix '{prefix}' is reserved")
        prefixes = self.prefixes.setdefault(method, {})
        if prefix in prefixes:
            raise js_error("Error", f"{method} pathPrefix {prefix} is already defined")
        prefixes[prefix] = handler

    def listing(self) -> list[tuple[str, str, Value]]:
        """Return (path, method, handler) in the library's order; prefixes end in `*`."""
        exact = [
            (path, method, self.exact[path][method])
            for path in sorted(self.exact, key=_units)
            for method in sorted(self.exact[path])
        ]
        prefixes = [
            (f"{prefix}*", method, self.prefixes[method][prefix])
            for method in sorted(self.prefixes)
            for prefix in sorted(self.prefixes[method], key=_units)
        ]
        return [*exact, *prefixes]

    def _get_routes(self, _: Interpreter, __: Value, ___: list[Value]) -> Value:
        routes = JSArray([JSArray(list(route)) for route in self.listing()])
        if self.unknowns:
            routes.incomplete = self.unknowns[0]
        return routes

    def _lookup(self, interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
        path = to_string(interpreter, arguments[0] if arguments else UNDEFINED)
        method = to_string(interpreter, arguments[1] if len(arguments) > 1 else UNDEFINED)
        method = "GET" if method == "HEAD" else method
        handler = self.exact.get(path, {}).get(method)
        if handler is not None:
            return JSArray([handler, method, path])
        prefixes = self.prefixes.get(method, {})
        for prefix in sorted(prefixes, key=len, reverse=True):
            if path.startswith(prefix):
                return JSArray([prefixes[prefix], method, f"{prefix}*"])
        return None


def _units(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _construct(interpreter: Interpreter, _: list[Value], new_target: JSObject) -> Value:
    prototype = interpreter.get(new_target, "prototype")
    return HttpRouter(prototype if isinstance(prototype, JSObject) else ROUTER_PROTOTYPE)


def _no_call(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    raise type_error("Class constructor HttpRouter cannot be invoked without 'new'")


def _http_router(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return HttpRouter(ROUTER_PROTOTYPE)


ROUTER_PROTOTYPE = JSObject()
HTTP_ROUTER_CLASS = NativeFunction("HttpRouter", _no_call, _construct)
HTTP_ROUTER_CLASS.properties["prototype"] = ROUTER_PROTOTYPE
ROUTER_PROTOTYPE.properties["constructor"] = HTTP_ROUTER_CLASS
ROUTER_PROTOTYPE.is_frozen = True
HTTP_ROUTER = NativeFunction("httpRouter", _http_router)
