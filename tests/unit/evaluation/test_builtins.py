"""What the built-in objects do with what is unknown, and what Node 20 does not have yet.

Each program is the body of a function; `unknown` stands for an environment variable.
"""

from __future__ import annotations

import pytest

import ssot_action.evaluation.expressions
import ssot_action.evaluation.statements  # noqa: F401 - both register their handlers
from ssot_action.evaluation.builtins import make_globals
from ssot_action.evaluation.interpreter import Interpreter
from ssot_action.evaluation.linker import Linker, Module
from ssot_action.evaluation.values import (
    UNDEFINED,
    JSArray,
    JSObject,
    MapObject,
    Nature,
    PromiseObject,
    SetObject,
    Unknown,
    UnknownCode,
    Value,
)
from ssot_action.syntax.module import parse_module


def _run(program: str, variables: dict[str, Value] | None = None) -> Value:
    """Return what a function with the body `program` returns."""
    interpreter = Interpreter(make_globals() if variables is None else variables)
    linker = Linker(interpreter, None, lambda _: None, lambda _: None)  # type: ignore[arg-type,return-value]
    source = (
        f"const unknown = process.env.SECRET;\nexport const result = (() => {{ {program} }})();\n"
    )
    syntax = parse_module("convex/a.js", source.encode())
    module = Module(linker, "convex/a.js", syntax, is_model=False)
    result = module.get_export("result")
    assert not module.failures, module.failures
    return result


def _plain(value: Value) -> object:
    """Return a value as Python has it, "?" for an unknown one."""
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, JSObject) and value.incomplete is not None:
        return "incomplete"
    if isinstance(value, JSArray):
        return [_plain(item) for item in value.items]
    if isinstance(value, MapObject):
        return [(_plain(key), _plain(item)) for key, item in value.entries.values()]
    if isinstance(value, SetObject):
        return {_plain(item) for item in value.entries.values()}
    if isinstance(value, PromiseObject):
        return ("rejected" if value.is_rejected else "fulfilled", _plain(value.value))
    if isinstance(value, JSObject):
        return {key: _plain(value.properties[key]) for key in value.own_keys()}
    return value


# Unknown values among known ones stay where they are


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("return [1, unknown, 3].map((x) => x);", [1, "?", 3]),
        ("return [1, unknown].slice(1);", ["?"]),
        ("return [unknown].concat([2]);", ["?", 2]),
        ("return Object.values({ a: unknown, b: 2 });", ["?", 2]),
        ("return Object.entries({ a: unknown });", [["a", "?"]]),
        ("return Object.keys({ a: unknown, b: 2 });", ["a", "b"]),
        ('return Object.fromEntries([["a", unknown], ["b", 2]]);', {"a": "?", "b": 2}),
        ("return Object.assign({ a: 1 }, { b: unknown });", {"a": 1, "b": "?"}),
        ('return new Map([["a", unknown]]).get("a");', "?"),
        ('return [...new Map([["a", unknown]]).keys()];', ["a"]),
        ('return [unknown, "a"].includes("a");', True),
        ("return [1, unknown, 3].length;", 3),
        ("return [1, unknown].at(0);", 1),
        ("return [unknown, 2].find((x) => x === unknown || true);", "?"),
        ("const a = []; a.push(unknown, 2); return a;", ["?", 2]),
        ("return Array.from({ length: 2 }, () => unknown);", ["?", "?"]),
        ("return [[unknown], 1].flat();", ["?", 1]),
        ("return structuredClone({ a: unknown });", {"a": "?"}),
        ("return Promise.all([1, Promise.resolve(unknown)]);", ("fulfilled", [1, "?"])),
        ("return [1, 2].reduce((sum, x) => sum + x, unknown);", "?"),
        ('return "a".replace("b", unknown);', "a"),
        ("return [2, unknown, 1].toSpliced(1, 1);", [2, 1]),
    ],
)
def test_an_unknown_element_leaves_its_neighbours_known(program: str, expected: object) -> None:
    assert _plain(_run(program)) == expected


