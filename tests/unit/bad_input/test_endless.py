"""Programs that never end or grow without bound: reading them ends, and says where and why.

Each statement stands alone at the top of a module. It costs seconds at most and bounded memory,
it is told with its place, and the other modules are read as if it were not there.
"""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.unit.bad_input.command import Outcome, run, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARED = "let a = [1, 1]; for (let i = 0; i < 60; i++) a = [a, a];"

# Name -> statements. They do not run through: a limit of ours, or ECMAScript itself, stops them.
STOPPED = {
    "while": "while (true) {}",
    "for": "for (;;) {}",
    "do-while": "do {} while (true);",
    "labelled-continue": "a: for (;;) { for (;;) { continue a; } }",
    "switch-continue": "for (;;) { switch (1) { case 1: continue; } }",
    "throw-and-catch": "while (true) { try { throw new Error('x'); } catch {} }",
    "finally-continue": "while (true) { try { break; } finally { continue; } }",
    "array-that-grows-while-read": "const a = [1]; for (const k of a) a.push(k + 1);",
    "map-that-grows-while-read": "const m = new Map([[1]]); for (const [k] of m) m.set(k + 1, 1);",
    "set-that-grows-while-read": "const s = new Set([1]); s.forEach((k) => s.add(k + 1));",
    "generator": "function* g() { while (true) yield 1; } const a = [...g()];",
    "iterator": (
        "const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) };"
        " const a = [...it];"
    ),
    "mutual-recursion": "const f = () => g(); const g = () => f(); const a = f();",
    "recursion-that-fans-out": "const f = (n) => (n ? f(n - 1) + f(n - 1) : 1); const a = f(60);",
    "getter": "const o = { get a() { return this.a; } }; const a = o.a;",
    "to-string": "const o = { toString() { return `${this}`; } }; const a = `${o}`;",
    "constructor": "class A { constructor() { this.a = new A(); } } const a = new A();",
    "async-recursion": "const f = async () => await f(); const a = f();",
    "promise-recursion": "const f = () => Promise.resolve().then(f); const a = f();",
    "promise-chain": "let p = Promise.resolve(1); for (;;) p = p.then((x) => x + 1);",
    "closure-chain": (
        "let f = () => 1; for (let i = 0; i < 1e5; i++) { const g = f; f = () => g(); }"
        " const a = f();"
    ),
    "bind-chain": "let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); const a = f();",
    "prototype-cycle": "const a = {}; const b = Object.create(a); a.__proto__ = b; const c = a.x;",
    "array-push": "const a = []; while (true) a.push(a.length);",
    "array-spread": "let a = [1, 2]; while (true) a = [...a, ...a];",
    "array-concat": "let a = [1]; while (true) a = a.concat(a);",
    "array-by-index": "const a = []; for (;;) { const b = []; b[999999] = 1; a.push(b); }",
    "array-by-length": "const a = []; for (;;) { const b = []; b.length = 999999; a.push(b); }",
    "array-constructor": "const a = new Array(4294967295).fill(0);",
    "array-from": "const a = Array.from({ length: 1e9 }, (_, i) => i);",
    "argument-spread": "let a = [1, 2]; const f = (...xs) => xs; while (true) a = f(...a, ...a);",
    "push-spread": "const a = [1, 2]; while (true) a.push(...a);",
    "object-spread": "let a = { a: 1 }; let i = 0; while (true) a = { ...a, [i++]: { ...a } };",
    "object-assign": "let a = {}; let i = 0; while (true) a = Object.assign({ [i++]: 1 }, a);",
    "array-flat": f"{SHARED} const b = a.flat(Infinity);",
    "json-of-shared": f"{SHARED} const b = JSON.stringify(a);",
    "string-of-shared": f"{SHARED} const b = String(a);",
    "string-doubling": 'let s = "ab"; while (true) s = s + s;',
    "template-doubling": 'let s = "ab"; while (true) s = `${s}${s}`;',
    "string-repeat": 'let s = "abc"; for (;;) s = s.repeat(100);',
    "string-pad": 'const s = "a".padStart(2 ** 29); const t = s.padEnd(2 ** 30);',
    "string-join": 'let s = "ab"; for (;;) s = [s, s, s, s].join(s);',
    "string-replace": 'let s = "aa"; for (;;) s = s.replaceAll("a", "aaaaaaaaaa");',
    "string-split": 'let a = "a".repeat(5e6).split(""); while (true) a = a.map(() => a);',
    "bigint-power": "let a = 2n; while (true) a = a ** a;",
    "bigint-shift": "const a = 1n << 10000000000n;",
    "bigint-product": "let a = 3n; while (true) a = a * a;",
    "regular-expression": 'const a = /^(a+)+$/.test("a".repeat(40) + "b");',
    "regular-expression-of-groups": 'const a = /(x+x+)+y/.exec("x".repeat(5000));',
    "regular-expression-backwards": "const a = /^(.*)(.*)(.*)\\1\\2$/.test('ab'.repeat(2000));",
    "sort": "const a = []; for (;;) { a.push(a.length); a.sort(); }",
    "typed-array": "const a = new Uint8Array(4e9);",
}
# Large, and read all the same.
COMPLETED = {
    "many-statements": "let n = 0; " + "n += 1; " * 20_000,
    "cyclic-structure": "const a = []; a.push(a); const b = String(a);",
    "large-clone": f"{SHARED} const b = structuredClone(a);",
    "long-bigint": "let a = 3n; for (let i = 0; i < 13; i++) a = a * a; const s = String(a);",
    "long-number": 'const a = Number("9".repeat(1e5)); const b = Number("0x" + "f".repeat(9999));',
    "far-index": "try { const a = []; a[4294967294] = 1; } catch {}",
}
PROLOGUE = 'import { query } from "./_generated/server";\n'
FUNCTION = "\nexport const other = query({ args: {}, handler: async () => 1 });\n"


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Outcome]]]:
    """The runs of all cases that were selected, side by side."""
    selected = {
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.path == request.path
        and hasattr(item, "callspec")
    }
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            name: pool.submit(_read, tmp_path_factory.mktemp(name), statements)
            for name, statements in (STOPPED | COMPLETED).items()
            if name in selected
        }


