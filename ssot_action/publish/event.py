"""The event that started a workflow, typed; the raw payload ends here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json

MAX_EVENT_BYTES: Final = 32 * 1024 * 1024

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class EventKind(StrEnum):
    """The events that name a base; `other` for all that do not."""

    PULL_REQUEST = "pull_request"
    PULL_REQUEST_TARGET = "pull_request_target"
    PUSH = "push"
    MERGE_GROUP = "merge_group"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What an event says about the two sides of a change.

    Attributes:
        kind: Which event.
        name: Its name as GitHub spells it.
        base_sha: The tip of the base branch when it fired, or what a push replaced; None if it
            does not say, as the first push of a branch.
        head_sha: The commit that the change ends with.
        base_branch: Name of the base branch, or of the default branch for a push.
        is_base_branch: Whether the push was to the default branch itself.
        problem: Why the payload could not be used.
    """

    kind: EventKind
    name: str
    base_sha: str | None = None
    head_sha: str | None = None
    base_branch: str | None = None
    is_base_branch: bool = False
    problem: str | None = None


def read_trigger(name: str, path: str, *, base_ref: str = "") -> Trigger:
    """Return what the event `name` with the payload in the file `path` says.

    A payload that is absent or malformed gives a trigger that says so; `base_ref` is the branch
    that the runner names besides.
    """
    try:
        kind = EventKind(name)
    except ValueError:
        return Trigger(kind=EventKind.OTHER, name=name)
    try:
        with Path(path).open("rb") as stream:
            payload: Json = json.loads(stream.read(MAX_EVENT_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        problem = f"the event's payload cannot be read ({type(error).__name__})"
        return Trigger(kind=kind, name=name, base_branch=base_ref or None, problem=problem)
    match kind:
        case EventKind.PUSH:
            return _push(payload, name)
        case EventKind.MERGE_GROUP:
            return Trigger(
                kind=kind,
                name=name,
                base_sha=_commit(payload, "merge_group", "base_sha"),
                head_sha=_commit(payload, "merge_group", "head_sha"),
                base_branch=_branch(_text(payload, "merge_group", "base_ref")),
            )
        case EventKind.PULL_REQUEST | EventKind.PULL_REQUEST_TARGET:
            return Trigger(
                kind=kind,
                name=name,
                base_sha=_commit(payload, "pull_request", "base", "sha"),
                head_sha=_commit(payload, "pull_request", "head", "sha"),
                base_branch=_text(payload, "pull_request", "base", "ref") or base_ref or None,
            )
        case EventKind.OTHER:
            return Trigger(kind=kind, name=name)


def _push(payload: Json, name: str) -> Trigger:
    default_branch = _text(payload, "repository", "default_branch")
    pushed = _text(payload, "ref")
    return Trigger(
        kind=EventKind.PUSH,
        name=name,
        base_sha=_commit(payload, "before"),
        head_sha=_commit(payload, "after"),
        base_branch=default_branch,
        is_base_branch=pushed == f"refs/heads/{default_branch}",
    )


def _branch(reference: str | None) -> str | None:
    return reference.removeprefix("refs/heads/") if reference else None


def _commit(payload: Json, *path: str) -> str | None:
    """Return a commit id of the payload, None for anything else and for the id of no commit."""
    text = _text(payload, *path)
    if text is None or not _COMMIT.fullmatch(text) or not text.strip("0"):
        return None
    return text


def _text(payload: Json, *path: str) -> str | None:
    value = payload
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None
