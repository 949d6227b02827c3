"""The errors that end a run, each with its exit code.

    SsotError
    ├── UsageError           64  an argument or our own configuration is wrong
    ├── SourceError          65  the project's source cannot be read
    │   └── ContractError    65  a committed contract cannot be read
    ├── BaseNotFoundError    66  the revision to compare with is not there
    └── PublishError         75  GitHub could not be used when posting was the task

An error is for a broken environment. Code that we do not understand is a `Diagnostic`, and a bug is
a traceback (exit code 70).
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the process says to the one who started it."""

    OK = 0
    FINDINGS = 1
    STRICT_WARNINGS = 2
    USAGE = 64
    SOURCE = 65
    BASE_NOT_FOUND = 66
    INTERNAL = 70
    PUBLISH = 75


def format_place(file: str | None, line: int | None = None, column: int | None = None) -> str:
    """Return `file:line:column` with the parts that are known, or an empty string."""
    if file is None:
        return ""
    known = [file]
    if line is not None:
        known.append(str(line))
        if column is not None:
            known.append(str(column))
    return ":".join(known)


class SsotError(Exception):
    """A run that cannot go on, told in one sentence, with the place and the way out.

    Attributes:
        problem: What is wrong, without place and without advice.
        file: Path relative to the repository root with `/` separators, when one file is the cause.
        line: Line in `file`, from 1.
        column: Column in `line`, from 1, in code points.
        hint: What to do about it.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.file = file
        self.line = line
        self.column = column
        self.hint = hint

    @property
    def place(self) -> str:
        """`file:line:column` with the parts that are known."""
        return format_place(self.file, self.line, self.column)

    def __str__(self) -> str:
        """Return place, problem and hint as one message."""
        place = self.place
        message = f"{place}: {self.problem}" if place else self.problem
        return f"{message}\n{self.hint}" if self.hint else message


class UsageError(SsotError):
    """An argument or our own configuration (`db-ssot.json`) is wrong."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE


class SourceError(SsotError):
    """The project's source cannot be read: absent, unreadable, malformed, or outside."""

    exit_code: ClassVar[ExitCode] = ExitCode.SOURCE


class ContractError(SourceError):
    """A committed contract cannot be read.

    It shares the exit code of `SourceError`: a contract is input like the source, and the command
    line that names neither is right.
    """


class BaseNotFoundError(SsotError):
    """The revision to compare with cannot be found in the repository."""

    exit_code: ClassVar[ExitCode] = ExitCode.BASE_NOT_FOUND


class PublishError(SsotError):
    """GitHub could not be used although posting was the task."""

    exit_code: ClassVar[ExitCode] = ExitCode.PUBLISH
