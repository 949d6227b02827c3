"""Arithmetic on paths relative to the repository root.

Every path inside the project has one spelling: `/` separators, no leading or trailing `/`, no `.`,
`..` or empty parts; the repository root is the empty string.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def join_path(directory: str, relative: str) -> str | None:
    """Return `relative` seen from `directory`, or None when it leaves the repository."""
    if relative.startswith("/"):
        return None
    parts = directory.split("/") if directory else []
    for part in relative.split("/"):
        if part in {"", "."}:
            continue
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def child_path(directory: str, name: str) -> str:
    """Return the path of the entry `name` of `directory`; `name` is normal already."""
    return f"{directory}/{name}" if directory else name


def parent_path(path: str) -> str:
    """Return the directory that holds `path`; the root's parent is the root."""
    return path.rpartition("/")[0]


def base_name(path: str) -> str:
    """Return the last part of `path`."""
    return path.rpartition("/")[2]


def ancestor_paths(directory: str) -> Iterator[str]:
    """Yield `directory` and its ancestors, nearest first, the repository root last."""
    while directory:
        yield directory
        directory = parent_path(directory)
    yield ""


def is_inside(path: str, directory: str) -> bool:
    """Return whether `path` is `directory` or below it."""
    return not directory or path == directory or path.startswith(directory + "/")


def relative_path(path: str, directory: str) -> str:
    """Return `path`, which is below `directory`, as seen from there."""
    return path[len(directory) + 1 :] if directory else path


def is_in_node_modules(path: str) -> bool:
    """Return whether `path` belongs to an installed package."""
    return "/node_modules/" in f"/{path}/"


def display_path(path: str) -> str:
    """Return `path` for a message; the repository root is `.`."""
    return path or "."


def utf16_sort_key(name: str) -> str | bytes:
    """Return the sort key of ECMAScript's string order, by UTF-16 code unit.

    It is only needed beside non-ASCII names: code points and code units order ASCII alike.
    """
    return name.encode("utf-16-be", "surrogatepass")
