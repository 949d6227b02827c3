"""Files that are not what a project should hold: each is told with its place, or read rightly."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from ssot_action.cli.shell import run_command
from ssot_action.contract.kinds import ContractKind
from tests.unit.bad_input.command import FUNCTIONS, SCHEMA, Outcome, run, write_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MEBIBYTE = 1024 * 1024
BINARY = bytes(range(256)) * 64


def _database(root: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads((root / ContractKind.DATABASE.path).read_bytes())


def _refused(outcome: Outcome, *parts: str, code: int = 65) -> None:
    assert outcome.code == code, outcome.stderr
    assert outcome.has_no_bug()
    assert outcome.wrote_nothing
    for part in parts:
        assert part in outcome.stderr


# The schema


@pytest.mark.parametrize("name", ["absent", "directory", "dangling link", "link to itself", "pipe"])
def test_a_project_without_a_schema_file_has_no_tables_and_is_told_so(
    name: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {"convex/schema.ts": None})
    schema = tmp_path / "convex" / "schema.ts"
    if name == "directory":
        schema.mkdir()
    elif name == "dangling link":
        schema.symlink_to("nowhere.ts")
    elif name == "link to itself":
        schema.symlink_to("schema.ts")
    elif name == "pipe":
        os.mkfifo(schema)
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "warning: there is no schema" in outcome.stderr
    assert _database(tmp_path)["tables"] == []


@pytest.mark.parametrize(
    "source",
    ["", " \n", "// nothing yet\n", "export const tables = {};\n", "export default 5;\n", "\ufeff"],
)
def test_a_schema_file_without_a_schema_is_refused_with_its_place(
    source: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {"convex/schema.ts": source})
    _refused(run(tmp_path), "convex/schema.ts:1: error: the ", "Export the result of defineSchema")


def test_a_syntax_error_is_told_with_line_and_column(tmp_path: Path) -> None:
    broken = SCHEMA.replace("v.string()", "v.string(")
    write_project(tmp_path, {"convex/schema.ts": broken})
    _refused(run(tmp_path), "convex/schema.ts:3:", "cannot be parsed")


def test_a_syntax_error_in_one_module_names_it(tmp_path: Path) -> None:
    write_project(tmp_path, {"convex/other.ts": "import x from 'y';\nexport const a = query({,\n"})
    _refused(run(tmp_path), "convex/other.ts:2:", "cannot be parsed")


# Bytes


@pytest.mark.parametrize("path", ["convex/schema.ts", "convex/other.ts"])
def test_binary_data_is_refused_with_its_place(path: str, tmp_path: Path) -> None:
    write_project(tmp_path, {path: b"\nexport const a = 1;\n" + BINARY})
    _refused(run(tmp_path), f"{path}:")


def test_binary_data_that_is_no_module_is_left_alone(tmp_path: Path) -> None:
    write_project(tmp_path, {"convex/image.png": BINARY, "convex/data.ts": BINARY})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert outcome.stderr == ""


def test_utf16_is_refused_with_its_place(tmp_path: Path) -> None:
    write_project(tmp_path, {"convex/schema.ts": SCHEMA.encode("utf-16")})
    _refused(run(tmp_path), "convex/schema.ts:1")


def test_invalid_utf8_is_told_with_its_place_and_read_as_convex_reads_it(tmp_path: Path) -> None:
    schema = SCHEMA.replace("v.string()", 'v.literal("a?b")').encode().replace(b"?", b"\xff")
    write_project(tmp_path, {"convex/schema.ts": schema})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "convex/schema.ts:3:" in outcome.stderr
    assert "UTF-8" in outcome.stderr
    (table,) = _database(tmp_path)["tables"]
    column = next(column for column in table["columns"] if column["name"] == "name")
    assert column["validator"] == {"type": "literal", "value": "a\ufffdb"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(" ", "\t\v\f\u00a0"),
    ],
    ids=["byte order mark", "CRLF", "CR", "U+2028", "no final newline", "white space"],
)
def test_other_spellings_of_the_same_text_give_the_same_contracts(
    change: Callable[[str], str], tmp_path: Path
) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    module = FUNCTIONS.replace("\n", "\n\n")
    write_project(plain, {"convex/users.ts": module})
    write_project(other, {"convex/schema.ts": change(SCHEMA), "convex/users.ts": change(module)})
    extracts = [run(root, command="extract") for root in (plain, other)]
    assert [each.code for each in extracts] == [0, 0]
    assert extracts[0].stdout == extracts[1].stdout
    assert extracts[1].stderr == ""


@pytest.mark.parametrize("path", ["convex/schema.ts", "convex/users.ts", "convex/deps.ts"])
def test_a_file_above_the_bound_is_refused_and_the_bound_is_named(
    path: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {path: SCHEMA + "//" + "x" * 17 * MEBIBYTE})
    _refused(run(tmp_path), f"{path}: ", "larger than 16 MiB")


def test_a_large_file_within_the_bound_is_read(tmp_path: Path) -> None:
    text = f'{FUNCTIONS}const text = "{"x" * 5 * MEBIBYTE}"; /*{"y" * 5 * MEBIBYTE}*/\n'
    write_project(tmp_path, {"convex/users.ts": text})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert outcome.wrote_both_contracts


def test_more_modules_than_convex_accepts_are_refused(tmp_path: Path) -> None:
    modules = {f"convex/m{index}.ts": "export const a = 1;\n" for index in range(4097)}
    write_project(tmp_path, modules)
    _refused(run(tmp_path), "convex: error: ", "4096")


# Links


def _link(path: str, target: str) -> Callable[[Path], None]:
    def arrange(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)

    return arrange


LINKS_OUT: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "schema": ("convex/schema.ts", _link("convex/schema.ts", "../../outside/schema.ts")),
    "schema-absolute": ("convex/schema.ts", _link("convex/schema.ts", "/etc/hostname")),
    "configuration": ("convex.json", _link("convex.json", "../outside/convex.json")),
    "context-folder": ("docs/context/db", _link("docs/context/db", "../../../outside")),
    "contract": (
        "docs/context/db/schema.json",
        _link("docs/context/db/schema.json", "../../../../outside/new.json"),
    ),
}


@pytest.mark.parametrize("name", LINKS_OUT)
def test_a_link_out_of_the_repository_is_neither_read_nor_written_through(
    name: str, tmp_path: Path
) -> None:
    named, arrange = LINKS_OUT[name]
    root, outside = tmp_path / "repository", tmp_path / "outside"
    outside.mkdir()
    (outside / "schema.ts").write_text(SCHEMA)
    (outside / "convex.json").write_text('{"functions": "convex"}')
    before = sorted(outside.iterdir())
    write_project(root, {"convex/schema.ts": None if name.startswith("schema") else SCHEMA})
    arrange(root)
    _refused(run(root), named, "outside")
    assert sorted(outside.iterdir()) == before


def test_a_functions_directory_behind_a_link_out_is_refused(tmp_path: Path) -> None:
    write_project(tmp_path / "outside", {})
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "convex").symlink_to("../outside/convex")
    _refused(run(tmp_path / "repository"), "symbolic link leads outside repo root: convex")


@pytest.mark.parametrize("specifier", ["./linked", "../../outside/validators", "/etc/hostname"])
def test_an_import_from_outside_the_repository_is_unresolved(
    specifier: str, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    validators = 'import { v } from "convex/values";\nexport const x = v.string();\n'
    (tmp_path / "outside" / "validators.ts").write_text(validators)
    root = tmp_path / "repository"
    module = f'import {{ x }} from "{specifier}";\n{FUNCTIONS.replace("v.number()", "x")}'
    write_project(root, {"convex/users.ts": module})
    (root / "convex" / "linked.ts").symlink_to("../../outside/validators.ts")
    outcome = run(root)
    assert outcome.code == 0
    assert "convex/users.ts: users:list.args.n: " in outcome.stdout


def test_a_link_that_leads_in_circles_is_ignored(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    (tmp_path / "convex" / "circle").symlink_to(".")
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "1 function," in outcome.stdout


# What cannot be read or written


def _deny(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Have the system refuse `path`, whoever runs the tests: nothing is refused to root."""
    system_open = os.open

    def refuse(name: Any, *arguments: Any, **options: Any) -> int:  # noqa: ANN401 - as os.open has it
        if os.fspath(name) == str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return system_open(name, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.parametrize("path", ["convex/schema.ts", "convex/users.ts", "convex.json"])
def test_an_unreadable_file_is_refused_by_its_name(
    path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_project(tmp_path, {"convex.json": '{"functions": "convex"}'})
    _deny(monkeypatch, tmp_path / path)
    code = run_command(["sync-to-context", "--repo-root", str(tmp_path)])
    stderr = capsys.readouterr().err
    assert code == 65
    assert path in stderr
    assert "Permission denied" in stderr
    assert not (tmp_path / "docs").exists()


@pytest.mark.parametrize("path", ["docs", "docs/context", "docs/context/convex/functions.json/a"])
def test_a_contract_that_cannot_be_written_leaves_both_as_they_were(
    path: str, tmp_path: Path
) -> None:
    write_project(tmp_path, {path: "in the way"})
    _refused(run(tmp_path), "docs/context/")


@pytest.mark.parametrize("root", ["nowhere", "convex/users.ts"])
def test_a_repository_root_that_is_no_folder_is_a_usage_error(root: str, tmp_path: Path) -> None:
    write_project(tmp_path, {})
    outcome = run(tmp_path / root)
    assert outcome.code == 64
    assert outcome.has_no_bug()


@pytest.mark.parametrize("name", list(ContractKind))
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", BINARY])
def test_a_broken_contract_is_written_anew(
    name: ContractKind, content: bytes, tmp_path: Path
) -> None:
    write_project(tmp_path, {name.path: content})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert outcome.wrote_both_contracts
    json.loads((tmp_path / name.path).read_bytes())