# What depends on an unknown is unknown


@pytest.mark.parametrize(
    "expression",
    [
        "[1, 2].filter((x) => x === unknown)",
        "[1, unknown].includes(2)",
        "[1, unknown].indexOf(2)",
        "[1, 2].some((x) => x > unknown)",
        "[1, unknown].join()",
        "[2, unknown, 1].toSorted()",
        "[2, 1].toSorted((a, b) => unknown)",
        "[1, 2].slice(unknown)",
        "[1, 2].at(unknown)",
        "[1].concat(unknown.list)",
        "[[1], unknown.list].flat()",
        "[1].flatMap(() => unknown.list)",
        "Object.keys(unknown)",
        "Object.keys({ ...unknown })",
        "Object.entries(process.env)",
        "Object.hasOwn({}, unknown)",
        '"a".concat(unknown)',
        '"abc".split(unknown)',
        '"abc".replace("b", unknown)',
        '"abc".replace(/b/, () => unknown)',
        '"abc".includes(unknown)',
        "new Map([[1, 2]]).get(unknown)",
        "new Set([1]).has(unknown)",
        "new Set([unknown]).has(1)",
        "new Set([unknown]).size",
        "[...new Set([unknown])]",
        "new Map([[unknown, 1]]).size",
        "new Map(unknown).get(1)",
        "JSON.stringify({ a: unknown })",
        "JSON.parse(unknown)",
        "Number(unknown)",
        "String(unknown)",
        "parseInt(unknown)",
        "Math.max(1, unknown)",
        "Math.random()",
        "Math.sin(1)",
        "Date.now()",
        "new Date()",
        "new Date().getTime()",
        'new Date("March 7, 2020")',
        "new Date(2020, 1).getTime()",
        "new Date(0).getHours()",
        "crypto.randomUUID()",
        "fetch('https://example.com')",
        "new URL('https://example.com/a/../b').host",
        "setTimeout(() => 1)",
        "performance.now()",
        "process.cwd()",
        "process.env[unknown]",
        '"SECRET" in process.env',
        "(() => 1).toString()",
        "new Error('m').stack",
        "(12345.5).toLocaleString()",
        '"\\u00e4".localeCompare("b")',
        '"a".localeCompare("b", "de")',
        r"/\p{Script=Latin}/u.test('a')",
        r"/\u{1F600}/iu.test('a')",
        "new Function('return 1')()",
        "Symbol.for(unknown)",
        "Object.fromEntries([[unknown, 1]]).a",
        "Object.assign({ a: 1 }, unknown).a",
        "Object.create(unknown).a",
        "new Promise(() => {})",
        "Promise.race([Promise.resolve(1), Promise.resolve(2)])",
        "[3, 1, 2].sort(() => 1)",
        "Object.getOwnPropertyNames(new Proxy({}, { ownKeys: () => [] }))",
        "[].map.length",
    ],
)
def test_what_depends_on_an_unknown_is_unknown(expression: str) -> None:
    result = _run(f"return {expression};")
    assert _plain(result) in ("?", "incomplete"), result


@pytest.mark.parametrize(
    ("expression", "nature"),
    [
        ("process.env.SECRET", Nature.PRIMITIVE),
        ('["a"].join(unknown)', Nature.PRIMITIVE),
        ('"abc".slice(unknown)', Nature.PRIMITIVE),
        ("Math.random()", Nature.PRIMITIVE),
        ("Date.now()", Nature.PRIMITIVE),
        ("crypto.randomUUID()", Nature.PRIMITIVE),
        ("new Date()", Nature.INSTANCE),
        ("new URL('https://example.com/a b')", Nature.INSTANCE),
        ("new Response('x')", Nature.INSTANCE),
        ("fetch('https://example.com')", Nature.INSTANCE),
        ("[1].filter(() => unknown)", Nature.INSTANCE),
        ("Object.keys(unknown)", Nature.INSTANCE),
        ("[() => 1].find(() => unknown)", Nature.ANYTHING),
        ("new Number(unknown)", Nature.INSTANCE),
        ("Number(unknown)", Nature.PRIMITIVE),
        ("Object.fromEntries([[unknown, () => 1]]).a", Nature.ANYTHING),
    ],
)
def test_an_unknown_result_still_tells_that_it_is_no_function(
    expression: str, nature: Nature
) -> None:
    result = _run(f"return {expression};")
    assert isinstance(result, Unknown)
    assert result.nature is nature


