"""The documentation has a section for every code, and its commands exist."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ssot_action.cli.commands import COMMANDS, PROGRAM
from ssot_action.contract.columns import TOO_DEEP
from ssot_action.diagnostics import DiagnosticCode
from ssot_action.errors import ExitCode
from ssot_action.evaluation.values import UnknownCode

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_NOT_ENDED_WITH = {ExitCode.STRICT_WARNINGS}


def sections(page: str) -> set[str]:
    """Return the codes that have a heading of their own on a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return set(re.findall(r"^#{2,3} `([^`]+)`$", text, re.MULTILINE))


def test_every_reason_for_an_unresolved_entry_has_a_section() -> None:
    assert sections("unresolved.md") == {*(code.value for code in UnknownCode), TOO_DEEP}


def test_every_diagnostic_has_a_section() -> None:
    assert sections("diagnostics.md") == {code.value for code in DiagnosticCode}


def test_readme_has_a_row_for_every_command_and_no_other() -> None:
    rows = re.findall(rf"^\| `{PROGRAM} ([a-z-]+)` \|", README, re.MULTILINE)
    assert sorted(rows) == sorted(command.name for command in COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_a_page_exists(page: Path) -> None:
    options = {command.name: {item.name for item in command.settings} for command in COMMANDS}
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    command_line = re.compile(rf"^\s*(?:\$ |.* && )?(?:\S*/)?{PROGRAM} (\S.*)", re.MULTILINE)
    lines = command_line.findall("\n".join(blocks))
    unknown = [
        line
        for line in lines
        if (words := line.split())[0] not in options
        or not set(re.findall(r"--([a-z-]+)", line)) <= options[words[0]]
    ]
    assert unknown == []


def test_readme_runs_the_example_and_the_tests_that_exist() -> None:
    assert "convex-ssot sync --repo-root docs/example" in README
    assert (ROOT / "docs/example/convex/schema.ts").is_file()
    assert "\n   tests/run\n" in README
    assert os.access(ROOT / "tests/run", os.X_OK)


def test_readme_explains_every_exit_code() -> None:
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert rows == {int(code) for code in ExitCode if code not in _NOT_ENDED_WITH}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
