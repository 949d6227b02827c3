"""What stayed unknown, as entries of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.contract.model import UnresolvedFacts

if TYPE_CHECKING:
    from ssot_action.evaluation.convex.validators import Report
    from ssot_action.evaluation.values import Unknown


LONGEST_PATH = 200


class UnresolvedList:
    """Collects what stayed unknown; `file` is named where an unknown has no place of its own."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._entries: dict[UnresolvedFacts, None] = {}

    def add(self, path: str, unknown: Unknown, file: str | None = None) -> None:
        """Add that `unknown` stands at `path`."""
        if len(path) > LONGEST_PATH:
            path = f"{path[:LONGEST_PATH]}…"
        entry = UnresolvedFacts(
            path=path,
            code=unknown.code.value,
            reason=unknown.reason,
            file=unknown.file or file or self._file,
        )
        self._entries[entry] = None

    def reporter(self, path: str, file: str | None = None) -> Report:
        """Return a report for the parts of the validator at `path`."""

        def report(inner: str, unknown: Unknown) -> None:
            self.add(f"{path}.{inner}" if inner else path, unknown, file)

        return report

    def entries(self) -> tuple[UnresolvedFacts, ...]:
        """Return all entries, each once, in the order they were found."""
        return tuple(self._entries)
