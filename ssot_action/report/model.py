"""The one model of a run that every text, output and exit code is rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssot_action.errors import ExitCode

if TYPE_CHECKING:
    from ssot_action.contract.compare import DriftLine
    from ssot_action.diagnostics import Diagnostic
    from ssot_action.diff.changes import Change
    from ssot_action.report.unresolved import UnresolvedPart


class Verdict(StrEnum):
    """What a run comes to."""

    PASS = "pass"  # noqa: S105 - not a password
    DRIFT = "drift"
    ERROR = "error"


class BaseState(StrEnum):
    """What became of the comparison with the base."""

    COMPARED = "compared"
    FIRST = "first"
    NONE = "none"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The state that the head is compared with.

    Attributes:
        state: `first` when the base has no Convex project yet, `none` when nothing names a base,
            `missing` when the one named is not in the repository.
        commit: Its id, None if there is none.
        reason: Why this one, or why none; words of ours, without a full stop.
        revision: What the reason ends with: the name of a branch, a revision or an event.
        problem: What prevented the comparison.
        hint: What to do about it.
    """

    state: BaseState
    commit: str | None
    reason: str
    revision: str = ""
    problem: str | None = None
    hint: str | None = None

    @property
    def full_reason(self) -> str:
        """The reason with the name it ends with."""
        return f"{self.reason} {self.revision}".rstrip()


class ContractState(StrEnum):
    """What a committed contract is, seen from the source."""

    CURRENT = "current"
    STALE = "stale"
    ABSENT = "absent"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedContract:
    """A committed contract against the one regenerated from the same source."""

    path: str
    state: ContractState
    drift: tuple[DriftLine, ...] = ()
    problem: str | None = None

    @property
    def drift_count(self) -> int:
        """How many entries are stale; a file that is not there or cannot be read counts once."""
        match self.state:
            case ContractState.CURRENT:
                return 0
            case ContractState.STALE:
                return len(self.drift)
            case ContractState.ABSENT | ContractState.UNREADABLE:
                return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the head's contracts are."""

    tables: int
    functions: int
    public_functions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a run found.

    Attributes:
        head_sha: The commit that was judged, None outside of git.
        is_working_tree: Whether the files on disk were read, not those of the commit.
        base: What it was compared with.
        schema_changes: Facts about the schema, those of components included.
        function_changes: All other facts.
        contracts: The committed contracts, the database's first.
        diagnostics: Problems in the head's source.
        unresolved: What stays unknown in the head's contracts.
        size: How much there is.
        fails_without_base: Whether a missing base is an error.
        fails_on_source_errors: Whether diagnostics of severity `error` are.
    """

    head_sha: str | None
    is_working_tree: bool
    base: Base
    schema_changes: tuple[Change, ...]
    function_changes: tuple[Change, ...]
    contracts: tuple[CommittedContract, ...]
    diagnostics: tuple[Diagnostic, ...]
    unresolved: tuple[UnresolvedPart, ...]
    size: Size
    fails_without_base: bool
    fails_on_source_errors: bool

    @property
    def drift_count(self) -> int:
        """How many entries of the committed contracts are stale."""
        return sum(contract.drift_count for contract in self.contracts)

    @property
    def error_count(self) -> int:
        """How many problems of the head's source are errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    @property
    def exit_code(self) -> ExitCode:
        """What the process ends with."""
        if self.fails_without_base and self.base.state is BaseState.MISSING:
            return ExitCode.BASE_NOT_FOUND
        if self.fails_on_source_errors and self.error_count:
            return ExitCode.SOURCE
        return ExitCode.FINDINGS if self.drift_count else ExitCode.OK

    @property
    def verdict(self) -> Verdict:
        """What the run comes to; it and the exit code cannot disagree."""
        match self.exit_code:
            case ExitCode.OK:
                return Verdict.PASS
            case ExitCode.FINDINGS:
                return Verdict.DRIFT
            case _:
                return Verdict.ERROR
