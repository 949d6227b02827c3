"""Our lowering and esprima, an independent parser, read the same programs as the same.

esprima ends with ES2017 and knows no types, so this is about the JavaScript that both can read:
what npm packages ship, and the validator texts that our contracts hold.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

from ssot_action.pipeline import extract_project, with_deep_stack
from tests.conformance.component_packages import component_jobs
from tests.conformance.judge import INSTALL_COMMAND, NODE_MODULES
from tests.esprima_differential import from_esprima, from_syntax
from tests.esprima_differential.neutral import first_difference

if TYPE_CHECKING:
    from pathlib import Path

    from tests.esprima_differential.neutral import Neutral

SUFFIXES = (".js", ".mjs", ".cjs")
LARGEST_FILE = 60_000
SAMPLED_BYTES = 900_000
PACKAGES_WITH_VALIDATORS = 8

# Files that esprima reads and we report as syntax errors -> the gap of the grammar that is why.
GRAMMAR_GAPS = {"@babel/runtime/helpers/esm/usingCtx.js": "`using` is the name of a function"}

PROGRAMS = (
    "let i = 0; for (; i < 3; i++) {}",
    "for (;;) break;",
    "for (var a in b) for (const [c = 1, ...d] of e) continue;",
    "outer: do { if (a) continue outer; else break outer } while (b)",
    "switch (a) { case 1: let b; default: function c() {} case 'x': }",
    "try { a } catch ({ b }) { c } finally { d }",
    "const { a, b: { c = 1 }, ['d' + e]: f, 'g h': i, 0.5: j } = k;",
    "[a.b, c[0], [d = 1]] = e; ({ f: g.h, i = 2 } = j);",
    "x = function f(a, { b } = {}, ...c) { var d; for (var e of c) { var d, f } };",
    "x = async (a) => await a; y = b => ({ b }); z = () => { return }",
    "class A extends (b, c) { constructor() { super() } static get [d]() {} }",
    "class A { async 'b'() {} async [c]() {} static async d() {} *[e]() {} static *f() {} }",
    "class A { static m() { return super.m() } set x(y) {} 1() {} constructor() {} }",
    "x = { __proto__: a, ['__proto__']: b, __proto__() {}, 'c-d': 1, 0x10: 2, 1e3: 3 };",
    "x = { get a() {}, set a(b) {}, get: 1, set: 2, async: 3, async c() {}, *d() {}, static: 4 };",
    "x = `a${b}c${`d`}\\n`; y = tag`\\u{41}${z}\\r\n`; z = `plain`;",
    "x = 'a\\\nb\\x41\\u0042\\u{1F600}\\0\\'' + \"\\\"\" + '\u00e9\U0001f600';",
    "x = [, a, , ...b, ,]; f(...a, b,); new c; new d(...e); new f.g(h).i;",
    "x = a ? b : c, d; y = (a, b, c); z = ((a, b), c);",
    "x = -1 + - 1 - -1; y = - -1; z = -(a ** 2) || 1; w = 0x1F + 0b11 + 0o17 + .5e-3;",
    "x = a && b || c; y = a || b && c; z = !(a in b) instanceof c; typeof void delete a.b;",
    "a++; --b.c; d **= 2; e >>>= 1; f = g = h;",
    "/[/\\]]+/gi.test(a); b = c / d / e;",
    "export default function f() {} export class A {} export const { a, b: [c] } = d;",
    "let b, c; export default class extends A {}\nexport { b as default2, c }; export * from 'd';",
    "f();\nexport default function () {}",
    "export default () => {};",
    "export default async function named() {}\nexport * from 'a';",
    "import a, { b as c, default as d } from 'e'; import * as f from 'g'; import 'h';",
    "export { default } from 'a'; export { b as c, d } from 'e';",
    "function f() { if (a) { var b } function g() { var c } return new.target }",
    "label: for (;;) { label2: { break label } }",
    "x = function* () { yield; yield* a; const b = yield c };",
    "if (a) ; else if (b) c; else { d }",
    "while (a) ; for (;;) ; do ; while (b)",
    "x = a\n++b\nvar c\nreturnValue\n(d)",
    "(function () { 'use strict'; return arguments })();",
    "import('a').then(b => b.c);",
)


def _difference(path: str, source: bytes, theirs: Neutral) -> str | None:
    try:
        ours = with_deep_stack(lambda: from_syntax.read_module(path, source))
    except from_syntax.UnreadableError as error:
        return f"only esprima can read it: {error}"
    return first_difference(ours, theirs)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_construct_is_lowered_as_esprima_reads_it(program: str) -> None:
    theirs = from_esprima.read_module(program)
    assert _difference("program.js", program.encode(), theirs) is None


@functools.cache
def _sample() -> list[Path]:
    """Return files of the installed packages, the same ones each time, from all packages alike."""
    files = [
        path
        for suffix in SUFFIXES
        for path in NODE_MODULES.rglob(f"*{suffix}")
        if ".cache" not in path.parts and path.is_file() and path.stat().st_size <= LARGEST_FILE
    ]
    assert files, f"run `{INSTALL_COMMAND}`"

    def rank(path: Path) -> bytes:
        return hashlib.sha256(path.relative_to(NODE_MODULES).as_posix().encode()).digest()

    sample: list[Path] = []
    taken = 0
    for path in sorted(files, key=rank):
        taken += path.stat().st_size
        if taken > SAMPLED_BYTES:
            break
        sample.append(path)
    return sample


def test_published_packages_are_lowered_as_esprima_reads_them() -> None:
    compared = 0
    differences: dict[str, str] = {}
    for path in _sample():
        source = path.read_bytes()
        try:
            theirs = from_esprima.read_module(source.decode("utf-8"))
        except (from_esprima.NotForEsprimaError, UnicodeDecodeError):
            continue
        compared += 1
        difference = _difference(path.name, source, theirs)
        if difference is not None:
            differences[path.relative_to(NODE_MODULES).as_posix()] = difference
    assert differences.keys() == GRAMMAR_GAPS.keys(), differences
    assert compared >= 150


def _raw_texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in ("raw", "rawValidator") and inner != "system":
                yield inner
            else:
                yield from _raw_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _raw_texts(inner)


def test_the_validator_texts_of_contracts_are_lowered_as_esprima_reads_them() -> None:
    texts: set[str] = set()
    jobs = [job for job in component_jobs() if str(job.functions_dir).endswith("/src/component")]
    for job in jobs[:PACKAGES_WITH_VALIDATORS]:
        extract = extract_project(job.root, job.functions_dir, None)
        texts.update(_raw_texts(json.loads(json.dumps(extract))))
    # esprima has no bigint literals.
    texts = {text for text in texts if not text.endswith("n)")}
    assert len(texts) > 300
    differences = [
        f"{text}: {difference}"
        for text in sorted(texts)
        if (difference := _difference("raw.js", text.encode(), from_esprima.read_module(text)))
    ]
    assert not differences, "\n".join(differences)
