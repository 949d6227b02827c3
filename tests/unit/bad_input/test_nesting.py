"""Text that nests fifty thousand deep, in every place that reads text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.bad_input.command import FUNCTIONS, SCHEMA, run, write_project

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 50_000

# Name -> an expression with DEEP levels.
EXPRESSIONS = {
    "parentheses": "(" * DEEP + "1" + ")" * DEEP,
    "arrays": "[" * DEEP + "1" + "]" * DEEP,
    "objects": "({a:" * DEEP + "1" + "})" * DEEP,
    "calls": "f(" * DEEP + "1" + ")" * DEEP,
    "call-chain": "f" + "()" * DEEP,
    "members": "f" + ".a" * DEEP,
    "indexes": "f" + "[0]" * DEEP,
    "arrows": "a=>" * DEEP + "1",
    "sums": "1+" * DEEP + "1",
    "conditionals": "1?2:" * DEEP + "3",
    "negations": "!" * DEEP + "1",
    "templates": "`${" * DEEP + "1" + "}`" * DEEP,
    "spreads": "[..." * DEEP + "[]" + "]" * DEEP,
    "functions": "function(){return " * DEEP + "1" + "}" * DEEP,
    "classes": "class{a=" * DEEP + "1" + "}" * DEEP,
    "assignments": "f=" * DEEP + "1",
    "awaits": "await " * DEEP + "1",
    "casts": "1" + " as number" * DEEP,
    "assertions": "f" + "!" * DEEP,
}
STATEMENTS = {
    "blocks": "{" * DEEP + "}" * DEEP,
    "ifs": "if (1) " * DEEP + ";",
    "else-ifs": "if (0) {} else " * DEEP + "{}",
    "loops": "while (0) " * DEEP + ";",
    "labels": "".join(f"a{index}: " for index in range(DEEP)) + ";",
    "tries": "try {" * DEEP + "} finally {}" * DEEP,
    "namespaces": "namespace a {" * DEEP + "}" * DEEP,
    "patterns": "const " + "[" * DEEP + "a" + "]" * DEEP + " = [];",
    "object-patterns": "const " + "{a:" * DEEP + "b" + "}" * DEEP + " = {};",
    "parameters": "function deep(" + "[" * DEEP + "a" + "]" * DEEP + ") {}",
    "types": "type T = " + "Array<" * DEEP + "string" + ">" * DEEP + ";",
    "type-parentheses": "type T = " + "(" * DEEP + "string" + ")" * DEEP + ";",
    "type-objects": "type T = " + "{a:" * DEEP + "string" + "}" * DEEP + ";",
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_deep_expression_that_nothing_needs_harms_nothing(name: str, tmp_path: Path) -> None:
    """In a handler and in the schema file: neither the table nor the functions depend on it."""
    handler = f"\nexport const deep = query({{ handler: async () => {EXPRESSIONS[name]} }});\n"
    unused = f"\nfunction unused() {{ return {EXPRESSIONS[name]}; }}\n"
    files = {"convex/users.ts": FUNCTIONS + handler, "convex/schema.ts": SCHEMA + unused}
    write_project(tmp_path, files)
    outcome = run(tmp_path)
    assert outcome.code == 0, outcome.stderr[:500]
    assert outcome.wrote_both_contracts
    assert "1 table\n" in outcome.stdout
    assert "2 functions" in outcome.stdout
    assert "unresolved" not in outcome.stdout


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_validator_that_needs_a_deep_expression_is_unresolved_or_right(
    name: str, tmp_path: Path
) -> None:
    source = f"""\
import {{ query }} from "./_generated/server";
import {{ v }} from "convex/values";
let f;
const deep = {EXPRESSIONS[name]};
export const list = query({{ args: {{ a: v.literal(deep) }}, handler: async () => 1 }});
export const other = query({{ args: {{ a: v.string() }}, handler: async () => 1 }});
"""
    write_project(tmp_path, {"convex/users.ts": source})
    outcome = run(tmp_path)
    assert outcome.code == 0, outcome.stderr[:500]
    assert outcome.wrote_both_contracts
    assert "users:other" not in outcome.stdout
    assert len(outcome.stdout) < 2000


@pytest.mark.parametrize("name", STATEMENTS)
def test_deep_statements_and_types_end_in_contracts(name: str, tmp_path: Path) -> None:
    write_project(tmp_path, {"convex/users.ts": f"{FUNCTIONS}\n{STATEMENTS[name]}\n"})
    outcome = run(tmp_path)
    assert outcome.code == 0, outcome.stderr[:500]
    assert outcome.wrote_both_contracts
    assert "1 function," in outcome.stdout
    assert len(outcome.stderr) < 2000


@pytest.mark.parametrize("bracket", ["(", "[", "{", "`${", "<", "import("])
def test_brackets_that_never_close_are_a_syntax_error_with_its_place(
    bracket: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {"convex/schema.ts": SCHEMA + "const a = " + bracket * DEEP})
    outcome = run(tmp_path)
    assert outcome.code == 65
    assert "convex/schema.ts:" in outcome.stderr
    assert "cannot be parsed" in outcome.stderr
    assert outcome.wrote_nothing
    assert outcome.has_no_bug()
    assert len(outcome.stderr) < 5000


@pytest.mark.parametrize("levels", [130, 2000, DEEP])
def test_a_validator_that_nests_deeper_than_our_limit_is_told_in_a_short_message(
    levels: int, tmp_path: Path
) -> None:
    deep = "v.array(" * levels + "v.string()" + ")" * levels
    schema = SCHEMA.replace("name: v.string()", f"name: v.string(), deep: {deep}")
    write_project(tmp_path, {"convex/schema.ts": schema})
    outcome = run(tmp_path)
    assert outcome.code in (0, 65)
    assert outcome.has_no_bug()
    told = outcome.stdout + outcome.stderr
    assert "users.deep" in told
    assert "deep" in told
    assert len(told) < 2000


CONFIGURATIONS = {
    "convex.json": 65,
    "docs/project/db-ssot.json": 64,
    "tsconfig.json": 0,
    "convex/tsconfig.json": 0,
    "package.json": 0,
    "docs/context/registry.json": 65,
}


@pytest.mark.parametrize("text", ["[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "1" + "}" * DEEP])
@pytest.mark.parametrize("path", CONFIGURATIONS)
def test_a_deep_configuration_is_refused_with_its_place(
    path: str, text: str, tmp_path: Path
) -> None:
    # The alias makes the reader need the configuration of the compiler.
    files = {path: text, "convex/users.ts": f'import {{ x }} from "@/x";\n{FUNCTIONS}'}
    write_project(tmp_path, files)
    outcome = run(tmp_path)
    assert outcome.code == CONFIGURATIONS[path]
    assert f"{path}:1:" in outcome.stderr
    assert "deep" in outcome.stderr
    assert outcome.has_no_bug()
    assert outcome.wrote_both_contracts if outcome.code == 0 else outcome.wrote_nothing


def test_imported_data_that_nests_deeply_is_unresolved(tmp_path: Path) -> None:
    source = """\
import data from "./data.json";
import { query } from "./_generated/server";
import { v } from "convex/values";
export const list = query({ args: { a: v.literal(data.length) }, handler: async () => 1 });
"""
    write_project(
        tmp_path, {"convex/users.ts": source, "convex/data.json": "[" * DEEP + "]" * DEEP}
    )
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "convex/data.json: users:list.args.a: " in outcome.stdout
