"""Entry points are exactly those that Convex's command line bundles, in its order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ssot_action.diagnostics import DiagnosticCode
from ssot_action.errors import SourceError
from ssot_action.source.discovery import (
    FunctionsDirectory,
    ModuleRole,
    Runtime,
    SkipReason,
    discover,
)
from ssot_action.source.entries import MAX_FILE_BYTES
from ssot_action.source.tree import MemoryTree, WorkingTree

if TYPE_CHECKING:
    from pathlib import Path

CODE = "export const a = 1;\n"


def discover_files(
    *paths: str, links: dict[str, str] | None = None, **contents: str
) -> FunctionsDirectory:
    files = {f"convex/{path}": CODE for path in paths}
    files.update({f"convex/{name.replace('__', '.')}": text for name, text in contents.items()})
    links = {f"convex/{path}": target for path, target in (links or {}).items()}
    return discover(MemoryTree(files, links=links), "convex")


def modules(directory: FunctionsDirectory) -> list[str]:
    return [entry_point.path.removeprefix("convex/") for entry_point in directory.entry_points]


def codes(directory: FunctionsDirectory) -> list[DiagnosticCode]:
    return [diagnostic.code for diagnostic in directory.diagnostics]


@pytest.mark.parametrize(
    "name",
    [
        "a.js",
        "a.mjs",
        "a.cjs",
        "a.ts",
        "a.tsx",
        "a.mts",
        "a.cts",
        "a.jsx",
        "schema.tsx",
        "schema.mjs",
    ],
)
def test_each_bundled_extension_is_an_entry_point(name: str) -> None:
    assert modules(discover_files(name)) == [name]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("_generated/api.js", SkipReason.GENERATED),
        (".hidden.ts", SkipReason.DOTFILE),
        ("sub/#a.ts", SkipReason.EMACS),
        ("schema.ts", SkipReason.SCHEMA),
        ("sub/schema.js", SkipReason.SCHEMA),
        ("a.test.ts", SkipReason.MULTIPLE_DOTS),
        ("a.d.ts", SkipReason.MULTIPLE_DOTS),
        ("auth.config.ts", SkipReason.MULTIPLE_DOTS),
        ("my dir/a.ts", SkipReason.SPACE),
        ("my file.ts", SkipReason.SPACE),
    ],
)
def test_a_skipped_file_has_its_reason(path: str, reason: SkipReason) -> None:
    directory = discover_files(path)
    assert modules(directory) == []
    assert [(item.path, item.reason) for item in directory.skipped] == [(f"convex/{path}", reason)]


@pytest.mark.parametrize("path", ["a.TS", "a.css", "README.md", "tsconfig.json", "a.ts.bak", "ts"])
def test_other_files_are_no_modules(path: str) -> None:
    directory = discover_files(path)
    assert modules(directory) == []
    assert directory.skipped == ()


@pytest.mark.parametrize(
    "path", ["nested/_generated/x.ts", "sub/.hid/z.ts", "tests/a.ts", "v1.2/a.ts", "sub/_deps/a.ts"]
)
def test_directories_elsewhere_have_no_special_meaning(path: str) -> None:
    assert modules(discover_files(path)) == [path]


def test_the_order_is_that_of_convexs_walk() -> None:
    directory = discover_files(
        "b.ts", "a/z.ts", "a.ts", "B.ts", "a/b/c.ts", "\U0001f600.ts", "\uffee.ts"
    )
    assert modules(directory) == [
        "B.ts",
        "a/b/c.ts",
        "a/z.ts",
        "a.ts",
        "b.ts",
        "\U0001f600.ts",
        "\uffee.ts",
    ]


def test_links_are_ignored_as_convex_ignores_them() -> None:
    directory = discover_files("real.ts", links={"link.ts": "real.ts", "dir": "../other"})
    assert modules(directory) == ["real.ts"]
    assert {item.reason for item in directory.skipped} == {SkipReason.NOT_REGULAR}


def test_a_functions_directory_behind_a_link_is_read() -> None:
    tree = MemoryTree({"backend/convex/a.ts": CODE}, links={"convex": "backend/convex"})
    assert [entry.module_path for entry in discover(tree, "convex").entry_points] == ["a.js"]


def test_a_directory_that_defines_a_component_is_skipped_whole() -> None:
    directory = discover_files("c/convex.config.ts", "c/deep/a.ts", "d/convex.config.js", "d/b.ts")
    assert modules(directory) == ["d/b.ts"]
    assert directory.components == ("convex/c",)


def test_the_config_of_the_directory_itself_does_not_skip_it() -> None:
    directory = discover_files("convex.config.ts", "a.ts")
    assert modules(directory) == ["a.ts"]
    assert directory.app_config == "convex/convex.config.ts"


def test_a_component_config_behind_a_link_counts_unless_it_dangles() -> None:
    present = discover_files("x.ts", "c/a.ts", links={"c/convex.config.ts": "../x.ts"})
    assert modules(present) == ["x.ts"]
    dangling = discover_files("c/a.ts", links={"c/convex.config.ts": "nowhere"})
    assert modules(dangling) == ["c/a.ts"]


@pytest.mark.parametrize(
    ("text", "is_module"),
    [
        ("import 'x'", True),
        ("export {}", True),
        ("exports.a = 1", True),
        ("importantThing()", True),
        ("const a = 1;\n\t export { a };", True),
        ("const a = 1;\r export { a };", True),
        ("const a = 1;\u2028\u3000export { a };", True),
        ("\ufeffexport {}", True),
        (" " * 100 + "export {}", True),
        (" " * 101 + "export {}", False),
        ("\n" * 300 + "export {}", True),
        ("const a = 1; export { a };", False),
        ("\x1cexport {}", False),
        ("\x85export {}", False),
        ("// export\n", False),
        ("", False),
    ],
)
def test_typescript_needs_a_line_that_starts_with_import_or_export(
    text: str, *, is_module: bool
) -> None:
    directory = discover_files(a__ts=text, b__tsx=text)
    assert modules(directory) == (["a.ts", "b.tsx"] if is_module else [])
    if not is_module:
        assert {item.reason for item in directory.skipped} == {SkipReason.NOT_A_MODULE}
    for name in ("a__js", "a__mts", "a__cts", "a__jsx"):
        assert len(modules(discover_files(links=None, **{name: text}))) == 1


def test_files_in_deps_are_refused_once() -> None:
    directory = discover_files("_deps/a.ts", "_deps/readme.md", "b.ts")
    assert modules(directory) == ["b.ts"]
    assert codes(directory) == [DiagnosticCode.RESERVED_DIRECTORY]
    assert directory.diagnostics[0].file == "convex/_deps/a.ts"


def test_http_and_crons_have_a_role_at_the_top_only() -> None:
    directory = discover_files("http.ts", "crons.js", "sub/http.ts", "https.ts")
    assert {entry.path: entry.role for entry in directory.entry_points} == {
        "convex/http.ts": ModuleRole.HTTP,
        "convex/crons.js": ModuleRole.CRONS,
        "convex/sub/http.ts": ModuleRole.FUNCTIONS,
        "convex/https.ts": ModuleRole.FUNCTIONS,
    }


def test_special_files_are_found_typescript_first() -> None:
    directory = discover_files("schema.ts", "schema.js", "auth.config.js", "convex.config.js")
    assert directory.schema == "convex/schema.ts"
    assert directory.auth_config == "convex/auth.config.js"
    assert directory.app_config == "convex/convex.config.js"
    empty = discover_files("sub/schema.ts", "sub/auth.config.ts")
    assert (empty.schema, empty.auth_config, empty.app_config) == (None, None, None)


def test_a_special_file_may_be_a_link() -> None:
    directory = discover_files("db.ts", links={"schema.ts": "db.ts"})
    assert directory.schema == "convex/schema.ts"
    dangling = discover_files("schema.js", links={"schema.ts": "nowhere"})
    assert dangling.schema == "convex/schema.js"
    outside = discover_files("a.ts", links={"schema.ts": "../../x.ts"})
    assert codes(outside) == [DiagnosticCode.FILE_UNREADABLE]


def test_two_auth_configs_are_refused() -> None:
    directory = discover_files("auth.config.ts", "auth.config.js")
    assert codes(directory) == [DiagnosticCode.AUTH_CONFIG_DUPLICATE]
    assert directory.auth_config == "convex/auth.config.ts"


def test_module_path_and_name_drop_the_extension() -> None:
    (entry_point,) = discover_files("a/b.tsx").entry_points
    assert entry_point.module_path == "a/b.js"
    assert entry_point.name == "a/b"


def test_use_node_selects_the_runtime() -> None:
    directory = discover_files("b.ts", a__ts='"use node";\n' + CODE)
    assert [entry.runtime for entry in directory.entry_points] == [Runtime.NODE, Runtime.CONVEX]


@pytest.mark.parametrize(
    "name", ["http.ts", "crons.js", "schema.ts", "auth.config.ts", "schema.tsx"]
)
def test_use_node_is_forbidden_in_special_files(name: str) -> None:
    files = {f"convex/{name}": '"use node";\n' + CODE}
    directory = discover(MemoryTree(files), "convex")
    assert codes(directory) == [DiagnosticCode.USE_NODE_FORBIDDEN]
    assert directory.diagnostics[0].file == f"convex/{name}"


def test_use_node_is_allowed_in_nested_namesakes() -> None:
    directory = discover(MemoryTree({"convex/x/http.ts": '"use node";\n' + CODE}), "convex")
    assert codes(directory) == []
    assert directory.entry_points[0].runtime is Runtime.NODE


def test_modules_in_actions_need_use_node() -> None:
    files = {
        "convex/actions/a.ts": CODE,
        "convex/actions/b.ts": '"use node";\n' + CODE,
        "convex/sub/actions/c.ts": CODE,
    }
    directory = discover(MemoryTree(files), "convex")
    problems = {entry.path: entry.problems for entry in directory.entry_points}
    assert [item.code for item in problems["convex/actions/a.ts"]] == [
        DiagnosticCode.ACTIONS_WITHOUT_USE_NODE
    ]
    assert problems["convex/actions/b.ts"] == ()
    assert problems["convex/sub/actions/c.ts"] == ()


def test_a_misplaced_use_node_is_a_warning() -> None:
    directory = discover_files(a__ts='import "x";\n"use node";\n')
    assert codes(directory) == [DiagnosticCode.USE_NODE_MISPLACED]
    assert directory.diagnostics[0].severity == "warning"
    assert directory.entry_points[0].runtime is Runtime.CONVEX


@pytest.mark.parametrize(
    "path",
    [
        "my-mod.ts",
        "[id].ts",
        "(group)/a.ts",
        "@x/a.ts",
        "é.ts",
        "_.ts",
        "__/a.ts",
        "_system/a.ts",
        "a" * 62 + ".ts",
        "d" * 65 + "/a.ts",
    ],
)
def test_a_module_path_that_the_server_refuses_is_listed_with_the_problem(path: str) -> None:
    directory = discover_files(path)
    (entry_point,) = directory.entry_points
    assert [item.code for item in entry_point.problems] == [DiagnosticCode.MODULE_PATH_INVALID]
    assert entry_point.problems[0].hint
    assert directory.diagnostics == entry_point.problems


@pytest.mark.parametrize(
    "path", ["a" * 61 + ".ts", "d" * 64 + "/a.ts", "_a.ts", "x.y/a_1.ts", "x/_system/a.ts"]
)
def test_a_module_path_within_the_rules_has_no_problem(path: str) -> None:
    assert discover_files(path).diagnostics == ()


def test_two_files_of_one_module_path_are_both_listed_with_the_problem() -> None:
    directory = discover_files("foo.ts", "foo.js", "bar.ts")
    assert modules(directory) == ["bar.ts", "foo.js", "foo.ts"]
    assert codes(directory) == [DiagnosticCode.MODULE_PATH_DUPLICATE] * 2
    assert "convex/foo.ts" in directory.entry_points[1].problems[0].message


def test_more_modules_than_the_server_accepts_are_told() -> None:
    assert discover_files(*(f"m{index}.js" for index in range(4096))).diagnostics == ()
    directory = discover_files(*(f"m{index}.js" for index in range(4097)))
    assert codes(directory) == [DiagnosticCode.MODULES_TOO_MANY]


def test_a_file_that_cannot_be_read_is_listed_with_the_problem() -> None:
    directory = discover_files(a__ts=" " * (MAX_FILE_BYTES + 1), b__js=" " * (MAX_FILE_BYTES + 1))
    assert modules(directory) == ["a.ts", "b.js"]
    assert codes(directory) == [DiagnosticCode.FILE_UNREADABLE] * 2
    assert "16 MiB" in directory.diagnostics[0].message


def test_a_directory_that_cannot_be_listed_is_told_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("convex/closed/a.ts", "convex/open/b.ts"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(CODE)
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    directory = discover(WorkingTree(tmp_path), "convex")
    assert modules(directory) == ["open/b.ts"]
    assert codes(directory) == [DiagnosticCode.FILE_UNREADABLE]
    assert directory.diagnostics[0].file == "convex/closed"


def test_a_functions_directory_outside_the_repository_is_an_error() -> None:
    with pytest.raises(SourceError):
        discover(MemoryTree({"a": ""}, links={"convex": "../x"}), "convex")


def test_the_repository_itself_may_be_the_functions_directory() -> None:
    directory = discover(MemoryTree({"a.ts": CODE, "schema.ts": CODE, "lib/b.ts": CODE}), "")
    assert [entry.module_path for entry in directory.entry_points] == ["a.js", "lib/b.js"]
    assert directory.schema == "schema.ts"


def test_a_missing_directory_holds_nothing() -> None:
    directory = discover(MemoryTree({"a": ""}), "convex")
    assert (directory.entry_points, directory.diagnostics) == ((), ())


def test_directories_nested_deeper_than_calls_may_nest_are_walked() -> None:
    path = "d/" * 3000 + "a.ts"
    assert modules(discover_files(path)) == [path]
