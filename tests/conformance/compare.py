"""Compares what Convex says about a project with what we say.

Pure: no file is read and nothing is run. `truth` is one entry of the oracle's output, `extract` is
what `ssot_action.pipeline.extract_project` returns for the same project.

Three rules decide a difference's category:

* What we list in `unresolved` is `unresolved`, and in a validator only the part that we marked so:
  the rest of it must still agree.
* What depends on a package that the oracle had to stub says nothing about us and is left out.
* What depends on environment variables cannot be known from the source: stating it is `wrong`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from tests.conformance.differences import (
    STUB_MARK,
    Category,
    Difference,
    Json,
    Part,
    Unresolved,
    canonical,
    difference,
    is_stubbed,
    module_of,
    same,
)

Truth: TypeAlias = Mapping[str, Any]
Extract: TypeAlias = Mapping[str, Any]


def _says_anything_wrong(extract: Extract) -> bool:
    """Tell whether we report a problem at all, the least that a project Convex rejects deserves."""
    return bool(
        extract.get("diagnostics")
        or extract["schema"].get("unresolved")
        or extract["functions"].get("unresolved")
    )


# Tables

_INDEX_LISTS = (
    ("index", "indexes", "stagedDbIndexes", ("fields",)),
    ("search", "searchIndexes", "stagedSearchIndexes", ("searchField", "filterFields")),
    (
        "vector",
        "vectorIndexes",
        "stagedVectorIndexes",
        ("vectorField", "dimensions", "filterFields"),
    ),
)


def expected_indexes(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the indexes of an exported table in the form of the database contract."""
    expected = []
    for kind, enabled, staged, properties in _INDEX_LISTS:
        for name, is_staged in ((enabled, False), (staged, True)):
            for index in table.get(name) or []:
                entry = {"type": kind, "name": index["indexDescriptor"], "staged": is_staged}
                expected.append(entry | {key: index[key] for key in properties})
    return expected


def _compare_indexes(
    name: str, ours: Iterable[Mapping[str, Any]], truth: Iterable[Json], unresolved: Unresolved
) -> Iterator[Difference]:
    keys = {key for _, _, _, properties in _INDEX_LISTS for key in properties}
    keys |= {"type", "name", "staged"}
    said = {(each["type"], each["name"]): {k: each[k] for k in each if k in keys} for each in ours}
    expected = {(each["type"], each["name"]): each for each in truth}
    unknown = any("ndexes" in rest or rest == "" for rest in unresolved.about(name))
    for key in sorted(expected.keys() | said.keys()):
        mine, real = said.get(key), expected.get(key)
        if same(mine, real) or is_stubbed(real):
            continue
        category = (
            Category.UNRESOLVED
            if unknown
            else Category.EXTRA
            if real is None
            else Category.MISSING
            if mine is None
            else Category.WRONG
        )
        yield difference(f"{key[0]} {key[1]}", name, mine, real, category)


def _compare_table(
    name: str, ours: Mapping[str, Any], truth: Mapping[str, Any], unresolved: Unresolved
) -> Iterator[Difference]:
    for what in ("documentType", "stagedDocumentType"):
        mine, real = ours.get(what), truth.get(what)
        if mine is None and real is None:
            continue
        yield from Part(what, name, unresolved).compare(mine, real)
    yield from _compare_indexes(name, ours["indexes"], expected_indexes(truth), unresolved)


def compare_schema(truth: Truth, extract: Extract) -> Iterator[Difference]:
    """Yield the differences in tables, documents and indexes."""
    ours = extract["schema"]
    unresolved = Unresolved(ours.get("unresolved", []))
    schema = truth["schema"]
    said = {table["name"]: table for table in ours["tables"]}
    if schema is not None and "error" in schema:
        if not _says_anything_wrong(extract):
            yield difference("schemaError", "schema", None, schema["error"], Category.WRONG)
        return
    if schema is not None and "stubbed" in schema:
        return
    tables = [] if schema is None else schema["tables"]
    expected = {table["tableName"]: table for table in tables}
    open_ended = any(STUB_MARK in name for name in expected)
    unknown = unresolved.covers_any(("", "*", "schema", "tables"))
    if schema is not None:
        real, mine = schema.get("schemaValidation"), ours.get("schemaValidation")
        if not same(mine, real) and not is_stubbed(real):
            category = Category.UNRESOLVED if unknown else Category.WRONG
            yield difference("schemaValidation", "schema", mine, real, category)
    for name in sorted(expected.keys() | said.keys()):
        if STUB_MARK in name:
            continue
        if name not in said:
            listed = unknown or unresolved.mentions(name)
            category = Category.UNRESOLVED if listed else Category.MISSING
            yield difference("table", name, None, expected[name], category)
        elif name not in expected:
            if not open_ended:
                yield difference("table", name, said[name], None, Category.EXTRA)
        else:
            yield from _compare_table(name, said[name], expected[name], unresolved)


# Functions

_RUNTIMES = {"isolate": "convex", "node": "node"}


