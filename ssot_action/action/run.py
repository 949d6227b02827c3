"""One run: read both sides, compare, report, and say it to whoever started us."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_action.action.files import write_report
from ssot_action.action.sides import Sides, choose_sides
from ssot_action.contract.compare import compare_contract
from ssot_action.contract.kinds import Contract, ContractKind
from ssot_action.contract.reading import parse_contract, read_contract
from ssot_action.diff.compare import Changes, State, compare
from ssot_action.errors import SsotError
from ssot_action.mode import require_convex
from ssot_action.pipeline import Extraction, extract
from ssot_action.publish.event import EventKind, Trigger, read_trigger
from ssot_action.publish.runner import (
    append_summary,
    error_command,
    summary_room,
    write_outputs,
)
from ssot_action.report.headline import headline
from ssot_action.report.markdown import MAX_BYTES, render_markdown
from ssot_action.report.model import (
    Base,
    BaseState,
    CommittedContract,
    ContractState,
    Report,
    Size,
    Verdict,
)
from ssot_action.report.text import render_text
from ssot_action.report.unresolved import unresolved_parts
from ssot_action.settings import MissingBase, SourceErrors
from ssot_action.source.project import load_layout
from ssot_action.source.tree import WorkingTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.settings import Environment, RunSettings
    from ssot_action.source.git import GitRepository
    from ssot_action.source.tree import SourceTree

_TITLE = "Convex contracts"


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What became of the base, and the facts."""

    base: Base
    changes: Changes = field(default_factory=lambda: Changes(schema=(), functions=()))


def run(settings: RunSettings, environment: Environment, say: Callable[[str], None]) -> Report:
    """Return the report of a run after it was written, summarised and set as outputs.

    Args:
        settings: What to do.
        environment: What the runner tells.
        say: Takes the text for standard output.

    Raises:
        SsotError: The run could not come to a report; the outputs say so.
    """
    outputs = {"verdict": Verdict.ERROR.value}
    try:
        report = make_report(settings, environment)
        outputs = _outputs(report)
        report_file = _write(settings, report, environment)
        outputs["report-file"] = report_file
        _announce(report, environment, say)
    except SsotError as error:
        outputs["verdict"] = Verdict.ERROR.value
        if environment.is_github:
            command = error_command(
                str(error.problem), title=_TITLE, file=error.file, line=error.line
            )
            say(f"{command}\n")
        raise
    finally:
        write_outputs(environment.output, outputs)
    return report


def make_report(settings: RunSettings, environment: Environment) -> Report:
    """Return what a run finds.

    Raises:
        SsotError: The head cannot be read.
    """
    root = Path(settings.repo_root)
    working_tree = WorkingTree(root)
    trigger = _trigger(environment)
    sides, repository = choose_sides(root, settings, trigger, sha=environment.sha)
    head_tree: SourceTree = working_tree
    if sides.head_commit is not None and repository is not None:
        head_tree = repository.tree(sides.head_commit)
    require_convex(load_layout(head_tree, functions_dir=settings.functions_dir))
    head = extract(head_tree, settings.functions_dir)
    comparison = _compare(head, sides, repository, settings)
    return Report(
        head_sha=sides.head_sha,
        is_working_tree=sides.head_commit is None,
        base=comparison.base,
        schema_changes=comparison.changes.schema,
        function_changes=comparison.changes.functions,
        contracts=tuple(
            _committed(root if sides.head_commit is None else head_tree, kind, generated)
            for kind, generated in (
                (ContractKind.DATABASE, head.database),
                (ContractKind.FUNCTIONS, head.functions),
            )
        ),
        diagnostics=head.diagnostics,
        unresolved=unresolved_parts(head.database, head.functions),
        size=_size(head),
        fails_without_base=settings.missing_base is MissingBase.FAIL,
        fails_on_source_errors=settings.source_errors is SourceErrors.FAIL,
    )


def _trigger(environment: Environment) -> Trigger:
    if not environment.is_github:
        return Trigger(kind=EventKind.OTHER, name="")
    return read_trigger(
        environment.event_name, environment.event_path, base_ref=environment.base_ref
    )


