"""One sentence for each fact, as parts: fixed words, and code that each format quotes its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
from ssot_action.report.differences import (
    Code,
    Sentence,
    one_line,
    validator_code,
    validator_difference,
)

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json


_UNDECIDED = " (undecided: something unresolved takes part)"


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
            return (
                what,
                Code(change.table),
                " changed",
                *validator_difference(change.old, change.new),
            )
        case FieldAdded():
            kind = "optional" if change.is_optional else "required"
            name = Code(f"{change.table}.{change.field}")
            return (f"{kind} field ", name, " added: ", validator_code(change.validator))
        case FieldRemoved():
            name = Code(f"{change.table}.{change.field}")
            return ("field ", name, " removed, it was ", validator_code(change.validator))
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
    differs = validator_difference(change.old, change.new)
    if differs or not became:
        became = (*became, ", changed" if became else " changed")
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
            differs = validator_difference(change.old, change.new)
            return (what, Code(change.function_id), " changed", *differs)
        case ReturnsChanged():
            what = f"return value of {change.visibility} {change.kind} "
            differs = validator_difference(change.old, change.new)
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


def _json_from_to(old: Json, new: Json) -> Sentence:
    """Return the members in which two objects differ."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return (" from ", Code(one_line(old)), " to ", Code(one_line(new)))
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    before, after = ({key: side.get(key) for key in keys} for side in (old, new))
    return (" from ", Code(one_line(before)), " to ", Code(one_line(after)))


def _an(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"
