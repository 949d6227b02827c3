"""What changed between two function contracts, the components in them included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.diff.changes import (
    ArgumentsChanged,
    ComponentAdded,
    ComponentChanged,
    ComponentRemoved,
    CronAdded,
    CronChanged,
    CronRemoved,
    FunctionAdded,
    FunctionRemoved,
    HttpRouteAdded,
    HttpRouteRemoved,
    KindChanged,
    ReturnsChanged,
    VisibilityChanged,
)
from ssot_action.diff.database import compare_database
from ssot_action.diff.meaning import has_unresolved, same_meaning
from ssot_action.diff.pairing import Doubts, entries_of, paired, plain_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract
    from ssot_action.diff.changes import Change, FunctionChange

# What the paths of unresolved entries start with when they concern a whole part of a project.
_ROUTES: Final = "http"
_CRONS: Final = "crons"
_COMPONENTS: Final = "components"


def compare_functions(old: Contract, new: Contract, component: str = "") -> tuple[Change, ...]:
    """Return what changed between two function contracts, their components inside."""
    comparison = _FunctionComparison(old, new, component)
    return (*comparison.run(), *comparison.nested())


class _FunctionComparison:
    """Compares two function contracts of one component."""

    def __init__(self, old: Contract, new: Contract, component: str) -> None:
        self.old, self.new, self.component = old, new, component
        self.doubts_old, self.doubts_new = Doubts(old), Doubts(new)

    def run(self) -> Iterator[FunctionChange]:
        for function_id, old, new in paired(self.old, self.new, "functions", "functionId"):
            yield from self._function(function_id, old, new)
        yield from self._routes()
        yield from self._crons()
        for name, old, new in paired(self.old, self.new, "components", "name"):
            yield from self._component(name, old, new)

    def nested(self) -> Iterator[Change]:
        """Return what changed inside the components that both sides have."""
        for name, old, new in paired(self.old, self.new, "components", "name"):
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
                kind=text_of(new, "kind"),
                visibility=text_of(new, "visibility"),
            )
        elif new is None and old is not None:
            yield FunctionRemoved(
                component=self.component,
                is_undecided=self.doubts_new.any_of(function_id, whole_module),
                function_id=function_id,
                kind=text_of(old, "kind"),
                visibility=text_of(old, "visibility"),
            )
        elif old is not None and new is not None:
            yield from self._signature(function_id, old, new)

    def _signature(
        self, function_id: str, old: Contract, new: Contract
    ) -> Iterator[FunctionChange]:
        kind, visibility = text_of(new, "kind"), text_of(new, "visibility")
        if text_of(old, "kind") != kind:
            yield KindChanged(
                component=self.component,
                is_undecided=False,
                function_id=function_id,
                visibility=visibility,
                old=text_of(old, "kind"),
                new=kind,
            )
        if text_of(old, "visibility") != visibility:
            yield VisibilityChanged(
                component=self.component,
                is_undecided=False,
                function_id=function_id,
                kind=kind,
                old=text_of(old, "visibility"),
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
        for identifier, old, new in paired(self.old, self.new, "crons", "identifier"):
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
            elif plain_text(old) != plain_text(new):
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
                path=text_of(new, "path"),
            )
        elif new is None and old is not None:
            yield ComponentRemoved(
                component=self.component,
                is_undecided=self.doubts_new.any_of(_COMPONENTS),
                name=name,
                path=text_of(old, "path"),
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


def _installation(component: Contract) -> dict[str, Json]:
    """Return what a component says about how it is installed, without what is in it."""
    return {key: component[key] for key in component if key not in {"schema", "functions"}}


def _routes_of(contract: Contract) -> set[tuple[str, str]]:
    return {
        (text_of(route, "method"), text_of(route, "path"))
        for route in entries_of(contract, "httpRoutes")
    }