# A change whose effect is unknown is not forgotten


@pytest.mark.parametrize(
    ("statement", "expression"),
    [
        ("const a = [1, 2]; a.splice(unknown, 1);", "a[0]"),
        ("const a = [2, 1]; a.sort(() => unknown);", "a[0]"),
        ("const a = [2, 1]; a.fill(0, unknown);", "a[1]"),
        ("const a = [2, unknown, 1]; a.sort();", "a[0]"),
        ("const a = [2, 1]; a.sort(() => unknown);", "[...a]"),
        ("const a = [2, 1]; a.copyWithin(unknown, 1);", "a.join()"),
        ("const a = new Map([[1, 2]]); a.set(unknown, 3);", "a.get(1)"),
        ("const a = new Map([[1, 2]]); a.delete(unknown);", "a.get(1)"),
        ("const a = new Set([1]); a.delete(unknown);", "a.has(1)"),
        ("const a = Object.freeze(new Set([1])); a.add(unknown);", "a.has(2)"),
        ("const a = new Set(); a.add(unknown);", "a.has(1)"),
        ("const a = { b: 1 }; Object.assign(a, unknown);", "a.b"),
        ("const a = { b: 1 }; Object.assign(a, unknown);", "a.c"),
        ("const a = { b: 1 }; Object.defineProperty(a, unknown, { value: 2 });", "a.b"),
        ("const a = { b: 1 }; Object.defineProperty(a, 'b', unknown);", "a.b"),
        ("const a = { b: 1 }; Reflect.set(a, unknown, 2);", "a.b"),
        ("const a = { b: 1 }; Reflect.deleteProperty(a, unknown);", "a.b"),
        ("const a = {}; Object.setPrototypeOf(a, unknown);", "a.b"),
        ("const a = new Date(0); a.setUTCFullYear(2000);", "a.getTime()"),
        (r"const a = /\p{Script=Latin}/gu; a.test('x');", "a.lastIndex"),
        ("const a = new Uint8Array(2); a[0] = unknown;", "a[1]"),
        ("const a = new Uint8Array(2); a.set([unknown]);", "new Uint8Array(a.buffer).join()"),
        ("const a = new URL('https://a.test'); a.port = '80';", "a.href"),
        ("const a = new URL('https://a.test'); a.searchParams.set('b', '1');", "a.href"),
        ("const a = new URLSearchParams('b=1'); a.set(unknown, '1');", "a.get('b')"),
        ("const a = [1].values().filter(() => unknown); a.next();", "[...a]"),
        ("const a = { length: 0 }; Array.prototype.push.call(a, 1);", "a.length"),
    ],
)
def test_a_change_of_unknown_effect_makes_the_receiver_unknown(
    statement: str, expression: str
) -> None:
    result = _run(f"{statement} return {expression};")
    assert _plain(result) in ("?", "incomplete"), result


def test_assigning_an_unknown_source_keeps_what_is_assigned_after_it() -> None:
    result = _run("return Object.assign({ a: 1 }, unknown, { b: 2 });")
    assert isinstance(result, JSObject)
    assert result.incomplete is not None
    assert result.properties["b"] == 2
    assert isinstance(result.properties["a"], Unknown)


def test_an_entry_with_an_unknown_key_leaves_an_incomplete_object() -> None:
    result = _run('return Object.fromEntries([["a", 1], [unknown, 2], ["b", 3]]);')
    assert isinstance(result, JSObject)
    assert result.incomplete is not None
    assert result.properties["b"] == 3


