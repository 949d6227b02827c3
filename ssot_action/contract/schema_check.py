"""The published JSON Schemas (draft 2020-12) of the contracts, and the check against them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from ssot_action.contract.reading import spell_path

if TYPE_CHECKING:
    from ssot_action.contract.kinds import Contract, ContractKind

MAX_MESSAGE: Final = 300
"""The longest message; it repeats a part of the contract."""

MAX_PROBLEMS: Final = 20
"""How many problems are told; the ones after them seldom have another cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaProblem:
    """One place where a contract does not follow its schema: `tables[2].name`, and why."""

    path: str
    message: str


def schema_text(kind: ContractKind) -> str:
    """Return the published JSON Schema of a contract."""
    return (files(__package__) / "schemas" / kind.schema_name).read_text(encoding="utf-8")


def schema_problems(
    contract: Contract, kind: ContractKind, *, schema: Contract | None = None
) -> tuple[SchemaProblem, ...]:
    """Return where `contract` does not follow `schema`, by default the one published for it."""
    # Slow to import, and needed by few commands.
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    validator = Draft202012Validator(json.loads(schema_text(kind)) if schema is None else schema)
    problems: list[SchemaProblem] = []
    for error in islice(validator.iter_errors(contract), MAX_PROBLEMS):
        # The alternative that fits best tells more than that none of them fits.
        cause = best_match([error]) or error
        path = spell_path(tuple(cause.absolute_path))
        problems.append(SchemaProblem(path=path, message=shorten(cause.message, MAX_MESSAGE)))
    return tuple(problems)
