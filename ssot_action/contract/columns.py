"""The older contracts' view of a validator: columns, type names and their parts.

A type name is `string`, `id<users>`, `array<string>`, `record<string, any>`,
`union<string | null>`, `literal<"x">`, `object` or `unknown` for what cannot be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ssot_action.contract.encoding import SharedObject
from ssot_action.contract.model import UnresolvedFacts
from ssot_action.contract.validators import (
    MAX_NESTING,
    UNRESOLVED,
    NestingError,
    literal_text,
    raw_text,
    to_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ObjectField, ObjectValidator, ValidatorJson

TOO_DEEP: Final = "validator-too-deep"
"""The code of a validator that nests deeper than we write and than Convex accepts."""

_TYPE_NAMES: Final[dict[str, str]] = {"bigint": "int64", "unresolved": "unknown"}


class _Described(NamedTuple):
    """What the older format says about a validator, apart from its text."""

    type_name: str
    nullable: bool = False
    is_list: bool = False
    parts: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """A validator that can be written, and its canonical spelling."""

    validator: ValidatorJson
    raw: str


class ColumnWriter:
    """Describes the validators of one contract, each distinct one once.

    Real projects repeat themselves: most columns of a contract are there many times, so the
    descriptions are shared. `too_deep` collects what could not be written.
    """

    __slots__ = ("_args", "_columns", "_described", "_json", "_parts", "_summaries", "too_deep")

    def __init__(self) -> None:
        self.too_deep: list[UnresolvedFacts] = []
        self._args: dict[str, SharedObject] = {}
        self._described: dict[str, _Described] = {}
        self._json: dict[str, SharedObject] = {}
        self._parts: dict[str, SharedObject] = {}
        self._summaries: dict[str, SharedObject] = {}
        self._columns: dict[tuple[str, str, bool], SharedObject] = {}

    def admit(self, validator: ValidatorJson, *, path: str, file: str) -> Admitted:
        """Return `validator`, or `unresolved` in its place if it nests too deep."""
        try:
            return Admitted(validator, raw_text(validator))
        except NestingError:
            reason = f"The validator nests deeper than {MAX_NESTING} levels."
            self.too_deep.append(
                UnresolvedFacts(path=path, code=TOO_DEEP, reason=reason, file=file)
            )
            return Admitted(UNRESOLVED, raw_text(UNRESOLVED))

    def json(self, admitted: Admitted) -> SharedObject:
        """Return the ValidatorJSON."""
        json = self._json.get(admitted.raw)
        if json is None:
            json = self._json[admitted.raw] = SharedObject(to_json(admitted.validator))
        return json

    def args_summary(self, args: Admitted) -> SharedObject | None:
        """Return the older form of arguments; None for `v.any()`.

        Convex does not tell `v.any()` from no validator.
        """
        validator = args.validator
        if validator["type"] == "any":
            return None
        if validator["type"] != "object":
            return self.summary(args)
        summary = self._args.get(args.raw)
        if summary is None:
            fields = self.columns(validator)
            summary = self._args[args.raw] = SharedObject(raw=args.raw, fields=fields)
        return summary

    def summary(self, admitted: Admitted) -> SharedObject:
        """Return the older form of a validator that is no argument object."""
        summary = self._summaries.get(admitted.raw)
        if summary is None:
            described = self._describe(admitted.validator, admitted.raw)
            summary = self._summaries[admitted.raw] = SharedObject(
                {
                    "raw": admitted.raw,
                    "inferredType": described.type_name,
                    "nullable": described.nullable,
                    "list": described.is_list,
                    **(described.parts or {}),
                }
            )
        return summary

    def columns(self, validator: ObjectValidator) -> list[Json]:
        """Return a column for each field of an object."""
        return [self._column(name, field) for name, field in validator["value"].items()]

    def table_columns(self, fields: dict[str, ObjectField]) -> list[Json]:
        """Return a column with ValidatorJSON for each field of a document."""
        return [self._column(name, field, has_validator=True) for name, field in fields.items()]

    def _column(
        self, name: str, field: ObjectField, *, has_validator: bool = False
    ) -> SharedObject:
        validator, optional = field["fieldType"], field["optional"]
        raw = raw_text(validator)
        shown = f"v.optional({raw})" if optional else raw
        column = self._columns.get((name, shown, has_validator))
        if column is not None:
            return column
        described = self._describe(validator, raw)
        content: dict[str, Json] = {
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
            "rawValidator": shown,
            **(described.parts or {}),
            "optional": optional,
        }
        if has_validator:
            content["validator"] = self.json(Admitted(validator, raw))
        column = self._columns[name, shown, has_validator] = SharedObject(content)
        return column

    def _part(self, validator: ValidatorJson) -> SharedObject:
        raw = raw_text(validator)
        part = self._parts.get(raw)
        if part is None:
            described = self._describe(validator, raw)
            part = self._parts[raw] = SharedObject(
                {
                    "type": described.type_name,
                    "nullable": described.nullable,
                    "list": described.is_list,
                    "raw": raw,
                    **(described.parts or {}),
                }
            )
        return part

    def _describe(self, validator: ValidatorJson, raw: str) -> _Described:
        described = self._described.get(raw)
        if described is None:
            described = self._described[raw] = self._describe_anew(validator)
        return described

    def _describe_anew(self, validator: ValidatorJson) -> _Described:
        match validator["type"]:
            case "id":
                return _Described(f"id<{validator['tableName']}>")
            case "literal":
                return _Described(f"literal<{literal_text(validator['value'])}>")
            case "array":
                items = self._part(validator["value"])
                return _Described(f"array<{items['type']}>", is_list=True, parts={"items": items})
            case "record":
                key = self._part(validator["keys"])
                value = self._part(validator["values"]["fieldType"])
                return _Described(
                    f"record<{key['type']}, {value['type']}>",
                    parts={"keyType": key, "valueType": value},
                )
            case "object":
                return _Described("object", parts={"shape": self.columns(validator)})
            case "union":
                options = [self._part(member) for member in validator["value"]]
                return _Described(
                    f"union<{' | '.join(str(option['type']) for option in options)}>",
                    nullable=any(member["type"] == "null" for member in union_members(validator)),
                    parts={"options": [*options]},
                )
            case plain:
                return _Described(_TYPE_NAMES.get(plain, plain), nullable=plain == "null")


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
