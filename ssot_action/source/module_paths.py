"""Which module paths the server accepts.

Mirrors `ModulePath` and `PathComponent` of the backend: each part, the file name with `.js` too,
has 1 to 64 of `A-Z a-z 0-9 _ .` and at least one letter or digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PART: Final = re.compile(r"[A-Za-z0-9_.]{1,64}")
_ALPHANUMERIC: Final = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a module path is refused, and what to do."""

    message: str
    hint: str


def refuse_module_path(relative: str) -> Refusal | None:
    """Return why Convex refuses a file, given relative to the functions directory; None if not."""
    stem = relative.rpartition(".")[0]
    *directories, base = stem.split("/")
    for part in (*directories, base + ".js"):
        if not _PART.fullmatch(part) or not _ALPHANUMERIC.search(part):
            return Refusal(
                f'{relative} is no valid module path: "{part}" is not accepted',
                "Use letters, digits, underscores and dots only, at most 64 characters a part.",
            )
    if not _ALPHANUMERIC.search(base):
        return Refusal(
            f"{relative} is no valid module path: the name has no letter and no digit",
            "Rename the file.",
        )
    if directories and directories[0] == "_system":
        return Refusal(
            "Convex refuses functions under _system/", "Move the module to another directory."
        )
    return None
