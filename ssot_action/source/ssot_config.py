"""`docs/project/db-ssot.json`: which database is the single source of truth, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import UsageError
from ssot_action.source.convex_json import warn_of_duplicates
from ssot_action.source.documents import (
    Dialect,
    Document,
    Json,
    JsonError,
    JsonPath,
    describe_type,
    parse_document,
)
from ssot_action.source.paths import join_path

if TYPE_CHECKING:
    from ssot_action.source.tree import SourceTree

SSOT_CONFIG: Final = "docs/project/db-ssot.json"
DB_CONTRACT: Final = "docs/context/db/schema.json"
FUNCTIONS_CONTRACT: Final = "docs/context/convex/functions.json"


class Mode(StrEnum):
    """What the single source of truth of the database is."""

    CONVEX = "convex"
    REPO_PRISMA = "repo-prisma"
    DATABASE = "database"
    NONE = "none"

    @property
    def other_workflow(self) -> str | None:
        """The workflow that owns the contracts in this mode, when it is not ours."""
        match self:
            case Mode.REPO_PRISMA:
                return "sync-db-schema-from-code"
            case Mode.DATABASE:
                return "sync-code-schema-from-db"
            case Mode.CONVEX | Mode.NONE:
                return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SsotConfig:
    """What `db-ssot.json` says.

    Attributes:
        mode: None when it is absent or unknown.
        mode_key: The key the mode came from (`db.ssot`, `ssot`, `mode`).
        schema_path: Path of the schema file relative to the repository root, None when not given.
        schema_key: `db.source.path` or `paths.convexSchema`.
        schema_line: Line of that key.
        document: The parsed file, for the parts other stages read.
        diagnostics: Warnings about the file.
    """

    mode: Mode | None
    mode_key: str | None
    schema_path: str | None
    schema_key: str | None
    schema_line: int | None
    document: Document
    diagnostics: tuple[Diagnostic, ...]


_MODE_KEYS: Final[tuple[JsonPath, ...]] = (("db", "ssot"), ("ssot",), ("mode",))
_SCHEMA_KEYS: Final[tuple[JsonPath, ...]] = (("db", "source", "path"), ("paths", "convexSchema"))
_CONTRACT_KEYS: Final[tuple[tuple[JsonPath, str], ...]] = (
    (("db", "contracts", "dbSchema"), DB_CONTRACT),
    (("db", "contracts", "convexFunctions"), FUNCTIONS_CONTRACT),
    (("paths", "dbContextContract"), DB_CONTRACT),
    (("paths", "convexFunctionsContract"), FUNCTIONS_CONTRACT),
)


def read_ssot_config(tree: SourceTree) -> SsotConfig | None:
    """Return what `db-ssot.json` says, None without the file.

    Raises:
        SourceError: The file cannot be read.
        UsageError: It is not JSON, a value has the wrong type, or a path leaves the repository.
    """
    data = tree.read(SSOT_CONFIG)
    if data is None:
        return None
    try:
        document = parse_document(data.removeprefix(b"\xef\xbb\xbf"), Dialect.STRICT)
    except JsonError as error:
        raise UsageError(
            error.problem,
            file=SSOT_CONFIG,
            line=error.line,
            column=error.column,
            hint="Correct the file, or delete it to use the defaults.",
        ) from error
    if not isinstance(document.value, dict):
        problem = f"the file must hold an object, not {describe_type(document.value)}"
        raise _wrong(document, (), problem)
    diagnostics = list(warn_of_duplicates(document, SSOT_CONFIG))
    mode, mode_key = _read_mode(document, diagnostics)
    schema_path, schema_key = _read_schema_path(document)
    _check_contract_paths(document, diagnostics)
    return SsotConfig(
        mode=mode,
        mode_key=".".join(map(str, mode_key)) if mode_key else None,
        schema_path=schema_path,
        schema_key=".".join(map(str, schema_key)) if schema_key else None,
        schema_line=document.locate(schema_key)[0] if schema_key else None,
        document=document,
        diagnostics=tuple(diagnostics),
    )


def _read_mode(
    document: Document, diagnostics: list[Diagnostic]
) -> tuple[Mode | None, JsonPath | None]:
    for path in _MODE_KEYS:
        value = _lookup(document.value, path)
        if isinstance(value, dict):
            value = value.get("mode")
        if not isinstance(value, str):
            continue
        try:
            return Mode(value), path
        except ValueError:
            line, column = document.locate(path)
            known = ", ".join(Mode)
            diagnostics.append(
                Diagnostic(
                    code=DiagnosticCode.MODE_UNKNOWN,
                    severity="warning",
                    message=f'"{value}" is no known mode; the mode is inferred from the files',
                    file=SSOT_CONFIG,
                    line=line,
                    column=column,
                    hint=f"Use one of {known}.",
                )
            )
            return None, None
    return None, None


def _read_schema_path(document: Document) -> tuple[str | None, JsonPath | None]:
    for path in _SCHEMA_KEYS:
        value = _lookup(document.value, path)
        if value is None:
            continue
        if not isinstance(value, str):
            problem = f"{'.'.join(map(str, path))} must be a string, not {describe_type(value)}"
            raise _wrong(document, path, problem)
        if not value.strip():
            continue
        return _inside_repository(document, path, value), path
    return None, None


def _check_contract_paths(document: Document, diagnostics: list[Diagnostic]) -> None:
    for path, fixed in _CONTRACT_KEYS:
        value = _lookup(document.value, path)
        if not isinstance(value, str) or _inside_repository(document, path, value) == fixed:
            continue
        line, column = document.locate(path)
        diagnostics.append(
            Diagnostic(
                code=DiagnosticCode.CONTRACT_RELOCATED,
                severity="warning",
                message=f"{'.'.join(map(str, path))} is {value}; the path of the contract is fixed",
                file=SSOT_CONFIG,
                line=line,
                column=column,
                hint=f"Write {fixed}, or remove the key.",
            )
        )


def _inside_repository(document: Document, path: JsonPath, value: str) -> str:
    # Files written on Windows name paths with backslashes.
    inside = None if value[1:3] in {":\\", ":/"} else join_path("", value.replace("\\", "/"))
    if not inside:
        problem = f"{'.'.join(map(str, path))} is outside repo root: {value}"
        raise _wrong(document, path, problem)
    return inside


def _lookup(value: Json, path: JsonPath) -> Json:
    for key in path:
        if not isinstance(value, dict) or not isinstance(key, str):
            return None
        value = value.get(key)
    return value


def _wrong(document: Document, path: JsonPath, problem: str) -> UsageError:
    line, column = document.locate(path)
    return UsageError(
        problem,
        file=SSOT_CONFIG,
        line=line,
        column=column,
        hint="Paths are relative to the repository root and stay inside it."
        if "outside" in problem
        else "Correct the file, or delete it to use the defaults.",
    )
