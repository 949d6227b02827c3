"""Validators and the builder `v` (convex 1.48, `src/values/validators.ts` and `validator.ts`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from ssot_action.evaluation.convex.json_values import (
    Json,
    from_json,
    integer_json,
    number_json,
)
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    Accessor,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    NativeFunction,
    PropertyKey,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

# Called with the path inside the validator and the unknown that stands there.
Report: TypeAlias = Callable[[str, Unknown], None]

UNRESOLVED: dict[str, Json] = {"type": "unresolved"}
_JSON_TYPES = {"float64": "number", "int64": "bigint"}
_MAXIMAL_NESTING = 120


class Validator(JSObject):
    """A validator.

    Attributes:
        kind: `id`, `null`, `float64`, `int64`, `commitTs`, `boolean`, `string`, `bytes`, `any`,
            `literal`, `array`, `object`, `record` or `union`.
        is_optional: made by `v.optional` or `.optional()`.
        parts: what it is made of, under the names the library gives them: `tableName`; `value`;
            `element`; `fields`; `key` and `value`; `members`.
    """

    __slots__ = ("is_optional", "kind", "parts")

    def __init__(
        self, kind: str, parts: dict[str, Value] | None = None, *, is_optional: bool = False
    ) -> None:
        super().__init__(
            None, OBJECT_VALIDATOR_PROTOTYPE if kind == "object" else VALIDATOR_PROTOTYPE
        )
        self.kind = kind
        self.parts: dict[str, Value] = {} if parts is None else parts
        self.is_optional = is_optional

    def get_own(self, key: PropertyKey) -> Value:
        if key in self.properties:
            return self.properties[key]
        if not isinstance(key, str):
            return MISSING
        part = self.parts.get(key, MISSING)
        if part is not MISSING:
            return part
        if key == "kind":
            return self.kind
        if key == "isOptional":
            return "optional" if self.is_optional else "required"
        if key == "isConvexValidator":
            return True
        return MISSING

    def own_keys(self) -> list[PropertyKey]:
        keys: list[PropertyKey] = ["isOptional", "isConvexValidator", *self.parts, "kind"]
        return keys

    def as_optional(self) -> Validator:
        """Return the same validator, optional."""
        return self if self.is_optional else Validator(self.kind, self.parts, is_optional=True)

    def has_same_meaning(self, other: object) -> bool:
        """Tell whether `other` is a validator of exactly the same JSON, all of it known."""
        if not isinstance(other, Validator) or self.is_optional != other.is_optional:
            return False
        unknowns: list[Unknown] = []

        def report(_: str, unknown: Unknown) -> None:
            unknowns.append(unknown)

        same = validator_json(self, report) == validator_json(other, report)
        return same and not unknowns


def is_validator(value: Value) -> bool:
    """Tell whether `value` is a validator and not a map of fields."""
    return isinstance(value, Validator)


# JSON


def validator_json(value: Value, report: Report, path: str = "", depth: int = 0) -> dict[str, Json]:
    """Return the ValidatorJSON of `value`.

    A part that is unknown is `{"type": "unresolved"}` and goes to `report` with its path, such as
    `address.zip` or `tags[]`.

    Raises:
        JSThrow: `value` is no validator.
    """
    if depth > _MAXIMAL_NESTING:
        report(path, Unknown(UnknownCode.BUDGET, "the validator is nested too deeply"))
        return dict(UNRESOLVED)
    if isinstance(value, Unknown):
        report(path, value)
        return dict(UNRESOLVED)
    if not isinstance(value, Validator):
        raise type_error("a validator is expected")
    parts = value.parts
    match value.kind:
        case "object":
            return _object_json(parts["fields"], report, path, depth)
        case "array":
            element = validator_json(parts["element"], report, f"{path}[]", depth + 1)
            return {"type": "array", "value": element}
        case "union":
            return _union_json(parts["members"], report, path, depth)
        case "record":
            keys = validator_json(parts["key"], report, f"{path}{{key}}", depth + 1)
            values = validator_json(parts["value"], report, f"{path}{{}}", depth + 1)
            return {
                "type": "record",
                "keys": keys,
                "values": {"fieldType": values, "optional": False},
            }
        case "id":
            return _named_json("id", "tableName", parts["tableName"], report, path)
        case "literal":
            return _named_json("literal", "value", parts["value"], report, path)
        case kind:
            return {"type": _JSON_TYPES.get(kind, kind)}


def _named_json(kind: str, name: str, value: Value, report: Report, path: str) -> dict[str, Json]:
    if isinstance(value, Unknown):
        report(path, value)
        return dict(UNRESOLVED)
    return {"type": kind, name: literal_json(value)}


def literal_json(value: Value) -> Json:
    """Return the JSON of the value of a literal."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, float):
        return number_json(value)
    if isinstance(value, int):
        return integer_json(value)
    raise js_error("Error", "v.literal(value) must be a string, number, or boolean")


