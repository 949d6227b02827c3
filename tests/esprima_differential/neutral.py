"""The form in which two parsers' readings of a program are compared.

A program is nested tuples: `(kind, offset, part, ...)`, kinds and parts named as in
`ssot_action.syntax.nodes`. Whatever has no meaning is gone from it: comments, parentheses, empty
statements, whether a string is written with quotes or as a template.
"""

from __future__ import annotations

from typing import TypeAlias

Neutral: TypeAlias = "bool | int | float | str | tuple[Neutral, ...] | None"

DEEPEST_SHOWN = 2


def first_difference(ours: Neutral, theirs: Neutral) -> str | None:
    """Return where the two first differ and how, None if they are equal."""
    stack: list[tuple[str, Neutral, Neutral]] = [("", ours, theirs)]
    while stack:
        path, mine, other = stack.pop()
        if not isinstance(mine, tuple) or not isinstance(other, tuple):
            if type(mine) is not type(other) or mine != other:
                return f"{path}: {_shown(mine)} against {_shown(other)}"
            continue
        kinds = [each[0] if each else None for each in (mine, other)]
        if len(mine) != len(other) or (isinstance(kinds[0], str) and kinds[0] != kinds[1]):
            return f"{path}: {_shown(mine)} against {_shown(other)}"
        name = f"{path}.{kinds[0]}" if isinstance(kinds[0], str) else path
        pairs = [
            (f"{name}[{index}]", a, b) for index, (a, b) in enumerate(zip(mine, other, strict=True))
        ]
        stack.extend(reversed(pairs))
    return None


def _shown(value: Neutral, depth: int = 0) -> str:
    if not isinstance(value, tuple):
        return repr(value)
    if depth > DEEPEST_SHOWN:
        return "…"
    return f"({', '.join(_shown(part, depth + 1) for part in value)})"
