"""What we could not read, or read with a doubt, as values that reach the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from ssot_action.errors import format_place

Severity: TypeAlias = Literal["error", "warning"]


class DiagnosticCode(StrEnum):
    """One name for each kind of problem; part of the public interface once released."""

    # Files
    FILE_UNREADABLE = "file-unreadable"

    # Project layout
    CONFIG_DUPLICATE_KEY = "config-duplicate-key"
    CONFIG_MALFORMED = "config-malformed"
    CONTRACT_RELOCATED = "contract-relocated"
    FUNCTIONS_DIRECTORY_CONFLICT = "functions-directory-conflict"
    MODE_UNKNOWN = "mode-unknown"

    # Discovery: what Convex's own push refuses
    ACTIONS_WITHOUT_USE_NODE = "actions-without-use-node"
    AUTH_CONFIG_DUPLICATE = "auth-config-duplicate"
    MODULE_PATH_DUPLICATE = "module-path-duplicate"
    MODULE_PATH_INVALID = "module-path-invalid"
    MODULES_TOO_MANY = "modules-too-many"
    RESERVED_DIRECTORY = "reserved-directory"
    USE_NODE_FORBIDDEN = "use-node-forbidden"
    USE_NODE_MISPLACED = "use-node-misplaced"

    # Reading and evaluating modules
    FILE_NOT_UTF8 = "file-not-utf8"
    SYNTAX_ERROR = "syntax-error"
    EVALUATION_FAILED = "evaluation-failed"
    SCHEMA_INVALID = "schema-invalid"
    SCHEMA_MISSING = "schema-missing"
    HTTP_INVALID = "http-invalid"
    CRONS_INVALID = "crons-invalid"
    APP_INVALID = "app-invalid"

    # Import resolution
    IMPORT_UNRESOLVED = "import-unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem, where it is and what to do about it.

    Attributes:
        code: The kind of problem.
        severity: `error` when the contracts are incomplete or Convex would refuse the push.
        message: One sentence, without place and without advice.
        file: Path relative to the repository root.
        line: From 1.
        column: From 1, in code points.
        hint: The way out.
    """

    code: DiagnosticCode
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None

    @property
    def place(self) -> str:
        """`file:line:column` with the parts that are known."""
        return format_place(self.file, self.line, self.column)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """A total order by place that is the same on every machine."""
        return (self.file or "", self.line or 0, self.column or 0, self.code, self.message)
