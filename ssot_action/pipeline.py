"""The stages put together: a repository in, contracts out."""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ssot_action.contract.database import database_contract
from ssot_action.contract.functions import functions_contract
from ssot_action.errors import UsageError
from ssot_action.evaluation.extract.project import read_project
from ssot_action.source.git import GitRepository
from ssot_action.source.project import LayoutSource, load_layout, require_functions_directory
from ssot_action.source.ssot_config import SSOT_CONFIG
from ssot_action.source.tree import WorkingTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ssot_action.contract.encoding import Json
    from ssot_action.diagnostics import Diagnostic
    from ssot_action.source.project import ProjectLayout
    from ssot_action.source.tree import SourceTree

_T = TypeVar("_T")

# The time in contracts that are printed and not committed.
NO_TIME = "1970-01-01T00:00:00.000Z"
_RECURSION_LIMIT = 30_000
_STACK_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extraction:
    """Both contracts of one state of a project.

    Attributes:
        layout: where the project keeps what.
        database: the database contract, `updatedAt` being `NO_TIME`.
        functions: the function contract, likewise.
        diagnostics: problems for people to see, by place.
    """

    layout: ProjectLayout
    database: dict[str, Json]
    functions: dict[str, Json]
    diagnostics: tuple[Diagnostic, ...]

    def to_json(self) -> dict[str, Json]:
        """Return what `convex-ssot extract` prints."""
        return {
            "schema": self.database,
            "functions": self.functions,
            "diagnostics": [_diagnostic_json(item) for item in self.diagnostics],
        }


def _diagnostic_json(diagnostic: Diagnostic) -> Json:
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "file": diagnostic.file,
        "line": diagnostic.line,
        "column": diagnostic.column,
    }


def extract(tree: SourceTree, functions_dir: str | None = None) -> Extraction:
    """Return both contracts of the project in `tree`.

    Raises:
        SsotError: the project's layout or source cannot be read.
    """
    with _no_collection():
        layout = load_layout(tree, functions_dir=functions_dir or None)
        _require_named_schema(tree, layout)
        require_functions_directory(tree, layout)
        schema = layout.schema_path if layout.schema_exists else None
        reading = with_deep_stack(lambda: read_project(tree, layout.functions_directory, schema))
        return Extraction(
            layout=layout,
            database=database_contract(reading.facts, updated_at=NO_TIME),
            functions=functions_contract(reading.facts, updated_at=NO_TIME),
            diagnostics=(*layout.diagnostics, *reading.diagnostics),
        )


_NAMED_BY_US = frozenset({LayoutSource.DB_SOURCE_PATH, LayoutSource.PATHS_CONVEX_SCHEMA})


def _require_named_schema(tree: SourceTree, layout: ProjectLayout) -> None:
    """Raise when `db-ssot.json` names a schema that is not a file of the repository."""
    if layout.schema_exists or layout.schema_source not in _NAMED_BY_US:
        return
    what = "is a directory" if tree.is_directory(layout.schema_path) else "is not there"
    problem = f"{layout.schema_source}: the schema {layout.schema_path} {what}"
    raise UsageError(
        problem,
        file=SSOT_CONFIG,
        line=None if layout.ssot_config is None else layout.ssot_config.schema_line,
        hint="Name the schema file, relative to the repository, or create it.",
    )


def extract_project(repo_root: Path, functions_dir: str | None, ref: str | None) -> dict[str, Json]:
    """Return what `convex-ssot extract` prints, for the working tree or the commit `ref`."""
    return extract(open_tree(repo_root, ref), functions_dir).to_json()


def open_tree(repo_root: Path, ref: str | None) -> SourceTree:
    """Return the files below `repo_root`: those on disk, or those of the commit `ref`."""
    return WorkingTree(repo_root) if ref is None else GitRepository(repo_root).tree(ref)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Switch the cycle collector off: a reading makes many objects and keeps nearly all of them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def with_deep_stack(work: Callable[[], _T]) -> _T:
    """Return `work()`, run where deeply nested programs do not exhaust the stack."""
    results: list[_T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as failure:  # noqa: BLE001 - for the other thread to handle
            failures.append(failure)

    limit = sys.getrecursionlimit()
    size = threading.stack_size(_STACK_BYTES)
    sys.setrecursionlimit(max(limit, _RECURSION_LIMIT))
    try:
        thread = threading.Thread(target=run, name="reader")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if failures:
        raise failures[0]
    return results[0]
