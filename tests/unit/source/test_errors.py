"""Errors carry an exit code, a place and a way out; diagnostics have a stable order."""

from __future__ import annotations

import pytest

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import (
    BaseNotFoundError,
    ContractError,
    ExitCode,
    PublishError,
    SourceError,
    SsotError,
    UsageError,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SsotError, 70),
        (UsageError, 64),
        (SourceError, 65),
        (ContractError, 65),
        (BaseNotFoundError, 66),
        (PublishError, 75),
    ],
)
def test_each_error_ends_with_its_documented_exit_code(error: type[SsotError], code: int) -> None:
    assert error("x").exit_code == code


def test_the_exit_codes_are_those_of_the_manual() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 64, 65, 66, 70, 75]


def test_an_error_shows_place_problem_and_way_out() -> None:
    error = SourceError("bad", file="convex.json", line=3, column=5, hint="Correct it.")
    assert str(error) == "convex.json:3:5: bad\nCorrect it."


def test_an_error_shows_only_what_it_knows() -> None:
    assert str(SourceError("bad")) == "bad"
    assert str(SourceError("bad", file="a.ts")) == "a.ts: bad"
    assert SourceError("bad", line=3).place == ""


def test_a_column_without_a_line_is_no_place() -> None:
    assert SourceError("bad", file="a.ts", column=4).place == "a.ts"


def test_diagnostic_codes_are_kebab_case_and_distinct() -> None:
    values = [code.value for code in DiagnosticCode]
    assert len(set(values)) == len(values)
    assert [code.value for code in DiagnosticCode] == [
        code.name.lower().replace("_", "-") for code in DiagnosticCode
    ]


def test_diagnostics_sort_by_place() -> None:
    def at(file: str | None, line: int | None) -> Diagnostic:
        return Diagnostic(
            code=DiagnosticCode.FILE_UNREADABLE,
            severity="error",
            message="m",
            file=file,
            line=line,
        )

    ordered = [at(None, None), at("a", None), at("a", 2), at("a", 10), at("b", 1)]
    shuffled = [ordered[index] for index in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda item: item.sort_key) == ordered
    assert at("a", 2).place == "a:2"
