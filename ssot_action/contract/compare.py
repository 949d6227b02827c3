"""Drift: what the committed contract says otherwise than the source that it was generated from.

Order never counts where it means nothing: tables, columns, fields, union members, functions,
routes, crons. Nor does `updatedAt`. A contract of the older generator is compared in what it can
say; that it says less is a drift of its own, told once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ssot_action.contract.encoding import Json, quote
from ssot_action.contract.numbers import number_text
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ssot_action.contract.kinds import Contract


class Subject(StrEnum):
    """What kind of thing drifted."""

    CONTRACT = "contract"
    TABLE = "table"
    FUNCTION = "function"
    HTTP_ROUTE = "http route"
    CRON = "cron"
    COMPONENT = "component"
    UNRESOLVED = "unresolved"


class Change(StrEnum):
    """What the generated contract has done to the committed one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftLine:
    """One thing that drifted; `component` is the path of instance names, empty for the app."""

    subject: Subject
    name: str
    change: Change
    details: tuple[str, ...] = ()
    component: str = ""

    def __str__(self) -> str:
        """Return it as one line: `table users: changed (column email added)`."""
        where = f"component {self.component}, " if self.component else ""
        details = f" ({', '.join(self.details)})" if self.details else ""
        return f"{where}{self.subject} {self.name}: {self.change}{details}"