def _object_json(fields: Value, report: Report, path: str, depth: int) -> dict[str, Json]:
    if isinstance(fields, Unknown):
        report(path, fields)
        return dict(UNRESOLVED)
    if not isinstance(fields, JSObject):
        raise type_error("v.object() needs an object of validators")
    if fields.incomplete is not None:
        report(path, fields.incomplete)
        return dict(UNRESOLVED)
    members: dict[str, Json] = {}
    for key in fields.own_keys():
        if not isinstance(key, str):
            continue
        field = fields.get_own(key)
        inner = f"{path}.{key}" if path else key
        if isinstance(field, Accessor):
            report(inner, Unknown(UnknownCode.SYNTAX, "a field is given by a getter"))
            members[key] = {"fieldType": dict(UNRESOLVED), "optional": False}
            continue
        members[key] = {
            "fieldType": validator_json(field, report, inner, depth + 1),
            "optional": isinstance(field, Validator) and field.is_optional,
        }
    return {"type": "object", "value": members}


def _union_json(members: Value, report: Report, path: str, depth: int) -> dict[str, Json]:
    if isinstance(members, JSArray) and members.incomplete is not None:
        members = members.incomplete
    if isinstance(members, Unknown):
        report(path, members)
        return dict(UNRESOLVED)
    items = members.items if isinstance(members, JSArray) else []
    return {
        "type": "union",
        "value": [validator_json(item, report, path, depth + 1) for item in items],
    }


# The builder


def _undefined_validator(context: str, field: str | None = None) -> JSThrow:
    place = "" if field is None else f' for field "{field}"'
    return js_error(
        "Error",
        f"A validator is undefined{place} in {context}. This is often caused by circular imports. "
        "See https://docs.convex.dev/error#undefined-validator for details.",
    )


def object_validator(fields: Value, *, is_optional: bool = False) -> Validator:
    """Return `v.object(fields)`; raises `JSThrow` for entries that are no validators."""
    if isinstance(fields, JSObject):
        for key in fields.own_keys():
            field = fields.get_own(key)
            if field is UNDEFINED:
                raise _undefined_validator("v.object()", str(key))
            if not isinstance(field, Validator | Unknown | Accessor):
                raise js_error("Error", "v.object() entries must be validators")
    elif not isinstance(fields, Unknown):
        raise type_error("v.object() needs an object of validators")
    return Validator("object", {"fields": fields}, is_optional=is_optional)


def as_object_validator(value: Value) -> Validator | Unknown:
    """Return `asObjectValidator(value)`: a validator as it is, a map of fields wrapped."""
    if isinstance(value, Validator | Unknown):
        return value
    return object_validator(value)


def union_validator(members: list[Value]) -> Validator:
    """Return `v.union(...members)`."""
    for index, member in enumerate(members):
        if member is UNDEFINED:
            raise _undefined_validator("v.union()", f"member at index {index}")
        if not isinstance(member, Validator | Unknown):
            raise js_error("Error", "All members of v.union() must be validators")
    return Validator("union", {"members": JSArray(members)})


