"""What `convex/values`, `convex/server` and the generated modules export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.convex.components import DEFINE_APP, DEFINE_COMPONENT, Definition
from ssot_action.evaluation.convex.crons import CRON_JOBS
from ssot_action.evaluation.convex.json_values import convex_to_json, from_json
from ssot_action.evaluation.convex.references import (
    CREATE_FUNCTION_HANDLE,
    FILTER_API,
    GET_FUNCTION_NAME,
    MAKE_FUNCTION_REFERENCE,
    ReferencePath,
)
from ssot_action.evaluation.convex.registration import HTTP_ACTION, make_builder
from ssot_action.evaluation.convex.router import HTTP_ROUTER, HTTP_ROUTER_CLASS, METHODS
from ssot_action.evaluation.convex.schema import DEFINE_SCHEMA, DEFINE_TABLE, DOC_VALIDATOR
from ssot_action.evaluation.convex.validators import (
    AS_OBJECT_VALIDATOR,
    Validator,
    make_v,
    object_validator,
    union_validator,
)
from ssot_action.evaluation.linker import HostModule
from ssot_action.evaluation.values import (
    ERROR_PROTOTYPE,
    UNDEFINED,
    JSArray,
    JSObject,
    NativeFunction,
    Nature,
    Unknown,
    UnknownCode,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.interpreter import Interpreter
    from ssot_action.evaluation.linker import Exports
    from ssot_action.source.resolution import GeneratedModule
    from ssot_action.source.versions import PackageVersions

_KINDS = ("query", "mutation", "action")


class HostModules:
    """The modules the host supplies; one for each reading.

    Args:
        versions: of the packages that the project uses.
    """

    def __init__(self, versions: PackageVersions) -> None:
        def since(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
            name, version = (str(argument) for argument in arguments)
            return self.package_since(name, version)

        host: dict[str, Value] = {
            "unknown": NativeFunction("unknown", _unknown),
            "since": NativeFunction("since", since),
        }
        self._versions = versions
        self._modules: dict[str, Exports] = {
            "convex/values": _values(),
            "convex/server": _server(_builders()),
            "ssot:host": HostModule("ssot:host", host),
        }

    def find(self, specifier: str) -> Exports | None:
        """Return the module `specifier` names, None when it is not ours."""
        return self._modules.get(specifier.removesuffix(".js"))

    def package_since(
        self, name: str, version: str, directory: str | None = None
    ) -> bool | Unknown:
        """Tell whether the package is of that version or a later one.

        A model is shared by all who import it, so it asks for the functions directory; an import
        that decides between models is asked for in its own `directory`. A package that the
        project does not name counts as the newest.
        """
        found = self._versions.find(name, directory)
        if found is None:
            return True
        answer = found.since(version)
        return Unknown(UnknownCode.MODEL, found.reason) if answer is None else answer

    def stand_in(self, specifier: str) -> Exports | None:
        """Return what is known of a module whose code nobody has: of a component's definition."""
        if not _names_component(specifier):
            return None
        found = self._modules.get(specifier)
        if found is None:
            found = self._modules[specifier] = _unread_component(specifier)
        return found


def make_generated() -> Callable[[GeneratedModule], Exports]:
    """Return what the files of `_generated` export."""
    builders = _builders()
    server = {
        **{name: builders[name] for name in builders},
        "httpAction": HTTP_ACTION,
        "env": Unknown(UnknownCode.ENVIRONMENT, "an environment variable is read"),
    }
    api = {
        "api": ReferencePath("api"),
        "internal": ReferencePath("internal"),
        "components": ReferencePath("components"),
    }
    modules = {
        "server": HostModule("_generated/server", dict(server)),
        "api": HostModule("_generated/api", dict(api)),
    }

    def find(module: GeneratedModule) -> Exports:
        return modules.get(module.name, HostModule(f"_generated/{module.name}", {}))

    return find


def _builders() -> dict[str, Value]:
    builders: dict[str, Value] = {kind: make_builder(kind, "public") for kind in _KINDS}
    for kind in _KINDS:
        builders[f"internal{kind.capitalize()}"] = make_builder(kind, "internal")
    return builders


def _names_component(specifier: str) -> bool:
    return specifier.removesuffix(".js").removesuffix(".ts").endswith("/convex.config")


def _unread_component(specifier: str) -> HostModule:
    package = specifier.rpartition("/")[0]
    reason = (
        f'the code of the package "{package}" is not read, so the name of its component is not '
        'known; use(component, { name: "..." }) states it'
    )
    definition = Definition(Unknown(UnknownCode.PACKAGE, reason), None)
    return HostModule(specifier, {"default": definition})


