"""Where a repository keeps its Convex functions and schema, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import SourceError, UsageError
from ssot_action.source.convex_json import (
    CONVEX_JSON,
    DEFAULT_FUNCTIONS,
    ConvexJson,
    read_convex_json,
)
from ssot_action.source.documents import Dialect, JsonError, parse_document
from ssot_action.source.entries import EntryKind
from ssot_action.source.paths import (
    ancestor_paths,
    base_name,
    child_path,
    display_path,
    join_path,
    parent_path,
)
from ssot_action.source.ssot_config import SSOT_CONFIG, Mode, SsotConfig, read_ssot_config

if TYPE_CHECKING:
    from ssot_action.source.tree import SourceTree

DEFAULT_SCHEMA: Final = "convex/schema.ts"
# A repository is searched for functions directories only to give advice.
_MAX_SEARCHED_DIRECTORIES: Final = 2000
_MAX_SEARCH_DEPTH: Final = 6


class LayoutSource(StrEnum):
    """Who says where something is."""

    OPTION = "functions-dir option"
    DB_SOURCE_PATH = "db.source.path"
    PATHS_CONVEX_SCHEMA = "paths.convexSchema"
    CONVEX_JSON = "convex.json functions"
    REACT_SCRIPTS = "react-scripts default"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLayout:
    """The places of one project; all paths are relative to the repository root.

    Attributes:
        mode: What the single source of truth is.
        mode_source: `db.ssot`, `ssot`, `mode`, or `inferred from <path>`, or `default`.
        project_root: Directory that Convex's command line runs in.
        functions_directory: Directory of the modules; it may be missing.
        functions_source: Who says so.
        functions_exists: Whether it is a directory.
        schema_path: The schema file, or where it is expected.
        schema_source: Who says so.
        schema_exists: Whether it is a file.
        ssot_config: `db-ssot.json`, if there is one.
        diagnostics: Warnings about the configuration files.
    """

    mode: Mode
    mode_source: str
    project_root: str
    functions_directory: str
    functions_source: LayoutSource
    functions_exists: bool
    schema_path: str
    schema_source: LayoutSource
    schema_exists: bool
    ssot_config: SsotConfig | None
    diagnostics: tuple[Diagnostic, ...]


def load_layout(tree: SourceTree, *, functions_dir: str | None = None) -> ProjectLayout:
    """Return where the project keeps what.

    Args:
        tree: The repository.
        functions_dir: Functions directory named by the user, relative to the repository root; it
            wins over every file.

    Raises:
        SourceError: A file cannot be read, or Convex itself would refuse `convex.json`. UsageError:
        `db-ssot.json` or `functions_dir` is wrong, or names a path outside the repository.
    """
    config = read_ssot_config(tree)
    diagnostics = list(config.diagnostics) if config else []
    if functions_dir is not None:
        place = _from_option(tree, functions_dir)
    elif config is not None and config.schema_path is not None:
        place = _from_ssot_config(tree, config, config.schema_path, diagnostics)
    else:
        place = _from_convex_json(tree, "", diagnostics)
    for path in (place.functions, place.schema):
        _refuse_outside(tree, path)
    mode, mode_source = _infer_mode(tree, config, place)
    return ProjectLayout(
        mode=mode,
        mode_source=mode_source,
        project_root=place.project_root,
        functions_directory=place.functions,
        functions_source=place.functions_source,
        functions_exists=tree.is_directory(place.functions),
        schema_path=place.schema,
        schema_source=place.schema_source,
        schema_exists=tree.is_file(place.schema),
        ssot_config=config,
        diagnostics=tuple(diagnostics),
    )


def require_functions_directory(tree: SourceTree, layout: ProjectLayout) -> None:
    """Raise SourceError, with the directories that may be meant, when there is none to read."""
    if layout.functions_exists:
        return
    candidates = find_functions_directories(tree)
    if candidates:
        hint = "Name the one to read with --functions-dir: " + ", ".join(
            map(display_path, candidates)
        )
    else:
        hint = (
            'Name it with --functions-dir, in convex.json ("functions") or in '
            f"{SSOT_CONFIG} (db.source.path)."
        )
    problem = (
        f"there is no functions directory at {display_path(layout.functions_directory)}"
        f" ({layout.functions_source})"
    )
    raise SourceError(
        problem,
        hint=hint,
    )


def find_functions_directories(tree: SourceTree) -> tuple[str, ...]:
    """Return what look like functions directories, sorted; a bounded search, for advice."""
    found: list[str] = []
    pending = [("", 0)]
    searched = 0
    while pending and searched < _MAX_SEARCHED_DIRECTORIES:
        directory, depth = pending.pop()
        searched += 1
        names: dict[str, EntryKind] = {}
        try:
            names = {entry.name: entry.kind for entry in tree.list_directory(directory)}
        except SourceError:
            continue
        has_schema = "schema.ts" in names or "schema.js" in names
        if "_generated" in names or (has_schema and base_name(directory) == "convex"):
            found.append(directory)
            continue
        if depth < _MAX_SEARCH_DEPTH:
            pending.extend(
                (child_path(directory, name), depth + 1)
                for name, kind in names.items()
                if kind is EntryKind.DIRECTORY and name != "node_modules" and name[0] != "."
            )
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    project_root: str
    functions: str
    functions_source: LayoutSource
    schema: str
    schema_source: LayoutSource


def _from_option(tree: SourceTree, functions_dir: str) -> _Place:
    functions = join_path("", functions_dir)
    if functions is None:
        problem = f"the functions directory is outside repo root: {functions_dir}"
        raise UsageError(
            problem,
            hint="Give a path relative to the repository root.",
        )
    return _Place(
        project_root=_find_project_root(tree, functions),
        functions=functions,
        functions_source=LayoutSource.OPTION,
        schema=_find_schema(tree, functions),
        schema_source=LayoutSource.OPTION,
    )


def _from_ssot_config(
    tree: SourceTree, config: SsotConfig, schema: str, diagnostics: list[Diagnostic]
) -> _Place:
    functions = parent_path(schema)
    source = (
        LayoutSource.DB_SOURCE_PATH
        if config.schema_key == LayoutSource.DB_SOURCE_PATH
        else LayoutSource.PATHS_CONVEX_SCHEMA
    )
    project_root = _find_project_root(tree, functions)
    own = _from_convex_json(tree, project_root, diagnostics)
    if own.functions_source is not LayoutSource.DEFAULT and own.functions != functions:
        diagnostics.append(
            Diagnostic(
                code=DiagnosticCode.FUNCTIONS_DIRECTORY_CONFLICT,
                severity="warning",
                message=f"{source} puts the functions directory at {display_path(functions)}, "
                f"{own.functions_source} at {display_path(own.functions)}; the first one is read",
                file=SSOT_CONFIG,
                line=config.schema_line,
                hint="Convex deploys the second one: make the two agree.",
            )
        )
    return _Place(
        project_root=project_root,
        functions=functions,
        functions_source=source,
        schema=schema,
        schema_source=source,
    )


def _from_convex_json(tree: SourceTree, project_root: str, diagnostics: list[Diagnostic]) -> _Place:
    settings = read_convex_json(tree, project_root)
    if settings is not None:
        diagnostics.extend(settings.diagnostics)
        functions = _functions_of(settings, project_root)
        source = LayoutSource.DEFAULT if settings.functions is None else LayoutSource.CONVEX_JSON
    elif _uses_react_scripts(tree, project_root):
        functions = child_path(project_root, "src/convex")
        source = LayoutSource.REACT_SCRIPTS
    else:
        functions = child_path(project_root, "convex")
        source = LayoutSource.DEFAULT
    return _Place(
        project_root=project_root,
        functions=functions,
        functions_source=source,
        schema=_find_schema(tree, functions),
        schema_source=source,
    )


def _functions_of(settings: ConvexJson, project_root: str) -> str:
    written = DEFAULT_FUNCTIONS if settings.functions is None else settings.functions
    # Convex joins the two texts, so that a leading slash does not make the path absolute.
    functions = join_path(project_root, written.lstrip("/"))
    if functions is None:
        problem = f"the functions directory is outside repo root: {written}"
        raise SourceError(
            problem,
            file=settings.path,
            line=settings.line,
            hint="Run in the repository that holds it (--repo-root), or move it.",
        )
    return functions


def _uses_react_scripts(tree: SourceTree, project_root: str) -> bool:
    data = tree.read(child_path(project_root, "package.json"))
    if data is None or b"react-scripts" not in data:
        return False
    try:
        value = parse_document(data, Dialect.RELAXED).value
    except JsonError:
        return False
    if not isinstance(value, dict):
        return False
    groups = (value.get("dependencies"), value.get("devDependencies"))
    return any(isinstance(group, dict) and "react-scripts" in group for group in groups)


def _find_project_root(tree: SourceTree, functions: str) -> str:
    """Return the nearest directory above with `convex.json`, else `package.json`, else the root."""
    above = tuple(ancestor_paths(parent_path(functions)))
    for name in (CONVEX_JSON, "package.json"):
        for directory in above:
            if tree.is_file(child_path(directory, name)):
                return directory
    return ""


def _find_schema(tree: SourceTree, functions: str) -> str:
    typescript = child_path(functions, "schema.ts")
    javascript = child_path(functions, "schema.js")
    use_javascript = not tree.is_file(typescript) and tree.is_file(javascript)
    return javascript if use_javascript else typescript


def _refuse_outside(tree: SourceTree, path: str) -> None:
    if tree.leaves_repository(path):
        problem = f"a symbolic link leads outside repo root: {display_path(path)}"
        raise SourceError(
            problem,
            hint="Run in the repository that holds the files (--repo-root).",
        )


def _infer_mode(tree: SourceTree, config: SsotConfig | None, place: _Place) -> tuple[Mode, str]:
    if config is not None and config.mode is not None:
        return config.mode, config.mode_key or "mode"
    marks = (
        (DEFAULT_SCHEMA, Mode.CONVEX),
        (place.schema, Mode.CONVEX),
        ("prisma/schema.prisma", Mode.REPO_PRISMA),
        ("db/schema/tables.json", Mode.DATABASE),
    )
    for path, mode in marks:
        if tree.is_file(path):
            return mode, f"inferred from {path}"
    # Convex works without a schema; then its directory is all there is to see.
    if tree.is_directory(place.functions):
        return Mode.CONVEX, f"inferred from {display_path(place.functions)}"
    return Mode.NONE, "default"
