"""Tables and schemas (convex 1.48, `src/server/schema.ts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation.convert import to_boolean, to_string
from ssot_action.evaluation.convex.validators import (
    Validator,
    as_object_validator,
    object_validator,
    union_validator,
    without_getters,
)
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSObject,
    NativeFunction,
    PropertyKey,
    Unknown,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter

_LISTS = (
    "indexes",
    "stagedDbIndexes",
    "searchIndexes",
    "stagedSearchIndexes",
    "vectorIndexes",
    "stagedVectorIndexes",
)


class TableDefinition(JSObject):
    """A table; its index lists are properties under the library's own names."""

    __slots__ = ()

    def __init__(self, validator: Value) -> None:
        super().__init__(None, TABLE_PROTOTYPE)
        for name in _LISTS:
            self.properties[name] = JSArray()
        self.properties["validator"] = validator

    @property
    def validator(self) -> Value:
        """The validator of the documents."""
        return self.properties["validator"]

    @property
    def staged_validator(self) -> Value:
        """The validator given to `.staged`, undefined without one."""
        return self.properties.get("stagedValidator", UNDEFINED)

    def index_list(self, name: str) -> Value:
        """Return one of the lists of indexes."""
        return self.properties.get(name, UNDEFINED)


class SchemaDefinition(JSObject):
    """A schema."""

    __slots__ = ()

    def __init__(self, tables: Value, schema_validation: Value) -> None:
        properties: dict[PropertyKey, Value] = {
            "tables": tables,
            "schemaValidation": schema_validation,
        }
        super().__init__(properties, SCHEMA_PROTOTYPE)


