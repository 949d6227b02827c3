"""Two states of a project, as contracts of the same reader → facts. Pure.

Order never counts where Convex gives it no meaning: of tables, fields, union members, functions,
routes. It counts in the fields of an index.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from ssot_action.contract.numbers import number_text
from ssot_action.diff.changes import (
    ArgumentsChanged,
    Change,
    ComponentAdded,
    ComponentChanged,
    ComponentRemoved,
    CronAdded,
    CronChanged,
    CronRemoved,
    DocumentTypeChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FunctionAdded,
    FunctionChange,
    FunctionRemoved,
    HttpRouteAdded,
    HttpRouteRemoved,
    IndexAdded,
    IndexChanged,
    IndexRemoved,
    KindChanged,
    ReturnsChanged,
    SchemaChange,
    SchemaValidationChanged,
    TableAdded,
    TableRemoved,
    VisibilityChanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract

# What the paths of unresolved entries start with when they concern a whole part of a project.
_WHOLE_SCHEMA: Final = "schema"
_ROUTES: Final = "http"
_CRONS: Final = "crons"
_COMPONENTS: Final = "components"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Both contracts of one state of a project."""

    database: Contract
    functions: Contract


def compare(old: State, new: State) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`: the schema first, then functions; by name."""
    return (
        *compare_database(old.database, new.database),
        *compare_functions(old.functions, new.functions),
    )


def compare_database(
    old: Contract, new: Contract, component: str = ""
) -> tuple[SchemaChange, ...]:
    """Return what changed between two database contracts."""
    return tuple(_SchemaComparison(old, new, component).run())


def compare_functions(
    old: Contract, new: Contract, component: str = ""
) -> tuple[Change, ...]:
    """Return what changed between two function contracts, their components inside."""
    comparison = _FunctionComparison(old, new, component)
    return (*comparison.run(), *comparison.nested())


class _Doubts:
    """What one side does not know, by path."""

    __slots__ = ("_paths",)

    def __init__(self, contract: Contract) -> None:
        self._paths = {_text(entry, "path") for entry in _entries(contract, "unresolved")}

    def any_of(self, *paths: str) -> bool:
        """Return whether one of `paths` is not known as a whole."""
        return not self._paths.isdisjoint(paths)


class _SchemaComparison:
    """Compares two database contracts of one component."""

    def __init__(self, old: Contract, new: Contract, component: str) -> None:
        self.old, self.new, self.component = old, new, component
        self.doubts_old, self.doubts_new = _Doubts(old), _Doubts(new)

    def run(self) -> Iterator[SchemaChange]:
        before, after = self.old.get("schemaValidation"), self.new.get("schemaValidation")
        if before != after:
            path = f"{_WHOLE_SCHEMA}.schemaValidation"
            yield SchemaValidationChanged(
                component=self.component,
                is_undecided=self._is_doubtful(path, _WHOLE_SCHEMA),
                old=before,
                new=after,
            )
        for name, old, new in _paired(self.old, self.new, "tables", "name"):
            if old is None and new is not None:
                yield TableAdded(
                    component=self.component,
                    is_undecided=self.doubts_old.any_of(_WHOLE_SCHEMA),
                    table=name,
                    document_type=new.get("documentType"),
                )
            elif new is None and old is not None:
                yield TableRemoved(
                    component=self.component,
                    is_undecided=self.doubts_new.any_of(_WHOLE_SCHEMA),
                    table=name,
                    document_type=old.get("documentType"),
                )
            elif old is not None and new is not None:
                yield from self._documents(name, old, new)
                yield from self._indexes(name, old, new)

    def _is_doubtful(self, *paths: str) -> bool:
        return self.doubts_old.any_of(*paths) or self.doubts_new.any_of(*paths)

    def _documents(self, table: str, old: Contract, new: Contract) -> Iterator[SchemaChange]:
        before, after = old.get("documentType"), new.get("documentType")
        if _is_object(before) and _is_object(after):
            yield from self._fields(table, old, new)
        elif not same_meaning(before, after):
            yield self._document_type(table, before, after, is_staged=False)
        before, after = old.get("stagedDocumentType"), new.get("stagedDocumentType")
        if not same_meaning(before, after):
            yield self._document_type(table, before, after, is_staged=True)

    def _document_type(
        self, table: str, old: Json, new: Json, *, is_staged: bool
    ) -> DocumentTypeChanged:
        return DocumentTypeChanged(
            component=self.component,
            is_undecided=has_unresolved(old) or has_unresolved(new),
            table=table,
            is_staged=is_staged,
            old=old,
            new=new,
        )

    def _fields(self, table: str, old: Contract, new: Contract) -> Iterator[SchemaChange]:
        for field, before, after in _paired(old, new, "columns", "name"):
            was, now = (entry.get("validator") if entry else None for entry in (before, after))
            is_undecided = has_unresolved(was) or has_unresolved(now)
            if before is None and after is not None:
                yield FieldAdded(
                    component=self.component,
                    is_undecided=is_undecided,
                    table=table,
                    field=field,
                    validator=now,
                    is_optional=after.get("optional") is True,
                )
            elif after is None and before is not None:
                yield FieldRemoved(
                    component=self.component,
                    is_undecided=is_undecided,
                    table=table,
                    field=field,
                    validator=was,
                    is_optional=before.get("optional") is True,
                )
            elif before is not None and after is not None:
                was_optional = before.get("optional") is True
                is_optional = after.get("optional") is True
                if was_optional is not is_optional or not same_meaning(was, now):
                    yield FieldChanged(
                        component=self.component,
                        is_undecided=is_undecided,
                        table=table,
                        field=field,
                        old=was,
                        new=now,
                        was_optional=was_optional,
                        is_optional=is_optional,
                    )

    def _indexes(self, table: str, old: Contract, new: Contract) -> Iterator[SchemaChange]:
        for index, before, after in _paired(old, new, "indexes", "name"):
            is_undecided = self._is_doubtful(table, f"{table}.{index}")
            if before is None:
                yield IndexAdded(
                    component=self.component,
                    is_undecided=is_undecided,
                    table=table,
                    index=index,
                    definition=after,
                )
            elif after is None:
                yield IndexRemoved(
                    component=self.component,
                    is_undecided=is_undecided,
                    table=table,
                    index=index,
                    definition=before,
                )
            elif _index_meaning(before) != _index_meaning(after):
                yield IndexChanged(
                    component=self.component,
                    is_undecided=is_undecided,
                    table=table,
                    index=index,
                    old=before,
                    new=after,
                )


class _FunctionComparison:
    """Compares two function contracts of one component."""

    def __init__(self, old: Contract, new: Contract, component: str) -> None:
        self.old, self.new, self.component = old, new, component
        self.doubts_old, self.doubts_new = _Doubts(old), _Doubts(new)

    def run(self) -> Iterator[FunctionChange]:
        for function_id, old, new in _paired(self.old, self.new, "functions", "functionId"):
            yield from self._function(function_id, old, new)
        yield from self._routes()
        yield from self._crons()
        for name, old, new in _paired(self.old, self.new, "components", "name"):
            yield from self._component(name, old, new)

    def nested(self) -> Iterator[Change]:
        """Return what changed inside the components that both sides have."""
        for name, old, new in _paired(self.old, self.new, "components", "name"):
            if old is None or new is None:
                continue
            inside = f"{self.component}/{name}" if self.component else name
            schemas = old.get("schema"), new.get("schema")
            if isinstance(schemas[0], dict) and isinstance(schemas[1], dict):
                yield from compare_database(schemas[0], schemas[1], inside)
            functions = old.get("functions"), new.get("functions")
            if isinstance(functions[0], dict) and isinstance(functions[1], dict):
                yield from compare_functions(functions[0], functions[1], inside)

    def _function(
        self, function_id: str, old: Contract | None, new: Contract | None
    ) -> Iterator[FunctionChange]:
        whole_module = f"{function_id.rpartition(':')[0]}:*"
        if old is None and new is not None:
            yield FunctionAdded(
                component=self.component,
                is_undecided=self.doubts_old.any_of(function_id, whole_module),
                function_id=function_id,
                kind=_text(new, "kind"),
                visibility=_text(new, "visibility"),
            )
        elif new is None and old is not None:
            yield FunctionRemoved(
                component=self.component,
                is_undecided=self.doubts_new.any_of(function_id, whole_module),
                function_id=function_id,
                kind=_text(old, "kind"),
                visibility=_text(old, "visibility"),
            )
        elif old is not None and new is not None:
            yield from self._signature(function_id, old, new)

    def _signature(
        self, function_id: str, old: Contract, new: Contract
    ) -> Iterator[FunctionChange]:
        kind, visibility = _text(new, "kind"), _text(new, "visibility")
        if _text(old, "kind") != kind:
            yield KindChanged(
                component=self.component,
                is_undecided=False,
                function_id=function_id,
                visibility=visibility,
                old=_text(old, "kind"),
                new=kind,
            )
        if _text(old, "visibility") != visibility:
            yield VisibilityChanged(
                component=self.component,
                is_undecided=False,
                function_id=function_id,
                kind=kind,
                old=_text(old, "visibility"),
                new=visibility,
            )
        before, after = old.get("args"), new.get("args")
        if not same_meaning(before, after):
            yield ArgumentsChanged(
                component=self.component,
                is_undecided=has_unresolved(before) or has_unresolved(after),
                function_id=function_id,
                kind=kind,
                visibility=visibility,
                old=before,
                new=after,
            )
        before, after = old.get("returns"), new.get("returns")
        if not same_meaning(before, after):
            yield ReturnsChanged(
                component=self.component,
                is_undecided=has_unresolved(before) or has_unresolved(after),
                function_id=function_id,
                kind=kind,
                visibility=visibility,
                old=before,
                new=after,
            )

    def _routes(self) -> Iterator[FunctionChange]:
        before, after = _routes_of(self.old), _routes_of(self.new)
        for method, path in sorted(before ^ after, key=lambda route: (route[1], route[0])):
            if (method, path) in after:
                yield HttpRouteAdded(
                    component=self.component,
                    is_undecided=self.doubts_old.any_of(_ROUTES),
                    method=method,
                    path=path,
                )
            else:
                yield HttpRouteRemoved(
                    component=self.component,
                    is_undecided=self.doubts_new.any_of(_ROUTES),
                    method=method,
                    path=path,
                )

    def _crons(self) -> Iterator[FunctionChange]:
        for identifier, old, new in _paired(self.old, self.new, "crons", "identifier"):
            path = f"{_CRONS}.{identifier}"
            if old is None:
                yield CronAdded(
                    component=self.component,
                    is_undecided=self.doubts_old.any_of(_CRONS) or self.doubts_new.any_of(path),
                    identifier=identifier,
                    definition=new,
                )
            elif new is None:
                yield CronRemoved(
                    component=self.component,
                    is_undecided=self.doubts_new.any_of(_CRONS) or self.doubts_old.any_of(path),
                    identifier=identifier,
                    definition=old,
                )
            elif _plain_text(old) != _plain_text(new):
                yield CronChanged(
                    component=self.component,
                    is_undecided=self.doubts_old.any_of(path) or self.doubts_new.any_of(path),
                    identifier=identifier,
                    old=old,
                    new=new,
                )

    def _component(
        self, name: str, old: Contract | None, new: Contract | None
    ) -> Iterator[FunctionChange]:
        if old is None and new is not None:
            yield ComponentAdded(
                component=self.component,
                is_undecided=self.doubts_old.any_of(_COMPONENTS),
                name=name,
                path=_text(new, "path"),
            )
        elif new is None and old is not None:
            yield ComponentRemoved(
                component=self.component,
                is_undecided=self.doubts_new.any_of(_COMPONENTS),
                name=name,
                path=_text(old, "path"),
            )
        elif old is not None and new is not None:
            before, after = _installation(old), _installation(new)
            if before != after:
                path = f"{_COMPONENTS}.{name}.httpPrefix"
                yield ComponentChanged(
                    component=self.component,
                    is_undecided=self.doubts_old.any_of(path) or self.doubts_new.any_of(path),
                    name=name,
                    old=before,
                    new=after,
                )


def same_meaning(old: Json, new: Json) -> bool:
    """Return whether two validators of a contract accept the same values by their form."""
    return _meaning(old) == _meaning(new)


def has_unresolved(validator: Json) -> bool:
    """Return whether a part of a validator is unresolved."""
    if isinstance(validator, dict):
        if validator.get("type") == "unresolved":
            return True
        return any(map(has_unresolved, validator.values()))
    return isinstance(validator, list) and any(map(has_unresolved, validator))


def _meaning(value: Json) -> str:
    """Return a text that two values share iff they mean the same; for Python `1` equals `true`."""
    if isinstance(value, dict):
        members = value.get("value")
        if value.get("type") == "union" and isinstance(members, list):
            return f"union[{','.join(sorted(set(map(_meaning, members))))}]"
        parts = (f"{json.dumps(key)}:{_meaning(value[key])}" for key in sorted(value))
        return f"{{{','.join(parts)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_meaning, value))}]"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return json.dumps(value)
    return number_text(value)


def _index_meaning(index: Contract) -> str:
    filters = index.get("filterFields")
    if not isinstance(filters, list):
        return _plain_text(index)
    return _plain_text({**index, "filterFields": [*sorted(map(str, filters))]})


def _plain_text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _is_object(validator: Json) -> bool:
    return isinstance(validator, dict) and validator.get("type") == "object"


def _installation(component: Contract) -> dict[str, Json]:
    """Return what a component says about how it is installed, without what is in it."""
    return {key: component[key] for key in component if key not in {"schema", "functions"}}


def _routes_of(contract: Contract) -> set[tuple[str, str]]:
    return {
        (_text(route, "method"), _text(route, "path"))
        for route in _entries(contract, "httpRoutes")
    }


def _paired(
    old: Contract, new: Contract, key: str, name: str
) -> Iterator[tuple[str, Contract | None, Contract | None]]:
    """Yield the entries of a list by name, sorted, each with its counterpart.

    Two entries of one name, as two files of one module give them, are told apart by their order.
    """
    before, after = _by_name(_entries(old, key), name), _by_name(_entries(new, key), name)
    for place in sorted(set(chain(before, after))):
        yield place[0], before.get(place), after.get(place)


def _by_name(entries: Iterable[Contract], name: str) -> dict[tuple[str, int], Contract]:
    counts: dict[str, int] = {}
    named: dict[tuple[str, int], Contract] = {}
    for entry in entries:
        text = _text(entry, name)
        counts[text] = counts.get(text, 0) + 1
        named[text, counts[text]] = entry
    return named


def _entries(contract: Contract, key: str) -> list[Contract]:
    entries = contract.get(key)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict)]


def _text(entry: Contract, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
