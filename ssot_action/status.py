"""What `convex-ssot status` says: where everything is and what is wrong, without reading source.

It never writes, and it always answers: a configuration that cannot be read is one of its errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.contract.encoding import Json, dumps
from ssot_action.errors import ExitCode, SsotError
from ssot_action.report.escaping import printable
from ssot_action.source.paths import child_path, display_path
from ssot_action.source.project import ProjectLayout, load_layout
from ssot_action.source.ssot_config import DB_CONTRACT, FUNCTIONS_CONTRACT, SSOT_CONFIG, Mode
from ssot_action.source.tree import WorkingTree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ssot_action.source.tree import SourceTree

_REGISTRY: Final = "docs/context/registry.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPath:
    """One path of the workflow: its name in the JSON, in the text, and whether it is there."""

    key: str
    label: str
    path: str
    exists: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of a project's workflow.

    Attributes:
        mode: The single source of truth, None if the configuration cannot be read.
        mode_source: Where the mode comes from.
        paths: What exists and what does not.
        errors: What keeps `sync-to-context` from working.
        warnings: What is worth a look.
        exit_code: 0, or the code of the error that kept the configuration from being read.
    """

    mode: Mode | None
    mode_source: str | None
    paths: tuple[StatusPath, ...]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    exit_code: ExitCode

    def to_json(self) -> dict[str, Json]:
        """Return it for scripts."""
        return {
            "mode": None if self.mode is None else self.mode.value,
            "modeSource": self.mode_source,
            "configPath": SSOT_CONFIG,
            "paths": {item.key: item.path for item in self.paths},
            "exists": {item.key: item.exists for item in self.paths},
            "errors": [*self.errors],
            "warnings": [*self.warnings],
        }


def read_status(root: Path, functions_dir: str | None = None) -> Status:
    """Return the status of the project at `root`.

    Raises:
        UsageError: `root` is no folder.
    """
    tree = WorkingTree(root)
    try:
        layout = load_layout(tree, functions_dir=functions_dir)
    except SsotError as error:
        return Status(
            mode=None,
            mode_source=None,
            paths=tuple(_fixed_paths(tree)),
            errors=(str(error).replace("\n", " "),),
            warnings=(),
            exit_code=error.exit_code,
        )
    return Status(
        mode=layout.mode,
        mode_source=layout.mode_source,
        paths=(*_layout_paths(tree, layout), *_fixed_paths(tree)),
        errors=tuple(_errors(layout)),
        warnings=tuple(_warnings(tree, layout)),
        exit_code=ExitCode.OK,
    )


def render_status(status: Status) -> str:
    """Return the status as lines for a terminal."""
    mode = "unknown" if status.mode is None else status.mode.value
    source = "" if status.mode_source is None else f" ({status.mode_source})"
    lines = [f"mode: {mode}{printable(source)}"]
    for item in status.paths:
        presence = "" if item.exists else " (missing)"
        lines.append(f"{item.label}: {printable(display_path(item.path))}{presence}")
    lines.extend(f"error: {printable(error)}" for error in status.errors)
    lines.extend(f"warning: {printable(warning)}" for warning in status.warnings)
    return "\n".join(lines) + "\n"


def status_json(status: Status) -> str:
    """Return the status as JSON text."""
    return f"{dumps(status.to_json())}\n"


def _fixed_paths(tree: SourceTree) -> Iterator[StatusPath]:
    for key, label, path in (
        ("config", "config", SSOT_CONFIG),
        ("dbContextContract", "database contract", DB_CONTRACT),
        ("convexFunctionsContract", "function contract", FUNCTIONS_CONTRACT),
        ("contextRegistry", "context registry", _REGISTRY),
    ):
        yield StatusPath(key=key, label=label, path=path, exists=tree.is_file(path))


def _layout_paths(tree: SourceTree, layout: ProjectLayout) -> Iterator[StatusPath]:
    yield StatusPath(
        key="convexDirectory",
        label="functions directory",
        path=layout.functions_directory,
        exists=layout.functions_exists,
    )
    yield StatusPath(
        key="convexSchema",
        label="schema",
        path=layout.schema_path,
        exists=layout.schema_exists,
    )
    generated = child_path(layout.functions_directory, "_generated")
    yield StatusPath(
        key="convexGenerated",
        label="generated code",
        path=generated,
        exists=tree.is_directory(generated),
    )


def _errors(layout: ProjectLayout) -> Iterator[str]:
    if layout.mode is not Mode.CONVEX:
        workflow = layout.mode.other_workflow
        if workflow is not None:
            yield f"mode {layout.mode} belongs to the workflow {workflow}"
        else:
            yield "there is no Convex project here"
        return
    if not layout.functions_exists:
        where = display_path(layout.functions_directory)
        yield f"the functions directory {where} does not exist"
    elif not layout.schema_exists:
        yield f"the schema {layout.schema_path} does not exist"


def _warnings(tree: SourceTree, layout: ProjectLayout) -> Iterator[str]:
    for item in layout.diagnostics:
        place = f"{item.place}: " if item.place else ""
        hint = f" {item.hint}" if item.hint else ""
        yield f"{place}{item.message}.{hint}"
    if layout.mode is not Mode.CONVEX:
        return
    missing = [path for path in (DB_CONTRACT, FUNCTIONS_CONTRACT) if not tree.is_file(path)]
    for path in missing:
        yield f"the contract {path} does not exist. Run `convex-ssot sync-to-context`."
