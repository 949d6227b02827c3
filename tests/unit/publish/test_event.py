"""An event says the base and the head, or says that it does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.publish.event import EventKind, Trigger, read_trigger

if TYPE_CHECKING:
    from pathlib import Path

BASE, HEAD = "a" * 40, "b" * 40


def trigger(tmp_path: Path, name: str, payload: object) -> Trigger:
    event = tmp_path / "event.json"
    event.write_text(json.dumps(payload))
    return read_trigger(name, str(event), base_ref="from-runner")


@pytest.mark.parametrize("name", ["pull_request", "pull_request_target"])
def test_a_pull_request_names_both_sides(tmp_path: Path, name: str) -> None:
    sides = {"base": {"sha": BASE, "ref": "main"}, "head": {"sha": HEAD, "repo": None}}
    found = trigger(tmp_path, name, {"pull_request": sides})
    assert (found.kind, found.base_sha, found.head_sha) == (name, BASE, HEAD)
    assert found.base_branch == "main"


def test_a_push_names_what_it_replaced(tmp_path: Path) -> None:
    payload = {
        "before": BASE,
        "after": HEAD,
        "ref": "refs/heads/main",
        "repository": {"default_branch": "main"},
    }
    found = trigger(tmp_path, "push", payload)
    assert (found.base_sha, found.is_base_branch) == (BASE, True)
    assert not trigger(tmp_path, "push", {**payload, "ref": "refs/heads/x"}).is_base_branch


def test_a_new_branch_replaces_nothing(tmp_path: Path) -> None:
    assert trigger(tmp_path, "push", {"before": "0" * 40}).base_sha is None


def test_a_merge_group_has_a_full_reference(tmp_path: Path) -> None:
    group = {"base_sha": BASE, "head_sha": HEAD, "base_ref": "refs/heads/main"}
    found = trigger(tmp_path, "merge_group", {"merge_group": group})
    assert (found.base_sha, found.base_branch) == (BASE, "main")


def test_an_unknown_event_is_one_without_a_base(tmp_path: Path) -> None:
    found = trigger(tmp_path, "workflow_dispatch", {})
    assert (found.kind, found.name) == (EventKind.OTHER, "workflow_dispatch")


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "\ud800"])
def test_a_payload_that_cannot_be_read_says_so_and_keeps_the_branch(
    tmp_path: Path, content: str
) -> None:
    event = tmp_path / "event.json"
    event.write_bytes(content.encode("utf-8", "surrogatepass"))
    for path in (event, tmp_path / "absent.json"):
        found = read_trigger("pull_request", str(path), base_ref="main")
        assert found.problem is not None
        assert found.base_branch == "main"


@pytest.mark.parametrize("value", [None, 1, "", "main", "--upload-pack=x", "A" * 40, "a" * 39, {}])
def test_nothing_but_a_commit_id_is_taken_for_one(tmp_path: Path, value: object) -> None:
    sides = {"base": {"sha": value}, "head": {"sha": value}}
    found = trigger(tmp_path, "pull_request", {"pull_request": sides})
    assert (found.base_sha, found.head_sha) == (None, None)
    assert found.base_branch == "from-runner"
