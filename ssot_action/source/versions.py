"""Which version of a package a project uses.

What counts, best first: a lock file; the range a manifest declares. What is installed counts only
for code that is itself installed, so that a checkout reads the same with and without packages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.errors import SourceError
from ssot_action.source.lock_files import LOCK_FORMATS, Wanted, find_in_lock, yaml_block
from ssot_action.source.paths import (
    ancestor_paths,
    base_name,
    child_path,
    is_in_node_modules,
    is_inside,
    join_path,
    relative_path,
)
from ssot_action.source.version_ranges import (
    ANY_VERSION,
    NEWEST_VERSION,
    VersionRange,
    parse_exact,
    parse_range,
)
from ssot_action.source.workspace import PNPM_WORKSPACE, Workspaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.source.documents import Json
    from ssot_action.source.manifest import Manifest, ManifestReader
    from ssot_action.source.tree import SourceTree

_YARN_SETTINGS: Final = ".yarnrc.yml"
_LOCAL: Final = re.compile(r"(?:file|link|portal):(.*)", re.DOTALL)
_NPM: Final = re.compile(r"npm:(?:((?:@[^/@\s]+/)?[^@/\s]+)@)?([^@]*)")


@dataclass(frozen=True, slots=True)
class PackageVersion:
    """What is known of the version of a package.

    Attributes:
        name: The package.
        range: The versions it may be.
        cause: Why there are several, as a clause; empty when it is one.
    """

    name: str
    range: VersionRange
    cause: str = ""

    def since(self, version: str) -> bool | None:
        """Return whether the package is of that version or a later one, None if unknown."""
        return self.range.since(version)

    @property
    def reason(self) -> str:
        """Why `since` gives None."""
        return f"the installed version of {self.name} is not known exactly: {self.cause}"


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A range in a manifest.

    Attributes:
        manifest: That declares it.
        text: As it stands there.
        meant: The same with catalogs and aliases looked up.
        range: Which is everything when `meant` is no range.
    """

    manifest: Manifest
    text: str
    meant: str
    range: VersionRange


@dataclass(frozen=True, slots=True)
class _Locked:
    """What lock files say: versions they name, files that name them, files that do not help."""

    versions: tuple[str, ...]
    files: tuple[str, ...]
    unread: tuple[str, ...]
    silent: tuple[str, ...]


