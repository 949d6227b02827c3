"""The `"use node"` directive, found without a parser.

Convex parses each file that contains the text `use node` with Babel and looks at the directive
prologue. The prologue is lexically simple, so a scanner of comments, strings and what may follow
them gives the same answer. One thing it cannot know: when Babel fails on the rest of the file (also
on valid TypeScript such as `<T>x` casts), Convex takes any line that holds nothing but the
directive. Such a line outside the prologue is reported as `MISPLACED`.

Mirrors `hasUseNodeDirective` of convex 1.48 (`src/bundler/index.ts`).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final


class UseNode(Enum):
    """What a file says about its runtime."""

    ABSENT = auto()
    DIRECTIVE = auto()
    MISPLACED = auto()


# ECMAScript's white space; Python's `\s` has four control characters more, and no byte order mark.
_BLANK: Final = "\t\v\f \xa0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff"
_BREAK: Final = "\n\r\u2028\u2029"
_SKIPPED: Final = re.compile(rf"(?:[{_BLANK}{_BREAK}]+|//[^{_BREAK}]*|/\*.*?\*/)*", re.DOTALL)
_SHEBANG: Final = re.compile(rf"#![^{_BREAK}]*")
_STRING: Final = re.compile(r"""(["'])((?:(?!\1)[^\\\n\r]|\\(?:\r\n|.))*)\1""", re.DOTALL)
_LINE: Final = re.compile(
    rf"""(?:^|\n)[{_BLANK}{_BREAK}]*["']use node["'];?[{_BLANK}{_BREAK}]*(?:\n|$)"""
)
_HAS_BREAK: Final = re.compile(rf"[{_BREAK}]")
# What continues the expression that the string began, when it stands on a later line.
_CONTINUES: Final = re.compile(r"\+(?!\+)|-(?!-)|!=|(?:in|instanceof)(?![\w$])|[(\[`.,?:*/%<>=&|^]")


def scan_use_node(source: bytes) -> UseNode:
    """Return whether the directive prologue of a module holds `"use node"`."""
    if b"use node" not in source:
        return UseNode.ABSENT
    text = source.decode("utf-8", "replace")
    in_prologue = _scan_prologue(text)
    if in_prologue:
        return UseNode.DIRECTIVE
    has_line = _LINE.search(text) is not None
    if in_prologue is None and has_line:
        return UseNode.DIRECTIVE
    return UseNode.MISPLACED if has_line else UseNode.ABSENT


def _scan_prologue(text: str) -> bool | None:
    """Return whether the prologue holds the directive; None when no parser accepts the prologue."""
    shebang = _SHEBANG.match(text)
    position = _skip(text, shebang.end() if shebang else 0)
    found = False
    while position < len(text) and text[position] in "\"'":
        literal = _STRING.match(text, position)
        if literal is None:
            return None
        after = _skip(text, literal.end())
        if text.startswith(";", after):
            position = _skip(text, after + 1)
        elif after == len(text):
            position = after
        elif _HAS_BREAK.search(text, literal.end(), after) is None:
            # Another token on the same line: the string begins an expression.
            return found
        elif _CONTINUES.match(text, after):
            return found
        else:
            position = after
        found = found or literal[2] == "use node"
    return found


def _skip(text: str, position: int) -> int:
    match = _SKIPPED.match(text, position)
    return match.end() if match else position
