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

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read; ten thousand functions need about a third of it."""

MAX_JSON_NESTING: Final = 450
"""Levels of JSON; the deepest validator that we write needs 360."""

_REGENERATE: Final = "Run `convex-ssot sync-to-context` to write it anew."

_Path: TypeAlias = tuple[str | int, ...]


class _Problem(NamedTuple):
    """What is wrong with the value at `path`."""

    path: _Path
    message: str


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
        ContractError: It is no JSON object, or larger or nested deeper than is read.
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
    if _nests_too_deep(value):
        problem = f"nests deeper than {MAX_JSON_NESTING} levels"
        raise ContractError(problem, file=file, line=1, hint=hint)
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


def _nests_too_deep(value: Json) -> bool:
    level = [value]
    for _ in range(MAX_JSON_NESTING):
        nested = [item for item in level if isinstance(item, dict | list)]
        if not nested:
            return False
        level = [
            child
            for item in nested
            for child in (item.values() if isinstance(item, dict) else item)
        ]
    return any(isinstance(item, dict | list) for item in level)


def _database_problems(contract: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _version_problems(contract, path, DATABASE_VERSION)
    for table, place in _objects(contract, path, "tables", required=True):
        if isinstance(table, _Problem):
            yield table
            continue
        yield from _text_problems(table, place, ("name",))
        for key in ("documentType", "stagedDocumentType"):
            yield from _validator_problems(table, place, key)
        for name, texts in (
            ("columns", ("name", "type")),
            ("indexes", ("name", "type")),
            ("relations", ("field", "to")),
        ):
            for entry, where in _objects(table, place, name, required=name == "columns"):
                if isinstance(entry, _Problem):
                    yield entry
                else:
                    yield from _text_problems(entry, where, texts)
                    yield from _validator_problems(entry, where, "validator")
    yield from _list_problems(contract, path, "unresolved", ("path",))


def _functions_problems(contract: Contract, path: _Path) -> Iterator[_Problem]:
    yield from _version_problems(contract, path, FUNCTIONS_VERSION)
    for function, place in _objects(contract, path, "functions", required=True):
        if isinstance(function, _Problem):
            yield function
            continue
        yield from _text_problems(function, place, ("functionId", "kind", "visibility"))
        yield from _validator_problems(function, place, "args")
        if function.get("returns") is not None:
            yield from _validator_problems(function, place, "returns")
    yield from _list_problems(contract, path, "httpRoutes", ("method", "path"))
    yield from _list_problems(contract, path, "crons", ("identifier",))
    yield from _list_problems(contract, path, "unresolved", ("path",))
    for component, place in _objects(contract, path, "components"):
        if isinstance(component, _Problem):
            yield component
            continue
        yield from _text_problems(component, place, ("name",))
        yield from _nested_problems(component, place, "schema", _database_problems)
        yield from _nested_problems(component, place, "functions", _functions_problems)


def _nested_problems(
    component: Contract,
    path: _Path,
    key: str,
    check: Callable[[Contract, _Path], Iterator[_Problem]],
) -> Iterator[_Problem]:
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
    contract: Contract, path: _Path, key: str, texts: tuple[str, ...]
) -> Iterator[_Problem]:
    for entry, place in _objects(contract, path, key):
        if isinstance(entry, _Problem):
            yield entry
        else:
            yield from _text_problems(entry, place, texts)


def _objects(
    parent: Contract, path: _Path, key: str, *, required: bool = False
) -> Iterator[tuple[Contract | _Problem, _Path]]:
    """Yield the objects of a list with their paths, or what is wrong with them."""
    path = (*path, key)
    entries = parent.get(key)
    if not isinstance(entries, list):
        if required or key in parent:
            yield _Problem(path, "is not a list"), path
        return
    for position, entry in enumerate(entries):
        place = (*path, position)
        if isinstance(entry, dict):
            yield entry, place
        else:
            yield _Problem(place, "is not an object"), place


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
    opening = text[start]
    if opening not in "{[":
        return None
    position, index = _skip_space(text, start + 1), 0
    while text[position] not in "]}":
        name: Json = index
        if opening == "{":
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
