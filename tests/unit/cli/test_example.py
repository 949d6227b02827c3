"""The bundled example is what the documentation says it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.cli.projects import CommandLine

EXAMPLE = Path(__file__).parents[3] / "docs" / "example"


def test_the_contracts_of_the_example_are_current(convex_ssot: CommandLine) -> None:
    answer = convex_ssot("run", "--repo-root", EXAMPLE, "--report=")
    assert answer.out.startswith("pass: contract files are up to date")
    assert answer.code == 0


def test_nothing_of_the_example_is_unresolved_or_in_doubt(convex_ssot: CommandLine) -> None:
    answer = convex_ssot("extract", "--repo-root", EXAMPLE)
    extraction = json.loads(answer.out)
    assert extraction["diagnostics"] == []
    assert extraction["schema"]["unresolved"] == []
    assert extraction["functions"]["unresolved"] == []
