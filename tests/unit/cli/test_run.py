"""The action from end to end: two sides in; report, outputs and exit code out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.projects import CommandLine, Project

NEW_SCHEMA = """import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  users: defineTable({ name: v.string(), email: v.string() }),
});
"""


class Runner:
    """The files and variables that GitHub's runner gives to a step."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.output = folder / "output"
        self.summary = folder / "summary"
        self.event = folder / "event.json"
        self.monkeypatch = monkeypatch
        for name, value in {
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_EVENT_PATH": str(self.event),
        }.items():
            monkeypatch.setenv(name, value)

    def fire(self, name: str, payload: object, **inputs: str) -> None:
        self.event.write_text(json.dumps(payload))
        self.monkeypatch.setenv("GITHUB_EVENT_NAME", name)
        for key, value in inputs.items():
            self.monkeypatch.setenv(f"INPUT_{key.upper().replace('_', '-')}", value)

    def outputs(self) -> dict[str, str]:
        lines = self.output.read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def in_sync(repository: Project, convex_ssot: CommandLine) -> Project:
    convex_ssot("sync", "--repo-root", repository.root)
    repository.commit("contracts")
    return repository


@pytest.fixture
def runner(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_sync: Project,
    convex_ssot: CommandLine,
) -> Runner:
    del convex_ssot  # it unsets what is set here
    monkeypatch.chdir(in_sync.root)
    return Runner(tmp_path / "runner", monkeypatch)


