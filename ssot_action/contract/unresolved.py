"""The `unresolved` lists of the contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.contract.model import UnresolvedFacts
from ssot_action.contract.validators import MAX_NESTING, UNRESOLVED, NestingError, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ValidatorJson

TOO_DEEP: Final = "validator-too-deep"
"""The code of a validator that nests deeper than we write and than Convex accepts."""


def unresolved_entries(facts: Iterable[UnresolvedFacts]) -> list[Json]:
    """Return each distinct entry once, sorted by path, code, reason and file."""
    keys = sorted({(fact.path, fact.code, fact.reason, fact.file) for fact in facts})
    return [
        {"path": path, "code": code, "reason": reason, "file": file}
        for path, code, reason, file in keys
    ]


class ValidatorGate:
    """Lets validators through that can be written, and remembers the others as unresolved."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[UnresolvedFacts] = []

    def admit(
        self, validator: ValidatorJson, *, path: str, file: str
    ) -> tuple[ValidatorJson, dict[str, Json]]:
        """Return `validator` and its JSON, or `unresolved` twice if it nests too deep."""
        try:
            return validator, to_json(validator)
        except NestingError:
            reason = f"The validator nests deeper than {MAX_NESTING} levels."
            self.found.append(UnresolvedFacts(path=path, code=TOO_DEEP, reason=reason, file=file))
            return UNRESOLVED, to_json(UNRESOLVED)