# The host


def test_an_environment_variable_is_unknown_by_its_name() -> None:
    result = _run("return process.env.API_KEY;")
    assert isinstance(result, Unknown)
    assert result.code is UnknownCode.ENVIRONMENT
    assert "`API_KEY`" in result.reason
    assert result.nature is Nature.PRIMITIVE


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("process.env.NODE_ENV", "production"),
        ("(() => { process.env.X = 'set'; return process.env.X; })()", "set"),
        ("(() => { globalThis.cache ??= 1; return [cache, globalThis.cache]; })()", [1, 1]),
        ("typeof window", "undefined"),
        ("globalThis.window", UNDEFINED),
        ("typeof fetch", "function"),
        ("typeof Response", "function"),
        ("console.log(unknown)", UNDEFINED),
    ],
)
def test_what_is_certain_of_the_host_is_known(expression: str, expected: object) -> None:
    assert _plain(_run(f"return {expression};")) == expected


def test_what_a_program_changes_does_not_outlive_it() -> None:
    _run("globalThis.leak = 1; process.env.LEAK = 'x'; console.leak = 1; return 0;")
    assert _plain(_run("return globalThis.leak;")) is UNDEFINED
    assert _plain(_run("return process.env.LEAK;")) == "?"
    assert _plain(_run("return console.leak;")) == "?"


def test_each_call_gives_fresh_globals_and_the_same_intrinsics() -> None:
    first, second = make_globals(), make_globals()
    assert first is not second
    assert first["globalThis"] is not second["globalThis"]
    assert first["Array"] is second["Array"]


def test_timers_do_not_run_their_callbacks() -> None:
    program = """
        let calls = 0;
        setTimeout(() => calls++);
        queueMicrotask(() => calls++);
        setInterval(() => calls++, 1);
        return calls;
    """
    assert _run(program) == 0


# Bounds


@pytest.mark.parametrize(
    "expression",
    [
        "'x'.repeat(1e9)",
        "'x'.padStart(1e9)",
        "new Array(1e9)",
        "Array.from({ length: 1e9 })",
        "/(a+)+b/.test('a'.repeat(60))",
        "/(?:a|a)*b/.test('a'.repeat(60))",
        "/(x+x+)+y/.test('x'.repeat(60))",
        "Array.from({ length: 900000 }, (_, i) => i).map((x) => [x]).flat()",
        "(() => { const s = new Set([0]); s.forEach((x) => s.add(x + 1)); })()",
        "JSON.parse('['.repeat(100000))",
    ],
)
def test_work_without_end_is_given_up(expression: str) -> None:
    interpreter = Interpreter(make_globals())
    linker = Linker(interpreter, None, lambda _: None, lambda _: None)  # type: ignore[arg-type,return-value]
    syntax = parse_module("a.js", f"export const result = {expression};".encode())
    module = Module(linker, "a.js", syntax, is_model=False)
    result = module.get_export("result")
    assert isinstance(result, Unknown)
    assert result.code is UnknownCode.BUDGET


