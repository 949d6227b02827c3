"""One way to read a repository, whether it is a working folder, a commit or a test's dictionary.

Paths are those of `ssot_action.source.paths`. Each directory is listed once and remembered, so that
asking for the many names an import may mean costs dictionary look-ups and no system calls. Symbolic
links inside the repository are followed; a link that leaves it is never followed: the path
`is_file` to nobody, and reading it is an error that says so.

`SourceError` is raised by `read` and `list_directory` for a link that leaves the repository, a file
above `MAX_FILE_BYTES`, and what the operating system refuses. Whoever reads many files turns it
into a diagnostic of the one file.
"""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from ssot_action.errors import SourceError, UsageError
from ssot_action.source.entries import Entry, EntryKind
from ssot_action.source.paths import child_path, display_path, parent_path, utf16_sort_key
from ssot_action.source.stores import FolderStore, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssot_action.source.entries import TreeStore

# Above this sum contents are read again instead of kept: memory stays bounded on any project.
MAX_KEPT_BYTES: Final = 64 * 1024 * 1024
# As many links in a row as Linux follows.
MAX_LINKS: Final = 40


class SourceTree(Protocol):
    """A repository at one moment."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file, None when there is none. Raises SourceError."""

    def read_many(self, paths: Iterable[str]) -> None:
        """Make the following reads of `paths` cheap.

        Raises SourceError only when the repository fails, never for what one file is.
        """

    def is_file(self, path: str) -> bool:
        """Return whether `path` leads to a regular file inside the repository."""

    def is_directory(self, path: str) -> bool:
        """Return whether `path` leads to a directory inside the repository."""

    def list_directory(self, path: str) -> tuple[Entry, ...]:
        """Return the entries in ECMAScript's string order, none when there is no such directory."""

    def real_path(self, path: str) -> str | None:
        """Return where `path` leads with links followed, None when nowhere in the repository."""

    def leaves_repository(self, path: str) -> bool:
        """Return whether a symbolic link on `path` leads out of the repository."""


class _Nowhere(Enum):
    ABSENT = auto()
    OUTSIDE = auto()


_Location: TypeAlias = tuple[str, EntryKind] | _Nowhere