class PackageVersions:
    """Finds versions of packages for code of one repository; each answer is kept.

    Args:
        tree: The repository.
        manifests: Its `package.json` files.
        importer_directory: Where the code is, unless a call says otherwise.
    """

    def __init__(
        self, tree: SourceTree, manifests: ManifestReader, importer_directory: str
    ) -> None:
        self._tree = tree
        self._manifests = manifests
        self._directory = importer_directory
        self._workspaces = Workspaces(tree, manifests)
        self._found: dict[tuple[str, str], PackageVersion | None] = {}

    def find(self, name: str, importer_directory: str | None = None) -> PackageVersion | None:
        """Return what is known of the package `name`, None when the project does not name it."""
        directory = self._directory if importer_directory is None else importer_directory
        key = (name, directory)
        if key not in self._found:
            # Code in a linked directory imports from where it really is.
            real_directory = self._tree.real_path(directory)
            place = directory if real_directory is None else real_directory
            self._found[key] = self._find(name, place)
        return self._found[key]

    def _find(self, name: str, place: str) -> PackageVersion | None:
        is_installed = is_in_node_modules(place)
        if is_installed:
            installed = self._installed(name, place)
            if installed is not None:
                return installed
        manifest = self._responsible(name, place)
        if manifest is not None and manifest.name == name:
            return _of_manifest(name, manifest)
        if manifest is None:
            locked = None if is_installed else self._locked(Wanted(name), place, ANY_VERSION)
            return None if locked is None else _of_locks(name, locked)
        return self._declared(name, manifest, is_installed=is_installed)

    def _responsible(self, name: str, place: str) -> Manifest | None:
        """Return the nearest manifest that is of the package or depends on it."""
        for directory in ancestor_paths(place):
            if base_name(directory) == "node_modules":
                return None
            manifest = self._manifests.read(directory)
            if manifest is None:
                continue
            is_itself = manifest.name == name and parse_exact(manifest.version or "") is not None
            if is_itself or manifest.dependency(name) is not None:
                return manifest
        return None

    def _installed(self, name: str, place: str) -> PackageVersion | None:
        for directory in ancestor_paths(place):
            manifest = self._manifests.read(directory)
            if manifest is None or manifest.name != name:
                if base_name(directory) == "node_modules":
                    continue
                manifest = self._manifests.read(child_path(directory, f"node_modules/{name}"))
            found = None if manifest is None else _of_manifest(name, manifest)
            if found is not None:
                return found
        return None

    # What a manifest declares

    def _declared(
        self, name: str, manifest: Manifest, *, is_installed: bool
    ) -> PackageVersion | None:
        text = manifest.dependency(name) or ""
        local = self._local(name, text, manifest)
        if local is not None:
            return local
        declaration = self._declaration(name, text, manifest)
        if is_installed:
            return _of_range(declaration, name, "it is not installed")
        wanted = Wanted(name, declaration.meant, manifest.directory, manifest.name)
        locked = self._locked(wanted, manifest.directory, declaration.range)
        if locked.versions and not locked.unread:
            return _of_locks(name, locked)
        override = self._override(name, manifest.directory)
        if override is not None:
            declaration = self._declaration(name, override, manifest)
        if locked.unread:
            return _of_range(declaration, name, f"{locked.unread[0]} cannot be read")
        if locked.silent:
            return _of_range(declaration, name, f"{locked.silent[0]} lists none that fits")
        return _of_range(declaration, name, "there is no lock file")

    def _local(self, name: str, text: str, manifest: Manifest) -> PackageVersion | None:
        """Return the version of a package whose source is in the repository."""
        directory: str | None = None
        match = _LOCAL.fullmatch(text)
        if match is not None:
            directory = join_path(manifest.directory, match[1])
        elif text.startswith("workspace:"):
            directory = self._workspaces.find(name, manifest.directory)
        found = None if directory is None else self._manifests.read(directory)
        return None if found is None else _of_manifest(name, found)

    def _declaration(self, name: str, text: str, manifest: Manifest) -> _Declaration:
        meant = text.strip()
        if meant.startswith("catalog:"):
            catalog = meant.removeprefix("catalog:").strip() or "default"
            meant = self._in_catalog(name, catalog, manifest.directory) or meant
        range_text = meant.removeprefix("workspace:")
        alias = _NPM.fullmatch(range_text)
        if alias is not None:
            # The versions of another package say nothing about this one.
            range_text = alias[2] if alias[1] in {None, name} else "other"
        if range_text == "latest":
            return _Declaration(manifest, text, meant, NEWEST_VERSION)
        return _Declaration(manifest, text, meant, parse_range(range_text) or ANY_VERSION)

    def _in_catalog(self, name: str, catalog: str, directory: str) -> str | None:
        for ancestor in ancestor_paths(directory):
            for file in (PNPM_WORKSPACE, _YARN_SETTINGS):
                text = self._read_text(child_path(ancestor, file)) or ""
                found = _yaml_text(text, "catalogs", catalog, name)
                if found is None and catalog == "default":
                    found = _yaml_text(text, "catalog", name)
                if found is not None:
                    return found
            manifest = self._manifests.read(ancestor)
            members: Json = None if manifest is None else manifest.members
            for holder in (_member(members, "workspaces"), members):
                found = _text_member(_member(holder, "catalogs", catalog), name)
                if found is None and catalog == "default":
                    found = _text_member(_member(holder, "catalog"), name)
                if found is not None:
                    return found
        return None

    # What overrides it

    def _override(self, name: str, directory: str) -> str | None:
        """Return the range that replaces every declared one; "?" where that takes more to tell."""
        for overrides in self._overrides(directory):
            if isinstance(overrides, str):
                found = _yaml_text(overrides, name)
            else:
                found = _text_member(overrides, name)
            if found is not None and not found.startswith("$"):
                return found
            if _mentions(overrides, name):
                return "?"
        return None

    def _overrides(self, directory: str) -> Iterator[Json]:
        for ancestor in ancestor_paths(directory):
            manifest = self._manifests.read(ancestor)
            if manifest is not None:
                yield manifest.members.get("overrides")
                yield manifest.members.get("resolutions")
                yield _member(manifest.members, "pnpm", "overrides")
            block = yaml_block(
                self._read_text(child_path(ancestor, PNPM_WORKSPACE)) or "", "overrides"
            )
            if block is not None:
                yield block.nested

    # What lock files say

    def _locked(self, wanted: Wanted, directory: str, allowed: VersionRange) -> _Locked:
        """Return what the lock files say that know the manifest in `directory`.

        A version outside the declared range was locked before the manifest changed.
        """
        versions: dict[str, None] = {}
        files: list[str] = []
        unread: list[str] = []
        silent: list[str] = []
        is_overridden = any(
            _mentions(overrides, wanted.name) for overrides in self._overrides(directory)
        )
        for path in self._lock_files(wanted, directory):
            root = path.rpartition("/")[0]
            found = self._in_lock(path, root, wanted)
            if found is None:
                unread.append(path)
                continue
            fitting = [version for version in found if is_overridden or _fits(version, allowed)]
            (files if fitting else silent).append(path)
            versions.update(dict.fromkeys(fitting))
        return _Locked(tuple(versions), tuple(files), tuple(unread), tuple(silent))

    def _in_lock(self, path: str, root: str, wanted: Wanted) -> tuple[str, ...] | None:
        lock = LOCK_FORMATS[base_name(path)]
        if lock.find is None:
            return None
        try:
            data = self._tree.read(path)
        except SourceError:
            return None
        if data is None:
            return ()
        member = relative_path(wanted.member, root) if is_inside(wanted.member, root) else ""
        return find_in_lock(
            lock, data, Wanted(wanted.name, wanted.declared, member, wanted.member_name)
        )

    def _lock_files(self, wanted: Wanted, directory: str) -> list[str]:
        """Return the lock files at or above `directory` that may be about it, nearest first."""
        found: dict[str, str] = {}
        manager: str | None = None
        for ancestor in ancestor_paths(directory):
            manifest = self._manifests.read(ancestor)
            if manager is None and manifest is not None:
                manager = (manifest.text("packageManager") or "").partition("@")[0] or None
            names = [
                name for name in LOCK_FORMATS if self._tree.is_file(child_path(ancestor, name))
            ]
            if "npm-shrinkwrap.json" in names and "package-lock.json" in names:
                names.remove("package-lock.json")
            if wanted.declared is not None and not self._is_member(wanted, directory, ancestor):
                continue
            found.update({child_path(ancestor, name): LOCK_FORMATS[name].manager for name in names})
        chosen = [path for path, of_manager in found.items() if of_manager == manager]
        return chosen or list(found)

    def _is_member(self, wanted: Wanted, directory: str, root: str) -> bool:
        """Tell whether `directory` is `root` or one of its workspace's packages."""
        name = wanted.member_name
        # A package without a name is not found by it; most lock files themselves list members.
        return directory == root or name is None or self._workspaces.find(name, root) == directory

    def _read_text(self, path: str) -> str | None:
        try:
            data = self._tree.read(path)
        except SourceError:
            return None
        return None if data is None else data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _of_manifest(name: str, manifest: Manifest) -> PackageVersion | None:
    span = parse_exact(manifest.version or "")
    return None if span is None else PackageVersion(name, VersionRange((span,)))


