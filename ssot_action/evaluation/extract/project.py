"""A whole project → `ProjectFacts`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssot_action.contract.model import (
    ComponentFacts,
    CronFacts,
    FunctionFacts,
    HttpRouteFacts,
    ProjectFacts,
    SchemaFacts,
)
from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.evaluation.builtins import make_globals
from ssot_action.evaluation.convert import to_string
from ssot_action.evaluation.convex.components import Definition, Installed
from ssot_action.evaluation.convex.crons import Crons
from ssot_action.evaluation.convex.modules import HostModules, make_generated
from ssot_action.evaluation.extract.effects import EffectsReader
from ssot_action.evaluation.extract.functions import FunctionReader
from ssot_action.evaluation.extract.schema import extract_schema
from ssot_action.evaluation.extract.unresolved import UnresolvedList
from ssot_action.evaluation.interpreter import Interpreter
from ssot_action.evaluation.linker import Linker, Module
from ssot_action.evaluation.values import (
    JSArray,
    JSObject,
    JSThrow,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    thrown_message,
)
from ssot_action.source.discovery import (
    EntryPoint,
    FunctionsDirectory,
    ModuleRole,
    Runtime,
    discover,
)
from ssot_action.source.resolution import Platform
from ssot_action.source.resolve import Resolver
from ssot_action.source.versions import PackageVersions
from ssot_action.syntax.module import DEFAULT, parse_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.source.tree import SourceTree

_HTTP = "http"
_CRONS = "crons"
_COMPONENTS = "components"


@dataclass(slots=True)
class Reading:
    """What reading a project gave: its facts, and problems for people to see."""

    facts: ProjectFacts
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_project(tree: SourceTree, functions_directory: str, schema_path: str | None) -> Reading:
    """Return the facts of the project whose functions are in `functions_directory`.

    Args:
        tree: the repository.
        functions_directory: relative to it.
        schema_path: the schema file, if it is not the one Convex would take.

    Raises:
        SourceError: a file that is needed cannot be read.
    """
    # Packages tell Convex's runtime from a browser by the global `Convex`.
    interpreter = Interpreter({**make_globals(), "Convex": JSObject()})
    found = discover(tree, functions_directory)
    resolver = Resolver(tree, functions_directories=(functions_directory, *found.components))
    versions = PackageVersions(tree, resolver.manifests, functions_directory)
    linker = Linker(interpreter, resolver, HostModules(versions), make_generated())
    reader = _ProjectReader(linker)
    facts = reader.read(found, schema_path)
    return Reading(facts, reader.all_diagnostics())


class _ProjectReader:
    """Reads an app and, below it, its local components, with one linker."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.interpreter = linker.interpreter
        self.effects = EffectsReader(linker.interpreter)
        self.diagnostics: list[Diagnostic] = []
        self._reading: set[str] = set()
        self._components_read: dict[str, ProjectFacts] = {}

    def read(self, found: FunctionsDirectory, schema_path: str | None = None) -> ProjectFacts:
        """Return the facts of the functions directory `found`."""
        self._reading.add(found.path)
        self.linker.add_functions_directory(found.path)
        self.diagnostics.extend(found.diagnostics)
        tree = self.linker.resolver.tree
        tree.read_many(entry.path for entry in found.entry_points)
        schema_file = schema_path if schema_path is not None else found.schema
        if schema_file is not None and not tree.is_file(schema_file):
            schema_file = found.schema
        unresolved = UnresolvedList(found.path)
        schema = None
        if schema_file is not None:
            schema = self._schema(schema_file)
        else:
            self._warn_of_missing_schema(found.path)
        functions: list[FunctionFacts] = []
        routes: list[HttpRouteFacts] = []
        crons: list[CronFacts] = []
        for discovered in found.entry_points:
            module = self.linker.load(tree.real_path(discovered.path) or discovered.path)
            if not isinstance(module, Module):
                continue
            entry = _with_runtime(discovered, module)
            functions.extend(FunctionReader(self.effects, entry, module, unresolved).read())
            if entry.role is ModuleRole.HTTP:
                routes = self._routes(entry, module, unresolved)
            elif entry.role is ModuleRole.CRONS:
                crons = self._crons(entry, module, unresolved)
            module.syntax.release()
        components = self._components(found, unresolved)
        return ProjectFacts(
            schema_path=schema_file or f"{found.path}/schema.ts",
            functions_dir=found.path,
            schema=schema,
            functions=tuple(functions),
            http_routes=tuple(routes),
            crons=tuple(crons),
            components=tuple(components),
            unresolved=unresolved.entries(),
        )

    # Schema

    def _warn_of_missing_schema(self, directory: str) -> None:
        self.diagnostics.append(
            Diagnostic(
                code=DiagnosticCode.SCHEMA_MISSING,
                severity="warning",
                message=f"there is no schema.ts in {directory or '.'}: the contract has no tables",
                hint="Convex accepts a project without a schema; add one to have it contracted.",
            )
        )

    def _schema(self, path: str) -> SchemaFacts | None:
        module = self.linker.load(path)
        if not isinstance(module, Module):
            return None
        unresolved = UnresolvedList(path)
        source = module.syntax.source
        if not source.strip() or b"\0" in source:
            what = "is empty" if not source.strip() else "is not text"
            self._report(
                DiagnosticCode.SCHEMA_INVALID,
                path,
                f"the schema file {what}",
                "Export the result of defineSchema(...) as default, or remove the file.",
            )
            return None
        if DEFAULT not in module.syntax.exports and not _may_export_default(module):
            self._report(
                DiagnosticCode.SCHEMA_INVALID,
                path,
                "the schema file has no default export",
                "Export the result of defineSchema(...) as default.",
            )
            return None
        exported = module.get_export(DEFAULT)
        if isinstance(exported, Unknown) and exported.code in _BROKEN:
            self._report(
                DiagnosticCode.SCHEMA_INVALID,
                exported.file or path,
                f"the schema cannot be evaluated: {exported.reason}",
                None,
                line=exported.line or 1,
            )
        schema = extract_schema(self.interpreter, exported, unresolved)
        if schema is None:
            self._report(
                DiagnosticCode.SCHEMA_INVALID,
                path,
                "the default export of the schema file is not made by defineSchema",
                "Export the result of defineSchema(...) as default.",
            )
        return schema

    def _report(
        self, code: DiagnosticCode, file: str, message: str, hint: str | None, *, line: int = 1
    ) -> None:
        self.diagnostics.append(
            Diagnostic(
                code=code, severity="error", message=message, file=file, line=line, hint=hint
            )
        )

    # HTTP

    def _routes(
        self, entry: EntryPoint, module: Module, unresolved: UnresolvedList
    ) -> list[HttpRouteFacts]:
        router = module.get_export(DEFAULT)
        if isinstance(router, Unknown):
            unresolved.add(_HTTP, router, entry.path)
            return []
        if not isinstance(router, JSObject):
            self._report(
                DiagnosticCode.HTTP_INVALID,
                entry.path,
                "the default export is not an httpRouter()",
                "Export the router as default.",
            )
            return []
        try:
            listing = self.interpreter.call(self.interpreter.get(router, "getRoutes"), router, [])
        except JSThrow as thrown:
            listing = Unknown(UnknownCode.FAILED, thrown_message(thrown.value))
        if isinstance(listing, Unknown):
            unresolved.add(_HTTP, listing, entry.path)
            return []
        if not isinstance(listing, JSArray):
            return []
        unknowns = getattr(router, "unknowns", [])
        for unknown in unknowns or [listing.incomplete]:
            if unknown is not None:
                unresolved.add(_HTTP, unknown, entry.path)
        return self._route_facts(listing.items, entry, unresolved)

    def _route_facts(
        self, routes: list[Value], entry: EntryPoint, unresolved: UnresolvedList
    ) -> list[HttpRouteFacts]:
        found: list[HttpRouteFacts] = []
        for route in routes:
            try:
                parts = self.interpreter.iterate(route)
                path, method = (to_string(self.interpreter, part) for part in parts[:2])
                found.append(HttpRouteFacts(method=method, path=path))
            except UnknownOutcome as outcome:
                unresolved.add(_HTTP, outcome.unknown, entry.path)
        return found

    # Crons

    def _crons(
        self, entry: EntryPoint, module: Module, unresolved: UnresolvedList
    ) -> list[CronFacts]:
        crons = module.get_export(DEFAULT)
        if isinstance(crons, Unknown):
            unresolved.add(_CRONS, crons, entry.path)
            return []
        if not isinstance(crons, Crons):
            self._report(
                DiagnosticCode.CRONS_INVALID,
                entry.path,
                "the default export is not made by cronJobs()",
                "Export the result of cronJobs() as default.",
            )
            return []
        for unknown in crons.unknowns:
            unresolved.add(_CRONS, unknown, entry.path)
        found: list[CronFacts] = []
        for identifier, job in crons.jobs.items():
            path = f"{_CRONS}.{identifier}"
            for part in (job.name, job.args, job.schedule):
                if isinstance(part, Unknown):
                    unresolved.add(path, part, entry.path)
            found.append(
                CronFacts(
                    identifier=identifier,
                    name=job.name if isinstance(job.name, str) else None,
                    args=None if isinstance(job.args, Unknown) else tuple(job.args),
                    schedule=None if isinstance(job.schedule, Unknown) else job.schedule,
                )
            )
        return found

    # Components

    def _components(
        self, found: FunctionsDirectory, unresolved: UnresolvedList
    ) -> list[ComponentFacts]:
        if found.app_config is None:
            return []
        module = self.linker.load(found.app_config)
        if not isinstance(module, Module):
            return []
        app = module.get_export(DEFAULT)
        if isinstance(app, Unknown):
            unresolved.add(_COMPONENTS, app, found.app_config)
            return []
        if not isinstance(app, Definition):
            self._report(
                DiagnosticCode.APP_INVALID,
                found.app_config,
                "the default export is not made by defineApp() or defineComponent()",
                "Export the definition as default.",
            )
            return []
        for unknown in app.unknowns:
            unresolved.add(_COMPONENTS, unknown, found.app_config)
        paths = self._definition_paths(module)
        components = (
            self._component(child, paths, unresolved, found.app_config) for child in app.children
        )
        return [component for component in components if component is not None]

    def _definition_paths(self, module: Module) -> dict[int, tuple[str, str | None]]:
        """Return, by identity of the definition, its path and the directory if it is local."""
        paths: dict[int, tuple[str, str | None]] = {}
        for specifier in module.syntax.dependencies:
            target = self.linker.resolve(specifier, module)
            try:
                definition = target.get_export(DEFAULT)
            except JSThrow:
                continue
            if not isinstance(definition, Definition):
                continue
            if isinstance(target, Module) and not target.is_model:
                directory = target.path.rpartition("/")[0]
                paths[id(definition)] = (directory, directory)
            else:
                paths[id(definition)] = (specifier, None)
        return paths

    def _component(
        self,
        child: Installed,
        paths: dict[int, tuple[str, str | None]],
        unresolved: UnresolvedList,
        file: str,
    ) -> ComponentFacts | None:
        path, directory = paths.get(id(child.definition), ("", None))
        name = child.name
        if isinstance(name, Unknown):
            # Any name we put here could be that of another component.
            unresolved.add(_COMPONENTS, name, file)
            return None
        if isinstance(child.http_prefix, Unknown):
            unresolved.add(f"{_COMPONENTS}.{name}.httpPrefix", child.http_prefix, file)
        nested: ProjectFacts | None = None
        if directory is not None:
            nested = self._components_read.get(directory)
            if nested is None and directory not in self._reading:
                nested = self.read(discover(self.linker.resolver.tree, directory))
                self._components_read[directory] = nested
        return ComponentFacts(
            name=name,
            path=path,
            http_prefix=child.http_prefix if isinstance(child.http_prefix, str) else None,
            nested=nested,
        )

    # Problems

    def all_diagnostics(self) -> list[Diagnostic]:
        """Return all problems found, by place."""
        found = [*self.diagnostics, *self.linker.resolver.diagnostics]
        for module in self.linker.modules():
            found.extend(_encoding_problem(module))
            for problem in module.syntax.problems:
                line, column = module.position_of(problem.at)
                found.append(
                    Diagnostic(
                        code=DiagnosticCode.SYNTAX_ERROR,
                        severity="error",
                        message=problem.message,
                        file=module.path,
                        line=line,
                        column=column,
                    )
                )
            found.extend(
                Diagnostic(
                    code=DiagnosticCode.EVALUATION_FAILED,
                    severity="warning",
                    message=f"this statement does not run through: {failure.reason}",
                    file=failure.path,
                    line=failure.line,
                )
                for failure in module.failures
            )
        return sorted(dict.fromkeys(found), key=lambda item: item.sort_key)


