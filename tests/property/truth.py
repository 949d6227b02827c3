"""What a generated project is about: tables and functions, as Convex would export them.

It is drawn first; `spelling.py` then writes a program for it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from random import Random

Json: TypeAlias = dict[str, Any]
# Field name -> ValidatorJSON of the field and whether it is optional.
Fields: TypeAlias = dict[str, tuple[Json, bool]]

TABLES = ("users", "messages", "audit_log", "Teams2")
FIELDS = ("name", "kind", "owner", "a-b", "7", "10", "$ref", "toString", "größe", "constructor")
STRINGS = ("", "a", "two words", "it's", 'say "x"', "a\\b", "line\nbreak", "${x}`", "é\u2028\U0001f600")
NUMBERS = (0, 1, -1, 2.5, 1e21, 1e-7, 2**53, 0.1)
INTEGERS = (0, 1, -1, 2**63 - 1, -(2**63), 10**15)
PLAIN = ("string", "number", "bigint", "boolean", "null", "any", "bytes")
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Literal:
    """The value of a literal validator; a bigint is an `int`, a number a `float`."""

    value: str | bool | int | float

    @property
    def json(self) -> Json:
        """Its ValidatorJSON."""
        value: Any = self.value
        if isinstance(value, float):
            value = int(value) if value.is_integer() and abs(value) < 1e21 else value
        elif isinstance(value, int) and not isinstance(value, bool):
            data = value.to_bytes(8, "little", signed=True)
            value = {"$integer": base64.b64encode(data).decode()}
        return {"type": "literal", "value": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its document type and its indexes, name -> fields."""

    name: str
    document: Json
    indexes: dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function; `args` is None where it takes anything, `returns` where it says nothing."""

    module: str
    name: str
    kind: str
    is_internal: bool
    args: Fields | None
    returns: Json | None

    @property
    def id(self) -> str:
        """As the function contract has it."""
        return f"{self.module}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A whole project."""

    tables: tuple[Table, ...]
    functions: tuple[Function, ...]
    validates: bool


def object_json(fields: Fields) -> Json:
    """Return the ValidatorJSON of an object with `fields`."""
    value = {
        name: {"fieldType": json, "optional": optional} for name, (json, optional) in fields.items()
    }
    return {"type": "object", "value": value}


def draw_truth(random: Random) -> Truth:
    """Return a project."""
    names = random.sample(TABLES, random.randint(1, 3))
    tables = tuple(_draw_table(random, name) for name in names)
    functions = []
    for module in random.sample(("api", "lib/deep/mutations", "other"), random.randint(1, 2)):
        exports = random.sample(("list", "send", "get", "default", "remove"), random.randint(1, 3))
        functions += [_draw_function(random, module, name, tables) for name in exports]
    return Truth(tables=tables, functions=tuple(functions), validates=random.random() < 0.8)


def _draw_table(random: Random, name: str) -> Table:
    documents = [draw_fields(random, 0) for _ in range(random.choice((1, 1, 1, 2)))]
    objects = [object_json(fields) for fields in documents]
    document = objects[0] if len(objects) == 1 else {"type": "union", "value": objects}
    fields = [*documents[0], "_creationTime"]
    indexes = {
        f"by_{position}": random.sample(fields, min(len(fields), random.randint(1, 2)))
        for position in range(random.randint(0, 2))
    }
    return Table(name=name, document=document, indexes=indexes)


def _draw_function(
    random: Random, module: str, name: str, tables: tuple[Table, ...]
) -> Function:
    args = None if random.random() < 0.15 else draw_fields(random, 0)
    if args is not None and random.random() < 0.2:
        args["doc"] = (random.choice(tables).document, False)
    return Function(
        module=module,
        name=name,
        kind=random.choice(("query", "mutation", "action")),
        is_internal=random.random() < 0.3,
        args=args,
        returns=None if random.random() < 0.4 else draw_validator(random, 0),
    )


def draw_fields(random: Random, depth: int) -> Fields:
    """Return fields of an object at `depth`."""
    names = random.sample(FIELDS, random.randint(0, 3))
    return {name: (draw_validator(random, depth + 1), random.random() < 0.3) for name in names}


def draw_literal(random: Random) -> Literal:
    """Return the value of a literal."""
    match random.randrange(4):
        case 0:
            return Literal(random.choice((True, False)))
        case 1:
            return Literal(float(random.choice(NUMBERS)))
        case 2:
            return Literal(random.choice(INTEGERS))
        case _:
            return Literal(random.choice(STRINGS))


def draw_validator(random: Random, depth: int) -> Json:
    """Return the ValidatorJSON of a validator at `depth`."""
    kinds = ("plain", "plain", "id", "literal", "array", "object", "union", "record")
    kind = random.choice(kinds if depth < DEEPEST else kinds[:4])
    match kind:
        case "plain":
            return {"type": random.choice(PLAIN)}
        case "id":
            return {"type": "id", "tableName": random.choice(TABLES)}
        case "literal":
            return draw_literal(random).json
        case "array":
            return {"type": "array", "value": draw_validator(random, depth + 1)}
        case "object":
            return object_json(draw_fields(random, depth))
        case "record":
            keys: Json = random.choice(({"type": "string"}, {"type": "id", "tableName": "users"}))
            values = {"fieldType": draw_validator(random, depth + 1), "optional": False}
            return {"type": "record", "keys": keys, "values": values}
        case _:
            return {"type": "union", "value": _draw_members(random, depth)}


def _draw_members(random: Random, depth: int) -> list[Json]:
    count = random.randint(1, 3)
    if random.random() < 0.5:
        return [draw_literal(random).json for _ in range(count)]
    return [draw_validator(random, depth + 1) for _ in range(count)]
