"""What a directory holds, and what every kind of repository must offer to be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from ssot_action.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_FILE_BYTES: Final = 16 * 1024 * 1024


class EntryKind(StrEnum):
    """What a name in a directory stands for."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a directory, the link itself when it is a symbolic link."""

    name: str
    kind: EntryKind


class TreeStore(Protocol):
    """What a kind of repository must offer; it sees only real paths, never a link in the middle."""

    def list_entries(self, directory: str) -> Mapping[str, EntryKind]:
        """Return the names in an existing directory. Raises SourceError."""

    def read_link(self, path: str) -> str | None:
        """Return where a symbolic link points, None when out of the repository."""

    def read_file(self, path: str) -> bytes:
        """Return the bytes of an existing regular file. Raises SourceError."""

    def read_files(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what can be read of `paths`; yields nothing when one by one is as fast."""


def too_large(path: str) -> SourceError:
    """Return the error for a file above the bound."""
    return SourceError(
        f"the file is larger than {MAX_FILE_BYTES // (1024 * 1024)} MiB and is not read",
        file=path,
        hint="Split it, or move data out of the functions directory.",
    )


def decode_name(raw: bytes) -> str:
    """Return a file name as Convex's command line sees it: invalid UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8", "replace")
