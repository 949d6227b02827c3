"""The registry of context artifacts, `docs/context/registry.json`, kept true about both contracts.

The registry belongs to the context directory, not to us: it is never created, and what is not
about our two artifacts stays as it is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from ssot_action.contract.encoding import Json, encode
from ssot_action.contract.files import replace_files, timestamp
from ssot_action.contract.kinds import Contract, ContractKind
from ssot_action.contract.reading import parse_object, read_bytes
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

REGISTRY_PATH: Final = "docs/context/registry.json"

_DESCRIPTIONS: Final[dict[ContractKind, dict[str, Json]]] = {
    ContractKind.DATABASE: {
        "id": "db-schema",
        "type": "db-schema",
        "path": ContractKind.DATABASE.path,
        "mode": "generated",
        "format": "normalized-db-schema-v2",
        "tags": ["db"],
    },
    ContractKind.FUNCTIONS: {
        "id": "convex-functions",
        "type": "json",
        "path": ContractKind.FUNCTIONS.path,
        "mode": "generated",
        "format": "convex-functions-v1",
        "tags": ["db", "convex", "llm"],
    },
}


def check_registry(root: Path) -> None:
    """Raise what `refresh_registry` would, before anything is written.

    Raises:
        ContractError: The registry cannot be read or is malformed.
    """
    _read(root)


def _read(root: Path) -> tuple[Contract, list[Json]] | None:
    data = read_bytes(root, REGISTRY_PATH)
    if data is None:
        return None
    _, registry = parse_object(data, file=REGISTRY_PATH)
    artifacts = registry.get("artifacts")
    if not isinstance(artifacts, list):
        raise ContractError("artifacts is not a list", file=REGISTRY_PATH)
    _encode(registry)
    return registry, artifacts


def refresh_registry(root: Path, *, now: Callable[[], datetime]) -> bool:
    """Register both contracts and their checksums; tell whether the registry changed.

    `lastUpdated` of an artifact moves only with its checksum. An entry that has our id and another
    path was made by hand for another file and is left alone.

    Raises:
        ContractError: The registry cannot be read, is malformed, or cannot be written.
    """
    found = _read(root)
    if found is None:
        return False
    registry, artifacts = found
    before = _encode(registry)
    for kind in ContractKind:
        content = read_bytes(root, kind.path)
        if content is not None:
            _refresh(artifacts, kind, hashlib.sha256(content).hexdigest(), now)
    after = _encode(registry)
    if after == before:
        return False
    replace_files(root, {REGISTRY_PATH: after})
    return True


def _encode(registry: Contract) -> bytes:
    try:
        return encode(registry) + b"\n"
    except RecursionError as error:
        raise ContractError("nests too deep", file=REGISTRY_PATH) from error


def _refresh(
    artifacts: list[Json], kind: ContractKind, checksum: str, now: Callable[[], datetime]
) -> None:
    entry = _find(artifacts, kind)
    if entry is None:
        entry = dict(_DESCRIPTIONS[kind])
        artifacts.append(entry)
    if entry.get("path") == kind.path and entry.get("checksumSha256") != checksum:
        entry["checksumSha256"] = checksum
        entry["lastUpdated"] = timestamp(now())


def _find(artifacts: list[Json], kind: ContractKind) -> Contract | None:
    """Return the artifact at the contract's path, else the one with the contract's id."""
    entries = [entry for entry in artifacts if isinstance(entry, dict)]
    for key in ("path", "id"):
        for entry in entries:
            if entry.get(key) == _DESCRIPTIONS[kind][key]:
                return entry
    return None
