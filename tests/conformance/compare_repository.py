"""Compares our reading of a checked-out repository with Convex's own.

    python -m tests.conformance.compare_repository ROOT [FUNCTIONS_DIR] [--node-path DIR]...

Ends with 0 when nothing is wrong, missing or extra; what we declare unresolved is only counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ssot_action.pipeline import extract_project
from tests.conformance.compare import compare, excluded
from tests.conformance.differences import Category, Difference
from tests.conformance.judge import Job, JudgeUnavailableError, judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="compare_repository", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("functions_dir", nargs="?", help="relative to ROOT; default: Convex's rule")
    parser.add_argument("--node-path", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def summary(
    truth: Mapping[str, Any], extract: Mapping[str, Any], differences: Sequence[Difference]
) -> list[str]:
    """Return the lines that say how much was compared and how much of it agrees."""
    schema, said = truth["schema"] or {}, extract["schema"]
    functions = len(truth["functions"]) + len(truth["httpActions"])
    counts = Counter(difference.category for difference in differences)
    lines = [
        f"tables: {len(schema.get('tables', []))} by Convex, {len(said['tables'])} by us",
        f"functions: {functions} by Convex, {len(extract['functions']['functions'])} by us",
        f"routes: {len(truth['httpRoutes'] or [])}",
        f"crons: {len(truth['crons'] or {})}",
        f"components: {len(truth['components'])}",
        "differences: " + ", ".join(f"{counts[each]} {each}" for each in Category),
    ]
    stubs = sorted({name for names in truth["stubbed"].values() for name in names})
    if stubs:
        lines.append(f"packages that are not installed: {', '.join(stubs)}")
    return lines + [f"left out: {reason}" for reason in excluded(truth)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare one repository and print what differs."""
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    job = Job(name="project", root=root, functions_dir=options.functions_dir)
    try:
        truth = judge([job], options.node_path)["project"]
    except JudgeUnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    extract = extract_project(root, options.functions_dir, None)
    differences = compare(truth, extract)
    if options.format == "json":
        rows = [
            {
                "what": difference.what,
                "id": difference.id,
                "ours": difference.ours,
                "truth": difference.truth,
                "category": difference.category,
            }
            for difference in differences
        ]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        lines = summary(truth, extract, differences) + [str(each) for each in differences]
        sys.stdout.write("\n".join(lines) + "\n")
    return int(any(difference.category is not Category.UNRESOLVED for difference in differences))


if __name__ == "__main__":
    sys.exit(main())
