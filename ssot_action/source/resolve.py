"""What an import means: a file of the repository, a package, Node.js, or generated code.

Convex bundles with esbuild (`conditions: ["convex", "module"]`, platform `browser`, or `node` under
`"use node"`), so the order of attempts is esbuild's: `paths` and `baseUrl` of the nearest tsconfig,
`#imports`, the package itself by name, `node_modules` upwards. Two steps are added for a repository
without installed packages or built files, as a commit is: workspace packages are found by name, and
a built file that is absent (`dist/x.js`) is looked for where its source would be (`src/x.ts`); the
result says so in its `note`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.errors import SourceError
from ssot_action.source.exports import resolve_exports
from ssot_action.source.manifest import ManifestReader
from ssot_action.source.paths import ancestor_paths, base_name, child_path, join_path, parent_path
from ssot_action.source.resolution import (
    GeneratedModule,
    Platform,
    Resolution,
    Unresolved,
    UnresolvedReason,
    split_package,
)
from ssot_action.source.search import Search
from ssot_action.source.tsconfig import TsConfigReader
from ssot_action.source.workspace import Workspaces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ssot_action.diagnostics import Diagnostic
    from ssot_action.source.tree import SourceTree

_CONDITIONS: Final = {
    Platform.BROWSER: frozenset({"convex", "module", "import", "browser", "default"}),
    Platform.NODE: frozenset({"convex", "module", "import", "node", "default"}),
}
_GENERATED_NAMES: Final = frozenset({"api", "component", "dataModel", "server"})
_GENERATED_EXTENSIONS: Final = frozenset({"", "js", "ts", "d.ts", "mjs", "cjs"})
_FUNCTIONS_DIRECTORY_MARKS: Final = (
    "schema.ts",
    "schema.js",
    "convex.config.ts",
    "convex.config.js",
    "_generated",
)
_LOCAL_PROTOCOLS: Final = ("file:", "link:", "portal:")


class Resolver:
    """Resolves the imports of one tree; every answer and every configuration file is kept.

    Args:
        tree: The repository.
        functions_directories: Directories whose `_generated` is Convex's even when it is not there.
        extra_conditions: Export conditions beside those that Convex sets.
    """

    def __init__(
        self,
        tree: SourceTree,
        *,
        functions_directories: Collection[str] = (),
        extra_conditions: Collection[str] = (),
    ) -> None:
        self._tree = tree
        self._functions_directories = frozenset(functions_directories)
        self._conditions = {
            platform: conditions | frozenset(extra_conditions)
            for platform, conditions in _CONDITIONS.items()
        }
        self.manifests: Final = ManifestReader(tree)
        self._workspaces = Workspaces(tree, self.manifests)
        self._tsconfigs = TsConfigReader(tree, self._find_config)
        self._resolutions: dict[tuple[str, str, Platform], Resolution] = {}
        self._generated: dict[str, GeneratedModule | None] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Configuration files, met so far, that could not be used; sorted by place."""
        found = (*self.manifests.diagnostics, *self._tsconfigs.diagnostics)
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))

    def resolve(
        self, specifier: str, importer: str, *, platform: Platform = Platform.BROWSER
    ) -> Resolution:
        """Return what `specifier` means in the file `importer`."""
        directory = parent_path(importer)
        key = (directory, specifier, platform)
        resolution = self._resolutions.get(key)
        if resolution is None:
            # Code in a linked directory imports from where it really is.
            real_directory = self._tree.real_path(directory)
            place = directory if real_directory is None else real_directory
            try:
                resolution = Search(self, specifier, place, platform).run()
            except SourceError as error:
                resolution = Unresolved(UnresolvedReason.UNREADABLE, str(error))
            self._resolutions[key] = resolution
        return resolution

    # What a search asks for: one answer per place, whoever asks.

    @property
    def tree(self) -> SourceTree:
        """The repository."""
        return self._tree

    @property
    def tsconfigs(self) -> TsConfigReader:
        """The configuration files of the repository."""
        return self._tsconfigs

    def conditions(self, platform: Platform) -> frozenset[str]:
        """Return the export conditions of a platform."""
        return self._conditions[platform]

    def package_directories(self, name: str, directory: str) -> Iterator[str]:
        """Yield where code in `directory` finds a package, best first; links not followed."""
        for ancestor in ancestor_paths(directory):
            if base_name(ancestor) == "node_modules":
                continue
            installed = child_path(ancestor, f"node_modules/{name}")
            if self._tree.is_directory(installed):
                yield installed
        workspace = self._workspaces.find(name, directory)
        if workspace is not None:
            yield workspace
        else:
            linked = self._linked_directory(name, directory)
            if linked is not None:
                yield linked

    def generated_module(self, path: str) -> GeneratedModule | None:
        """Return the generated module that `path`, with or without extension, stands for."""
        # Nearly every path is not generated: the test that settles it comes before any look-up.
        directory, separator, name = path.rpartition("/_generated/")
        if not separator:
            if not path.startswith("_generated/"):
                return None
            directory, name = "", path[len("_generated/") :]
        stem, _, extension = name.partition(".")
        if stem not in _GENERATED_NAMES or extension not in _GENERATED_EXTENSIONS:
            return None
        place = child_path(directory, f"_generated/{stem}")
        if place not in self._generated:
            is_convex = self._is_convex_generated(directory, place)
            self._generated[place] = GeneratedModule(directory, stem) if is_convex else None
        return self._generated[place]

    def _is_convex_generated(self, directory: str, place: str) -> bool:
        """Tell Convex's generated code from another tool's, also when it is not committed."""
        exists = False
        for extension in (".ts", ".js", ".d.ts"):
            contents = self._tree.read(place + extension)
            if contents is not None:
                exists = True
                if b"convex/server" in contents:
                    return True
        if exists:
            return False
        if directory in self._functions_directories:
            return True
        names = {entry.name for entry in self._tree.list_directory(directory)}
        return any(mark in names for mark in _FUNCTIONS_DIRECTORY_MARKS)

    def _linked_directory(self, name: str, directory: str) -> str | None:
        """Return the directory that a `file:`, `link:` or `portal:` dependency names."""
        manifest = self.manifests.enclosing(directory)
        wanted = manifest.dependency(name) if manifest is not None else None
        if manifest is None or wanted is None or not wanted.startswith(_LOCAL_PROTOCOLS):
            return None
        path = join_path(manifest.directory, wanted.partition(":")[2])
        return path if path is not None and self._tree.is_directory(path) else None

    def _find_config(self, extends: str, directory: str) -> str | None:
        """Return the configuration file that a package specifier in `extends` names."""
        package = split_package(extends)
        if package is None:
            return None
        for package_directory in self.package_directories(package.name, directory):
            manifest = self.manifests.read(package_directory)
            targets: list[str] = []
            if manifest is not None and manifest.exports is not None:
                target = resolve_exports(
                    manifest.exports, package.exports_key, frozenset({"require", "node", "default"})
                )
                targets.extend([target] if target is not None else [])
            if manifest is not None and not package.subpath and manifest.text("tsconfig"):
                targets.append(manifest.text("tsconfig") or "")
            targets.append(package.subpath)
            for target in targets:
                path = join_path(package_directory, target)
                if path is None:
                    continue
                for candidate in (child_path(path, "tsconfig.json"), path, path + ".json"):
                    if self._tree.is_file(candidate):
                        return candidate
        return None
