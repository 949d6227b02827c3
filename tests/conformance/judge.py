"""Runs the oracle, the judge that evaluates projects with Convex's own package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUITE = Path(__file__).resolve().parent
NODE_MODULES = SUITE / "node_modules"
ORACLE = SUITE / "oracle.mjs"
MINIMUM_NODE = 20
INSTALL_COMMAND = "npm ci --ignore-scripts --prefix tests/conformance"


class JudgeUnavailableError(Exception):
    """The oracle cannot run; the message names the command that repairs it."""

    def __init__(self, problem: str, remedy: str | None = None) -> None:
        super().__init__(problem if remedy is None else f"{problem}: {remedy}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One project to judge.

    Attributes:
        name: The key of its truth in the answer.
        root: The repository.
        functions_dir: Relative to `root`; None applies Convex's own rule.
    """

    name: str
    root: Path
    functions_dir: str | None = None


def require_node() -> str:
    """Return the path of node.

    Raises:
        JudgeUnavailableError: Node or an installed package of the suite is missing.
    """
    node = shutil.which("node")
    node_remedy = f"install Node.js {MINIMUM_NODE} or newer, then run `{INSTALL_COMMAND}`"
    if node is None:
        raise JudgeUnavailableError("node is not installed", node_remedy)
    run = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    version = run.stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < MINIMUM_NODE:
        raise JudgeUnavailableError("node is too old", f"found {version}; {node_remedy}")
    if not (NODE_MODULES / "convex" / "package.json").is_file():
        raise JudgeUnavailableError(
            "the packages of the conformance suite are not installed", f"run `{INSTALL_COMMAND}`"
        )
    return node


def judge(
    jobs: Iterable[Job], node_paths: Sequence[Path] = (), *, timeout: int = 10_000
) -> dict[str, Any]:
    """Return job name -> truth, all jobs in one run of the oracle.

    Args:
        jobs: The projects.
        node_paths: Where packages are looked up before the suite's own.
        timeout: Milliseconds that one module may take to load.

    Raises:
        JudgeUnavailableError: The oracle could not start or failed as a whole.
    """
    node = require_node()
    described = [
        {"name": job.name, "root": str(job.root), "functionsDir": job.functions_dir} for job in jobs
    ]
    if not described:
        return {}
    with tempfile.TemporaryDirectory() as directory:
        request, answer = Path(directory, "jobs.json"), Path(directory, "truth.json")
        request.write_text(json.dumps(described), encoding="utf-8")
        command = [node, str(ORACLE), "--output", str(answer)]
        command += ["--timeout", str(timeout), "--concurrency", str(min(4, os.cpu_count() or 1))]
        for path in node_paths:
            command += ["--node-path", str(path)]
        run = subprocess.run([*command, str(request)], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise JudgeUnavailableError("the oracle failed", run.stderr.strip())
        truths: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return truths