# What Node 20 does not have


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("new Set([1, 2]).union(new Set([2, 3]))", {1, 2, 3}),
        ("new Set([1, 2]).intersection(new Set([2, 3]))", {2}),
        ("new Set([1, 2]).difference(new Set([2, 3]))", {1}),
        ("new Set([1, 2]).symmetricDifference(new Set([2, 3]))", {1, 3}),
        ("new Set([1]).isSubsetOf(new Set([1, 2]))", True),
        ("new Set([1, 2]).isSupersetOf(new Set([1]))", True),
        ("new Set([1]).isDisjointFrom(new Set([2]))", True),
        ("new Set([1, 2]).union(new Map([[3, 4]]))", {1, 2, 3}),
        (
            "[...new Set([1, 2, 3]).intersection(new Set([3, 2]))]",
            [3, 2],
        ),
        (
            "Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even'))",
            {"odd": [1, 3], "even": [2]},
        ),
        ("Map.groupBy([1, 2, 3], (x) => x % 2)", [(1, [1, 3]), (0, [2])]),
        ("[1, 2, 3].values().map((x) => x * 2).toArray()", [2, 4, 6]),
        ("[1, 2, 3].values().filter((x) => x > 1).take(1).toArray()", [2]),
        ("[1, 2, 3].values().drop(1).toArray()", [2, 3]),
        ("[1, 2].values().flatMap((x) => [x, x]).toArray()", [1, 1, 2, 2]),
        ("[1, 2, 3].values().reduce((a, b) => a + b)", 6),
        ("[1, 2, 3].values().some((x) => x === 2)", True),
        ("[1, 2, 3].values().every((x) => x < 3)", False),
        ("[1, 2, 3].values().find((x) => x > 1)", 2),
        ("Iterator.from([1, 2]).toArray()", [1, 2]),
        ("Iterator.from({ next() { return { done: true }; } }).toArray()", []),
        (
            (
                "(() => { const seen = []; [1, 2, 3].values().map((x) => (seen.push(x), x)).take(2)"
                ".toArray(); return seen; })()"
            ),
            [1, 2],
        ),
        ("Promise.try((x) => x + 1, 1)", ("fulfilled", 2)),
    ],
)
def test_newer_methods_do_what_ecmascript_says(expression: str, expected: object) -> None:
    assert _plain(_run(f"return {expression};")) == expected


# Promises are settled on the spot


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Promise.resolve(1)", ("fulfilled", 1)),
        ("Promise.resolve(Promise.resolve(1))", ("fulfilled", 1)),
        ("Promise.reject(1)", ("rejected", 1)),
        ("new Promise((resolve) => resolve(1))", ("fulfilled", 1)),
        ("new Promise((resolve, reject) => { reject(1); resolve(2); })", ("rejected", 1)),
        ("new Promise(() => { throw 1; })", ("rejected", 1)),
        ("new Promise((resolve) => resolve(Promise.reject(3)))", ("rejected", 3)),
        ("Promise.resolve(1).then((x) => x + 1)", ("fulfilled", 2)),
        ("Promise.resolve(1).then(null)", ("fulfilled", 1)),
        ("Promise.resolve(1).then(() => { throw 2; })", ("rejected", 2)),
        ("Promise.reject(1).catch((x) => x + 1)", ("fulfilled", 2)),
        ("Promise.reject(1).then((x) => x, (x) => x + 5)", ("fulfilled", 6)),
        ("Promise.resolve(1).finally(() => 2)", ("fulfilled", 1)),
        ("Promise.resolve(1).finally(() => { throw 2; })", ("rejected", 2)),
        ("Promise.resolve({ then(resolve) { resolve(7); } })", ("fulfilled", 7)),
        ("Promise.all([1, Promise.resolve(2)])", ("fulfilled", [1, 2])),
        ("Promise.all([1, Promise.reject(2)])", ("rejected", 2)),
        (
            "Promise.allSettled([1, Promise.reject(2)])",
            (
                "fulfilled",
                [{"status": "fulfilled", "value": 1}, {"status": "rejected", "reason": 2}],
            ),
        ),
        ("Promise.any([Promise.reject(1), 2])", ("fulfilled", 2)),
        ("Promise.race([1])", ("fulfilled", 1)),
        ("(async () => await Promise.resolve(4))()", ("fulfilled", 4)),
    ],
)
def test_promises_are_settled_as_ecmascript_settles_them(expression: str, expected: object) -> None:
    assert _plain(_run(f"return {expression};")) == expected


def test_any_of_nothing_but_rejections_is_an_aggregate_error() -> None:
    result = _run(
        "return Promise.any([Promise.reject(1)]).catch((error) => [error.name, error.errors]);"
    )
    assert _plain(result) == ("fulfilled", ["AggregateError", [1]])
