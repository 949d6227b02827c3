"""Names that mean something to JavaScript, to Python or to a terminal are names like any other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ssot_action.contract.kinds import ContractKind
from tests.unit.bad_input.command import FUNCTIONS, run, write_project

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "__defineGetter__",
    "then",
    "length",
    "name",
    "default",
    "arguments",
    "undefined",
    "None",
    "__class__",
    "__init__",
    "self",
)
CONTROLS = "a\\u0000b\\u001b[31m\\u202e\\n::error::\\u2028\\ud800"
IMPORTS = """\
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
"""


def _read(root: Path) -> tuple[Any, Any, str]:
    """Return both contracts and what was told."""
    outcome = run(root)
    assert outcome.code == 0, outcome.stderr
    assert outcome.wrote_both_contracts
    contracts = {kind: json.loads((root / kind.path).read_bytes()) for kind in ContractKind}
    told = outcome.stdout + outcome.stderr
    return contracts[ContractKind.DATABASE], contracts[ContractKind.FUNCTIONS], told


def test_tables_and_fields_of_any_name_are_read(tmp_path: Path) -> None:
    fields = ", ".join(f'["{name}"]: v.string()' for name in NAMES)
    tables = ", ".join(f'["{name}"]: defineTable({{ {fields} }})' for name in NAMES)
    schema = f"{IMPORTS}export default defineSchema({{ {tables} }});\n"
    write_project(tmp_path, {"convex/schema.ts": schema})
    database, _, told = _read(tmp_path)
    assert {table["name"] for table in database["tables"]} == set(NAMES)
    for table in database["tables"]:
        assert set(table["documentType"]["value"]) == set(NAMES)
        columns = {column["name"] for column in table["columns"]}
        # Convex keeps names that start with an underscore for itself: they are no columns.
        assert columns == {"_creationTime", "_id"} | {name for name in NAMES if name[0] != "_"}
    assert "unresolved" not in told


def test_exports_and_arguments_of_any_name_are_read(tmp_path: Path) -> None:
    lines = [
        f'const f{index} = query({{ args: {{ ["{name}"]: v.string() }}, handler }});\n'
        f"export {{ f{index} as {name} }};\n"
        for index, name in enumerate(NAMES)
    ]
    write_project(
        tmp_path, {"convex/names.ts": f"{FUNCTIONS}const handler = () => 1;\n{''.join(lines)}"}
    )
    _, functions, told = _read(tmp_path)
    args = {
        function["exportName"]: function["args"]
        for function in functions["functions"]
        if function["modulePath"].startswith("names")
    }
    field = {"fieldType": {"type": "string"}, "optional": False}
    expected = {name: {"type": "object", "value": {name: field}} for name in NAMES}
    assert {name: args[name] for name in NAMES} == expected
    assert "unresolved" not in told


def test_modules_of_any_name_are_read(tmp_path: Path) -> None:
    write_project(tmp_path, {f"convex/{name}.ts": FUNCTIONS for name in NAMES})
    _, functions, _ = _read(tmp_path)
    ids = {function["functionId"] for function in functions["functions"]}
    assert ids == {f"{name}:list" for name in ("users", *NAMES)}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "default"])
def test_what_no_module_exports_is_not_found_on_objects_in_general(
    name: str, tmp_path: Path
) -> None:
    module = (
        f'import {{ {name} as it }} from "./empty";\nimport * as all from "./empty";\n'
        + FUNCTIONS.replace("v.number()", "it").replace("n:", "m: v.literal(typeof all[key]), n:")
        + f'const key = "{name}";\n'
    )
    write_project(
        tmp_path, {"convex/users.ts": module, "convex/empty.ts": "export const nothing = 1;\n"}
    )
    _, _, told = _read(tmp_path)
    assert "users:list" in told


def test_names_of_ten_thousand_characters_are_read_and_messages_stay_short(tmp_path: Path) -> None:
    table, field, export = "t" * 10_000, "f" * 10_000, "e" * 10_000
    schema = (
        f"{IMPORTS}export default defineSchema({{ {table}: defineTable({{ {field}: v.any() }}) }});"
    )
    module = FUNCTIONS + (
        f"export const {export} = query({{ args: {{ {field}: v.literal(process.env.A) }},"
        " handler: async () => 1 });\n"
    )
    write_project(tmp_path, {"convex/schema.ts": schema, "convex/users.ts": module})
    database, functions, told = _read(tmp_path)
    assert [table["name"] for table in database["tables"]] == [table]
    assert f"users:{export}" in {function["functionId"] for function in functions["functions"]}
    assert "1 part unresolved" in told
    assert len(told) < 3000


def test_control_characters_are_kept_in_contracts_and_spelled_out_in_messages(
    tmp_path: Path,
) -> None:
    schema = (
        f'{IMPORTS}export default defineSchema({{ "{CONTROLS}": defineTable({{'
        f' "{CONTROLS}": v.literal("{CONTROLS}"), broken: process.env.A }}) }});\n'
    )
    write_project(tmp_path, {"convex/schema.ts": schema})
    database, _, told = _read(tmp_path)
    expected = json.loads(f'"{CONTROLS}"')
    (table,) = database["tables"]
    assert table["name"] == expected
    assert table["documentType"]["value"][expected]["fieldType"]["value"] == expected
    assert "unresolved" in told
    for character in "\x00\x1b\u202e\u2028":
        assert character not in told
    assert not any(line.startswith("::") for line in told.splitlines())


def test_file_names_with_control_characters_are_refused_and_spelled_out(tmp_path: Path) -> None:
    write_project(tmp_path, {"convex/a\nb.ts": FUNCTIONS, "convex/\x1b[31m.ts": FUNCTIONS})
    outcome = run(tmp_path)
    assert outcome.code == 65
    assert "\x1b" not in outcome.stderr
    assert "convex/\\x1b[31m.ts: error: " in outcome.stderr
    assert "convex/a\\nb.ts: error: " in outcome.stderr
    assert outcome.wrote_nothing
