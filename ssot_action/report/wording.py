"""One sentence for each fact, as parts: fixed words, and code that each format quotes its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from ssot_action.contract.encoding import dumps
from ssot_action.contract.validators import is_validator, raw_text
from ssot_action.diff.changes import (
    ArgumentsChanged,
    Change,
    ComponentAdded,
    ComponentChanged,
    ComponentRemoved,
    CronAdded,
    CronChanged,
    CronRemoved,
    DocumentTypeChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FunctionAdded,
    FunctionChange,
    FunctionRemoved,
    HttpRouteAdded,
    HttpRouteRemoved,
    IndexAdded,
    IndexChanged,
    IndexRemoved,
    KindChanged,
    ReturnsChanged,
    SchemaChange,
    SchemaValidationChanged,
    TableAdded,
    TableRemoved,
    VisibilityChanged,
)

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json


@dataclass(frozen=True, slots=True)
class Code:
    """Text of a repository, to be quoted."""

    text: str


Sentence: TypeAlias = tuple[str | Code, ...]

_UNDECIDED = " (undecided: something unresolved takes part)"
_NOTHING = "nothing declared"
_MAX_FIELDS = 10


def describe(change: Change) -> Sentence:
    """Return one sentence about a fact, without a full stop."""
    match change:
        case (
            SchemaValidationChanged()
            | TableAdded()
            | TableRemoved()
            | DocumentTypeChanged()
            | FieldAdded()
            | FieldRemoved()
            | FieldChanged()
            | IndexAdded()
            | IndexRemoved()
            | IndexChanged()
        ):
            sentence = _describe_schema(change)
        case _:
            sentence = _describe_function(change)
    inside: Sentence = (" in component ", Code(change.component)) if change.component else ()
    return (*sentence, *inside, *((_UNDECIDED,) if change.is_undecided else ()))


def _describe_schema(change: SchemaChange) -> Sentence:
    match change:
        case SchemaValidationChanged():
            return ("schema validation turned ", "on" if change.new is True else "off")
        case TableAdded():
            return ("table ", Code(change.table), " added")
        case TableRemoved():
            return ("table ", Code(change.table), " removed")
        case DocumentTypeChanged():
            what = "staged documents of table " if change.is_staged else "documents of table "
            return (what, Code(change.table), " changed", *_from_to(change.old, change.new))
        case FieldAdded():
            kind = "optional" if change.is_optional else "required"
            name = Code(f"{change.table}.{change.field}")
            return (f"{kind} field ", name, " added: ", _validator(change.validator))
        case FieldRemoved():
            name = Code(f"{change.table}.{change.field}")
            return ("field ", name, " removed, it was ", _validator(change.validator))
        case FieldChanged():
            return _field_changed(change)
        case IndexAdded():
            return ("index ", Code(f"{change.table}.{change.index}"), " added")
        case IndexRemoved():
            return ("index ", Code(f"{change.table}.{change.index}"), " removed")
        case IndexChanged():
            name = Code(f"{change.table}.{change.index}")
            return ("index ", name, " changed", *_json_from_to(change.old, change.new))
        case _:
            assert_never(change)


def _field_changed(change: FieldChanged) -> Sentence:
    became: Sentence = ()
    if change.was_optional is not change.is_optional:
        became = (" became optional" if change.is_optional else " became required",)
    before, after = _validator(change.old), _validator(change.new)
    differs: Sentence = ()
    if before != after:
        differs = (" changed" if not became else ",", " from ", before, " to ", after)
    elif not became:
        differs = (" changed",)
    return ("field ", Code(f"{change.table}.{change.field}"), *became, *differs)


def _describe_function(change: FunctionChange) -> Sentence:
    match change:
        case FunctionAdded():
            what = f"{change.visibility} {change.kind} "
            return (what, Code(change.function_id), " added")
        case FunctionRemoved():
            what = f"{change.visibility} {change.kind} "
            return (what, Code(change.function_id), " removed")
        case KindChanged():
            became = f" became {_an(change.new)}, it was {_an(change.old)}"
            return (f"{change.visibility} function ", Code(change.function_id), became)
        case VisibilityChanged():
            became = f" became {change.new}, it was {change.old}"
            return (f"{change.kind} ", Code(change.function_id), became)
        case ArgumentsChanged():
            what = f"arguments of {change.visibility} {change.kind} "
            differs = _from_to(change.old, change.new)
            return (what, Code(change.function_id), " changed", *differs)
        case ReturnsChanged():
            what = f"return value of {change.visibility} {change.kind} "
            differs = _from_to(change.old, change.new)
            return (what, Code(change.function_id), " changed", *differs)
        case HttpRouteAdded():
            return ("HTTP route ", Code(f"{change.method} {change.path}"), " added")
        case HttpRouteRemoved():
            return ("HTTP route ", Code(f"{change.method} {change.path}"), " removed")
        case CronAdded():
            return ("cron job ", Code(change.identifier), " added")
        case CronRemoved():
            return ("cron job ", Code(change.identifier), " removed")
        case CronChanged():
            differs = _json_from_to(change.old, change.new)
            return ("cron job ", Code(change.identifier), " changed", *differs)
        case ComponentAdded() | ComponentRemoved() | ComponentChanged():
            return _describe_component(change)
        case _:
            assert_never(change)


def _describe_component(change: ComponentAdded | ComponentRemoved | ComponentChanged) -> Sentence:
    match change:
        case ComponentAdded():
            return ("component ", Code(change.name), " installed from ", Code(change.path))
        case ComponentRemoved():
            return ("component ", Code(change.name), " no longer installed")
        case ComponentChanged():
            differs = _json_from_to(change.old, change.new)
            return ("component ", Code(change.name), " installed another way", *differs)
        case _:
            assert_never(change)


def _from_to(old: Json, new: Json) -> Sentence:
    """Return how a validator differs: by its fields if both are objects, else both of them."""
    before, after = _fields(old), _fields(new)
    if before is None or after is None:
        return (" from ", _validator(old), " to ", _validator(new))
    parts: list[str | Code] = []
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in names[:_MAX_FIELDS]:
        parts.append("; " if parts else ": ")
        if name not in before:
            parts += [Code(name), " added as ", _field(after[name])]
        elif name not in after:
            parts += [Code(name), " removed"]
        else:
            parts += [Code(name), " from ", _field(before[name]), " to ", _field(after[name])]
    if len(names) > _MAX_FIELDS:
        parts.append(f" and {len(names) - _MAX_FIELDS} more fields")
    return tuple(parts)


def _fields(validator: Json) -> dict[str, Json] | None:
    if not isinstance(validator, dict) or validator.get("type") != "object":
        return None
    fields = validator.get("value")
    return fields if isinstance(fields, dict) else None


def _field(field: Json) -> str | Code:
    """Return the validator of an object's field, `v.optional` around it where it applies."""
    if not isinstance(field, dict):
        return _validator(field)
    validator = field.get("fieldType")
    if is_validator(validator):
        return Code(raw_text(validator, optional=field.get("optional") is True))
    return _validator(validator)


def _validator(validator: Json) -> str | Code:
    if validator is None:
        return _NOTHING
    if is_validator(validator):
        return Code(raw_text(validator))
    return Code(_one_line(validator))


def _json_from_to(old: Json, new: Json) -> Sentence:
    """Return the members in which two objects differ."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return (" from ", Code(_one_line(old)), " to ", Code(_one_line(new)))
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    before, after = ({key: side.get(key) for key in keys} for side in (old, new))
    return (" from ", Code(_one_line(before)), " to ", Code(_one_line(after)))


def _one_line(value: Json) -> str:
    return " ".join(line.strip() for line in dumps(value).splitlines())


def _an(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"