class StoredTree:
    """The `SourceTree` of any store: listings, links and contents, each looked up once."""

    __slots__ = ("_contents", "_directories", "_kept_bytes", "_links", "_listings", "_store")

    def __init__(self, store: TreeStore) -> None:
        self._store = store
        self._listings: dict[str, Mapping[str, EntryKind]] = {}
        self._directories: dict[str, str | _Nowhere] = {"": ""}
        self._links: dict[str, _Location] = {}
        self._contents: dict[str, bytes] = {}
        self._kept_bytes = 0

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file, None when there is none."""
        location = self._locate(path)
        if isinstance(location, _Nowhere):
            self._refuse_outside(path, location)
            return None
        real_path, kind = location
        if kind is not EntryKind.FILE:
            return None
        contents = self._contents.get(real_path)
        if contents is None:
            contents = self._store.read_file(real_path)
            self._keep(real_path, contents)
        return contents

    def read_many(self, paths: Iterable[str]) -> None:
        """Make the following reads of `paths` cheap.

        Raises SourceError only when the repository fails, never for what one file is.
        """
        wanted: dict[str, None] = {}
        for path in paths:
            location = self._locate(path)
            if isinstance(location, _Nowhere) or location[1] is not EntryKind.FILE:
                continue
            if location[0] not in self._contents:
                wanted[location[0]] = None
        for real_path, contents in self._store.read_files(tuple(wanted)):
            self._keep(real_path, contents)

    def is_file(self, path: str) -> bool:
        """Return whether `path` leads to a regular file inside the repository."""
        location = self._locate(path)
        return not isinstance(location, _Nowhere) and location[1] is EntryKind.FILE

    def is_directory(self, path: str) -> bool:
        """Return whether `path` leads to a directory inside the repository."""
        return not isinstance(self._real_directory(path), _Nowhere)

    def list_directory(self, path: str) -> tuple[Entry, ...]:
        """Return the entries in ECMAScript's string order, none when there is no such directory."""
        real_directory = self._real_directory(path)
        if isinstance(real_directory, _Nowhere):
            self._refuse_outside(path, real_directory)
            return ()
        listing = self._entries(real_directory)
        names = (
            sorted(listing)
            if all(map(str.isascii, listing))
            else sorted(listing, key=utf16_sort_key)
        )
        return tuple(Entry(name, listing[name]) for name in names)

    def real_path(self, path: str) -> str | None:
        """Return where `path` leads with links followed, None when nowhere in the repository."""
        location = self._locate(path)
        return None if isinstance(location, _Nowhere) else location[0]

    def leaves_repository(self, path: str) -> bool:
        """Return whether a symbolic link on `path` leads out of the repository."""
        return self._locate(path) is _Nowhere.OUTSIDE

    def _keep(self, real_path: str, contents: bytes) -> None:
        if self._kept_bytes + len(contents) <= MAX_KEPT_BYTES:
            self._contents[real_path] = contents
            self._kept_bytes += len(contents)

    def _refuse_outside(self, path: str, location: _Nowhere) -> None:
        if location is _Nowhere.OUTSIDE:
            raise SourceError(
                "a symbolic link leads outside repo root, and such links are not followed",
                file=display_path(path),
                hint="Replace the link by the file itself, or by a link inside the repository.",
            )

    def _entries(self, real_directory: str) -> Mapping[str, EntryKind]:
        listing = self._listings.get(real_directory)
        if listing is None:
            listing = self._listings[real_directory] = self._store.list_entries(real_directory)
        return listing

    def _locate(self, path: str, links: int = 0) -> _Location:
        if not path:
            return ("", EntryKind.DIRECTORY)
        directory, _, name = path.rpartition("/")
        real_directory = self._real_directory(directory, links)
        if isinstance(real_directory, _Nowhere):
            return real_directory
        return self._locate_entry(real_directory, name, links)

    def _locate_entry(self, real_directory: str, name: str, links: int) -> _Location:
        kind = self._entries(real_directory).get(name)
        if kind is None:
            return _Nowhere.ABSENT
        real_path = child_path(real_directory, name)
        return self._follow(real_path, links) if kind is EntryKind.SYMLINK else (real_path, kind)

    def _real_directory(self, path: str, links: int = 0) -> str | _Nowhere:
        # Climbs to what is known and comes back down in a loop: a path may have any number of
        # parts.
        unknown: list[str] = []
        while (known := self._directories.get(path)) is None:
            unknown.append(path)
            path = parent_path(path)
        for directory in reversed(unknown):
            if not isinstance(known, _Nowhere):
                location = self._locate_entry(known, directory.rpartition("/")[2], links)
                if isinstance(location, _Nowhere):
                    known = location
                elif location[1] is EntryKind.DIRECTORY:
                    known = location[0]
                else:
                    known = _Nowhere.ABSENT
            self._directories[directory] = known
        return known

    def _follow(self, real_path: str, links: int) -> _Location:
        location = self._links.get(real_path)
        if location is None:
            # A link that is asked for while it is followed is a cycle: it leads nowhere.
            self._links[real_path] = _Nowhere.ABSENT
            target = self._store.read_link(real_path)
            if target is None:
                location = _Nowhere.OUTSIDE
            elif links >= MAX_LINKS:
                location = _Nowhere.ABSENT
            else:
                location = self._locate(target, links + 1)
            self._links[real_path] = location
        return location


class WorkingTree(StoredTree):
    """The files of a folder as they are now; it need not be the root of a git repository."""

    __slots__ = ("root",)

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root: Final = os.path.realpath(root)
        if not Path(self.root).is_dir():
            problem = f"the repository root is not a directory: {os.fspath(root)}"
            raise UsageError(
                problem,
                hint="Name an existing directory with --repo-root.",
            )
        super().__init__(FolderStore(self.root))


class MemoryTree(StoredTree):
    """Files given as a dictionary; `links` maps a path to the target text of a symbolic link."""

    __slots__ = ()

    def __init__(
        self, files: Mapping[str, str | bytes], *, links: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(MemoryStore(files, links or {}))
