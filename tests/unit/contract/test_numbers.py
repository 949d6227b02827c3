"""Numbers are written as JavaScript writes them."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_action.contract.numbers import canonical_json, canonical_number, number_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "-0"),
        (1.0, "1"),
        (-12.5, "-12.5"),
        (0.1, "0.1"),
        (1e21, "1e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e16, "10000000000000000"),
        (2**53 + 1, "9007199254740992"),
        (1.5e300, "1.5e+300"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.25e-9, "1.25e-9"),
        (5e-324, "5e-324"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
        (10**400, "Infinity"),
    ],
)
def test_a_number_is_spelled_as_in_javascript(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_spelling_loses_nothing(number: float) -> None:
    assert float(number_text(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53))
def test_a_canonical_number_is_the_same_number_and_stays(number: float) -> None:
    canonical = canonical_number(number)
    assert float(canonical) == number
    assert json.dumps(canonical_number(canonical)) == json.dumps(canonical)


def test_whole_numbers_have_no_fraction_anywhere() -> None:
    value = canonical_json({"a": [1.0, True, {"b": -3.0}], "c": math.nan, "d": "1.0", "e": None})
    assert json.dumps(value) == ('{"a": [1, true, {"b": -3}], "c": null, "d": "1.0", "e": null}')