@dataclass(frozen=True, slots=True)
class Drift:
    """All that drifted, in the order of `Subject` and by name."""

    lines: tuple[DriftLine, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether the committed contract has to be written anew."""
        return bool(self.lines)


OLDER_FORMAT: Final = "written by an older generator"

_LISTS: Final = frozenset(
    {"tables", "functions", "httpRoutes", "crons", "components", "unresolved"}
)
_SETS: Final = frozenset(
    {"calls", "columns", "filterFields", "indexes", "relations", "tablesRead", "tablesWritten"}
)
_DERIVED: Final = {
    "documentType": frozenset({"columns", "relations"}),
    "args": frozenset({"argsValidator"}),
    "returns": frozenset({"returnsValidator"}),
    "validator": frozenset(
        {"type", "rawValidator", "shape", "items", "options", "keyType", "valueType"}
    ),
}
_NOT_IN_OLDER: Final = frozenset(
    {"optional", "path", "raw", "rawValidator", "relation", "validator"}
)


def compare_contract(committed: Contract, generated: Contract) -> Drift:
    """Return how `committed` differs from `generated`, a contract of the same kind.

    Raises:
        ContractError: `committed` nests too deep to be compared.
    """
    try:
        lines = list(_compare(committed, generated, ""))
    except RecursionError as error:
        raise ContractError("the committed contract nests too deep to be compared") from error
    order = list(Subject)
    lines.sort(key=lambda line: (line.component, order.index(line.subject), line.name))
    return Drift(tuple(lines))


def _compare(old: Contract, new: Contract, component: str) -> Iterator[DriftLine]:
    is_older = "unresolved" not in old
    if is_older:
        yield DriftLine(
            subject=Subject.CONTRACT,
            name="format",
            change=Change.CHANGED,
            details=(OLDER_FORMAT,),
            component=component,
        )
    for key in [*old, *(key for key in new if key not in old)]:
        if key in _LISTS or key == "updatedAt" or (is_older and (key not in old or key == "notes")):
            continue
        if _text(old.get(key)) != _text(new.get(key)) or (key in old) != (key in new):
            yield DriftLine(
                subject=Subject.CONTRACT, name=key, change=Change.CHANGED, component=component
            )
    for pair in _PAIRINGS:
        if is_older and pair.key not in old:
            continue
        yield from pair.compare(old, new, component)
    yield from _compare_components(old, new, component)


@dataclass(frozen=True, slots=True)
class _Pairing:
    """How the entries of one list of a contract are paired and compared."""

    key: str
    subject: Subject
    name: Callable[[Contract], str]
    details: Callable[[Contract, Contract], tuple[str, ...]]

    def compare(self, old: Contract, new: Contract, component: str) -> Iterator[DriftLine]:
        for name, before, after in _paired(old, new, self.key, self.name):
            if json.dumps(before) == json.dumps(after):
                continue
            change = Change.CHANGED
            details: tuple[str, ...] = ()
            if not before:
                change = Change.ADDED
            elif not after:
                change = Change.REMOVED
            elif len(before) == len(after) == 1:
                details = self.details(before[0], after[0])
                if not details:
                    continue
            elif sorted(map(_text, before)) == sorted(map(_text, after)):
                continue
            yield DriftLine(
                subject=self.subject,
                name=name,
                change=change,
                details=details,
                component=component,
            )


def _paired(
    old: Contract, new: Contract, key: str, name: Callable[[Contract], str]
) -> Iterator[tuple[str, list[Contract], list[Contract]]]:
    """Yield each name with the entries of both sides that have it."""
    before, after = _by_name(_objects(old, key), name), _by_name(_objects(new, key), name)
    for entry_name in {**before, **after}:
        yield entry_name, before.get(entry_name, []), after.get(entry_name, [])


def _by_name(
    entries: Iterable[Contract], name: Callable[[Contract], str]
) -> dict[str, list[Contract]]:
    named: dict[str, list[Contract]] = {}
    for entry in entries:
        named.setdefault(name(entry), []).append(entry)
    return named


def _objects(parent: Contract, key: str) -> list[Contract]:
    entries = parent.get(key)
    return (
        [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    )


def _compare_components(old: Contract, new: Contract, parent: str) -> Iterator[DriftLine]:
    for name, before, after in _paired(old, new, "components", _named("name")):
        inside = f"{parent}/{name}" if parent else name
        for key in ("schema", "functions"):
            for one, other in zip(before, after, strict=False):
                nested_old, nested_new = one.get(key), other.get(key)
                if isinstance(nested_old, dict) and isinstance(nested_new, dict):
                    yield from _compare(nested_old, nested_new, inside)


def _named(*keys: str) -> Callable[[Contract], str]:
    return lambda entry: " ".join(str(entry.get(key)) for key in keys)


def _table_details(old: Contract, new: Contract) -> tuple[str, ...]:
    if "documentType" not in old:
        return (
            *_member_details(old, new, "columns", "column", _older_differs),
            *_member_details(old, new, "indexes", "index", _differs),
        )
    skipped = {"columns", "indexes", *_moved_only(old, new)}
    details = [
        *_member_details(old, new, "columns", "column", _column_differs),
        *_member_details(old, new, "indexes", "index", _differs),
    ]
    other = _entry_details(old, new, skipped)
    # A column says it better, unless the columns are the same and only their combination is not.
    return tuple(details + [key for key in other if key != "documentType" or not details])


def _member_details(
    old: Contract,
    new: Contract,
    key: str,
    subject: str,
    differs: Callable[[Contract, Contract], bool],
) -> Iterator[str]:
    for name, before, after in _paired(old, new, key, _named("name")):
        if not before:
            yield f"{subject} {name} added"
        elif not after:
            yield f"{subject} {name} removed"
        elif len(before) != len(after) or any(map(differs, before, after)):
            yield f"{subject} {name} changed"


def _column_differs(old: Contract, new: Contract) -> bool:
    return bool(_entry_details(old, new, _moved_only(old, new)))


def _differs(old: Contract, new: Contract) -> bool:
    return bool(_entry_details(old, new, ()))


def _older_differs(old: Contract, new: Contract) -> bool:
    return _text(_older_view(old)) != _text(_older_view(new))


def _function_details(old: Contract, new: Contract) -> tuple[str, ...]:
    if "args" not in old:
        shared = {key: new.get(key) for key in old if key in new}
        return _entry_details(_older_entry(old), _older_entry(shared), ())
    return _entry_details(old, new, _moved_only(old, new))


def _plain_details(old: Contract, new: Contract) -> tuple[str, ...]:
    return _entry_details(old, new, ())


def _component_details(old: Contract, new: Contract) -> tuple[str, ...]:
    nested = [
        key
        for key in ("schema", "functions")
        if isinstance(old.get(key), dict) and isinstance(new.get(key), dict)
    ]
    return _entry_details(old, new, nested)


def _entry_details(old: Contract, new: Contract, skipped: Iterable[str]) -> tuple[str, ...]:
    """Return the keys in which two entries differ."""
    return tuple(
        key
        for key in [*old, *(key for key in new if key not in old)]
        if key not in skipped and ((key in old) != (key in new) or _value_differs(old, new, key))
    )


def _moved_only(old: Contract, new: Contract) -> set[str]:
    """Return the keys derived from a validator that differs in nothing but its order."""
    moved: set[str] = set()
    for key, derived in _DERIVED.items():
        before, after = old.get(key), new.get(key)
        if json.dumps(before) != json.dumps(after) and _text(before) == _text(after):
            moved |= derived
    return moved


def _value_differs(old: Contract, new: Contract, key: str) -> bool:
    # Most values are spelled alike, which the C encoder sees much sooner than we do.
    return json.dumps(old.get(key)) != json.dumps(new.get(key)) and (
        _value_text(old, key) != _value_text(new, key)
    )


def _value_text(entry: Contract, key: str) -> str:
    value = entry.get(key)
    if key in _SETS and isinstance(value, list):
        return ",".join(sorted(map(_text, value)))
    return _text(value)


def _text(value: Json) -> str:
    """Return a text that two values share iff they mean the same.

    Python itself takes `1` for `true`; here they differ, and `1` is `1.0`.
    """
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        members = value.get("value")
        if value.get("type") == "union" and isinstance(members, list):
            return f"union[{','.join(sorted(map(_text, members)))}]"
        return "{" + ",".join(f"{quote(key)}:{_text(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return f"[{','.join(map(_text, value))}]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return number_text(value)


def _older_entry(entry: Contract) -> Contract:
    return {key: _older_view(value) for key, value in entry.items()}


def _older_view(value: Json) -> Json:
    """Return what the older generator could have said of a part of a contract.

    It copied the source: `v.float64()` and `v.number()` were two types, literals kept their quotes.
    """
    if isinstance(value, dict):
        view = {key: _older_view(item) for key, item in value.items() if key not in _NOT_IN_OLDER}
        for key in ("type", "inferredType"):
            name = view.get(key)
            if isinstance(name, str):
                view[key] = name.replace("float64", "number").replace("'", '"')
        return view
    return [_older_view(item) for item in value] if isinstance(value, list) else value


_PAIRINGS: Final = (
    _Pairing("tables", Subject.TABLE, _named("name"), _table_details),
    _Pairing("functions", Subject.FUNCTION, _named("functionId"), _function_details),
    _Pairing("httpRoutes", Subject.HTTP_ROUTE, _named("method", "path"), _plain_details),
    _Pairing("crons", Subject.CRON, _named("identifier"), _plain_details),
    _Pairing("components", Subject.COMPONENT, _named("name"), _component_details),
    _Pairing("unresolved", Subject.UNRESOLVED, _named("path"), _plain_details),
)
