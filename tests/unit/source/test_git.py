"""Any commit is read without a checkout, from any repository, and nothing of it is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ssot_action.errors import BaseNotFoundError, ExitCode, SourceError, UsageError
from ssot_action.source import entries, git
from ssot_action.source.entries import Entry, EntryKind
from ssot_action.source.git import GitRepository, GitTree
from ssot_action.source.project import load_layout
from ssot_action.source.tree import WorkingTree

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def run_git(root: Path, *arguments: str) -> str:
    environment = {**os.environ, **IDENTITY}
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, files: dict[str, str | bytes | None], message: str = "change") -> str:
    for path, contents in files.items():
        place = root / path
        if contents is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    run_git(root, "add", "-A")
    run_git(root, "commit", "-q", "--allow-empty", "-m", message)
    return run_git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "repository"
    place.mkdir()
    run_git(place, "init", "-q", "-b", "main")
    return place


def test_a_commit_reads_like_the_folder_it_was_made_from(root: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "convex/schema.ts": "schema",
        "convex/lib/a b.ts": "spaces",
        "convex/é\U0001f600.ts": "unicode",
        "convex/new\nline\t.ts": "odd",
        "convex/empty.ts": "",
        "convex/binary.ts": b"\x00\xff\n\n",
        "package.json": "{}",
    }
    commit(root, files)
    with GitRepository(root).tree("HEAD") as tree:
        folder = WorkingTree(root)
        for directory in ("", "convex", "convex/lib", "none"):
            assert tree.list_directory(directory) == folder.list_directory(directory)
        tree.read_many(files)
        for path in (*files, "convex", "missing", "convex/lib"):
            assert tree.read(path) == folder.read(path)
            assert tree.is_file(path) == folder.is_file(path)
            assert tree.is_directory(path) == folder.is_directory(path)
        assert load_layout(tree) == load_layout(folder)


def test_each_commit_has_its_own_files(root: Path) -> None:
    first = commit(root, {"convex/a.ts": "one", "convex/b.ts": "b"})
    second = commit(root, {"convex/a.ts": "two", "convex/b.ts": None})
    repository = GitRepository(root)
    old, new = repository.tree(first), repository.tree(second)
    assert (old.commit, new.commit) == (first, second)
    assert (old.read("convex/a.ts"), new.read("convex/a.ts")) == (b"one", b"two")
    assert (old.read("convex/b.ts"), new.read("convex/b.ts")) == (b"b", None)


def test_what_is_not_committed_is_not_seen(root: Path) -> None:
    commit(root, {"convex/a.ts": "committed", ".gitignore": "ignored"})
    (root / "convex/a.ts").write_text("edited")
    (root / "convex/b.ts").write_text("new")
    tree = GitRepository(root).tree("HEAD")
    assert tree.read("convex/a.ts") == b"committed"
    assert tree.read("convex/b.ts") is None


def test_a_revision_may_be_a_branch_a_tag_an_id_or_an_expression(root: Path) -> None:
    first = commit(root, {"a": "1"})
    run_git(root, "tag", "-a", "v1", "-m", "release")
    second = commit(root, {"a": "2"})
    repository = GitRepository(root)
    for revision in ("v1", "main~1", "HEAD^", first, first[:10], "v1^{commit}"):
        assert repository.resolve_revision(revision) == first
    assert repository.resolve_revision("main") == second


@pytest.mark.parametrize("revision", ["", "-h", "--all", "--output=x", "a\nb", "a\0b"])
def test_what_cannot_be_a_revision_is_a_usage_error(root: Path, revision: str) -> None:
    commit(root, {"a": "1"})
    with pytest.raises(UsageError, match="not a revision"):
        GitRepository(root).resolve_revision(revision)
    assert not (root / "x").exists()


@pytest.mark.parametrize("revision", ["nowhere", "0" * 40, "HEAD~99", "HEAD:a", "HEAD^{tree}"])
def test_an_unknown_revision_is_told_with_the_way_out(root: Path, revision: str) -> None:
    commit(root, {"a": "1"})
    with pytest.raises(BaseNotFoundError, match="has no commit") as caught:
        GitRepository(root).tree(revision)
    assert caught.value.exit_code is ExitCode.BASE_NOT_FOUND
    assert revision in caught.value.problem
    assert caught.value.hint == f"Fetch it first: git fetch origin {revision}"


def test_a_repository_without_commits_has_no_head(root: Path) -> None:
    with pytest.raises(BaseNotFoundError):
        GitRepository(root).tree("HEAD")


def test_a_shallow_clone_gets_its_own_advice(root: Path, tmp_path: Path) -> None:
    first = commit(root, {"a": "1"})
    commit(root, {"a": "2"})
    run_git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    repository = GitRepository(tmp_path / "shallow")
    assert repository.is_shallow()
    assert repository.tree("HEAD").read("a") == b"2"
    with pytest.raises(BaseNotFoundError) as caught:
        repository.resolve_revision(first)
    assert caught.value.hint is not None
    assert "fetch-depth: 0" in caught.value.hint


def test_a_partial_clone_fetches_nothing_and_says_so(root: Path, tmp_path: Path) -> None:
    run_git(root, "config", "uploadpack.allowFilter", "true")
    commit(root, {"a": "1"})
    clone = ["clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{root}", "partial"]
    run_git(tmp_path, *clone)
    with GitRepository(tmp_path / "partial").tree("HEAD") as tree:
        with pytest.raises(SourceError, match="a: the content is not in this partial clone"):
            tree.read_many(["a"])
        with pytest.raises(SourceError, match="a: the content is not in this partial clone"):
            tree.read("a")


def test_a_project_in_a_subdirectory_has_its_own_root(root: Path) -> None:
    commit(root, {"apps/w[e]b/convex/a.ts": "A", "convex/other.ts": "O"})
    tree = GitRepository(root / "apps/w[e]b").tree("main")
    assert tree.read("convex/a.ts") == b"A"
    assert tree.list_directory("") == (Entry("convex", EntryKind.DIRECTORY),)
    assert tree.read("convex/other.ts") is None


def test_a_commit_older_than_the_project_is_an_empty_project(root: Path) -> None:
    first = commit(root, {"readme": "r", "was": "a file"})
    commit(root, {"was": None})
    commit(root, {"apps/web/convex/a.ts": "A", "was/convex/a.ts": "A"})
    assert GitRepository(root / "apps/web").tree(first).list_directory("") == ()
    assert GitRepository(root / "was").tree(first).list_directory("") == ()


def test_a_bare_repository_is_read(root: Path, tmp_path: Path) -> None:
    commit(root, {"convex/a.ts": "A"})
    run_git(tmp_path, "clone", "-q", "--bare", str(root), "bare.git")
    assert GitRepository(tmp_path / "bare.git").tree("main").read("convex/a.ts") == b"A"


def test_a_linked_working_tree_is_read(root: Path, tmp_path: Path) -> None:
    commit(root, {"convex/a.ts": "A"})
    run_git(root, "worktree", "add", "-q", str(tmp_path / "linked"))
    assert GitRepository(tmp_path / "linked").tree("HEAD").read("convex/a.ts") == b"A"


def test_links_follow_the_rules_of_every_tree(root: Path) -> None:
    (root / "convex").symlink_to("backend/convex")
    (root / "out").symlink_to("../secret")
    (root / "absolute").symlink_to("/etc")
    commit(root, {"backend/convex/a.ts": "A"})
    tree = GitRepository(root).tree("HEAD")
    assert tree.read("convex/a.ts") == b"A"
    assert tree.real_path("convex/a.ts") == "backend/convex/a.ts"
    assert tree.leaves_repository("out/x")
    assert tree.leaves_repository("absolute/passwd")


def test_a_link_out_of_the_project_is_refused_although_git_has_the_file(root: Path) -> None:
    (root / "app").mkdir()
    (root / "app/shared").symlink_to("../shared")
    commit(root, {"shared/a.ts": "A", "app/b.ts": "B"})
    assert GitRepository(root / "app").tree("HEAD").leaves_repository("shared/a.ts")


def test_a_submodule_is_neither_file_nor_directory(root: Path) -> None:
    head = commit(root, {"a": "1"})
    run_git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    run_git(root, "commit", "-q", "-m", "submodule")
    tree = GitRepository(root).tree("HEAD")
    assert tree.list_directory("") == (Entry("a", EntryKind.FILE), Entry("sub", EntryKind.OTHER))
    assert tree.read("sub") is None


def test_an_executable_file_is_a_file(root: Path) -> None:
    (root / "run.ts").write_text("R")
    (root / "run.ts").chmod(0o755)
    commit(root, {})
    assert GitRepository(root).tree("HEAD").read("run.ts") == b"R"


def test_filters_hooks_and_replacements_have_no_part(root: Path, tmp_path: Path) -> None:
    first = commit(
        root, {"a.ts": "honest", ".gitattributes": "*.ts filter=f diff=d text eol=crlf\n"}
    )
    mark = tmp_path / "ran"
    for key in ("filter.f.smudge", "diff.d.textconv", "core.fsmonitor", "core.pager"):
        run_git(root, "config", key, f"touch {mark}; cat")
    (tmp_path / "evil").write_text("replaced")
    evil = run_git(root, "hash-object", "-w", str(tmp_path / "evil"))
    run_git(root, "replace", run_git(root, "rev-parse", f"{first}:a.ts"), evil)
    mark.unlink(missing_ok=True)
    assert GitRepository(root).tree("HEAD").read("a.ts") == b"honest"
    assert not mark.exists()


def test_the_callers_git_variables_have_no_part(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root, {"a": "right"})
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    run_git(wrong, "init", "-q", "-b", "main")
    commit(wrong, {"a": "wrong"})
    monkeypatch.setenv("GIT_DIR", str(wrong / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(wrong))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(wrong / ".git/objects"))
    monkeypatch.setenv("GIT_NAMESPACE", "x")
    assert GitRepository(root).tree("HEAD").read("a") == b"right"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_a_repository_of_another_user_is_read(root: Path) -> None:
    commit(root, {"a": "1"})
    for directory, names, files in os.walk(root):
        for name in ("", *names, *files):
            os.chown(Path(directory, name), 12345, 12345)
    assert GitRepository(root).tree("HEAD").read("a") == b"1"


def test_a_folder_without_repository_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is in no git repository"):
        GitRepository(tmp_path)
    with pytest.raises(UsageError, match="is in no git repository"):
        GitRepository(tmp_path / "missing")


def test_a_machine_without_git_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(UsageError, match="git is not installed"):
        GitRepository(root)


def test_the_merge_base_is_where_two_branches_part(root: Path) -> None:
    base = commit(root, {"a": "1"})
    run_git(root, "checkout", "-q", "-b", "feature")
    feature = commit(root, {"b": "1"})
    run_git(root, "checkout", "-q", "main")
    commit(root, {"c": "1"})
    repository = GitRepository(root)
    assert repository.merge_base("main", "feature") == base
    assert repository.merge_base("feature", "feature") == feature
    with pytest.raises(BaseNotFoundError, match="nowhere"):
        repository.merge_base("main", "nowhere")


def test_histories_without_common_ancestor_are_told(root: Path) -> None:
    commit(root, {"a": "1"})
    run_git(root, "checkout", "-q", "--orphan", "island")
    commit(root, {"a": "2"})
    with pytest.raises(BaseNotFoundError, match='"main" and "island" have no common ancestor'):
        GitRepository(root).merge_base("main", "island")


def test_many_files_come_through_one_process(root: Path) -> None:
    files: dict[str, str | bytes | None] = {
        f"convex/m{index}.ts": f"{index}\n" * (index % 500) for index in range(1200)
    }
    commit(root, files)
    with GitRepository(root).tree("HEAD") as tree:
        tree.read_many(sorted(files, reverse=True))
        for path, contents in files.items():
            assert isinstance(contents, str)
            assert tree.read(path) == contents.encode()


def test_a_file_above_the_bound_is_refused_and_the_next_one_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "MAX_FILE_BYTES", 10)
    commit(root, {"big.ts": "x" * 11, "exact.ts": "y" * 10, "z.ts": "z"})
    with GitRepository(root).tree("HEAD") as tree:
        tree.read_many(["big.ts", "exact.ts"])
        with pytest.raises(SourceError, match=r"big\.ts: .*larger than"):
            tree.read("big.ts")
        assert tree.read("exact.ts") == b"y" * 10
        assert tree.read("z.ts") == b"z"
    assert entries.MAX_FILE_BYTES > 10


def test_a_damaged_object_is_an_error_and_no_wrong_content(root: Path) -> None:
    commit(root, {"a.ts": "A" * 1000, "b.ts": "B"})
    blob = run_git(root, "rev-parse", "HEAD:a.ts")
    place = root / ".git/objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"damaged")
    with GitRepository(root).tree("HEAD") as tree:
        with pytest.raises(SourceError, match=r"a\.ts: git cannot give the content"):
            tree.read("a.ts")
        assert tree.read("b.ts") == b"B"


def test_a_damaged_directory_is_an_error(root: Path) -> None:
    head = commit(root, {"sub/a.ts": "A"})
    tree = run_git(root, "rev-parse", "HEAD:sub")
    (root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(SourceError, match=f"commit {head} cannot be read"):
        GitRepository(root).tree("HEAD")


def test_a_git_that_does_not_answer_is_an_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root, {"a": "1"})
    repository = GitRepository(root)

    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 120)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(SourceError, match="git rev-parse did not end within 120 seconds"):
        repository.resolve_revision("HEAD")


def test_a_closed_tree_reads_on(root: Path) -> None:
    commit(root, {"a": "1", "b": "2"})
    tree: GitTree = GitRepository(root).tree("HEAD")
    assert tree.read("a") == b"1"
    tree.close()
    assert tree.read("b") == b"2"
    tree.close()
