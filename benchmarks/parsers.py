"""What two parsers can read of published packages, and how fast: tree-sitter and esprima.

    python -m benchmarks.parsers [DIRECTORY] [--every N]

Read are TypeScript and JavaScript files below DIRECTORY, by default the packages that the
conformance suite installs. A file counts as read when its parser reports no error in it. Speeds are
of the files that both read, as a parser that stops at an error is not slow there.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import esprima  # type: ignore[import-untyped]

from ssot_action.pipeline import with_deep_stack
from ssot_action.syntax.parser import find_problems, parse_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES: Final = Path("tests/conformance/node_modules")
MAX_BYTES: Final = 200_000
"""Larger files are bundles that nobody wrote."""

_TYPESCRIPT: Final = frozenset({".ts", ".tsx", ".mts", ".cts"})
_JAVASCRIPT: Final = frozenset({".js", ".jsx", ".mjs", ".cjs"})


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: its language and size, and of each parser the seconds, None where it failed."""

    language: str
    size: int
    tree_sitter: float | None
    esprima: float | None


def main() -> None:
    """Measure, and print one line for each language and parser."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", nargs="?", type=Path, default=PACKAGES)
    parser.add_argument("--every", type=int, default=20, help="read every Nth file [20]")
    options = parser.parse_args()
    files = list(find_files(options.directory))[:: options.every]
    measured = with_deep_stack(lambda: [measure(path) for path in files])
    for language in ("TypeScript", "JavaScript"):
        _print([item for item in measured if item.language == language], language)


def find_files(directory: Path) -> Iterator[Path]:
    """Yield the source files below `directory` by path; type declarations are none."""
    for path in sorted(directory.rglob("*")):
        is_source = path.suffix in _TYPESCRIPT | _JAVASCRIPT and ".d." not in path.name
        if is_source and path.is_file() and 0 < path.stat().st_size <= MAX_BYTES:
            yield path


def measure(path: Path) -> Measured:
    """Parse a file with both parsers."""
    source = path.read_bytes()
    start = time.perf_counter()
    problems = find_problems(parse_tree(str(path), source))
    seconds = time.perf_counter() - start
    return Measured(
        language="TypeScript" if path.suffix in _TYPESCRIPT else "JavaScript",
        size=len(source),
        tree_sitter=None if problems else seconds,
        esprima=_time_esprima(source.decode("utf-8", "replace")),
    )


def _time_esprima(text: str) -> float | None:
    """Return how long esprima takes; a program that is no module is parsed as a script."""
    for parse in (esprima.parseModule, esprima.parseScript):
        start = time.perf_counter()
        try:
            parse(text, {"jsx": True})
        except (esprima.Error, RecursionError):
            continue
        except Exception:  # noqa: BLE001, S112 - whatever it ends with, the file is not read
            continue
        return time.perf_counter() - start
    return None


def _print(measured: list[Measured], language: str) -> None:
    size = sum(item.size for item in measured)
    print(f"{language}: {len(measured)} files, {size / 1e6:.1f} MB")
    both = [item for item in measured if item.tree_sitter and item.esprima]
    common = sum(item.size for item in both) / 1e6
    for name in ("tree_sitter", "esprima"):
        read = sum(getattr(item, name) is not None for item in measured)
        seconds = sum(getattr(item, name) for item in both)
        speed = f"{common / seconds:.2f} MB/s" if seconds else "no file in common"
        print(f"  {name}: {read / max(1, len(measured)):.1%} read without an error, {speed}")


if __name__ == "__main__":
    main()
