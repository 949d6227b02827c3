"""Configuration that is malformed, contradicts itself or names places that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.bad_input.command import FUNCTIONS, Outcome, run, write_project

if TYPE_CHECKING:
    from pathlib import Path

SSOT = "docs/project/db-ssot.json"

# What is not JSON -> what the message says of it.
MALFORMED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", ":1:1:"),
    "open object": ('{"version": 1', "not valid JSON"),
    "trailing text": ("{} {}", "not valid JSON"),
    "NaN": ('{"version": NaN}', "NaN"),
    "single quotes": ("{'version': 1}", "not valid JSON"),
    "invalid UTF-8": (b'{"version": "\xff"}', "UTF-8"),
    "control character": ('{"version": "\n"}', "not valid JSON"),
    "not an object": ("[]", "must"),
    "binary": (bytes(range(256)), "2:118: not valid UTF-8"),
}


def _refused(outcome: Outcome, code: int, *parts: str) -> None:
    assert outcome.code == code, outcome.stderr
    assert outcome.has_no_bug()
    assert outcome.wrote_nothing
    for part in parts:
        assert part in outcome.stderr
    assert "sys." not in outcome.stderr


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_convex_json_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    text, words = MALFORMED[name]
    write_project(tmp_path, {"convex.json": text})
    _refused(run(tmp_path), 65, "error: convex.json:", words, "hint: ")


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_db_ssot_json_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    text, words = MALFORMED[name]
    write_project(tmp_path, {SSOT: text})
    _refused(run(tmp_path), 64, f"error: {SSOT}:", words, "hint: ")


@pytest.mark.parametrize("path", ["tsconfig.json", "convex/tsconfig.json", "package.json"])
def test_a_malformed_file_that_only_helps_to_find_imports_is_a_warning(
    path: str, tmp_path: Path
) -> None:
    module = f'import {{ x }} from "@/x";\n{FUNCTIONS}'
    write_project(tmp_path, {path: '{"a": [}', "convex/users.ts": module})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert f"{path}:1:8: warning: not valid JSON" in outcome.stderr
    assert outcome.wrote_both_contracts


def test_a_malformed_registry_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    write_project(tmp_path, {"docs/context/registry.json": '{"artifacts": [}'})
    _refused(run(tmp_path), 65, "docs/context/registry.json:1:")


def test_a_repeated_key_is_told_and_the_last_one_counts(tmp_path: Path) -> None:
    files = {
        "convex.json": '{"functions": "elsewhere",\n "functions": "convex"}',
        SSOT: '{"version": 1,\n "db": {"ssot": "none"},\n "db": {"ssot": "convex"}}',
    }
    write_project(tmp_path, files)
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert 'convex.json:2:2: warning: the key "functions" occurs twice' in outcome.stderr
    assert f'{SSOT}:3:2: warning: the key "db" occurs twice' in outcome.stderr


def _ssot(path: str) -> str:
    return f'{{"db": {{"ssot": "convex",\n "source": {{"path": {path}}}}}}}'


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ('"../outside/schema.ts"', 64, "outside repo root"),
        ('"convex/../../outside/schema.ts"', 64, "outside repo root"),
        ('"/etc/schema.ts"', 64, "outside repo root"),
        ("5", 64, "must be a string"),
        ('"nowhere/schema.ts"', 64, "nowhere/schema.ts"),
        ('"con\\u0000vex/schema.ts"', 64, "con\\x00vex"),
    ],
)
def test_a_schema_path_that_cannot_be_used_is_refused(
    path: str, code: int, words: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {SSOT: _ssot(path)})
    _refused(run(tmp_path), code, words)


@pytest.mark.parametrize("path", ["convex/other.ts", "convex"])
def test_a_schema_path_that_names_no_file_is_never_replaced_by_another(
    path: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {SSOT: _ssot(f'"{path}"')})
    _refused(run(tmp_path), 64, f"{SSOT}:2", path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"functions": "../outside"}', "outside repo root"),
        ('{"functions": 5}', "must be a string"),
        ('{"functions": "nowhere"}', "no functions directory at nowhere"),
        ('{"functions": "a\\u0000b"}', "no functions directory at a\\x00b"),
    ],
)
def test_a_functions_directory_that_cannot_be_used_is_refused(
    text: str, words: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {"convex.json": text})
    _refused(run(tmp_path), 65, words)


@pytest.mark.parametrize(
    ("directory", "code"),
    [("../outside", 64), ("/etc", 64), ("nowhere", 65), ("convex/users.ts", 65)],
)
def test_a_functions_directory_option_that_cannot_be_used_is_refused(
    directory: str, code: int, tmp_path: Path
) -> None:
    write_project(tmp_path, {})
    _refused(run(tmp_path, "--functions-dir", directory), code, directory, "hint: ")


@pytest.mark.parametrize(
    "files",
    [
        {"tsconfig.json": '{"extends": "./tsconfig.json"}'},
        {"tsconfig.json": '{"extends": "./a.json"}', "a.json": '{"extends": "./tsconfig.json"}'},
    ],
)
def test_a_tsconfig_that_extends_itself_is_cut_and_told(
    files: dict[str, str], tmp_path: Path
) -> None:
    module = f'import {{ x }} from "@/x";\n{FUNCTIONS}'
    write_project(tmp_path, {**files, "convex/users.ts": module})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "tsconfig.json" in outcome.stderr
    assert "extends itself" in outcome.stderr


@pytest.mark.parametrize("revision", ["HEAD", "--upload-pack=x", "", "\x1b[31m", "a" * 5000])
def test_a_revision_that_is_not_there_is_refused(revision: str, tmp_path: Path) -> None:
    write_project(tmp_path, {})
    outcome = run(tmp_path, f"--ref={revision}", command="extract")
    assert outcome.code in (64, 66)
    assert "Traceback" not in outcome.stderr
    assert "\x1b" not in outcome.stderr
    assert outcome.stdout == ""
    assert outcome.wrote_nothing
