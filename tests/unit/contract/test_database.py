"""The database contract keeps the older fields' meaning and adds what Convex exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.contract.database import database_contract
from ssot_action.contract.files import UNDATED
from ssot_action.contract.model import (
    DatabaseIndexFacts,
    ProjectFacts,
    SchemaFacts,
    SearchIndexFacts,
    TableFacts,
    UnresolvedFacts,
    VectorIndexFacts,
)
from ssot_action.contract.validators import MAX_NESTING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.kinds import Contract
    from ssot_action.contract.validators import ValidatorJson

STRING: ValidatorJson = {"type": "string"}
NUMBER: ValidatorJson = {"type": "number"}
NULL: ValidatorJson = {"type": "null"}
UNKNOWN: ValidatorJson = {"type": "unresolved"}
USER: ValidatorJson = {"type": "id", "tableName": "users"}


def array(value: ValidatorJson) -> ValidatorJson:
    return {"type": "array", "value": value}


def union(*members: ValidatorJson) -> ValidatorJson:
    return {"type": "union", "value": list(members)}


def literal(value: str | bool) -> ValidatorJson:  # noqa: FBT001 - the literal itself
    return {"type": "literal", "value": value}


def record(keys: ValidatorJson, values: ValidatorJson) -> ValidatorJson:
    return {"type": "record", "keys": keys, "values": {"fieldType": values, "optional": False}}


def objects(parent: Contract, key: str) -> list[Contract]:
    entries = parent[key]
    assert isinstance(entries, list)
    return [entry for entry in entries if isinstance(entry, dict)]


def table_of(make_project: Callable[..., ProjectFacts], document_type: ValidatorJson) -> Contract:
    project = make_project(tables={"t": document_type})
    (table,) = objects(database_contract(project, updated_at=UNDATED), "tables")
    return table


def declared(table: Contract) -> dict[str, Contract]:
    return {str(column["name"]): column for column in objects(table, "columns")[2:]}


def test_the_envelope_is_the_older_one_and_ours_after_it(
    make_project: Callable[..., ProjectFacts],
) -> None:
    contract = database_contract(make_project(), updated_at="2026-01-01T00:00:00.000Z")
    assert json.dumps(contract) == json.dumps(
        {
            "version": 2,
            "updatedAt": "2026-01-01T00:00:00.000Z",
            "ssot": {
                "mode": "convex",
                "source": {"kind": "convex-schema", "path": "convex/schema.ts"},
            },
            "database": {
                "kind": "document-relational",
                "dialect": "convex",
                "name": "convex",
                "schemas": [],
            },
            "enums": [],
            "tables": [],
            "notes": "Generated from convex/schema.ts by convex-as-ssot.",
            "schemaValidation": True,
            "unresolved": [],
        }
    )


def test_without_a_schema_nothing_is_validated() -> None:
    project = ProjectFacts(schema_path="convex/schema.ts", functions_dir="convex")
    contract = database_contract(project, updated_at=UNDATED)
    assert contract["tables"] == []
    assert contract["schemaValidation"] is False
    assert contract["notes"] == "There is no convex/schema.ts: no table is declared."


def test_the_system_fields_come_first(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    table = table_of(make_project, make_object(a=STRING))
    creation, identifier, _ = objects(table, "columns")
    assert json.dumps(creation) == json.dumps(
        {
            "name": "_creationTime",
            "type": "float64",
            "nullable": False,
            "list": False,
            "dbName": None,
            "dbType": None,
            "default": "system",
            "primaryKey": False,
            "unique": False,
            "constraints": ["system"],
            "rawValidator": "system",
            "optional": False,
            "validator": {"type": "number"},
        }
    )
    assert identifier["type"] == "id<t>"
    assert (identifier["primaryKey"], identifier["unique"]) == (True, True)
    assert identifier["validator"] == {"type": "id", "tableName": "t"}


def test_a_column_has_the_older_fields_and_ours(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    table = table_of(make_project, make_object(tags_maybe=array(STRING)))
    assert json.dumps(declared(table)["tags"]) == json.dumps(
        {
            "name": "tags",
            "type": "array<string>",
            "nullable": True,
            "list": True,
            "dbName": None,
            "dbType": None,
            "default": None,
            "primaryKey": False,
            "unique": False,
            "constraints": [],
            "rawValidator": "v.optional(v.array(v.string()))",
            "items": {"type": "string", "nullable": False, "list": False, "raw": "v.string()"},
            "optional": True,
            "validator": {"type": "array", "value": {"type": "string"}},
        }
    )


@pytest.mark.parametrize(
    ("validator", "type_name", "nullable"),
    [
        (STRING, "string", False),
        (NUMBER, "number", False),
        ({"type": "boolean"}, "boolean", False),
        ({"type": "bigint"}, "int64", False),
        ({"type": "bytes"}, "bytes", False),
        ({"type": "any"}, "any", False),
        ({"type": "commitTs"}, "commitTs", False),
        (NULL, "null", True),
        (UNKNOWN, "unknown", False),
        (USER, "id<users>", False),
        (literal("x"), 'literal<"x">', False),
        (literal(True), "literal<true>", False),  # noqa: FBT003 - the literal itself
        (array(array(USER)), "array<array<id<users>>>", False),
        (record(STRING, array(NUMBER)), "record<string, array<number>>", False),
        (union(STRING, NULL), "union<string | null>", True),
        (union(STRING, union(NUMBER, NULL)), "union<string | union<number | null>>", True),
        (union(), "union<>", False),
        (array(union(STRING, NULL)), "array<union<string | null>>", False),
        ({"type": "object", "value": {}}, "object", False),
        (array(UNKNOWN), "array<unknown>", False),
    ],
)
def test_type_names(
    make_project: Callable[..., ProjectFacts],
    make_object: Callable[..., ValidatorJson],
    validator: ValidatorJson,
    type_name: str,
    nullable: bool,  # noqa: FBT001 - a row of the table
) -> None:
    column = declared(table_of(make_project, make_object(a=validator)))["a"]
    assert (column["type"], column["nullable"], column["optional"]) == (type_name, nullable, False)


def test_parts_of_a_column_are_described(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    table = table_of(
        make_project,
        make_object(
            shaped=make_object(inner_maybe=STRING),
            choice=union(STRING, NULL),
            map=record(USER, NUMBER),
        ),
    )
    columns = declared(table)
    (inner,) = objects(columns["shaped"], "shape")
    assert (inner["name"], inner["type"], inner["nullable"]) == ("inner", "string", True)
    assert inner["rawValidator"] == "v.optional(v.string())"
    assert [option["type"] for option in objects(columns["choice"], "options")] == [
        "string",
        "null",
    ]
    assert columns["map"]["keyType"] == {
        "type": "id<users>",
        "nullable": False,
        "list": False,
        "raw": 'v.id("users")',
    }
    assert isinstance(columns["map"]["valueType"], dict)
    assert columns["map"]["valueType"]["type"] == "number"


def test_the_document_type_is_exactly_what_convex_exports(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    document = union(make_object(_x=STRING, b=NUMBER), make_object(a_maybe=UNKNOWN))
    assert json.dumps(table_of(make_project, document)["documentType"]) == json.dumps(document)


def test_columns_of_a_union_are_the_merge_of_its_members(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    document = union(
        make_object(kind=literal("a"), shared=STRING, only=NUMBER),
        union(make_object(kind=literal("b"), shared=STRING, other_maybe=NUMBER)),
    )
    columns = declared(table_of(make_project, document))
    assert {name: (column["type"], column["optional"]) for name, column in columns.items()} == {
        "kind": ('union<literal<"a"> | literal<"b">>', False),
        "shared": ("string", False),
        "only": ("number", True),
        "other": ("number", True),
    }


def test_merging_counts_a_variant_once_in_whatever_union_it_stands(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    document = union(
        make_object(a=union(STRING, NULL)), make_object(a=NULL), make_object(a=union(NULL, STRING))
    )
    column = declared(table_of(make_project, document))["a"]
    assert column["validator"] == {"type": "union", "value": [STRING, NULL]}


def test_an_unknown_member_makes_every_column_unknown_and_none_certain(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    column = declared(table_of(make_project, union(make_object(a=STRING), UNKNOWN)))["a"]
    assert (column["type"], column["optional"]) == ("union<string | unknown>", True)


@pytest.mark.parametrize("document", [{"type": "any"}, UNKNOWN, union(), record(STRING, STRING)])
def test_a_document_without_declared_fields_has_the_system_columns(
    make_project: Callable[..., ProjectFacts], document: ValidatorJson
) -> None:
    table = table_of(make_project, document)
    assert [column["name"] for column in objects(table, "columns")] == ["_creationTime", "_id"]
    assert table["documentType"] == document


def test_fields_that_convex_drops_are_no_columns(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    table = table_of(make_project, make_object(_id=STRING, _creationTime=NUMBER, a=STRING))
    names = [column["name"] for column in objects(table, "columns")]
    assert names == ["_creationTime", "_id", "a"]


def test_relations_lead_to_every_id(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    table = table_of(
        make_project,
        make_object(
            owner=USER,
            friends_maybe=array(USER),
            maybe=union(USER, NULL),
            nested=make_object(author_maybe=USER, lines=array(make_object(by=USER))),
            votes=record(USER, union(USER, USER)),
            plain=STRING,
        ),
    )
    relations = objects(table, "relations")
    assert [
        (relation["path"], relation["field"], relation["optional"], relation["list"])
        for relation in relations
    ] == [
        ("owner", "owner", False, False),
        ("friends[]", "friends", True, True),
        ("maybe", "maybe", True, False),
        ("nested.author", "nested", True, False),
        ("nested.lines[].by", "nested", False, True),
        ("votes{key}", "votes", False, True),
        ("votes{}", "votes", True, True),
    ]
    assert json.dumps(relations[1]) == json.dumps(
        {
            "field": "friends",
            "to": "users",
            "optional": True,
            "list": True,
            "fields": ["friends"],
            "references": ["_id"],
            "relationName": None,
            "path": "friends[]",
        }
    )


def test_indexes_of_every_kind_are_listed_in_declared_order() -> None:
    table = TableFacts(
        name="t",
        document_type={"type": "any"},
        indexes=(
            VectorIndexFacts(name="v", vector_field="e", dimensions=3.0, filter_fields=("b", "a")),
            DatabaseIndexFacts(name="i", fields=("b", "a.c"), staged=True),
            SearchIndexFacts(name="s", search_field="a"),
        ),
    )
    project = ProjectFacts(
        schema_path="convex/schema.ts",
        functions_dir="convex",
        schema=SchemaFacts(tables=(table,)),
    )
    (contract,) = objects(database_contract(project, updated_at=UNDATED), "tables")
    assert json.dumps(contract["indexes"]) == json.dumps(
        [
            {
                "type": "vector",
                "name": "v",
                "vectorField": "e",
                "dimensions": 3,
                "filterFields": ["b", "a"],
                "staged": False,
            },
            {"type": "index", "name": "i", "fields": ["b", "a.c"], "staged": True},
            {
                "type": "search",
                "name": "s",
                "searchField": "a",
                "filterFields": [],
                "staged": False,
            },
        ]
    )


def test_a_staged_document_type_is_there_only_when_staged(
    make_object: Callable[..., ValidatorJson],
) -> None:
    tables = (
        TableFacts(name="a", document_type={"type": "any"}),
        TableFacts(name="b", document_type={"type": "any"}, staged_document_type=make_object()),
    )
    project = ProjectFacts(
        schema_path="convex/schema.ts", functions_dir="convex", schema=SchemaFacts(tables=tables)
    )
    plain, staged = objects(database_contract(project, updated_at=UNDATED), "tables")
    assert "stagedDocumentType" not in plain
    assert staged["stagedDocumentType"] == {"type": "object", "value": {}}


def test_unresolved_entries_are_sorted_and_told_once() -> None:
    def entry(path: str) -> UnresolvedFacts:
        return UnresolvedFacts(path=path, code="c", reason="r", file="f")

    schema = SchemaFacts(tables=(), unresolved=(entry("b"), entry("a"), entry("b")))
    project = ProjectFacts(schema_path="s", functions_dir="c", schema=schema)
    contract = database_contract(project, updated_at=UNDATED)
    assert [entry["path"] for entry in objects(contract, "unresolved")] == ["a", "b"]


@pytest.mark.parametrize("levels", [MAX_NESTING, 10_000])
def test_a_validator_that_nests_too_deep_is_unresolved_with_a_reason(
    make_project: Callable[..., ProjectFacts], levels: int
) -> None:
    document: ValidatorJson = STRING
    for _ in range(levels):
        document = array(document)
    contract = database_contract(make_project(tables={"t": document}), updated_at=UNDATED)
    (table,) = objects(contract, "tables")
    assert table["documentType"] == {"type": "unresolved"}
    assert objects(contract, "unresolved") == [
        {
            "path": "t",
            "code": "validator-too-deep",
            "reason": "The validator nests deeper than 120 levels.",
            "file": "convex/schema.ts",
        }
    ]
