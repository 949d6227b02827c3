"""Whether the contracts of a project are ours to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.errors import UsageError
from ssot_action.source.ssot_config import SSOT_CONFIG, Mode

if TYPE_CHECKING:
    from ssot_action.source.project import ProjectLayout


def require_convex(layout: ProjectLayout) -> None:
    """Refuse a project whose single source of truth is not Convex.

    A project that says nothing and shows nothing passes: what is missing is told where it is read.

    Raises:
        UsageError: Another workflow keeps the contracts, or none does.
    """
    if layout.mode is Mode.CONVEX or layout.mode_source == "default":
        return
    problem = f"the mode is {layout.mode} ({layout.mode_source}); nothing was written"
    file = SSOT_CONFIG if layout.ssot_config is not None else None
    workflow = layout.mode.other_workflow
    if workflow is None:
        hint = f'Set db.ssot to "convex" in {SSOT_CONFIG} if Convex is the source of truth.'
    else:
        hint = f"The workflow {workflow} keeps the contracts of this project."
    raise UsageError(problem, file=file, hint=hint)