def _first(arguments: list[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


def _table(this: Value) -> TableDefinition:
    if not isinstance(this, TableDefinition):
        raise type_error("a method of a table was called on something else")
    return this


def _push(table: TableDefinition, name: str, entry: JSObject) -> None:
    entries = table.index_list(name)
    if isinstance(entries, JSArray):
        entries.items.append(entry)


def _is_staged(interpreter: Interpreter, table: TableDefinition, config: Value) -> bool:
    """Tell whether the options ask for a staged index; not knowing spoils the table's lists."""
    staged = interpreter.get(config, "staged")
    try:
        return to_boolean(staged)
    except UnknownOutcome as outcome:
        for name in _LISTS:
            entries = table.index_list(name)
            if isinstance(entries, JSArray):
                entries.lose(outcome.unknown)
        return False


def _index(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    table = _table(this)
    config = arguments[1] if len(arguments) > 1 else UNDEFINED
    is_list = isinstance(config, JSArray)
    fields = config if is_list else interpreter.get(config, "fields")
    is_staged = not is_list and _is_staged(interpreter, table, config)
    entry = JSObject({"indexDescriptor": _first(arguments), "fields": fields})
    _push(table, "stagedDbIndexes" if is_staged else "indexes", entry)
    return table


def _filters(interpreter: Interpreter, config: Value) -> Value:
    fields = interpreter.get(config, "filterFields")
    if isinstance(fields, Unknown):
        return fields
    return fields if to_boolean(fields) else JSArray()


def _search_index(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    table = _table(this)
    config = arguments[1] if len(arguments) > 1 else UNDEFINED
    entry = JSObject(
        {
            "indexDescriptor": _first(arguments),
            "searchField": interpreter.get(config, "searchField"),
            "filterFields": _filters(interpreter, config),
        }
    )
    is_staged = _is_staged(interpreter, table, config)
    _push(table, "stagedSearchIndexes" if is_staged else "searchIndexes", entry)
    return table


def _vector_index(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    table = _table(this)
    config = arguments[1] if len(arguments) > 1 else UNDEFINED
    entry = JSObject(
        {
            "indexDescriptor": _first(arguments),
            "vectorField": interpreter.get(config, "vectorField"),
            "dimensions": interpreter.get(config, "dimensions"),
            "filterFields": _filters(interpreter, config),
        }
    )
    is_staged = _is_staged(interpreter, table, config)
    _push(table, "stagedVectorIndexes" if is_staged else "vectorIndexes", entry)
    return table


def _staged(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    from ssot_action.evaluation.expressions import copy_properties

    table = _table(this)
    given = _first(arguments)
    if table.staged_validator is not UNDEFINED:
        raise js_error("Error", "Table cannot have more than one staged validator.")
    if isinstance(given, Validator | Unknown):
        table.properties["stagedValidator"] = given
        return table
    enforced = table.validator
    if isinstance(enforced, Unknown):
        table.properties["stagedValidator"] = enforced
        return table
    if not isinstance(enforced, Validator) or enforced.kind not in ("object", "any"):
        raise js_error("Error", "Field changes can be staged only for a simple table definition.")
    fields = JSObject()
    if enforced.kind == "object":
        copy_properties(interpreter, fields, enforced.parts["fields"])
    copy_properties(interpreter, fields, given)
    for key in list(fields.properties):
        if fields.properties[key] is UNDEFINED:
            fields.delete_own(key)
    table.properties["stagedValidator"] = object_validator(fields)
    return table


TABLE_PROTOTYPE = JSObject(
    {
        "index": NativeFunction("index", _index),
        "searchIndex": NativeFunction("searchIndex", _search_index),
        "vectorIndex": NativeFunction("vectorIndex", _vector_index),
        "staged": NativeFunction("staged", _staged),
    }
)
TABLE_PROTOTYPE.is_frozen = True


def _define_table(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    given = without_getters(interpreter, _first(arguments))
    return TableDefinition(as_object_validator(given))


def _define_schema(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    options = arguments[1] if len(arguments) > 1 else UNDEFINED
    validation: Value = True
    if options is not UNDEFINED and options is not None:
        given = interpreter.get(options, "schemaValidation")
        validation = True if given is UNDEFINED else given
    return SchemaDefinition(_first(arguments), validation)


def add_system_fields(interpreter: Interpreter, name: str, validator: Value) -> Value:
    """Return the validator of whole documents of the table `name`: with `_id`, `_creationTime`."""
    from ssot_action.evaluation.expressions import copy_properties

    if isinstance(validator, Unknown):
        return validator
    if isinstance(validator, Validator):
        if validator.kind == "object":
            fields = JSObject()
            copy_properties(interpreter, fields, validator.parts["fields"])
            fields.set_own("_id", Validator("id", {"tableName": name}))
            fields.set_own("_creationTime", Validator("float64"))
            return object_validator(fields, is_optional=validator.is_optional)
        if validator.kind == "union":
            members = interpreter.iterate(validator.parts["members"])
            return union_validator(
                [add_system_fields(interpreter, name, member) for member in members]
            )
        if validator.kind == "any":
            return validator
    raise js_error("Error", f'Invalid validator for table "{name}"')


def _doc_validator(interpreter: Interpreter, _: Value, arguments: list[Value]) -> Value:
    name = to_string(interpreter, _first(arguments))
    table = arguments[1] if len(arguments) > 1 else UNDEFINED
    return add_system_fields(interpreter, name, interpreter.get(table, "validator"))


def _table_of(interpreter: Interpreter, schema: Value, name: str) -> Value:
    table = interpreter.get(interpreter.get(schema, "tables"), name)
    if table is UNDEFINED:
        raise js_error("Error", f'Table "{name}" is not in this schema.')
    return table


def _doc(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    name = to_string(interpreter, _first(arguments))
    table = _table_of(interpreter, this, name)
    return add_system_fields(interpreter, name, interpreter.get(table, "validator"))


def _id(interpreter: Interpreter, this: Value, arguments: list[Value]) -> Value:
    name = to_string(interpreter, _first(arguments))
    table = _table_of(interpreter, this, name)
    if isinstance(table, Unknown):
        return table
    return Validator("id", {"tableName": name})


SCHEMA_PROTOTYPE = JSObject({"doc": NativeFunction("doc", _doc), "id": NativeFunction("id", _id)})
SCHEMA_PROTOTYPE.is_frozen = True

DEFINE_TABLE = NativeFunction("defineTable", _define_table)
DEFINE_SCHEMA = NativeFunction("defineSchema", _define_schema)
DOC_VALIDATOR = NativeFunction("docValidator", _doc_validator)
