"""Bytes to a tree-sitter tree; with `lower.py` and `search.py` the only place that sees one.

The TypeScript grammar reads nearly all files as they are. What it cannot read is mended before
giving up, always by text of the same length, so that every offset stays that of the real file.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tree_sitter
import tree_sitter_typescript

if TYPE_CHECKING:
    from collections.abc import Iterator

# Files that may hold JSX. In plain JavaScript `<T>x` is never a cast, so JSX is always possible.
_JSX_SUFFIXES = (".tsx", ".jsx", ".js", ".mjs", ".cjs")

# `import("./x").T` and `typeof import("./x")` in a type: a gap of the grammar that can spoil the
# rest of the file. A call behind the member, or `await` before it, makes it a value.
_TYPE_IMPORT = re.compile(
    rb"""(?<![\w$.])import\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)(?=\s*\.\s*[\w$]+\s*(?![\w$\s(]))"""
)
_TYPEOF_IMPORT = re.compile(rb"""typeof\s+import\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)""")
_AWAIT_BEFORE = re.compile(rb"await\s*$")
# `accessor` and `out`/`in` variance modifiers are the other words newer than the grammar.
_VARIANCE = re.compile(rb"(?<=[<,])(\s*)(const|in\s+out|in|out)(\s+)(?=[A-Za-z_$][\w$]*\s*[,>=e])")

MAXIMAL_SYNTAX_ERRORS = 20


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place the grammar cannot read; `at` is an offset in bytes."""

    at: int
    message: str


@functools.cache
def _language(is_jsx: bool) -> tree_sitter.Language:
    if is_jsx:
        return tree_sitter.Language(tree_sitter_typescript.language_tsx())
    return tree_sitter.Language(tree_sitter_typescript.language_typescript())


@functools.cache
def _parser(is_jsx: bool) -> tree_sitter.Parser:
    return tree_sitter.Parser(_language(is_jsx))


def parse_tree(path: str, source: bytes) -> tree_sitter.Tree:
    """Return the tree of `source`, mended if that leaves fewer errors.

    Args:
        path: decides the dialect by its ending.
        source: the bytes of the file; a byte order mark is read as blank.
    """
    parser = _parser(path.endswith(_JSX_SUFFIXES))
    tree = parser.parse(_without_mark(source))
    if not tree.root_node.has_error:
        return tree
    mended = _mend(_without_mark(source))
    if mended is None:
        return tree
    other = parser.parse(mended)
    if not other.root_node.has_error or _count_errors(other) < _count_errors(tree):
        return other
    return tree


def find_problems(tree: tree_sitter.Tree) -> tuple[SyntaxProblem, ...]:
    """Return the first places of `tree` that could not be read, in order."""
    if not tree.root_node.has_error:
        return ()
    problems: list[SyntaxProblem] = []
    for node in _error_nodes(tree.root_node):
        if node.is_missing:
            problems.append(SyntaxProblem(node.start_byte, f"`{node.type}` expected"))
        else:
            problems.append(SyntaxProblem(node.start_byte, "this cannot be parsed as TypeScript"))
        if len(problems) == MAXIMAL_SYNTAX_ERRORS:
            break
    return tuple(problems)


def _without_mark(source: bytes) -> bytes:
    return b"   " + source[3:] if source.startswith(b"\xef\xbb\xbf") else source


def _mend(source: bytes) -> bytes | None:
    """Return `source` with known gaps of the grammar masked, None when it has none of them."""

    def mask(match: re.Match[bytes]) -> bytes:
        if _AWAIT_BEFORE.search(source, max(0, match.start() - 16), match.start()):
            return match.group()
        return b"_" * len(match.group())

    def blank(match: re.Match[bytes]) -> bytes:
        return b" " * len(match.group())

    mended = _TYPEOF_IMPORT.sub(mask, source)
    mended = _TYPE_IMPORT.sub(mask, mended)
    mended = _VARIANCE.sub(blank, mended)
    return None if mended == source else mended


def _error_nodes(root: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            stack.extend(reversed(node.children))


def _count_errors(tree: tree_sitter.Tree) -> int:
    return sum(1 for _ in _error_nodes(tree.root_node))
