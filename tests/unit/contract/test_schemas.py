"""What is written follows the published schemas, and the older one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssot_action.contract.database import database_contract
from ssot_action.contract.encoding import dumps
from ssot_action.contract.files import UNDATED, contract_bytes
from ssot_action.contract.functions import functions_contract
from ssot_action.contract.kinds import Contract, ContractKind
from ssot_action.contract.reading import parse_contract
from ssot_action.contract.schema_check import MAX_PROBLEMS, schema_problems, schema_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.model import FunctionFacts, ProjectFacts
    from ssot_action.contract.validators import ValidatorJson

OLDER = Path(__file__).with_name("older-functions.schema.json")


def contracts_of(project: ProjectFacts) -> dict[ContractKind, Contract]:
    return {
        ContractKind.DATABASE: database_contract(project, updated_at=UNDATED),
        ContractKind.FUNCTIONS: functions_contract(project, updated_at=UNDATED),
    }


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_contract_follows_its_schema_and_the_older_one(
    data: st.DataObject, projects: st.SearchStrategy[ProjectFacts]
) -> None:
    contracts = contracts_of(data.draw(projects))
    for kind, contract in contracts.items():
        assert schema_problems(contract, kind) == ()
    older = json.loads(OLDER.read_text(encoding="utf-8"))
    functions = contracts[ContractKind.FUNCTIONS]
    assert schema_problems(functions, ContractKind.FUNCTIONS, schema=older) == ()


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_contract_reads_as_what_was_written_and_is_written_alike(
    data: st.DataObject, projects: st.SearchStrategy[ProjectFacts]
) -> None:
    project = data.draw(projects)
    for kind, contract in contracts_of(project).items():
        content = contract_bytes(contract)
        read = parse_contract(content, kind, file=kind.path)
        assert dumps(read) == dumps(contract)
        assert contract_bytes(contracts_of(project)[kind]) == content


@pytest.mark.parametrize("kind", ContractKind)
def test_a_schema_is_published_in_the_package(kind: ContractKind) -> None:
    schema = json.loads(schema_text(kind))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"] == kind.path


def test_what_both_schemas_define_they_define_alike() -> None:
    database, functions = (json.loads(schema_text(kind))["$defs"] for kind in ContractKind)
    database["databaseContract"] = database.pop("contract")
    shared = database.keys() & functions.keys()
    assert {"databaseContract", "table", "validator", "column"} <= shared
    assert [name for name in shared if database[name] != functions[name]] == []


def test_a_wrong_validator_is_told_with_its_place(
    make_project: Callable[..., ProjectFacts], make_object: Callable[..., ValidatorJson]
) -> None:
    contract: Any = copy.deepcopy(
        database_contract(
            make_project(tables={"t": make_object(a={"type": "string"})}), updated_at=UNDATED
        )
    )
    contract["tables"][0]["documentType"]["value"]["a"]["fieldType"]["type"] = "text"
    (problem,) = schema_problems(contract, ContractKind.DATABASE)
    assert problem.path.startswith("tables[0].documentType")


def test_a_missing_field_is_told_with_its_place(
    make_project: Callable[..., ProjectFacts], make_function: Callable[..., FunctionFacts]
) -> None:
    contract: Any = functions_contract(
        make_project(functions=(make_function(),)), updated_at=UNDATED
    )
    del contract["functions"][0]["args"]
    (problem,) = schema_problems(contract, ContractKind.FUNCTIONS)
    assert (problem.path, problem.message) == ("functions[0]", "'args' is a required property")


def test_no_more_problems_are_told_than_one_reads() -> None:
    contract: Contract = {"version": 1, "functions": [None] * 1000}
    assert len(schema_problems(contract, ContractKind.FUNCTIONS)) == MAX_PROBLEMS
