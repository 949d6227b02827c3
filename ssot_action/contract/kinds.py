"""The two contracts: which they are and where they are committed."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from ssot_action.contract.encoding import Json

Contract: TypeAlias = dict[str, Json]


class ContractKind(StrEnum):
    """One of the two contracts."""

    DATABASE = "database"
    FUNCTIONS = "functions"

    @property
    def path(self) -> str:
        """Where the contract is committed, relative to the repository; fixed by the workflow."""
        if self is ContractKind.DATABASE:
            return "docs/context/db/schema.json"
        return "docs/context/convex/functions.json"

    @property
    def schema_name(self) -> str:
        """The file name of its JSON Schema."""
        if self is ContractKind.DATABASE:
            return "db-schema.schema.json"
        return "functions.schema.json"