def expected_functions(truth: Truth) -> dict[str, dict[str, Any]]:
    """Return function id -> facts, exported http actions included."""
    runtimes = {module["path"]: module["runtime"] for module in truth["modules"]}
    expected = {
        function_id: {"kind": "httpAction", "runtime": _RUNTIMES[runtimes[module_of(function_id)]]}
        for function_id in truth["httpActions"]
    }
    for function in truth["functions"]:
        facts = {key: function.get(key) for key in ("kind", "visibility", "args", "returns")}
        facts["runtime"] = _RUNTIMES[function["runtime"]]
        if "error" in function:
            facts["error"] = function["error"]
        expected[function["id"]] = facts
    return expected


def _compare_function(
    ours: Mapping[str, Any], truth: Mapping[str, Any], unresolved: Unresolved
) -> Iterator[Difference]:
    function_id = ours["functionId"]
    if "error" in truth:
        if not unresolved.mentions(function_id):
            yield difference("export", function_id, ours, truth["error"], Category.WRONG)
        return
    for what in ("kind", "visibility", "runtime"):
        if what in truth and not same(ours.get(what), truth[what]):
            covered = unresolved.covers(function_id, what)
            category = Category.UNRESOLVED if covered else Category.WRONG
            yield difference(what, function_id, ours.get(what), truth[what], category)
    for what in ("args", "returns"):
        if what in truth:
            part = Part(what, function_id, unresolved)
            yield from part.compare(ours.get(what), truth[what])


def compare_functions(truth: Truth, extract: Extract) -> Iterator[Difference]:
    """Yield the differences in functions and their validators."""
    contract = extract["functions"]
    unresolved = Unresolved(contract.get("unresolved", []))
    said = {function["functionId"]: function for function in contract["functions"]}
    expected = expected_functions(truth)
    dependent = set(truth["environmentDependent"])
    unknowable = set(truth["stubbedExports"])
    failed = set(truth["moduleErrors"])
    if failed and not _says_anything_wrong(extract):
        for module, message in truth["moduleErrors"].items():
            yield difference("moduleError", module, None, message, Category.WRONG)
    for function_id in sorted(expected.keys() | said.keys()):
        if function_id in unknowable or module_of(function_id) in failed:
            continue
        mine, real = said.get(function_id), expected.get(function_id)
        if function_id in dependent:
            covered = unresolved.covers_function(function_id)
            category = Category.UNRESOLVED if covered else Category.WRONG
            yield difference("environment", function_id, mine, real, category)
        elif mine is None:
            covered = unresolved.covers_function(function_id)
            category = Category.UNRESOLVED if covered else Category.MISSING
            yield difference("function", function_id, None, real, category)
        elif real is None:
            yield difference("function", function_id, mine, None, Category.EXTRA)
        else:
            yield from _compare_function(mine, real, unresolved)


# Routes, crons, components

# The paths that declare all of them unknown.
_ROUTES = ("http", "httpRoutes", "http:default")
_CRONS = ("crons", "crons:default")
_COMPONENTS = ("components", "convex.config", "convex.config:default")


def _unusable(value: Json) -> bool:
    return isinstance(value, Mapping) and ("error" in value or "stubbed" in value)


def compare_routes(truth: Truth, extract: Extract) -> Iterator[Difference]:
    """Yield the differences in the routes, whose order counts."""
    real = truth["httpRoutes"]
    contract = extract["functions"]
    mine = [{key: r[key] for key in ("method", "path")} for r in contract.get("httpRoutes", [])]
    covered = Unresolved(contract.get("unresolved", [])).covers_any(_ROUTES)
    if "httpRoutes" in truth["environmentDependent"]:
        if not covered:
            yield difference("httpRoutes", "http", mine, real, Category.WRONG)
        return
    if isinstance(real, Mapping) and "error" in real and not _says_anything_wrong(extract):
        yield difference("httpRoutes", "http", mine, real, Category.WRONG)
    if _unusable(real) or "http" in truth["moduleErrors"] or is_stubbed(real):
        return
    real = real or []
    if same(mine, real):
        return
    counts = Counter(map(canonical, mine)), Counter(map(canonical, real))
    if counts[0] == counts[1]:
        yield difference("httpRoutes order", "http", mine, real, Category.WRONG)
    for text in sorted((counts[1] - counts[0]).elements()):
        category = Category.UNRESOLVED if covered else Category.MISSING
        yield difference("httpRoute", "http", None, json.loads(text), category)
    for text in sorted((counts[0] - counts[1]).elements()):
        yield difference("httpRoute", "http", json.loads(text), None, Category.EXTRA)