def _of_locks(name: str, locked: _Locked) -> PackageVersion | None:
    spans = tuple(span for version in locked.versions if (span := parse_exact(version)) is not None)
    if not spans:
        return None
    cause = f"{' and '.join(locked.files)} list{'s' if len(locked.files) == 1 else ''} "
    return PackageVersion(name, VersionRange(spans), cause + ", ".join(locked.versions))


def _fits(version: str, allowed: VersionRange) -> bool:
    span = parse_exact(version)
    return span is not None and (allowed == NEWEST_VERSION or allowed.allows(span))


def _of_range(declaration: _Declaration, name: str, why: str) -> PackageVersion:
    path = child_path(declaration.manifest.directory, "package.json")
    text = declaration.text
    if text != declaration.meant:
        text = f"{text} ({declaration.meant})"
    return PackageVersion(name, declaration.range, f"{path} allows {text or '*'} and {why}")


def _mentions(overrides: Json, name: str) -> bool:
    text = overrides if isinstance(overrides, str) else json.dumps(overrides)
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _member(value: Json, *keys: str) -> Json:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text_member(value: Json, key: str) -> str | None:
    found = _member(value, key)
    return found if isinstance(found, str) else None


def _yaml_text(text: str, *keys: str) -> str | None:
    """Return the plain or quoted word at a path of keys, None when there is none."""
    for key in keys[:-1]:
        block = yaml_block(text, key)
        if block is None:
            return None
        text = block.nested
    block = yaml_block(text, keys[-1])
    return block.scalar or None if block is not None else None
