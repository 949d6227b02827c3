"""The registry of context artifacts is kept true, and otherwise left alone."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from ssot_action.contract.kinds import ContractKind
from ssot_action.contract.registry import REGISTRY_PATH, refresh_registry
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from pathlib import Path

    from ssot_action.contract.encoding import Json

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
STAMP = "2026-01-02T00:00:00.000Z"
CONTENT = {kind: f"content of {kind}".encode() for kind in ContractKind}
CHECKSUMS = {kind: hashlib.sha256(content).hexdigest() for kind, content in CONTENT.items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for kind, content in CONTENT.items():
        (tmp_path / kind.path).parent.mkdir(parents=True)
        (tmp_path / kind.path).write_bytes(content)
    return tmp_path


def put(root: Path, registry: Json) -> None:
    (root / REGISTRY_PATH).write_text(json.dumps(registry, indent=4), encoding="utf-8")


def refreshed(root: Path) -> str:
    assert refresh_registry(root, now=lambda: MOMENT)
    return (root / REGISTRY_PATH).read_text(encoding="utf-8")


def test_no_registry_is_made(root: Path) -> None:
    assert not refresh_registry(root, now=lambda: MOMENT)
    assert not (root / REGISTRY_PATH).exists()


def test_contracts_are_registered_after_what_is_there(root: Path) -> None:
    other: Json = {"id": "other", "path": "x.md", "checksumSha256": "stale"}
    put(root, {"version": 1, "note": "é", "artifacts": [other], "last": True})
    expected = {
        "version": 1,
        "note": "é",
        "artifacts": [
            other,
            {
                "id": "db-schema",
                "type": "db-schema",
                "path": "docs/context/db/schema.json",
                "mode": "generated",
                "format": "normalized-db-schema-v2",
                "tags": ["db"],
                "checksumSha256": CHECKSUMS[ContractKind.DATABASE],
                "lastUpdated": STAMP,
            },
            {
                "id": "convex-functions",
                "type": "json",
                "path": "docs/context/convex/functions.json",
                "mode": "generated",
                "format": "convex-functions-v1",
                "tags": ["db", "convex", "llm"],
                "checksumSha256": CHECKSUMS[ContractKind.FUNCTIONS],
                "lastUpdated": STAMP,
            },
        ],
        "last": True,
    }
    assert refreshed(root) == json.dumps(expected, indent=2, ensure_ascii=False) + "\n"


def test_a_registry_that_is_true_is_not_touched(root: Path) -> None:
    put(root, {"artifacts": []})
    refreshed(root)
    before = (root / REGISTRY_PATH).stat()
    assert not refresh_registry(root, now=lambda: datetime(2027, 1, 1, tzinfo=UTC))
    assert (root / REGISTRY_PATH).stat() == before


def test_only_the_changed_contract_is_updated_and_its_other_fields_kept(root: Path) -> None:
    mine: dict[str, Json] = {
        "lastUpdated": "2020",
        "checksumSha256": "stale",
        "path": ContractKind.DATABASE.path,
        "id": "my-own-id",
        "extra": [1.5, None],
    }
    current: Json = {
        "id": "convex-functions",
        "path": ContractKind.FUNCTIONS.path,
        "checksumSha256": CHECKSUMS[ContractKind.FUNCTIONS],
        "lastUpdated": "2020",
    }
    put(root, {"artifacts": [current, mine]})
    mine |= {"lastUpdated": STAMP, "checksumSha256": CHECKSUMS[ContractKind.DATABASE]}
    assert refreshed(root) == json.dumps({"artifacts": [current, mine]}, indent=2) + "\n"


def test_an_entry_with_our_id_and_another_path_is_left_alone(root: Path) -> None:
    entries: list[Json] = [
        {"id": "db-schema", "path": "elsewhere.json", "checksumSha256": "theirs"},
        {"id": "convex-functions", "path": "elsewhere.json"},
    ]
    put(root, {"artifacts": entries})
    assert not refresh_registry(root, now=lambda: MOMENT)


def test_a_contract_that_is_not_there_is_not_registered(root: Path) -> None:
    (root / ContractKind.DATABASE.path).unlink()
    put(root, {"artifacts": []})
    artifacts = json.loads(refreshed(root))["artifacts"]
    assert [artifact["id"] for artifact in artifacts] == ["convex-functions"]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("{\n", f"{REGISTRY_PATH}:2:1", "is not JSON"),
        ("[]", f"{REGISTRY_PATH}:1", "is not a JSON object"),
        ("{}", REGISTRY_PATH, "artifacts is not a list"),
        ('{"artifacts": ' + "[" * 900 + "]" * 900 + "}", REGISTRY_PATH, "nests too deep"),
    ],
)
def test_a_malformed_registry_is_told_and_kept(
    root: Path, text: str, place: str, problem: str
) -> None:
    path = root / REGISTRY_PATH
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match=problem) as caught:
        refresh_registry(root, now=lambda: MOMENT)
    assert caught.value.place == place
    assert path.read_text(encoding="utf-8") == text
