"""`"use node"` counts in the directive prologue and nowhere else.

Each row was compared with Babel's parser (jsx and typescript plugins), which Convex uses.
"""

from __future__ import annotations

import pytest

from ssot_action.source.use_node import UseNode, scan_use_node

DIRECTIVE, MISPLACED, ABSENT = UseNode.DIRECTIVE, UseNode.MISPLACED, UseNode.ABSENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"use node";\nexport const a = 1;', DIRECTIVE),
        ("'use node'\nexport const a = 1;", DIRECTIVE),
        ('"use node"', DIRECTIVE),
        ('"use node" ; export {}', DIRECTIVE),
        ('#!/usr/bin/env node\n"use node";', DIRECTIVE),
        ('\ufeff"use node";', DIRECTIVE),
        ('// about\n/* more\n * lines */ "use node";', DIRECTIVE),
        ('"use strict";\n"use node";', DIRECTIVE),
        ('"use strict"\n"use node"\n', DIRECTIVE),
        ('"use node" // why\nimport "x";', DIRECTIVE),
        ('"use node"\r\nimport "x";', DIRECTIVE),
        ('"use node"\u2028export {}', DIRECTIVE),
        ('\xa0\u3000"use node"', DIRECTIVE),
        ('"a\\"b";"use node"', DIRECTIVE),
        ('"use node"\n++x', DIRECTIVE),
        ('"use node"\n--x', DIRECTIVE),
        ('"use node"\n!x', DIRECTIVE),
        ('"use node"\ninside', DIRECTIVE),
        ('"use node"\ninstanceofX()', DIRECTIVE),
        ('"use node"/* \n */export {}', DIRECTIVE),
        ('import "x";\n"use node";', MISPLACED),
        ('const a = 1;\n"use node"\n', MISPLACED),
        ('export {};\n  "use node";  \r\n', MISPLACED),
        ('import "x"; "use node";', ABSENT),
        ('// "use node"\nexport {}', ABSENT),
        ('export const a = "use node";', ABSENT),
        ('"use\\x20node";', ABSENT),
        ('"use node please";', ABSENT),
        ("`use node`;", ABSENT),
        ('"use node" + x', ABSENT),
        ('("use node")', ABSENT),
        ("export {}", ABSENT),
        ("", ABSENT),
        # An expression goes on behind the line break, so the string is no directive.
        ('"use node"\n.length;\nexport {}', MISPLACED),
        ('"use node"\n(f);', MISPLACED),
        ('"use node"\n[0];', MISPLACED),
        ('"use node"\n+ 1;', MISPLACED),
        ('"use node"\n- 1;', MISPLACED),
        ('"use node"\n/ 2;', MISPLACED),
        ('"use node"\n`x`;', MISPLACED),
        ('"use node"\n, 2;', MISPLACED),
        ('"use node"\n? 1 : 2;', MISPLACED),
        ('"use node"\nin x;', MISPLACED),
        ('"use node"\ninstanceof X;', MISPLACED),
        ('"use node"\n!= x;', MISPLACED),
        # No parser accepts these, so a line with nothing else decides.
        ('"broken\n"use node"\n', DIRECTIVE),
        ('"broken\nx("use node")', ABSENT),
    ],
)
def test_the_directive_is_found_where_convex_finds_it(text: str, expected: UseNode) -> None:
    assert scan_use_node(text.encode()) is expected


def test_bytes_that_are_no_utf8_do_not_hide_the_directive() -> None:
    assert scan_use_node(b'// \xff\xfe\n"use node";') is DIRECTIVE


def test_a_long_prologue_takes_linear_time() -> None:
    text = "/* x */ // y\n" * 20_000 + '"a";' * 20_000 + '"use node"'
    assert scan_use_node(text.encode()) is DIRECTIVE
    assert scan_use_node(b"/*" * 50_000 + b'"use node"') is ABSENT
