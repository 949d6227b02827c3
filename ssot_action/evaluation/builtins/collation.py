"""The order of strings as `localeCompare` has it, where every English locale agrees."""

from __future__ import annotations

from typing import Final

# The order of the Unicode collation's root among what ASCII can print, letters apart from case.
_ORDER: Final = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS: Final = {character: weight for weight, character in enumerate(_ORDER)}


def compare(left: str, right: str) -> int | None:
    """Return -1, 0 or 1; None when the answer is not certain.

    Letters are compared without their case first; then, from the left, small ones come before
    capitals.
    """
    left_weights = [_WEIGHTS.get(character) for character in _fold(left)]
    right_weights = [_WEIGHTS.get(character) for character in _fold(right)]
    if left == right:
        return 0
    if None in left_weights or None in right_weights:
        return None
    first = [weight for weight in left_weights if weight is not None]
    second = [weight for weight in right_weights if weight is not None]
    if first != second:
        return -1 if first < second else 1
    cases = [character.isupper() for character in left]
    return -1 if cases < [character.isupper() for character in right] else 1


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text
