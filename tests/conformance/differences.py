"""A difference between Convex and us, and the comparison of the single values it is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any

STUB_MARK = "__stub__"
UNRESOLVED_TYPE = "unresolved"


class Category(StrEnum):
    """How bad a difference is, worst first."""

    WRONG = "wrong"
    EXTRA = "extra"
    MISSING = "missing"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One fact on which Convex and we do not agree.

    Attributes:
        what: The kind of fact, such as `args` or `documentType`.
        id: The function id, table name, route or cron that it belongs to.
        ours: What we say; None when we say nothing.
        truth: What Convex says; None when Convex says nothing.
        category: How bad it is.
    """

    what: str
    id: str
    ours: Json
    truth: Json
    category: Category

    def __str__(self) -> str:
        """Return the difference as two aligned lines of JSON under a heading."""
        ours, truth = (json.dumps(value, sort_keys=True) for value in (self.ours, self.truth))
        return f"{self.category}: {self.what} of {self.id}\n    ours:  {ours}\n    truth: {truth}"


def canonical(value: Json) -> str:
    """Return one spelling per JSON value: key order and `1` or `1.0` make no difference."""
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def same(left: Json, right: Json) -> bool:
    """Tell whether two JSON values are equal, with `true` different from `1`."""
    return canonical(left) == canonical(right)


def is_stubbed(value: Json) -> bool:
    """Tell whether a value that the oracle printed depends on a package it had to stub."""
    if isinstance(value, Mapping):
        if value.get("type") == "stub" or STUB_MARK in value or "stubbed" in value:
            return True
        return any(is_stubbed(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(is_stubbed(item) for item in value)
    return isinstance(value, str) and STUB_MARK in value


def has_unresolved(validator: Json) -> bool:
    """Tell whether a validator of ours has a part that we say we do not know."""
    if isinstance(validator, Mapping):
        if validator.get("type") == UNRESOLVED_TYPE:
            return True
        return any(has_unresolved(item) for item in validator.values())
    return isinstance(validator, list | tuple) and any(has_unresolved(item) for item in validator)


def agrees(ours: Json, truth: Json) -> bool:
    """Tell whether a validator of ours equals the truth wherever it is not unresolved."""
    if isinstance(ours, Mapping) and ours.get("type") == UNRESOLVED_TYPE:
        return True
    if isinstance(ours, Mapping) and isinstance(truth, Mapping):
        if _is_unknown_field(ours) and "fieldType" in truth:
            return True
        return ours.keys() == truth.keys() and all(agrees(ours[key], truth[key]) for key in truth)
    if isinstance(ours, list | tuple) and isinstance(truth, list | tuple):
        return len(ours) == len(truth) and all(map(agrees, ours, truth))
    return same(ours, truth)


def _is_unknown_field(ours: Mapping[str, Json]) -> bool:
    """Tell whether this is a field whose validator, and so its optionality, is open."""
    field_type = ours.get("fieldType")
    return isinstance(field_type, Mapping) and field_type.get("type") == UNRESOLVED_TYPE


def module_of(function_id: str) -> str:
    """Return the module path of a function id."""
    return function_id.rpartition(":")[0]


class Unresolved:
    """The entries of `unresolved`, found by what they are about.

    A path starts with a table name or a function id and may go on with `.`, `[` or `:` and a place
    inside it. A module path, alone or with `:*`, is about all functions of that module.
    """

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self.paths = [str(entry["path"]) for entry in entries]

    def about(self, name: str) -> list[str]:
        """Return what follows `name` in every path that starts with it; `""` is all of it."""
        rests = (path[len(name) :] for path in self.paths if path.startswith(name))
        return [rest for rest in rests if rest == "" or rest[0] in ".[:"]

    def mentions(self, name: str) -> bool:
        """Tell whether any path is about `name` or a part of it."""
        return bool(self.about(name))

    def covers(self, name: str, part: str | None = None) -> bool:
        """Tell whether the whole of `name`, or of its `part`, is declared unknown."""
        rests = self.about(name)
        return "" in rests or (part is not None and f".{part}" in rests)

    def covers_function(self, function_id: str) -> bool:
        """Tell whether a function, or all functions of its module, are declared unknown."""
        module = module_of(function_id)
        whole_module = any(path in (module, f"{module}:*") for path in self.paths)
        return whole_module or self.mentions(function_id)

    def covers_any(self, names: Sequence[str]) -> bool:
        """Tell whether one of the names, which stand for a whole file, is a path."""
        return any(path in names for path in self.paths)


@dataclass(frozen=True, slots=True)
class Part:
    """One validator of one table or function, and how it is called in a path of `unresolved`."""

    what: str
    id: str
    unresolved: Unresolved

    def compare(self, ours: Json, truth: Json) -> Iterator[Difference]:
        """Yield at most one difference between our validator and Convex's."""
        if is_stubbed(truth):
            return
        listed = self.unresolved.mentions(self.id)
        if has_unresolved(ours):
            honest = listed and agrees(ours, truth)
            yield self.difference(ours, truth, Category.UNRESOLVED if honest else Category.WRONG)
        elif not same(ours, truth):
            covered = self.unresolved.covers(self.id, self.what)
            yield self.difference(ours, truth, Category.UNRESOLVED if covered else Category.WRONG)

    def difference(self, ours: Json, truth: Json, category: Category) -> Difference:
        """Return a difference in this part."""
        return Difference(what=self.what, id=self.id, ours=ours, truth=truth, category=category)


def difference(what: str, name: str, ours: Json, truth: Json, category: Category) -> Difference:
    """Return a difference from its parts in the order in which they are written."""
    return Difference(what=what, id=name, ours=ours, truth=truth, category=category)
