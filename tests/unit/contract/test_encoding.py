"""The serializer writes what the standard library writes, and nothing that misleads a reader."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.contract.encoding import Json, SharedObject, dumps, quote

_texts = st.text(st.characters(exclude_categories=["Cs"]))
_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _texts
_values: st.SearchStrategy[Json] = st.recursive(
    _scalars.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)


@given(_values)
def test_what_is_written_reads_as_what_it_was(value: Json) -> None:
    assert json.loads(dumps(value)) == value


@given(_values)
def test_the_same_value_has_the_same_bytes(value: Json) -> None:
    assert dumps(value) == dumps(json.loads(dumps(value)))


@given(_values)
def test_only_misleading_characters_differ_from_the_standard_library(value: Json) -> None:
    standard = json.dumps(value, indent=2, ensure_ascii=False)
    assert "".join(
        quote(character)[1:-1] if ord(character) > 126 else character for character in standard
    ) == dumps(value)


@pytest.mark.parametrize("value", [{}, [], [[]], {"a": {}}, "", 0, -0.5, 1e22, None, True, False])
def test_small_values_are_laid_out_like_the_standard_library(value: Json) -> None:
    assert dumps(value) == json.dumps(value, indent=2)


def test_booleans_and_equal_numbers_are_not_mixed_up() -> None:
    assert dumps([True, 1, 1.0, False, 0]) == "[\n  true,\n  1,\n  1.0,\n  false,\n  0\n]"


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x85",
        "\u061c",
        "\u200e",
        "\u200f",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ufeff",
        "\ud800",
    ],
)
def test_a_misleading_character_is_written_as_an_escape(character: str) -> None:
    assert quote(f"a{character}b") == f'"a\\u{ord(character):04x}b"'


def test_other_text_stays_readable() -> None:
    assert quote('Zoë 👩\u200d🔬 "日本"\n') == '"Zoë 👩\u200d🔬 \\"日本\\"\\n"'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_does_not_have_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"a": number})


def test_a_shared_object_is_written_wherever_it_stands() -> None:
    shared = SharedObject(a=[SharedObject(b="é")], c=SharedObject())
    value: Json = {"x": shared, "y": [shared, {"z": shared}], "w": "".join(map(str, range(9)))}
    assert dumps(value) == json.dumps(value, indent=2, ensure_ascii=False)


def test_a_shared_object_in_a_long_list_is_written_like_any_other() -> None:
    shared = SharedObject(numbers=list(range(20_000)))
    value: Json = [{"n": list(range(20_000))}, shared, shared, [shared]]
    assert dumps(value) == json.dumps(value, indent=2)


def test_a_shared_object_cannot_be_changed_and_its_copy_can() -> None:
    shared = SharedObject(a=SharedObject(b=1))
    with pytest.raises(TypeError):
        shared["a"] = 2
    copied = deepcopy(shared)
    inner = copied["a"]
    assert isinstance(inner, dict)
    inner["b"] = 2
    assert shared == {"a": {"b": 1}}
