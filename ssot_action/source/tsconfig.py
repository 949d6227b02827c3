"""What `tsconfig.json` and `jsconfig.json`, with `extends`, change about imports and classes.

Convex bundles with esbuild, so the rules are esbuild's: the nearest file at or above the importing
file counts and no other; `paths` are relative to the `baseUrl` that all files together give,
without one to the file that wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import SourceError
from ssot_action.source.documents import Dialect, Json, JsonError, JsonObject, parse_document
from ssot_action.source.paths import (
    child_path,
    is_in_node_modules,
    join_path,
    parent_path,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssot_action.source.tree import SourceTree

_CONFIG_DIR: Final = "${configDir}"
_MAX_EXTENDS: Final = 100
_TARGETS_BEFORE_FIELDS: Final = frozenset(
    {"es3", "es5", "es6", *(f"es{year}" for year in range(2015, 2022))}
)
_DECLARATIONS: Final = (".d.ts", ".d.mts", ".d.cts")

# A path as written, and the directory it is seen from; None for the base of all.
Substitution: TypeAlias = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TsConfig:
    """What a configuration file says about imports, its bases merged in.

    Attributes:
        path: Of the file itself.
        base_url: Directory, relative to the repository root; None when not set or outside of it.
        has_base_url: Whether it is set at all: then substitutions need no `./`.
        paths: Patterns with at most one `*`, each with its substitutions in order.
        paths_directory: Of the file that wrote them; their base when no `baseUrl` is set at all.
        defines_class_fields: `useDefineForClassFields`; None when not set.
        target: The ECMAScript version in lower case, empty when not set.
        keeps_unused_imports: Imports that no value uses stay (`verbatimModuleSyntax` and the older
            settings of that meaning).
    """

    path: str
    base_url: str | None = None
    has_base_url: bool = False
    paths: tuple[tuple[str, tuple[Substitution, ...]], ...] = ()
    paths_directory: str = ""
    defines_class_fields: bool | None = None
    target: str = ""
    keeps_unused_imports: bool = False

    @property
    def assigns_class_fields(self) -> bool:
        """Whether fields of classes are assigned, as before ES2022, instead of defined."""
        if self.defines_class_fields is not None:
            return not self.defines_class_fields
        return self.target in _TARGETS_BEFORE_FIELDS

    def substitutions(self, specifier: str) -> Iterator[str]:
        """Yield the paths, in the repository, that `paths` lets a specifier mean, best first."""
        match, substitutions = self._best_match(specifier)
        # A `baseUrl` that was set later moves the paths of a base along.
        base = self.base_url if self.has_base_url else self.paths_directory
        for directory, text in substitutions:
            start = base if directory is None else directory
            if start is None:
                continue
            path = join_path(start, text if match is None else text.replace("*", match, 1))
            if path is not None:
                yield path

    def _best_match(self, specifier: str) -> tuple[str | None, tuple[Substitution, ...]]:
        best: tuple[int, int] = (-1, -1)
        found: tuple[str | None, tuple[Substitution, ...]] = (None, ())
        for pattern, substitutions in self.paths:
            prefix, star, suffix = pattern.partition("*")
            if not star:
                if pattern == specifier:
                    return (None, substitutions)
                continue
            if (
                specifier.startswith(prefix)
                and specifier.endswith(suffix)
                and len(specifier) >= len(prefix) + len(suffix)
                and (len(prefix), len(suffix)) > best
            ):
                best = (len(prefix), len(suffix))
                found = (specifier[len(prefix) : len(specifier) - len(suffix)], substitutions)
        return found


class TsConfigReader:
    """Finds and merges configuration files; each is parsed once."""

    def __init__(
        self, tree: SourceTree, find_package_file: Callable[[str, str], str | None]
    ) -> None:
        """Take the tree and a function from an `extends` specifier and a directory to a file."""
        self._tree = tree
        self._find_package_file = find_package_file
        self._nearest: dict[str, TsConfig | None] = {}
        self._objects: dict[str, JsonObject | None] = {}
        self.diagnostics: list[Diagnostic] = []

    def nearest(self, directory: str) -> TsConfig | None:
        """Return the configuration for files in `directory`; installed packages have none."""
        climbed: list[str] = []
        current = directory
        while current not in self._nearest:
            climbed.append(current)
            if not current:
                break
            current = parent_path(current)
        found = self._nearest.get(current)
        for ancestor in reversed(climbed):
            found = None if is_in_node_modules(ancestor) else self._load(ancestor) or found
            self._nearest[ancestor] = found
        return found

    def _load(self, directory: str) -> TsConfig | None:
        for name in ("tsconfig.json", "jsconfig.json"):
            path = child_path(directory, name)
            if self._tree.is_file(path):
                return self._merge(path, directory)
        return None

    def _merge(self, path: str, config_directory: str) -> TsConfig | None:
        """Return `path` merged with its bases, None when it cannot be parsed."""
        if self._object(path) is None:
            return None
        merged = TsConfig(path=path)
        for member, value in self._in_order(path):
            options = value.get("compilerOptions")
            if isinstance(options, dict):
                merged = _apply(merged, options, parent_path(member), config_directory)
        return merged

    def _in_order(self, path: str) -> list[tuple[str, JsonObject]]:
        """Return a file and all it extends, bases first; a cycle is cut."""
        ordered: list[tuple[str, JsonObject]] = []
        # Each file is left after its bases: the second visit of the stack writes it down.
        pending: list[tuple[str, bool]] = [(path, False)]
        open_files: set[str] = set()
        steps = 0
        while pending:
            current, is_done = pending.pop()
            value = self._object(current)
            if value is None:
                continue
            if is_done:
                open_files.discard(current)
                ordered.append((current, value))
                continue
            steps += 1
            if current in open_files or steps > _MAX_EXTENDS:
                self._report(current, "it extends itself; the circle is cut here")
                continue
            open_files.add(current)
            pending.append((current, True))
            bases = [self._find_base(current, text) for text in _extends(value)]
            pending.extend((base, False) for base in reversed(bases) if base is not None)
        return ordered

    def _find_base(self, path: str, text: str) -> str | None:
        directory = parent_path(path)
        if not _is_relative(text):
            # An absent package is no mistake: a commit has no installed packages.
            return self._find_package_file(text, directory)
        target = join_path(directory, text)
        if target is not None:
            candidates = [target] if text.endswith(".json") else [target, target + ".json"]
            for candidate in candidates:
                if self._tree.is_file(candidate):
                    return candidate
        self._report(path, f'it extends "{text}", which is not in the repository')
        return None

    def _object(self, path: str) -> JsonObject | None:
        if path not in self._objects:
            self._objects[path] = self._parse(path)
        return self._objects[path]

    def _parse(self, path: str) -> JsonObject | None:
        try:
            value: Json = parse_document(self._tree.read(path) or b"{}", Dialect.RELAXED).value
        except SourceError as error:
            self._report(path, error.problem)
            return None
        except JsonError as error:
            self._report(path, error.problem, error.line, error.column)
            return None
        if not isinstance(value, dict):
            self._report(path, "the file must hold an object", 1, 1)
            return None
        return value

    def _report(
        self, path: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        diagnostic = Diagnostic(
            code=DiagnosticCode.CONFIG_MALFORMED,
            severity="warning",
            message=message,
            file=path,
            line=line,
            column=column,
            hint="Imports that need its paths or baseUrl stay unresolved until it is corrected.",
        )
        if not is_in_node_modules(path) and diagnostic not in self.diagnostics:
            self.diagnostics.append(diagnostic)


def _apply(
    config: TsConfig, options: JsonObject, directory: str, config_directory: str
) -> TsConfig:
    config = _apply_settings(config, options)
    base_url, has_base_url = config.base_url, config.has_base_url
    written = options.get("baseUrl")
    if isinstance(written, str):
        base_url = _from_directory(written, directory, config_directory)
        has_base_url = True
    mapping = options.get("paths")
    if not isinstance(mapping, dict):
        return replace(config, base_url=base_url, has_base_url=has_base_url)
    paths: list[tuple[str, tuple[Substitution, ...]]] = []
    for pattern, texts in mapping.items():
        # esbuild passes over an empty list; TypeScript calls it an error.
        if not isinstance(texts, list) or not texts or pattern.count("*") > 1:
            continue
        substitutions: list[Substitution] = []
        for text in texts:
            if not isinstance(text, str) or text.endswith(_DECLARATIONS):
                continue
            if text.startswith(_CONFIG_DIR):
                substitutions.append((config_directory, "./" + text[len(_CONFIG_DIR) :]))
            elif has_base_url or _is_relative(text):
                substitutions.append((None, text))
        paths.append((pattern, tuple(substitutions)))
    return replace(
        config,
        base_url=base_url,
        has_base_url=has_base_url,
        paths=tuple(paths),
        paths_directory=directory,
    )


def _apply_settings(config: TsConfig, options: JsonObject) -> TsConfig:
    """Return `config` with what `options` says about classes and unused imports."""
    defines = options.get("useDefineForClassFields")
    if isinstance(defines, bool):
        config = replace(config, defines_class_fields=defines)
    target = options.get("target")
    if isinstance(target, str):
        config = replace(config, target=target.lower())
    for name in ("verbatimModuleSyntax", "preserveValueImports"):
        if isinstance(options.get(name), bool):
            config = replace(config, keeps_unused_imports=options[name] is True)
    if options.get("importsNotUsedAsValues") in ("preserve", "error"):
        config = replace(config, keeps_unused_imports=True)
    return config


def _from_directory(text: str, directory: str, config_directory: str) -> str | None:
    if text.startswith(_CONFIG_DIR):
        return join_path(config_directory, "./" + text[len(_CONFIG_DIR) :])
    return join_path(directory, text)


def _extends(value: JsonObject) -> list[str]:
    extends = value.get("extends")
    if isinstance(extends, str):
        return [extends]
    if isinstance(extends, list):
        return [text for text in extends if isinstance(text, str)]
    return []


def _is_relative(text: str) -> bool:
    return text in {".", ".."} or text.startswith(("./", "../", "/"))
