"""Sets of characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, TypeAlias

from ssot_action.evaluation.builtins.natives import unknown_outcome

Range: TypeAlias = tuple[int, int]

_LAST_CODE: Final = 0x10FFFF
_LAST_ASCII: Final = 127


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters in some ranges of codes and categories of Unicode, or all the others."""

    ranges: tuple[Range, ...]
    is_negated: bool = False
    categories: frozenset[str] = frozenset()

    def negated(self) -> CharacterSet:
        """Return the set of all other characters."""
        return CharacterSet(self.ranges, not self.is_negated, self.categories)

    def contains(self, code: int, *, ignores_case: bool) -> bool:
        """Tell whether the character `code` is in the set; case is a matter of ASCII only."""
        found = self._holds(code)
        if not found and ignores_case and code <= _LAST_ASCII:
            found = self._holds(ord(chr(code).swapcase()))
        return found is not self.is_negated

    def _holds(self, code: int) -> bool:
        if any(low <= code <= high for low, high in self.ranges):
            return True
        if not self.categories or code < 0:
            return False
        category = unicodedata.category(chr(code))
        if category == "Cn":
            # A later version of Unicode than Python's may have assigned it.
            raise unknown_outcome("the category of a new character depends on the engine")
        return category in self.categories


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

_LONG_NAMES: Final = {
    "Cc": ("Control", "cntrl"),
    "Cf": ("Format",),
    "Co": ("Private_Use",),
    "Cs": ("Surrogate",),
    "Ll": ("Lowercase_Letter",),
    "Lm": ("Modifier_Letter",),
    "Lo": ("Other_Letter",),
    "Lt": ("Titlecase_Letter",),
    "Lu": ("Uppercase_Letter",),
    "Mc": ("Spacing_Mark",),
    "Me": ("Enclosing_Mark",),
    "Mn": ("Nonspacing_Mark",),
    "Nd": ("Decimal_Number", "digit"),
    "Nl": ("Letter_Number",),
    "No": ("Other_Number",),
    "Pc": ("Connector_Punctuation",),
    "Pd": ("Dash_Punctuation",),
    "Pe": ("Close_Punctuation",),
    "Pf": ("Final_Punctuation",),
    "Pi": ("Initial_Punctuation",),
    "Po": ("Other_Punctuation",),
    "Ps": ("Open_Punctuation",),
    "Sc": ("Currency_Symbol",),
    "Sk": ("Modifier_Symbol",),
    "Sm": ("Math_Symbol",),
    "So": ("Other_Symbol",),
    "Zl": ("Line_Separator",),
    "Zp": ("Paragraph_Separator",),
    "Zs": ("Space_Separator",),
}
_GROUPS: Final = {
    "L": ("Letter",),
    "M": ("Mark", "Combining_Mark"),
    "N": ("Number",),
    "P": ("Punctuation", "punct"),
    "S": ("Symbol",),
    "Z": ("Separator",),
}
_CASED: Final = frozenset({"Ll", "Lt", "Lu"})


def _by_name() -> dict[str, frozenset[str]]:
    names = {"LC": _CASED, "Cased_Letter": _CASED}
    for category, long_names in _LONG_NAMES.items():
        names |= dict.fromkeys((category, *long_names), frozenset({category}))
    for letter, long_names in _GROUPS.items():
        members = frozenset(category for category in _LONG_NAMES if category[0] == letter)
        names |= dict.fromkeys((letter, *long_names), members)
    return names


_CATEGORIES: Final = _by_name()


def property_set(name: str) -> CharacterSet | None:
    """Return the characters with a property by its name, None where it is not modelled."""
    plain = name.removeprefix("gc=").removeprefix("General_Category=")
    categories = _CATEGORIES.get(plain)
    if categories is not None:
        return CharacterSet((), categories=categories)
    if name == "ASCII":
        return CharacterSet(((0, _LAST_ASCII),))
    return CharacterSet(((0, _LAST_CODE),)) if name == "Any" else None


def other_categories(categories: frozenset[str]) -> frozenset[str]:
    """Return all categories but these."""
    return frozenset(_LONG_NAMES) - categories
