"""Lock files: which versions of a package a package manager chose.

Only the few lines about one package are read, with patterns that never look back over more than a
line, since a lock file may have a million of them. The result is a tuple of versions as the file
writes them: one where the file is definite about the package that asks, several where it lists
several without saying whose they are, none where it does not list the package or does not know who
asks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.source.documents import Dialect, Json, JsonError, JsonObject, parse_document
from ssot_action.source.paths import ancestor_paths, child_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_JSON: Final = json.JSONDecoder()
_NPM_FORMAT: Final = re.compile(r'"lockfileVersion"\s*:\s*(\d{1,4})')
# `1.2.3`, `1.2.3(react@18.0.0)`, `1.2.3_react@18.0.0`, `/name/1.2.3`, `name@1.2.3`.
_PNPM_VERSION: Final = re.compile(
    r"(?:/?((?:@[^/@\s]+/)?[^/@\s(]+)[/@])??(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)(?:[(_].*)?"
)
_CONFLICT: Final = "\n<<<<<<< "


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in a lock file.

    Attributes:
        name: The package.
        declared: The range as the manifest writes it, None when no manifest declares the package.
        member: The directory of the manifest that declares it, seen from the lock file's.
        member_name: The name in that manifest.
    """

    name: str
    declared: str | None = None
    member: str = ""
    member_name: str | None = None


@dataclass(frozen=True, slots=True)
class LockFormat:
    """A kind of lock file.

    Attributes:
        manager: As a manifest's `packageManager` names it.
        find: Reads it; None when it is a binary file, which is not read.
    """

    manager: str
    find: Callable[[str, Wanted], tuple[str, ...]] | None


def find_in_lock(lock: LockFormat, data: bytes, wanted: Wanted) -> tuple[str, ...] | None:
    """Return the versions that a lock file names, None when the file cannot be read."""
    if lock.find is None:
        return None
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if _CONFLICT in text:
        return None
    return lock.find(text, wanted)


# npm


def _find_npm(text: str, wanted: Wanted) -> tuple[str, ...]:
    match = _NPM_FORMAT.search(text)
    if match is None or int(match[1]) < 2:  # noqa: PLR2004 - the first with "packages"
        return _find_npm_nested(text, wanted)
    if wanted.member and _json_object(text, wanted.member) is None:
        return ()
    for directory in ancestor_paths(wanted.member):
        entry = _json_object(text, child_path(directory, f"node_modules/{wanted.name}"))
        if entry is not None and entry.get("link") is True:
            entry = _json_object(text, str(entry.get("resolved")))
        if entry is not None:
            # An alias is listed by the name it is given.
            return (
                _texts(entry.get("version"))
                if entry.get("name", wanted.name) == wanted.name
                else ()
            )
    return ()


def _find_npm_nested(text: str, wanted: Wanted) -> tuple[str, ...]:
    # The first format has no workspaces.
    if wanted.member:
        return ()
    try:
        lock = parse_document(text.encode(), Dialect.STRICT).value
    except JsonError:
        return ()
    dependencies = lock.get("dependencies") if isinstance(lock, dict) else None
    entry = dependencies.get(wanted.name) if isinstance(dependencies, dict) else None
    return _texts(entry.get("version")) if isinstance(entry, dict) else ()


