"""Small projects, and a command line to run on them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssot_action.cli.shell import run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEMA = """import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  users: defineTable({ name: v.string() }).index("by_name", ["name"]),
});
"""
FUNCTIONS = """import { v } from "convex/values";
import { query } from "./_generated/server";
export const list = query({ args: { limit: v.number() }, handler: async () => null });
"""
_GIT_IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": "/usr/bin:/bin:/usr/local/bin",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a Convex project, in git if asked for."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return target

    def git(self, *arguments: str) -> str:
        answer = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env=_GIT_IDENTITY,
            check=True,
            capture_output=True,
            text=True,
        )
        return answer.stdout.strip()

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".git" not in path.parts
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command line gave."""

    code: int
    out: str
    err: str


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
) -> Callable[..., Answer]:
    """Run a command line in this process."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(*arguments: str | Path) -> Answer:
        capfdbinary.readouterr()
        code = run_command([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return run


@pytest.fixture
def convex_ssot_process(tmp_path: Path) -> Callable[..., Answer]:
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
