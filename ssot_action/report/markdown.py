"""A report as Markdown for a comment or a step's summary.

The first line is the verdict, in words that hold without colour; the second says what was compared.
Two questions, two sections: what changed from the base to the head, and whether the committed
contracts are what the source says. Repository text stands in code spans only, all prose is fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from ssot_action import __version__
from ssot_action.report.differences import Code, Sentence
from ssot_action.report.escaping import code_span
from ssot_action.report.headline import comparison, headline
from ssot_action.report.model import BaseState, ContractState, Verdict
from ssot_action.report.wording import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssot_action.diagnostics import Diagnostic
    from ssot_action.diff.changes import Change
    from ssot_action.report.model import CommittedContract, Report
    from ssot_action.report.unresolved import UnresolvedPart

MAX_BYTES: Final = 1_000_000
"""What fits a step's summary, which GitHub drops as a whole above 1 MiB."""

# How many entries of a section are tried, until the report fits.
_CAPS: Final = (2000, 500, 100, 20, 5)
_MARKS: Final = {Verdict.PASS: "✅", Verdict.DRIFT: "❌", Verdict.ERROR: "❌"}
SYNC_COMMAND: Final = "convex-ssot sync-to-context"


def render_markdown(report: Report, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the report, entries of long sections left out as far as `max_bytes` asks for it."""
    text = ""
    for cap in _CAPS:
        text = _render(report, cap)
        if len(text.encode()) <= max_bytes:
            break
    return text


def _render(report: Report, cap: int) -> str:
    blocks = [
        f"## {_mark(report)} Convex contracts: {headline(report)}",
        _markup(comparison(report)),
        *_base_problem(report),
        *_changes("Database schema", report.schema_changes, cap),
        *_changes("Functions", report.function_changes, cap),
        *_contracts(report.contracts, cap),
        *_diagnostics(report.diagnostics, cap),
        *_unresolved(report.unresolved, cap),
        f"<sub>convex-ssot-action {__version__}</sub>",
    ]
    return "\n\n".join(blocks) + "\n"


def _mark(report: Report) -> str:
    if report.verdict is Verdict.PASS and report.base.state is BaseState.MISSING:
        return "⚠️"
    return _MARKS[report.verdict]


def _base_problem(report: Report) -> list[str]:
    if report.base.problem is None:
        return []
    hint = f" {code_span(report.base.hint, limit=1000)}" if report.base.hint else ""
    what = code_span(report.base.problem, limit=1000)
    return [f"> [!WARNING]\n> The change could not be judged: {what}{hint}"]


def _changes(title: str, changes: Sequence[Change], cap: int) -> list[str]:
    if not changes:
        return []
    sentences = (_markup(describe(change)) for change in changes)
    return [f"### {title}: {_count(len(changes), 'change')}", _list(sentences, len(changes), cap)]


def _contracts(contracts: Iterable[CommittedContract], cap: int) -> list[str]:
    blocks = ["### Contract files"]
    is_stale = False
    for contract in contracts:
        path = code_span(contract.path)
        match contract.state:
            case ContractState.CURRENT:
                blocks.append(f"{path} is up to date.")
                continue
            case ContractState.ABSENT:
                blocks.append(f"{path} is not there.")
            case ContractState.UNREADABLE:
                blocks.append(f"{path} cannot be read: {code_span(contract.problem or '')}")
            case ContractState.STALE:
                entries = _count(len(contract.drift), "entry", "entries")
                blocks.append(f"{path} does not match the source in {entries}:")
                lines = (code_span(str(line)) for line in contract.drift)
                blocks.append(_list(lines, len(contract.drift), cap))
            case _:
                assert_never(contract.state)
        is_stale = True
    if is_stale:
        blocks.append("Regenerate the contracts and commit them:")
        blocks.append(f"```sh\n{SYNC_COMMAND}\n```")
    return blocks


def _diagnostics(diagnostics: Sequence[Diagnostic], cap: int) -> list[str]:
    if not diagnostics:
        return []
    lines = (
        f"{item.severity}{_at(item.place)}: {code_span(item.message, limit=1000)}"
        for item in sorted(diagnostics, key=lambda item: item.severity)
    )
    return [
        f"### Problems in the source: {len(diagnostics)}",
        _list(lines, len(diagnostics), cap),
    ]


def _at(place: str) -> str:
    return f" at {code_span(place)}" if place else ""


def _unresolved(parts: Sequence[UnresolvedPart], cap: int) -> list[str]:
    if not parts:
        return []
    lines = (
        f"{code_span(f'{part.component}/{part.path}' if part.component else part.path)}"
        f" in {code_span(part.file)}: {code_span(part.reason, limit=1000)}"
        for part in parts
    )
    verb = "stays" if len(parts) == 1 else "stay"
    return [
        f"<details><summary>{_count(len(parts), 'part')} {verb} unresolved</summary>",
        _list(lines, len(parts), cap),
        "</details>",
    ]


def _list(lines: Iterable[str], count: int, cap: int) -> str:
    shown = [f"* {line}" for line, _ in zip(lines, range(cap), strict=False)]
    if count > cap:
        shown.append(f"* … and {count - cap} more")
    return "\n".join(shown)


def _markup(sentence: Sentence) -> str:
    parts = (code_span(part.text) if isinstance(part, Code) else part for part in sentence)
    return "".join(parts)


def _count(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"
