"""The stores behind a working tree and behind a test's dictionary."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_action.errors import SourceError, UsageError
from ssot_action.source.entries import MAX_FILE_BYTES, EntryKind, decode_name, too_large
from ssot_action.source.paths import display_path, join_path, parent_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class FolderStore:
    """A folder of the file system."""

    __slots__ = ("_prefix", "_root")

    def __init__(self, root: str) -> None:
        self._root = root
        self._prefix = root.rstrip("/") + "/"

    def list_entries(self, directory: str) -> Mapping[str, EntryKind]:
        """Return the names in an existing directory."""
        listing: dict[str, EntryKind] = {}
        try:
            with os.scandir(self._prefix + directory) as entries:
                for entry in entries:
                    listing[_decode_name(entry.name)] = _kind_of(entry)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise _unreadable(display_path(directory), error) from error
        if not directory:
            # git's own folder is no part of the source, and a commit does not list it.
            listing.pop(".git", None)
        return listing

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link points, None when out of the repository."""
        try:
            target = os.fspath(Path(self._prefix + path).readlink())
        except OSError as error:
            raise _unreadable(path, error) from error
        if target.startswith("/"):
            if target == self._root or target.startswith(self._prefix):
                return join_path("", target[len(self._prefix) :])
            return None
        return join_path(parent_path(path), target)

    def read_file(self, path: str) -> bytes:
        """Return the bytes of an existing regular file."""
        try:
            # The flags keep the promise of the listing: a file that became a link or a pipe
            # meanwhile is neither followed nor waited for.
            descriptor = os.open(self._prefix + path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise _unreadable(path, error) from error
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise SourceError("this is not a regular file any more", file=path)
            chunks: list[bytes] = []
            size = 0
            while chunk := os.read(descriptor, max(status.st_size - size, 0) + 1):
                chunks.append(chunk)
                size += len(chunk)
                if size > MAX_FILE_BYTES:
                    raise too_large(path)
        except OSError as error:
            raise _unreadable(path, error) from error
        finally:
            os.close(descriptor)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def read_files(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield nothing: one by one is as fast."""
        del paths
        return iter(())


class MemoryStore:
    """Files of a dictionary."""

    __slots__ = ("_directories", "_files", "_links")

    def __init__(self, files: Mapping[str, str | bytes], links: Mapping[str, str]) -> None:
        self._files = {
            path: contents.encode() if isinstance(contents, str) else contents
            for path, contents in files.items()
        }
        self._links = dict(links)
        self._directories: dict[str, dict[str, EntryKind]] = {"": {}}
        for path in self._files:
            self._add(path, EntryKind.FILE)
        for path in self._links:
            self._add(path, EntryKind.SYMLINK)

    def _add(self, path: str, kind: EntryKind) -> None:
        if join_path("", path) != path or not path:
            problem = f"not a normal path relative to the repository root: {path!r}"
            raise UsageError(problem)
        directory, _, name = path.rpartition("/")
        while name not in (listing := self._directories.setdefault(directory, {})):
            listing[name] = kind
            if not directory:
                break
            kind = EntryKind.DIRECTORY
            directory, _, name = directory.rpartition("/")

    def list_entries(self, directory: str) -> Mapping[str, EntryKind]:
        """Return the names in an existing directory."""
        return self._directories.get(directory, {})

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link points, None when out of the repository."""
        return join_path(parent_path(path), self._links[path])

    def read_file(self, path: str) -> bytes:
        """Return the bytes of an existing regular file."""
        contents = self._files[path]
        if len(contents) > MAX_FILE_BYTES:
            raise too_large(path)
        return contents

    def read_files(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield nothing: one by one is as fast."""
        del paths
        return iter(())


def _decode_name(name: str) -> str:
    return name if name.isascii() else decode_name(os.fsencode(name))


def _kind_of(entry: os.DirEntry[str]) -> EntryKind:
    # The kind comes with the listing on every usual file system: no call for each entry.
    if entry.is_symlink():
        return EntryKind.SYMLINK
    if entry.is_file(follow_symlinks=False):
        return EntryKind.FILE
    if entry.is_dir(follow_symlinks=False):
        return EntryKind.DIRECTORY
    return EntryKind.OTHER


def _unreadable(path: str, error: OSError) -> SourceError:
    return SourceError(
        f"this cannot be read: {error.strerror or error}",
        file=path,
        hint="Check that it exists, is no broken link and may be read by the user who runs this.",
    )
