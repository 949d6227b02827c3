"""Modules on demand: loading, running, linking.

A module is parsed when something first asks for one of its exports, and run from its first
statement to its last when one of its variables is first read. Modules that only handlers need are
never loaded at all.
"""

from __future__ import annotations

import bisect
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ssot_action.evaluation import expressions as _expressions  # noqa: F401 - registers itself
from ssot_action.evaluation.convex.json_values import from_json
from ssot_action.evaluation.functions import make_function
from ssot_action.evaluation.interpreter import (
    FUEL_PER_STATEMENT,
    BudgetExceeded,
    Interpreter,
)
from ssot_action.evaluation.joining import forget
from ssot_action.evaluation.scope import UNINITIALIZED, Context, Scope, Waiting
from ssot_action.evaluation.values import (
    MISSING,
    UNDEFINED,
    JSArray,
    JSObject,
    JSThrow,
    NativeFunction,
    PropertyKey,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    thrown_message,
)
from ssot_action.source.paths import parent_path
from ssot_action.source.resolution import (
    GeneratedModule,
    NodeBuiltin,
    PackageImport,
    Platform,
    ResolvedFile,
)
from ssot_action.syntax import nodes as n
from ssot_action.syntax.module import (
    ANONYMOUS_DEFAULT,
    DEFAULT,
    NAMESPACE,
    Item,
    ModuleSyntax,
    parse_module,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssot_action.source.resolve import Resolver
    from ssot_action.syntax.module import Import

# A variable at the top of a module.
Cell: TypeAlias = "tuple[Module, str]"

# Packages whose root has another model before a version.
_OLDER_MODELS = {"zod": ("4.0.0", "zod/v3")}
PACKAGES = Path(__file__).parent / "packages"


class Exports(Protocol):
    """What can be imported from: a module of the project, a model or the host."""

    def get_export(self, name: str) -> Value:
        """Return the export `name`; unknown when that cannot be told."""

    def export_names(self) -> list[str]:
        """Return the names of all exports; raises `UnknownOutcome` when they cannot be told."""


class HostModules(Protocol):
    """Finds modules the host supplies."""

    def find(self, specifier: str) -> Exports | None:
        """Return the module `specifier` names, None when it is not the host's."""

    def stand_in(self, specifier: str) -> Exports | None:
        """Return what is known of a package whose code nobody has."""

    def package_since(
        self, name: str, version: str, directory: str | None = None
    ) -> bool | Unknown:
        """Tell whether the package is of that version or later for code in `directory`."""


@dataclass(frozen=True, slots=True)
class HostModule:
    """A module the host supplies."""

    name: str
    exports: dict[str, Value]

    def get_export(self, name: str) -> Value:
        """Return the export; one that this version does not know is unknown."""
        found = self.exports.get(name, MISSING)
        if found is MISSING:
            return Unknown(UnknownCode.MODEL, f'"{self.name}" has no export `{name}` that is known')
        return found

    def export_names(self) -> list[str]:
        """Return the names of all exports."""
        return list(self.exports)


@dataclass(frozen=True, slots=True)
class UnknownModule:
    """A module whose code is not read."""

    unknown: Unknown

    def get_export(self, _: str) -> Value:
        """Return the unknown."""
        return self.unknown

    def export_names(self) -> list[str]:
        """Raise: nobody knows."""
        raise UnknownOutcome(self.unknown)


class NamespaceObject(JSObject):
    """`import * as x`."""

    __slots__ = ("exports",)

    def __init__(self, exports: Exports) -> None:
        super().__init__(None, None)
        self.exports = exports
        self.is_frozen = True
        if isinstance(exports, UnknownModule):
            self.incomplete = exports.unknown

    def get_own(self, key: PropertyKey) -> Value:
        if not isinstance(key, str):
            return MISSING
        if isinstance(self.exports, Module):
            return self.exports.find_export(key)
        return self.exports.get_export(key) if key in self._names() else MISSING

    def _names(self) -> list[str]:
        try:
            return self.exports.export_names()
        except UnknownOutcome:
            return []

    def own_keys(self) -> list[PropertyKey]:
        keys: list[PropertyKey] = []
        keys.extend(sorted(self.exports.export_names()))
        return keys


class _ImportBinding(Waiting):
    """A variable bound by an import: where it leads is found once, its value is read each time."""

    __slots__ = ("_cell", "_import", "_module", "_value")

    def __init__(self, module: Module, import_: Import) -> None:
        self._module = module
        self._import = import_
        self._cell: Cell | None = None
        self._value: Value = MISSING

    def force(self) -> Value:
        if self._cell is None and self._value is MISSING:
            self._link()
        if self._cell is None:
            return self._value
        module, name = self._cell
        found = module.read_variable(name)
        return self._module.place(found, self._import.at) if type(found) is Unknown else found

    def _link(self) -> None:
        import_ = self._import
        target = self._module.linker.resolve(import_.specifier, self._module)
        if import_.imported != NAMESPACE and isinstance(target, Module):
            found = target.find_cell(import_.imported)
            if isinstance(found, tuple):
                self._cell = found
                return
        value = self._module.import_from(import_.specifier, import_.imported)
        if isinstance(value, Unknown):
            value = self._module.place(value, import_.at)
        self._value = value


class _ItemBinding(Waiting):
    """A variable whose declaration has not run yet."""

    __slots__ = ("_index", "_module", "_name")

    def __init__(self, module: Module, index: int, name: str) -> None:
        self._module = module
        self._index = index
        self._name = name

    def force(self) -> Value:
        return self._module.read_item(self._index, self._name)


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement at the top of a module that does not run through."""

    path: str
    line: int
    reason: str


class Module:
    """A module of the project or a model of a package.

    Attributes:
        path: relative to the repository; of a model, inside the folder of models.
        is_model: written by us.
        failures: statements that did not run through.
        platform: which export conditions of packages hold for its imports.
        assigns_class_fields: fields of classes are assigned and not defined
            (`useDefineForClassFields`).
        keeps_unused_imports: imports that no value uses are loaded too (`verbatimModuleSyntax`).
    """

    def __init__(self, linker: Linker, path: str, syntax: ModuleSyntax, *, is_model: bool) -> None:
        self.linker = linker
        self.path = path
        self.syntax = syntax
        self.is_model = is_model
        self.failures: list[Failure] = []
        self.platform = Platform.BROWSER
        self.assigns_class_fields = False
        self.keeps_unused_imports = False
        self.context = Context(self)
        self.scope = Scope(None, self.context, is_function=True)
        self._done: list[bool] = [False] * len(syntax.items)
        self._running: set[int] = set()
        self._is_started = False
        self._line_starts: list[int] | None = None
        self._common_js: JSObject | None = None
        self._cells: dict[str, Cell | Value] = {}
        self._names: list[str] | None = None
        self._common_js_namespace: JSObject | None = None
        self._declare()

    # Places

    def line_of(self, at: int) -> int:
        """Return the line, from 1, of the byte at offset `at`."""
        return self.position_of(at)[0]

    def position_of(self, at: int) -> tuple[int, int]:
        """Return line and column, from 1, of the byte at offset `at`; columns are characters."""
        starts = self._line_starts
        if starts is None:
            starts = self._line_starts = _line_starts(self.syntax.source)
        line = bisect.bisect_right(starts, at)
        start = starts[line - 1]
        return line, len(self.syntax.source[start:at].decode("utf-8", "replace")) + 1

    def text(self, start: int, end: int) -> str:
        """Return the source text between two offsets."""
        return self.syntax.source[start:end].decode("utf-8", "replace")

    def place(self, unknown: Unknown, at: int) -> Unknown:
        """Return `unknown` with a place in this module if it has none."""
        if unknown.file or self.is_model:
            return unknown
        return Unknown(unknown.code, unknown.reason, self.path, self.line_of(at), unknown.nature)

    # Variables

    def _declare(self) -> None:
        variables = self.scope.variables
        for import_ in self.syntax.imports:
            variables[import_.local] = _ImportBinding(self, import_)
        for index, item in enumerate(self.syntax.items):
            for name in item.names:
                # Declarations of one name merge (a function and a namespace): the first makes it.
                if name not in variables:
                    variables[name] = _ItemBinding(self, index, name)
        if self.syntax.is_script:
            self._declare_common_js()

    def _declare_common_js(self) -> None:
        exports = JSObject()
        module = JSObject({"exports": exports})
        self._common_js = module
        self.scope.variables["module"] = module
        self.scope.variables["exports"] = exports
        self.scope.variables["require"] = NativeFunction("require", self._require)

    def _require(self, _: Interpreter, __: Value, arguments: list[Value]) -> Value:
        specifier = arguments[0] if arguments else UNDEFINED
        if not isinstance(specifier, str):
            return Unknown(UnknownCode.IMPORT, "`require` is called with a computed name")
        target = self.linker.resolve(specifier, self)
        if isinstance(target, Module) and target.syntax.is_script:
            return target.common_js_exports()
        return NamespaceObject(target)

    def read_item(self, index: int, name: str) -> Value:
        """Return the variable `name`, running what must run first."""
        item = self.syntax.items[index]
        if item.is_function:
            return self._make_function(item, name)
        if item.is_var and self._is_started and not self._done[index]:
            return UNDEFINED
        self.run()
        if not self._done[index]:
            if index in self._running:
                return self.place(
                    Unknown(
                        UnknownCode.FAILED,
                        f"`{name}` is read before it is defined; modules import each other",
                    ),
                    item.at,
                )
            self._run_item(index)
        value = self.scope.variables.get(name, UNDEFINED)
        return UNDEFINED if isinstance(value, Waiting) or value is UNINITIALIZED else value

    def _make_function(self, item: Item, name: str) -> Value:
        statement = item.lower()
        if not isinstance(statement, n.FunctionDeclaration):
            return UNDEFINED
        shown = DEFAULT if name == ANONYMOUS_DEFAULT else name
        function = make_function(statement.function, self.scope, shown)
        self.scope.variables[name] = function
        return function

    # Running

    def run(self) -> None:
        """Run the module's statements in order, once."""
        if self._is_started:
            return
        self._is_started = True
        for specifier in self._loaded_first():
            target = self.linker.resolve(specifier, self)
            if isinstance(target, Module):
                target.run()
        for index, item in enumerate(self.syntax.items):
            if not self._done[index] and not item.is_function and not item.is_data:
                self._run_item(index)

    def _loaded_first(self) -> Iterator[str]:
        """Yield the specifiers whose modules run before this one.

        They are those imported for their effects alone, and those in the functions directory, which
        are read anyway. Other modules run when one of their variables is read: they are many, and
        most serve handlers only.
        """
        locals_: dict[str, list[str]] = {}
        for import_ in self.syntax.imports:
            locals_.setdefault(import_.specifier, []).append(import_.local)
        passed_on = {item.specifier for item in self.syntax.reexports} | set(self.syntax.stars)
        for specifier in self.syntax.dependencies:
            names = locals_.get(specifier)
            if names is None or specifier in passed_on:
                if (names is None and specifier not in passed_on) or self._is_neighbour(specifier):
                    yield specifier
            elif self._is_neighbour(specifier) and self._keeps_import(specifier, names):
                yield specifier
        if self.keeps_unused_imports:
            yield from self.syntax.valueless

    def _is_neighbour(self, specifier: str) -> bool:
        if not specifier.startswith("."):
            return False
        target = self.linker.resolve(specifier, self)
        return isinstance(target, Module) and self.linker.is_in_functions(target.path)

    def _keeps_import(self, specifier: str, names: list[str]) -> bool:
        """Tell whether an import survives: TypeScript drops one that no value uses."""
        target = self.linker.resolve(specifier, self)
        if not isinstance(target, Module) or all(item.names for item in target.syntax.items):
            return True  # without effects of its own it makes no difference
        if self.keeps_unused_imports or not self.syntax.is_typescript:
            return True
        return any(self.syntax.uses_as_value(name) for name in names)

    def _run_item(self, index: int) -> None:
        item = self.syntax.items[index]
        interpreter = self.linker.interpreter
        saved = interpreter.fuel, interpreter.depth
        interpreter.fuel = interpreter.allowance()
        self._running.add(index)
        statement: n.Statement | None = None
        failed: Unknown | None = None
        try:
            statement = item.lower()
            interpreter.execute(statement, self.scope)
        except JSThrow as thrown:
            failed = self._fail(item, thrown_message(thrown.value), UnknownCode.FAILED)
        except BudgetExceeded as spent:
            interpreter.fuel_in_all -= FUEL_PER_STATEMENT
            failed = self._fail(item, spent.reason, UnknownCode.BUDGET)
        except (RecursionError, MemoryError):
            failed = self._fail(item, "its evaluation needs too much memory", UnknownCode.BUDGET)
        except UnknownOutcome as outcome:
            failed = self.place(outcome.unknown, item.at)
        finally:
            interpreter.fuel, interpreter.depth = saved
            self._running.discard(index)
            self._done[index] = True
        self._settle(item, statement, failed)

    def _settle(self, item: Item, statement: n.Statement | None, failed: Unknown | None) -> None:
        """Bind the names of a statement that did not run through."""
        if failed is None:
            return
        if statement is not None:
            forget(self.linker.interpreter, statement, self.scope, failed)
        for name in item.names:
            value = self.scope.variables.get(name)
            if isinstance(value, Waiting) or value is UNINITIALIZED:
                self.scope.variables[name] = failed

    def _fail(self, item: Item, reason: str, code: UnknownCode) -> Unknown:
        line = self.line_of(item.at)
        self.failures.append(Failure(self.path, line, reason))
        return Unknown(code, reason, self.path, line)

    # Exports

    def get_export(self, name: str) -> Value:
        """Return the export `name`."""
        found = self.find_export(name)
        if found is MISSING:
            return Unknown(
                UnknownCode.IMPORT, f"`{self.path}` has no export `{name}`", self.path, 1
            )
        return found

    def find_export(self, name: str) -> Value:
        """Return the export `name`, `MISSING` when there is none."""
        if self._common_js is not None:
            exports = self.common_js_exports()
            if name != DEFAULT or _is_marked_module(exports):
                return self.linker.interpreter.get(exports, name)
            return exports
        cell = self.find_cell(name)
        if isinstance(cell, tuple):
            return cell[0].read_variable(cell[1])
        return cell

    def common_js_exports(self) -> Value:
        """Return `module.exports` of a CommonJS file."""
        self.run()
        return self.linker.interpreter.get(self._common_js, "exports")

    def common_js_namespace(self) -> Value:
        """Return what `import * as x` gives for a CommonJS file, as esbuild makes it."""
        if self._common_js_namespace is None:
            exports = self.common_js_exports()
            if not isinstance(exports, JSObject):
                return JSObject({DEFAULT: exports})
            namespace = JSObject(dict(exports.properties))
            namespace.incomplete = exports.incomplete
            if not _is_marked_module(exports):
                namespace.properties[DEFAULT] = exports
            self._common_js_namespace = namespace
        return self._common_js_namespace

    def find_cell(self, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> Cell | Value:
        """Return the module and variable the export `name` leads to.

        What leads out of the project's own modules is returned as its value, what leads nowhere
        (also because it is ambiguous) as `MISSING`.
        """
        if seen or self._common_js is not None:
            return self._find_cell(name, seen)
        found = self._cells.get(name)
        if found is None:
            found = self._find_cell(name, seen)
            if isinstance(found, tuple) or found is MISSING:
                self._cells[name] = found
        return found

    def _find_cell(self, name: str, seen: frozenset[tuple[str, str]]) -> Cell | Value:
        if (self.path, name) in seen:
            return MISSING
        seen = seen | {(self.path, name)}
        if self._common_js is not None:
            return self.find_export(name)
        local = self.syntax.exports.get(name)
        if local is not None:
            imported = next((i for i in self.syntax.imports if i.local == local), None)
            if imported is None:
                return self, local
            return self._follow(imported.specifier, imported.imported, seen)
        for reexport in self.syntax.reexports:
            if reexport.exported == name:
                return self._follow(reexport.specifier, reexport.imported, seen)
        return MISSING if name == DEFAULT else self._find_in_stars(name, seen)

    def _follow(self, specifier: str, name: str, seen: frozenset[tuple[str, str]]) -> Cell | Value:
        target = self.linker.resolve(specifier, self)
        if name != NAMESPACE and isinstance(target, Module):
            return target.find_cell(name, seen)
        return self.import_from(specifier, name)

    def _find_in_stars(self, name: str, seen: frozenset[tuple[str, str]]) -> Cell | Value:
        found: Cell | Value = MISSING
        unknown: Value = MISSING
        for specifier in self.syntax.stars:
            target = self.linker.resolve(specifier, self)
            if isinstance(target, UnknownModule):
                unknown = target.unknown
                continue
            if isinstance(target, Module):
                here = target.find_cell(name, seen)
            else:
                here = target.get_export(name) if name in target.export_names() else MISSING
            if here is MISSING:
                continue
            if found is not MISSING and found != here:
                return MISSING  # ambiguous: such a name is not exported
            found = here
        return unknown if found is MISSING else found

    def read_variable(self, name: str) -> Value:
        """Return the variable `name` of the module's top."""
        value = self.scope.variables.get(name, MISSING)
        if isinstance(value, Waiting):
            return value.force()
        if value is MISSING:
            return Unknown(
                UnknownCode.FAILED, f"`{name}` is exported but not declared", self.path, 1
            )
        return value

    def export_names(self) -> list[str]:
        """Return the names of all exports, own ones first."""
        if self._common_js is not None:
            return self._export_names(set())
        if self._names is None:
            self._names = self._export_names(set())
        return self._names

    def _export_names(self, seen: set[str]) -> list[str]:
        if self._common_js is not None:
            return [DEFAULT]
        seen.add(self.path)
        names = dict.fromkeys(self.syntax.exports)
        names.update(dict.fromkeys(item.exported for item in self.syntax.reexports))
        for specifier in self.syntax.stars:
            target = self.linker.resolve(specifier, self)
            if isinstance(target, Module):
                if target.path in seen:
                    continue
                inner = target._export_names(seen)  # noqa: SLF001 - of the same class
            else:
                inner = target.export_names()
            names.update(dict.fromkeys(name for name in inner if name != DEFAULT))
        if len(self.syntax.stars) > 1:
            return [name for name in names if self.find_cell(name) is not MISSING]
        return list(names)

    def syntax_export_names(self) -> list[str]:
        """Return the names exported by name, without those of `export *`."""
        names = dict.fromkeys(self.syntax.exports)
        names.update(dict.fromkeys(item.exported for item in self.syntax.reexports))
        return list(names)

    def origin_of(self, name: str) -> Cell | None:
        """Return the module and variable the export `name` was declared as."""
        cell = self.find_cell(name)
        while isinstance(cell, tuple):
            module, local = cell
            if local != ANONYMOUS_DEFAULT:
                return module, local
            expression = module.declaration_of(local)
            if not isinstance(expression, n.Identifier):
                return module, local
            cell = module.find_declared(expression.name)
        return None

    def find_declared(self, local: str) -> Cell | Value:
        """Return the module and variable that the variable `local` is, through imports."""
        imported = next((i for i in self.syntax.imports if i.local == local), None)
        if imported is None:
            return self, local
        return self._follow(imported.specifier, imported.imported, frozenset())

    # Imports

    def import_from(self, specifier: str, name: str) -> Value:
        """Return the export `name` (or the namespace) of the module `specifier` means here."""
        target = self.linker.resolve(specifier, self)
        if name == NAMESPACE:
            if isinstance(target, Module) and target.syntax.is_script:
                return target.common_js_namespace()
            return NamespaceObject(target)
        return target.get_export(name)

    def import_namespace(self, specifier: str) -> Value:
        """Return the namespace of the module `specifier` means here."""
        return self.import_from(specifier, NAMESPACE)

    def declaration_of(self, name: str) -> n.Expression | None:
        """Return the initializer of the variable `name`, also for a destructured one."""
        for item in self.syntax.items:
            if name in item.names:
                statement = item.lower()
                if isinstance(statement, n.VariableDeclaration):
                    for declarator in statement.declarators:
                        if name in _names(declarator):
                            return declarator.value
        return None

    def offset_of(self, name: str) -> int:
        """Return the offset of the statement that declares `name`, 0 if none does."""
        return next((item.at for item in self.syntax.items if name in item.names), 0)


def _is_marked_module(exports: Value) -> bool:
    """Tell whether `exports` says of itself to be a compiled ECMAScript module."""
    return isinstance(exports, JSObject) and exports.get_own("__esModule") is True


def _names(declarator: n.Declarator) -> tuple[str, ...]:
    from ssot_action.syntax.patterns import bound_names

    return bound_names(declarator.target)


def _line_starts(source: bytes) -> list[int]:
    starts = [0]
    position = source.find(b"\n")
    while position >= 0:
        starts.append(position + 1)
        position = source.find(b"\n", position + 1)
    return starts


class Linker:
    """Finds what an import means and keeps every module once."""

    def __init__(
        self,
        interpreter: Interpreter,
        resolver: Resolver,
        host_modules: HostModules,
        generated: Callable[[GeneratedModule], Exports],
    ) -> None:
        """Link with `host_modules` and `generated` (what codegen makes)."""
        self.interpreter = interpreter
        self.resolver = resolver
        self._host_modules = host_modules
        self._generated = generated
        self._modules: dict[str, Exports] = {}
        self._functions_directories: tuple[str, ...] = ()
        self._models: dict[str, Exports | None] = {}
        self._resolved: dict[tuple[str, str], Exports] = {}

    def modules(self) -> list[Module]:
        """Return the project's modules that were loaded, in order of loading."""
        return [module for module in self._modules.values() if isinstance(module, Module)]

    def add_functions_directory(self, directory: str) -> None:
        """Take the modules in `directory` for ones that are all read."""
        self._functions_directories += (f"{directory}/" if directory else "",)

    def is_in_functions(self, path: str) -> bool:
        """Tell whether `path` is in a directory whose modules are all read."""
        return path.startswith(self._functions_directories)

    def load(self, path: str) -> Exports:
        """Return the module of the file `path` of the repository."""
        found = self._modules.get(path)
        if found is None:
            found = self._modules[path] = self._load(path)
        return found

    def _load(self, path: str) -> Exports:
        source = self.resolver.tree.read(path)
        if source is None:
            return UnknownModule(Unknown(UnknownCode.IMPORT, f"`{path}` cannot be read"))
        if path.endswith(".json"):
            return _json_module(path, source)
        module = Module(self, path, parse_module(path, source), is_model=False)
        settings = self.resolver.tsconfigs.nearest(path.rpartition("/")[0])
        if settings is not None and module.syntax.is_typescript:
            module.assigns_class_fields = settings.assigns_class_fields
            module.keeps_unused_imports = settings.keeps_unused_imports
        return module

    def resolve(self, specifier: str, importer: Module) -> Exports:
        """Return what `specifier` means in `importer`."""
        key = (importer.path, specifier)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(specifier, importer)
        return found

    def _resolve(self, specifier: str, importer: Module) -> Exports:
        if importer.is_model:
            return self._resolve_of_model(specifier, importer)
        resolution = self.resolver.resolve(specifier, importer.path, platform=importer.platform)
        if isinstance(resolution, GeneratedModule):
            return self._generated(resolution)
        if isinstance(resolution, ResolvedFile):
            if resolution.package is None or "node_modules/" not in resolution.path:
                return self.load(resolution.path)
            return self._package(resolution.package.specifier, parent_path(importer.path))
        if isinstance(resolution, PackageImport):
            return self._package(resolution.specifier, parent_path(importer.path))
        if isinstance(resolution, NodeBuiltin):
            return UnknownModule(
                Unknown(UnknownCode.RUNTIME, f'"node:{resolution.name}" exists only at run time')
            )
        known = self._known_package(specifier, parent_path(importer.path))
        if known is not None:
            return known
        return UnknownModule(Unknown(UnknownCode.IMPORT, resolution.message))

    def _package(self, specifier: str, directory: str | None = None) -> Exports:
        known = self._known_package(specifier, directory)
        known = known or self._host_modules.stand_in(specifier)
        if known is not None:
            return known
        return UnknownModule(
            Unknown(UnknownCode.PACKAGE, f'the code of the package "{specifier}" is not read')
        )

    def _known_package(self, specifier: str, directory: str | None) -> Exports | None:
        host = self._host_modules.find(specifier)
        if host is not None:
            return host
        if specifier in _OLDER_MODELS:
            version, older = _OLDER_MODELS[specifier]
            is_new = self._host_modules.package_since(specifier, version, directory)
            if isinstance(is_new, Unknown):
                return UnknownModule(is_new)
            specifier = specifier if is_new else older
        return self._model(specifier)

    def _resolve_of_model(self, specifier: str, importer: Module) -> Exports:
        if not specifier.startswith("."):
            return self._package(specifier)
        parts: list[str] = []
        for part in [*importer.path.split("/")[:-1], *specifier.split("/")]:
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        target = self._model("/".join(parts).removesuffix(".js"))
        if target is None:
            raise FileNotFoundError(f"the model {importer.path} imports {specifier}")
        return target

    def _model(self, specifier: str) -> Exports | None:
        if specifier not in self._models:
            self._models[specifier] = self._load_model(specifier)
        return self._models[specifier]

    def _load_model(self, specifier: str) -> Exports | None:
        if ".." in specifier or "\\" in specifier or "\0" in specifier or specifier.startswith("/"):
            return None
        for candidate in (f"{specifier.removesuffix('.js')}.js", f"{specifier}/index.js"):
            file = PACKAGES / candidate
            if file.is_file():
                known = self._models.get(f"={candidate}")
                if known is None:
                    syntax = parse_module(candidate, file.read_bytes())
                    known = Module(self, candidate, syntax, is_model=True)
                    self._models[f"={candidate}"] = known
                return known
        return None


def _json_module(path: str, source: bytes) -> Exports:
    try:
        data = json.loads(source.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return UnknownModule(Unknown(UnknownCode.IMPORT, f"`{path}` is not valid JSON", path, 1))
    value = from_json(data)
    exports: dict[str, Value] = {DEFAULT: value}
    if isinstance(value, JSObject) and not isinstance(value, JSArray):
        members = value.properties.items()
        exports.update({key: item for key, item in members if isinstance(key, str)})
        exports[DEFAULT] = value
    return HostModule(path, exports)
