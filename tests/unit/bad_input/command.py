"""Runs the command line on a bad project, in a process with little memory and little time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssot_action.contract.kinds import ContractKind

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY: Final = Path(__file__).resolve().parents[3]
# Address space, of which the reader's stack takes 512 MiB; and processor time. Waiting is bounded
# too, more generously, as the machine may be busy.
MEMORY_KILOBYTES: Final = 1_500_000
CPU_SECONDS: Final = 15
WAITING_SECONDS: Final = 120
_LIMITED: Final = f'ulimit -v {MEMORY_KILOBYTES}; ulimit -t {CPU_SECONDS}; exec "$@"'

SCHEMA: Final = """\
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ users: defineTable({ name: v.string() }) });
"""
FUNCTIONS: Final = """\
import { query } from "./_generated/server";
import { v } from "convex/values";
export const list = query({ args: { n: v.number() }, handler: async () => 1 });
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the command said and left behind.

    Attributes:
        code: The exit code; negative where the process was killed by a limit.
        stdout: Standard output.
        stderr: Standard error.
        before: The files before the run, path -> bytes.
        after: The files after it.
    """

    code: int
    stdout: str
    stderr: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    @property
    def wrote_nothing(self) -> bool:
        """Whether no file appeared, went or changed, not even a temporary one."""
        return self.before == self.after

    @property
    def wrote_both_contracts(self) -> bool:
        """Whether exactly the two contracts were added or changed."""
        changed = {path for path, data in self.after.items() if self.before.get(path) != data}
        return (
            changed == {kind.path for kind in ContractKind}
            and self.before.keys() <= self.after.keys()
        )

    def has_no_bug(self) -> bool:
        """Whether the end was an intended one, within the limits."""
        words = ("Traceback", "this is a bug")
        return self.code in (0, 64, 65) and not any(word in self.stderr for word in words)


def write_project(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write a project with a schema and a module; `files` replaces, adds or (None) leaves out."""
    project: dict[str, str | bytes | None] = {
        "convex/schema.ts": SCHEMA,
        "convex/users.ts": FUNCTIONS,
        **files,
    }
    for name, content in project.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def run(root: Path, *arguments: str, command: str = "sync-to-context") -> Outcome:
    """Run `convex-ssot COMMAND --repo-root ROOT ARGUMENTS` within the limits."""
    before = _files(root)
    line = [sys.executable, "-m", "ssot_action", command, "--repo-root", str(root), *arguments]
    run = subprocess.run(
        ["sh", "-c", _LIMITED, "sh", *line],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=WAITING_SECONDS,
    )
    return Outcome(
        code=run.returncode,
        stdout=run.stdout.decode("utf-8"),
        stderr=run.stderr.decode("utf-8"),
        before=before,
        after=_files(root),
    )


def _files(root: Path) -> dict[str, bytes]:
    files = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            files[name] = str(path.readlink()).encode()
        elif path.is_file():
            files[name] = path.read_bytes() if _is_readable(path) else b""
    return files


def _is_readable(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except PermissionError:
        return False
