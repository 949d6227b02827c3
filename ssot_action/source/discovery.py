"""Which files of a functions directory become modules, by Convex's own rules.

Mirrors `entryPoints` and `determineEnvironment` of convex 1.48 (`src/bundler/index.ts`) and the
server's rules for module paths. What makes Convex refuse the push is a diagnostic here, and the
module is still listed with it: the report can then say what the module holds. Diagnostic codes:
`actions-without-use-node`, `auth-config-duplicate`, `file-unreadable`, `module-path-duplicate`,
`module-path-invalid`, `modules-too-many`, `reserved-directory`, `use-node-forbidden`,
`use-node-misplaced`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import SourceError
from ssot_action.source.entries import Entry, EntryKind
from ssot_action.source.module_paths import refuse_module_path
from ssot_action.source.paths import child_path, relative_path
from ssot_action.source.special_files import SpecialFiles
from ssot_action.source.use_node import UseNode, scan_use_node

if TYPE_CHECKING:
    from ssot_action.diagnostics import Severity
    from ssot_action.source.tree import SourceTree

# `MAX_MODULES` of the server, for the app and for each component.
MAX_MODULES: Final = 4096

_ENTRY_EXTENSIONS: Final = (".js", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx")
_COMPONENT_CONFIG: Final = "convex.config.ts"
_MUST_BE_ISOLATE: Final = frozenset({"http", "crons", "schema", "auth.config"})
# JavaScript's /^\s{0,100}(import|export)/m on UTF-8 bytes. A line of white space only may be part
# of the hundred, but the nearest line start matches then as well.
_MODULE_LINE: Final = re.compile(
    rb"(?:^|(?<=\r)|(?<=\xe2\x80\xa8)|(?<=\xe2\x80\xa9))"
    rb"(?:[\t\v\f ]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xaf]"
    rb"|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf){0,100}"
    rb"(?:import|export)",
    re.MULTILINE,
)


class Runtime(StrEnum):
    """Where a module runs; the words of the function contract."""

    CONVEX = "convex"
    NODE = "node"


class ModuleRole(StrEnum):
    """What Convex does with a module besides collecting its functions."""

    FUNCTIONS = "functions"
    HTTP = "http"
    CRONS = "crons"


class SkipReason(StrEnum):
    """Why a file that looks like a module is none."""

    COMPONENT = "directory of a component"
    DOTFILE = "name starts with a dot"
    EMACS = "name starts with #"
    GENERATED = "generated"
    MULTIPLE_DOTS = "more than one dot in the name"
    NOT_A_MODULE = "no line starts with import or export"
    NOT_REGULAR = "symbolic link or special file"
    SCHEMA = "schema file"
    SPACE = "space in the path"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A file that becomes a module.

    Attributes:
        path: Of the file, relative to the repository root.
        module_path: Relative to the functions directory, extension `.js`: `a/b.js`.
        role: What else Convex does with it.
        runtime: Where it runs.
        problems: Why Convex refuses it, or doubts about it.
    """

    path: str
    module_path: str
    role: ModuleRole
    runtime: Runtime
    problems: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        """The module path without extension, as in `a/b:list`."""
        return self.module_path[:-3]


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file or directory that is no module, and why."""

    path: str
    reason: SkipReason


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionsDirectory:
    """What a functions directory holds.

    Attributes:
        path: Of the directory.
        entry_points: In the order of Convex's walk (directory by directory, by UTF-16 code unit).
        schema: `schema.ts`, else `schema.js`, else None.
        auth_config: `auth.config.ts`, else `.js`, else None.
        app_config: `convex.config.ts`, else `.js`, else None: the definition of the app or
            component.
        components: Directories below that define a component and are no part of this one.
        skipped: Files that look like modules and are none.
        diagnostics: All problems, those of the entry points included.
    """

    path: str
    entry_points: tuple[EntryPoint, ...]
    schema: str | None
    auth_config: str | None
    app_config: str | None
    components: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def discover(tree: SourceTree, directory: str) -> FunctionsDirectory:
    """Return the modules and special files of a functions directory or of a component.

    Raises:
        SourceError: The directory itself cannot be listed.
    """
    walk = _Walk(tree, directory)
    top_level = walk.run()
    entry_points = _mark_duplicates([_inspect(tree, directory, path) for path in walk.drop_empty()])
    special = SpecialFiles.of(tree, directory, top_level)
    diagnostics = [*walk.diagnostics, *special.diagnostics]
    for path in (special.schema, special.auth_config):
        if path is not None:
            diagnostics.extend(_inspect_special(tree, directory, path))
    for entry_point in entry_points:
        diagnostics.extend(entry_point.problems)
    if len(entry_points) > MAX_MODULES:
        diagnostics.append(
            Diagnostic(
                code=DiagnosticCode.MODULES_TOO_MANY,
                severity="error",
                message=f"{len(entry_points)} modules are more than Convex accepts ({MAX_MODULES})",
                file=directory or None,
                hint="Move helpers out of the functions directory.",
            )
        )
    return FunctionsDirectory(
        path=directory,
        entry_points=tuple(entry_points),
        schema=special.schema,
        auth_config=special.auth_config,
        app_config=special.app_config,
        components=tuple(walk.components),
        skipped=tuple(walk.skipped),
        diagnostics=tuple(diagnostics),
    )


@dataclass(slots=True)
class _Walk:
    """The walk through a functions directory; collects candidates and what was passed over."""

    tree: SourceTree
    directory: str
    candidates: list[str] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def run(self) -> tuple[Entry, ...]:
        top_level = self.tree.list_directory(self.directory)
        # A stack of listings, for a directory may be nested deeper than Python's calls.
        pending = [(self.directory, iter(top_level))]
        while pending:
            directory, entries = pending[-1]
            entry = next(entries, None)
            if entry is None:
                pending.pop()
                continue
            path = child_path(directory, entry.name)
            if entry.kind is EntryKind.DIRECTORY:
                listing = self._enter(path)
                if listing is not None:
                    pending.append((path, iter(listing)))
            elif entry.kind is EntryKind.FILE:
                self._classify(path, entry.name)
            else:
                self.skipped.append(SkippedFile(path, SkipReason.NOT_REGULAR))
        return top_level

    def drop_empty(self) -> list[str]:
        """Return the candidates without TypeScript files that have no import and no export."""
        self.tree.read_many(self.candidates)
        kept: list[str] = []
        for path in self.candidates:
            if path.endswith((".ts", ".tsx")):
                try:
                    contents = self.tree.read(path) or b""
                except SourceError:
                    # It is listed, and reported where it is inspected.
                    contents = b"export"
                if not contents.startswith((b"import", b"export")) and not _MODULE_LINE.search(
                    contents
                ):
                    self.skipped.append(SkippedFile(path, SkipReason.NOT_A_MODULE))
                    continue
            kept.append(path)
        return kept

    def _enter(self, path: str) -> tuple[Entry, ...] | None:
        """Return the listing of a subdirectory, None when Convex skips it."""
        try:
            listing = self.tree.list_directory(path)
        except SourceError as error:
            self.diagnostics.append(_unreadable(error, path))
            return None
        config = child_path(path, _COMPONENT_CONFIG)
        for entry in listing:
            if entry.name == _COMPONENT_CONFIG:
                if entry.kind is EntryKind.SYMLINK and self.tree.real_path(config) is None:
                    break
                self.components.append(path)
                self.skipped.append(SkippedFile(path, SkipReason.COMPONENT))
                return None
        return listing

    def _classify(self, path: str, name: str) -> None:
        relative = relative_path(path, self.directory)
        if relative.startswith("_deps/"):
            if not any(d.code is DiagnosticCode.RESERVED_DIRECTORY for d in self.diagnostics):
                self.diagnostics.append(
                    _problem(
                        DiagnosticCode.RESERVED_DIRECTORY,
                        path,
                        "_deps/ is reserved for bundled dependencies; Convex refuses files in it",
                        hint="Move the code to another directory.",
                    )
                )
            return
        if not name.endswith(_ENTRY_EXTENSIONS):
            return
        reason = _skip_reason(relative, name)
        if reason is None:
            self.candidates.append(path)
        else:
            self.skipped.append(SkippedFile(path, reason))


def _skip_reason(relative: str, name: str) -> SkipReason | None:
    if relative.startswith("_generated/"):
        return SkipReason.GENERATED
    if name.startswith("."):
        return SkipReason.DOTFILE
    if name.startswith("#"):
        return SkipReason.EMACS
    if name in {"schema.ts", "schema.js"}:
        return SkipReason.SCHEMA
    if name.count(".") > 1:
        return SkipReason.MULTIPLE_DOTS
    if " " in relative:
        return SkipReason.SPACE
    return None


def _inspect(tree: SourceTree, directory: str, path: str) -> EntryPoint:
    relative = relative_path(path, directory)
    stem = relative.rpartition(".")[0]
    problems: list[Diagnostic] = []
    refusal = refuse_module_path(relative)
    if refusal is not None:
        problems.append(
            _problem(DiagnosticCode.MODULE_PATH_INVALID, path, refusal.message, hint=refusal.hint)
        )
    runtime, runtime_problems = _determine_runtime(tree, path, relative, stem)
    problems.extend(runtime_problems)
    role = ModuleRole(stem) if stem in {"http", "crons"} else ModuleRole.FUNCTIONS
    return EntryPoint(
        path=path,
        module_path=stem + ".js",
        role=role,
        runtime=runtime,
        problems=tuple(problems),
    )


def _inspect_special(tree: SourceTree, directory: str, path: str) -> tuple[Diagnostic, ...]:
    relative = relative_path(path, directory)
    return _determine_runtime(tree, path, relative, relative.rpartition(".")[0])[1]


def _determine_runtime(
    tree: SourceTree, path: str, relative: str, stem: str
) -> tuple[Runtime, tuple[Diagnostic, ...]]:
    try:
        use_node = scan_use_node(tree.read(path) or b"")
    except SourceError as error:
        return Runtime.CONVEX, (_unreadable(error, path),)
    if use_node is UseNode.DIRECTIVE:
        if stem not in _MUST_BE_ISOLATE:
            return Runtime.NODE, ()
        return Runtime.NODE, (
            _problem(
                DiagnosticCode.USE_NODE_FORBIDDEN,
                path,
                f'Convex does not allow "use node" in {relative}',
                hint="Move what needs Node.js to another module.",
            ),
        )
    problems: list[Diagnostic] = []
    if relative.startswith("actions/"):
        problems.append(
            _problem(
                DiagnosticCode.ACTIONS_WITHOUT_USE_NODE,
                path,
                'Convex refuses a module in actions/ that lacks "use node"',
                hint='Add the "use node" directive, or move the module out of actions/.',
            )
        )
    if use_node is UseNode.MISPLACED:
        problems.append(
            _problem(
                DiagnosticCode.USE_NODE_MISPLACED,
                path,
                '"use node" stands after other code: Convex heeds it only if its parser cannot'
                " read the file",
                severity="warning",
                hint="Move the directive to the top of the file.",
            )
        )
    return Runtime.CONVEX, tuple(problems)


def _mark_duplicates(entry_points: list[EntryPoint]) -> list[EntryPoint]:
    by_module_path: dict[str, list[str]] = {}
    for entry_point in entry_points:
        by_module_path.setdefault(entry_point.module_path, []).append(entry_point.path)
    if len(by_module_path) == len(entry_points):
        return entry_points
    marked: list[EntryPoint] = []
    for entry_point in entry_points:
        paths = by_module_path[entry_point.module_path]
        if len(paths) > 1:
            others = ", ".join(path for path in paths if path != entry_point.path)
            problem = _problem(
                DiagnosticCode.MODULE_PATH_DUPLICATE,
                entry_point.path,
                f"this file and {others} are the same module {entry_point.module_path} to Convex",
                hint="Rename or remove one of them.",
            )
            marked.append(replace(entry_point, problems=(*entry_point.problems, problem)))
        else:
            marked.append(entry_point)
    return marked


def _unreadable(error: SourceError, path: str) -> Diagnostic:
    return _problem(
        DiagnosticCode.FILE_UNREADABLE, error.file or path, error.problem, hint=error.hint
    )


def _problem(
    code: DiagnosticCode,
    path: str,
    message: str,
    *,
    severity: Severity = "error",
    hint: str | None = None,
) -> Diagnostic:
    return Diagnostic(code=code, severity=severity, message=message, file=path, hint=hint)
