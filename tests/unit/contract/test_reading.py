"""A committed contract is read or refused with its place, whoever wrote it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ssot_action.contract.kinds import ContractKind
from ssot_action.contract.reading import MAX_BYTES, parse_contract, read_contract
from ssot_action.errors import ContractError

DATABASE, FUNCTIONS = ContractKind.DATABASE, ContractKind.FUNCTIONS

OLDER_DATABASE = """{
  "version": 2,
  "updatedAt": "2026-01-01T00:00:00.000Z",
  "ssot": {"mode": "convex", "source": {"kind": "convex-schema", "path": "convex/schema.ts"}},
  "tables": [
    {
      "name": "users",
      "dbName": null,
      "columns": [{"name": "name", "type": "string", "rawValidator": "v.string()"}],
      "relations": [],
      "indexes": []
    }
  ]
}
"""

OLDER_FUNCTIONS = """{
  "version": 1,
  "functions": [
    {"functionId": "a:b", "kind": "query", "visibility": "public", "argsValidator": null}
  ]
}
"""


SECOND_COLUMN_WITHOUT_NAME = """{"version": 2, "tables": [{"name": "t", "columns": [
    {"type": "\\"}", "name": "a", "x": [{}]},
    {}
]}]}"""


def error_of(text: str | bytes, kind: ContractKind = DATABASE) -> ContractError:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ContractError) as caught:
        parse_contract(data, kind, file="a.json")
    return caught.value


@pytest.mark.parametrize(
    ("kind", "text"), [(DATABASE, OLDER_DATABASE), (FUNCTIONS, OLDER_FUNCTIONS)]
)
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_of_the_older_generator_is_read(
    kind: ContractKind, text: str, bom: str, line_end: str
) -> None:
    data = (bom + text.replace("\n", line_end)).encode()
    assert parse_contract(data, kind, file=kind.path) == json.loads(text)


def test_a_contract_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert read_contract(tmp_path, DATABASE) is None


def test_unknown_fields_are_kept(tmp_path: Path) -> None:
    target = tmp_path / FUNCTIONS.path
    target.parent.mkdir(parents=True)
    target.write_text('{"version": 1, "functions": [], "x": {"y": [1]}}', encoding="utf-8")
    contract = read_contract(tmp_path, FUNCTIONS)
    assert contract is not None
    assert contract["x"] == {"y": [1]}


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "a.json:1:1", "is not JSON"),
        ('{\n  "version": 2,\n  oops', "a.json:3:3", "is not JSON"),
        ("[]", "a.json:1", "is not a JSON object"),
        ('{"version": NaN}', "a.json", "NaN is no JSON number"),
        ('{"version": 1e999}', "a.json", "1e999 is too large a number"),
        ('{"version": ' + "9" * 5000 + "}", "a.json", "is not JSON"),
        ("[" * 100_000, "a.json:1", "nests"),
        ('{\n"version": 3, "tables": []}', "a.json:2", "version is not 2"),
        ('{\n"version": true, "tables": []}', "a.json:2", "version is not 2"),
        ('{"version": 2}', "a.json:1", "tables is not a list"),
        ('{"version": 2, "tables": [\n\n7]}', "a.json:3", "tables[0] is not an object"),
        (
            '{"version": 2, "tables": [{"name": "a", "columns": []},\n {"columns": []}]}',
            "a.json:2",
            "tables[1].name is not a string",
        ),
        (
            SECOND_COLUMN_WITHOUT_NAME,
            "a.json:3",
            "tables[0].columns[1].name is not a string",
        ),
        (
            '{"version": 2, "tables": [{"name": "a", "columns": [],\n"documentType": 1}]}',
            "a.json:2",
            "tables[0].documentType is not a validator",
        ),
        (OLDER_FUNCTIONS, "a.json:2", "version is not 2"),
        (
            OLDER_DATABASE.replace('"relations": []', '"relations": [[]]'),
            "a.json:10",
            "tables[0].relations[0] is not an object",
        ),
    ],
)
def test_a_malformed_database_contract_is_refused_with_its_place(
    text: str, place: str, problem: str
) -> None:
    error = error_of(text)
    assert error.place == place
    assert problem in error.problem
    assert error.exit_code == 65


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"version": 1, "functions": {}}', "functions is not a list"),
        ('{"version": 1, "functions": [{"functionId": 1}]}', "functions[0].functionId"),
        (
            (
                '{"version": 1, "functions": [{"functionId": "a:b", "kind": "query", '
                '"visibility": "public", "args": null}]}'
            ),
            "functions[0].args is not a validator",
        ),
        ('{"version": 1, "functions": [7]}', "functions[0] is not an object"),
        (OLDER_FUNCTIONS.replace("argsV", 'returns": 1, "argsV'), "functions[0].returns is not a"),
        ('{"version": 1, "functions": [], "components": [7]}', "components[0] is not an object"),
        ('{"version": 1, "functions": [], "httpRoutes": [{}]}', "httpRoutes[0].method"),
        ('{"version": 1, "functions": [], "crons": [[]]}', "crons[0] is not an object"),
        ('{"version": 1, "functions": [], "components": [{}]}', "components[0].name"),
        (
            '{"version": 1, "functions": [], "components": [{"name": "a", "schema": 1}]}',
            "components[0].schema is not an object",
        ),
        (
            (
                '{"version": 1, "functions": [], "components": [{"name": "a", '
                '"schema": {"version": 2, "tables": [{}]}}]}'
            ),
            "components[0].schema.tables[0].name",
        ),
    ],
)
def test_a_malformed_function_contract_is_refused_with_its_path(text: str, problem: str) -> None:
    assert problem in error_of(text, FUNCTIONS).problem


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    error = error_of(b'{\n"a": "\xff"}')
    assert (error.place, error.problem) == ("a.json:2", "is not UTF-8")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    target = tmp_path / DATABASE.path
    target.parent.mkdir(parents=True)
    with target.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ContractError, match="larger than 128 MiB"):
        read_contract(tmp_path, DATABASE)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:  # root, which a container often is, may read everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(ContractError, match="cannot be read: Permission denied"):
        read_contract(tmp_path, DATABASE)


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(OLDER_DATABASE, encoding="utf-8")
    target = tmp_path / "repository" / DATABASE.path
    target.parent.mkdir(parents=True)
    target.symlink_to(outside)
    with pytest.raises(ContractError, match="outside of the repository"):
        read_contract(tmp_path / "repository", DATABASE)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    target = tmp_path / DATABASE.path
    target.parent.mkdir(parents=True)
    target.symlink_to(target)
    with pytest.raises(ContractError, match=DATABASE.path):
        read_contract(tmp_path, DATABASE)


def test_a_directory_or_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / DATABASE.path).mkdir(parents=True)
    pipe = tmp_path / FUNCTIONS.path
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    for kind in ContractKind:
        with pytest.raises(ContractError, match="not a regular file"):
            read_contract(tmp_path, kind)
