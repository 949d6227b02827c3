"""Every format says the same verdict, and says all that matters first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest

from ssot_action.contract.compare import Change as DriftChange
from ssot_action.contract.compare import DriftLine, Subject
from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.diff.changes import (
    ArgumentsChanged,
    Change,
    ComponentChanged,
    FieldChanged,
    FunctionChange,
    FunctionRemoved,
    KindChanged,
    SchemaChange,
    TableAdded,
)
from ssot_action.errors import ExitCode
from ssot_action.report.differences import Code, Sentence, validator_difference
from ssot_action.report.markdown import render_markdown
from ssot_action.report.model import (
    Base,
    BaseState,
    CommittedContract,
    ContractState,
    Report,
    Size,
    Verdict,
)
from ssot_action.report.text import render_text, unresolved_lines
from ssot_action.report.unresolved import UnresolvedPart, unresolved_parts
from ssot_action.report.wording import describe

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json
    from ssot_action.contract.kinds import Contract

STRING: Contract = {"type": "string"}
NUMBER: Contract = {"type": "number"}
LINE = DriftLine(subject=Subject.TABLE, name="users", change=DriftChange.ADDED)
CURRENT = CommittedContract(path="docs/context/db/schema.json", state=ContractState.CURRENT)
STALE = replace(CURRENT, state=ContractState.STALE, drift=(LINE,))
COMPARED = Base(
    state=BaseState.COMPARED, commit="a" * 40, reason="merge base with", revision="main"
)
ERROR = Diagnostic(
    code=DiagnosticCode.SYNTAX_ERROR, severity="error", message="bad", file="a.ts", line=1
)
FACT = TableAdded(component="", is_undecided=False, table="users", document_type=STRING)


def make_report(**changes: Any) -> Report:  # noqa: ANN401 - each field has its own type
    report = Report(
        head_sha="b" * 40,
        is_working_tree=True,
        base=COMPARED,
        schema_changes=(),
        function_changes=(),
        contracts=(CURRENT,),
        diagnostics=(),
        unresolved=(),
        size=Size(tables=1, functions=2, public_functions=1),
        fails_without_base=True,
        fails_on_source_errors=True,
    )
    return replace(report, **changes)


MISSING = replace(COMPARED, state=BaseState.MISSING, commit=None, problem="gone", hint="Fetch.")


@pytest.mark.parametrize(
    ("report", "verdict", "code"),
    [
        (make_report(), Verdict.PASS, ExitCode.OK),
        (make_report(contracts=(STALE,)), Verdict.DRIFT, ExitCode.FINDINGS),
        (make_report(base=MISSING), Verdict.ERROR, ExitCode.BASE_NOT_FOUND),
        (make_report(base=MISSING, fails_without_base=False), Verdict.PASS, ExitCode.OK),
        (make_report(diagnostics=(ERROR,)), Verdict.ERROR, ExitCode.SOURCE),
        (
            make_report(diagnostics=(ERROR,), fails_on_source_errors=False),
            Verdict.PASS,
            ExitCode.OK,
        ),
        (make_report(diagnostics=(replace(ERROR, severity="warning"),)), Verdict.PASS, ExitCode.OK),
        (make_report(schema_changes=(FACT,)), Verdict.PASS, ExitCode.OK),
    ],
)
def test_verdict_exit_code_and_headlines_agree(
    report: Report, verdict: Verdict, code: ExitCode
) -> None:
    assert (report.verdict, report.exit_code) == (verdict, code)
    first = render_text(report).splitlines()[0]
    assert first.startswith(f"{verdict}: ")
    headline = first.removeprefix(f"{verdict}: ")
    title = render_markdown(report).splitlines()[0]
    assert title.endswith(f"Convex contracts: {headline}")
    assert ("❌" in title) is bool(code)


@pytest.mark.parametrize("state", list(ContractState))
def test_every_state_of_a_contract_is_told(state: ContractState) -> None:
    contract = replace(STALE, state=state, problem="is not JSON")
    report = make_report(contracts=(contract,))
    is_current = state is ContractState.CURRENT
    assert report.drift_count == (0 if is_current else 1)
    assert ("convex-ssot sync-to-context" in render_markdown(report)) is not is_current
    assert ("convex-ssot sync-to-context" in render_text(report)) is not is_current


@pytest.mark.parametrize("state", list(BaseState))
def test_every_state_of_the_base_is_told_with_its_reason(state: BaseState) -> None:
    report = make_report(base=replace(COMPARED, state=state), fails_without_base=False)
    assert "merge base with `main`" in render_markdown(report)
    assert "merge base with main" in render_text(report)


def test_change_and_drift_are_two_sections_that_do_not_mix() -> None:
    markdown = render_markdown(make_report(schema_changes=(FACT,), contracts=(STALE,)))
    change, _, drift = markdown.partition("### Contract files")
    assert "* table `users` added" in change
    assert "`table users: added`" in drift


def test_all_repository_text_stands_in_code_spans() -> None:
    name = "@team ![x](http://example.com) <script>`|`"
    fact = replace(FACT, table=name)
    diagnostic = replace(ERROR, message=name, file=name)
    part = UnresolvedPart(component=name, file=name, path=name, reason=name)
    contract = replace(STALE, drift=(replace(LINE, name=name),))
    unreadable = replace(STALE, state=ContractState.UNREADABLE, problem=name)
    base = replace(MISSING, revision=name, problem=name, hint=name)
    markdown = render_markdown(
        make_report(
            base=base,
            schema_changes=(fact,),
            contracts=(contract, unreadable),
            diagnostics=(diagnostic,),
            unresolved=(part,),
        )
    )
    assert markdown.count("@team") == 12
    for line in markdown.splitlines():
        if line.startswith("```"):
            continue  # the fence of our own block
        outside = _without_code_spans(line)
        assert "@" not in outside
        assert "<script" not in outside


def _without_code_spans(line: str) -> str:
    outside, position = "", 0
    while position < len(line):
        if line[position] != "`":
            outside += line[position]
            position += 1
            continue
        length = len(line[position:]) - len(line[position:].lstrip("`"))
        fence = "`" * length
        end = position + length
        while True:
            end = line.index(fence, end)
            run = len(line[end:]) - len(line[end:].lstrip("`"))
            if run == length:
                break
            end += run
        position = end + length
    return outside


def test_a_huge_report_fits_and_says_how_much_is_left_out() -> None:
    facts = tuple(replace(FACT, table=f"table{number}") for number in range(5000))
    report = make_report(schema_changes=facts)
    small = render_markdown(report, max_bytes=5000)
    assert len(small.encode()) <= 5000
    assert "### Database schema: 5000 changes" in small
    assert "more" in small
    assert len(render_markdown(report).encode()) <= 1_000_000
    assert "and 4900 more" in render_text(report)


def test_the_same_report_has_the_same_bytes() -> None:
    report = make_report(schema_changes=(FACT,), contracts=(STALE,), diagnostics=(ERROR,))
    assert render_markdown(report) == render_markdown(report)
    assert render_markdown(report).endswith("</sub>\n")


def plain(sentence: Sentence) -> str:
    return "".join(f"`{part.text}`" if isinstance(part, Code) else part for part in sentence)


def test_every_fact_has_a_sentence() -> None:
    values: dict[str, Any] = {"component": "c", "is_undecided": True}
    facts = [*get_args(SchemaChange), *get_args(FunctionChange)]
    assert set(facts) == set(get_args(Change))
    for fact in facts:
        names = [name for name in fact.__dataclass_fields__ if name not in values]
        made = fact(**values, **dict.fromkeys(names, "x"))
        sentence = plain(describe(made))
        assert "undecided" in sentence
        assert "in component `c`" in sentence


def fields(**validators: Json) -> Contract:
    return {
        "type": "object",
        "value": {
            name.rstrip("_"): {"fieldType": validator, "optional": name.endswith("_")}
            for name, validator in validators.items()
        },
    }


def literals(*values: str) -> Contract:
    return {"type": "union", "value": [{"type": "literal", "value": value} for value in values]}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (STRING, STRING, ""),
        (STRING, NUMBER, " from `v.string()` to `v.number()`"),
        (None, NUMBER, " from nothing declared to `v.number()`"),
        (fields(a=STRING), fields(a=STRING, b_=NUMBER), ": `b` added as `v.optional(v.number())`"),
        (fields(a=STRING, b=NUMBER), fields(a=STRING), ": `b` removed"),
        (fields(a=STRING), fields(a_=STRING), ": `a` became optional"),
        (
            fields(a=fields(b=STRING)),
            fields(a=fields(b=NUMBER)),
            ": `a.b` from `v.string()` to `v.number()`",
        ),
        (
            {"type": "array", "value": STRING},
            {"type": "array", "value": NUMBER},
            ": `[]` from `v.string()` to `v.number()`",
        ),
        (literals("a"), literals("a", "b"), ', accepts also `v.literal("b")`'),
        (
            fields(x=literals("a", "b")),
            fields(x=literals("a", "c")),
            ': `x` accepts also `v.literal("c")`, accepts no longer `v.literal("b")`',
        ),
        (
            literals("a"),
            literals("b"),
            ' from `v.union(v.literal("a"))` to `v.union(v.literal("b"))`',
        ),
    ],
)
def test_a_difference_is_told_where_it_is(old: Json, new: Json, sentence: str) -> None:
    assert plain(validator_difference(old, new)) == sentence


def test_only_so_many_differences_are_told() -> None:
    new = fields(**{f"f{number}": STRING for number in range(20)})
    assert plain(validator_difference(fields(), new)).endswith("; and 12 more")


def test_sentences_read_well() -> None:
    base: dict[str, Any] = {"component": "", "is_undecided": False}
    call: dict[str, Any] = {"function_id": "m:f", "visibility": "public"}
    facts: list[tuple[Change, str]] = [
        (
            FieldChanged(
                **base, table="t", field="a", old=STRING, new=STRING, was_optional=True,
                is_optional=False,
            ),
            "field `t.a` became required",
        ),
        (
            FieldChanged(
                **base, table="t", field="a", old=STRING, new=NUMBER, was_optional=False,
                is_optional=True,
            ),
            "field `t.a` became optional, changed from `v.string()` to `v.number()`",
        ),
        (
            ArgumentsChanged(**base, **call, kind="query", old=fields(), new=fields(a=STRING)),
            "arguments of public query `m:f` changed: `a` added as `v.string()`",
        ),
        (FunctionRemoved(**base, **call, kind="query"), "public query `m:f` removed"),
        (
            KindChanged(**base, **call, old="query", new="action"),
            "public function `m:f` became an action, it was a query",
        ),
        (
            ComponentChanged(
                **base, name="c", old={"name": "c", "path": "p"}, new={"name": "c", "path": "q"}
            ),
            'component `c` installed another way from `{ "path": "p" }` to `{ "path": "q" }`',
        ),
    ]  # fmt: skip
    for fact, sentence in facts:
        assert plain(describe(fact)) == sentence


def test_unresolved_parts_of_nested_components_are_found_once_and_sorted() -> None:
    entry: Contract = {"path": "t.a", "code": "x", "reason": "?", "file": "b.ts"}
    nested: Contract = {
        "name": "c",
        "schema": {"unresolved": [entry]},
        "functions": {"unresolved": []},
    }
    parts = unresolved_parts({"unresolved": [entry, entry]}, {"components": [nested]})
    assert [(part.component, part.path) for part in parts] == [("", "t.a"), ("c", "t.a")]
    assert list(unresolved_lines(parts)) == [
        "2 parts unresolved:",
        "  b.ts: t.a: ?",
        "  b.ts: c/t.a: ?",
    ]
