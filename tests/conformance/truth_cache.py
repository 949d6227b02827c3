"""Keeps truths beside the packages they were made with, since judging everything takes a minute.

A truth is a function of the project's text, the installed packages, the oracle and node's version;
all four are in the key, so a kept truth is never stale.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

from tests.conformance import judge as judging

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conformance.judge import Job


def _directory() -> Path:
    return judging.NODE_MODULES / ".cache" / "convex-ssot-truths"


@functools.cache
def _environment_digest(node: str) -> str:
    version = subprocess.run([node, "--version"], capture_output=True, check=True).stdout
    digest = hashlib.sha256(version)
    sources = sorted((judging.SUITE / "oracle").glob("*.mjs"))
    for path in (judging.SUITE / "package-lock.json", judging.ORACLE, *sources):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def judge_once(jobs: Mapping[str, Job]) -> dict[str, Any]:
    """Return job name -> truth; only what is not kept yet is judged, in one run of the oracle.

    Args:
        jobs: Text that determines the project, such as its sources -> the project.

    Raises:
        JudgeUnavailableError: The oracle cannot run, even if every truth is kept.
    """
    environment = _environment_digest(judging.require_node())
    kept: dict[str, Path] = {}
    for text, job in jobs.items():
        key = hashlib.sha256(
            f"{environment}\0{job.name}\0{job.functions_dir}\0{text}".encode()
        ).hexdigest()
        kept[job.name] = _directory() / f"{key}.json"
    fresh = judging.judge(job for job in jobs.values() if not kept[job.name].is_file())
    _directory().mkdir(parents=True, exist_ok=True)
    for name, truth in fresh.items():
        # Another run may be reading: a file appears whole or not at all.
        partial = kept[name].with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(truth), encoding="utf-8")
        partial.replace(kept[name])
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in kept.items()}
