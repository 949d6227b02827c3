"""The entries of two contracts, paired by name, and what a side does not know."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract


class Doubts:
    """What one side does not know, by path."""

    __slots__ = ("_paths",)

    def __init__(self, contract: Contract) -> None:
        self._paths = {text_of(entry, "path") for entry in entries_of(contract, "unresolved")}

    def any_of(self, *paths: str) -> bool:
        """Return whether one of `paths` is not known as a whole."""
        return not self._paths.isdisjoint(paths)


def paired(
    old: Contract, new: Contract, key: str, name: str
) -> Iterator[tuple[str, Contract | None, Contract | None]]:
    """Yield the entries of a list by name, sorted, each with its counterpart.

    Two entries of one name, as two files of one module give them, are told apart by their order.
    """
    before, after = _by_name(entries_of(old, key), name), _by_name(entries_of(new, key), name)
    for place in sorted(set(chain(before, after))):
        yield place[0], before.get(place), after.get(place)


def _by_name(entries: Iterable[Contract], name: str) -> dict[tuple[str, int], Contract]:
    counts: dict[str, int] = {}
    named: dict[tuple[str, int], Contract] = {}
    for entry in entries:
        text = text_of(entry, name)
        counts[text] = counts.get(text, 0) + 1
        named[text, counts[text]] = entry
    return named


def entries_of(contract: Contract, key: str) -> list[Contract]:
    """Return the objects of a list of a contract."""
    entries = contract.get(key)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict)]


def text_of(entry: Contract, key: str) -> str:
    """Return the text of an entry, empty if it has none."""
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def plain_text(value: Json) -> str:
    """Return a text that two values share iff they are the same JSON, key order aside."""
    return json.dumps(value, sort_keys=True)
