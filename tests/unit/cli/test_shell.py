"""Whatever happens, the process says it in a sentence and an exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from ssot_action.cli import commands
from ssot_action.cli.terminal import print_diagnostics, print_error
from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import ExitCode, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.cli.projects import CommandLine, Project


def test_no_command_is_a_usage_error(convex_ssot: CommandLine) -> None:
    answer = convex_ssot()
    assert answer.code == ExitCode.USAGE
    assert answer.out == ""
    assert "--help" in answer.err


def test_an_error_names_place_problem_and_way_out(
    convex_ssot: CommandLine, project: Project
) -> None:
    project.write("docs/project/db-ssot.json", '{\n  "db": {"source": {"path": "../x.ts"}}\n}')
    answer = convex_ssot("sync", "--repo-root", project.root)
    assert answer.code == ExitCode.USAGE
    first, hint = answer.err.splitlines()
    assert first.startswith("error: docs/project/db-ssot.json:2:")
    assert "outside repo root: ../x.ts" in first
    assert hint.startswith("hint: ")


def test_a_bug_is_called_one_and_shows_no_traceback(
    convex_ssot: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise ZeroDivisionError("\x1b[31mred\nline")

    _replace_status(monkeypatch, fail)
    answer = convex_ssot("status")
    assert answer.code == ExitCode.INTERNAL
    assert len(answer.err.splitlines()) == 1
    assert "this is a bug" in answer.err
    assert "\x1b" not in answer.err
    monkeypatch.setenv("CONVEX_SSOT_DEBUG", "1")
    assert "Traceback" in convex_ssot("status").err


def _replace_status(monkeypatch: pytest.MonkeyPatch, run: Callable[[object], int]) -> None:
    replaced = [
        commands.Command(
            name=item.name,
            summary=item.summary,
            details=item.details,
            settings=item.settings,
            run=run if item.name == "status" else item.run,
        )
        for item in commands.COMMANDS
    ]
    monkeypatch.setattr(commands, "COMMANDS", tuple(replaced))


@pytest.mark.parametrize("arguments", [["--help"], ["extract"]])
def test_a_reader_that_leaves_is_no_error_of_ours(arguments: list[str], project: Project) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        answer = subprocess.run(
            [sys.executable, "-m", "ssot_action", *arguments],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            cwd=project.root,
        )
    assert answer.returncode == 141
    assert answer.stderr == b""


_WAIT = """
import sys, time
from ssot_action.cli import commands, shell
def wait(_):
    print("waiting", flush=True)
    time.sleep(60)
object.__setattr__(commands.COMMANDS[3], "run", wait)
sys.exit(shell.run_command(["status"]))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_an_interrupt_ends_the_process_by_its_signal_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WAIT], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT
    assert err == b"interrupted\n"
    assert time.monotonic() - started < 15


HOSTILE = "::error::\x1b]0;x\x07\u202e##[add-mask]\r\nnext"


def test_repository_text_cannot_steer_the_terminal_or_the_runner(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_error(SourceError(HOSTILE, file=HOSTILE, line=1, hint=HOSTILE))
    diagnostic = Diagnostic(
        code=DiagnosticCode.SYNTAX_ERROR, severity="error", message=HOSTILE, file=HOSTILE, line=3
    )
    print_diagnostics([diagnostic])
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 3
    assert not set(err) & {"\x1b", "\x07", "\u202e", "\r"}
    assert "##[" not in err
    assert not any(line.lstrip().startswith("::") for line in err.splitlines())


def test_diagnostics_are_lines_with_place_and_severity_errors_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    warning = Diagnostic(
        code=DiagnosticCode.MODE_UNKNOWN, severity="warning", message="odd", file="a.json", line=2
    )
    error = Diagnostic(
        code=DiagnosticCode.SYNTAX_ERROR,
        severity="error",
        message="bad",
        file="b.ts",
        line=3,
        column=4,
        hint="Mend it.",
    )
    print_diagnostics([warning, error])
    assert capsys.readouterr().err.splitlines() == [
        "b.ts:3:4: error: bad",
        "  hint: Mend it.",
        "a.json:2: warning: odd",
    ]


def test_the_diagnostics_of_a_large_project_are_counted_not_flooded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = [
        Diagnostic(
            code=DiagnosticCode.SYNTAX_ERROR,
            severity="error",
            message="bad",
            file="b.ts",
            line=line,
        )
        for line in range(1, 1001)
    ]
    print_diagnostics(many)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 201
    assert lines[-1] == "… and 800 more"


def test_output_is_utf8_in_every_locale(
    convex_ssot_process: CommandLine, project: Project, tmp_path: Path
) -> None:
    project.write("convex/users.ts", "export const x = 1;\n")
    project.write("convex/schema.ts", _schema_with("naïve_表"))
    answer = convex_ssot_process(
        "extract",
        "--repo-root",
        tmp_path / "repo",
        variables={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert answer.code == 0
    assert "naïve_表" in answer.out


def _schema_with(literal: str) -> str:
    return f"""import {{ defineSchema, defineTable }} from "convex/server";
import {{ v }} from "convex/values";
export default defineSchema({{ t: defineTable({{ a: v.literal("{literal}") }}) }});
"""
