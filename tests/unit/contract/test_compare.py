"""Drift tells what the committed contract gets wrong, and nothing about order or dates."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_action.contract.compare import Change, Subject, compare_contract
from ssot_action.contract.database import database_contract
from ssot_action.contract.functions import functions_contract
from ssot_action.contract.model import (
    ComponentFacts,
    CronFacts,
    DatabaseIndexFacts,
    FunctionFacts,
    HttpRouteFacts,
    ProjectFacts,
    SchemaFacts,
    SearchIndexFacts,
    TableFacts,
    UnresolvedFacts,
    Visibility,
)
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ValidatorJson

STRING: ValidatorJson = {"type": "string"}
NULL: ValidatorJson = {"type": "null"}
TRUE: ValidatorJson = {"type": "literal", "value": True}
ONE: ValidatorJson = {"type": "literal", "value": 1}

Rows = list[str]


def database(project: ProjectFacts, updated_at: str = "then") -> Any:  # noqa: ANN401 - to edit
    return database_contract(project, updated_at=updated_at)


def functions(project: ProjectFacts, updated_at: str = "then") -> Any:  # noqa: ANN401 - to edit
    return functions_contract(project, updated_at=updated_at)


def lines(committed: Any, generated: Any) -> Rows:  # noqa: ANN401
    drift = compare_contract(committed, generated)
    assert drift.stale == bool(drift.lines)
    return [str(line) for line in drift.lines]


def schema(*tables: TableFacts, unresolved: tuple[UnresolvedFacts, ...] = ()) -> ProjectFacts:
    return ProjectFacts(
        schema_path="convex/schema.ts",
        functions_dir="convex",
        schema=SchemaFacts(tables=tables, unresolved=unresolved),
    )


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_contract_has_not_drifted_from_itself(
    data: st.DataObject, projects: st.SearchStrategy[ProjectFacts]
) -> None:
    project = data.draw(projects)
    assert lines(database(project, "then"), database(project, "now")) == []
    assert lines(functions(project, "then"), functions(project, "now")) == []


def _reversed(validator: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(validator, list):
        return [_reversed(item) for item in reversed(validator)]
    if isinstance(validator, dict):
        return {key: _reversed(item) for key, item in reversed(validator.items())}
    return validator


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_order_of_what_is_declared_is_no_drift(
    data: st.DataObject,
    projects: st.SearchStrategy[ProjectFacts],
    validators: st.SearchStrategy[ValidatorJson],
    make_function: Callable[..., FunctionFacts],
) -> None:
    project, other = data.draw(projects), data.draw(validators)
    swapped: ValidatorJson = _reversed(other)
    tables = project.schema.tables if project.schema else ()
    ones = (*tables, TableFacts(name="_extra", document_type=other, staged_document_type=other))
    others = (
        TableFacts(name="_extra", document_type=swapped, staged_document_type=swapped),
        *reversed(tables),
    )
    assert lines(database(schema(*ones)), database(schema(*others))) == []
    before = replace(project, functions=(make_function("_:x", args=other, returns=other),))
    after = replace(
        before,
        functions=(make_function("_:x", args=swapped, returns=swapped),),
        http_routes=before.http_routes[::-1],
        crons=before.crons[::-1],
    )
    assert lines(functions(before), functions(after)) == []


def test_every_table_that_drifted_has_a_line(
    make_object: Callable[..., ValidatorJson],
) -> None:
    old = schema(
        TableFacts(name="same", document_type=make_object(a=STRING)),
        TableFacts(name="gone", document_type=make_object()),
        TableFacts(
            name="changed",
            document_type=make_object(a=STRING, b=TRUE, c=STRING),
            indexes=(
                DatabaseIndexFacts(name="i", fields=("a", "b")),
                DatabaseIndexFacts(name="j", fields=("a",)),
                SearchIndexFacts(name="s", search_field="a", filter_fields=("a", "b")),
            ),
        ),
    )
    new = schema(
        TableFacts(name="new", document_type=make_object()),
        TableFacts(
            name="changed",
            document_type=make_object(a_maybe=STRING, b=ONE, d=STRING),
            indexes=(
                DatabaseIndexFacts(name="i", fields=("b", "a")),
                SearchIndexFacts(name="s", search_field="a", filter_fields=("b", "a")),
            ),
        ),
        TableFacts(name="same", document_type=make_object(a=STRING)),
    )
    assert lines(database(old), database(new)) == [
        (
            "table changed: changed (column a changed, column b changed, column c removed, "
            "column d added, index i changed, index j removed)"
        ),
        "table gone: removed",
        "table new: added",
    ]


def test_a_drift_that_no_column_shows_is_told_of_the_document_type(
    make_object: Callable[..., ValidatorJson],
) -> None:
    def document(*fields: dict[str, ValidatorJson]) -> ProjectFacts:
        members = [make_object(**shape) for shape in fields]
        return schema(TableFacts(name="t", document_type={"type": "union", "value": members}))

    old = document({"a": TRUE, "b": TRUE}, {"a": NULL, "b": NULL})
    new = document({"a": TRUE, "b": NULL}, {"a": NULL, "b": TRUE})
    assert lines(database(old), database(new)) == ["table t: changed (documentType)"]


def test_a_staged_document_type_counts(make_object: Callable[..., ValidatorJson]) -> None:
    old = TableFacts(name="t", document_type=make_object())
    new = replace(old, staged_document_type=make_object(a=STRING))
    assert lines(database(schema(old)), database(schema(new))) == [
        "table t: changed (stagedDocumentType)"
    ]


@pytest.mark.parametrize("key", ["rawValidator", "type", "nullable"])
def test_a_hand_made_edit_is_a_drift(
    make_project: Callable[..., ProjectFacts],
    make_object: Callable[..., ValidatorJson],
    key: str,
) -> None:
    generated = database(make_project(tables={"t": make_object(a=STRING)}))
    committed = copy.deepcopy(generated)
    committed["tables"][0]["columns"][2][key] = "edited"
    assert lines(committed, generated) == ["table t: changed (column a changed)"]


def test_every_function_that_drifted_has_a_line(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    changed = make_function("a:changed", args=make_object(x=TRUE))
    old = make_project(functions=(changed, make_function("a:gone"), make_function("a:same")))
    new = make_project(
        functions=(
            replace(
                changed,
                args=make_object(x=ONE),
                visibility=Visibility.INTERNAL,
                tables_read=("users",),
            ),
            make_function("a:new"),
            make_function("a:same"),
        )
    )
    assert lines(functions(old), functions(new)) == [
        "function a:changed: changed (visibility, argsValidator, tablesRead, args)",
        "function a:gone: removed",
        "function a:new: added",
    ]


def test_two_functions_of_one_name_are_compared_as_a_pair(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    one = make_function("a:x")
    twin = replace(one, file="convex/a.js")
    both, single = make_project(functions=(one, twin)), make_project(functions=(one,))
    swapped = functions(both)
    swapped["functions"].reverse()
    assert lines(swapped, functions(both)) == []
    assert lines(functions(single), functions(both)) == ["function a:x: changed"]


def test_routes_crons_components_and_unknowns_have_lines() -> None:
    def project(version: int) -> ProjectFacts:
        new = version == 2  # the second version
        return ProjectFacts(
            schema_path="convex/schema.ts",
            functions_dir="convex",
            http_routes=(HttpRouteFacts(method="GET", path="/b" if new else "/a"),),
            crons=(
                CronFacts(
                    identifier="tick",
                    name="a:b",
                    args=({"flag": 1 if new else True},),
                    schedule={"type": "hourly"},
                ),
            ),
            components=(
                ComponentFacts(
                    name="queue",
                    path="./queue",
                    http_prefix="/q/" if new else None,
                    nested=schema(*([TableFacts(name="jobs", document_type=NULL)] if new else [])),
                ),
                ComponentFacts(name="mail2" if new else "mail", path="mail"),
            ),
            unresolved=(
                UnresolvedFacts(path="a:b", code="c", reason="r2" if new else "r", file="f"),
            ),
        )

    drift = compare_contract(functions(project(1)), functions(project(2)))
    assert [str(line) for line in drift.lines] == [
        "http route GET /a: removed",
        "http route GET /b: added",
        "cron tick: changed (args)",
        "component mail: removed",
        "component mail2: added",
        "component queue: changed (httpPrefix)",
        "unresolved a:b: changed (reason)",
        "component queue, table jobs: added",
    ]
    assert (drift.lines[-1].subject, drift.lines[-1].change) == (Subject.TABLE, Change.ADDED)


def test_what_belongs_to_no_entry_is_told_of_the_contract(
    make_project: Callable[..., ProjectFacts],
) -> None:
    generated = database(make_project())
    committed = {**generated, "schemaValidation": False, "extra": None}
    assert lines(committed, generated) == [
        "contract extra: changed",
        "contract schemaValidation: changed",
    ]


def test_a_contract_that_nests_too_deep_to_be_compared_is_refused(
    make_project: Callable[..., ProjectFacts],
) -> None:
    deep: Json = []
    for _ in range(100_000):
        deep = [deep]
    generated = database(make_project())
    with pytest.raises(ContractError, match="nests too deep"):
        compare_contract({**generated, "notes": deep}, generated)


OLDER_PART: dict[str, Json] = {
    "nullable": False,
    "list": False,
    "dbName": None,
    "dbType": None,
    "default": None,
    "primaryKey": False,
    "unique": False,
    "constraints": [],
}


def _older_database(kind: str) -> Any:  # noqa: ANN401 - to edit
    """Return what the older generator wrote of `{ kind: v.literal('x'), n: v.float64(), ... }`."""
    item: dict[str, Json] = {
        "type": "id<users>",
        "nullable": False,
        "list": False,
        "relation": {"to": "users", "fields": []},
        "raw": 'v.id("users")',
    }
    columns: list[dict[str, Json]] = [
        {"name": "kind", **OLDER_PART, "type": kind, "rawValidator": "v.literal('x')"},
        {"name": "n", **OLDER_PART, "type": "float64", "rawValidator": "v.float64( )"},
        {
            "name": "by",
            **OLDER_PART,
            "type": "array<id<users>>",
            "list": True,
            "rawValidator": 'v.array(v.id("users"))',
            "items": item,
        },
    ]
    return {
        "version": 2,
        "updatedAt": "then",
        "ssot": {"mode": "convex", "source": {"kind": "convex-schema", "path": "convex/schema.ts"}},
        "database": {
            "kind": "document-relational",
            "dialect": "convex",
            "name": "convex",
            "schemas": [],
        },
        "enums": [],
        "tables": [{"name": "t", "columns": columns, "relations": [], "indexes": []}],
        "notes": "by the older generator",
    }


@pytest.mark.parametrize(
    ("kind", "more"),
    [("literal<'x'>", []), ("unknown", ["table t: changed (column kind changed)"])],
)
def test_an_older_contract_is_stale_and_compared_in_what_it_can_say(
    make_project: Callable[..., ProjectFacts],
    make_object: Callable[..., ValidatorJson],
    kind: str,
    more: Rows,
) -> None:
    document = make_object(
        kind={"type": "literal", "value": "x"},
        n={"type": "number"},
        by={"type": "array", "value": {"type": "id", "tableName": "users"}},
    )
    generated = database(make_project(tables={"t": document}))
    committed = _older_database(kind)
    # The system columns are the same in both formats, but for what ours adds.
    committed["tables"][0]["columns"][:0] = [
        {key: item for key, item in column.items() if key not in {"optional", "validator"}}
        for column in generated["tables"][0]["columns"][:2]
    ]
    assert lines(committed, generated) == [
        "contract format: changed (written by an older generator)",
        *more,
    ]


def test_older_functions_are_compared_in_what_they_can_say(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    facts = make_function("a:b", args=make_object(x_maybe=STRING), returns=NULL)
    other = replace(make_function("a:c"), tables_read=("t",))
    project = make_project(functions=(facts, other))
    generated = functions(replace(project, http_routes=(HttpRouteFacts(method="GET", path="/"),)))
    committed = copy.deepcopy(
        functions(make_project(functions=(facts, replace(other, tables_read=()))))
    )
    for key in ("httpRoutes", "crons", "components", "unresolved"):
        del committed[key]
    for function in committed["functions"]:
        for key in ("args", "returns", "calls"):
            del function[key]
    committed["functions"][0]["argsValidator"]["raw"] = "{ x: v.optional( v.string() ) }"
    assert lines(committed, generated) == [
        "contract format: changed (written by an older generator)",
        "function a:c: changed (tablesRead)",
    ]
