"""The built-in objects give what Node gives, expression by expression.

One Node process evaluates all expressions of all tables; ours go through the interpreter. Results
are compared in a notation that tells apart what JSON does not: undefined, NaN, minus zero, holes,
bigints, maps, sets, thrown errors, halves of surrogate pairs. The expressions are in the folder
`test_builtins_expressions`, one a line.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import product
from pathlib import Path

import pytest

import ssot_action.evaluation.expressions
import ssot_action.evaluation.statements  # noqa: F401 - both register their handlers
from ssot_action.evaluation.builtins import make_globals
from ssot_action.evaluation.builtins.date import DateObject
from ssot_action.evaluation.convert import number_to_string
from ssot_action.evaluation.interpreter import Interpreter, utf16_units
from ssot_action.evaluation.linker import Linker, Module
from ssot_action.evaluation.values import (
    ERROR_PROTOTYPE,
    MISSING,
    UNDEFINED,
    IteratorObject,
    JSArray,
    JSFunction,
    JSObject,
    MapObject,
    PromiseObject,
    RegExpObject,
    SetObject,
    Symbol,
    Unknown,
    Value,
)
from ssot_action.syntax.module import parse_module

_EXPRESSIONS = Path(__file__).parent / "test_builtins_expressions"
_EVALUATE_IN_NODE = r"""
const quote = (text) => '"' + Array.from({ length: text.length }, (_, index) => {
  const code = text.charCodeAt(index);
  return code > 31 && code < 127 && code !== 34 ? text[index] : "\\" + code.toString(16);
}).join("") + '"';
const chain = (value, prototype) => prototype.isPrototypeOf(value);
const show = (value) => {
  if (value === null || typeof value === "boolean" || value === undefined) return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return value + "n";
  if (typeof value === "string") return quote(value);
  if (typeof value === "symbol") return "symbol " + quote(value.description ?? "");
  if (typeof value === "function") return "function";
  if (chain(value, Error.prototype)) return value.name;
  if (value instanceof RegExp) return "regexp " + quote(String(value)) + " " + value.lastIndex;
  if (value instanceof Date) return "date " + value.getTime();
  if (value instanceof Promise) return "promise";
  if (value instanceof Map) return "map " + show([...value]);
  if (value instanceof Set) return "set " + show([...value]);
  if (typeof value.next === "function") return "iterator " + show([...value]);
  const parts = [];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      parts.push(index in value ? show(value[index]) : "hole");
    }
  }
  for (const key of Object.keys(value)) {
    if (Array.isArray(value) && /^\d+$/.test(key)) continue;
    parts.push(quote(key) + ": " + show(value[key]));
  }
  return (Array.isArray(value) ? "[" : "{") + parts.join(", ") + (Array.isArray(value) ? "]" : "}");
};
const run = (expression) => {
  try {
    return show((0, eval)('"use strict"; (' + expression + "\n)"));
  } catch (error) {
    return "throws " + (chain(error, Error.prototype) ? error.name : show(error));
  }
};
const expressions = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log = () => undefined;
process.stdout.write(JSON.stringify(expressions.map(run)));
"""


class _Notation:
    """Writes our values in the notation of the script above."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    def show(self, value: Value) -> str:
        if isinstance(value, Unknown):
            return f"unknown: {value.reason}"
        if value is None or value is UNDEFINED:
            return "null" if value is None else "undefined"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return "-0" if repr(value) == "-0.0" else number_to_string(value)
        if isinstance(value, int):
            return f"{value}n"
        if isinstance(value, str):
            return _quote(value)
        if isinstance(value, Symbol):
            return f"symbol {_quote(value.description)}"
        if isinstance(value, JSFunction):
            return "function"
        assert isinstance(value, JSObject)
        return self._show_object(value)

    def _show_object(self, value: JSObject) -> str:
        if value.incomplete is not None:
            return f"incomplete: {value.incomplete.reason}"
        if _is_error(value):
            return str(self._interpreter.get(value, "name"))
        if isinstance(value, RegExpObject):
            text = self._interpreter.call(self._interpreter.get(value, "toString"), value, [])
            return (
                f"regexp {self.show(text)} {self.show(self._interpreter.get(value, 'lastIndex'))}"
            )
        if isinstance(value, DateObject):
            return f"date {number_to_string(value.time)}"
        if isinstance(value, PromiseObject):
            return "promise"
        for type_, word in ((MapObject, "map"), (SetObject, "set"), (IteratorObject, "iterator")):
            if isinstance(value, type_):
                return f"{word} {self.show(JSArray(self._interpreter.iterate(value)))}"
        return self._show_members(value)

    def _show_members(self, value: JSObject) -> str:
        parts: list[str] = []
        if isinstance(value, JSArray):
            for index in range(len(value.items)):
                item = value.get_own(str(index))
                parts.append("hole" if item is MISSING else self.show(item))
        for key, item in self._interpreter.own_entries(value):
            assert isinstance(key, str)
            if not isinstance(value, JSArray) or not key.isdigit():
                parts.append(f"{_quote(key)}: {self.show(item)}")
        brackets = "[]" if isinstance(value, JSArray) else "{}"
        return f"{brackets[0]}{', '.join(parts)}{brackets[1]}"


