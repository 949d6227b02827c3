"""A small project, and a command line to run on it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ssot_action.cli.shell import run_command
from tests.unit.cli.projects import FUNCTIONS, SCHEMA, Answer, Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.unit.cli.projects import CommandLine


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.write("convex/schema.ts", SCHEMA)
    made.write("convex/users.ts", FUNCTIONS)
    return made


@pytest.fixture
def repository(project: Project) -> Project:
    project.git("init", "-q", "-b", "main")
    project.commit("base")
    return project


@pytest.fixture
def convex_ssot(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """Run a command line in this process."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(*arguments: str | Path) -> Answer:
        capfdbinary.readouterr()
        code = run_command([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return run


@pytest.fixture
def convex_ssot_process(tmp_path: Path) -> CommandLine:
    """Run a command line in a process of its own."""

    def run(*arguments: str | Path, variables: Mapping[str, str] | None = None) -> Answer:
        answer = subprocess.run(
            [sys.executable, "-m", "ssot_action", *map(str, arguments)],
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **(variables or {})},
            capture_output=True,
            check=False,
            cwd=tmp_path,
        )
        return Answer(answer.returncode, answer.stdout.decode(), answer.stderr.decode())

    return run
