"""The `unresolved` lists of the contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.model import UnresolvedFacts


def unresolved_entries(facts: Iterable[UnresolvedFacts]) -> list[Json]:
    """Return each distinct entry once, sorted by path, code, reason and file."""
    keys = sorted({(fact.path, fact.code, fact.reason, fact.file) for fact in facts})
    return [
        {"path": path, "code": code, "reason": reason, "file": file}
        for path, code, reason, file in keys
    ]
