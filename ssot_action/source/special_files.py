"""The files at the top of a functions directory that Convex looks up by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.source.entries import Entry, EntryKind
from ssot_action.source.paths import child_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssot_action.source.tree import SourceTree


@dataclass(frozen=True, slots=True)
class SpecialFiles:
    """Names of files, regular or linked, in one directory."""

    directory: str
    names: frozenset[str]

    @classmethod
    def of(cls, tree: SourceTree, directory: str, entries: Iterable[Entry]) -> SpecialFiles:
        """Return those among the entries of a directory."""
        return cls(
            directory,
            frozenset(entry.name for entry in entries if _exists(tree, directory, entry)),
        )

    @property
    def schema(self) -> str | None:
        """`schema.ts`, else `schema.js`."""
        return self._first("schema.ts", "schema.js")

    @property
    def auth_config(self) -> str | None:
        """`auth.config.ts`, else `auth.config.js`."""
        return self._first("auth.config.ts", "auth.config.js")

    @property
    def app_config(self) -> str | None:
        """`convex.config.ts`, else `convex.config.js`."""
        return self._first("convex.config.ts", "convex.config.js")

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What Convex refuses about them."""
        if not {"auth.config.ts", "auth.config.js"} <= self.names:
            return ()
        return (
            Diagnostic(
                code=DiagnosticCode.AUTH_CONFIG_DUPLICATE,
                severity="error",
                message="Convex refuses auth.config.ts and auth.config.js side by side",
                file=child_path(self.directory, "auth.config.js"),
                hint="Remove one of them.",
            ),
        )

    def _first(self, *names: str) -> str | None:
        for name in names:
            if name in self.names:
                return child_path(self.directory, name)
        return None


def _exists(tree: SourceTree, directory: str, entry: Entry) -> bool:
    if entry.kind is EntryKind.SYMLINK:
        # A special file may be a link: Convex asks whether it exists, not what it is. A link that
        # leaves the repository is reported when it is read.
        path = child_path(directory, entry.name)
        return tree.is_file(path) or tree.leaves_repository(path)
    return entry.kind is EntryKind.FILE
