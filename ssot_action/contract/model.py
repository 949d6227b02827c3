"""What reading a Convex project found, ready to be written down: the input of the contract stage.

Facts are what Convex's own evaluation of the same files would say. Order is the declared order;
the builders sort where order means nothing. What could not be known is an `UnresolvedFacts` with a
reason, beside the part that could; inside a validator it is `{"type": "unresolved"}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ValidatorJson


class FunctionKind(StrEnum):
    """What a function is registered as."""

    QUERY = "query"
    MUTATION = "mutation"
    ACTION = "action"
    HTTP_ACTION = "httpAction"


class Visibility(StrEnum):
    """Who may call a function."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Runtime(StrEnum):
    """Where a function's module runs; `NODE` is what `"use node"` selects."""

    CONVEX = "convex"
    NODE = "node"


class AuthKind(StrEnum):
    """What the source says about who may get an answer from a function."""

    INTERNAL_ONLY = "internal-only"
    EXPLICIT_USER_IDENTITY = "explicit-user-identity"
    NOT_DETECTED = "not-detected"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnresolvedFacts:
    """One thing that cannot be known without running the project.

    `path` starts with the table name or the function id that it concerns, `code` is the
    diagnostic's code, `reason` one sentence without line numbers, `file` is relative to the
    repository.
    """

    path: str
    code: str
    reason: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseIndexFacts:
    """`.index(name, fields)`; `fields` as declared, without the implied `_creationTime`."""

    name: str
    fields: tuple[str, ...]
    staged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndexFacts:
    """`.searchIndex(name, ...)`."""

    name: str
    search_field: str
    filter_fields: tuple[str, ...] = ()
    staged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorIndexFacts:
    """`.vectorIndex(name, ...)`; `dimensions` is any JavaScript number until a push refuses it."""

    name: str
    vector_field: str
    dimensions: int | float
    filter_fields: tuple[str, ...] = ()
    staged: bool = False


IndexFacts: TypeAlias = DatabaseIndexFacts | SearchIndexFacts | VectorIndexFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """A table as `schema.export()` gives it; `indexes` of every kind in declared order."""

    name: str
    document_type: ValidatorJson
    staged_document_type: ValidatorJson | None = None
    indexes: tuple[IndexFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFacts:
    """The default export of `schema.ts`; `unresolved` goes to the database contract."""

    tables: tuple[TableFacts, ...]
    schema_validation: bool = True
    unresolved: tuple[UnresolvedFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionUses:
    """What a handler does with its context, here or in a helper that it calls."""

    db_read: bool = False
    db_write: bool = False
    scheduler: bool = False
    storage: bool = False
    run_query: bool = False
    run_mutation: bool = False
    run_action: bool = False
    fetch: bool = False
    vector_search: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionFacts:
    """One exported function.

    `module_path` has no extension (`nested/dir/file`), `export_name` is `default` for the default
    export, `constructor` is the callee as written and `resolved_constructor` what it stands for,
    `file` is relative to the repository. `args` is `{"type": "any"}` when the definition has none;
    `returns` is None then. `calls` are ids of functions that it runs or schedules.
    """

    module_path: str
    export_name: str
    kind: FunctionKind
    visibility: Visibility
    constructor: str
    resolved_constructor: str
    file: str
    runtime: Runtime
    args: ValidatorJson
    returns: ValidatorJson | None = None
    auth_kind: AuthKind = AuthKind.NOT_DETECTED
    auth_via: str | None = None
    uses: FunctionUses = FunctionUses()
    tables_read: tuple[str, ...] = ()
    tables_written: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()

    @property
    def function_id(self) -> str:
        """The name Convex knows it by, the default export spelled out: `a/b:default`."""
        return f"{self.module_path}:{self.export_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRouteFacts:
    """One line of the router's listing; a prefix route's `path` ends in `*`."""

    method: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CronFacts:
    """One entry of `crons.export()`; None is a part that is not known."""

    identifier: str
    name: str | None
    args: tuple[Json, ...] | None
    schedule: dict[str, Json] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFacts:
    """One `app.use(...)`: instance `name`, `path` of the definition, own facts if it is local."""

    name: str
    path: str
    http_prefix: str | None = None
    nested: ProjectFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """All facts of an app, or of one local component.

    `schema_path` and `functions_dir` are relative to the repository (`convex/schema.ts`,
    `convex`); `schema` is None without a schema file. `http_routes` are in the router's listing
    order; `unresolved` goes to the function contract.
    """

    schema_path: str
    functions_dir: str
    schema: SchemaFacts | None = None
    functions: tuple[FunctionFacts, ...] = ()
    http_routes: tuple[HttpRouteFacts, ...] = ()
    crons: tuple[CronFacts, ...] = ()
    components: tuple[ComponentFacts, ...] = ()
    unresolved: tuple[UnresolvedFacts, ...] = ()
