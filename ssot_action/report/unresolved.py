"""What stayed unresolved in both contracts, as a list for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.contract.kinds import Contract


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class UnresolvedPart:
    """One part of a contract that is not known; `component` is empty for the app."""

    component: str
    file: str
    path: str
    reason: str


def unresolved_parts(database: Contract, functions: Contract) -> tuple[UnresolvedPart, ...]:
    """Return what both contracts and the components in them leave open, sorted by place."""
    return tuple(sorted({*_parts(database, ""), *_parts(functions, "")}))


def _parts(contract: Contract, component: str) -> Iterator[UnresolvedPart]:
    entries = contract.get("unresolved")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            yield UnresolvedPart(
                component=component,
                file=str(entry.get("file", "")),
                path=str(entry.get("path", "")),
                reason=str(entry.get("reason", "")),
            )
    components = contract.get("components")
    for entry in components if isinstance(components, list) else []:
        if not isinstance(entry, dict):
            continue
        name = str(entry.get("name", ""))
        for nested in (entry.get("schema"), entry.get("functions")):
            if isinstance(nested, dict):
                yield from _parts(nested, f"{component}/{name}" if component else name)
