"""The function contract keeps the older fields' meaning and adds what Convex exports."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from ssot_action.contract.files import UNDATED
from ssot_action.contract.functions import functions_contract
from ssot_action.contract.model import (
    AuthKind,
    ComponentFacts,
    CronFacts,
    FunctionUses,
    HttpRouteFacts,
    Runtime,
    Visibility,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.kinds import Contract
    from ssot_action.contract.model import FunctionFacts, ProjectFacts
    from ssot_action.contract.validators import ValidatorJson

STRING: ValidatorJson = {"type": "string"}


def objects(parent: Contract, key: str) -> list[Contract]:
    entries = parent[key]
    assert isinstance(entries, list)
    return [entry for entry in entries if isinstance(entry, dict)]


def contract_of(
    make_project: Callable[..., ProjectFacts], *functions: FunctionFacts
) -> list[Contract]:
    project = make_project(functions=functions)
    return objects(functions_contract(project, updated_at=UNDATED), "functions")


def test_the_envelope_is_the_older_one_and_ours_after_it(
    make_project: Callable[..., ProjectFacts],
) -> None:
    contract = functions_contract(make_project(), updated_at=UNDATED)
    assert json.dumps(contract) == json.dumps(
        {
            "version": 1,
            "updatedAt": UNDATED,
            "source": {"kind": "convex-functions", "path": "convex/"},
            "functions": [],
            "httpRoutes": [],
            "crons": [],
            "components": [],
            "unresolved": [],
        }
    )


def test_a_function_has_the_older_fields_and_ours(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    facts = replace(
        make_function(
            "a/b:default",
            args=make_object(name_maybe=STRING),
            returns={"type": "union", "value": [STRING, {"type": "null"}]},
        ),
        visibility=Visibility.INTERNAL,
        constructor="authedQuery",
        runtime=Runtime.NODE,
        auth_kind=AuthKind.EXPLICIT_USER_IDENTITY,
        auth_via="lib/auth:getUser",
        uses=FunctionUses(db_read=True, vector_search=True),
        tables_read=("users", "a", "users"),
        tables_written=("b", "B"),
        calls=("z:z", "a:a"),
    )
    (function,) = contract_of(make_project, facts)
    column = {
        "name": "name",
        "type": "string",
        "nullable": True,
        "list": False,
        "dbName": None,
        "dbType": None,
        "default": None,
        "primaryKey": False,
        "unique": False,
        "constraints": [],
        "rawValidator": "v.optional(v.string())",
        "optional": True,
    }
    part = {"nullable": False, "list": False}
    assert json.dumps(function) == json.dumps(
        {
            "functionId": "a/b:default",
            "exportName": "default",
            "kind": "query",
            "constructor": "authedQuery",
            "resolvedConstructor": "query",
            "visibility": "internal",
            "file": "convex/a/b.ts",
            "modulePath": "a/b",
            "runtime": "node",
            "argsValidator": {
                "raw": "v.object({ name: v.optional(v.string()) })",
                "fields": [column],
            },
            "returnsValidator": {
                "raw": "v.union(v.string(), v.null())",
                "inferredType": "union<string | null>",
                "nullable": True,
                "list": False,
                "options": [
                    {"type": "string", **part, "raw": "v.string()"},
                    {"type": "null", **part, "nullable": True, "raw": "v.null()"},
                ],
            },
            "auth": {"kind": "explicit-user-identity", "via": "lib/auth:getUser"},
            "uses": {
                "dbRead": True,
                "dbWrite": False,
                "scheduler": False,
                "storage": False,
                "runQuery": False,
                "runMutation": False,
                "runAction": False,
                "fetch": False,
                "vectorSearch": True,
            },
            "tablesRead": ["a", "users"],
            "tablesWritten": ["B", "b"],
            "args": {
                "type": "object",
                "value": {"name": {"fieldType": {"type": "string"}, "optional": True}},
            },
            "returns": {"type": "union", "value": [{"type": "string"}, {"type": "null"}]},
            "calls": ["a:a", "z:z"],
        }
    )


def test_absent_validators_are_any_and_null(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    (function,) = contract_of(make_project, make_function())
    assert (function["args"], function["returns"]) == ({"type": "any"}, None)
    assert (function["argsValidator"], function["returnsValidator"]) == (None, None)
    assert "resolvedConstructor" not in function
    assert function["auth"] == {"kind": "not-detected"}


def test_empty_arguments_are_not_absent_ones(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    (function,) = contract_of(make_project, make_function(args=make_object()))
    assert function["argsValidator"] == {"raw": "v.object({})", "fields": []}


def test_arguments_that_cannot_be_known_are_unknown_not_absent(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    facts = make_function(args={"type": "unresolved"}, returns={"type": "any"})
    (function,) = contract_of(make_project, facts)
    summary = {"raw": "unresolved", "inferredType": "unknown", "nullable": False, "list": False}
    assert function["argsValidator"] == summary
    assert function["returnsValidator"] == {**summary, "raw": "v.any()", "inferredType": "any"}


def test_equal_validators_are_described_alike_wherever_they_stand(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    args, returns = make_object(a=STRING), make_object(a=STRING)
    one, other = contract_of(
        make_project,
        make_function("a:a", args=args, returns=returns),
        make_function("a:b", args=returns, returns=args),
    )
    for key in ("args", "returns", "argsValidator", "returnsValidator"):
        assert one[key] == other[key]
    assert one["args"] == one["returns"]
    assert one["argsValidator"] != one["returnsValidator"]


def test_functions_are_sorted_by_code_points_of_their_ids(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    ids = ["b:a", "a/b:z", "a:é", "a:B", "a:a", "a:\U0001f600", "a:\ufb01"]
    functions = contract_of(make_project, *map(make_function, ids))
    assert [function["functionId"] for function in functions] == [
        "a/b:z", "a:B", "a:a", "a:é", "a:\ufb01", "a:\U0001f600", "b:a",
    ]  # fmt: skip


def test_routes_and_crons_keep_their_order(make_project: Callable[..., ProjectFacts]) -> None:
    project = replace(
        make_project(),
        http_routes=(
            HttpRouteFacts(method="POST", path="/b"),
            HttpRouteFacts(method="GET", path="/a/*"),
        ),
        crons=(
            CronFacts(
                identifier="later",
                name="jobs:run",
                args=({"n": 2.0},),
                schedule={"minutes": 5.0, "type": "interval"},
            ),
            CronFacts(identifier="early", name=None, args=None, schedule=None),
        ),
    )
    contract = functions_contract(project, updated_at=UNDATED)
    assert json.dumps(contract["httpRoutes"]) == json.dumps(
        [{"method": "POST", "path": "/b"}, {"method": "GET", "path": "/a/*"}]
    )
    assert json.dumps(contract["crons"]) == json.dumps(
        [
            {
                "identifier": "later",
                "name": "jobs:run",
                "args": [{"n": 2}],
                "schedule": {"minutes": 5, "type": "interval"},
            },
            {"identifier": "early", "name": None, "args": None, "schedule": None},
        ]
    )


def test_a_local_component_nests_both_contracts_without_a_date(
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
    make_object: Callable[..., ValidatorJson],
) -> None:
    nested = make_project(tables={"jobs": make_object()}, functions=(make_function("lib:run"),))
    project = replace(
        make_project(),
        components=(
            ComponentFacts(name="queue", path="./queue/convex.config", nested=nested),
            ComponentFacts(name="mail", path="mail/convex.config", http_prefix="/mail/"),
        ),
    )
    local, installed = objects(functions_contract(project, updated_at=UNDATED), "components")
    schema, functions = local["schema"], local["functions"]
    assert isinstance(schema, dict)
    assert isinstance(functions, dict)
    assert [table["name"] for table in objects(schema, "tables")] == ["jobs"]
    assert [entry["functionId"] for entry in objects(functions, "functions")] == ["lib:run"]
    assert "updatedAt" not in schema | functions
    assert installed == {"name": "mail", "path": "mail/convex.config", "httpPrefix": "/mail/"}


def test_a_validator_that_nests_too_deep_is_unresolved_with_a_reason(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    deep: ValidatorJson = STRING
    for _ in range(500):
        deep = {"type": "array", "value": deep}
    project = make_project(functions=(make_function(args=deep, returns=deep),))
    contract = functions_contract(project, updated_at=UNDATED)
    (function,) = objects(contract, "functions")
    assert (function["args"], function["returns"]) == ({"type": "unresolved"},) * 2
    assert [entry["path"] for entry in objects(contract, "unresolved")] == [
        "messages:list.args",
        "messages:list.returns",
    ]
