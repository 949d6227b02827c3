"""The layout follows db-ssot.json, then convex.json, then Convex's defaults, and says which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.diagnostics import DiagnosticCode
from ssot_action.errors import SourceError, UsageError
from ssot_action.source.project import (
    LayoutSource,
    ProjectLayout,
    find_functions_directories,
    load_layout,
    require_functions_directory,
)
from ssot_action.source.ssot_config import SSOT_CONFIG, Mode
from ssot_action.source.tree import MemoryTree

if TYPE_CHECKING:
    from ssot_action.source.documents import Json

SCHEMA = "export default defineSchema({});"


def layout_of(files: dict[str, str], functions_dir: str | None = None) -> ProjectLayout:
    return load_layout(MemoryTree(files), functions_dir=functions_dir)


def with_config(config: Json, **files: str) -> ProjectLayout:
    renamed = {path.replace("__", "/").replace("_dot_", "."): text for path, text in files.items()}
    return layout_of({SSOT_CONFIG: json.dumps(config), **renamed})


# Where the functions are


def test_the_default_is_convexs_own() -> None:
    layout = layout_of({"convex/schema.ts": SCHEMA})
    assert layout.functions_directory == "convex"
    assert layout.functions_source is LayoutSource.DEFAULT
    assert layout.schema_path == "convex/schema.ts"
    assert (layout.functions_exists, layout.schema_exists) == (True, True)
    assert layout.diagnostics == ()


@pytest.mark.parametrize(
    ("written", "directory"),
    [
        ("convex/", "convex"),
        ("./backend/convex", "backend/convex"),
        ("src/../server", "server"),
        ("/server", "server"),
        (".", ""),
        ("", ""),
    ],
)
def test_convex_json_names_the_functions_directory(written: str, directory: str) -> None:
    layout = layout_of({"convex.json": json.dumps({"functions": written})})
    assert layout.functions_directory == directory
    assert layout.functions_source is LayoutSource.CONVEX_JSON


def test_react_scripts_move_the_default_only_without_convex_json() -> None:
    package = json.dumps({"devDependencies": {"react-scripts": "5"}})
    layout = layout_of({"package.json": package})
    assert layout.functions_directory == "src/convex"
    assert layout.functions_source is LayoutSource.REACT_SCRIPTS
    layout = layout_of({"package.json": package, "convex.json": "{}"})
    assert layout.functions_directory == "convex"
    assert layout.functions_source is LayoutSource.DEFAULT


@pytest.mark.parametrize(
    "package", ['{"name": "react-scripts"}', "{react-scripts", '["react-scripts"]']
)
def test_the_words_react_scripts_elsewhere_move_nothing(package: str) -> None:
    assert layout_of({"package.json": package}).functions_directory == "convex"


def test_a_javascript_schema_counts_only_without_a_typescript_one() -> None:
    assert layout_of({"convex/schema.js": ""}).schema_path == "convex/schema.js"
    both = layout_of({"convex/schema.js": "", "convex/schema.ts": ""})
    assert both.schema_path == "convex/schema.ts"
    assert layout_of({"convex/a.ts": ""}).schema_exists is False


def test_db_source_path_decides_schema_and_directory() -> None:
    layout = with_config(
        {"db": {"source": {"path": "backend/db/schema.ts"}}}, backend__db__schema_dot_ts=SCHEMA
    )
    assert layout.schema_path == "backend/db/schema.ts"
    assert layout.functions_directory == "backend/db"
    assert layout.functions_source is LayoutSource.DB_SOURCE_PATH
    assert layout.schema_exists


def test_paths_convex_schema_counts_after_db_source_path() -> None:
    second: Json = {"paths": {"convexSchema": "b/schema.ts"}}
    layout = with_config(second)
    assert layout.schema_path == "b/schema.ts"
    assert layout.schema_source is LayoutSource.PATHS_CONVEX_SCHEMA
    layout = with_config(
        {"db": {"source": {"path": "a/schema.ts"}}, "paths": {"convexSchema": "b/schema.ts"}}
    )
    assert layout.schema_path == "a/schema.ts"


def test_a_path_written_on_windows_is_understood() -> None:
    layout = with_config({"db": {"source": {"path": "backend\\convex\\schema.ts"}}})
    assert layout.schema_path == "backend/convex/schema.ts"


def test_a_disagreement_with_convex_json_is_a_warning_that_names_both() -> None:
    layout = with_config(
        {"db": {"source": {"path": "convex/schema.ts"}}},
        convex_dot_json='{"functions": "src/convex/"}',
    )
    assert layout.functions_directory == "convex"
    (warning,) = layout.diagnostics
    assert warning.code is DiagnosticCode.FUNCTIONS_DIRECTORY_CONFLICT
    assert warning.severity == "warning"
    assert "convex, convex.json functions at src/convex" in warning.message


def test_an_agreement_with_convex_json_is_silent() -> None:
    layout = with_config(
        {"db": {"source": {"path": "src/convex/schema.ts"}}},
        convex_dot_json='{"functions": "src/convex/"}',
    )
    assert layout.diagnostics == ()


def test_the_option_wins_and_finds_the_project_above() -> None:
    files = {
        SSOT_CONFIG: '{"db": {"source": {"path": "convex/schema.ts"}}}',
        "apps/web/package.json": "{}",
        "apps/web/server/convex/schema.js": SCHEMA,
        "package.json": "{}",
    }
    layout = layout_of(files, "./apps/web/server/convex/")
    assert layout.functions_directory == "apps/web/server/convex"
    assert layout.functions_source is LayoutSource.OPTION
    assert layout.project_root == "apps/web"
    assert layout.schema_path == "apps/web/server/convex/schema.js"


def test_convex_json_marks_the_project_before_a_nearer_package_json() -> None:
    files = {"app/convex.json": "{}", "app/lib/package.json": "{}", "app/lib/convex/a.ts": ""}
    assert layout_of(files, "app/lib/convex").project_root == "app"
    assert layout_of({"convex/a.ts": ""}, "convex").project_root == ""


# What is refused


@pytest.mark.parametrize(
    "path", ["../x/schema.ts", "/etc/schema.ts", "C:\\x\\schema.ts", "a/../.."]
)
def test_a_schema_path_outside_the_repository_is_named(path: str) -> None:
    with pytest.raises(UsageError, match="outside repo root") as caught:
        with_config({"db": {"source": {"path": path}}})
    assert path in str(caught.value)
    assert caught.value.file == SSOT_CONFIG
    assert caught.value.line == 1


def test_a_contract_path_outside_the_repository_is_named() -> None:
    with pytest.raises(UsageError, match=r"outside repo root: \.\./x\.json"):
        with_config({"db": {"contracts": {"dbSchema": "../x.json"}}})


def test_a_functions_directory_outside_the_repository_is_named() -> None:
    with pytest.raises(SourceError, match=r"convex\.json:1: .*outside repo root: \.\./b"):
        layout_of({"convex.json": '{"functions": "../b"}'})
    with pytest.raises(UsageError, match=r"outside repo root: \.\./b"):
        layout_of({}, "../b")


def test_a_link_out_of_the_repository_is_refused() -> None:
    tree = MemoryTree({"package.json": "{}"}, links={"convex": "../elsewhere"})
    with pytest.raises(SourceError, match="symbolic link leads outside repo root: convex"):
        load_layout(tree)


def test_a_relocated_contract_is_a_warning() -> None:
    layout = with_config(
        {
            "db": {
                "contracts": {
                    "dbSchema": "x.json",
                    "convexFunctions": "docs/context/convex/functions.json",
                }
            }
        }
    )
    (warning,) = layout.diagnostics
    assert warning.code is DiagnosticCode.CONTRACT_RELOCATED
    assert warning.hint is not None
    assert "docs/context/db/schema.json" in warning.hint


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("{\n// no\n}", 2, "not valid JSON"),
        ("[]", 1, "must be an object, not array"),
        ("null", 1, "must be an object, not null"),
        ('{\n "functions": 1\n}', 2, "functions must be a string, not number"),
        (
            '{\n "node": {\n  "externalPackages": [\n "a", 2]}}',
            4,
            "node.externalPackages.1 must be",
        ),
        ('{"node": {"externalPackages": "x"}}', 1, "must be an array of strings, not string"),
        ('{"node": []}', 1, "node must be an object, not array"),
        ('{"codegen":\n {"fileType": "py"}}', 2, 'codegen.fileType must be "ts" or "js/dts"'),
        ('{"generateCommonJSApi": true, "codegen": {"fileType": "ts"}}', 1, "generateCommonJSApi"),
        ('{"functions": null}', 1, "functions must be a string, not null"),
    ],
)
def test_convex_json_that_convex_refuses_is_an_error_with_its_line(
    text: str, line: int, problem: str
) -> None:
    with pytest.raises(SourceError) as caught:
        layout_of({"convex.json": text})
    assert caught.value.file == "convex.json"
    assert caught.value.line == line
    assert problem in caught.value.problem


def test_unknown_keys_of_convex_json_are_kept_out_of_the_way() -> None:
    text = '{"functions": "f", "newKey": {"x": 1}, "node": {"nodeVersion": "22", "other": 1}}'
    assert layout_of({"convex.json": text}).functions_directory == "f"


def test_a_misplaced_convex_json_is_an_error() -> None:
    with pytest.raises(SourceError, match="only in the project root"):
        layout_of({"src/convex.json": "{}"})
    with pytest.raises(SourceError, match="both"):
        layout_of({"src/convex.json": "{}", "convex.json": "{}"})


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("{", 1, "not valid JSON"),
        ("[]", 1, "must hold an object, not array"),
        ('{"db":\n {"source": {"path": 5}}}', 2, "db.source.path must be a string, not number"),
        ("[" * 50_000, 1, "not valid JSON"),
    ],
)
def test_a_malformed_db_ssot_json_is_a_usage_error_with_its_line(
    text: str, line: int, problem: str
) -> None:
    with pytest.raises(UsageError) as caught:
        layout_of({SSOT_CONFIG: text})
    assert (caught.value.file, caught.value.line) == (SSOT_CONFIG, line)
    assert problem in caught.value.problem


def test_db_ssot_json_may_start_with_a_byte_order_mark() -> None:
    layout = layout_of({SSOT_CONFIG: '\ufeff{"mode": "none"}'})
    assert layout.mode is Mode.NONE


def test_a_key_written_twice_is_a_warning() -> None:
    layout = layout_of({SSOT_CONFIG: '{"mode": "none", "mode": "convex"}', "convex.json": "{}"})
    assert layout.mode is Mode.CONVEX
    assert [item.code for item in layout.diagnostics] == [DiagnosticCode.CONFIG_DUPLICATE_KEY]


# The mode


@pytest.mark.parametrize(
    ("config", "mode", "key"),
    [
        ({"db": {"ssot": "convex"}, "ssot": "none", "mode": "none"}, Mode.CONVEX, "db.ssot"),
        ({"ssot": {"mode": "repo-prisma"}, "mode": "convex"}, Mode.REPO_PRISMA, "ssot"),
        ({"mode": "database"}, Mode.DATABASE, "mode"),
        ({"db": {"ssot": {"mode": "none"}}}, Mode.NONE, "db.ssot"),
        ({"db": {"ssot": 5}, "mode": "convex"}, Mode.CONVEX, "mode"),
    ],
)
def test_the_mode_is_the_first_one_written(config: Json, mode: Mode, key: str) -> None:
    layout = with_config(config)
    assert (layout.mode, layout.mode_source) == (mode, key)


@pytest.mark.parametrize(
    ("files", "mode", "source"),
    [
        (
            ["convex/schema.ts", "prisma/schema.prisma"],
            Mode.CONVEX,
            "inferred from convex/schema.ts",
        ),
        (["convex/schema.js"], Mode.CONVEX, "inferred from convex/schema.js"),
        (
            ["prisma/schema.prisma", "convex/a.ts"],
            Mode.REPO_PRISMA,
            "inferred from prisma/schema.prisma",
        ),
        (["db/schema/tables.json"], Mode.DATABASE, "inferred from db/schema/tables.json"),
        (["convex/a.ts"], Mode.CONVEX, "inferred from convex"),
        (["README.md"], Mode.NONE, "default"),
    ],
)
def test_a_mode_that_is_not_written_is_inferred_from_files(
    files: list[str], mode: Mode, source: str
) -> None:
    layout = layout_of(dict.fromkeys(files, ""))
    assert (layout.mode, layout.mode_source) == (mode, source)


def test_an_unknown_mode_is_a_warning_and_inferred() -> None:
    layout = with_config({"mode": "firebase"}, convex__schema_dot_ts=SCHEMA)
    assert layout.mode is Mode.CONVEX
    (warning,) = layout.diagnostics
    assert warning.code is DiagnosticCode.MODE_UNKNOWN
    assert '"firebase"' in warning.message


def test_modes_of_other_workflows_name_them() -> None:
    assert Mode.REPO_PRISMA.other_workflow == "sync-db-schema-from-code"
    assert Mode.DATABASE.other_workflow == "sync-code-schema-from-db"
    assert Mode.CONVEX.other_workflow is None


# Advice


def test_a_missing_functions_directory_is_told_with_candidates() -> None:
    tree = MemoryTree(
        {
            "packages/backend/convex/schema.ts": "",
            "apps/x/server/_generated/api.js": "",
            "node_modules/p/convex/schema.ts": "",
            ".hidden/convex/schema.ts": "",
        }
    )
    with pytest.raises(SourceError) as caught:
        require_functions_directory(tree, load_layout(tree))
    assert "no functions directory at convex (default)" in caught.value.problem
    assert caught.value.hint == (
        "Name the one to read with --functions-dir: apps/x/server, packages/backend/convex"
    )


def test_a_schema_path_of_blanks_is_no_schema_path() -> None:
    layout = with_config({"db": {"source": {"path": " "}}})
    assert layout.schema_path == "convex/schema.ts"
    assert layout.schema_source is LayoutSource.DEFAULT


def test_a_missing_functions_directory_without_candidates_names_the_settings() -> None:
    tree = MemoryTree({"a.txt": ""})
    with pytest.raises(SourceError) as caught:
        require_functions_directory(tree, load_layout(tree))
    assert caught.value.hint is not None
    assert "--functions-dir" in caught.value.hint
    assert find_functions_directories(tree) == ()


def test_an_existing_functions_directory_needs_no_advice() -> None:
    tree = MemoryTree({"convex/a.ts": ""})
    layout = load_layout(tree)
    require_functions_directory(tree, layout)
    assert layout.functions_exists
