"""Which commit is judged, which one it is compared with, and why.

=========================  ======================================================================
`base` is given            the merge base of it and the head
pull request, the merge    the first parent of the merge commit that was checked out: exactly what
commit is checked out      the pull request adds to its base branch
pull request, otherwise    the merge base of the base branch's tip and the head
push                       what the branch was before; for a new branch the merge base with the
                           default branch
merge queue                the base of the group
anything else              nothing: only the contracts are checked
=========================  ======================================================================

A base that is named and is not in the repository is a problem, never a silent pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ssot_action.errors import BaseNotFoundError, SsotError, UsageError
from ssot_action.publish.event import EventKind, Trigger
from ssot_action.source.git import GitRepository

if TYPE_CHECKING:
    from pathlib import Path

    from ssot_action.settings import RunSettings

_NO_EVENT: Final = Trigger(kind=EventKind.OTHER, name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Both sides of a change.

    Attributes:
        head_commit: The commit to read, None for the working tree.
        head_sha: The commit that the head is known by, None outside of git.
        base_commit: The commit to compare with, None if there is none.
        reason: Why that one, or why none, in words of ours.
        revision: The name that the reason ends with: of a branch, a revision or an event.
        problem: What is missing, when a base is named that the repository does not have.
        hint: What to do about it.
    """

    head_commit: str | None
    head_sha: str | None
    base_commit: str | None
    reason: str
    revision: str = ""
    problem: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    """A base that was found."""

    commit: str | None
    reason: str
    revision: str = ""


def choose_sides(
    root: Path, settings: RunSettings, trigger: Trigger = _NO_EVENT, *, sha: str = ""
) -> tuple[Sides, GitRepository | None]:
    """Return both sides, and the repository to read them from if there is one.

    Args:
        root: The project's folder.
        settings: Revisions that the user names win over the event.
        trigger: What the event says.
        sha: The commit that the runner says the workflow is about.

    Raises:
        UsageError: A revision is named and there is no git repository.
        BaseNotFoundError: The head that is named is not in the repository.
    """
    try:
        repository = GitRepository(root)
    except UsageError as error:
        if settings.base is not None or settings.head is not None:
            raise
        return _without_git(trigger, error), None
    chooser = _Chooser(repository, settings, trigger, sha)
    return chooser.choose(), repository


def _without_git(trigger: Trigger, error: UsageError) -> Sides:
    is_expected = trigger.kind is not EventKind.OTHER
    return Sides(
        head_commit=None,
        head_sha=trigger.head_sha,
        base_commit=None,
        reason="this is no git repository",
        problem=error.problem if is_expected else None,
        hint="Check the repository out with git (actions/checkout)." if is_expected else None,
    )


class _Chooser:
    """Chooses in one repository for one event."""

    def __init__(
        self, repository: GitRepository, settings: RunSettings, trigger: Trigger, sha: str
    ) -> None:
        self.repository = repository
        self.settings = settings
        self.trigger = trigger
        self.sha = sha

    def choose(self) -> Sides:
        head_commit = self._head_commit()
        checked_out = head_commit or self._find("HEAD")
        head_sha = self._known_as(checked_out) if head_commit is None else head_commit
        try:
            base = self._base(checked_out)
        except BaseNotFoundError as error:
            return Sides(
                head_commit=head_commit,
                head_sha=head_sha,
                base_commit=None,
                reason="the base is not here:",
                revision=self.settings.base or self.trigger.name,
                problem=error.problem,
                hint=error.hint,
            )
        return Sides(
            head_commit=head_commit,
            head_sha=head_sha,
            base_commit=base.commit,
            reason=base.reason,
            revision=base.revision,
        )

    def _head_commit(self) -> str | None:
        """Return the commit to read; None for the working tree."""
        if self.settings.head is not None:
            try:
                return self.repository.resolve_revision(self.settings.head)
            except BaseNotFoundError as error:
                problem = f"the head is missing: {error.problem}"
                raise BaseNotFoundError(problem, hint=error.hint) from error
        head = self.trigger.head_sha
        if self.trigger.kind is not EventKind.PULL_REQUEST_TARGET or head is None:
            return None
        # This event checks the base branch out. The head is read from git's objects, as text.
        if self._find("HEAD") == head or self._find("HEAD^2") == head:
            return None
        try:
            return self.repository.resolve_revision(head)
        except BaseNotFoundError as error:
            raise BaseNotFoundError(
                "the head of the pull request is not in the repository",
                hint=f"Fetch it first, without checking it out: git fetch origin {head}",
            ) from error

    def _known_as(self, checked_out: str | None) -> str | None:
        """Return the id people know the working tree's commit by; a merge commit is GitHub's."""
        head = self.trigger.head_sha
        if head is not None and checked_out is not None and self._is_pull_request():
            is_merge = self._find("HEAD^2") == head
            if is_merge or checked_out == self.sha:
                return head
        return checked_out

    def _is_pull_request(self) -> bool:
        return self.trigger.kind in {EventKind.PULL_REQUEST, EventKind.PULL_REQUEST_TARGET}

    def _base(self, head: str | None) -> _Base:
        named = self.settings.base
        if named is not None:
            if head is None:
                raise BaseNotFoundError("the repository has no commit to compare")
            return _Base(self.repository.merge_base(named, head), "merge base with", named)
        match self.trigger.kind:
            case EventKind.PULL_REQUEST | EventKind.PULL_REQUEST_TARGET:
                return self._base_of_pull_request(head)
            case EventKind.PUSH:
                return self._base_of_push(head)
            case EventKind.MERGE_GROUP:
                return self._named_commit(self.trigger.base_sha, "base of the merge group")
            case EventKind.OTHER:
                if self.trigger.name:
                    return _Base(None, "no base is named by the event", self.trigger.name)
                return _Base(None, "no base is named")

    def _base_of_pull_request(self, head: str | None) -> _Base:
        trigger = self.trigger
        branch = trigger.base_branch
        if (
            self.settings.head is None
            and trigger.head_sha is not None
            and self._find("HEAD^2") == trigger.head_sha
        ):
            first_parent = self.repository.resolve_revision("HEAD^1")
            reason = "first parent of the merge commit that is checked out, on"
            return _Base(first_parent, reason, branch or "")
        tip = trigger.base_sha or (f"refs/remotes/origin/{branch}" if branch else None)
        if tip is None or head is None:
            raise BaseNotFoundError(
                trigger.problem or "the event does not name the base of the pull request",
                hint="Name one with the input base.",
            )
        return _Base(self.repository.merge_base(tip, head), "merge base with", branch or tip)

    def _base_of_push(self, head: str | None) -> _Base:
        if self.trigger.base_sha is not None:
            return self._named_commit(self.trigger.base_sha, "what the branch was before the push")
        if self.trigger.problem is not None:
            raise BaseNotFoundError(self.trigger.problem, hint="Name one with the input base.")
        branch = self.trigger.base_branch
        if self.trigger.is_base_branch or branch is None or head is None:
            return _Base(None, "the branch is new")
        base = self.repository.merge_base(f"refs/remotes/origin/{branch}", head)
        return _Base(base, "the branch is new: merge base with", branch)

    def _named_commit(self, commit: str | None, what: str) -> _Base:
        if commit is None:
            raise BaseNotFoundError(
                self.trigger.problem or f"the event does not name the {what}",
                hint="Name one with the input base.",
            )
        return _Base(self.repository.resolve_revision(commit), what)

    def _find(self, revision: str) -> str | None:
        try:
            return self.repository.resolve_revision(revision)
        except SsotError:
            return None
