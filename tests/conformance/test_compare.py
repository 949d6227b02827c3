"""The comparison itself: it accepts a perfect extract and notices every single deviation."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.conformance.compare import compare, expected_functions, expected_indexes
from tests.conformance.differences import Category, agrees, same

STRING = {"type": "string"}
NUMBER = {"type": "number"}


def _object(**fields: dict[str, Any]) -> dict[str, Any]:
    value = {name: {"fieldType": kind, "optional": False} for name, kind in fields.items()}
    return {"type": "object", "value": value}


def _truth(**changes: object) -> dict[str, Any]:
    table = {
        "tableName": "users",
        "indexes": [{"indexDescriptor": "by_name", "fields": ["name"]}],
        "stagedSearchIndexes": [
            {"indexDescriptor": "s", "searchField": "name", "filterFields": []}
        ],
        "documentType": _object(name=STRING, kind={"type": "union", "value": [STRING, NUMBER]}),
    }
    listing = {
        "id": "users:list",
        "kind": "query",
        "visibility": "public",
        "runtime": "isolate",
        "args": _object(limit=NUMBER),
        "returns": None,
    }
    truth = {
        "modules": [{"path": "users", "file": "users.ts", "runtime": "isolate"}],
        "schema": {"tables": [table], "schemaValidation": True},
        "functions": [listing],
        "httpActions": ["users:hook"],
        "stubbedExports": [],
        "httpRoutes": [{"method": "GET", "path": "/a"}, {"method": "POST", "path": "/b/*"}],
        "crons": {"tidy": {"name": "users:list", "args": [{}], "schedule": {"type": "hourly"}}},
        "app": {"childComponents": []},
        "components": [],
        "moduleErrors": {},
        "stubbed": {},
        "environmentReads": [],
        "environmentDependent": [],
    }
    return truth | changes


def _extract_of(truth: dict[str, Any]) -> dict[str, Any]:
    """Return what a perfect reader says about the project of a truth."""
    schema = truth["schema"] or {"tables": [], "schemaValidation": True}
    tables = [
        {"name": table["tableName"], "indexes": expected_indexes(table)}
        | {key: table[key] for key in ("documentType", "stagedDocumentType") if key in table}
        for table in schema["tables"]
    ]
    functions = [{"functionId": key} | facts for key, facts in expected_functions(truth).items()]
    crons = [{"identifier": key} | cron for key, cron in (truth["crons"] or {}).items()]
    components = []
    for component in truth["components"]:
        entry = {"name": component["name"], "httpPrefix": component["httpPrefix"]}
        if "truth" in component:
            nested = _extract_of(component["truth"])
            entry |= {"schema": nested["schema"], "functions": nested["functions"]}
        components.append(entry)
    return {
        "schema": {
            "tables": tables,
            "schemaValidation": schema["schemaValidation"],
            "unresolved": [],
        },
        "functions": {
            "functions": functions,
            "httpRoutes": truth["httpRoutes"] or [],
            "crons": crons,
            "components": components,
            "unresolved": [],
        },
        "diagnostics": [],
    }


def _categories(truth: dict[str, Any], extract: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(found.category.value, found.what, found.id) for found in compare(truth, extract)]


def _unresolved(extract: dict[str, Any], half: str, path: str) -> None:
    entry = {"path": path, "code": "dynamic", "reason": "because", "file": "convex/users.ts"}
    extract[half]["unresolved"].append(entry)


def test_a_perfect_extract_has_no_difference() -> None:
    assert compare(_truth(), _extract_of(_truth())) == []


def test_perfect_extracts_of_all_packages_have_no_difference(
    package_truths: dict[str, Any],
) -> None:
    for name, truth in package_truths.items():
        assert (name, compare(truth, _extract_of(truth))) == (name, [])


def test_key_order_means_nothing_and_member_order_does() -> None:
    assert same({"a": 1, "b": 2}, {"b": 2.0, "a": 1})
    assert not same({"a": 1}, {"a": True})
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    fields = extract["schema"]["tables"][0]["documentType"]["value"]
    fields["name"] = fields.pop("name")
    assert compare(truth, extract) == []
    fields["kind"]["fieldType"]["value"].reverse()
    assert _categories(truth, extract) == [("wrong", "documentType", "users")]


def test_optionality_counts() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["functions"][1]["args"]["value"]["limit"]["optional"] = True
    assert _categories(truth, extract) == [("wrong", "args", "users:list")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "mutation"),
        ("visibility", "internal"),
        ("returns", {"type": "any"}),
        ("runtime", "node"),
    ],
)
def test_each_fact_of_a_function_is_compared(key: str, value: object) -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["functions"][1][key] = value
    assert _categories(truth, extract) == [("wrong", key, "users:list")]


def test_missing_and_extra_entries_are_told_apart() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["functions"][0]["functionId"] = "users:other"
    extract["schema"]["tables"][0]["name"] = "people"
    assert _categories(truth, extract) == [
        ("extra", "table", "people"),
        ("missing", "table", "users"),
        ("missing", "function", "users:hook"),
        ("extra", "function", "users:other"),
    ]


def test_indexes_are_compared_by_kind_name_and_state() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    indexes = extract["schema"]["tables"][0]["indexes"]
    indexes[1]["staged"] = False
    indexes[0]["name"] = "by_other"
    assert _categories(truth, extract) == [
        ("missing", "index by_name", "users"),
        ("extra", "index by_other", "users"),
        ("wrong", "search s", "users"),
    ]


def test_an_unresolved_part_must_be_listed_and_the_rest_must_agree() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    fields = extract["schema"]["tables"][0]["documentType"]["value"]
    fields["kind"]["fieldType"] = {"type": "unresolved"}
    assert _categories(truth, extract) == [("wrong", "documentType", "users")]
    _unresolved(extract, "schema", "users.kind")
    assert _categories(truth, extract) == [("unresolved", "documentType", "users")]
    fields["name"]["optional"] = True
    assert _categories(truth, extract) == [("wrong", "documentType", "users")]


def test_what_is_declared_unknown_as_a_whole_is_unresolved() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["functions"].pop()
    _unresolved(extract, "functions", "users:*")
    extract["schema"]["tables"].clear()
    _unresolved(extract, "schema", "users")
    assert {found.category for found in compare(truth, extract)} == {Category.UNRESOLVED}


def test_an_unresolved_name_does_not_cover_a_longer_one() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["functions"].pop()
    _unresolved(extract, "functions", "users:li")
    assert _categories(truth, extract) == [("missing", "function", "users:list")]


def test_what_depends_on_a_stub_is_left_out() -> None:
    truth = _truth(stubbedExports=["users:wrapped"])
    truth["functions"][0]["args"] = _object(limit={"type": "stub", "value": "x"})
    extract = _extract_of(_truth())
    extract["functions"]["functions"].append({"functionId": "users:wrapped", "kind": "query"})
    assert compare(truth, extract) == []


def test_a_guess_about_the_environment_is_wrong() -> None:
    truth, extract = _truth(environmentDependent=["users:list"]), _extract_of(_truth())
    assert _categories(truth, extract) == [("wrong", "environment", "users:list")]
    _unresolved(extract, "functions", "users:list.args")
    assert _categories(truth, extract) == [("unresolved", "environment", "users:list")]


def test_silence_about_what_convex_rejects_is_wrong() -> None:
    truth = _truth(schema={"error": "boom"}, moduleErrors={"users": "boom"})
    extract = _extract_of(_truth())
    assert _categories(truth, extract) == [
        ("wrong", "schemaError", "schema"),
        ("wrong", "moduleError", "users"),
    ]
    extract["diagnostics"].append({"code": "x", "severity": "error", "message": "boom"})
    assert compare(truth, extract) == []


def test_routes_are_compared_in_order() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["httpRoutes"].reverse()
    assert _categories(truth, extract) == [("wrong", "httpRoutes order", "http")]
    extract["functions"]["httpRoutes"][0]["method"] = "PUT"
    assert _categories(truth, extract) == [
        ("missing", "httpRoute", "http"),
        ("extra", "httpRoute", "http"),
    ]


def test_crons_are_compared_as_they_are_exported() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    extract["functions"]["crons"][0]["schedule"]["minuteUTC"] = 3
    assert _categories(truth, extract) == [("wrong", "cron", "tidy")]


def test_an_unknown_part_of_a_cron_must_be_listed_and_the_rest_must_agree() -> None:
    truth, extract = _truth(), _extract_of(deepcopy(_truth()))
    (cron,) = extract["functions"]["crons"]
    cron["args"] = None
    assert _categories(truth, extract) == [("wrong", "cron", "tidy")]
    _unresolved(extract, "functions", "crons:tidy.args")
    assert _categories(truth, extract) == [("unresolved", "cron", "tidy")]
    cron["name"] = "users:other"
    assert _categories(truth, extract) == [("wrong", "cron", "tidy")]


def test_local_components_are_compared_inside() -> None:
    component = {"name": "inner", "path": "inner", "httpPrefix": "/inner/", "truth": _truth()}
    truth = _truth(components=[component])
    extract = _extract_of(deepcopy(truth))
    extract["functions"]["components"][0]["httpPrefix"] = "/inner"
    assert compare(truth, extract) == []
    extract["functions"]["components"][0]["functions"]["functions"].pop()
    assert _categories(truth, extract) == [("missing", "function", "inner/users:list")]


def test_the_optionality_of_a_field_that_is_unknown_is_unknown_too() -> None:
    ours = {"fieldType": {"type": "unresolved"}, "optional": False}
    assert agrees(ours, {"fieldType": {"type": "string"}, "optional": True})
    assert not agrees({"name": ours}, {})


def test_unresolved_agrees_with_anything_but_only_in_its_place() -> None:
    unknown = {"type": "unresolved"}
    assert agrees(_object(a=unknown, b=STRING), _object(a=NUMBER, b=STRING))
    assert not agrees(_object(a=unknown, b=STRING), _object(a=NUMBER, b=NUMBER))
    assert not agrees(_object(a=unknown), _object(a=NUMBER, b=NUMBER))
