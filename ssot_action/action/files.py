"""The report's file, written where the user said and nowhere else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_action.errors import UsageError

if TYPE_CHECKING:
    from ssot_action.settings import Environment


def write_report(path: str, text: str, environment: Environment) -> None:
    """Write `text` to `path` as a whole, in the place of whatever is there.

    A symbolic link at `path` is replaced and not followed, and on a runner no directory link may
    lead out of the workspace: a pull request must not choose what is overwritten. The file belongs
    to the owner of its directory, so that a container's root does not leave files behind that the
    runner cannot delete.

    Raises:
        UsageError: The file cannot be written.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
    try:
        if environment.is_github and not target.is_absolute():
            _refuse_outside(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with open(descriptor, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - a descriptor, not a path
                stream.write(text)
            _give_to_owner(temporary, target.parent)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        problem = f"the report cannot be written: {error.strerror}"
        raise UsageError(
            problem, file=path, hint="Name another file with --report (input report)."
        ) from error


def _refuse_outside(target: Path) -> None:
    workspace = Path.cwd()
    if not target.parent.resolve().is_relative_to(workspace.resolve()):
        raise UsageError(
            "the report would be outside of the workspace",
            file=str(target),
            hint="Name a file in the workspace with the input report.",
        )


def _give_to_owner(file: Path, directory: Path) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = directory.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
