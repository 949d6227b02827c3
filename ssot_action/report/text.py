"""A report as plain text for a terminal or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from ssot_action.report.differences import Code, Sentence
from ssot_action.report.escaping import printable, shorten_middle
from ssot_action.report.headline import comparison, headline
from ssot_action.report.model import ContractState
from ssot_action.report.wording import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssot_action.diff.changes import Change
    from ssot_action.report.model import Report
    from ssot_action.report.unresolved import UnresolvedPart

MAX_LINES: Final = 100
"""How many entries of one kind are printed."""

_MAX_CODE: Final = 160


def render_text(report: Report) -> str:
    """Return the report as lines; a shorter one than Markdown."""
    lines = [
        f"{report.verdict}: {headline(report)}",
        _plain(comparison(report)),
        *_base_problem(report),
        *_changes("schema", report.schema_changes),
        *_changes("functions", report.function_changes),
        *_contracts(report),
    ]
    return "\n".join(lines) + "\n"


def unresolved_lines(parts: Sequence[UnresolvedPart]) -> Iterator[str]:
    """Yield what stayed unresolved: a line that counts, then place, path and reason of each."""
    if not parts:
        return
    yield f"{len(parts)} {'part' if len(parts) == 1 else 'parts'} unresolved:"
    yield from _capped(map(_unresolved_line, parts), len(parts))


def _unresolved_line(part: UnresolvedPart) -> str:
    path = f"{part.component}/{part.path}" if part.component else part.path
    texts = (part.file, path, part.reason)
    return "  " + ": ".join(printable(shorten_middle(text, _MAX_CODE)) for text in texts)


def _base_problem(report: Report) -> Iterator[str]:
    if report.base.problem is not None:
        yield f"base: {printable(report.base.problem)}"
    if report.base.hint is not None:
        yield f"hint: {printable(report.base.hint)}"


def _changes(title: str, changes: Sequence[Change]) -> Iterator[str]:
    lines = (f"{title}: {_plain(describe(change))}" for change in changes)
    yield from _capped(lines, len(changes))


def _contracts(report: Report) -> Iterator[str]:
    for contract in report.contracts:
        match contract.state:
            case ContractState.CURRENT:
                yield f"{contract.path}: up to date"
            case ContractState.ABSENT:
                yield f"{contract.path}: not there"
            case ContractState.UNREADABLE:
                yield f"{contract.path}: {printable(contract.problem or 'cannot be read')}"
            case ContractState.STALE:
                yield f"{contract.path}: out of date"
                lines = (f"  {printable(str(line))}" for line in contract.drift)
                yield from _capped(lines, len(contract.drift))
            case _:
                assert_never(contract.state)
    if report.drift_count:
        yield "hint: run `convex-ssot sync-to-context` and commit the contracts"


def _capped(lines: Iterable[str], count: int) -> Iterator[str]:
    for line, _ in zip(lines, range(MAX_LINES), strict=False):
        yield line
    if count > MAX_LINES:
        yield f"  … and {count - MAX_LINES} more"


def _plain(sentence: Sentence) -> str:
    parts = (
        printable(shorten_middle(part.text, _MAX_CODE)) if isinstance(part, Code) else part
        for part in sentence
    )
    return "".join(parts)
