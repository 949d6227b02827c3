"""Both contracts are written or none is, and only when they say something new."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssot_action.contract.database import database_contract
from ssot_action.contract.files import (
    UNDATED,
    is_current,
    replace_files,
    timestamp,
    write_contracts,
)
from ssot_action.contract.functions import functions_contract
from ssot_action.contract.kinds import ContractKind
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.contract.files import WrittenFile
    from ssot_action.contract.model import FunctionFacts, ProjectFacts

DATABASE, FUNCTIONS = (kind.path for kind in ContractKind)
FIRST = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)


def write(root: Path, project: ProjectFacts, moment: datetime) -> tuple[WrittenFile, WrittenFile]:
    return write_contracts(
        root,
        database=database_contract(project, updated_at=UNDATED),
        functions=functions_contract(project, updated_at=UNDATED),
        now=lambda: moment,
    )


def test_a_date_is_written_in_utc_with_milliseconds() -> None:
    elsewhere = FIRST.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert timestamp(elsewhere) == "2026-01-02T03:04:05.678Z"
    assert timestamp(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


def test_missing_directories_are_made_and_both_files_dated(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    written = write(tmp_path, make_project(), FIRST)
    assert [(file.path, file.changed) for file in written] == [(DATABASE, True), (FUNCTIONS, True)]
    for path in (DATABASE, FUNCTIONS):
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert '"updatedAt": "2026-01-02T03:04:05.678Z"' in text
        assert text.endswith("}\n")


def test_nothing_new_leaves_the_files_untouched(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    write(tmp_path, make_project(), FIRST)
    before = {path: (tmp_path / path).stat() for path in (DATABASE, FUNCTIONS)}
    written = write(tmp_path, make_project(), LATER)
    assert not any(file.changed for file in written)
    assert {path: (tmp_path / path).stat() for path in before} == before


def test_a_written_contract_is_current_at_any_date_and_no_other_is(
    tmp_path: Path,
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
) -> None:
    write(tmp_path, make_project(), FIRST)
    committed = (tmp_path / FUNCTIONS).read_bytes()
    other = make_project(functions=(make_function(),))
    assert is_current(committed, functions_contract(make_project(), updated_at="any"))
    assert not is_current(committed, functions_contract(other, updated_at="any"))
    assert not is_current(None, functions_contract(make_project(), updated_at="any"))


def test_only_the_file_that_changed_gets_a_new_date(
    tmp_path: Path,
    make_project: Callable[..., ProjectFacts],
    make_function: Callable[..., FunctionFacts],
) -> None:
    write(tmp_path, make_project(), FIRST)
    database, functions = write(tmp_path, make_project(functions=(make_function(),)), LATER)
    assert (database.changed, functions.changed) == (False, True)
    assert "2026-01-02" in (tmp_path / DATABASE).read_text(encoding="utf-8")
    assert "2026-01-03" in (tmp_path / FUNCTIONS).read_text(encoding="utf-8")


def test_other_line_ends_of_a_checkout_are_nothing_new(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    write(tmp_path, make_project(), FIRST)
    path = tmp_path / DATABASE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not write(tmp_path, make_project(), LATER)[0].changed


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"version": 2, "updatedAt": 7}'])
def test_a_malformed_contract_is_written_anew(
    tmp_path: Path, make_project: Callable[..., ProjectFacts], content: bytes
) -> None:
    write(tmp_path, make_project(), FIRST)
    (tmp_path / DATABASE).write_bytes(content)
    database, functions = write(tmp_path, make_project(), LATER)
    assert (database.changed, functions.changed) == (True, False)


def test_the_mode_of_a_file_is_kept_and_that_of_a_new_one_is_usual(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write(tmp_path, make_project(), FIRST)
    path = tmp_path / DATABASE
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    path.write_bytes(b"")
    write(tmp_path, make_project(), FIRST)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_inside_the_repository_stays_a_link(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    real = tmp_path / "real.json"
    path = tmp_path / DATABASE
    path.parent.mkdir(parents=True)
    path.symlink_to(real)
    write(tmp_path, make_project(), FIRST)
    assert path.is_symlink()
    assert real.read_bytes().startswith(b"{")


def test_a_directory_that_leads_outside_is_refused_before_anything_is_written(
    tmp_path: Path, make_project: Callable[..., ProjectFacts]
) -> None:
    root, outside = tmp_path / "repository", tmp_path / "outside"
    (root / "docs" / "context").mkdir(parents=True)
    outside.mkdir()
    (root / "docs" / "context" / "convex").symlink_to(outside)
    with pytest.raises(ContractError, match="outside of the repository"):
        write(root, make_project(), FIRST)
    assert list(outside.iterdir()) == []
    assert not (root / DATABASE).exists()


def files_below(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_if_one_file_cannot_be_prepared_none_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"in the way")
    before = files_below(tmp_path)
    with pytest.raises(ContractError, match="file/b"):
        replace_files(tmp_path, {"a": b"new", "file/b": b"new"})
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("previous", [b"old", None])
def test_if_a_replacement_fails_the_ones_before_it_are_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, previous: bytes | None
) -> None:
    if previous is not None:
        (tmp_path / "a").write_bytes(previous)
    before = files_below(tmp_path)
    replace = Path.replace

    def fail_for_b(self: Path, target: Path) -> Path:
        if target.name == "b":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_for_b)
    with pytest.raises(ContractError, match="b: cannot be written: No space left on device"):
        replace_files(tmp_path, {"a": b"new", "b": b"new"})
    assert files_below(tmp_path) == before


def test_a_write_that_breaks_off_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o600)

    def fail(_self: Path, _mode: int) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", fail)
    with pytest.raises(ContractError, match="a: cannot be written: Operation not permitted"):
        replace_files(tmp_path, {"a": b"new"})
    assert files_below(tmp_path) == {"a": b"old"}


def test_a_directory_without_permission_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> int:  # root, which a container often is, may write everywhere
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(ContractError, match="locked/a: cannot be written: Permission denied"):
        replace_files(tmp_path, {"locked/a": b"new"})
