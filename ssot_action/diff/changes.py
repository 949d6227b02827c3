"""The closed union of facts about what changed between two contracts.

A fact says what is different, not what it means. `component` is the path of instance names that
leads to the component it is in, empty for the app. `is_undecided` tells that something unresolved
takes part on either side: the fact may be none, or another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact tells."""

    component: str
    is_undecided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaValidationChanged(Fact):
    """Whether Convex checks documents against the schema."""

    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAdded(Fact):
    """A table that was not there before."""

    table: str
    document_type: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRemoved(Fact):
    """A table that is no longer there."""

    table: str
    document_type: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTypeChanged(Fact):
    """The documents of a table changed, and they are no plain object on both sides.

    `is_staged` tells that it is the type that a migration is going to.
    """

    table: str
    is_staged: bool
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAdded(Fact):
    """A field at the top level of a table's documents."""

    table: str
    field: str
    validator: Json
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRemoved(Fact):
    """A field that documents no longer have."""

    table: str
    field: str
    validator: Json
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChanged(Fact):
    """A field whose validator or optionality is another one."""

    table: str
    field: str
    old: Json
    new: Json
    was_optional: bool
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexAdded(Fact):
    """An index of any type; `definition` is its entry in the contract."""

    table: str
    index: str
    definition: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRemoved(Fact):
    """An index that is no longer there."""

    table: str
    index: str
    definition: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChanged(Fact):
    """An index whose type, fields or settings are others."""

    table: str
    index: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionAdded(Fact):
    """A function that was not there before."""

    function_id: str
    kind: str
    visibility: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRemoved(Fact):
    """A function that is no longer there."""

    function_id: str
    kind: str
    visibility: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChanged(Fact):
    """A function that became a query, mutation, action or httpAction."""

    function_id: str
    visibility: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityChanged(Fact):
    """A function that became public or internal."""

    function_id: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentsChanged(Fact):
    """A function that takes other arguments."""

    function_id: str
    kind: str
    visibility: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsChanged(Fact):
    """A function that declares another return value; None stands for no declaration."""

    function_id: str
    kind: str
    visibility: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRouteAdded(Fact):
    """A route of the HTTP router."""

    method: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRouteRemoved(Fact):
    """A route that the HTTP router no longer has."""

    method: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CronAdded(Fact):
    """A cron job; `definition` is its entry in the contract."""

    identifier: str
    definition: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class CronRemoved(Fact):
    """A cron job that is no longer there."""

    identifier: str
    definition: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class CronChanged(Fact):
    """A cron job with another function, other arguments or another schedule."""

    identifier: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentAdded(Fact):
    """An installed component, by the name of its instance."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRemoved(Fact):
    """A component that is no longer installed."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentChanged(Fact):
    """A component that comes from another place or serves HTTP under another prefix."""

    name: str
    old: Json
    new: Json


SchemaChange: TypeAlias = (
    SchemaValidationChanged
    | TableAdded
    | TableRemoved
    | DocumentTypeChanged
    | FieldAdded
    | FieldRemoved
    | FieldChanged
    | IndexAdded
    | IndexRemoved
    | IndexChanged
)

FunctionChange: TypeAlias = (
    FunctionAdded
    | FunctionRemoved
    | KindChanged
    | VisibilityChanged
    | ArgumentsChanged
    | ReturnsChanged
    | HttpRouteAdded
    | HttpRouteRemoved
    | CronAdded
    | CronRemoved
    | CronChanged
    | ComponentAdded
    | ComponentRemoved
    | ComponentChanged
)

Change: TypeAlias = SchemaChange | FunctionChange
