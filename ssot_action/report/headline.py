"""The two sentences that head a report in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ssot_action.errors import ExitCode
from ssot_action.report.differences import Code, Sentence
from ssot_action.report.model import BaseState

if TYPE_CHECKING:
    from ssot_action.report.model import Report

_SHORT_SHA = 12


def headline(report: Report) -> str:
    """Return the verdict in words, without a full stop."""
    match report.exit_code:
        case ExitCode.BASE_NOT_FOUND:
            verdict = "the base to compare with is missing"
        case ExitCode.SOURCE:
            verdict = f"{report.error_count} errors in the source"
            if report.error_count == 1:
                verdict = "1 error in the source"
        case ExitCode.FINDINGS:
            verdict = "contract files are out of date"
        case _:
            verdict = "contract files are up to date"
    return f"{verdict}{_change_count(report)}"


def _change_count(report: Report) -> str:
    match report.base.state:
        case BaseState.COMPARED:
            count = len(report.schema_changes) + len(report.function_changes)
            if not count:
                return ", no change"
            return f", {count} change{'' if count == 1 else 's'}"
        case BaseState.FIRST:
            return ", first contract"
        case BaseState.NONE | BaseState.MISSING | BaseState.UNREADABLE:
            return ", change not judged"
        case _:
            assert_never(report.base.state)


def comparison(report: Report) -> Sentence:
    """Return what was read and what it was compared with, and why."""
    size = report.size
    head: Sentence = ("Read the working tree",) if report.is_working_tree else ("Read",)
    if report.head_sha is not None:
        at = " at " if report.is_working_tree else " "
        head = (*head, at, Code(report.head_sha[:_SHORT_SHA]))
    found = (
        f": {_count(size.tables, 'table')}, {_count(size.functions, 'function')}"
        f" ({size.public_functions} public). "
    )
    base: Sentence = ()
    if report.base.commit is not None:
        base = (Code(report.base.commit[:_SHORT_SHA]), ", ")
    base = (*base, report.base.reason)
    if report.base.revision:
        base = (*base, " ", Code(report.base.revision))
    match report.base.state:
        case BaseState.COMPARED:
            return (*head, found, "Compared with ", *base, ".")
        case BaseState.FIRST:
            return (*head, found, "There is no Convex project yet at ", *base, ".")
        case BaseState.NONE | BaseState.MISSING | BaseState.UNREADABLE:
            return (*head, found, "Compared with nothing: ", *base, ".")
        case _:
            assert_never(report.base.state)


def _count(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
