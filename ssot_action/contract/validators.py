"""ValidatorJSON, what Convex exports of a validator, and its one canonical spelling as JavaScript.

The dictionaries are those of `schema.export()`, `exportArgs()` and `exportReturns()` (convex 1.48),
and `{"type": "unresolved"}` for what cannot be known: it equals no type of Convex's.
"""

from __future__ import annotations

import base64
import math
import re
import struct
from typing import Final, Literal, TypeAlias, TypedDict, TypeGuard

from ssot_action.contract.encoding import Json, quote
from ssot_action.contract.numbers import canonical_number, number_text, to_double

EncodedLiteral = TypedDict("EncodedLiteral", {"$integer": str, "$float": str}, total=False)
"""A literal that JSON has no number for: one key with base64 of eight little-endian bytes.

`$integer` is a bigint in two's complement; `$float` a double: NaN, an infinity or minus zero.
"""

LiteralValue: TypeAlias = str | bool | int | float | EncodedLiteral

PlainType: TypeAlias = Literal[
    "any", "null", "boolean", "string", "bytes", "number", "bigint", "commitTs", "unresolved"
]


class PlainValidator(TypedDict):
    """A validator without parts; `unresolved` is ours."""

    type: PlainType


class IdValidator(TypedDict):
    """`v.id(tableName)`."""

    type: Literal["id"]
    tableName: str


class LiteralValidator(TypedDict):
    """`v.literal(value)`."""

    type: Literal["literal"]
    value: LiteralValue


class ArrayValidator(TypedDict):
    """`v.array(value)`."""

    type: Literal["array"]
    value: ValidatorJson


class ObjectField(TypedDict):
    """The validator of a field or of a record's values; `optional` is false for the latter."""

    fieldType: ValidatorJson
    optional: bool


class RecordValidator(TypedDict):
    """`v.record(keys, values)`."""

    type: Literal["record"]
    keys: ValidatorJson
    values: ObjectField


class ObjectValidator(TypedDict):
    """`v.object(value)`, fields in declared order."""

    type: Literal["object"]
    value: dict[str, ObjectField]


class UnionValidator(TypedDict):
    """`v.union(...value)`, members in declared order."""

    type: Literal["union"]
    value: list[ValidatorJson]


ValidatorJson: TypeAlias = (
    PlainValidator
    | IdValidator
    | LiteralValidator
    | ArrayValidator
    | RecordValidator
    | ObjectValidator
    | UnionValidator
)

MAX_NESTING: Final = 120
"""Levels of validators within validators that are written; Convex's own JSON reader stops at 128
levels of JSON, which a chain of objects reaches at about 40."""

UNRESOLVED: Final[PlainValidator] = {"type": "unresolved"}
"""A validator that cannot be known."""

_PLAIN_TEXT: Final[dict[str, str]] = {
    "any": "v.any()",
    "null": "v.null()",
    "boolean": "v.boolean()",
    "string": "v.string()",
    "bytes": "v.bytes()",
    "number": "v.number()",
    "bigint": "v.int64()",
    "commitTs": "v.commitTs()",
    "unresolved": "unresolved",
}
_BARE_KEY: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*", re.ASCII)
_EIGHT_BYTES: Final = re.compile(r"[A-Za-z0-9+/]{11}=", re.ASCII)


class NestingError(Exception):
    """A validator nests deeper than `MAX_NESTING`."""


def integer_literal(value: int) -> EncodedLiteral:
    """Return the literal of a bigint; OverflowError outside of 64 bits."""
    return {"$integer": base64.b64encode(value.to_bytes(8, "little", signed=True)).decode("ascii")}


def number_literal(value: float) -> int | float | EncodedLiteral:
    """Return the literal of a JavaScript number as `JSON.stringify` and a JSON reader leave it."""
    double = to_double(value)
    if math.isfinite(double) and (double or math.copysign(1, double) > 0):
        return canonical_number(value)
    return {"$float": base64.b64encode(struct.pack("<d", double)).decode("ascii")}