def test_contracts_that_match_and_no_base_are_clean(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    report = tmp_path / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--report", report)
    assert answer.code == ExitCode.OK
    assert answer.out.startswith("pass: contract files are up to date, change not judged\n")
    assert report.read_text().startswith("## ✅ Convex contracts: contract files are up to date")


def test_a_change_is_named_and_a_stale_contract_is_red(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    in_sync.write("convex/schema.ts", NEW_SCHEMA)
    report = tmp_path / "new" / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--base", "HEAD", "--report", report)
    assert answer.code == ExitCode.FINDINGS
    text = report.read_text()
    assert "* required field `users.email` added: `v.string()`" in text
    assert "* index `users.by_name` removed" in text
    assert "convex-ssot sync-to-context" in text
    assert "schema: required field users.email added: v.string()" in answer.out


def test_both_sides_may_be_commits(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    base = in_sync.git("rev-parse", "HEAD")
    in_sync.write("convex/schema.ts", NEW_SCHEMA)
    convex_ssot("sync", "--repo-root", in_sync.root)
    head = in_sync.commit("email")
    in_sync.write("convex/schema.ts", "what the working tree has is not read")
    report = tmp_path / "report.md"
    answer = convex_ssot(
        "run", "--repo-root", in_sync.root, "--base", base, "--head", head, "--report", report
    )
    assert answer.code == ExitCode.OK
    assert "contract files are up to date, 2 changes" in answer.out


def test_a_contract_that_is_absent_or_broken_is_stale(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    (in_sync.root / "docs/context/db/schema.json").unlink()
    in_sync.write("docs/context/convex/functions.json", "<<<<<<< HEAD\n")
    report = tmp_path / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--report", report)
    assert answer.code == ExitCode.FINDINGS
    assert "docs/context/db/schema.json: not there" in answer.out
    assert "`docs/context/convex/functions.json` cannot be read" in report.read_text()


def test_a_pull_request_sets_outputs_summary_and_annotations(
    runner: Runner, in_sync: Project, convex_ssot: CommandLine
) -> None:
    base = in_sync.git("rev-parse", "HEAD")
    in_sync.write("convex/schema.ts", NEW_SCHEMA)
    head = in_sync.commit("email")
    sides = {"base": {"sha": base, "ref": "main"}, "head": {"sha": head}}
    runner.fire("pull_request", {"pull_request": sides})
    answer = convex_ssot("run")
    assert answer.code == ExitCode.FINDINGS
    assert runner.outputs() == {
        "verdict": "drift",
        "drift": "1",
        "schema-changed": "true",
        "functions-changed": "false",
        "base-sha": base,
        "base-reason": "merge base with main",
        "head-sha": head,
        "report-file": "convex-ssot-report.md",
    }
    report = (in_sync.root / "convex-ssot-report.md").read_text()
    assert runner.summary.read_text() == f"{report}\n"
    assert "::error file=docs/context/db/schema.json,title=Convex contracts::" in answer.out


def test_a_base_that_is_missing_is_red_and_the_contracts_are_checked_all_the_same(
    runner: Runner, in_sync: Project, convex_ssot: CommandLine
) -> None:
    runner.fire("push", {"before": "1" * 40, "ref": "refs/heads/main"})
    answer = convex_ssot("run")
    assert answer.code == ExitCode.BASE_NOT_FOUND
    outputs = runner.outputs()
    assert (outputs["verdict"], outputs["schema-changed"]) == ("error", "unknown")
    report = (in_sync.root / "convex-ssot-report.md").read_text()
    assert "The change could not be judged" in report
    assert "is up to date" in report
    assert "::error title=Convex contracts::" in answer.out


def test_a_missing_base_may_be_accepted(
    runner: Runner, in_sync: Project, convex_ssot: CommandLine
) -> None:
    runner.fire("push", {"before": "1" * 40}, missing_base="drift-only")
    answer = convex_ssot("run")
    assert answer.code == ExitCode.OK
    assert runner.outputs()["verdict"] == "pass"
    assert "⚠️" in (in_sync.root / "convex-ssot-report.md").read_text()


def test_the_first_contract_is_compared_with_nothing(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    in_sync.git("checkout", "-q", "--orphan", "empty")
    in_sync.git("rm", "-rfq", ".")
    empty = in_sync.commit("nothing yet")
    in_sync.git("checkout", "-q", "main")
    in_sync.git("merge", "-q", "--allow-unrelated-histories", "-m", "join", "empty")
    report = tmp_path / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--base", empty, "--report", report)
    assert answer.code == ExitCode.OK
    assert "first contract" in answer.out


def test_a_base_that_cannot_be_read_is_told_and_not_blamed_on_the_head(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    in_sync.write("docs/project/db-ssot.json", "{")
    broken = in_sync.commit("broken")
    (in_sync.root / "docs/project/db-ssot.json").unlink()
    in_sync.commit("mended")
    report = tmp_path / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--base", broken, "--report", report)
    assert answer.code == ExitCode.OK
    assert "base: docs/project/db-ssot.json:1:" in answer.out


def test_errors_in_the_source_are_red_unless_they_are_to_be_warnings(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    in_sync.write("convex/broken.ts", "export const x = ;\n")
    options = ("run", "--repo-root", in_sync.root, "--report", tmp_path / "report.md")
    answer = convex_ssot(*options)
    assert answer.code == ExitCode.SOURCE
    assert answer.out.startswith("error: 1 error in the source")
    assert "convex/broken.ts:1:" in answer.err
    assert convex_ssot(*options, "--source-errors", "warn").code == ExitCode.OK


def test_a_run_that_fails_says_error_in_its_outputs_and_in_the_log(
    runner: Runner, in_sync: Project, convex_ssot: CommandLine
) -> None:
    in_sync.write("docs/project/db-ssot.json", '{"mode": "database"}')
    runner.fire("schedule", {})
    answer = convex_ssot("run")
    assert answer.code == ExitCode.USAGE
    assert runner.outputs() == {"verdict": "error"}
    assert "::error file=docs/project/db-ssot.json,title=Convex contracts::" in answer.out


@pytest.mark.parametrize("report", ["link.md", "linked/report.md"])
def test_a_pull_request_does_not_choose_what_the_report_overwrites(
    runner: Runner, in_sync: Project, convex_ssot: CommandLine, tmp_path: Path, report: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    victim = outside / "report.md"
    victim.write_text("precious")
    (in_sync.root / "link.md").symlink_to(victim)
    (in_sync.root / "linked").symlink_to(outside)
    runner.fire("schedule", {}, report=report)
    answer = convex_ssot("run")
    assert victim.read_text() == "precious"
    assert answer.code == (ExitCode.OK if report == "link.md" else ExitCode.USAGE)


def test_no_report_is_written_when_none_is_wanted(
    in_sync: Project, convex_ssot: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(in_sync.root)
    before = in_sync.files()
    assert convex_ssot("run", "--report=").code == ExitCode.OK
    assert in_sync.files() == before


def test_a_report_that_cannot_be_written_is_a_usage_error(
    in_sync: Project, convex_ssot: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    report = tmp_path / "file" / "report.md"
    answer = convex_ssot("run", "--repo-root", in_sync.root, "--report", report)
    assert answer.code == ExitCode.USAGE
    assert "the report cannot be written" in answer.err
