"""`extract`, `sync-to-context` and `status`, as a user meets them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.errors import ExitCode

if TYPE_CHECKING:
    from tests.unit.cli.projects import CommandLine, Project

CONTRACTS = ("docs/context/db/schema.json", "docs/context/convex/functions.json")


def test_extract_prints_one_object_and_writes_nothing(
    convex_ssot: CommandLine, project: Project
) -> None:
    before = project.files()
    answer = convex_ssot("extract", "--repo-root", project.root)
    assert answer.code == 0
    assert list(json.loads(answer.out)) == ["schema", "functions", "diagnostics"]
    assert answer.err == ""
    assert project.files() == before


def test_extract_reads_any_commit_without_touching_the_working_tree(
    convex_ssot: CommandLine, repository: Project
) -> None:
    repository.write("convex/schema.ts", "export default 1;")
    answer = convex_ssot("extract", "--repo-root", repository.root, "--ref", "HEAD")
    assert [table["name"] for table in json.loads(answer.out)["schema"]["tables"]] == ["users"]


def test_extract_says_a_syntax_error_in_the_json_and_on_standard_error(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write("convex/broken.ts", "export const x = ;\n")
    answer = convex_ssot("extract", "--repo-root", project.root)
    assert answer.code == 0
    codes = [item["code"] for item in json.loads(answer.out)["diagnostics"]]
    assert "syntax-error" in codes
    assert answer.err.startswith("convex/broken.ts:1:")


@pytest.mark.parametrize("command", ["sync", "sync-to-context"])
def test_sync_writes_both_contracts_and_says_how_much(
    convex_ssot: CommandLine, project: Project, command: str
) -> None:
    answer = convex_ssot(command, "--repo-root", project.root)
    assert answer.code == 0
    database, functions = answer.out.splitlines()
    assert database == "wrote docs/context/db/schema.json: 1 table"
    counts = "1 function, 0 HTTP routes, 0 cron jobs, 0 components"
    assert functions == f"wrote docs/context/convex/functions.json: {counts}"
    for path in CONTRACTS:
        assert json.loads((project.root / path).read_text())["updatedAt"] > "2020"


def test_sync_twice_changes_nothing(convex_ssot: CommandLine, project: Project) -> None:
    convex_ssot("sync", "--repo-root", project.root)
    before = project.files()
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert [line.partition(" ")[0] for line in answer.out.splitlines()] == ["unchanged"] * 2
    assert project.files() == before


def test_sync_refreshes_the_registry_that_exists(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write("docs/context/registry.json", '{"artifacts": []}')
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert "wrote docs/context/registry.json" in answer.out
    registry = json.loads((project.root / "docs/context/registry.json").read_text())
    content = (project.root / CONTRACTS[1]).read_bytes()
    assert hashlib.sha256(content).hexdigest() in json.dumps(registry)


def test_sync_tells_what_stays_unresolved_and_why(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write(
        "convex/more.ts",
        'import { v } from "convex/values";\n'
        'import { query } from "./_generated/server";\n'
        'import { secret } from "some-package";\n'
        "export const f = query({ args: { a: secret() }, handler: async () => null });\n",
    )
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert answer.code == 0
    assert "1 part unresolved:" in answer.out
    assert "convex/more.ts: more:f.args.a: " in answer.out


def test_sync_leaves_the_contracts_alone_when_the_source_has_errors(
    convex_ssot: CommandLine, project: Project
) -> None:
    convex_ssot("sync", "--repo-root", project.root)
    before = project.files()
    broken = "import { v } from ;\n"
    project.write("convex/users.ts", broken)
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert answer.code == ExitCode.SOURCE
    assert "error: convex/users.ts:1:" in answer.err
    assert "nothing was written" in answer.err
    assert project.files() == {**before, "convex/users.ts": broken.encode()}


def test_sync_goes_on_over_source_errors_when_told_to(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write("convex/broken.ts", "export const x = ;\n")
    answer = convex_ssot("sync", "--repo-root", project.root, "--source-errors", "warn")
    assert answer.code == 0
    assert (project.root / CONTRACTS[0]).is_file()


@pytest.mark.parametrize(
    ("mode", "workflow"),
    [("repo-prisma", "sync-db-schema-from-code"), ("database", "sync-code-schema-from-db")],
)
def test_sync_in_another_mode_names_its_workflow_and_writes_nothing(
    convex_ssot: CommandLine, project: Project, mode: str, workflow: str
) -> None:
    project.write("docs/project/db-ssot.json", json.dumps({"mode": mode}))
    before = project.files()
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert answer.code == ExitCode.USAGE
    assert mode in answer.err
    assert workflow in answer.err
    assert project.files() == before


def test_sync_warns_of_a_relocated_contract_and_writes_to_the_fixed_path(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write(
        "docs/project/db-ssot.json", json.dumps({"paths": {"dbContextContract": "db.json"}})
    )
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert answer.code == 0
    assert "docs/project/db-ssot.json:1:" in answer.err
    assert "warning: paths.dbContextContract is db.json" in answer.err
    assert (project.root / CONTRACTS[0]).is_file()
    assert not (project.root / "db.json").exists()


def test_a_folder_without_convex_says_what_is_missing(
    convex_ssot: CommandLine, project: Project
) -> None:
    empty = project.root / "empty"
    empty.mkdir()
    answer = convex_ssot("sync", "--repo-root", empty)
    assert answer.code == ExitCode.SOURCE
    assert "there is no functions directory at convex" in answer.err
    assert not [*empty.iterdir()]


def test_status_names_mode_paths_and_what_is_missing(
    convex_ssot: CommandLine, project: Project
) -> None:
    before = project.files()
    answer = convex_ssot("status", "--repo-root", project.root)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert "mode: convex (inferred from convex/schema.ts)" in lines
    assert "schema: convex/schema.ts" in lines
    assert "database contract: docs/context/db/schema.json (missing)" in lines
    assert project.files() == before


def test_status_as_json_says_the_same(convex_ssot: CommandLine, project: Project) -> None:
    answer = convex_ssot("status", "--repo-root", project.root, "--format", "json")
    status = json.loads(answer.out)
    assert status["mode"] == "convex"
    assert status["paths"]["convexSchema"] == "convex/schema.ts"
    assert status["exists"]["convexSchema"] is True
    assert status["exists"]["dbContextContract"] is False
    assert len(status["warnings"]) == 2
    assert status["errors"] == []


@pytest.mark.parametrize("output", ["text", "json"])
def test_status_answers_even_when_the_configuration_is_malformed(
    convex_ssot: CommandLine, project: Project, output: str
) -> None:
    project.write("docs/project/db-ssot.json", "{")
    answer = convex_ssot("status", "--repo-root", project.root, "--format", output)
    assert answer.code == ExitCode.USAGE
    assert "docs/project/db-ssot.json:1:" in answer.out


def test_status_of_another_mode_names_its_workflow(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write("docs/project/db-ssot.json", '{"mode": "database"}')
    answer = convex_ssot("status", "--repo-root", project.root)
    assert "error: mode database belongs to the workflow sync-code-schema-from-db" in answer.out


def test_status_names_a_missing_schema_and_a_missing_directory(
    convex_ssot: CommandLine, project: Project
) -> None:
    (project.root / "convex" / "schema.ts").unlink()
    answer = convex_ssot("status", "--repo-root", project.root)
    assert "error: the schema convex/schema.ts does not exist" in answer.out
    project.write("docs/project/db-ssot.json", '{"mode": "convex"}')
    (project.root / "convex" / "users.ts").unlink()
    (project.root / "convex").rmdir()
    answer = convex_ssot("status", "--repo-root", project.root)
    assert "error: the functions directory convex does not exist" in answer.out