def _compare(
    head: Extraction, sides: Sides, repository: GitRepository | None, settings: RunSettings
) -> _Comparison:
    commit = sides.base_commit
    base = Base(
        state=BaseState.NONE if sides.problem is None else BaseState.MISSING,
        commit=commit,
        reason=sides.reason,
        revision=sides.revision,
        problem=sides.problem,
        hint=sides.hint,
    )
    if commit is None or repository is None:
        return _Comparison(base)
    try:
        tree = repository.tree(commit)
        if not load_layout(tree, functions_dir=settings.functions_dir).functions_exists:
            return _Comparison(replace(base, state=BaseState.FIRST))
        old = extract(tree, settings.functions_dir)
    except SsotError as error:
        # What the base has wrong is nothing the head could be blamed for, or repair before it is
        # merged.
        problem = f"{error.place}: {error.problem}" if error.place else error.problem
        return _Comparison(replace(base, state=BaseState.UNREADABLE, problem=problem))
    return _Comparison(replace(base, state=BaseState.COMPARED), compare(_state(old), _state(head)))


def _state(extraction: Extraction) -> State:
    return State(database=extraction.database, functions=extraction.functions)


def _committed(
    place: Path | SourceTree, kind: ContractKind, generated: Contract
) -> CommittedContract:
    path = kind.path
    try:
        committed: Contract | None
        if isinstance(place, Path):
            committed = read_contract(place, kind)
        else:
            data = place.read(path)
            committed = None if data is None else parse_contract(data, kind, file=path)
    except SsotError as error:
        return CommittedContract(
            path=path, state=ContractState.UNREADABLE, problem=f"{error.place}: {error.problem}"
        )
    if committed is None:
        return CommittedContract(path=path, state=ContractState.ABSENT)
    drift = compare_contract(committed, generated)
    state = ContractState.STALE if drift.stale else ContractState.CURRENT
    return CommittedContract(path=path, state=state, drift=drift.lines)


def _size(head: Extraction) -> Size:
    tables, functions = head.database.get("tables"), head.functions.get("functions")
    entries = functions if isinstance(functions, list) else []
    return Size(
        tables=len(tables) if isinstance(tables, list) else 0,
        functions=len(entries),
        public_functions=sum(
            isinstance(entry, dict) and entry.get("visibility") == "public" for entry in entries
        ),
    )


def _outputs(report: Report) -> dict[str, str]:
    is_compared = report.base.state is BaseState.COMPARED
    return {
        "verdict": report.verdict.value,
        "drift": str(report.drift_count),
        "schema-changed": _flag(bool(report.schema_changes)) if is_compared else "unknown",
        "functions-changed": _flag(bool(report.function_changes)) if is_compared else "unknown",
        "base-sha": report.base.commit or "",
        "base-reason": report.base.full_reason,
        "head-sha": report.head_sha or "",
    }


def _flag(value: bool) -> str:  # noqa: FBT001 - it is what is rendered
    return "true" if value else "false"


def _write(settings: RunSettings, report: Report, environment: Environment) -> str:
    """Write the report and the summary, and return the path of the former."""
    markdown = render_markdown(report)
    if environment.step_summary:
        room = summary_room(environment.step_summary)
        summary = markdown if room > MAX_BYTES else render_markdown(report, max_bytes=room)
        append_summary(environment.step_summary, summary)
    if settings.report is None:
        return ""
    write_report(settings.report, markdown, environment)
    return settings.report


def _announce(report: Report, environment: Environment, say: Callable[[str], None]) -> None:
    say(render_text(report))
    if not environment.is_github or report.verdict is Verdict.PASS:
        return
    stale = [item for item in report.contracts if item.state is not ContractState.CURRENT]
    if report.verdict is Verdict.DRIFT:
        for contract in stale:
            message = "The contract does not match the source. Run: convex-ssot sync-to-context"
            say(f"{error_command(message, title=_TITLE, file=contract.path)}\n")
    else:
        message = headline(report)
        if report.base.problem is not None:
            message = f"{message}: {report.base.problem}. {report.base.hint or ''}"
        say(f"{error_command(message, title=_TITLE)}\n")
