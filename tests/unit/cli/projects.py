"""Small projects, and what a command line gives on them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

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


CommandLine: TypeAlias = Callable[..., Answer]
"""Runs a command line: `convex_ssot("sync", "--repo-root", folder)`."""
