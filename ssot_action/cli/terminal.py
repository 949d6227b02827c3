"""Text for standard output and standard error, safe on any of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from ssot_action.report.escaping import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssot_action.diagnostics import Diagnostic
    from ssot_action.errors import SsotError

MAX_DIAGNOSTICS: Final = 200
"""How many diagnostics are printed; a report has them all."""


def write_output(text: str) -> None:
    """Write to standard output: UTF-8 and plain line feeds on every machine, in every locale."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    stream.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def write_log(line: str) -> None:
    """Write a line to standard error; what its encoding lacks is spelled out."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(f"{line.encode(encoding, 'backslashreplace').decode(encoding)}\n")


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Print each as `file:line:column: severity: message`, errors first, then its hint."""
    items = sorted(diagnostics, key=lambda item: (item.severity != "error", item.sort_key))
    for item in items[:MAX_DIAGNOSTICS]:
        place = f"{printable(item.place)}: " if item.place else ""
        write_log(f"{place}{item.severity}: {printable(item.message)}")
        if item.hint is not None:
            write_log(f"  hint: {printable(item.hint)}")
    if len(items) > MAX_DIAGNOSTICS:
        write_log(f"… and {len(items) - MAX_DIAGNOSTICS} more")


def print_error(error: SsotError) -> None:
    """Print the error that ends a run: `error: file:line: problem`, then the way out."""
    place = f"{printable(error.place)}: " if error.place else ""
    write_log(f"error: {place}{printable(error.problem)}")
    if error.hint is not None:
        write_log(f"hint: {printable(error.hint)}")