def _json_object(text: str, key: str) -> JsonObject | None:
    """Return the first object at a member named `key`, wherever in the text."""
    match = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:\s*(?=\{{)", text)
    if match is None:
        return None
    try:
        found, _ = _JSON.raw_decode(text, match.end())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _texts(value: Json) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()


# pnpm


def _find_pnpm(text: str, wanted: Wanted) -> tuple[str, ...]:
    # A first document may hold what pnpm itself needs.
    text = text.rpartition("\n---\n")[2]
    if wanted.declared is None:
        return _listed_by_pnpm(text, wanted.name)
    importers = yaml_block(text, "importers")
    if importers is not None:
        importer = yaml_block(importers.nested, wanted.member or ".")
        if importer is None:
            return ()
        own = importer.nested
    elif wanted.member:
        return ()
    else:
        own = text
    for group in ("dependencies", "devDependencies", "optionalDependencies"):
        dependencies = yaml_block(own, group)
        entry = None if dependencies is None else yaml_block(dependencies.nested, wanted.name)
        if entry is None:
            continue
        version = entry if entry.scalar else yaml_block(entry.nested, "version")
        match = _PNPM_VERSION.fullmatch(version.scalar) if version is not None else None
        return (match[2],) if match is not None and match[1] in {None, wanted.name} else ()
    return _listed_by_pnpm(text, wanted.name)


def _listed_by_pnpm(text: str, name: str) -> tuple[str, ...]:
    start = text.find("\npackages:")
    if start < 0:
        return ()
    key = re.compile(
        rf"""^[ ]{{2}}['"]?/?{re.escape(name)}[@/](\d+\.\d+\.\d+[0-9A-Za-z.+-]*)""", re.MULTILINE
    )
    return tuple(dict.fromkeys(match[1] for match in key.finditer(text, start)))


@dataclass(frozen=True, slots=True)
class YamlBlock:
    """What stands at a key of a YAML mapping: on its line, and on the deeper lines below."""

    scalar: str
    nested: str


def yaml_block(text: str, key: str) -> YamlBlock | None:
    """Return what stands at `key` of the block mapping that `text` is, None when nothing."""
    first = re.search(r"^( *)[^\s#]", text, re.MULTILINE)
    if first is None:
        return None
    indent = len(first[1])
    name = re.escape(key)
    header = re.compile(
        rf"""^[ ]{{{indent}}}(?:{name}|'{name}'|"{name}")[ ]?:(?:[ \t]+([^\n]*))?$""", re.MULTILINE
    )
    found = header.search(text)
    if found is None:
        return None
    end = re.compile(rf"^ {{0,{indent}}}[^\s#]", re.MULTILINE).search(text, found.end())
    scalar = re.sub(r"(?:^|\s)#.*", "", found[1] or "").strip()
    if len(scalar) > 1 and scalar[0] == scalar[-1] and scalar[0] in "'\"":
        scalar = scalar[1:-1]
    return YamlBlock(scalar, text[found.end() : end.start() if end is not None else len(text)])


# yarn, both the old format and the one that is YAML


def _find_yarn(text: str, wanted: Wanted) -> tuple[str, ...]:
    name = re.escape(wanted.name)
    entry = re.compile(
        rf"""^((?:"|[^\s\#][^\n]*?[ "])?{name}@[^\n]*):\n[ ]{{2}}version:?[ ]"?([^"\s]+)""",
        re.MULTILINE,
    )
    listed: dict[str, None] = {}
    for match in entry.finditer(text):
        descriptors = [part.strip('" ') for part in match[1].split(",")]
        ranges = {
            descriptor[len(wanted.name) + 1 :].removeprefix("npm:")
            for descriptor in descriptors
            if descriptor.startswith(f"{wanted.name}@")
        }
        if wanted.declared is not None and wanted.declared.removeprefix("npm:") in ranges:
            return (match[2],)
        listed[match[2]] = None
    return tuple(listed)


# bun


def _find_bun(text: str, wanted: Wanted) -> tuple[str, ...]:
    if wanted.member and _bun_member(text, wanted.member) is None:
        return ()
    keys = [wanted.name]
    if wanted.member and wanted.member_name is not None:
        keys.insert(0, f"{wanted.member_name}/{wanted.name}")
    for key in keys:
        match = re.search(rf'^\s*"{re.escape(key)}"\s*:\s*\[\s*"([^"\n]*)"', text, re.MULTILINE)
        if match is not None:
            name, _, version = match[1].rpartition("@")
            return (version,) if name == wanted.name else ()
    return ()


def _bun_member(text: str, member: str) -> re.Match[str] | None:
    return re.search(rf'^\s*"{re.escape(member)}"\s*:\s*\{{', text, re.MULTILINE)


# By name of the file; where npm finds both of its own, the first counts.
LOCK_FORMATS: Final[Mapping[str, LockFormat]] = {
    "npm-shrinkwrap.json": LockFormat("npm", _find_npm),
    "package-lock.json": LockFormat("npm", _find_npm),
    "pnpm-lock.yaml": LockFormat("pnpm", _find_pnpm),
    "yarn.lock": LockFormat("yarn", _find_yarn),
    "bun.lock": LockFormat("bun", _find_bun),
    "bun.lockb": LockFormat("bun", None),
}
