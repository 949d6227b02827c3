"""The answers to "what does this import mean?"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias


class Platform(StrEnum):
    """esbuild's platform: `browser` for Convex's own runtime, `node` under `"use node"`."""

    BROWSER = "browser"
    NODE = "node"


class UnresolvedReason(StrEnum):
    """Why an import leads nowhere."""

    INVALID = "invalid"
    NOT_EXPORTED = "not-exported"
    NOT_FOUND = "not-found"
    OUTSIDE_REPOSITORY = "outside-repository"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PackageImport:
    """A package that is not in the tree.

    Attributes:
        name: With its scope: `convex`, `@convex-dev/auth`.
        subpath: What follows, without slash: `server`, empty for the package itself.
    """

    name: str
    subpath: str = ""

    @property
    def exports_key(self) -> str:
        """The subpath as `exports` writes it: `.` or `./server`."""
        return f"./{self.subpath}" if self.subpath else "."

    @property
    def specifier(self) -> str:
        """Name and subpath as in an import."""
        return f"{self.name}/{self.subpath}" if self.subpath else self.name


@dataclass(frozen=True, slots=True)
class ResolvedFile:
    """A file in the tree.

    Attributes:
        path: Its real path, links followed: the identity of the module.
        package: How it was asked for, when by the name of a package (installed or of the
            workspace).
        note: Why this file stands for another that is not there.
    """

    path: str
    package: PackageImport | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GeneratedModule:
    """Code that `convex codegen` makes; often not committed, and known without reading it.

    Attributes:
        directory: The functions directory that holds `_generated`.
        name: `api`, `server`, `dataModel` or `component`.
    """

    directory: str
    name: str


@dataclass(frozen=True, slots=True)
class NodeBuiltin:
    """A module of Node.js; `name` is without `node:`."""

    name: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An import that leads nowhere.

    Attributes:
        reason: The kind of failure.
        message: One sentence that names the specifier.
        attempts: Paths that were looked for, without the extensions that were tried.
    """

    reason: UnresolvedReason
    message: str
    attempts: tuple[str, ...] = ()


Resolution: TypeAlias = ResolvedFile | PackageImport | GeneratedModule | NodeBuiltin | Unresolved

_NODE_BUILTINS: Final = frozenset(
    """
    _http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex
    _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable _tls_common
    _tls_wrap assert async_hooks buffer child_process cluster console constants crypto dgram
    diagnostics_channel dns domain events fs http http2 https inspector module net os path
    perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls
    trace_events tty url util v8 vm wasi worker_threads zlib
    """.split()  # noqa: SIM905 - a list of one word a line would fill two screens
)
_SUBPATH_BUILTINS: Final = frozenset(
    {
        "assert/strict",
        "dns/promises",
        "fs/promises",
        "inspector/promises",
        "path/posix",
        "path/win32",
        "readline/promises",
        "stream/consumers",
        "stream/promises",
        "stream/web",
        "timers/promises",
        "util/types",
    }
)


def is_node_builtin(specifier: str) -> bool:
    """Return whether Node.js itself has a module of this name."""
    return specifier in _NODE_BUILTINS or specifier in _SUBPATH_BUILTINS


def split_package(specifier: str) -> PackageImport | None:
    """Return package name and subpath of a bare specifier, None when it cannot name a package."""
    first, _, rest = specifier.partition("/")
    if first.startswith("@"):
        second, _, rest = rest.partition("/")
        if len(first) == 1 or not second:
            return None
        name = f"{first}/{second}"
    else:
        name = first
    if not name or name[0] in ".~#/_" or any(mark in name for mark in ":\\%?"):
        return None
    return PackageImport(name, rest.rstrip("/"))
