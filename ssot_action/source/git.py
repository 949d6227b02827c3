"""Any commit of a git repository, read from its object database without a checkout.

`git ls-tree` lists a commit once; one `git cat-file --batch` process serves all contents. Neither
runs hooks, filters or textconv programs, and none of the caller's `GIT_*` variables and
configuration files reach git: what is read depends on the repository alone. The repository may
belong to another user, as a container's workspace does, and nothing is fetched: an object that a
partial clone lacks is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import deque
from typing import IO, TYPE_CHECKING, Final, Self

from ssot_action.errors import BaseNotFoundError, SourceError, UsageError
from ssot_action.source.entries import MAX_FILE_BYTES, EntryKind, decode_name, too_large
from ssot_action.source.paths import join_path, parent_path
from ssot_action.source.tree import StoredTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TIMEOUT_SECONDS: Final = 120
# Requests in flight. All of them fit the pipe to git, so that writing never waits for an answer to
# be read.
_MAX_REQUESTED: Final = 128
_MAX_LINK_BYTES: Final = 4096
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PARTIAL_CLONE: Final = r"^(remote\..*\.promisor|extensions\.partialclone)$"
_KINDS: Final = {
    b"040000": EntryKind.DIRECTORY,
    b"100644": EntryKind.FILE,
    b"100755": EntryKind.FILE,
    b"100664": EntryKind.FILE,
    b"120000": EntryKind.SYMLINK,
}
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_VALUE_0": "*",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class GitRepository:
    """A git repository, bare or not, seen from a folder that may be any one of its subdirectories.

    Args:
        root: The folder whose content is the project: the repository itself or a directory in it.

    Raises:
        UsageError: There is no git, or no git repository at `root`.
    """

    __slots__ = ("_git", "_prefix", "_root")

    def __init__(self, root: str | os.PathLike[str]) -> None:
        git = shutil.which("git")
        if git is None:
            raise UsageError(
                "git is not installed, and a commit is to be read",
                hint="Install git, or read the working tree (without --ref).",
            )
        self._git: Final = git
        self._root: Final = os.path.realpath(root)
        answer = self._run("rev-parse", "--show-prefix")
        if answer.returncode != 0:
            problem = f"{os.fspath(root)} is in no git repository: {_last_line(answer.stderr)}"
            raise UsageError(problem, hint="Name a folder of a git repository with --repo-root.")
        self._prefix: Final = answer.stdout.removesuffix(b"\n").removesuffix(b"/")

    def resolve_revision(self, revision: str) -> str:
        """Return the id of the commit that a branch, tag, commit id or expression names.

        Raises:
            UsageError: The text cannot be a revision.
            BaseNotFoundError: The repository does not have it.
        """
        if not revision or revision.startswith("-") or any(mark in revision for mark in "\0\n\r"):
            problem = f"not a revision: {revision!r}"
            raise UsageError(problem, hint="Name a branch, a tag or a commit id.")
        answer = self._run("rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
        commit = answer.stdout.decode("ascii", "replace").strip()
        if answer.returncode != 0 or not _OBJECT_ID.fullmatch(commit):
            problem = f'the repository has no commit "{revision}"'
            raise BaseNotFoundError(problem, hint=self._advice(revision))
        return commit

    def merge_base(self, first: str, second: str) -> str:
        """Return the id of the best common ancestor of two revisions.

        Raises:
            UsageError: A text cannot be a revision.
            BaseNotFoundError: A revision or a common ancestor is missing.
        """
        commits = (self.resolve_revision(first), self.resolve_revision(second))
        answer = self._run("merge-base", *commits)
        commit = answer.stdout.decode("ascii", "replace").partition("\n")[0]
        if answer.returncode != 0 or not _OBJECT_ID.fullmatch(commit):
            problem = f'"{first}" and "{second}" have no common ancestor here'
            raise BaseNotFoundError(problem, hint=self._advice(None))
        return commit

    def is_shallow(self) -> bool:
        """Return whether the history was cut off when the repository was cloned."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def tree(self, revision: str) -> GitTree:
        """Return the source at a revision.

        Raises:
            UsageError: The text cannot be a revision.
            BaseNotFoundError: The repository does not have it.
            SourceError: Its tree cannot be read.
        """
        commit = self.resolve_revision(revision)
        arguments = ["ls-tree", "-r", "-t", "-z", "--full-tree", commit]
        if self._prefix:
            # With the directory named as a tree its entries come relative to it, however it is
            # spelled.
            arguments[-1] = f"{commit}:{os.fsdecode(self._prefix)}"
        answer = self._run(*arguments)
        if answer.returncode == 0:
            return GitTree(commit, _GitStore(self, answer.stdout))
        if self._prefix and self._run("cat-file", "-e", commit + "^{tree}").returncode == 0:
            # The commit is older than the directory: an empty project, not an error.
            return GitTree(commit, _GitStore(self, b""))
        problem = f"commit {commit} cannot be read: {_last_line(answer.stderr)}"
        raise SourceError(problem, hint=self._advice(None))

    def explain_missing_content(self, path: str | None) -> SourceError:
        """Return the error for a file whose content git cannot give."""
        answer = self._run("config", "--get-regexp", _PARTIAL_CLONE)
        if answer.stdout:
            return SourceError(
                "the content is not in this partial clone, and nothing is fetched while reading",
                file=path,
                hint="Clone without --filter (actions/checkout: without `filter`).",
            )
        return SourceError(
            "git cannot give the content: an object is missing or damaged",
            file=path,
            hint="Check the repository with `git fsck`.",
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start git with pipes to write to and to read from."""
        return subprocess.Popen(  # noqa: S603 - no shell; revisions are checked or object ids
            self._command(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
        )

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; revisions are checked or object ids
                self._command(arguments),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_ENVIRONMENT,
                timeout=_TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            problem = f"git {arguments[0]} did not end within {_TIMEOUT_SECONDS} seconds"
            raise SourceError(problem, hint="Check the disk, and try again.") from error

    def _command(self, arguments: Sequence[str]) -> list[str]:
        # The file system monitor is a program that the repository's own configuration names.
        return [
            self._git,
            "-C",
            self._root,
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            *arguments,
        ]

    def _advice(self, revision: str | None) -> str:
        if self.is_shallow():
            return (
                "The repository is a shallow clone: fetch the missing history with"
                " `git fetch --unshallow`, or set `fetch-depth: 0` for actions/checkout."
            )
        if revision is not None:
            return f"Fetch it first: git fetch origin {revision}"
        return "Fetch the missing objects with `git fetch`."


class GitTree(StoredTree):
    """The files of one commit; use it as a context manager, or call `close`, to end its process."""

    __slots__ = ("_git_store", "commit")

    def __init__(self, commit: str, store: _GitStore) -> None:
        super().__init__(store)
        self.commit: Final = commit
        self._git_store = store

    def close(self) -> None:
        """End the process that serves contents; it starts again when needed."""
        self._git_store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _GitStore:
    """The entries of one tree object and a process that serves blobs."""

    __slots__ = ("_listings", "_objects", "_process", "_repository")

    def __init__(self, repository: GitRepository, listing: bytes) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._listings: dict[str, dict[str, EntryKind]] = {"": {}}
        self._objects: dict[str, bytes] = {}
        for line in listing.split(b"\0")[:-1]:
            head, _, raw_path = line.partition(b"\t")
            mode, _, object_id = head.split(b" ")
            path = decode_name(raw_path)
            directory, _, name = path.rpartition("/")
            # A submodule (160000) is a commit of another repository: nothing to read.
            kind = _KINDS.get(mode, EntryKind.OTHER)
            self._listings.setdefault(directory, {})[name] = kind
            if kind is not EntryKind.DIRECTORY:
                self._objects[path] = object_id

    def __del__(self) -> None:
        # Whoever forgets to close leaves no process behind.
        self.close()

    def list_entries(self, directory: str) -> Mapping[str, EntryKind]:
        return self._listings.get(directory, {})

    def read_link(self, path: str) -> str | None:
        target = self.read_file(path)
        if len(target) > _MAX_LINK_BYTES or b"\0" in target:
            return None
        return join_path(parent_path(path), decode_name(target))

    def read_file(self, path: str) -> bytes:
        for _, contents in self._request((path,)):
            if isinstance(contents, SourceError):
                raise contents
            return contents
        raise SourceError("git gives no content", file=path)  # pragma: no cover - it answers

    def read_files(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        for path, contents in self._request(paths):
            if not isinstance(contents, SourceError):
                yield path, contents

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _request(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | SourceError]]:
        process = self._process
        if process is None or process.poll() is not None:
            self.close()
            process = self._process = self._repository.start("cat-file", "--batch")
        requested: deque[str] = deque()
        remaining = iter(paths)
        path: str | None = None
        try:
            while True:
                while (
                    len(requested) < _MAX_REQUESTED and (path := next(remaining, None)) is not None
                ):
                    requested.append(path)
                    _input_of(process).write(self._objects[path] + b"\n")
                if not requested:
                    return
                _input_of(process).flush()
                # Half of the answers are taken before more is asked.
                for _ in range((len(requested) + 1) // 2):
                    path = requested.popleft()
                    yield path, _read_answer(process, path)
        except (OSError, ValueError) as error:
            self.close()
            raise self._repository.explain_missing_content(path) from error
        finally:
            if requested:
                # Answers nobody waits for any more would be taken for the next ones.
                self.close()


def _input_of(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:  # pragma: no cover - it was started with a pipe
        raise ValueError("the process has no input")
    return process.stdin


def _read_answer(process: subprocess.Popen[bytes], path: str) -> bytes | SourceError:
    if process.stdout is None:  # pragma: no cover - it was started with a pipe
        raise ValueError("the process has no output")
    output = process.stdout
    header = output.readline().split()
    if not header:
        raise ValueError("the process has ended")
    if header[-1] == b"missing":
        raise ValueError("the object is missing")
    size = int(header[2])
    if size <= MAX_FILE_BYTES:
        contents = output.read(size)
        if len(contents) != size or output.read(1) != b"\n":
            raise ValueError("the answer is cut off")
        return contents
    left = size + 1
    while left:
        chunk = output.read(min(left, MAX_FILE_BYTES))
        if not chunk:
            raise ValueError("the answer is cut off")
        left -= len(chunk)
    return too_large(path)


def _last_line(message: bytes) -> str:
    lines = message.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "git gives no reason"
