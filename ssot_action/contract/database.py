"""The database contract, `docs/context/db/schema.json`, from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.contract.columns import ColumnWriter, document_fields
from ssot_action.contract.model import DatabaseIndexFacts, SchemaFacts, SearchIndexFacts
from ssot_action.contract.numbers import canonical_json
from ssot_action.contract.unresolved import unresolved_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.model import IndexFacts, ProjectFacts, TableFacts
    from ssot_action.contract.validators import ObjectField, ValidatorJson

DATABASE_VERSION: Final = 2


def database_contract(project: ProjectFacts, *, updated_at: str) -> dict[str, Json]:
    """Return the database contract of an app."""
    contract = nested_database_contract(project)
    return {"version": contract.pop("version"), "updatedAt": updated_at, **contract}


def nested_database_contract(project: ProjectFacts) -> dict[str, Json]:
    """Return the database contract of a component: the same without a date of its own."""
    schema, path = project.schema, project.schema_path
    if schema is None:
        schema = SchemaFacts(tables=(), schema_validation=False)
        notes = f"There is no {path}: no table is declared."
    else:
        notes = f"Generated from {path} by convex-as-ssot."
    writer = ColumnWriter()
    tables: list[Json] = [_table(table, path, writer) for table in schema.tables]
    return {
        "version": DATABASE_VERSION,
        "ssot": {"mode": "convex", "source": {"kind": "convex-schema", "path": path}},
        "database": {
            "kind": "document-relational",
            "dialect": "convex",
            "name": "convex",
            "schemas": [],
        },
        "enums": [],
        "tables": tables,
        "notes": notes,
        "schemaValidation": schema.schema_validation,
        "unresolved": unresolved_entries((*schema.unresolved, *writer.too_deep)),
    }


def _table(table: TableFacts, file: str, writer: ColumnWriter) -> dict[str, Json]:
    document = writer.admit(table.document_type, path=table.name, file=file)
    fields = document_fields(document.validator)
    contract: dict[str, Json] = {
        "name": table.name,
        "dbName": None,
        "schema": None,
        "columns": [
            _system_column("_creationTime", "float64", {"type": "number"}),
            _system_column(
                "_id", f"id<{table.name}>", {"type": "id", "tableName": table.name}, is_key=True
            ),
            *writer.table_columns(fields),
        ],
        "relations": _relations(fields),
        "indexes": [_index(index) for index in table.indexes],
        "documentType": writer.json(document),
    }
    if table.staged_document_type is not None:
        path = f"{table.name}.stagedDocumentType"
        staged = writer.admit(table.staged_document_type, path=path, file=file)
        contract["stagedDocumentType"] = writer.json(staged)
    return contract


def _system_column(
    name: str, type_name: str, validator: dict[str, Json], *, is_key: bool = False
) -> dict[str, Json]:
    return {
        "name": name,
        "type": type_name,
        "nullable": False,
        "list": False,
        "dbName": None,
        "dbType": None,
        "default": "system",
        "primaryKey": is_key,
        "unique": is_key,
        "constraints": ["system"],
        "rawValidator": "system",
        "optional": False,
        "validator": validator,
    }


def _index(index: IndexFacts) -> dict[str, Json]:
    if isinstance(index, DatabaseIndexFacts):
        return {
            "type": "index",
            "name": index.name,
            "fields": list(index.fields),
            "staged": index.staged,
        }
    if isinstance(index, SearchIndexFacts):
        return {
            "type": "search",
            "name": index.name,
            "searchField": index.search_field,
            "filterFields": list(index.filter_fields),
            "staged": index.staged,
        }
    return {
        "type": "vector",
        "name": index.name,
        "vectorField": index.vector_field,
        "dimensions": canonical_json(index.dimensions),
        "filterFields": list(index.filter_fields),
        "staged": index.staged,
    }


def _relations(fields: Mapping[str, ObjectField]) -> list[Json]:
    """Return a relation for each place of an id, in declared order.

    `path` leads from the document to the id: `a.b` into an object, `a[]` into an array, `a{}` to
    the values of a record and `a{key}` to its keys. `optional` says that a document may be without
    that id, `list` that it may have many.
    """
    relations: dict[tuple[str, str], dict[str, Json]] = {}
    for name, field in fields.items():
        for path, table, optional in _ids(field["fieldType"], name, optional=field["optional"]):
            relation = relations.setdefault(
                (path, table),
                {
                    "field": name,
                    "to": table,
                    "optional": optional,
                    "list": "[]" in path or "{" in path,
                    "fields": [name],
                    "references": ["_id"],
                    "relationName": None,
                    "path": path,
                },
            )
            relation["optional"] = relation["optional"] or optional
    return list(relations.values())


def _ids(validator: ValidatorJson, path: str, *, optional: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield path, table and optionality of every id in `validator`."""
    match validator["type"]:
        case "id":
            yield path, validator["tableName"], optional
        case "array":
            yield from _ids(validator["value"], f"{path}[]", optional=optional)
        case "record":
            yield from _ids(validator["keys"], f"{path}{{key}}", optional=optional)
            values = validator["values"]
            yield from _ids(values["fieldType"], f"{path}{{}}", optional=optional)
        case "object":
            for name, field in validator["value"].items():
                yield from _ids(
                    field["fieldType"], f"{path}.{name}", optional=optional or field["optional"]
                )
        case "union":
            has_choice = optional or len(validator["value"]) > 1
            for member in validator["value"]:
                yield from _ids(member, path, optional=has_choice)
        case _:
            return
