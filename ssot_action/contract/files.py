"""The contracts on disk: both are written, or none is."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ssot_action.contract.encoding import encode
from ssot_action.contract.kinds import Contract, ContractKind
from ssot_action.contract.reading import locate, read_bytes
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

UNDATED: Final = "1970-01-01T00:00:00.000Z"
"""The `updatedAt` of a contract that is built and not yet written."""

_UPDATED_AT: Final = re.compile(rb'\A\s*\{\s*"version": \d+,\s*"updatedAt": "([0-9TZ:.+-]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """A contract after writing: `changed` tells whether its file was touched."""

    path: str
    changed: bool


@dataclass(frozen=True, slots=True)
class _Prepared:
    """New content beside the file that it is going to replace."""

    file: str
    target: Path
    temporary: Path
    previous: bytes | None


def timestamp(moment: datetime) -> str:
    """Return `moment` as the contracts write it: UTC, milliseconds, `Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def contract_bytes(contract: Contract) -> bytes:
    """Return the content of the file of a contract."""
    return encode(contract) + b"\n"


def write_contracts(
    root: Path, *, database: Contract, functions: Contract, now: Callable[[], datetime]
) -> tuple[WrittenFile, WrittenFile]:
    """Write both contracts below `root` and tell what became of each, the database's first.

    A file whose content would differ in `updatedAt` only is left alone; `now` dates the others.

    Raises:
        ContractError: A file cannot be written; then neither has changed.
    """
    contracts = {ContractKind.DATABASE: database, ContractKind.FUNCTIONS: functions}
    updates: dict[str, bytes] = {}
    updated_at: str | None = None
    for kind, contract in contracts.items():
        content = _undated_bytes(contract)
        if not _is_current(read_bytes(root, kind.path), content):
            updated_at = updated_at or timestamp(now())
            # The date stands near the beginning, whatever a text in the contract looks like.
            updates[kind.path] = content.replace(UNDATED.encode(), updated_at.encode(), 1)
    replace_files(root, updates)
    first, second = (
        WrittenFile(path=kind.path, changed=kind.path in updates) for kind in contracts
    )
    return first, second


def is_current(committed: bytes | None, contract: Contract) -> bool:
    """Tell whether the content of a committed file is `contract` at some date, to the byte.

    A file that is not may still mean the same, see `compare_contract`.
    """
    return _is_current(committed, _undated_bytes(contract))


def _undated_bytes(contract: Contract) -> bytes:
    return contract_bytes({**contract, "updatedAt": UNDATED})


def _is_current(committed: bytes | None, content: bytes) -> bool:
    """Tell whether `committed` is `content` at another date, line ends of any kind."""
    dated = _UPDATED_AT.match(committed or b"")
    if committed is None or dated is None:
        return False
    undated = committed[: dated.start(1)] + UNDATED.encode() + committed[dated.end(1) :]
    return undated == content or undated.replace(b"\r\n", b"\n") == content


def replace_files(root: Path, updates: Mapping[str, bytes]) -> None:
    """Replace files of the repository by new content, all of them or none.

    Each new file is complete beside the old one before the first is replaced. If a replacement
    fails, those that came before it are undone.

    Raises:
        ContractError: A file cannot be written.
    """
    prepared: list[_Prepared] = []
    done: list[_Prepared] = []
    current = ""
    try:
        for current, content in updates.items():
            prepared.append(_prepare(root, current, content))
        for update in prepared:
            current = update.file
            update.temporary.replace(update.target)
            done.append(update)
    except OSError as error:
        for update in done:
            _undo(root, update)
        problem = f"cannot be written: {error.strerror}"
        raise ContractError(problem, file=current) from error
    finally:
        for update in prepared:
            update.temporary.unlink(missing_ok=True)


def _prepare(root: Path, file: str, content: bytes) -> _Prepared:
    target = locate(root, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    previous = read_bytes(root, file)
    temporary = target.parent / f".{target.name}.{secrets.token_hex(8)}.tmp"
    # Not `tempfile`: its files are private, and a contract has the mode that `umask` gives.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
            stream.write(content)
        if previous is not None:
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return _Prepared(file, target, temporary, previous)


def _undo(root: Path, update: _Prepared) -> None:
    with contextlib.suppress(OSError, ContractError):  # the first error is the one to report
        if update.previous is None:
            update.target.unlink()
        else:
            _prepare(root, update.file, update.previous).temporary.replace(update.target)
