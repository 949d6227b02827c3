"""`convex.json`: where Convex's own command line finds the functions directory.

Mirrors `readProjectConfig` and `parseProjectConfig` of convex 1.48 (`src/cli/lib/config.ts`):
strict JSON, an object, unknown keys are kept, a wrong type of a known key ends the push.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import SourceError
from ssot_action.source.documents import (
    Dialect,
    Document,
    Json,
    JsonError,
    JsonPath,
    describe_type,
    parse_document,
)
from ssot_action.source.paths import child_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssot_action.source.tree import SourceTree

CONVEX_JSON: Final = "convex.json"
DEFAULT_FUNCTIONS: Final = "convex/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvexJson:
    """What `convex.json` says, as far as it concerns the source.

    Attributes:
        path: Of the file.
        functions: The directory as written there, None when the key is absent.
        line: Of `functions`, or 1.
        diagnostics: Warnings about the file.
    """

    path: str
    functions: str | None
    line: int
    diagnostics: tuple[Diagnostic, ...]


def read_convex_json(tree: SourceTree, project_root: str) -> ConvexJson | None:
    """Return what the project's `convex.json` says, None without one. Raises SourceError."""
    path = child_path(project_root, CONVEX_JSON)
    misplaced = child_path(project_root, f"src/{CONVEX_JSON}")
    data = tree.read(path)
    if data is None:
        # Convex looks for a misplaced file only beside a right one; alone it is passed over, which
        # is never what its author meant.
        if tree.is_file(misplaced):
            raise SourceError(
                "Convex reads convex.json only in the project root",
                file=misplaced,
                hint=f"Move it to {path}.",
            )
        return None
    if tree.is_file(misplaced):
        problem = f"Convex refuses a project with both {path} and {misplaced}"
        raise SourceError(
            problem,
            file=misplaced,
            hint=f"Keep {path} and remove the other.",
        )
    try:
        document = parse_document(data, Dialect.STRICT)
    except JsonError as error:
        raise SourceError(
            error.problem,
            file=path,
            line=error.line,
            column=error.column,
            hint="Convex accepts only strict JSON here: no comments, no trailing commas.",
        ) from error
    _check(document, path)
    functions = document.value.get("functions") if isinstance(document.value, dict) else None
    line, _ = document.locate(("functions",))
    return ConvexJson(
        path=path,
        functions=functions if isinstance(functions, str) else None,
        line=line,
        diagnostics=warn_of_duplicates(document, path),
    )


def warn_of_duplicates(document: Document, path: str) -> tuple[Diagnostic, ...]:
    """Return a warning for each key that one object of the file holds twice."""
    found: list[Diagnostic] = []
    for key in document.duplicate_keys:
        line, column = document.locate_repetition(key)
        found.append(
            Diagnostic(
                code=DiagnosticCode.CONFIG_DUPLICATE_KEY,
                severity="warning",
                message=f'the key "{key}" occurs twice in one object; the last one counts',
                file=path,
                line=line,
                column=column,
                hint="Remove one of them.",
            )
        )
    return tuple(found)


_Type: TypeAlias = "str | tuple[str, ...] | Mapping[str, _Type]"

# Each known key with its type: a JSON type, `string[]`, the strings that are allowed, or the keys
# of an object.
_KNOWN: Final[Mapping[str, _Type]] = {
    "functions": "string",
    "node": {"externalPackages": "string[]", "nodeVersion": "string"},
    "codegen": {
        "staticApi": "boolean",
        "staticDataModel": "boolean",
        "legacyComponentApi": "boolean",
        "fileType": ("ts", "js/dts"),
    },
    "bundler": {"includeSourcesContent": "boolean"},
    "generateCommonJSApi": "boolean",
    "typescriptCompiler": ("tsc", "tsgo"),
    "$schema": "string",
    "authKit": {"dev": {}, "preview": {}, "prod": {}},
    "aiFiles": {
        "enabled": "boolean",
        "disableStalenessMessage": "boolean",
        "skills": {"agents": "string[]"},
    },
    "project": "string",
    "team": "string",
    "prodUrl": "string",
}


def _check(document: Document, file: str) -> None:
    _check_value(document, file, (), document.value, _KNOWN)
    match document.value:
        case {"generateCommonJSApi": True, "codegen": {"fileType": "ts"}}:
            raise _wrong(
                document,
                file,
                ("generateCommonJSApi",),
                'generateCommonJSApi cannot be true with codegen.fileType "ts"',
            )


def _check_value(
    document: Document, file: str, path: JsonPath, value: Json, expected: _Type
) -> None:
    if isinstance(expected, tuple):
        if value not in expected:
            allowed = " or ".join(f'"{option}"' for option in expected)
            raise _wrong(document, file, path, f"{_name(path)} must be {allowed}")
    elif isinstance(expected, str):
        _check_type(document, file, path, value, expected)
    elif not isinstance(value, dict):
        problem = f"{_name(path)} must be an object, not {describe_type(value)}"
        raise _wrong(document, file, path, problem)
    else:
        for key, type_ in expected.items():
            if key in value:
                _check_value(document, file, (*path, key), value[key], type_)


def _check_type(document: Document, file: str, path: JsonPath, value: Json, expected: str) -> None:
    if expected == "string[]" and isinstance(value, list):
        for index, item in enumerate(value):
            _check_type(document, file, (*path, index), item, "string")
    elif describe_type(value) != expected:
        wanted = "an array of strings" if expected == "string[]" else f"a {expected}"
        problem = f"{_name(path)} must be {wanted}, not {describe_type(value)}"
        raise _wrong(document, file, path, problem)


def _name(path: JsonPath) -> str:
    return ".".join(map(str, path)) or CONVEX_JSON


def _wrong(document: Document, file: str, path: JsonPath, problem: str) -> SourceError:
    line, column = document.locate(path)
    return SourceError(
        problem, file=file, line=line, column=column, hint="Convex refuses such a file, too."
    )
