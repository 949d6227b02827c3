"""Regenerates both committed contracts from the working tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ssot_action.contract.files import write_contracts
from ssot_action.contract.kinds import ContractKind
from ssot_action.contract.registry import REGISTRY_PATH, check_registry, refresh_registry
from ssot_action.errors import SourceError
from ssot_action.mode import require_convex
from ssot_action.pipeline import extract
from ssot_action.report.escaping import printable
from ssot_action.report.text import unresolved_lines
from ssot_action.report.unresolved import unresolved_parts
from ssot_action.settings import SourceErrors
from ssot_action.source.project import load_layout
from ssot_action.source.tree import WorkingTree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.files import WrittenFile
    from ssot_action.contract.kinds import Contract
    from ssot_action.diagnostics import Diagnostic
    from ssot_action.report.unresolved import UnresolvedPart


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncResult:
    """What became of the files, and what was read.

    Attributes:
        files: Both contracts, the database's first.
        registry_changed: Whether the registry of context artifacts was written.
        database: The database contract.
        functions: The function contract.
        unresolved: What stays unknown.
    """

    files: tuple[WrittenFile, WrittenFile]
    registry_changed: bool
    database: Contract
    functions: Contract
    unresolved: tuple[UnresolvedPart, ...]


def sync(
    root: Path,
    functions_dir: str | None,
    *,
    source_errors: SourceErrors = SourceErrors.FAIL,
    tell: Callable[[tuple[Diagnostic, ...]], None] = lambda _: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SyncResult:
    """Write both contracts of the project at `root`, or nothing.

    Args:
        root: The project's folder.
        functions_dir: The functions directory, if the project's files do not name it.
        source_errors: Whether source that Convex would refuse keeps the contracts as they are.
        tell: Takes the diagnostics before anything is written.
        now: The time for contracts that changed.

    Raises:
        UsageError: The contracts of the project are not ours to write.
        SourceError: The source cannot be read, or has errors.
        ContractError: A file cannot be written.
    """
    tree = WorkingTree(root)
    require_convex(load_layout(tree, functions_dir=functions_dir))
    extraction = extract(tree, functions_dir)
    tell(extraction.diagnostics)
    errors = [item for item in extraction.diagnostics if item.severity == "error"]
    if errors and source_errors is SourceErrors.FAIL:
        first = errors[0]
        others = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        problem = f"nothing was written: {first.message}{others}"
        raise SourceError(
            problem,
            file=first.file,
            line=first.line,
            column=first.column,
            hint="Correct the source, or write what can be read with --source-errors warn.",
        )
    check_registry(root)
    files = write_contracts(
        root, database=extraction.database, functions=extraction.functions, now=now
    )
    return SyncResult(
        files=files,
        registry_changed=refresh_registry(root, now=now),
        database=extraction.database,
        functions=extraction.functions,
        unresolved=unresolved_parts(extraction.database, extraction.functions),
    )


def render_sync(result: SyncResult) -> str:
    """Return what was done, as lines: each file with its counts, then what stays unresolved."""
    counts = {
        ContractKind.DATABASE.path: _counts(result.database, (("tables", "table"),)),
        ContractKind.FUNCTIONS.path: _counts(
            result.functions,
            (
                ("functions", "function"),
                ("httpRoutes", "HTTP route"),
                ("crons", "cron job"),
                ("components", "component"),
            ),
        ),
    }
    lines = [
        f"{'wrote' if file.changed else 'unchanged'} {printable(file.path)}: {counts[file.path]}"
        for file in result.files
    ]
    if result.registry_changed:
        lines.append(f"wrote {REGISTRY_PATH}")
    lines.extend(unresolved_lines(result.unresolved))
    return "\n".join(lines) + "\n"


def _counts(contract: Contract, parts: tuple[tuple[str, str], ...]) -> str:
    counted = []
    for key, noun in parts:
        entries: Json = contract.get(key)
        count = len(entries) if isinstance(entries, list) else 0
        counted.append(f"{count} {noun}{'' if count == 1 else 's'}")
    return ", ".join(counted)
