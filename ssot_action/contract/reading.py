"""Committed contracts and other JSON files of the context directory, read with suspicion.

A file may come from us, from the older generator or from somebody's editor. What is returned has
the shape that the older format promises and, where our own fields are present, theirs; everything
else in it is kept as it is.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn, TypeAlias

from ssot_action.contract.database import DATABASE_VERSION
from ssot_action.contract.functions import FUNCTIONS_VERSION
from ssot_action.contract.kinds import Contract, ContractKind
from ssot_action.contract.validators import is_validator
from ssot_action.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ssot_action.contract.encoding import Json

MAX_BYTES: Final = 128 * 1024 * 1024
"""The largest file that is read; ten thousand functions need about a third of it."""

_REGENERATE: Final = "Run `convex-ssot sync-to-context` to write it anew."

_Path: TypeAlias = tuple[str | int, ...]


class _Problem(NamedTuple):
    """What is wrong with the value at `path`."""

    path: _Path
    message: str


_Check: TypeAlias = "Callable[[Contract, _Path], Iterator[_Problem]]"


def read_contract(root: Path, kind: ContractKind) -> Contract | None:
    """Return the contract committed in the repository at `root`, None if there is no file.

    Raises:
        ContractError: It cannot be read, or is not a contract of that kind.
    """
    data = read_bytes(root, kind.path)
    return None if data is None else parse_contract(data, kind, file=kind.path)


def parse_contract(data: bytes, kind: ContractKind, *, file: str) -> Contract:
    """Return the contract that `data`, the content of `file`, is.

    Raises:
        ContractError: It is not a contract of that kind.
    """
    text, contract = parse_object(data, file=file, hint=_REGENERATE)
    check = _database_problems if kind is ContractKind.DATABASE else _functions_problems
    for problem in check(contract, ()):
        line = _line_of(text, problem.path)
        place = spell_path(problem.path)
        message = f"{place} {problem.message}" if place else f"the contract {problem.message}"
        raise ContractError(message, file=file, line=line, hint=_REGENERATE)
    return contract


def read_bytes(root: Path, file: str) -> bytes | None:
    """Return the content of a file of the repository, None if it does not exist.

    Raises:
        ContractError: It is outside of the repository, too large, or cannot be read.
    """
    path = locate(root, file)
    if path.exists() and not path.is_file():  # to open a pipe would wait for its writer
        raise ContractError("is not a regular file", file=file)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise ContractError(problem, file=file) from error
    _refuse_large(data, file)
    return data


def locate(root: Path, file: str) -> Path:
    """Return where `file` of the repository is, symbolic links followed.

    Raises:
        ContractError: That is outside of the repository.
    """
    try:
        path = (root / file).resolve()
        is_inside = path.is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise ContractError("is a symbolic link that leads nowhere", file=file) from error
    if not is_inside:
        raise ContractError("leads to a file outside of the repository", file=file)
    return path


def parse_object(data: bytes, *, file: str, hint: str | None = None) -> tuple[str, Contract]:
    """Return the text and the JSON object that `data`, the content of `file`, is.

    Raises:
        ContractError: It is no JSON object, or too large, or nests too deep to be read.
    """
    _refuse_large(data, file)
    text = _decode(data, file, hint)
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite_float)
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg}"
        raise ContractError(
            problem, file=file, line=error.lineno, column=error.colno, hint=hint
        ) from error
    except ValueError as error:
        problem = f"is not JSON: {error}"
        raise ContractError(problem, file=file, hint=hint) from error
    except RecursionError as error:
        raise ContractError("nests too deep", file=file, line=1, hint=hint) from error
    if not isinstance(value, dict):
        raise ContractError("is not a JSON object", file=file, line=1, hint=hint)
    return text, value


def _refuse_large(data: bytes, file: str) -> None:
    if len(data) > MAX_BYTES:
        problem = f"is larger than {MAX_BYTES // 1024**2} MiB"
        raise ContractError(problem, file=file)


def _decode(data: bytes, file: str, hint: str | None) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContractError("is not UTF-8", file=file, line=line, hint=hint) from error


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON number"
    raise ValueError(message)


def _finite_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        problem = f"{text} is too large a number"
        raise ValueError(problem)
    return number


def _database_problems(contract: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _version_problems(contract, path, DATABASE_VERSION)
    yield from _list_problems(contract, path, "tables", _table_problems, required=True)
    yield from _list_problems(contract, path, "unresolved", _texts("path"))


def _table_problems(table: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _text_problems(table, path, ("name",))
    yield from _list_problems(table, path, "columns", _column_problems, required=True)
    yield from _list_problems(table, path, "indexes", _texts("name", "type"))
    yield from _list_problems(table, path, "relations", _texts("field", "to"))
    yield from _validator_problems(table, path, "documentType")
    yield from _validator_problems(table, path, "stagedDocumentType")


def _column_problems(column: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _text_problems(column, path, ("name", "type"))
    yield from _validator_problems(column, path, "validator")


def _functions_problems(contract: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _version_problems(contract, path, FUNCTIONS_VERSION)
    yield from _list_problems(contract, path, "functions", _function_problems, required=True)
    yield from _list_problems(contract, path, "httpRoutes", _texts("method", "path"))
    yield from _list_problems(contract, path, "crons", _texts("identifier"))
    yield from _list_problems(contract, path, "components", _component_problems)
    yield from _list_problems(contract, path, "unresolved", _texts("path"))


def _function_problems(function: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _text_problems(function, path, ("functionId", "kind", "visibility"))
    yield from _validator_problems(function, path, "args")
    if function.get("returns") is not None:
        yield from _validator_problems(function, path, "returns")


def _component_problems(component: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _text_problems(component, path, ("name",))
    for key, check in (("schema", _database_problems), ("functions", _functions_problems)):
        nested = component.get(key)
        if isinstance(nested, dict):
            yield from check(nested, (*path, key))
        elif key in component:
            yield _Problem((*path, key), "is not an object")


def _version_problems(contract: Contract, path: _Path, known: int) -> Iterator[_Problem]:
    version = contract.get("version")
    if isinstance(version, bool) or version != known:
        yield _Problem((*path, "version"), f"is not {known}, the version that is known")


def _list_problems(
    parent: Contract, path: _Path, key: str, check: _Check, *, required: bool = False
) -> Iterator[_Problem]:
    """Yield what is wrong with a list of objects and, by `check`, with each of them."""
    path = (*path, key)
    entries = parent.get(key)
    if isinstance(entries, list):
        for position, entry in enumerate(entries):
            if isinstance(entry, dict):
                yield from check(entry, (*path, position))
            else:
                yield _Problem((*path, position), "is not an object")
    elif required or key in parent:
        yield _Problem(path, "is not a list")


def _texts(*keys: str) -> _Check:
    return lambda entry, path: _text_problems(entry, path, keys)


def _text_problems(entry: Contract, path: _Path, keys: tuple[str, ...]) -> Iterator[_Problem]:
    for key in keys:
        if not isinstance(entry.get(key), str):
            yield _Problem((*path, key), "is not a string")


def _validator_problems(entry: Contract, path: _Path, key: str) -> Iterator[_Problem]:
    if key in entry and not is_validator(entry[key]):
        yield _Problem((*path, key), "is not a validator as Convex exports it")


def spell_path(path: _Path) -> str:
    """Return a path into JSON as `tables[2].name`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


def _line_of(text: str, path: _Path) -> int:
    """Return the line of the value at `path`, or of the nearest value around it that is there."""
    decoder = json.JSONDecoder()
    position = _skip_space(text, 0)
    for step in path:
        found = _step_into(text, position, step, decoder)
        if found is None:
            break
        position = found
    return text.count("\n", 0, position) + 1


def _step_into(text: str, start: int, step: str | int, decoder: json.JSONDecoder) -> int | None:
    """Return where the member `step` of the object or array at `start` begins."""
    is_object = text[start] == "{"
    position, index = _skip_space(text, start + 1), 0
    while text[position] not in "]}":
        name: Json = index
        if is_object:
            name, position = decoder.raw_decode(text, position)
            position = _skip_space(text, _skip_space(text, position) + 1)
        if name == step:
            return position
        _, position = decoder.raw_decode(text, position)
        position = _skip_space(text, position)
        if text[position] == ",":
            position = _skip_space(text, position + 1)
        index += 1
    return None


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position
