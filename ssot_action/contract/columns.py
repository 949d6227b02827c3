"""The older contracts' view of a validator: columns, type names and their parts.

A type name is `string`, `id<users>`, `array<string>`, `record<string, any>`,
`union<string | null>`, `literal<"x">`, `object` or `unknown` for what cannot be known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ssot_action.contract.validators import literal_text, raw_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ObjectField, ObjectValidator, ValidatorJson

_TYPE_NAMES: Final[dict[str, str]] = {"bigint": "int64", "unresolved": "unknown"}


class _Described(NamedTuple):
    """What the older format says about a validator, apart from its text."""

    type_name: str
    nullable: bool = False
    is_list: bool = False
    parts: dict[str, Json] | None = None


def column(name: str, field: ObjectField) -> dict[str, Json]:
    """Return the column of a declared field; its `validator` is for the caller to add."""
    validator, optional = field["fieldType"], field["optional"]
    described = _describe(validator)
    return {
        "name": name,
        "type": described.type_name,
        "nullable": optional or described.nullable,
        "list": described.is_list,
        "dbName": None,
        "dbType": None,
        "default": None,
        "primaryKey": False,
        "unique": False,
        "constraints": [],
        "rawValidator": raw_text(validator, optional=optional),
        **(described.parts or {}),
        "optional": optional,
    }


def columns(validator: ObjectValidator) -> list[Json]:
    """Return a column for each field of an object."""
    return [column(name, field) for name, field in validator["value"].items()]


def summary(validator: ValidatorJson) -> dict[str, Json]:
    """Return the older function contract's form of a validator that is no argument object."""
    described = _describe(validator)
    return {
        "raw": raw_text(validator),
        "inferredType": described.type_name,
        "nullable": described.nullable,
        "list": described.is_list,
        **(described.parts or {}),
    }


def _describe(validator: ValidatorJson) -> _Described:
    match validator["type"]:
        case "id":
            return _Described(f"id<{validator['tableName']}>")
        case "literal":
            return _Described(f"literal<{literal_text(validator['value'])}>")
        case "array":
            name, items = _part(validator["value"])
            return _Described(f"array<{name}>", is_list=True, parts={"items": items})
        case "record":
            key, key_type = _part(validator["keys"])
            value, value_type = _part(validator["values"]["fieldType"])
            parts: dict[str, Json] = {"keyType": key_type, "valueType": value_type}
            return _Described(f"record<{key}, {value}>", parts=parts)
        case "object":
            return _Described("object", parts={"shape": columns(validator)})
        case "union":
            options = [_part(member) for member in validator["value"]]
            return _Described(
                f"union<{' | '.join(name for name, _ in options)}>",
                nullable=any(member["type"] == "null" for member in union_members(validator)),
                parts={"options": [option for _, option in options]},
            )
        case plain:
            return _Described(_TYPE_NAMES.get(plain, plain), nullable=plain == "null")


def _part(validator: ValidatorJson) -> tuple[str, dict[str, Json]]:
    described = _describe(validator)
    return described.type_name, {
        "type": described.type_name,
        "nullable": described.nullable,
        "list": described.is_list,
        "raw": raw_text(validator),
        **(described.parts or {}),
    }


def union_members(validator: ValidatorJson) -> Iterator[ValidatorJson]:
    """Yield the members of a union and of the unions in it, or `validator` if it is none."""
    if validator["type"] == "union":
        for member in validator["value"]:
            yield from union_members(member)
    else:
        yield validator


def document_fields(document_type: ValidatorJson) -> dict[str, ObjectField]:
    """Return the declared fields that documents of a table can have, in declared order.

    The members of a union are merged: a field that one of them lacks is optional, different
    validators of a field become a union. Fields that start with `_` are left out, as Convex drops
    them.
    """
    members = list(union_members(document_type))
    documents = [member["value"] for member in members if member["type"] == "object"]
    others: list[ValidatorJson] = [
        member for member in members if member["type"] in {"any", "unresolved"}
    ]
    if len(documents) == 1 and not others:
        return {name: field for name, field in documents[0].items() if not name.startswith("_")}
    names = dict.fromkeys(name for fields in documents for name in fields)
    return {
        name: _merge_field(
            [fields[name] for fields in documents if name in fields],
            others,
            always_there=not others and all(name in fields for fields in documents),
        )
        for name in names
        if not name.startswith("_")
    }


def _merge_field(
    fields: list[ObjectField], others: list[ValidatorJson], *, always_there: bool
) -> ObjectField:
    variants = _distinct([field["fieldType"] for field in fields] + others)
    if len(variants) > 1:
        variants = _distinct(member for variant in variants for member in union_members(variant))
    optional = not always_there or any(field["optional"] for field in fields)
    if len(variants) == 1:
        return {"fieldType": variants[0], "optional": optional}
    return {"fieldType": {"type": "union", "value": variants}, "optional": optional}


def _distinct(validators: Iterable[ValidatorJson]) -> list[ValidatorJson]:
    return list({raw_text(validator): validator for validator in validators}.values())
