"""Apps and components (convex 1.48, `src/server/components/index.ts`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.convex.json_values import Json, to_plain_json
from ssot_action.evaluation.convex.references import ReferencePath
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSObject,
    NativeFunction,
    PropertyKey,
    Symbol,
    Unknown,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter


@dataclass(slots=True)
class Installed:
    """One `use(...)` of a component."""

    name: str | Unknown
    definition: Definition
    http_prefix: str | Unknown | None
    env: list[tuple[str, Json]] | Unknown


class Definition(JSObject):
    """What `defineApp` and `defineComponent` make.

    Attributes:
        name: of a component; None for an app.
        http_prefix: of an app.
        children: the components it uses, in order.
        path: where the definition stands: the specifier of a package, or a directory.
        unknowns: why components may be missing from `children`.
    """

    __slots__ = ("children", "http_prefix", "name", "path", "unknowns")

    def __init__(self, name: str | Unknown | None, http_prefix: str | Unknown | None) -> None:
        super().__init__({"env": EnvironmentReferences()}, DEFINITION_PROTOTYPE)
        if name is not None:
            # Set where Convex analyses the app; packages test for it.
            self.properties["componentDefinitionPath"] = name
            self.properties["defaultName"] = name
        self.name = name
        self.http_prefix = http_prefix
        self.children: list[Installed] = []
        self.path = ""
        self.unknowns: list[Unknown] = []

    def on_escape(self, cause: Unknown) -> None:
        """Note that code we cannot read may have used components."""
        if cause not in self.unknowns:
            self.unknowns.append(cause)


class EnvironmentReferences(JSObject):
    """`app.env`: a reference for each variable."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(None, None)
        self.is_frozen = True

    def get_own(self, key: PropertyKey) -> Value:
        if isinstance(key, Symbol):
            return MISSING
        return JSObject({"__envVarRef": key})


def _optional_string(interpreter: Interpreter, options: Value, name: str) -> str | Unknown | None:
    if options is UNDEFINED or options is None:
        return None
    value = interpreter.get(options, name)
    if isinstance(value, Unknown):
        return value
    return None if value is UNDEFINED or value is None else to_string(interpreter, value)


def _check_prefix(prefix: str | Unknown | None) -> str | Unknown | None:
    if isinstance(prefix, str):
        if not prefix.startswith("/"):
            raise js_error("Error", f'httpPrefix must start with "/". Received: "{prefix}"')
        return prefix if prefix.endswith("/") else f"{prefix}/"
    return prefix


def _use(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    if not isinstance(this, Definition):
        raise type_error("use() was called on something else")
    definition = arguments[0] if arguments else UNDEFINED
    options = arguments[1] if len(arguments) > 1 else UNDEFINED
    if isinstance(definition, Unknown):
        this.on_escape(definition)
        return definition
    if not isinstance(definition, Definition):
        raise type_error("use() needs the default export of a convex.config file")
    name: str | Unknown | None = _optional_string(interpreter, options, "name")
    if name is None:
        name = definition.name
    if name is None:
        raise type_error("an app cannot be used as a component")
    if name == "":
        raise js_error("Error", "Component name cannot be empty.")
    prefix = _check_prefix(_optional_string(interpreter, options, "httpPrefix"))
    this.children.append(Installed(name, definition, prefix, _environment(interpreter, options)))
    reference = ReferencePath("components", (name,) if isinstance(name, str) else ())
    return JSObject({"_name": name, "exports": reference})


def _environment(interpreter: Interpreter, options: Value) -> list[tuple[str, Json]] | Unknown:
    if options is UNDEFINED or options is None:
        return []
    given = interpreter.get(options, "env")
    if isinstance(given, Unknown):
        return given
    if not isinstance(given, JSObject):
        return []
    try:
        return [
            (str(key), _binding(interpreter, value))
            for key, value in interpreter.own_entries(given)
            if value is not UNDEFINED
        ]
    except UnknownOutcome as outcome:
        return outcome.unknown


def _binding(interpreter: Interpreter, value: Value) -> Json:
    if isinstance(value, JSObject):
        return {"type": "envVar", "name": to_plain_json(interpreter, value.get_own("__envVarRef"))}
    return {"type": "value", "value": to_plain_json(interpreter, value)}


DEFINITION_PROTOTYPE = JSObject({"use": NativeFunction("use", _use)})
DEFINITION_PROTOTYPE.is_frozen = True


def _define_app(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    options = arguments[0] if arguments else UNDEFINED
    return Definition(None, _check_prefix(_optional_string(interpreter, options, "httpPrefix")))


def _define_component(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    name = arguments[0] if arguments else UNDEFINED
    if isinstance(name, Unknown):
        return Definition(name, None)
    return Definition(to_string(interpreter, name), None)


DEFINE_APP = NativeFunction("defineApp", _define_app)
DEFINE_COMPONENT = NativeFunction("defineComponent", _define_component)
