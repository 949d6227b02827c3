"""Two states of a project, as contracts of the same reader → facts. Pure.

Order never counts where Convex gives it no meaning: of tables, fields, union members, functions,
routes. It counts in the fields of an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from ssot_action.diff.changes import SchemaChange
from ssot_action.diff.database import compare_database
from ssot_action.diff.functions import compare_functions

if TYPE_CHECKING:
    from ssot_action.contract.kinds import Contract
    from ssot_action.diff.changes import Change


_SCHEMA_FACTS: Final = get_args(SchemaChange)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Both contracts of one state of a project."""

    database: Contract
    functions: Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed in schemas, and in all else; the app before its components, then by name."""

    schema: tuple[Change, ...]
    functions: tuple[Change, ...]


def compare(old: State, new: State) -> Changes:
    """Return what changed from `old` to `new`."""
    facts = (
        *compare_database(old.database, new.database),
        *compare_functions(old.functions, new.functions),
    )
    return Changes(
        schema=tuple(fact for fact in facts if isinstance(fact, _SCHEMA_FACTS)),
        functions=tuple(fact for fact in facts if not isinstance(fact, _SCHEMA_FACTS)),
    )
