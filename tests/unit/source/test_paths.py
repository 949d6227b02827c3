"""Path arithmetic never leaves the repository and knows one spelling."""

from __future__ import annotations

import pytest

from ssot_action.source.paths import (
    ancestor_paths,
    is_in_node_modules,
    is_inside,
    join_path,
    relative_path,
    utf16_sort_key,
)


@pytest.mark.parametrize(
    ("directory", "relative", "expected"),
    [
        ("", "convex/schema.ts", "convex/schema.ts"),
        ("convex", "./a", "convex/a"),
        ("convex/lib", "../a", "convex/a"),
        ("convex", "..", ""),
        ("convex", ".", "convex"),
        ("convex", "a//b/./c/", "convex/a/b/c"),
        ("convex", "../../x", None),
        ("", "..", None),
        ("a", "../../a/b", None),
        ("a", "/etc/passwd", None),
    ],
)
def test_a_joined_path_is_normal_or_outside(
    directory: str, relative: str, expected: str | None
) -> None:
    assert join_path(directory, relative) == expected


def test_ancestors_end_at_the_repository_root() -> None:
    assert list(ancestor_paths("a/b/c")) == ["a/b/c", "a/b", "a", ""]
    assert list(ancestor_paths("")) == [""]


def test_a_directory_with_a_longer_name_is_not_inside() -> None:
    assert is_inside("convex/a", "convex")
    assert is_inside("convex", "convex")
    assert is_inside("anything", "")
    assert not is_inside("convex-old/a", "convex")


def test_a_relative_path_starts_below_its_directory() -> None:
    assert relative_path("convex/a/b.ts", "convex") == "a/b.ts"
    assert relative_path("a.ts", "") == "a.ts"


def test_only_a_whole_part_named_node_modules_counts() -> None:
    assert is_in_node_modules("node_modules/a")
    assert is_in_node_modules("x/node_modules")
    assert not is_in_node_modules("x/my_node_modules/a")


def test_the_sort_key_orders_by_utf16_code_unit() -> None:
    emoji, halfwidth = "\U0001f600", "\uffee"
    assert emoji > halfwidth
    assert sorted([halfwidth, emoji], key=utf16_sort_key) == [emoji, halfwidth]
