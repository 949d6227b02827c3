r"""Text of a repository made harmless for a terminal and for Markdown.

File names, identifiers, messages: anyone who can open a pull request chooses them. On a terminal
they must not move the cursor, hide what follows or reorder it; in a log that GitHub's runner reads,
they must not be a workflow command; in Markdown they must stay one code span, which neither
mentions people nor links, and cannot be left.
"""

from __future__ import annotations

import re
from typing import Final

MAX_SPAN: Final = 300
"""The longest text in a code span; the middle of a longer one is left out."""

# Controls, what changes the direction or hides, line and paragraph separators, lone surrogates,
# and the tag characters, which are invisible.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]",
)
_BACKTICKS: Final = re.compile(r"`+")


def printable(text: str) -> str:
    r"""Return `text` on one line with what is not seen as it is spelled out: `\x1b`, `\u202e`.

    A text that the runner could take for a workflow command (`::name::`, `##[name]`) is broken up.
    """
    shown = _UNSAFE.sub(_spell, text)
    if "##[" in shown:
        shown = shown.replace("##[", r"#\x23[")
    if shown.lstrip().startswith("::"):
        shown = shown.replace("::", r":\x3a", 1)
    return shown


def code_span(text: str, *, limit: int = MAX_SPAN) -> str:
    """Return `text` as a Markdown code span for a paragraph or a list.

    Not for a table: readers of Markdown disagree about what a backslash before a pipe means there.
    """
    shown = shorten_middle(_UNSAFE.sub(_spell, text), limit) or "(empty)"
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # One space at each end is taken off again, unless there is nothing but spaces. It keeps a
    # back-tick of the text away from the fence, and the spaces at its ends where they are.
    has_spaces = shown[0] == " " == shown[-1] and shown.strip(" ")
    padding = " " if longest or has_spaces else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def shorten_middle(text: str, limit: int) -> str:
    """Return `text`, without its middle if it is longer than `limit`."""
    if len(text) <= limit:
        return text
    kept = limit - 1
    return f"{text[: kept - kept // 2]}…{text[len(text) - kept // 2 :]}"


def _spell(match: re.Match[str]) -> str:
    code = ord(match[0])
    named = {9: r"\t", 10: r"\n", 13: r"\r"}.get(code)
    if named is not None:
        return named
    if code <= 0xFF:  # noqa: PLR2004 - two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits
