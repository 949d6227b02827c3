"""The `exports` and `imports` maps of `package.json`, as Node.js and esbuild read them.

Mirrors PACKAGE_EXPORTS_RESOLVE, PACKAGE_IMPORTS_RESOLVE and PACKAGE_TARGET_RESOLVE of the Node.js
documentation ("Modules: Packages"), with the trailing-slash mappings that esbuild still accepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ssot_action.source.documents import Json, JsonObject

_FORBIDDEN_PARTS: Final = frozenset({".", "..", "node_modules"})
_MAX_DEPTH: Final = 100


def resolve_exports(exports: Json, subpath: str, conditions: AbstractSet[str]) -> str | None:
    """Return what `subpath` (`.` or `./x`) of a package stands for, relative to it, as `./file`.

    None when the package does not export it under these conditions.
    """
    if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
        exports = {".": exports}
    return _Maps(conditions, allows_packages=False).resolve(subpath, exports)


def resolve_imports(
    imports: JsonObject, specifier: str, conditions: AbstractSet[str]
) -> str | None:
    """Return what `#name` stands for: `./file` in the package, or the specifier of another."""
    return _Maps(conditions, allows_packages=True).resolve(specifier, imports)


class _No(Enum):
    """Why a target is no answer; only after `UNDEFINED` the next condition is asked."""

    EXCLUDED = auto()
    INVALID = auto()
    UNDEFINED = auto()


@dataclass(frozen=True, slots=True)
class _Maps:
    conditions: AbstractSet[str]
    allows_packages: bool

    def resolve(self, key: str, mapping: JsonObject) -> str | None:
        if key in mapping and "*" not in key and not key.endswith("/"):
            return self._resolve_target(mapping[key], None)
        for pattern in sorted(mapping, key=_specificity):
            prefix, star, suffix = pattern.partition("*")
            if star:
                if (
                    key.startswith(prefix)
                    and key != prefix
                    and key.endswith(suffix)
                    and len(key) >= len(prefix) + len(suffix)
                    and "*" not in suffix
                ):
                    match = key[len(prefix) : len(key) - len(suffix)]
                    return self._resolve_target(mapping[pattern], match)
            elif pattern.endswith("/") and key.startswith(pattern) and key != pattern:
                target = self._resolve_target(mapping[pattern], None)
                rest = key[len(pattern) :]
                return target + rest if target is not None and target.endswith("/") else None
        return None

    def _resolve_target(self, target: Json, match: str | None) -> str | None:
        found = self._search(target, match, 0)
        return found if isinstance(found, str) else None

    def _search(self, target: Json, match: str | None, depth: int) -> str | _No:
        if isinstance(target, str):
            chosen = target if match is None else target.replace("*", match)
            return chosen if self._is_valid(chosen) else _No.INVALID
        if target is None:
            return _No.EXCLUDED
        if depth > _MAX_DEPTH:
            return _No.INVALID
        if isinstance(target, dict):
            for condition, value in target.items():
                if condition in self.conditions:
                    found = self._search(value, match, depth + 1)
                    if found is not _No.UNDEFINED:
                        return found
            return _No.UNDEFINED
        if isinstance(target, list):
            last = _No.UNDEFINED
            for item in target:
                found = self._search(item, match, depth + 1)
                if isinstance(found, str):
                    return found
                last = found
            return last
        return _No.INVALID

    def _is_valid(self, target: str) -> bool:
        if target.startswith("./"):
            return _FORBIDDEN_PARTS.isdisjoint(target[2:].split("/"))
        return self.allows_packages and not target.startswith((".", "/"))


def _specificity(pattern: str) -> tuple[int, int]:
    """Order patterns as PATTERN_KEY_COMPARE does: most specific first."""
    star = pattern.find("*")
    base_length = len(pattern) if star < 0 else star + 1
    return (-base_length, 0 if star < 0 else -len(pattern))