def _with_runtime(entry: EntryPoint, module: Module) -> EntryPoint:
    """Return `entry` with the runtime known from its syntax, and set the module's platform."""
    if entry.runtime is not Runtime.NODE and _selects_node_unparsed(module):
        entry = replace(entry, runtime=Runtime.NODE)
    if entry.runtime is Runtime.NODE:
        module.platform = Platform.NODE
    return entry


_USE_NODE_LINE = re.compile(rb"""^\s*("|')use node("|');?\s*$""", re.MULTILINE)


def _selects_node_unparsed(module: Module) -> bool:
    """Tell whether Convex cannot parse the file as TSX and so takes any `"use node"` line.

    Its parser reads every file with JSX on, which refuses a cast such as `<T>x`.
    """
    source = module.syntax.source
    if not _USE_NODE_LINE.search(source):
        return False
    return bool(parse_module(f"{module.path}.tsx", source).problems)


def _encoding_problem(module: Module) -> Iterator[Diagnostic]:
    """Yield a warning where the file first stops being UTF-8."""
    try:
        module.syntax.source.decode()
    except UnicodeDecodeError as error:
        line, column = module.position_of(error.start)
        yield Diagnostic(
            code=DiagnosticCode.FILE_NOT_UTF8,
            severity="warning",
            message="this byte is not UTF-8; it is read as U+FFFD, as Convex's bundler does",
            file=module.path,
            line=line,
            column=column,
            hint="Save the file as UTF-8.",
        )


# Why a schema is not known: because it fails, not because something in it is out of our sight.
_BROKEN = frozenset({UnknownCode.FAILED, UnknownCode.BUDGET})


def _may_export_default(module: Module) -> bool:
    if module.syntax.is_script:
        return True
    return any(item.exported == DEFAULT for item in module.syntax.reexports)
