"""A tree shows regular files inside the repository and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssot_action.errors import SourceError, UsageError
from ssot_action.source import tree as tree_module
from ssot_action.source.entries import MAX_FILE_BYTES, Entry, EntryKind
from ssot_action.source.tree import MemoryTree, SourceTree, WorkingTree


def write(root: Path, files: dict[str, str]) -> Path:
    for path, contents in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(contents)
    return root


FILES = {"convex/a.ts": "A", "convex/lib/b.ts": "B", "package.json": "{}"}
LINKS = {
    "convex/linked.ts": "lib/b.ts",
    "other": "convex/lib",
    "out": "../outside",
    "dangling": "nowhere",
    "round": "about",
    "about": "round",
    "chain": "other",
}


@pytest.fixture(params=["memory", "folder"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> SourceTree:
    if request.param == "memory":
        return MemoryTree(FILES, links=LINKS)
    root = write(tmp_path / "repository", FILES)
    write(tmp_path, {"outside/secret.ts": "S"})
    for path, target in LINKS.items():
        (root / path).symlink_to(target)
    return WorkingTree(root)


def test_a_file_is_read_by_its_path(tree: SourceTree) -> None:
    assert tree.read("convex/a.ts") == b"A"
    assert tree.read("convex/a.ts") == b"A"
    assert tree.is_file("convex/a.ts")
    assert tree.real_path("convex/a.ts") == "convex/a.ts"


@pytest.mark.parametrize("path", ["convex/none.ts", "none/a.ts", "convex/a.ts/x", "convex", ""])
def test_what_is_no_regular_file_reads_as_none(tree: SourceTree, path: str) -> None:
    assert tree.read(path) is None
    assert not tree.is_file(path)


def test_the_root_is_a_directory(tree: SourceTree) -> None:
    assert tree.is_directory("")
    assert tree.real_path("") == ""
    assert tree.is_directory("convex/lib")
    assert not tree.is_directory("convex/a.ts")
    assert not tree.is_directory("none/deeper/still")


def test_a_listing_names_each_entry_with_its_kind(tree: SourceTree) -> None:
    assert tree.list_directory("convex") == (
        Entry("a.ts", EntryKind.FILE),
        Entry("lib", EntryKind.DIRECTORY),
        Entry("linked.ts", EntryKind.SYMLINK),
    )
    assert tree.list_directory("convex/a.ts") == ()
    assert tree.list_directory("none") == ()


def test_links_inside_the_repository_are_followed(tree: SourceTree) -> None:
    assert tree.read("convex/linked.ts") == b"B"
    assert tree.read("other/b.ts") == b"B"
    assert tree.real_path("chain/b.ts") == "convex/lib/b.ts"
    assert tree.is_directory("chain")
    assert [entry.name for entry in tree.list_directory("chain")] == ["b.ts"]


def test_a_link_out_of_the_repository_is_never_followed(tree: SourceTree) -> None:
    assert not tree.is_directory("out")
    assert not tree.is_file("out/secret.ts")
    assert tree.real_path("out/secret.ts") is None
    assert tree.leaves_repository("out/secret.ts")
    assert not tree.leaves_repository("convex/none.ts")
    with pytest.raises(SourceError, match=r"out/secret\.ts: .*outside repo root"):
        tree.read("out/secret.ts")
    with pytest.raises(SourceError, match="outside repo root"):
        tree.list_directory("out")


def test_links_that_lead_nowhere_are_absent(tree: SourceTree) -> None:
    for path in ("dangling", "round", "about", "round/a.ts"):
        assert tree.read(path) is None
        assert not tree.is_directory(path)
        assert not tree.leaves_repository(path)


def test_reading_ahead_changes_no_answer(tree: SourceTree) -> None:
    tree.read_many(["convex/a.ts", "convex/linked.ts", "none", "out/secret.ts", "convex"])
    assert tree.read("convex/a.ts") == b"A"
    assert tree.read("convex/linked.ts") == b"B"


def test_names_are_listed_by_utf16_code_unit() -> None:
    tree = MemoryTree({"\uffee.ts": "", "\U0001f600.ts": "", "z.ts": "", "B.ts": ""})
    assert [entry.name for entry in tree.list_directory("")] == [
        "B.ts",
        "z.ts",
        "\U0001f600.ts",
        "\uffee.ts",
    ]


def test_a_chain_of_links_longer_than_the_system_allows_is_absent() -> None:
    links = {f"l{index}": f"l{index + 1}" for index in range(60)}
    tree = MemoryTree({"l60": "x"}, links=links)
    assert tree.read("l0") is None
    assert MemoryTree({"l60": "x"}, links=links).read("l30") == b"x"


def test_a_very_deep_path_needs_no_deep_stack() -> None:
    path = "d/" * 5000 + "a.ts"
    assert MemoryTree({path: "x"}).read(path) == b"x"
    assert MemoryTree({"a.ts": "x"}).read(path) is None


def test_a_path_that_is_not_normal_is_refused_by_the_test_tree() -> None:
    for path in ("./a", "a/../b", "/a", ""):
        with pytest.raises(UsageError):
            MemoryTree({path: ""})


def test_a_file_above_the_bound_is_refused_by_name(tmp_path: Path) -> None:
    big = b" " * (MAX_FILE_BYTES + 1)
    (tmp_path / "big.ts").write_bytes(big)
    for tree in (WorkingTree(tmp_path), MemoryTree({"big.ts": big})):
        with pytest.raises(SourceError, match=r"big\.ts: .*larger than 16 MiB"):
            tree.read("big.ts")


def test_contents_above_the_kept_sum_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_module, "MAX_KEPT_BYTES", 2)
    write(tmp_path, {"a": "12", "b": "1"})
    tree = WorkingTree(tmp_path)
    assert (tree.read("a"), tree.read("b")) == (b"12", b"1")
    write(tmp_path, {"a": "34", "b": "2"})
    assert (tree.read("a"), tree.read("b")) == (b"12", b"2")


def test_a_repository_root_that_is_no_directory_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        WorkingTree(tmp_path / "nowhere")
    write(tmp_path, {"file": ""})
    with pytest.raises(UsageError, match="not a directory"):
        WorkingTree(tmp_path / "file")


def test_a_link_with_an_absolute_target_counts_by_where_it_leads(tmp_path: Path) -> None:
    root = write(tmp_path / "repository", {"convex/a.ts": "A"})
    (root / "inside").symlink_to(root / "convex")
    (root / "self").symlink_to(root)
    (root / "outside").symlink_to(tmp_path)
    tree = WorkingTree(root)
    assert tree.read("inside/a.ts") == b"A"
    assert tree.read("self/convex/a.ts") == b"A"
    assert tree.leaves_repository("outside")


def test_the_root_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path / "repository", {"a.ts": "A"})
    (tmp_path / "alias").symlink_to("repository")
    assert WorkingTree(tmp_path / "alias").read("a.ts") == b"A"


def test_gits_own_folder_is_no_part_of_the_source(tmp_path: Path) -> None:
    write(tmp_path, {".git/config": "x", "sub/.git": "y"})
    tree = WorkingTree(tmp_path)
    assert tree.read(".git/config") is None
    assert [entry.name for entry in tree.list_directory("")] == ["sub"]


def test_a_special_file_is_listed_as_other_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ts")
    tree = WorkingTree(tmp_path)
    assert tree.list_directory("") == (Entry("pipe.ts", EntryKind.OTHER),)
    assert tree.read("pipe.ts") is None


def test_a_file_that_became_a_link_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    root = write(tmp_path / "repository", {"a.ts": "A"})
    write(tmp_path, {"secret": "S"})
    tree = WorkingTree(root)
    assert tree.is_file("a.ts")
    (root / "a.ts").unlink()
    (root / "a.ts").symlink_to("../secret")
    with pytest.raises(SourceError, match=r"a\.ts: this cannot be read"):
        tree.read("a.ts")


def test_a_file_that_became_a_pipe_after_the_listing_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": "A"})
    tree = WorkingTree(tmp_path)
    assert tree.is_file("a.ts")
    (tmp_path / "a.ts").unlink()
    os.mkfifo(tmp_path / "a.ts")
    with pytest.raises(SourceError, match="not a regular file any more"):
        tree.read("a.ts")


def test_a_file_that_vanished_after_the_listing_is_an_error_with_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": "A"})
    tree = WorkingTree(tmp_path)
    assert tree.is_file("a.ts")
    (tmp_path / "a.ts").unlink()
    with pytest.raises(SourceError, match=r"a\.ts: this cannot be read: No such file"):
        tree.read("a.ts")


def test_a_name_that_is_no_utf8_is_seen_as_nodejs_sees_it(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.ts")).write_text("x")
    tree = WorkingTree(tmp_path)
    assert tree.list_directory("") == (Entry("a\ufffd.ts", EntryKind.FILE),)
    with pytest.raises(SourceError):
        tree.read("a\ufffd.ts")


def test_what_the_system_refuses_is_an_error_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.ts": "A", "sub/b.ts": "B"})
    tree = WorkingTree(tmp_path)
    assert tree.is_file("a.ts")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SourceError, match=r"a\.ts: this cannot be read: Permission denied"):
        tree.read("a.ts")
    with pytest.raises(SourceError, match="sub: this cannot be read: Permission denied"):
        tree.list_directory("sub")


def test_a_lookup_costs_no_system_call_after_the_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"convex/a.ts": "A"})
    tree = WorkingTree(tmp_path)
    tree.list_directory("convex")

    def refuse(*_: object, **__: object) -> int:
        raise AssertionError("a system call")

    for name in ("scandir", "stat", "lstat", "readlink", "open"):
        monkeypatch.setattr(os, name, refuse)
    assert tree.is_file("convex/a.ts")
    assert not tree.is_file("convex/b.ts")
    assert not tree.is_directory("convex/c/d")
