"""What a step writes for the runner is read as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.errors import PublishError
from ssot_action.publish.runner import (
    MAX_SUMMARY_BYTES,
    append_summary,
    error_command,
    output_text,
    write_outputs,
)

if TYPE_CHECKING:
    from pathlib import Path


def read_like_the_runner(text: str) -> dict[str, str]:
    """Parse an output file: `name=value`, or `name<<END` and lines up to `END`."""
    values: dict[str, str] = {}
    lines = text.split("\n")
    assert lines.pop() == ""
    while lines:
        line = lines.pop(0)
        name, _, delimiter = line.partition("<<")
        if "=" in line and line.index("=") < len(name):
            name, _, value = line.partition("=")
            values[name] = value
            continue
        collected = []
        while lines[0] != delimiter:
            collected.append(lines.pop(0))
        lines.pop(0)
        values[name] = "\n".join(collected)
    return values


@given(st.dictionaries(st.sampled_from(["a", "b-c"]), st.text(st.characters(codec="utf-8"))))
def test_outputs_are_read_back_whatever_they_hold(values: dict[str, str]) -> None:
    assert read_like_the_runner(output_text(values)) == values


def test_a_value_cannot_end_its_own_delimiter_or_set_another_output() -> None:
    hostile = "x\nend_0\nverdict=pass\nEOF\n"
    assert read_like_the_runner(output_text({"a": hostile, "verdict": "drift"})) == {
        "a": hostile,
        "verdict": "drift",
    }
    assert output_text({"a": hostile}) != output_text({"a": hostile})


def test_outputs_are_appended_and_without_a_file_not_written(tmp_path: Path) -> None:
    target = tmp_path / "output"
    target.write_text("before=1\n")
    write_outputs(str(target), {"a": "1"})
    write_outputs("", {"b": "2"})
    assert target.read_text() == "before=1\na=1\n"


def test_a_file_of_the_runner_that_is_not_there_is_a_publish_error(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="outputs of the step"):
        write_outputs(str(tmp_path / "absent" / "output"), {"a": "1"})


def test_a_summary_never_grows_over_the_limit_that_would_drop_it(tmp_path: Path) -> None:
    target = tmp_path / "summary"
    append_summary(str(target), "first")
    append_summary(str(target), "x" * MAX_SUMMARY_BYTES)
    append_summary(str(target), "last")
    assert target.read_text() == "first\nlast\n"


@given(st.text(st.characters(codec="utf-8")))
def test_a_command_is_one_line_and_its_properties_are_closed(text: str) -> None:
    command = error_command(text, title=text, file=text, line=3)
    assert "\n" not in command
    assert "\r" not in command
    properties, _, message = command.removeprefix("::error ").partition("::")
    assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "line", "title"]
    assert ":" not in properties
    assert "%" not in message.replace("%25", "")