def _first(arguments: list[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


def _id(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    name = _first(arguments)
    if not isinstance(name, str | Unknown):
        raise js_error("Error", "v.id(tableName) requires a string")
    return Validator("id", {"tableName": name})


def _literal(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    value = _first(arguments)
    if not isinstance(value, str | float | int | Unknown):
        raise js_error("Error", "v.literal(value) must be a string, number, or boolean")
    return Validator("literal", {"value": value})


def _array(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    element = _first(arguments)
    if element is UNDEFINED:
        raise _undefined_validator("v.array()")
    return Validator("array", {"element": element})


def _object(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    return object_validator(without_getters(interpreter, _first(arguments)))


def without_getters(interpreter: Interpreter, fields: Value) -> Value:
    """Return `fields` with every getter replaced by what it gives now."""
    if not isinstance(fields, JSObject) or not any(
        isinstance(field, Accessor) for field in fields.properties.values()
    ):
        return fields
    plain = JSObject()
    plain.incomplete = fields.incomplete
    for key in fields.own_keys():
        plain.properties[key] = interpreter.get(fields, key)
    return plain


def _record(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    key = _first(arguments)
    value = arguments[1] if len(arguments) > 1 else UNDEFINED
    for name, part in (("key", key), ("value", value)):
        if part is UNDEFINED:
            raise _undefined_validator("v.record()", name)
        if isinstance(part, Validator) and part.is_optional:
            raise js_error("Error", f"Record validator cannot have optional {name}s")
        if not isinstance(part, Validator | Unknown):
            raise js_error("Error", "Key and value of v.record() must be validators")
    return Validator("record", {"key": key, "value": value})


def _union(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    return union_validator(list(arguments))


def _optional(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    value = _first(arguments)
    if isinstance(value, Validator):
        return value.as_optional()
    if isinstance(value, Unknown):
        return value
    return interpreter.call(interpreter.get(value, "asOptional"), value, [])


def _nullable(_: Interpreter, __: Value, arguments: list[Value]) -> Value:
    return union_validator([_first(arguments), Validator("null")])


def _simple(kind: str) -> Callable[[Interpreter, Value, list[Value]], Value]:
    def make(_: Interpreter, __: Value, ___: list[Value]) -> Value:
        return Validator(kind)

    return make


# Methods of validators


def _this(value: Value) -> Validator:
    if not isinstance(value, Validator):
        raise type_error("a method of a validator was called on something else")
    return value


def _as_optional(_: Interpreter, this: Value, __: list[Value]) -> Value:
    return _this(this).as_optional()


def _json(_: Interpreter, this: Value, __: list[Value]) -> Value:
    def report(_: str, unknown: Unknown) -> None:
        raise UnknownOutcome(unknown)

    return from_json(validator_json(_this(this), report))


def _fields(validator: Validator) -> JSObject:
    fields = validator.parts.get("fields")
    if isinstance(fields, Unknown):
        raise UnknownOutcome(fields)
    if not isinstance(fields, JSObject):
        raise type_error("not an object validator")
    return fields


def _copy_fields(interpreter: Interpreter, *sources: Value) -> JSObject:
    from ssot_action.evaluation.expressions import copy_properties

    target = JSObject()
    for source in sources:
        copy_properties(interpreter, target, source)
    return target


def _omit(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    validator = _this(this)
    fields = _copy_fields(interpreter, _fields(validator))
    for name in arguments:
        if isinstance(name, Unknown):
            fields.lose(name)
        elif isinstance(name, str):
            fields.delete_own(name)
    return object_validator(fields, is_optional=validator.is_optional)


def _pick(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    validator = _this(this)
    source = _fields(validator)
    fields = JSObject()
    for name in arguments:
        if isinstance(name, Unknown):
            fields.lose(name)
        elif isinstance(name, str):
            fields.set_own(name, interpreter.get(source, name))
    return object_validator(fields, is_optional=validator.is_optional)


def _partial(interpreter: Interpreter, this: Value, _: list[Value]) -> Value:
    validator = _this(this)
    source = _fields(validator)
    fields = JSObject()
    fields.incomplete = source.incomplete
    for key in source.own_keys():
        field = interpreter.get(source, key)
        fields.set_own(key, field.as_optional() if isinstance(field, Validator) else field)
    return object_validator(fields, is_optional=validator.is_optional)


def _extend(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    validator = _this(this)
    fields = _copy_fields(interpreter, _fields(validator), _first(arguments))
    return object_validator(fields, is_optional=validator.is_optional)


VALIDATOR_PROTOTYPE = JSObject(
    {
        "optional": NativeFunction("optional", _as_optional),
        "asOptional": NativeFunction("asOptional", _as_optional),
        "json": Accessor(NativeFunction("json", _json)),
    }
)
OBJECT_VALIDATOR_PROTOTYPE = JSObject(
    {
        "omit": NativeFunction("omit", _omit),
        "pick": NativeFunction("pick", _pick),
        "partial": NativeFunction("partial", _partial),
        "extend": NativeFunction("extend", _extend),
    },
    VALIDATOR_PROTOTYPE,
)
VALIDATOR_PROTOTYPE.is_frozen = True
OBJECT_VALIDATOR_PROTOTYPE.is_frozen = True

_BUILDERS: dict[str, Callable[[Interpreter, Value, list[Value]], Value]] = {
    "id": _id,
    "null": _simple("null"),
    "number": _simple("float64"),
    "float64": _simple("float64"),
    "bigint": _simple("int64"),
    "int64": _simple("int64"),
    "commitTs": _simple("commitTs"),
    "boolean": _simple("boolean"),
    "string": _simple("string"),
    "bytes": _simple("bytes"),
    "literal": _literal,
    "array": _array,
    "object": _object,
    "record": _record,
    "union": _union,
    "any": _simple("any"),
    "optional": _optional,
    "nullable": _nullable,
}


def make_v() -> JSObject:
    """Return the builder `v`."""
    return JSObject({name: NativeFunction(name, code) for name, code in _BUILDERS.items()})


def _as_object_validator(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    return as_object_validator(without_getters(interpreter, _first(arguments)))


AS_OBJECT_VALIDATOR: JSFunction = NativeFunction("asObjectValidator", _as_object_validator)