def _read(root: Path, statements: str) -> Outcome:
    write_project(root, {"convex/endless.ts": f"{PROLOGUE}{statements}{FUNCTION}"})
    return run(root)


@pytest.mark.parametrize("name", STOPPED)
def test_a_statement_without_end_is_given_up_and_told_with_its_place(
    name: str, outcomes: dict[str, Future[Outcome]]
) -> None:
    outcome = outcomes[name].result()
    assert outcome.code == 0, outcome.stderr
    assert outcome.has_no_bug()
    assert outcome.stderr.startswith("convex/endless.ts:2")
    assert "warning: this statement does not run through: " in outcome.stderr
    assert outcome.wrote_both_contracts
    assert "1 table" in outcome.stdout


@pytest.mark.parametrize("name", COMPLETED)
def test_a_statement_that_is_only_large_is_run(
    name: str, outcomes: dict[str, Future[Outcome]]
) -> None:
    outcome = outcomes[name].result()
    assert outcome.code == 0, outcome.stderr
    assert outcome.stderr == ""
    assert outcome.wrote_both_contracts
    assert "2 functions" in outcome.stdout


def test_what_depends_on_a_loop_without_end_is_unresolved(tmp_path: Path) -> None:
    source = """\
import { query } from "./_generated/server";
import { v } from "convex/values";
const choose = () => { for (;;) {} };
export const list = query({ args: { a: v.literal(choose()) }, handler: async () => 1 });
export const other = query({ args: { a: v.string() }, handler: async () => 1 });
"""
    write_project(tmp_path, {"convex/endless.ts": source})
    outcome = run(tmp_path)
    assert outcome.code == 0
    assert "convex/endless.ts: endless:list" in outcome.stdout
    assert "takes too many steps" in outcome.stdout
    assert "endless:other" not in outcome.stdout


def test_hundreds_of_endless_statements_cost_no_more_than_a_few(tmp_path: Path) -> None:
    loops = "".join(f"for (let i{index} = 0; ; i{index}++) {{}}\n" for index in range(400))
    write_project(tmp_path, {"convex/endless.ts": f"{PROLOGUE}{loops}{FUNCTION}"})
    outcome = run(tmp_path)
    assert outcome.code == 0, outcome.stderr
    assert outcome.stderr.startswith("convex/endless.ts:2: warning: ")
    assert outcome.wrote_both_contracts
