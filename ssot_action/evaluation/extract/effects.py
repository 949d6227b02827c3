"""What a handler does with its context, read from its text without running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.contract.model import FunctionUses

if TYPE_CHECKING:
    from ssot_action.evaluation.interpreter import Interpreter
    from ssot_action.evaluation.values import Value


@dataclass(frozen=True, slots=True)
class Effects:
    """What a handler does."""

    uses: FunctionUses = FunctionUses()
    tables_read: tuple[str, ...] = ()
    tables_written: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    reads_identity: bool = False


def effects_of(interpreter: Interpreter, handler: Value) -> Effects:
    """Return the effects of `handler`."""
    del interpreter, handler
    return Effects()
