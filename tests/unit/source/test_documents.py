"""JSON files are read as JavaScript and TypeScript read them, and errors have a line."""

from __future__ import annotations

import pytest

from ssot_action.source.documents import Dialect, Json, JsonError, describe_type, parse_document


def strict(text: str) -> Json:
    return parse_document(text.encode(), Dialect.STRICT).value


def relaxed(text: str) -> Json:
    return parse_document(text.encode(), Dialect.RELAXED).value


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ('{\n  "a": 1,\n}', 3, 1),
        ('{\n  // note\n  "a": 1\n}', 2, 3),
        ('{"a": NaN}', 1, 1),
        ('{"a": 1} x', 1, 10),
        ('{"a": "\n"}', 1, 8),
        ('\ufeff{"a": 1}', 1, 1),
        ("[" * 100_000, 1, 1),
    ],
)
def test_what_json_parse_refuses_is_an_error_with_its_place(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(JsonError) as caught:
        strict(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.problem.startswith("not valid JSON")


def test_invalid_utf8_is_an_error_with_its_place() -> None:
    with pytest.raises(JsonError) as caught:
        parse_document(b'{\n "a": "\xc3\xa9\xff"}', Dialect.STRICT)
    assert (caught.value.line, caught.value.column) == (2, 9)
    assert caught.value.problem == "not valid UTF-8: byte 0xff"


def test_the_relaxed_dialect_takes_comments_trailing_commas_and_a_byte_order_mark() -> None:
    text = """\ufeff// head
    {
      "url": "http://x//y", /* a , } b */
      "paths": { "@/*": ["./src/*", ], }, // tail
      "quote": "\\"// no comment",
    }"""
    assert relaxed(text) == {
        "url": "http://x//y",
        "paths": {"@/*": ["./src/*"]},
        "quote": '"// no comment',
    }


def test_a_relaxed_error_has_the_place_in_the_original_text() -> None:
    with pytest.raises(JsonError) as caught:
        relaxed("{\n/* one\n two */ oops }")
    assert (caught.value.line, caught.value.column) == (3, 9)


@pytest.mark.parametrize("text", ["/*", "//", '{"a": /* }', '{"a": "b', ","])
def test_a_broken_relaxed_text_is_an_error(text: str) -> None:
    with pytest.raises(JsonError):
        relaxed(text)


def test_the_last_of_equal_keys_wins_and_is_told() -> None:
    document = parse_document(b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', Dialect.STRICT)
    assert document.value == {"a": 3, "b": {"c": 2}}
    assert document.duplicate_keys == ("a", "c")


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ('{"a": 1, "a": 2}', "a", (1, 10)),
        ('{"a": {"a": 1},\n "b": ["a", {"a": 1}],\n "\\u0061": 2}', "a", (3, 2)),
        ('{"b": "a", "c": ["a", "a"], "d": {"a": "a", "e": 1, "a": 2}}', "a", (1, 53)),
    ],
)
def test_a_repeated_key_is_located(text: str, key: str, place: tuple[int, int]) -> None:
    document = parse_document(text.encode(), Dialect.STRICT)
    assert document.duplicate_keys == (key,)
    assert document.locate_repetition(key) == place


def test_a_number_of_any_length_is_one() -> None:
    assert strict("1" * 5000) == float("inf")
    assert strict("-" + "1" * 5000) == float("-inf")
    assert strict("1" * 30) == int("1" * 30)


def test_a_value_is_located_by_its_path() -> None:
    text = b'{\n "a": {"x": 1},\n "b": [\n  0, {"c":\n   "here"}],\n "\\u0064": 1, "b2": 2\n}'
    document = parse_document(text, Dialect.STRICT)
    assert document.locate(()) == (1, 1)
    assert document.locate(("a",)) == (2, 7)
    assert document.locate(("a", "x")) == (2, 13)
    assert document.locate(("b", 0)) == (4, 3)
    assert document.locate(("b", 1, "c")) == (5, 4)
    assert document.locate(("d",)) == (6, 12)
    assert document.locate(("b2",)) == (6, 21)


def test_the_place_of_an_absent_value_is_the_nearest_one_above() -> None:
    document = parse_document(b'{\n "a": {"x": 1}}', Dialect.STRICT)
    assert document.locate(("a", "y")) == (2, 7)
    assert document.locate(("z",)) == (1, 1)


def test_the_place_of_a_repeated_key_is_the_last_one() -> None:
    document = parse_document(b'{"a": 1,\n"a": 2}', Dialect.STRICT)
    assert document.locate(("a",)) == (2, 6)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "number"),
        (1.5, "number"),
        ("", "string"),
        ([], "array"),
        ({}, "object"),
    ],
)
def test_types_have_the_names_of_json(value: Json, name: str) -> None:
    assert describe_type(value) == name
