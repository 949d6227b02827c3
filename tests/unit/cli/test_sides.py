"""Which commit is compared with, by event; and never one by accident."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ssot_action.action.sides import Sides, choose_sides
from ssot_action.errors import BaseNotFoundError, UsageError
from ssot_action.publish.event import EventKind, Trigger
from ssot_action.settings import Environment, RunSettings, resolve_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.projects import Project

PULL_REQUEST = Trigger(kind=EventKind.PULL_REQUEST, name="pull_request", base_branch="main")
PUSH = Trigger(kind=EventKind.PUSH, name="push", base_branch="main")


def settings(**options: str) -> RunSettings:
    return resolve_settings(options, Environment())


def choose(root: Path, trigger: Trigger | None = None, *, sha: str = "", **options: str) -> Sides:
    event = trigger or Trigger(kind=EventKind.OTHER, name="")
    return choose_sides(root, settings(**options), event, sha=sha)[0]


@pytest.fixture
def branches(repository: Project) -> dict[str, str]:
    """`main` goes on after `feature` left it; the merge commit is checked out."""
    fork = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "-q", "-b", "feature")
    head = repository.commit("feature")
    repository.git("checkout", "-q", "main")
    base = repository.commit("main goes on")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "feature")
    merge = repository.git("rev-parse", "HEAD")
    repository.git("reset", "-q", "--hard", base)
    repository.git("checkout", "-q", "--detach", merge)
    return {"fork": fork, "head": head, "base": base, "merge": merge}


def test_a_named_base_means_the_merge_base(repository: Project, branches: dict[str, str]) -> None:
    sides = choose(repository.root, base="main", head="feature")
    assert (sides.base_commit, sides.head_commit) == (branches["fork"], branches["head"])
    assert (sides.reason, sides.revision) == ("merge base with", "main")


def test_a_checked_out_merge_commit_is_compared_with_its_first_parent(
    repository: Project, branches: dict[str, str]
) -> None:
    trigger = replace(PULL_REQUEST, base_sha=branches["fork"], head_sha=branches["head"])
    sides = choose(repository.root, trigger, sha=branches["merge"])
    assert sides.base_commit == branches["base"]
    assert sides.head_commit is None
    assert sides.head_sha == branches["head"]


def test_a_checked_out_head_is_compared_with_the_merge_base(
    repository: Project, branches: dict[str, str]
) -> None:
    repository.git("checkout", "-q", "--detach", branches["head"])
    trigger = replace(PULL_REQUEST, base_sha=branches["base"], head_sha=branches["head"])
    sides = choose(repository.root, trigger, sha=branches["merge"])
    assert (sides.base_commit, sides.head_sha) == (branches["fork"], branches["head"])


def test_a_payload_that_cannot_be_read_leaves_the_branch_of_the_remote(
    repository: Project, branches: dict[str, str]
) -> None:
    repository.git("checkout", "-q", "--detach", branches["head"])
    missing = choose(repository.root, PULL_REQUEST)
    assert missing.problem is not None
    repository.git("update-ref", "refs/remotes/origin/main", branches["base"])
    assert choose(repository.root, PULL_REQUEST).base_commit == branches["fork"]


def test_a_shallow_checkout_says_how_to_get_the_history(
    repository: Project, branches: dict[str, str], tmp_path: Path
) -> None:
    shallow = tmp_path / "shallow"
    repository.git("update-ref", "refs/heads/merged", branches["merge"])
    source = f"file://{repository.root}"
    command = ["git", "clone", "-q", "--depth", "1", "--branch", "merged", source, str(shallow)]
    subprocess.run(command, check=True, capture_output=True)
    trigger = replace(PULL_REQUEST, base_sha=branches["base"], head_sha=branches["head"])
    sides = choose(shallow, trigger, sha=branches["merge"])
    assert sides.base_commit is None
    assert sides.problem is not None
    assert sides.hint is not None
    assert "fetch-depth: 0" in sides.hint
    assert sides.head_sha == branches["head"]


def test_a_push_is_compared_with_what_the_branch_was(
    repository: Project, branches: dict[str, str]
) -> None:
    trigger = replace(PUSH, base_sha=branches["fork"], head_sha=branches["merge"])
    assert choose(repository.root, trigger).base_commit == branches["fork"]


def test_a_forced_push_over_a_lost_commit_says_so(repository: Project) -> None:
    sides = choose(repository.root, replace(PUSH, base_sha="1" * 40))
    assert sides.base_commit is None
    assert sides.problem is not None


def test_a_new_branch_is_compared_with_the_default_branch(
    repository: Project, branches: dict[str, str]
) -> None:
    repository.git("update-ref", "refs/remotes/origin/main", branches["base"])
    repository.git("checkout", "-q", "--detach", branches["head"])
    assert choose(repository.root, PUSH).base_commit == branches["fork"]


def test_the_first_push_of_the_default_branch_has_no_base(repository: Project) -> None:
    sides = choose(repository.root, replace(PUSH, is_base_branch=True))
    assert (sides.base_commit, sides.problem) == (None, None)


def test_a_merge_group_names_its_base(repository: Project, branches: dict[str, str]) -> None:
    group = Trigger(kind=EventKind.MERGE_GROUP, name="merge_group", base_sha=branches["base"])
    assert choose(repository.root, group).base_commit == branches["base"]
    assert choose(repository.root, replace(group, base_sha=None)).problem is not None


def test_the_head_of_a_fork_is_read_from_objects_and_never_checked_out(
    repository: Project, branches: dict[str, str]
) -> None:
    repository.git("checkout", "-q", "main")
    trigger = Trigger(
        kind=EventKind.PULL_REQUEST_TARGET,
        name="pull_request_target",
        base_branch="main",
        base_sha=branches["base"],
        head_sha=branches["head"],
    )
    sides = choose(repository.root, trigger)
    assert (sides.head_commit, sides.base_commit) == (branches["head"], branches["fork"])
    with pytest.raises(BaseNotFoundError, match="head of the pull request"):
        choose(repository.root, replace(trigger, head_sha="2" * 40))


def test_other_events_compare_with_nothing_and_name_themselves(repository: Project) -> None:
    schedule = Trigger(kind=EventKind.OTHER, name="schedule")
    sides = choose(repository.root, schedule)
    assert (sides.base_commit, sides.problem, sides.revision) == (None, None, "schedule")
    assert choose(repository.root).reason == "no base is named"


def test_an_option_wins_over_the_event(repository: Project, branches: dict[str, str]) -> None:
    trigger = replace(PUSH, base_sha="1" * 40)
    sides = choose(repository.root, trigger, base=branches["fork"], head=branches["base"])
    assert (sides.base_commit, sides.head_commit) == (branches["fork"], branches["base"])


def test_a_folder_outside_of_git_has_no_base(project: Project) -> None:
    assert choose(project.root).problem is None
    assert choose(project.root, PUSH).problem is not None
    with pytest.raises(UsageError):
        choose(project.root, base="main")


def test_a_head_that_is_not_there_is_an_error(repository: Project) -> None:
    with pytest.raises(BaseNotFoundError, match="the head is missing"):
        choose(repository.root, head="nowhere")
    assert choose(repository.root, base="nowhere").problem is not None


def test_a_repository_without_a_commit_has_no_base(project: Project) -> None:
    project.git("init", "-q")
    assert choose(project.root).base_commit is None
    assert choose(project.root, base="main").problem is not None
