"""The default export of the schema file → `SchemaFacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ssot_action.contract.model import (
    DatabaseIndexFacts,
    IndexFacts,
    SchemaFacts,
    SearchIndexFacts,
    TableFacts,
    VectorIndexFacts,
)
from ssot_action.evaluation.convert import to_boolean, to_string
from ssot_action.evaluation.convex.json_values import plain_number
from ssot_action.evaluation.convex.schema import SchemaDefinition, TableDefinition
from ssot_action.evaluation.convex.validators import validator_json
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    thrown_message,
)

if TYPE_CHECKING:
    from ssot_action.contract.validators import ValidatorJson
    from ssot_action.evaluation.extract.unresolved import UnresolvedList
    from ssot_action.evaluation.interpreter import Interpreter

# The path of what concerns the schema as a whole.
WHOLE = "schema"


def extract_schema(
    interpreter: Interpreter, exported: Value, unresolved: UnresolvedList
) -> SchemaFacts | None:
    """Return the facts of a schema; None when `exported` is none, which is then reported."""
    if isinstance(exported, Unknown):
        unresolved.add(WHOLE, exported)
        return SchemaFacts(tables=(), unresolved=unresolved.entries())
    if not isinstance(exported, SchemaDefinition):
        return None
    reader = _Reader(interpreter, unresolved)
    validation = exported.properties["schemaValidation"]
    try:
        is_enforced = to_boolean(validation)
    except UnknownOutcome as outcome:
        unresolved.add(f"{WHOLE}.schemaValidation", outcome.unknown)
        is_enforced = True
    return SchemaFacts(
        tables=tuple(reader.tables(exported.properties["tables"])),
        schema_validation=is_enforced,
        unresolved=unresolved.entries(),
    )


class _Reader:
    def __init__(self, interpreter: Interpreter, unresolved: UnresolvedList) -> None:
        self.interpreter = interpreter
        self.unresolved = unresolved

    def tables(self, tables: Value) -> list[TableFacts]:
        if isinstance(tables, Unknown):
            self.unresolved.add(WHOLE, tables)
            return []
        if not isinstance(tables, JSObject):
            return []
        if tables.incomplete is not None:
            self.unresolved.add(WHOLE, tables.incomplete)
        return [
            self._table(str(key), self.interpreter.get(tables, key)) for key in tables.own_keys()
        ]

    def _table(self, name: str, table: Value) -> TableFacts:
        if isinstance(table, TableDefinition) or self._has_export(table):
            try:
                return self._defined(name, table)
            except JSThrow as thrown:
                table = Unknown(UnknownCode.FAILED, thrown_message(thrown.value))
            except UnknownOutcome as outcome:
                table = outcome.unknown
        if not isinstance(table, Unknown):
            table = Unknown(UnknownCode.FAILED, "this is not made by `defineTable`")
        self.unresolved.add(name, table)
        return TableFacts(name=name, document_type={"type": "unresolved"})

    def _has_export(self, table: Value) -> bool:
        """Tell whether a library made a table of its own, with the members of Convex's."""
        return isinstance(table, JSObject) and isinstance(
            self.interpreter.get(table, "export"), JSFunction
        )

    def _defined(self, name: str, table: Value) -> TableFacts:
        document_type = self._validator(name, self.interpreter.get(table, "validator"))
        staged = self.interpreter.get(table, "stagedValidator")
        indexes = [
            *self._database_indexes(name, table, staged=False),
            *self._database_indexes(name, table, staged=True),
            *self._other_indexes(name, table, "search", staged=False),
            *self._other_indexes(name, table, "search", staged=True),
            *self._other_indexes(name, table, "vector", staged=False),
            *self._other_indexes(name, table, "vector", staged=True),
        ]
        return TableFacts(
            name=name,
            document_type=document_type,
            staged_document_type=(
                None if staged is UNDEFINED else self._validator(f"{name}.staged", staged)
            ),
            indexes=tuple(indexes),
        )

    def _validator(self, path: str, value: Value) -> ValidatorJson:
        return cast("ValidatorJson", validator_json(value, self.unresolved.reporter(path)))

    def _entries(self, name: str, entries: Value) -> list[JSObject]:
        if isinstance(entries, Unknown):
            self.unresolved.add(name, entries)
        if not isinstance(entries, JSArray):
            return []
        if entries.incomplete is not None:
            self.unresolved.add(name, entries.incomplete)
        return [entry for entry in entries.items if isinstance(entry, JSObject)]

    def _database_indexes(self, table: str, definition: Value, *, staged: bool) -> list[IndexFacts]:
        found: list[IndexFacts] = []
        list_name = "stagedDbIndexes" if staged else "indexes"
        for entry in self._entries(table, self.interpreter.get(definition, list_name)):
            try:
                name = self._text(entry, "indexDescriptor")
            except UnknownOutcome as outcome:
                self.unresolved.add(table, outcome.unknown)
                continue
            try:
                fields = self._texts(entry, "fields")
                found.append(DatabaseIndexFacts(name=name, fields=fields, staged=staged))
            except UnknownOutcome as outcome:
                self.unresolved.add(f"{table}.{name}", outcome.unknown)
        return found

    def _other_indexes(
        self, table: str, definition: Value, kind: str, *, staged: bool
    ) -> list[IndexFacts]:
        found: list[IndexFacts] = []
        list_name = f"staged{kind.capitalize()}Indexes" if staged else f"{kind}Indexes"
        for entry in self._entries(table, self.interpreter.get(definition, list_name)):
            try:
                name = self._text(entry, "indexDescriptor")
            except UnknownOutcome as outcome:
                self.unresolved.add(table, outcome.unknown)
                continue
            try:
                found.append(self._other_index(entry, name, kind, staged=staged))
            except UnknownOutcome as outcome:
                self.unresolved.add(f"{table}.{name}", outcome.unknown)
        return found

    def _other_index(self, entry: JSObject, name: str, kind: str, *, staged: bool) -> IndexFacts:
        filters = self._texts(entry, "filterFields")
        if kind == "search":
            field = self._text(entry, "searchField")
            return SearchIndexFacts(
                name=name, search_field=field, filter_fields=filters, staged=staged
            )
        dimensions = self.interpreter.get(entry, "dimensions")
        if isinstance(dimensions, Unknown):
            raise UnknownOutcome(dimensions)
        if not isinstance(dimensions, float):
            raise UnknownOutcome(Unknown(UnknownCode.FAILED, "`dimensions` is not a number"))
        return VectorIndexFacts(
            name=name,
            vector_field=self._text(entry, "vectorField"),
            dimensions=plain_number(dimensions),
            filter_fields=filters,
            staged=staged,
        )

    def _text(self, entry: JSObject, name: str) -> str:
        return to_string(self.interpreter, self.interpreter.get(entry, name))

    def _texts(self, entry: JSObject, name: str) -> tuple[str, ...]:
        value = self.interpreter.get(entry, name)
        items = self.interpreter.iterate(value)
        return tuple([to_string(self.interpreter, item) for item in items])