def _unknown(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    """Make a value a model cannot know: `unknown("reason")`, or with "instance" behind it."""
    reason = arguments[0] if arguments and isinstance(arguments[0], str) else "not modelled"
    nature = Nature.ANYTHING
    if len(arguments) > 1 and arguments[1] in ("instance", "primitive"):
        nature = Nature(str(arguments[1]))
    return Unknown(UnknownCode.MODEL, reason, nature=nature)


def _values() -> HostModule:
    convex_error = NativeFunction("ConvexError", _no_call, _construct_convex_error)
    convex_error.properties["prototype"] = _CONVEX_ERROR_PROTOTYPE
    return HostModule(
        "convex/values",
        {
            "v": make_v(),
            "asObjectValidator": AS_OBJECT_VALIDATOR,
            "ConvexError": convex_error,
            "convexToJson": NativeFunction("convexToJson", _convex_to_json),
            "jsonToConvex": NativeFunction("jsonToConvex", _runtime_only),
            "compareValues": NativeFunction("compareValues", _runtime_only),
            "getConvexSize": NativeFunction("getConvexSize", _runtime_only),
            "getDocumentSize": NativeFunction("getDocumentSize", _runtime_only),
            "Base64": Unknown(UnknownCode.RUNTIME, "`Base64` is used when the project is read"),
        },
    )


_CONVEX_ERROR_PROTOTYPE = JSObject({"name": "ConvexError"}, ERROR_PROTOTYPE)


def _no_call(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return Unknown(UnknownCode.RUNTIME, "a class is called without `new`")


def _construct_convex_error(
    interpreter: Interpreter, arguments: list[Value], new_target: JSObject
) -> Value:
    prototype = interpreter.get(new_target, "prototype")
    error = JSObject(
        prototype=prototype if isinstance(prototype, JSObject) else _CONVEX_ERROR_PROTOTYPE
    )
    data = arguments[0] if arguments else UNDEFINED
    error.properties["data"] = data
    error.properties["message"] = data if isinstance(data, str) else "ConvexError"
    return error


def _convex_to_json(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    return from_json(convex_to_json(interpreter, arguments[0] if arguments else UNDEFINED))


def _runtime_only(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return Unknown(UnknownCode.RUNTIME, "a function of convex/values that is not evaluated")


def _optional(validator: Validator) -> Validator:
    return validator.as_optional()


def _pagination_options() -> Validator:
    nullable_string = union_validator([Validator("string"), Validator("null")])
    number = Validator("float64")
    return object_validator(
        JSObject(
            {
                "numItems": number,
                "cursor": nullable_string,
                "endCursor": _optional(nullable_string),
                "id": _optional(number),
                "maximumRowsRead": _optional(number),
                "maximumBytesRead": _optional(number),
            }
        )
    )


def _pagination_result(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    item = arguments[0] if arguments else UNDEFINED
    nullable_string = union_validator([Validator("string"), Validator("null")])
    status = union_validator(
        [
            Validator("literal", {"value": "SplitRecommended"}),
            Validator("literal", {"value": "SplitRequired"}),
            Validator("null"),
        ]
    )
    return object_validator(
        JSObject(
            {
                "page": Validator("array", {"element": item}),
                "continueCursor": Validator("string"),
                "isDone": Validator("boolean"),
                "splitCursor": _optional(nullable_string),
                "pageStatus": _optional(status),
            }
        )
    )


def _components_generic(_: Interpreter, __: Value, ___: list[Value]) -> Value:
    return ReferencePath("components")


def _server(builders: dict[str, Value]) -> HostModule:
    exports: dict[str, Value] = {f"{name}Generic": builder for name, builder in builders.items()}
    exports.update(
        {
            "httpActionGeneric": HTTP_ACTION,
            "httpRouter": HTTP_ROUTER,
            "HttpRouter": HTTP_ROUTER_CLASS,
            "ROUTABLE_HTTP_METHODS": JSArray(list(METHODS)),
            "cronJobs": CRON_JOBS,
            "defineTable": DEFINE_TABLE,
            "defineSchema": DEFINE_SCHEMA,
            "docValidator": DOC_VALIDATOR,
            "defineApp": DEFINE_APP,
            "defineComponent": DEFINE_COMPONENT,
            "componentsGeneric": NativeFunction("componentsGeneric", _components_generic),
            "anyApi": ReferencePath("api"),
            "makeFunctionReference": MAKE_FUNCTION_REFERENCE,
            "getFunctionName": GET_FUNCTION_NAME,
            "createFunctionHandle": CREATE_FUNCTION_HANDLE,
            "filterApi": FILTER_API,
            "paginationOptsValidator": _pagination_options(),
            "paginationResultValidator": NativeFunction(
                "paginationResultValidator", _pagination_result
            ),
        }
    )
    return HostModule("convex/server", exports)
