"""A command pays for what it needs and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssot_action.cli.generate import generated_files, help_texts

REPOSITORY = Path(__file__).parents[3]
EXAMPLE = REPOSITORY / "docs" / "example"
_PRINT_MODULES = """
import sys
sys.argv = ["convex-ssot", *sys.argv[1:]]
from ssot_action.__main__ import main
code = main()
sys.stdout.flush()
print("MODULES", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def modules_of(*arguments: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", _PRINT_MODULES, *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(answer.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["run", "--help"], ["--version"]])
def test_help_and_version_import_nothing_to_speak_of(arguments: list[str]) -> None:
    unwanted = {"typer", "dataclasses", "pathlib", "json", "re", "rich", "tree_sitter"}
    before = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    unwanted -= {name.partition(".")[0] for name in before.stdout.split()}
    assert "typer" in unwanted
    assert modules_of(*arguments).isdisjoint(unwanted)


def test_status_needs_no_parser_no_schema_checker_and_no_client_of_github() -> None:
    unwanted = {"tree_sitter", "github", "jsonschema", "rich", "typer", "requests", "pydantic"}
    assert modules_of("status", "--repo-root", str(EXAMPLE)).isdisjoint(unwanted)


def test_extract_needs_no_schema_checker_no_client_of_github_and_draws_nothing() -> None:
    unwanted = {"github", "jsonschema", "rich", "typer", "requests", "pydantic"}
    modules = modules_of("extract", "--repo-root", str(EXAMPLE))
    assert "tree_sitter" in modules
    assert modules.isdisjoint(unwanted)


@pytest.mark.parametrize(("name", "text"), [*help_texts()])
def test_the_prepared_help_is_what_typer_renders(name: str, text: str) -> None:
    arguments = ["--help"] if name == "main" else [name, "--help"]
    answer = subprocess.run(
        [sys.executable, "-m", "ssot_action", *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    assert answer.stdout == text
    assert "Usage: convex-ssot" in text


@pytest.mark.parametrize("path", sorted(generated_files()))
def test_generated_files_are_current(path: str) -> None:
    assert (REPOSITORY / path).read_text(encoding="utf-8") == generated_files()[path]
