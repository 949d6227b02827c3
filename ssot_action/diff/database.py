"""What changed between two database contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.diff.changes import (
    DocumentTypeChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    IndexAdded,
    IndexChanged,
    IndexRemoved,
    SchemaValidationChanged,
    TableAdded,
    TableRemoved,
)
from ssot_action.diff.meaning import has_unresolved, same_meaning
from ssot_action.diff.pairing import Doubts, paired, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract
    from ssot_action.diff.changes import SchemaChange

# The path of an unresolved entry that concerns the schema as a whole.
_WHOLE_SCHEMA: Final = "schema"


def compare_database(old: Contract, new: Contract, component: str = "") -> tuple[SchemaChange, ...]:
    """Return what changed between two database contracts."""
    return tuple(_SchemaComparison(old, new, component).run())


class _SchemaComparison:
    """Compares two database contracts of one component."""

    def __init__(self, old: Contract, new: Contract, component: str) -> None:
        self.old, self.new, self.component = old, new, component
        self.doubts_old, self.doubts_new = Doubts(old), Doubts(new)

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
        for name, old, new in paired(self.old, self.new, "tables", "name"):
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
        for field, before, after in paired(old, new, "columns", "name"):
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
        for index, before, after in paired(old, new, "indexes", "name"):
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


def _index_meaning(index: Contract) -> str:
    filters = index.get("filterFields")
    if not isinstance(filters, list):
        return plain_text(index)
    return plain_text({**index, "filterFields": [*sorted(map(str, filters))]})


def _is_object(validator: Json) -> bool:
    return isinstance(validator, dict) and validator.get("type") == "object"