def compare_crons(truth: Truth, extract: Extract) -> Iterator[Difference]:
    """Yield the differences in the crons."""
    real = truth["crons"]
    contract = extract["functions"]
    unresolved = Unresolved(contract.get("unresolved", []))
    said = {cron["identifier"]: cron for cron in contract.get("crons", [])}
    covered = unresolved.covers_any(_CRONS)
    names = [*_CRONS, *(f"{name}.{job}" for name in _CRONS for job in said)]
    if "crons" in truth["environmentDependent"]:
        # A job is honest when the part that depends on a variable is left open.
        covered = any(unresolved.mentions(name) for name in names)
        if not covered:
            yield difference("crons", "crons", contract.get("crons"), real, Category.WRONG)
            return
    if isinstance(real, Mapping) and "error" in real and not _says_anything_wrong(extract):
        yield difference("crons", "crons", contract.get("crons"), real, Category.WRONG)
    if _unusable(real) or "crons" in truth["moduleErrors"]:
        return
    expected = real or {}
    for identifier in sorted(expected.keys() | said.keys()):
        if identifier not in said:
            category = Category.UNRESOLVED if covered else Category.MISSING
            yield difference("cron", identifier, None, expected[identifier], category)
        elif identifier not in expected:
            yield difference("cron", identifier, said[identifier], None, Category.EXTRA)
        else:
            yield from _compare_cron(said[identifier], expected[identifier], unresolved)


def _compare_cron(
    ours: Mapping[str, Any], truth: Mapping[str, Any], unresolved: Unresolved
) -> Iterator[Difference]:
    identifier = ours["identifier"]
    mine = {key: ours.get(key) for key in ("name", "args", "schedule")}
    if same(mine, truth) or is_stubbed(truth):
        return
    # A part that we do not know is null; the parts that we state must be right all the same.
    stated_right = all(mine[key] is None or same(mine[key], truth[key]) for key in mine)
    names = (*_CRONS, f"crons:{identifier}", f"crons.{identifier}")
    honest = stated_right and any(unresolved.mentions(name) for name in names)
    category = Category.UNRESOLVED if honest else Category.WRONG
    yield difference("cron", identifier, mine, truth, category)


def _prefix(value: str | None) -> str | None:
    return None if value is None else value.rstrip("/") + "/"


def compare_components(truth: Truth, extract: Extract) -> Iterator[Difference]:
    """Yield the differences in installed components and inside the local ones."""
    app = truth["app"]
    if isinstance(app, Mapping) and "error" in app and not _says_anything_wrong(extract):
        yield difference("app", "convex.config", None, app["error"], Category.WRONG)
    if _unusable(app):
        return
    contract = extract["functions"]
    said = {component["name"]: component for component in contract.get("components", [])}
    unknown = Unresolved(contract.get("unresolved", [])).covers_any(_COMPONENTS)
    expected = {component["name"]: component for component in truth["components"]}
    open_ended = any(STUB_MARK in name for name in expected)
    for name in sorted(expected.keys() | said.keys()):
        mine, real = said.get(name), expected.get(name)
        if STUB_MARK in name:
            continue
        if mine is None:
            category = Category.UNRESOLVED if unknown else Category.MISSING
            yield difference("component", name, None, real, category)
        elif real is None:
            if not open_ended:
                yield difference("component", name, mine, None, Category.EXTRA)
        else:
            yield from _compare_component(name, mine, real)


def _compare_component(
    name: str, ours: Mapping[str, Any], truth: Mapping[str, Any]
) -> Iterator[Difference]:
    prefixes = _prefix(ours.get("httpPrefix")), _prefix(truth["httpPrefix"])
    if prefixes[0] != prefixes[1]:
        yield difference("httpPrefix", name, *prefixes, Category.WRONG)
    nested = truth.get("truth")
    if nested is None:
        return
    if "functions" not in ours or "schema" not in ours:
        yield difference("component contents", name, None, "local component", Category.MISSING)
        return
    for found in compare(nested, ours):
        yield replace(found, id=f"{name}/{found.id}")


def compare(truth: Truth, extract: Extract) -> list[Difference]:
    """Return every fact on which the oracle and an extract do not agree.

    Args:
        truth: One project as the oracle prints it.
        extract: The same project as `extract_project` returns it.

    Returns:
        The differences, tables first, then functions, routes, crons and components.
    """
    if "error" in truth:
        if _says_anything_wrong(extract):
            return []
        return [difference("project", "project", None, truth["error"], Category.WRONG)]
    comparisons = (
        compare_schema,
        compare_functions,
        compare_routes,
        compare_crons,
        compare_components,
    )
    return [found for each in comparisons for found in each(truth, extract)]


def excluded(truth: Truth) -> list[str]:
    """Return what of a truth is left out of the comparison, and why, for a summary."""
    reasons = [f"{function}: its value is a stub" for function in truth["stubbedExports"]]
    reasons += [
        f"{function['id']}: a validator depends on a stub"
        for function in truth["functions"]
        if is_stubbed(function)
    ]
    reasons += [f"{module}: {message}" for module, message in truth["moduleErrors"].items()]
    schema = truth["schema"] or {}
    if "error" in schema:
        reasons.append(f"schema: {schema['error']}")
    reasons += [
        f"table {table['tableName']}: depends on a stub"
        for table in schema.get("tables", [])
        if is_stubbed(table)
    ]
    reasons += [
        f"{what}: depends on a stub"
        for what in ("schema", "httpRoutes", "crons", "app")
        if isinstance(truth[what], Mapping) and "stubbed" in truth[what]
    ]
    return reasons
