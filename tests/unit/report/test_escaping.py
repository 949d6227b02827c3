"""Repository text stays what it is: text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ssot_action.report.escaping import MAX_SPAN, code_span, printable, shorten_middle

_HOSTILE = st.text(
    st.one_of(
        st.sampled_from("`|@#<>[]():*_~\\ \t\r\n\x1b\x07\u202e\u200b\ufeff"),
        st.characters(),
    ),
    max_size=80,
)
_WORST = [
    "`", "``", "` `", " `", " ", "  ", "", "@everyone", "<!-- x -->", "a|b", "\\`", "a\nb",
    "![x](http://example.com/x.png)", "```sh\nrm\n```", "</details>", "#1", "\ud800",
]  # fmt: skip


def parse_code_span(markdown: str) -> str:
    """Return what CommonMark makes of a text that is one code span, as its section 6.1 says."""
    fence = re.match(r"`+", markdown)
    assert fence is not None
    length = len(fence[0])
    runs = [run for run in re.finditer(r"`+", markdown) if len(run[0]) == length]
    assert len(runs) == 2
    assert runs[1].end() == len(markdown)
    content = markdown[length:-length]
    if content[:1] == " " == content[-1:] and content.strip(" "):
        content = content[1:-1]
    return content


@given(st.one_of(_HOSTILE, st.sampled_from(_WORST)))
def test_a_code_span_cannot_be_left_and_shows_the_text(text: str) -> None:
    span = code_span(text)
    assert "\n" not in span
    shown = parse_code_span(span)
    assert shown == (shorten_middle(shown, MAX_SPAN) or "(empty)")
    if text and not re.search(r"[^ -~]", text):
        assert shown == text


@given(st.one_of(_HOSTILE, st.sampled_from(_WORST)))
def test_what_is_printed_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    categories = {unicodedata.category(character) for character in shown}
    assert categories.isdisjoint({"Cc", "Zl", "Zp", "Cs"})
    assert not set(shown) & set("\u202e\u2066\u200b\ufeff\u061c")
    assert shown.encode().decode() == shown


@given(_HOSTILE)
def test_nothing_printed_is_a_workflow_command(text: str) -> None:
    for hostile in (text, f"::error::{text}", f"  ::set-output name=a::{text}", f"{text}##[x]"):
        shown = printable(hostile)
        assert not shown.lstrip().startswith("::")
        assert "##[" not in shown


def test_a_long_text_keeps_both_ends() -> None:
    assert shorten_middle("abcdefghij", 5) == "ab…ij"
    assert shorten_middle("abcde", 5) == "abcde"
