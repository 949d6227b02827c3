"""Where two validators differ: as deep as both have the same form, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action.contract.encoding import dumps
from ssot_action.contract.validators import is_validator, raw_text
from ssot_action.diff.meaning import same_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssot_action.contract.encoding import Json

MAX_DIFFERENCES: Final = 8
"""How many places are told of one validator."""


@dataclass(frozen=True, slots=True)
class Code:
    """Text of a repository, to be quoted."""

    text: str


Sentence: TypeAlias = tuple[str | Code, ...]


def validator_difference(old: Json, new: Json) -> Sentence:
    """Return how `new` differs from `old`, to follow a word like `changed`; empty if it does not.

    None stands for no validator at all.
    """
    parts: list[str | Code] = []
    found = list(_differences(old, new, ""))
    for difference in found[:MAX_DIFFERENCES]:
        if parts:
            parts.append(";")
        elif isinstance(difference[0], Code):
            parts.append(":")
        elif not difference[0].startswith("from "):
            parts.append(",")
        parts.extend((" ", *difference))
    if len(found) > MAX_DIFFERENCES:
        parts.append(f"; and {len(found) - MAX_DIFFERENCES} more")
    return tuple(parts)


def validator_code(validator: Json) -> str | Code:
    """Return a validator as it is written in JavaScript."""
    if validator is None:
        return "nothing declared"
    if is_validator(validator):
        return Code(raw_text(validator))
    return Code(one_line(validator))


def one_line(value: Json) -> str:
    """Return JSON on one line."""
    return " ".join(line.strip() for line in dumps(value).splitlines())


def _differences(old: Json, new: Json, path: str) -> Iterator[Sentence]:
    if same_meaning(old, new):
        return
    before, after = _value(old), _value(new)
    match _type(old), _type(new):
        case ("object", "object") if isinstance(before, dict) and isinstance(after, dict):
            yield from _field_differences(before, after, path)
        case ("array", "array"):
            yield from _differences(before, after, f"{path}[]")
        case ("union", "union") if isinstance(before, list) and isinstance(after, list):
            yield _union_difference(before, after, path, _from_to(old, new, path))
        case _:
            yield _from_to(old, new, path)


def _field_differences(old: dict[str, Json], new: dict[str, Json], path: str) -> Iterator[Sentence]:
    for name in {**old, **new}:
        inner = f"{path}.{name}" if path else name
        if name not in old:
            yield (Code(inner), " added as ", _field_code(new[name]))
        elif name not in new:
            yield (Code(inner), " removed")
        else:
            was, now = _is_optional(old[name]), _is_optional(new[name])
            if was is not now:
                yield (Code(inner), " became optional" if now else " became required")
            yield from _differences(_field_type(old[name]), _field_type(new[name]), inner)


def _union_difference(old: list[Json], new: list[Json], path: str, otherwise: Sentence) -> Sentence:
    added = [member for member in new if not any(same_meaning(member, one) for one in old)]
    removed = [member for member in old if not any(same_meaning(member, one) for one in new)]
    if len(removed) == len(old) or len(added) + len(removed) > MAX_DIFFERENCES:
        return otherwise
    parts: list[str | Code] = [Code(path)] if path else []
    for verb, members in ((" accepts also ", added), (" accepts no longer ", removed)):
        if not members:
            continue
        parts.append(f",{verb}" if len(parts) > 1 else (verb if parts else verb.lstrip()))
        for position, member in enumerate(members):
            parts += [*((", ",) if position else ()), validator_code(member)]
    return tuple(parts)


def _from_to(old: Json, new: Json, path: str) -> Sentence:
    where: Sentence = (Code(path), " ") if path else ()
    return (*where, "from ", validator_code(old), " to ", validator_code(new))


def _field_code(field: Json) -> str | Code:
    """Return the validator of an object's field, `v.optional` around it where it applies."""
    validator = _field_type(field)
    if is_validator(validator):
        return Code(raw_text(validator, optional=_is_optional(field)))
    return validator_code(validator)


def _type(validator: Json) -> Json:
    return validator.get("type") if isinstance(validator, dict) else None


def _value(validator: Json) -> Json:
    return validator.get("value") if isinstance(validator, dict) else None


def _field_type(field: Json) -> Json:
    return field.get("fieldType") if isinstance(field, dict) else None


def _is_optional(field: Json) -> bool:
    return isinstance(field, dict) and field.get("optional") is True
