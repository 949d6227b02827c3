"""`exports` and `imports` maps are read as Node.js and esbuild read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ssot_action.source.exports import resolve_exports, resolve_imports

if TYPE_CHECKING:
    from ssot_action.source.documents import Json, JsonObject

CONDITIONS = frozenset({"convex", "module", "import", "browser", "default"})


@pytest.mark.parametrize(
    ("exports", "subpath", "expected"),
    [
        ("./a.js", ".", "./a.js"),
        ("./a.js", "./b", None),
        ({"import": "./m.js", "require": "./c.js"}, ".", "./m.js"),
        ({"require": "./c.js"}, ".", None),
        ({"require": "./c.js", "default": "./d.js"}, ".", "./d.js"),
        ({"default": "./d.js", "import": "./m.js"}, ".", "./d.js"),
        ({".": {"import": {"node": "./n.js", "convex": "./x.js"}}}, ".", "./x.js"),
        ({".": {"import": {"node": "./n.js"}, "default": "./d.js"}}, ".", "./d.js"),
        ({".": "./a.js", "./server": "./s.js"}, "./server", "./s.js"),
        ({".": None}, ".", None),
        ({"import": None, "default": "./d.js"}, ".", None),
        ({"./*": "./src/*.ts"}, "./a/b", "./src/a/b.ts"),
        ({"./*": "./src/*.ts", "./x/*": None}, "./x/y", None),
        ({"./*": "./src/*.ts", "./x/*": "./x/*.js"}, "./x/y", "./x/y.js"),
        ({"./x/*": "./a/*", "./x/*.js": "./b/*.js"}, "./x/y.js", "./b/y.js"),
        ({"./*": "./*/*.js"}, "./a", "./a/a.js"),
        ({"./lib/": "./src/"}, "./lib/a.js", "./src/a.js"),
        ({"./lib/": "./src"}, "./lib/a.js", None),
        ({"./*": "./src/*"}, "./", None),
        (["./a.js", "./b.js"], ".", "./a.js"),
        (["a.js", "./b.js"], ".", "./b.js"),
        ([{"node": "./n.js"}, "./b.js"], ".", "./b.js"),
        ([{"import": ["bad"], "browser": "./x.js"}, "./b.js"], ".", "./b.js"),
        ([], ".", None),
        ("a.js", ".", None),
        ("./../a.js", ".", None),
        ("./x/../a.js", ".", None),
        ("./node_modules/a.js", ".", None),
        ({"./*": "./*"}, "./../secret", None),
        (5, ".", None),
    ],
)
def test_a_subpath_stands_for_one_target(exports: Json, subpath: str, expected: str | None) -> None:
    assert resolve_exports(exports, subpath, CONDITIONS) == expected


@pytest.mark.parametrize(
    ("imports", "specifier", "expected"),
    [
        ({"#a": "./a.js"}, "#a", "./a.js"),
        ({"#a": "pkg/sub"}, "#a", "pkg/sub"),
        ({"#a": {"import": "pkg", "default": "./a.js"}}, "#a", "pkg"),
        ({"#lib/*": "./src/*.ts"}, "#lib/x/y", "./src/x/y.ts"),
        ({"#a": "../a.js"}, "#a", None),
        ({"#a": "/a.js"}, "#a", None),
        ({}, "#a", None),
    ],
)
def test_an_internal_name_stands_for_a_file_or_a_package(
    imports: JsonObject, specifier: str, expected: str | None
) -> None:
    assert resolve_imports(imports, specifier, CONDITIONS) == expected


def test_conditions_nested_without_end_are_cut() -> None:
    nested: Json = "./a.js"
    for _ in range(500):
        nested = {"import": nested}
    assert resolve_exports(nested, ".", CONDITIONS) is None
