"""How long reading a project takes, against the alternatives, in one run.

    python -m benchmarks.reading [--quick]

Every figure is of whole processes: the commands of a comparison take turns, and the smallest user
plus system time of each is compared, which other load on the machine disturbs least.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import write_project

ROOT = Path(__file__).resolve().parent.parent
SUITE = ROOT / "tests" / "conformance"
COMMAND = [sys.executable, "-m", "ssot_action"]
PARSE_ALONE = """
import os, sys, tree_sitter, tree_sitter_typescript
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_typescript.language_typescript()))
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(folder, name), "rb") as file:
            parser.parse(file.read())
"""
ROUNDS = 5


class Cost(NamedTuple):
    """What one process took: seconds of processor time, and its peak memory in megabytes."""

    seconds: float
    megabytes: float


def measure(command: list[str]) -> Cost:
    """Run `command` and return its cost, that of the processes it started included."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(commands: dict[str, list[str]], rounds: int) -> dict[str, Cost]:
    """Return the smallest cost of each command; they take turns."""
    best: dict[str, Cost] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            cost = measure(command)
            if name not in best or cost.seconds < best[name].seconds:
                best[name] = cost
    return best


def show(title: str, costs: dict[str, Cost], reference: str) -> None:
    """Print a table with ratios to `reference`."""
    print(f"\n{title}")
    for name, cost in costs.items():
        ratio = cost.seconds / max(costs[reference].seconds, 1e-9)
        print(f"  {name:42} {cost.seconds:8.2f} s {cost.megabytes:8.0f} MB {ratio:8.2f} x")


def _start_up(rounds: int) -> None:
    pass_ = [sys.executable, "-c", "pass"]
    help_ = [*COMMAND, "--help"]
    status = [*COMMAND, "status", "--repo-root", str(ROOT / "docs" / "example")]
    costs = compare({"python -c pass": pass_, "--help": help_, "status": status}, rounds * 4)
    show("Start-up", costs, "python -c pass")


def _large(folder: Path, rounds: int) -> None:
    project = folder / "large"
    size = write_project(project, 800)
    costs = compare(
        {
            "parsing alone": [sys.executable, "-c", PARSE_ALONE, str(project / "convex")],
            "extract": [*COMMAND, "extract", "--repo-root", str(project)],
        },
        rounds,
    )
    show(f"{size / 1e6:.1f} MB of source, 800 modules, 3,200 functions", costs, "parsing alone")
    if not shutil.which("node"):
        print("  (no Node.js: no comparison with Convex's package and tsc)")
        return
    (project / "node_modules").symlink_to(SUITE / "node_modules")
    oracle = ["node", str(SUITE / "oracle.mjs"), "--root", str(project)]
    tsc = ["node", str(SUITE / "node_modules/typescript/bin/tsc"), "-p", str(project)]
    slow = compare({"Convex's bundler + evaluation": oracle, "tsc --noEmit": tsc}, 1)
    show("Alternatives on the same project", {"extract": costs["extract"], **slow}, "extract")


def _growth(folder: Path, sizes: tuple[int, ...]) -> None:
    print("\nGrowth of extract")
    for modules in sizes:
        project = folder / f"modules{modules}"
        size = write_project(project, modules)
        cost = measure([*COMMAND, "extract", "--repo-root", str(project)])
        each = cost.seconds / modules * 1000
        print(
            f"  {modules:6} modules {size / 1e6:7.1f} MB {cost.seconds:8.2f} s "
            f"{each:6.2f} ms a module {cost.megabytes:6.0f} MB"
        )


def main() -> None:
    """Run all measurements."""
    is_quick = "--quick" in sys.argv[1:]
    rounds = 2 if is_quick else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _start_up(rounds)
        _large(folder, rounds)
        _growth(folder, (100, 1_000) if is_quick else (100, 1_000, 10_000))


if __name__ == "__main__":
    main()