def literal_text(value: LiteralValue) -> str:
    """Return the JavaScript expression of a literal validator's value."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if "$integer" in value:
        data = base64.b64decode(value["$integer"])
        return f"{int.from_bytes(data, 'little', signed=True)}n"
    (double,) = struct.unpack("<d", base64.b64decode(value["$float"]))
    return number_text(double)


def property_key(name: str) -> str:
    """Return `name` as a key of an object literal that makes an own property of it."""
    if name == "__proto__":  # any other spelling of this key would set the prototype
        return '["__proto__"]'
    return name if _BARE_KEY.fullmatch(name) else quote(name)


def raw_text(validator: ValidatorJson, *, optional: bool = False, levels: int = MAX_NESTING) -> str:
    """Return the one spelling of `validator` as JavaScript: two are equal iff the JSON is.

    What cannot be known is the bare name `unresolved`.

    Raises:
        NestingError: It nests deeper than `levels`.
    """
    if not levels:
        raise NestingError
    text = _raw_text(validator, levels - 1)
    return f"v.optional({text})" if optional else text


def _raw_text(validator: ValidatorJson, levels: int) -> str:
    match validator["type"]:
        case "id":
            return f"v.id({quote(validator['tableName'])})"
        case "literal":
            return f"v.literal({literal_text(validator['value'])})"
        case "array":
            return f"v.array({raw_text(validator['value'], levels=levels)})"
        case "record":
            keys = raw_text(validator["keys"], levels=levels)
            return f"v.record({keys}, {_field_text(validator['values'], levels)})"
        case "object":
            fields = [
                f"{property_key(name)}: {_field_text(field, levels)}"
                for name, field in validator["value"].items()
            ]
            return f"v.object({{ {', '.join(fields)} }})" if fields else "v.object({})"
        case "union":
            members = [raw_text(member, levels=levels) for member in validator["value"]]
            return f"v.union({', '.join(members)})"
        case plain:
            return _PLAIN_TEXT[plain]


def _field_text(field: ObjectField, levels: int) -> str:
    return raw_text(field["fieldType"], optional=field["optional"], levels=levels)


def to_json(validator: ValidatorJson, levels: int = MAX_NESTING) -> dict[str, Json]:
    """Return a copy with JavaScript's numbers and the key order of Convex's export.

    Raises:
        NestingError: It nests deeper than `levels`.
    """
    if not levels:
        raise NestingError
    levels -= 1
    match validator["type"]:
        case "id":
            return {"type": "id", "tableName": validator["tableName"]}
        case "literal":
            return {"type": "literal", "value": _literal_json(validator["value"])}
        case "array":
            return {"type": "array", "value": to_json(validator["value"], levels)}
        case "record":
            return {
                "type": "record",
                "keys": to_json(validator["keys"], levels),
                "values": _field_json(validator["values"], levels),
            }
        case "object":
            fields = validator["value"].items()
            return {
                "type": "object",
                "value": {name: _field_json(field, levels) for name, field in fields},
            }
        case "union":
            return {
                "type": "union",
                "value": [to_json(member, levels) for member in validator["value"]],
            }
        case plain:
            return {"type": plain}


def _field_json(field: ObjectField, levels: int) -> dict[str, Json]:
    return {"fieldType": to_json(field["fieldType"], levels), "optional": field["optional"]}


def _literal_json(value: LiteralValue) -> Json:
    if isinstance(value, str | bool):
        return value
    encoded = number_literal(value) if isinstance(value, int | float) else value
    if isinstance(encoded, int | float):
        return encoded
    if "$integer" in encoded:
        return {"$integer": encoded["$integer"]}
    return {"$float": encoded["$float"]}


def is_validator(value: Json, levels: int = MAX_NESTING) -> TypeGuard[ValidatorJson]:
    """Tell whether `value` is a ValidatorJSON that nests no deeper than `levels`."""
    if not isinstance(value, dict) or not levels:
        return False
    levels -= 1
    match value.get("type"):
        case "id":
            return isinstance(value.get("tableName"), str)
        case "literal":
            return _is_literal(value.get("value"))
        case "array":
            return is_validator(value.get("value"), levels)
        case "record":
            return is_validator(value.get("keys"), levels) and _is_field(
                value.get("values"), levels
            )
        case "object":
            fields = value.get("value")
            return isinstance(fields, dict) and all(
                _is_field(field, levels) for field in fields.values()
            )
        case "union":
            members = value.get("value")
            return isinstance(members, list) and all(
                is_validator(member, levels) for member in members
            )
        case plain:
            return isinstance(plain, str) and plain in _PLAIN_TEXT


def _is_field(value: Json, levels: int) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("optional"), bool)
        and is_validator(value.get("fieldType"), levels)
    )


def _is_literal(value: Json) -> bool:
    if isinstance(value, dict):
        bits = value.get("$integer", value.get("$float"))
        return len(value) == 1 and isinstance(bits, str) and bool(_EIGHT_BYTES.fullmatch(bits))
    return isinstance(value, str | bool | int | float)
