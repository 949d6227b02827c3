"""Facts say what changed, all of it, and nothing else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.diff.changes import (
    ArgumentsChanged,
    ComponentAdded,
    ComponentChanged,
    ComponentRemoved,
    CronAdded,
    CronChanged,
    CronRemoved,
    DocumentTypeChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FunctionAdded,
    FunctionRemoved,
    HttpRouteAdded,
    HttpRouteRemoved,
    IndexAdded,
    IndexChanged,
    IndexRemoved,
    KindChanged,
    ReturnsChanged,
    SchemaValidationChanged,
    TableAdded,
    TableRemoved,
    VisibilityChanged,
)
from ssot_action.diff.compare import Changes, State, compare
from ssot_action.diff.meaning import has_unresolved, same_meaning

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract
    from ssot_action.diff.changes import Change

STRING: Contract = {"type": "string"}
NUMBER: Contract = {"type": "number"}
UNRESOLVED: Contract = {"type": "unresolved"}


class Common(TypedDict):
    """What every fact has."""

    component: str
    is_undecided: bool


def union(*members: Json) -> Contract:
    return {"type": "union", "value": list(members)}


def fields(**validators: Json) -> Contract:
    return {
        "type": "object",
        "value": {
            name.rstrip("_"): {"fieldType": validator, "optional": name.endswith("_")}
            for name, validator in validators.items()
        },
    }


def table(name: str, document: Contract, *indexes: Contract) -> Contract:
    members = document["value"] if document["type"] == "object" else {}
    assert isinstance(members, dict)
    columns: list[Json] = []
    for field, entry in members.items():
        assert isinstance(entry, dict)
        validator, optional = entry["fieldType"], entry["optional"]
        columns.append({"name": field, "validator": validator, "optional": optional})
    return {
        "name": name,
        "columns": columns,
        "indexes": list(indexes),
        "documentType": document,
    }


def index(name: str, *names: str, staged: bool = False) -> Contract:
    return {"type": "index", "name": name, "fields": list(names), "staged": staged}


def function(function_id: str, **changes: Json) -> Contract:
    return {
        "functionId": function_id,
        "kind": "query",
        "visibility": "public",
        "args": {"type": "any"},
        "returns": None,
        **changes,
    }


def unresolved(*paths: str) -> list[Json]:
    return [{"path": path, "code": "x", "reason": "?", "file": "a.ts"} for path in paths]


def state(
    *tables: Contract,
    functions: tuple[Contract, ...] = (),
    unknown: tuple[str, ...] = (),
    **parts: Json,
) -> State:
    validation = parts.pop("validation", True)
    return State(
        database={
            "tables": list(tables),
            "schemaValidation": validation,
            "unresolved": unresolved(*unknown),
        },
        functions={"functions": list(functions), "unresolved": unresolved(*unknown), **parts},
    )


def facts(old: State, new: State) -> list[Change]:
    changes = compare(old, new)
    return [*changes.schema, *changes.functions]


def common(*, undecided: bool = False, component: str = "") -> Common:
    return {"component": component, "is_undecided": undecided}


def test_tables_come_and_go() -> None:
    old, new = state(table("a", fields(x=STRING))), state(table("b", fields(x=STRING)))
    assert facts(old, new) == [
        TableRemoved(**common(), table="a", document_type=fields(x=STRING)),
        TableAdded(**common(), table="b", document_type=fields(x=STRING)),
    ]


def test_fields_come_go_and_change() -> None:
    old = state(table("t", fields(gone=STRING, kept=STRING, changed=STRING, optional_=STRING)))
    new = state(table("t", fields(kept=STRING, changed=NUMBER, optional=STRING, added_=NUMBER)))
    assert facts(old, new) == [
        FieldAdded(**common(), table="t", field="added", validator=NUMBER, is_optional=True),
        FieldChanged(
            **common(),
            table="t",
            field="changed",
            old=STRING,
            new=NUMBER,
            was_optional=False,
            is_optional=False,
        ),
        FieldRemoved(**common(), table="t", field="gone", validator=STRING, is_optional=False),
        FieldChanged(
            **common(),
            table="t",
            field="optional",
            old=STRING,
            new=STRING,
            was_optional=True,
            is_optional=False,
        ),
    ]


def test_documents_that_are_no_plain_object_change_as_a_whole() -> None:
    before, after = fields(a=STRING), union(fields(a=STRING), fields(b=STRING))
    old, new = state(table("t", before)), state(table("t", after))
    assert facts(old, new) == [
        DocumentTypeChanged(**common(), table="t", is_staged=False, old=before, new=after)
    ]


def test_a_staged_document_type_is_a_fact_of_its_own() -> None:
    staged = {**table("t", fields(a=STRING)), "stagedDocumentType": fields(a=NUMBER)}
    [fact] = facts(state(table("t", fields(a=STRING))), state(staged))
    assert isinstance(fact, DocumentTypeChanged)
    assert (fact.is_staged, fact.old, fact.new) == (True, None, fields(a=NUMBER))


def test_indexes_come_go_and_change_and_the_order_of_their_fields_counts() -> None:
    document = fields(a=STRING, b=STRING)
    old = state(table("t", document, index("x", "a"), index("y", "a", "b"), index("z", "a")))
    new = state(table("t", document, index("w", "a"), index("y", "b", "a"), index("z", "a")))
    assert [type(fact) for fact in facts(old, new)] == [IndexAdded, IndexRemoved, IndexChanged]


def test_the_order_of_filter_fields_does_not_count() -> None:
    def search(*names: str) -> Contract:
        return {"type": "search", "name": "s", "searchField": "a", "filterFields": list(names)}

    document = fields(a=STRING)
    old, new = (state(table("t", document, search(*names))) for names in (("b", "c"), ("c", "b")))
    assert facts(old, new) == []


def test_schema_validation_is_compared() -> None:
    [fact] = facts(state(), state(validation=False))
    assert fact == SchemaValidationChanged(**common(), old=True, new=False)


def test_functions_come_go_and_change() -> None:
    old = state(
        functions=(
            function("m:gone"),
            function("m:kind"),
            function("m:visibility"),
            function("m:args", args=fields(a=STRING)),
            function("m:returns"),
        )
    )
    new = state(
        functions=(
            function("m:added", visibility="internal"),
            function("m:kind", kind="mutation"),
            function("m:visibility", visibility="internal"),
            function("m:args", args=fields(a=STRING, b=STRING)),
            function("m:returns", returns=STRING),
        )
    )
    assert [type(fact) for fact in facts(old, new)] == [
        FunctionAdded,
        ArgumentsChanged,
        FunctionRemoved,
        KindChanged,
        ReturnsChanged,
        VisibilityChanged,
    ]


def test_routes_crons_and_components_come_go_and_change() -> None:
    def cron(name: str, hour: int) -> Contract:
        return {"identifier": name, "name": "m:f", "args": [], "schedule": {"hourUTC": hour}}

    old = state(
        httpRoutes=[{"method": "GET", "path": "/a"}],
        crons=[cron("gone", 1), cron("moved", 1)],
        components=[{"name": "gone", "path": "p"}, {"name": "kept", "path": "p"}],
    )
    new = state(
        httpRoutes=[{"method": "POST", "path": "/a"}],
        crons=[cron("added", 1), cron("moved", 2)],
        components=[{"name": "added", "path": "p"}, {"name": "kept", "path": "q"}],
    )
    assert {type(fact) for fact in facts(old, new)} == {
        HttpRouteAdded,
        HttpRouteRemoved,
        CronAdded,
        CronRemoved,
        CronChanged,
        ComponentAdded,
        ComponentRemoved,
        ComponentChanged,
    }


def test_facts_inside_a_component_name_its_path() -> None:
    def within(*tables: Contract, functions: tuple[Contract, ...]) -> State:
        inner = state(*tables, functions=functions)
        outer: Contract = {"name": "a", "path": "p", "schema": {"tables": []}}
        outer["functions"] = {
            "functions": [],
            "components": [
                {"name": "b", "path": "q", "schema": inner.database, "functions": inner.functions}
            ],
        }
        return state(components=[outer])

    old = within(table("t", fields(a=STRING)), functions=())
    new = within(functions=(function("m:f"),))
    changes = compare(old, new)
    assert changes == Changes(
        schema=(
            TableRemoved(**common(component="a/b"), table="t", document_type=fields(a=STRING)),
        ),
        functions=(
            FunctionAdded(
                **common(component="a/b"), function_id="m:f", kind="query", visibility="public"
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (state(unknown=("schema",)), state(table("t", fields(a=STRING)))),
        (state(unknown=("m:*",)), state(functions=(function("m:f"),))),
        (state(unknown=("m:f",)), state(functions=(function("m:f"),))),
        (state(unknown=("http",)), state(httpRoutes=[{"method": "GET", "path": "/"}])),
        (state(unknown=("crons",)), state(crons=[{"identifier": "c"}])),
        (state(unknown=("components",)), state(components=[{"name": "c", "path": "p"}])),
        (
            state(table("t", fields(a=STRING)), unknown=("t",)),
            state(table("t", fields(a=STRING), index("i", "a"))),
        ),
        (state(table("t", fields(a=UNRESOLVED))), state(table("t", fields(a=STRING)))),
        (state(table("t", UNRESOLVED)), state(table("t", fields(a=STRING)))),
        (
            state(functions=(function("m:f", args=fields(a=UNRESOLVED)),)),
            state(functions=(function("m:f", args=fields(a=STRING)),)),
        ),
    ],
)
def test_what_one_side_does_not_know_is_undecided_in_both_directions(
    old: State, new: State
) -> None:
    for one, other in ((old, new), (new, old)):
        found = facts(one, other)
        assert found
        assert all(fact.is_undecided for fact in found)


def test_two_functions_of_one_name_are_kept_apart() -> None:
    twice = state(functions=(function("m:f"), function("m:f", kind="mutation")))
    once = state(functions=(function("m:f"),))
    assert [type(fact) for fact in facts(twice, once)] == [FunctionRemoved]


def test_meaning_is_more_than_spelling_and_less_than_equality() -> None:
    assert same_meaning(union(STRING, NUMBER), union(NUMBER, STRING, STRING))
    assert same_meaning({"type": "literal", "value": 1}, {"type": "literal", "value": 1.0})
    assert not same_meaning({"type": "literal", "value": 1}, {"type": "literal", "value": True})
    assert not same_meaning(None, {"type": "any"})
    assert same_meaning(fields(a=STRING, b=NUMBER), fields(b=NUMBER, a=STRING))
    assert has_unresolved(union(STRING, {"type": "array", "value": UNRESOLVED}))


_VALIDATORS = st.recursive(
    st.sampled_from([STRING, NUMBER, {"type": "id", "tableName": "t"}]),
    lambda inner: st.one_of(
        st.builds(lambda value: {"type": "array", "value": value}, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda members: union(*members)),
        st.dictionaries(st.sampled_from(["a", "b", "c_"]), inner).map(lambda it: fields(**it)),
    ),
    max_leaves=6,
)
_STATES = st.builds(
    lambda documents, functions: state(
        *(table(name, document) for name, document in documents.items()),
        functions=tuple(function(f"m:{name}", args=args) for name, args in functions.items()),
    ),
    st.dictionaries(st.sampled_from(["s", "t", "u"]), _VALIDATORS),
    st.dictionaries(st.sampled_from(["f", "g"]), _VALIDATORS),
)

_MIRROR = {
    TableAdded: TableRemoved,
    FieldAdded: FieldRemoved,
    FunctionAdded: FunctionRemoved,
}


@given(_STATES)
def test_nothing_changed_against_itself_in_any_order(one: State) -> None:
    other = copy.deepcopy(one)
    for contract, key in ((other.database, "tables"), (other.functions, "functions")):
        entries = contract[key]
        assert isinstance(entries, list)
        entries.reverse()
    assert facts(one, other) == []


@given(_STATES, _STATES)
def test_the_way_back_mirrors_the_facts(old: State, new: State) -> None:
    there = sorted(_MIRROR.get(type(fact), type(fact)).__name__ for fact in facts(old, new))
    back = sorted(_MIRROR.get(type(fact), type(fact)).__name__ for fact in facts(new, old))
    assert there == back