def _is_error(value: JSObject) -> bool:
    current = value.prototype
    while current is not None:
        if current is ERROR_PROTOTYPE:
            return True
        current = current.prototype
    return False


def _quote(text: str) -> str:
    shown = (
        unit if 31 < ord(unit) < 127 and unit != '"' else f"\\{ord(unit):x}"
        for unit in utf16_units(text)
    )
    return f'"{"".join(shown)}"'


def _evaluate(sources: list[str]) -> list[str]:
    """Return what our interpreter makes of the expressions."""
    text = "".join(
        f"export const r{index} = (() => {{ try {{ return [({source}\n)]; }}"
        " catch (error) { return { error }; } })();\n"
        for index, source in enumerate(sources)
    )
    interpreter = Interpreter(make_globals())
    linker = Linker(interpreter, None, lambda _: None, lambda _: None)  # type: ignore[arg-type,return-value]
    syntax = parse_module("expressions.js", text.encode("utf-8", "surrogatepass"))
    module = Module(linker, "expressions.js", syntax, is_model=False)
    notation = _Notation(interpreter)
    results: list[str] = []
    for index in range(len(sources)):
        interpreter.fuel = 2_000_000
        value = module.get_export(f"r{index}")
        if isinstance(value, JSArray):
            results.append(notation.show(value.items[0]))
        elif isinstance(value, JSObject):
            results.append(f"throws {notation.show(value.properties['error'])}")
        else:
            results.append(notation.show(value))
    return results


def _evaluate_in_node(sources: list[str]) -> list[str]:
    node = shutil.which("node")
    assert node is not None, "these tests compare with Node: install Node 20 or later"
    finished = subprocess.run(
        [node, "-e", _EVALUATE_IN_NODE],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=True,
    )
    results: list[str] = json.loads(finished.stdout)
    return results


def _lines(table: str) -> list[str]:
    """Return the expressions, or parts of them, of a file of the folder, one a line."""
    return (_EXPRESSIONS / f"{table}.txt").read_text("utf-8").splitlines()


def _calls(receivers: str, calls: str) -> list[str]:
    """Return every call on every receiver."""
    return [f"({one}){call}" for one, call in product(_lines(receivers), _lines(calls))]


def _pattern_expressions() -> list[str]:
    """Return what each pattern finds in its texts, by `exec`, globally and from an index."""
    sources: list[str] = []
    for line in _lines("patterns"):
        pattern, *texts = re.split(r" \|(?: |$)", line)
        body, _, flags = pattern.strip().rpartition("/")
        global_pattern = f"{body}/{flags.replace('g', '')}g"
        for raw in texts:
            text = '"' + raw.strip(" ").replace('"', '\\"') + '"'
            sources.append(f"({pattern}).exec({text})")
            sources.append(f"[...{text}.matchAll({global_pattern})].map((m) => [m.index, ...m])")
            sources.append(f"{text}.split({pattern})")
    return sources


# In these families an answer may also be unknown; wrong it may never be.
_PARTLY = ("functions of what is partly known", "uncertain numbers")
_TABLES = {
    "String.prototype": _calls("strings", "string_calls"),
    "Array.prototype": _calls("arrays", "array_calls"),
    "changes of arrays": [
        f"(() => {{ const array = {array}; const made = array.{change};"
        " return [made === array ? 'itself' : made, array]; })()"
        for array, change in product(_lines("dense_arrays"), _lines("array_changes"))
    ],
    "Number.prototype": _calls("numbers", "number_calls"),
    "functions of numbers": [
        f"{function}({number})"
        for function, number in product(_lines("functions_of_numbers"), _lines("numbers"))
    ],
    "functions of anything": [
        f"{function}({value})"
        for function, value in product(_lines("functions_of_anything"), _lines("anything"))
    ],
    _PARTLY[0]: [
        f"{function}({value})"
        for function, value in product(_lines("functions_of_anything"), _lines("partly_known"))
    ],
    "uncertain numbers": [
        f"{function}({number})"
        for function, number in product(_lines("uncertain_functions"), _lines("numbers"))
    ],
    "single expressions": _lines("single"),
    "values": _lines("values"),
    "patterns": _pattern_expressions(),
    "RegExp": _lines("regexp_objects"),
}


@pytest.fixture(scope="module")
def answers_of_node() -> dict[str, str]:
    """What Node gives for each expression."""
    sources = [source for table in _TABLES.values() for source in table]
    return dict(zip(sources, _evaluate_in_node(sources), strict=True))


@pytest.mark.parametrize("family", _TABLES)
def test_the_builtins_give_what_node_gives(family: str, answers_of_node: dict[str, str]) -> None:
    sources = _TABLES[family]
    differences = [
        f"{source}\n    ours: {ours}\n    node: {answers_of_node[source]}"
        for source, ours in zip(sources, _evaluate(sources), strict=True)
        if ours != answers_of_node[source]
        and not (family in _PARTLY and ours.startswith("unknown: "))
    ]
    assert not differences, "\n" + "\n".join(differences)
