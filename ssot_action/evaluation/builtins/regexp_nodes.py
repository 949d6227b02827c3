"""The nodes of a regular expression's syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ssot_action.evaluation.builtins.regexp_sets import CharacterSet


@dataclass(frozen=True, slots=True)
class Character:
    """One character, given by its code."""

    code: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One thing after another; empty, it matches nothing at all."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first alternative that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group, numbered from 1."""

    number: int
    node: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """A quantifier; the groups from `first_group` up to `end_group` are inside of it."""

    node: Node
    least: int
    most: int | None
    is_lazy: bool
    first_group: int
    end_group: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`^`, `$`, or a word boundary, `b`, or what is none, `B`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Look:
    """A lookahead or lookbehind."""

    node: Node
    is_ahead: bool
    is_negative: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """What a group matched, again."""

    number: int


Node: TypeAlias = (
    Character | CharacterSet | Sequence | Choice | Group | Repeat | Edge | Look | Reference
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern.

    Attributes:
        node: what it matches.
        group_count: how many capturing groups there are.
        names: the numbers of the named groups.
        has_references: whether a group is referred to.
    """

    node: Node
    group_count: int
    names: dict[str, int]
    has_references: bool
