"""The canonical spelling is JavaScript, and tells different validators apart."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import esprima  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.contract.validators import (
    MAX_NESTING,
    NestingError,
    ValidatorJson,
    integer_literal,
    is_validator,
    number_literal,
    raw_text,
    to_json,
)

if TYPE_CHECKING:
    from ssot_action.contract.encoding import Json

_BIGINT = re.compile(r'("(?:[^"\\]|\\.)*")|(\d+)n\b')
_KINDS = {"int64": "bigint"}


def _read(text: str) -> tuple[Json, bool]:
    """Return the ValidatorJSON that JavaScript text stands for, as esprima reads it."""
    # esprima ends with ES2017, where no bigint literal exists: a call stands in for it.
    text = _BIGINT.sub(lambda match: match[1] or f'BigInt("{match[2]}")', text)
    (statement,) = esprima.parseScript(text).body
    return _read_node(statement.expression)


def _read_node(node: Any) -> tuple[Json, bool]:  # noqa: ANN401 - esprima has no types
    if node.type == "Identifier":
        assert node.name == "unresolved"
        return {"type": "unresolved"}, False
    assert node.type == "CallExpression"
    assert node.callee.object.name == "v"
    kind, args = node.callee.property.name, node.arguments
    if kind == "optional":
        return _read_node(args[0])[0], True
    if kind == "id":
        return {"type": "id", "tableName": args[0].value}, False
    if kind == "literal":
        return {"type": "literal", "value": _read_literal(args[0])}, False
    if kind == "array":
        return {"type": "array", "value": _read_node(args[0])[0]}, False
    if kind == "union":
        return {"type": "union", "value": [_read_node(arg)[0] for arg in args]}, False
    if kind == "record":
        return {
            "type": "record",
            "keys": _read_node(args[0])[0],
            "values": _read_field(args[1]),
        }, False
    if kind == "object":
        fields: dict[str, Json] = {}
        for item in args[0].properties:
            name = item.key.value if item.key.type == "Literal" else item.key.name
            assert (name == "__proto__") == item.computed
            fields[name] = _read_field(item.value)
        return {"type": "object", "value": fields}, False
    assert not args
    return {"type": _KINDS.get(kind, kind)}, False


def _read_field(node: Any) -> dict[str, Json]:  # noqa: ANN401
    field_type, optional = _read_node(node)
    return {"fieldType": field_type, "optional": optional}


def _read_literal(node: Any) -> Json:  # noqa: ANN401
    sign = 1
    if node.type == "UnaryExpression":
        assert node.operator == "-"
        sign, node = -1, node.argument
    if node.type == "CallExpression":
        return to_json(
            {"type": "literal", "value": integer_literal(sign * int(node.arguments[0].value))}
        )["value"]
    value = math.inf if node.type == "Identifier" else node.value
    if isinstance(value, str | bool):
        return value
    return to_json({"type": "literal", "value": number_literal(sign * float(value))})["value"]


@given(data=st.data())
def test_a_second_parser_reads_the_same_validator_from_the_spelling(
    data: st.DataObject, validators: st.SearchStrategy[ValidatorJson]
) -> None:
    validator, optional = data.draw(validators), data.draw(st.booleans())
    text = raw_text(validator, optional=optional)
    read, read_optional = _read(text)
    assert json.dumps(read) == json.dumps(to_json(validator))
    assert read_optional == optional


@given(data=st.data())
def test_two_spellings_are_equal_only_if_the_validators_are(
    data: st.DataObject, validators: st.SearchStrategy[ValidatorJson]
) -> None:
    one, other = data.draw(validators), data.draw(validators)
    same = json.dumps(to_json(one)) == json.dumps(to_json(other))
    assert (raw_text(one) == raw_text(other)) == same


@pytest.mark.parametrize(
    ("validator", "text"),
    [
        ({"type": "number"}, "v.number()"),
        ({"type": "bigint"}, "v.int64()"),
        ({"type": "union", "value": []}, "v.union()"),
        ({"type": "object", "value": {}}, "v.object({})"),
        ({"type": "literal", "value": integer_literal(1)}, "v.literal(1n)"),
        (
            {"type": "literal", "value": integer_literal(-(2**63))},
            "v.literal(-9223372036854775808n)",
        ),
        ({"type": "literal", "value": number_literal(-0.0)}, "v.literal(-0)"),
        ({"type": "literal", "value": number_literal(math.nan)}, "v.literal(NaN)"),
        ({"type": "literal", "value": 1.0}, "v.literal(1)"),
        ({"type": "literal", "value": True}, "v.literal(true)"),
        ({"type": "literal", "value": "\u202e"}, 'v.literal("\\u202e")'),
        ({"type": "unresolved"}, "unresolved"),
        (
            {
                "type": "object",
                "value": {
                    "a": {"fieldType": {"type": "string"}, "optional": False},
                    "odd-key": {"fieldType": {"type": "bigint"}, "optional": True},
                    "__proto__": {"fieldType": {"type": "any"}, "optional": False},
                },
            },
            'v.object({ a: v.string(), "odd-key": v.optional(v.int64()), ["__proto__"]: v.any() })',
        ),
        (
            {
                "type": "record",
                "keys": {"type": "id", "tableName": "users"},
                "values": {"fieldType": {"type": "null"}, "optional": False},
            },
            'v.record(v.id("users"), v.null())',
        ),
    ],
)
def test_spellings(validator: ValidatorJson, text: str) -> None:
    assert raw_text(validator) == text


def test_an_optional_union_is_spelled_inside_out() -> None:
    choice: ValidatorJson = {
        "type": "union",
        "value": [{"type": "literal", "value": "a"}, {"type": "null"}],
    }
    assert raw_text(choice, optional=True) == 'v.optional(v.union(v.literal("a"), v.null()))'


def test_special_numbers_are_encoded_as_convex_encodes_them() -> None:
    assert integer_literal(1) == {"$integer": "AQAAAAAAAAA="}
    assert number_literal(-0.0) == {"$float": "AAAAAAAAAIA="}
    assert number_literal(math.inf) == {"$float": "AAAAAAAA8H8="}
    assert json.dumps(number_literal(3.0)) == "3"


def test_a_bigint_outside_of_64_bits_is_no_literal() -> None:
    with pytest.raises(OverflowError):
        integer_literal(2**63)


def _nested(levels: int) -> ValidatorJson:
    validator: ValidatorJson = {"type": "string"}
    for _ in range(levels - 1):
        validator = {
            "type": "object",
            "value": {"a": {"fieldType": validator, "optional": False}},
        }
    return validator


def test_the_deepest_validator_that_is_written_can_be_spelled_and_read() -> None:
    deepest = _nested(MAX_NESTING)
    assert is_validator(to_json(deepest))
    assert raw_text(deepest).count("v.object(") == MAX_NESTING - 1


@pytest.mark.parametrize("levels", [MAX_NESTING + 1, 50_000])
def test_a_validator_that_nests_deeper_is_refused_without_recursing(levels: int) -> None:
    with pytest.raises(NestingError):
        to_json(_nested(levels))


@given(data=st.data())
def test_what_convex_exports_is_known_as_a_validator(
    data: st.DataObject, validators: st.SearchStrategy[ValidatorJson]
) -> None:
    assert is_validator(to_json(data.draw(validators)))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "string",
        [],
        {},
        {"type": "text"},
        {"type": ["string"]},
        {"type": "id"},
        {"type": "literal", "value": None},
        {"type": "literal", "value": {"$integer": "AQ=="}},
        {"type": "literal", "value": {"$integer": "AQAAAAAAAAA=", "b": 1}},
        {"type": "array"},
        {"type": "array", "value": {"type": "text"}},
        {"type": "object", "value": []},
        {"type": "object", "value": {"a": {"type": "string"}}},
        {"type": "object", "value": {"a": {"fieldType": {"type": "any"}}}},
        {"type": "union", "value": {}},
        {"type": "union", "value": [None]},
        {"type": "record", "keys": {"type": "any"}},
    ],
)
def test_anything_else_is_not(value: Json) -> None:
    assert not is_validator(value)
