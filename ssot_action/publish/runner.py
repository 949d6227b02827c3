"""The files and commands through which a step talks to GitHub's runner."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssot_action.errors import PublishError
from ssot_action.report.escaping import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_SUMMARY_BYTES: Final = 1024 * 1024
"""A step's summary above this is dropped as a whole."""

_MAX_MESSAGE: Final = 4000


def output_text(values: Mapping[str, str]) -> str:
    """Return what sets a step's outputs; a value of several lines ends at a random delimiter."""
    parts: list[str] = []
    for name, value in values.items():
        if "\n" in value or "\r" in value:
            delimiter = f"end_{secrets.token_hex(16)}"
            parts.append(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")
        else:
            parts.append(f"{name}={value}\n")
    return "".join(parts)


def write_outputs(path: str, values: Mapping[str, str]) -> None:
    """Append the outputs of this step to the runner's file; no file, no outputs.

    Raises:
        PublishError: The file cannot be written.
    """
    if path:
        _append(path, output_text(values), "outputs")


def append_summary(path: str, markdown: str) -> None:
    """Append to the summary of this step, or leave it out when it would not fit any more.

    Raises:
        PublishError: The file cannot be written.
    """
    if path and summary_room(path) >= len(markdown.encode()) + 1:
        _append(path, f"{markdown}\n", "summary")


def summary_room(path: str) -> int:
    """Return how many bytes the summary of this step may still get."""
    try:
        used = Path(path).stat().st_size
    except OSError:
        used = 0
    return max(0, MAX_SUMMARY_BYTES - used)


def error_command(
    message: str, *, title: str, file: str | None = None, line: int | None = None
) -> str:
    """Return the workflow command that shows an error beside the run and in the changed files."""
    properties = [f"title={_property(title)}"]
    if file is not None:
        properties.insert(0, f"file={_property(file)}")
        if line is not None:
            properties.insert(1, f"line={line}")
    return f"::error {','.join(properties)}::{_data(message[:_MAX_MESSAGE])}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _append(path: str, text: str, what: str) -> None:
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        problem = f"the {what} of the step cannot be written: {error.strerror}"
        raise PublishError(problem, hint="The runner names the file; is it mounted?") from error
