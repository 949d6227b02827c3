"""JSON files of a project, with the line of what is wrong in them.

Two dialects: `STRICT` is what `JSON.parse` accepts; `RELAXED` is what TypeScript accepts in
`tsconfig.json` (comments, trailing commas, a byte order mark). In both the last of several equal
keys wins, as in JavaScript.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]
JsonPath: TypeAlias = tuple[str | int, ...]


class Dialect(StrEnum):
    """Which texts count as JSON."""

    STRICT = "strict"
    RELAXED = "relaxed"


class JsonError(ValueError):
    """A text that is not JSON, and where; line and column from 1."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed JSON file.

    Attributes:
        value: Objects keep the order of their keys.
        text: The decoded text with comments blanked out; offsets are those of the file's
            characters.
        duplicate_keys: Keys that occur twice in one object, sorted.
    """

    value: Json
    text: str
    duplicate_keys: tuple[str, ...] = ()

    def locate(self, path: JsonPath) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of what comes nearest above it."""
        return line_and_column(self.text, _find_offset(self.text, path))

    def locate_repetition(self, key: str) -> tuple[int, int]:
        """Return line and column of the first `key` that its object holds already."""
        return line_and_column(self.text, _find_repetition(self.text, key))


_BOM: Final = "\ufeff"
# More digits than any double has.
_MAX_DIGITS: Final = 400
_STRING_OR_COMMENT: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"?|//[^\n\r]*|/\*.*?\*/', re.DOTALL)
_STRING_OR_TRAILING_COMMA: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"?|,(?=\s*[}\]])')
_NOT_A_LINE_BREAK: Final = re.compile(r"[^\n\r]")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def parse_document(data: bytes, dialect: Dialect) -> Document:
    """Return the JSON value in `data`. Raises JsonError."""
    text = _decode(data, dialect)
    if dialect is Dialect.RELAXED:
        text = _STRING_OR_TRAILING_COMMA.sub(
            _blank_unless_string, _STRING_OR_COMMENT.sub(_blank_unless_string, text)
        )
    duplicates: set[str] = set()

    def make_object(pairs: list[tuple[str, Json]]) -> JsonObject:
        members = dict(pairs)
        if len(members) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            duplicates.update(key for key, count in counts.items() if count > 1)
        return members

    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=make_object,
            parse_constant=_refuse_constant,
            parse_int=_to_number,
        )
    except json.JSONDecodeError as error:
        problem = f"not valid JSON: {error.msg}"
        raise JsonError(problem, error.lineno, error.colno) from error
    except RecursionError as error:
        raise JsonError("not valid JSON: nested too deeply", 1, 1) from error
    except ValueError as error:
        problem = f"not valid JSON: {error}"
        raise JsonError(problem, 1, 1) from error
    return Document(value, text, tuple(sorted(duplicates)))


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of a character offset."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _decode(data: bytes, dialect: Dialect) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        problem = f"not valid UTF-8: byte 0x{data[error.start]:02x}"
        raise JsonError(problem, *line_and_column(before, len(before))) from error
    if text.startswith(_BOM):
        if dialect is Dialect.STRICT:
            raise JsonError("not valid JSON: it starts with a byte order mark", 1, 1)
        text = " " + text[1:]
    return text


def _blank_unless_string(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith('"') else _NOT_A_LINE_BREAK.sub(" ", found)


def _refuse_constant(name: str) -> NoReturn:
    problem = f"{name} is not a JSON value"
    raise ValueError(problem)


def _to_number(digits: str) -> int | float:
    # Python refuses integers of thousands of digits; to JavaScript they are infinite.
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def _find_repetition(text: str, key: str) -> int:
    """Return where `key` stands for the second time in one object, 0 if it never does."""
    # For each open bracket whether the key was seen; None in an array.
    seen: list[bool | None] = []
    expects_key = False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            seen.append(False if mark == "{" else None)
        elif mark in "}]":
            seen.pop()
        elif expects_key and mark.startswith('"') and _unquote(mark) == key:
            if seen[-1]:
                return token.start()
            seen[-1] = True
        expects_key = mark in "{," and bool(seen) and seen[-1] is not None
    return 0


def _find_offset(text: str, path: JsonPath) -> int:
    """Return where the value at `path` starts; the last of several equal keys counts."""
    best = len(text) - len(text.lstrip())
    best_depth = 0
    # One step for each open bracket: the key or index of the member that is being read.
    steps: list[str | int] = []
    expects_key = False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "}]":
            if steps:
                steps.pop()
            expects_key = False
            continue
        if mark == ",":
            if steps and isinstance(last := steps[-1], int):
                steps[-1] = last + 1
            else:
                expects_key = True
            continue
        if mark == ":":
            continue
        if expects_key and mark.startswith('"') and steps:
            steps[-1] = _unquote(mark)
            expects_key = False
            continue
        depth = len(steps)
        if best_depth <= depth <= len(path) and tuple(steps) == path[:depth]:
            best, best_depth = token.start(), depth
        if mark == "{":
            steps.append("")
            expects_key = True
        elif mark == "[":
            steps.append(0)
            expects_key = False
    return best


def _unquote(literal: str) -> str:
    # The text was parsed before it is searched: every string in it is valid.
    return str(json.loads(literal))


def describe_type(value: Json) -> str:
    """Return the name of a value's type as JSON calls it."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
