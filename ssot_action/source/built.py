"""Where the source of a built file is, in a package of the repository that has not been built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILD_DIRECTORIES: Final = frozenset(
    {"dist", "build", "lib", "out", "output", "esm", "cjs", "es", "module", "types", "commonjs"}
)
_SOURCE_EXTENSIONS: Final = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_BUILT_SUFFIXES: Final = (".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs", ".jsx")


def source_candidates(target: str) -> Iterator[str]:
    """Yield where the source of a built file of a package may be, likeliest first."""
    parts = [part for part in target.split("/") if part not in {"", "."}]
    if not parts or ".." in parts:
        return
    built = 0
    while built < len(parts) - 1 and parts[built] in _BUILD_DIRECTORIES:
        built += 1
    rest = parts[built:]
    name = rest[-1]
    is_declaration = name.endswith((".d.ts", ".d.mts", ".d.cts"))
    if not built and not is_declaration and name.endswith(_SOURCE_EXTENSIONS):
        yield "/".join(parts)
    stem = name
    for suffix in _BUILT_SUFFIXES:
        if name.endswith(suffix):
            stem = name[: -len(suffix)]
            break
    inner = "/".join([*rest[:-1], stem])
    for base in (f"src/{inner}", inner):
        for extension in _SOURCE_EXTENSIONS:
            yield base + extension
    if stem == name:
        for base in (f"src/{inner}", inner):
            for extension in _SOURCE_EXTENSIONS:
                yield f"{base}/index{extension}"
