"""Workspace packages: which directories of a repository are packages that others import by name.

npm, yarn and bun list patterns in `package.json` (`workspaces`), pnpm in `pnpm-workspace.yaml`
(`packages`).
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ssot_action.errors import SourceError
from ssot_action.source.entries import EntryKind
from ssot_action.source.paths import ancestor_paths, child_path, join_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssot_action.source.manifest import ManifestReader
    from ssot_action.source.tree import SourceTree

PNPM_WORKSPACE: Final = "pnpm-workspace.yaml"
_MAX_DIRECTORIES: Final = 20_000
_MAX_BRACES: Final = 64
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
# A quote opens a string only where a value may begin: `don't` is a plain word.
_QUOTED_OR_COMMENT: Final = re.compile(
    r"""(?:^|(?<=[\s,\[:-]))(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?:^|(?<=\s))(#.*)"""
)


class Workspaces:
    """Finds a workspace package by its name; each workspace root is expanded once."""

    def __init__(self, tree: SourceTree, manifests: ManifestReader) -> None:
        self._tree = tree
        self._manifests = manifests
        self._roots: dict[str, Mapping[str, str]] = {}

    def find(self, name: str, directory: str) -> str | None:
        """Return the directory of a package for code in `directory`, None if unknown."""
        for ancestor in ancestor_paths(directory):
            packages = self._roots.get(ancestor)
            if packages is None:
                packages = self._roots[ancestor] = self._expand(ancestor)
            if name in packages:
                return packages[name]
        return None

    def _expand(self, root: str) -> Mapping[str, str]:
        patterns = self._patterns(root)
        if not patterns:
            return {}
        packages: dict[str, str] = {}
        for directory in (root, *expand_patterns(self._tree, root, patterns)):
            manifest = self._manifests.read(directory)
            if manifest is not None and manifest.name is not None:
                # The first one wins, as the order of the patterns has it.
                packages.setdefault(manifest.name, directory)
        return packages

    def _patterns(self, root: str) -> tuple[str, ...]:
        path = child_path(root, PNPM_WORKSPACE)
        if self._tree.is_file(path):
            try:
                data = self._tree.read(path) or b""
            except SourceError:
                data = b""
            return read_yaml_list(data.decode("utf-8", "replace"), "packages")
        manifest = self._manifests.read(root)
        return manifest.workspaces if manifest is not None else ()


def expand_patterns(tree: SourceTree, root: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the directories below `root` with a `package.json` that the patterns name.

    `*` and `?` match inside a part, `**` any number of parts, `{a,b}` either; `!` takes back.
    Directories named `node_modules` or starting with a dot are not entered by `*` and `**`.
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        is_negated = pattern.startswith("!")
        for spelled in _expand_braces(pattern.removeprefix("!")):
            parts = tuple(part for part in spelled.split("/") if part not in {"", "."})
            if is_negated:
                excluded = _parts_pattern(parts)
                for path in [p for p in found if excluded.fullmatch(p[len(root) :].lstrip("/"))]:
                    del found[path]
            elif ".." in parts:
                directory = join_path(root, spelled)
                if directory is not None and tree.is_file(child_path(directory, "package.json")):
                    found[directory] = None
            else:
                for directory in _match_directories(tree, root, parts):
                    if tree.is_file(child_path(directory, "package.json")):
                        found[directory] = None
    return tuple(found)


def _match_directories(tree: SourceTree, root: str, parts: tuple[str, ...]) -> Iterator[str]:
    pending: list[tuple[str, int]] = [(root, 0)]
    seen: set[tuple[str, int]] = set()
    while pending and len(seen) < _MAX_DIRECTORIES:
        state = pending.pop()
        if state in seen:
            continue
        seen.add(state)
        directory, index = state
        if index == len(parts):
            yield directory
        elif parts[index] == "**":
            pending.extend((path, index) for path in _subdirectories(tree, directory, "*"))
            pending.append((directory, index + 1))
        elif _is_glob(parts[index]):
            matching = _subdirectories(tree, directory, parts[index])
            pending.extend((path, index + 1) for path in matching)
        else:
            path = child_path(directory, parts[index])
            if tree.is_directory(path):
                pending.append((path, index + 1))


def _subdirectories(tree: SourceTree, directory: str, part: str) -> list[str]:
    """Return matching subdirectories, last first, for a stack."""
    try:
        entries = tree.list_directory(directory)
    except SourceError:
        return []
    pattern = _part_pattern(part)
    return [
        child_path(directory, entry.name)
        for entry in reversed(entries)
        if entry.kind is EntryKind.DIRECTORY
        and entry.name != "node_modules"
        and (entry.name[0] != "." or part[0] == ".")
        and pattern.fullmatch(entry.name)
    ]


def _is_glob(part: str) -> bool:
    return any(mark in part for mark in "*?[")


@lru_cache(maxsize=256)
def _part_pattern(part: str) -> re.Pattern[str]:
    return re.compile(translate(part))


def _parts_pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    pieces: list[str] = []
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        if part == "**":
            pieces.append(".*" if is_last else "(?:[^/]+/)*")
        else:
            body = "".join(
                "[^/]*" if mark == "*" else "[^/]" if mark == "?" else re.escape(mark)
                for mark in part
            )
            pieces.append(body if is_last else body + "/")
    # `packages/x/**` takes back `packages/x` itself, too.
    text = "".join(pieces)
    return re.compile(text.removesuffix("/.*") + "(?:/.*)?" if text.endswith("/.*") else text)


def _expand_braces(pattern: str) -> tuple[str, ...]:
    pending = [pattern]
    done: list[str] = []
    while pending and len(pending) + len(done) < _MAX_BRACES:
        current = pending.pop(0)
        match = _BRACES.search(current)
        if match is None:
            done.append(current)
        else:
            pending.extend(
                current[: match.start()] + choice + current[match.end() :]
                for choice in match[1].split(",")
            )
    return tuple(done)


def read_yaml_list(text: str, key: str) -> tuple[str, ...]:
    """Return the strings of the list at a top-level key of a YAML file.

    Block lists (`- item`) and flow lists (`[a, "b"]`, over several lines too), quoted or plain,
    with comments. It is all that `pnpm-workspace.yaml` uses for `packages`; any other shape gives
    an empty list.
    """
    lines = text.lstrip("\ufeff").splitlines()
    header = re.compile(
        rf"""(?:{re.escape(key)}|"{re.escape(key)}"|'{re.escape(key)}')\s*:(?:\s|$)"""
    )
    for index, line in enumerate(lines):
        match = header.match(line)
        if match is None:
            continue
        rest = _strip_comment(line[match.end() :]).strip()
        if rest.startswith("["):
            return _read_flow_list(rest, lines[index + 1 :])
        return () if rest else _read_block_list(lines[index + 1 :])
    return ()


def _read_block_list(lines: Iterable[str]) -> tuple[str, ...]:
    items: list[str] = []
    for line in lines:
        content = _strip_comment(line).strip()
        if not content:
            continue
        if not content.startswith("- "):
            break
        items.append(_unquote(content[2:].strip()))
    return tuple(item for item in items if item)


def _read_flow_list(first: str, lines: Iterable[str]) -> tuple[str, ...]:
    collected = first[1:]
    for line in lines:
        if "]" in _without_quoted(collected):
            break
        collected += " " + _strip_comment(line).strip()
    items = re.findall(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\[\]\s][^,\[\]]*|\]""", collected)
    result: list[str] = []
    for item in items:
        if item == "]":
            break
        result.append(_unquote(item.strip()))
    return tuple(item for item in result if item)


def _without_quoted(text: str) -> str:
    return re.sub(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""", "", text)


def _strip_comment(line: str) -> str:
    """Return the line without its comment: a `#` at the start or after a blank, outside quotes."""
    for match in _QUOTED_OR_COMMENT.finditer(line):
        if match[1] is not None:
            return line[: match.start()]
    return line


def _unquote(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
