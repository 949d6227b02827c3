"""The function contract, `docs/context/convex/functions.json`, from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.contract.columns import ColumnWriter
from ssot_action.contract.database import nested_database_contract
from ssot_action.contract.encoding import SharedObject
from ssot_action.contract.numbers import canonical_json
from ssot_action.contract.unresolved import unresolved_entries

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json
    from ssot_action.contract.model import (
        ComponentFacts,
        CronFacts,
        FunctionFacts,
        FunctionUses,
        ProjectFacts,
    )

FUNCTIONS_VERSION: Final = 1


def functions_contract(project: ProjectFacts, *, updated_at: str) -> dict[str, Json]:
    """Return the function contract of an app, its components inside."""
    contract = nested_functions_contract(project)
    return {"version": contract.pop("version"), "updatedAt": updated_at, **contract}


def nested_functions_contract(project: ProjectFacts) -> dict[str, Json]:
    """Return the function contract of a component: the same without a date of its own."""
    writer = ColumnWriter()
    uses = {fact.uses: _uses(fact.uses) for fact in project.functions}
    functions = sorted(project.functions, key=lambda fact: (fact.function_id, fact.file))
    functions_json: list[Json] = [
        _function(function, writer, uses[function.uses]) for function in functions
    ]
    return {
        "version": FUNCTIONS_VERSION,
        "source": {
            "kind": "convex-functions",
            "path": f"{project.functions_dir.rstrip('/')}/",
        },
        "functions": functions_json,
        "httpRoutes": [
            {"method": route.method, "path": route.path} for route in project.http_routes
        ],
        "crons": [_cron(cron) for cron in project.crons],
        "components": [_component(component) for component in project.components],
        "unresolved": unresolved_entries((*project.unresolved, *writer.too_deep)),
    }


def _function(function: FunctionFacts, writer: ColumnWriter, uses: SharedObject) -> dict[str, Json]:
    function_id, file = function.function_id, function.file
    args = writer.admit(function.args, path=f"{function_id}.args", file=file)
    returns = None
    if function.returns is not None:
        returns = writer.admit(function.returns, path=f"{function_id}.returns", file=file)
    contract: dict[str, Json] = {
        "functionId": function_id,
        "exportName": function.export_name,
        "kind": function.kind.value,
        "constructor": function.constructor,
    }
    if function.resolved_constructor != function.constructor:
        contract["resolvedConstructor"] = function.resolved_constructor
    auth: dict[str, Json] = {"kind": function.auth_kind.value}
    if function.auth_via is not None:
        auth["via"] = function.auth_via
    contract |= {
        "visibility": function.visibility.value,
        "file": file,
        "modulePath": function.module_path,
        "runtime": function.runtime.value,
        "argsValidator": writer.args_summary(args),
        "returnsValidator": None if returns is None else writer.summary(returns),
        "auth": auth,
        "uses": uses,
        "tablesRead": [*sorted(set(function.tables_read))],
        "tablesWritten": [*sorted(set(function.tables_written))],
        "args": writer.json(args),
        "returns": None if returns is None else writer.json(returns),
        "calls": [*sorted(set(function.calls))],
    }
    return contract


def _uses(uses: FunctionUses) -> SharedObject:
    return SharedObject(
        dbRead=uses.db_read,
        dbWrite=uses.db_write,
        scheduler=uses.scheduler,
        storage=uses.storage,
        runQuery=uses.run_query,
        runMutation=uses.run_mutation,
        runAction=uses.run_action,
        fetch=uses.fetch,
        vectorSearch=uses.vector_search,
    )


def _cron(cron: CronFacts) -> dict[str, Json]:
    return {
        "identifier": cron.identifier,
        "name": cron.name,
        "args": None if cron.args is None else [canonical_json(arg) for arg in cron.args],
        "schedule": None if cron.schedule is None else canonical_json(cron.schedule),
    }


def _component(component: ComponentFacts) -> dict[str, Json]:
    contract: dict[str, Json] = {"name": component.name, "path": component.path}
    if component.http_prefix is not None:
        contract["httpPrefix"] = component.http_prefix
    if component.nested is not None:
        contract["schema"] = nested_database_contract(component.nested)
        contract["functions"] = nested_functions_contract(component.nested)
    return contract
