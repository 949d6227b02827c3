"""The search for what one specifier means, from one directory, in esbuild's order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ssot_action.source.built import source_candidates
from ssot_action.source.exports import resolve_exports, resolve_imports
from ssot_action.source.paths import child_path, is_in_node_modules, join_path
from ssot_action.source.resolution import (
    NodeBuiltin,
    PackageImport,
    Platform,
    Resolution,
    ResolvedFile,
    Unresolved,
    UnresolvedReason,
    is_node_builtin,
    split_package,
)

if TYPE_CHECKING:
    from ssot_action.source.manifest import Manifest
    from ssot_action.source.resolution import GeneratedModule
    from ssot_action.source.resolve import Resolver

_EXTENSIONS: Final = (".tsx", ".ts", ".jsx", ".js", ".css", ".json")
_EXTENSIONS_INSTALLED: Final = (".jsx", ".js", ".tsx", ".ts", ".css", ".json")
_REWRITTEN: Final = {
    ".js": (".ts", ".tsx"),
    ".jsx": (".ts", ".tsx"),
    ".mjs": (".mts",),
    ".cjs": (".cts",),
}
_MAIN_FIELDS: Final = {
    Platform.BROWSER: ("browser", "module", "main"),
    Platform.NODE: ("main", "module"),
}


class Search:
    """One specifier, looked for from one directory."""

    __slots__ = ("_attempts", "_directory", "_platform", "_resolver", "_specifier", "_tree")

    def __init__(
        self, resolver: Resolver, specifier: str, directory: str, platform: Platform
    ) -> None:
        self._resolver = resolver
        self._tree = resolver.tree
        self._specifier = specifier
        self._directory = directory
        self._platform = platform
        self._attempts: list[str] = []

    def run(self) -> Resolution:
        """Return the answer. Raises SourceError when something on the way cannot be read."""
        specifier = self._specifier
        if not specifier or "\0" in specifier:
            return self._unresolved(UnresolvedReason.INVALID, "the specifier is empty or not text")
        if specifier.startswith(("./", "../")) or specifier in {".", ".."}:
            return self._relative()
        return self._bare()

    def _relative(self) -> Resolution:
        path = join_path(self._directory, self._specifier)
        if path is None:
            return self._unresolved(
                UnresolvedReason.OUTSIDE_REPOSITORY,
                f'"{self._specifier}" leads outside the repository',
            )
        return self._load(path, self._specifier) or self._not_found(
            f'there is no file for "{self._specifier}"'
        )

    def _bare(self) -> Resolution:
        specifier = self._specifier
        is_builtin = specifier.startswith("node:") or is_node_builtin(specifier)
        builtin = NodeBuiltin(specifier.removeprefix("node:"))
        if is_builtin and self._platform is Platform.NODE:
            return builtin
        found = self._mapped_by_tsconfig()
        if found is not None:
            return found
        if specifier.startswith("node:"):
            return builtin
        if specifier.startswith("#"):
            return self._package_import()
        package = split_package(specifier)
        if package is None:
            return self._not_found(
                f'"{specifier}" matches no path of tsconfig.json and names no package'
            )
        manifest = self._resolver.manifests.enclosing(self._directory)
        if manifest is not None and manifest.name == package.name and manifest.exports is not None:
            return self._load_package(manifest.directory, package) or self._not_exported(package)
        is_present = False
        for directory in self._resolver.package_directories(package.name, self._directory):
            is_present = True
            found = self._load_package(directory, package)
            if found is not None:
                return found
            manifest = self._resolver.manifests.read(directory)
            if manifest is not None and manifest.exports is not None:
                # The map is final; without one the next node_modules may have the file.
                return self._not_exported(package)
        if is_present and not is_builtin:
            return self._not_exported(package)
        return builtin if is_builtin else package

    def _mapped_by_tsconfig(self) -> Resolution | None:
        config = self._resolver.tsconfigs.nearest(self._directory)
        if config is None:
            return None
        for path in config.substitutions(self._specifier):
            found = self._load(path, path)
            if found is not None:
                return found
        if config.base_url is not None and not self._specifier.startswith(("#", "/")):
            based = join_path(config.base_url, self._specifier)
            return self._load(based, based) if based is not None else None
        return None

    def _package_import(self) -> Resolution:
        manifest = self._resolver.manifests.enclosing(self._directory)
        if manifest is None:
            return self._not_found(f'no package.json with "imports" for "{self._specifier}"')
        target = resolve_imports(
            manifest.imports, self._specifier, self._resolver.conditions(self._platform)
        )
        if target is None:
            return self._not_found(
                f'"{self._specifier}" is not in "imports" of'
                f" {child_path(manifest.directory, 'package.json')}"
            )
        if target.startswith("./"):
            return self._load_target(manifest.directory, target) or self._not_found(
                f'"{self._specifier}" stands for {target}, which does not exist'
            )
        if target.startswith("#"):
            return self._unresolved(UnresolvedReason.INVALID, f'"{target}" refers to imports again')
        return self._resolver.resolve(
            target, child_path(manifest.directory, "package.json"), platform=self._platform
        )

    def _load_package(
        self, directory: str, package: PackageImport
    ) -> ResolvedFile | GeneratedModule | None:
        manifest = self._resolver.manifests.read(directory)
        found: ResolvedFile | GeneratedModule | None
        if manifest is not None and manifest.exports is not None:
            found = self._load_exported(manifest, package)
        else:
            path = join_path(directory, package.subpath)
            found = self._load_installed(path, package.subpath) if path is not None else None
            if found is None and self._is_source(directory):
                found = self._load_unbuilt_main(directory, manifest, package)
        return replace(found, package=package) if isinstance(found, ResolvedFile) else found

    def _load_exported(
        self, manifest: Manifest, package: PackageImport
    ) -> ResolvedFile | GeneratedModule | None:
        if self._specifier.endswith("/"):
            return None
        conditions = self._resolver.conditions(self._platform)
        targets: list[str] = []
        target = resolve_exports(manifest.exports, package.exports_key, conditions)
        if target is not None:
            found = self._load_target(manifest.directory, target)
            if found is not None:
                return found
            targets.append(target)
        if not self._is_source(manifest.directory):
            return None
        types = resolve_exports(manifest.exports, package.exports_key, conditions | {"types"})
        if types is not None:
            # Only types are published: in a workspace they are the source itself, or stand beside
            # it.
            targets.append(types)
        return self._load_unbuilt(manifest.directory, targets)

    def _load_unbuilt_main(
        self, directory: str, manifest: Manifest | None, package: PackageImport
    ) -> ResolvedFile | None:
        if package.subpath:
            return self._load_unbuilt(directory, [package.subpath])
        fields = (*_MAIN_FIELDS[self._platform], "types", "typings")
        named = [manifest.text(field) for field in fields] if manifest is not None else []
        return self._load_unbuilt(directory, [*(text for text in named if text), "dist/index.js"])

    def _load_unbuilt(self, directory: str, targets: list[str]) -> ResolvedFile | None:
        """Return the source of the first target that has one in the package."""
        for target in targets:
            for path in source_candidates(target):
                full = join_path(directory, path)
                if full is not None and self._tree.is_file(full):
                    note = f"{target.removeprefix('./')} is not built; its source {path} is read"
                    is_itself = path == target.removeprefix("./")
                    return ResolvedFile(self._real(full), note=None if is_itself else note)
        return None

    def _load_target(self, directory: str, target: str) -> ResolvedFile | GeneratedModule | None:
        """Load exactly the file that a map of `package.json` names."""
        path = join_path(directory, target)
        if path is None:
            return None
        generated = self._resolver.generated_module(path)
        if generated is not None:
            return generated
        self._attempts.append(path)
        if self._tree.is_file(path):
            return ResolvedFile(self._real(path))
        rewritten = self._rewritten(path)
        return ResolvedFile(self._real(rewritten)) if rewritten is not None else None

    def _load_installed(self, path: str, written: str) -> ResolvedFile | GeneratedModule | None:
        """Load from a package: JavaScript comes before TypeScript, in a workspace's package too.

        esbuild goes by the path through `node_modules`, before it follows the link.
        """
        return self._load(path, written, _EXTENSIONS_INSTALLED)

    def _load(
        self, path: str, written: str, extensions: tuple[str, ...] | None = None
    ) -> ResolvedFile | GeneratedModule | None:
        """Load a file or a directory, with the extensions that may be left out."""
        generated = self._resolver.generated_module(path)
        if generated is not None:
            return generated
        self._attempts.append(path)
        if extensions is None:
            extensions = _EXTENSIONS_INSTALLED if is_in_node_modules(path) else _EXTENSIONS
        found = None
        if path and not written.endswith(("/", "/.", "/..")) and written not in {".", "..", ""}:
            found = self._load_file(path, extensions)
        if found is None and self._tree.is_directory(path):
            found = self._load_directory(path, extensions)
        return ResolvedFile(self._real(found)) if found is not None else None

    def _load_file(self, path: str, extensions: tuple[str, ...]) -> str | None:
        is_file = self._tree.is_file
        if is_file(path):
            return path
        for extension in extensions:
            if is_file(path + extension):
                return path + extension
        return self._rewritten(path)

    def _rewritten(self, path: str) -> str | None:
        stem, dot, extension = path.rpartition(".")
        for replacement in _REWRITTEN.get(dot + extension, ()):
            if self._tree.is_file(stem + replacement):
                return stem + replacement
        return None

    def _load_directory(self, path: str, extensions: tuple[str, ...]) -> str | None:
        manifest = self._resolver.manifests.read(path)
        if manifest is not None:
            for field in _MAIN_FIELDS[self._platform]:
                text = manifest.text(field)
                main = join_path(path, text) if text is not None else None
                if main is None:
                    continue
                found = self._load_file(main, extensions) if main != path else None
                if found is None:
                    found = self._load_index(main, extensions)
                if found is not None:
                    return found
        return self._load_index(path, extensions)

    def _load_index(self, directory: str, extensions: tuple[str, ...]) -> str | None:
        if not self._tree.is_directory(directory):
            return None
        index = child_path(directory, "index")
        for extension in extensions:
            if self._tree.is_file(index + extension):
                return index + extension
        return None

    def _is_source(self, directory: str) -> bool:
        """Return whether a package is the repository's own, linked or not."""
        return not is_in_node_modules(self._real(directory))

    def _real(self, path: str) -> str:
        return self._tree.real_path(path) or path

    def _not_found(self, message: str) -> Unresolved:
        for path in self._attempts:
            if self._tree.leaves_repository(path):
                return self._unresolved(
                    UnresolvedReason.OUTSIDE_REPOSITORY,
                    f'a symbolic link leads "{self._specifier}" outside the repository',
                )
        return self._unresolved(UnresolvedReason.NOT_FOUND, message)

    def _not_exported(self, package: PackageImport) -> Unresolved:
        subpath = f'"{package.exports_key}"'
        return self._unresolved(
            UnresolvedReason.NOT_EXPORTED,
            f"the package {package.name} is here, but has no file for {subpath}",
        )

    def _unresolved(self, reason: UnresolvedReason, message: str) -> Unresolved:
        return Unresolved(reason, message, tuple(dict.fromkeys(self._attempts)))
