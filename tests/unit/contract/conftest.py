"""Validators and projects to build contracts of, by hand and at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from ssot_action.contract.model import (
    AuthKind,
    ComponentFacts,
    CronFacts,
    DatabaseIndexFacts,
    FunctionFacts,
    FunctionKind,
    FunctionUses,
    HttpRouteFacts,
    ProjectFacts,
    Runtime,
    SchemaFacts,
    SearchIndexFacts,
    TableFacts,
    UnresolvedFacts,
    VectorIndexFacts,
    Visibility,
)
from ssot_action.contract.validators import integer_literal, number_literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.validators import ObjectField, PlainType, ValidatorJson


@pytest.fixture(scope="session")
def make_object() -> Callable[..., ValidatorJson]:
    """Makes an object validator; a name that ends in `_maybe` is an optional field."""

    def make(**fields: ValidatorJson) -> ValidatorJson:
        value: dict[str, ObjectField] = {
            name.removesuffix("_maybe"): {
                "fieldType": validator,
                "optional": name.endswith("_maybe"),
            }
            for name, validator in fields.items()
        }
        return {"type": "object", "value": value}

    return make


@pytest.fixture(scope="session")
def make_function() -> Callable[..., FunctionFacts]:
    """Makes the facts of a public query."""

    def make(
        function_id: str = "messages:list",
        *,
        args: ValidatorJson | None = None,
        returns: ValidatorJson | None = None,
    ) -> FunctionFacts:
        module_path, _, export_name = function_id.rpartition(":")
        return FunctionFacts(
            module_path=module_path,
            export_name=export_name,
            kind=FunctionKind.QUERY,
            visibility=Visibility.PUBLIC,
            constructor="query",
            resolved_constructor="query",
            file=f"convex/{module_path}.ts",
            runtime=Runtime.CONVEX,
            args={"type": "any"} if args is None else args,
            returns=returns,
        )

    return make


@pytest.fixture(scope="session")
def make_project() -> Callable[..., ProjectFacts]:
    """Makes a project of tables and functions."""

    def make(
        *,
        tables: dict[str, ValidatorJson] | None = None,
        functions: tuple[FunctionFacts, ...] = (),
    ) -> ProjectFacts:
        return ProjectFacts(
            schema_path="convex/schema.ts",
            functions_dir="convex",
            schema=SchemaFacts(
                tables=tuple(
                    TableFacts(name=name, document_type=document_type)
                    for name, document_type in (tables or {}).items()
                )
            ),
            functions=functions,
        )

    return make


def _plain(name: PlainType) -> ValidatorJson:
    return {"type": name}


_PLAIN: tuple[PlainType, ...] = (
    "any",
    "null",
    "boolean",
    "string",
    "bytes",
    "number",
    "bigint",
    "commitTs",
    "unresolved",
)

# A pair of surrogates that belong together is one character to JSON and two to Python.
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_names = st.sampled_from(
    ["a", "b", "_id", "type", "value", "odd-key", "__proto__", "constructor", "1", "é", "", '"\\']
)
_identifiers = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)


def _field(member: ValidatorJson, optional: bool) -> ObjectField:  # noqa: FBT001 - by `builds`
    return {"fieldType": member, "optional": optional}


def _compound(members: st.SearchStrategy[ValidatorJson]) -> st.SearchStrategy[ValidatorJson]:
    def array(member: ValidatorJson) -> ValidatorJson:
        return {"type": "array", "value": member}

    def record(keys: ValidatorJson, value: ValidatorJson) -> ValidatorJson:
        return {"type": "record", "keys": keys, "values": _field(value, optional=False)}

    def shape(fields: dict[str, ObjectField]) -> ValidatorJson:
        return {"type": "object", "value": fields}

    def union(variants: list[ValidatorJson]) -> ValidatorJson:
        return {"type": "union", "value": variants}

    fields = st.builds(_field, members, st.booleans())
    return st.one_of(
        st.builds(array, members),
        st.builds(record, members, members),
        st.builds(shape, st.dictionaries(_names, fields, max_size=3)),
        st.builds(union, st.lists(members, max_size=3)),
    )


def _leaves() -> st.SearchStrategy[ValidatorJson]:
    def identifier(table: str) -> ValidatorJson:
        return {"type": "id", "tableName": table}

    def text(value: str | bool) -> ValidatorJson:  # noqa: FBT001 - by `builds`
        return {"type": "literal", "value": value}

    def number(value: float) -> ValidatorJson:
        return {"type": "literal", "value": number_literal(value)}

    def integer(value: int) -> ValidatorJson:
        return {"type": "literal", "value": integer_literal(value)}

    return st.one_of(
        st.sampled_from(_PLAIN).map(_plain),
        st.builds(identifier, _texts),
        st.builds(text, _texts | st.booleans()),
        # All NaN are one value to JavaScript.
        st.builds(number, st.integers(-3, 3) | st.floats().filter(lambda x: x == x)),  # noqa: PLR0124
        st.builds(integer, st.integers(-(2**63), 2**63 - 1)),
    )


@pytest.fixture(scope="session")
def validators() -> st.SearchStrategy[ValidatorJson]:
    """Any validator that Convex can export, and unresolved parts."""
    return st.recursive(_leaves(), _compound, max_leaves=8)


@pytest.fixture(scope="session")
def projects(validators: st.SearchStrategy[ValidatorJson]) -> st.SearchStrategy[ProjectFacts]:
    """Any project, a local component inside some of them."""
    indexes = st.one_of(
        st.builds(
            DatabaseIndexFacts,
            name=_identifiers,
            fields=st.lists(_identifiers, max_size=3).map(tuple),
            staged=st.booleans(),
        ),
        st.builds(SearchIndexFacts, name=_identifiers, search_field=_identifiers),
        st.builds(
            VectorIndexFacts,
            name=_identifiers,
            vector_field=_identifiers,
            dimensions=st.integers(2, 4096) | st.floats(2, 9),
        ),
    )
    unresolved = st.lists(
        st.builds(
            UnresolvedFacts,
            path=_identifiers,
            code=_identifiers,
            reason=_texts,
            file=st.just("convex/a.ts"),
        ),
        max_size=3,
    ).map(tuple)
    tables = st.builds(
        TableFacts,
        name=_identifiers,
        document_type=validators,
        staged_document_type=st.none() | validators,
        indexes=st.lists(indexes, max_size=2).map(tuple),
    )
    functions = st.builds(
        FunctionFacts,
        module_path=_identifiers,
        export_name=_identifiers,
        kind=st.sampled_from(FunctionKind),
        visibility=st.sampled_from(Visibility),
        constructor=_texts,
        resolved_constructor=_identifiers,
        file=_texts,
        runtime=st.sampled_from(Runtime),
        args=validators,
        returns=st.none() | validators,
        auth_kind=st.sampled_from(AuthKind),
        auth_via=st.none() | _texts,
        uses=st.builds(FunctionUses, db_read=st.booleans(), fetch=st.booleans()),
        tables_read=st.lists(_identifiers, max_size=3).map(tuple),
        calls=st.lists(_texts, max_size=3).map(tuple),
    )
    minutes: dict[str, Json] = {"minutes": 5.0, "type": "interval"}
    crons = st.builds(
        CronFacts,
        identifier=_texts,
        name=st.none() | _identifiers,
        args=st.none() | st.just(({"a": 1.0},)),
        schedule=st.none() | st.just(minutes),
    )

    def project(nested: st.SearchStrategy[ProjectFacts | None]) -> st.SearchStrategy[ProjectFacts]:
        return st.builds(
            ProjectFacts,
            schema_path=st.just("convex/schema.ts"),
            functions_dir=st.just("convex"),
            schema=st.none()
            | st.builds(
                SchemaFacts,
                tables=st.lists(tables, max_size=2, unique_by=lambda t: t.name).map(tuple),
                schema_validation=st.booleans(),
                unresolved=unresolved,
            ),
            functions=st.lists(functions, max_size=3, unique_by=lambda f: f.function_id).map(tuple),
            http_routes=st.lists(
                st.builds(HttpRouteFacts, method=st.just("GET"), path=_texts), max_size=2
            ).map(tuple),
            crons=st.lists(crons, max_size=2).map(tuple),
            components=st.lists(
                st.builds(
                    ComponentFacts,
                    name=_identifiers,
                    path=_texts,
                    http_prefix=st.none() | _texts,
                    nested=nested,
                ),
                max_size=1,
            ).map(tuple),
            unresolved=unresolved,
        )

    return project(st.none() | project(st.none()))
