"""Sets of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

Range: TypeAlias = tuple[int, int]

_LAST_CODE: Final = 0x10FFFF
_LAST_ASCII: Final = 127


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters in some ranges of codes, or all the others."""

    ranges: tuple[Range, ...]
    is_negated: bool = False

    def negated(self) -> CharacterSet:
        """Return the set of all other characters."""
        return CharacterSet(self.ranges, not self.is_negated)

    def contains(self, code: int, *, ignores_case: bool) -> bool:
        """Tell whether the character `code` is in the set; case is a matter of ASCII only."""
        found = self._holds(code)
        if not found and ignores_case and code <= _LAST_ASCII:
            found = self._holds(ord(chr(code).swapcase()))
        return found is not self.is_negated

    def _holds(self, code: int) -> bool:
        return any(low <= code <= high for low, high in self.ranges)


def complement(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return the ranges of all other characters."""
    result: list[Range] = []
    position = 0
    for low, high in sorted(ranges):
        if low > position:
            result.append((position, low - 1))
        position = max(position, high + 1)
    if position <= _LAST_CODE:
        result.append((position, _LAST_CODE))
    return tuple(result)


DIGITS: Final = CharacterSet(((0x30, 0x39),))
WORD_CHARACTERS: Final = CharacterSet(((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)))
SPACES: Final = CharacterSet(
    (
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    )
)
LINE_ENDS: Final = CharacterSet(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)))
