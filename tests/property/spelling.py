"""A program for a project that is known: many ways to say the same.

Each expression is spelled in one of the ways that real projects use, drawn at random: in place, as
a constant of the same or another module, through spreads, helpers, loops, methods of validators.
Whatever way is taken, the value is the one asked for.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.property.truth import Fields, Function, Json, Table, Truth, object_json

if TYPE_CHECKING:
    from random import Random

PLAIN_CALLS = {
    "string": ("v.string()",),
    "number": ("v.number()", "v.float64()"),
    "bigint": ("v.int64()", "v.bigint()"),
    "boolean": ("v.boolean()",),
    "null": ("v.null()",),
    "any": ("v.any()",),
    "bytes": ("v.bytes()",),
}
TRUE = ("true", "1 < 2", "!false", "'a' in { a: 1 }", "typeof x === 'undefined'", "[1].includes(1)")
# A field that no truth has, for what is added and taken away again.
SPARE = "zSpare"


@dataclass(slots=True)
class Module:
    """A file being written; it imports deeper ones only."""

    path: str
    depth: int = 0
    imports: dict[str, None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text."""
        return "\n".join([*self.imports, *self.lines, ""])

    def specifier_of(self, other: Module) -> str:
        """Return how this module imports `other`."""
        up = "../" * self.path.count("/")
        return f"{up or './'}{other.path}"


class Speller:
    """Writes the files of one project."""

    def __init__(self, random: Random, tables: Sequence[Table]) -> None:
        self.random = random
        self.tables = tables
        self.modules: dict[str, Module] = {}
        self._names = 0
        self._budget = 60

    # Names and modules

    def _name(self, stem: str) -> str:
        self._names += 1
        return f"{stem}{self._names}"

    def _module(self, path: str, depth: int = 0) -> Module:
        module = self.modules.get(path)
        if module is None:
            module = self.modules[path] = Module(path, depth)
            module.imports['import { v } from "convex/values";'] = None
        return module

    def _declare(self, module: Module, expression: str, stem: str = "c") -> str:
        """Return a constant of `module` with the value of `expression`."""
        name = self._name(stem)
        module.lines.append(f"{self.random.choice(('const', 'const', 'let', 'var'))} {name} = {expression};")
        return name

    def _import(self, module: Module, other: Module, name: str) -> str:
        """Return an expression in `module` for the export `name` of `other`."""
        specifier = module.specifier_of(other) + self.random.choice(("", "", ".js"))
        match self.random.randrange(6):
            case 0:
                space = "all_" + other.path.replace("/", "_")
                module.imports[f'import * as {space} from "{specifier}";'] = None
                return f"{space}.{name}"
            case 1:
                alias = self._name("i")
                module.imports[f'import {{ {name} as {alias} }} from "{specifier}";'] = None
                return alias
            case 2:
                barrel = self._module(f"{other.path}_barrel")
                way = self.random.choice(("*", f"{{ {name} }}"))
                barrel.imports[f'export {way} from "{barrel.specifier_of(other)}";'] = None
                module.imports[f'import {{ {name} }} from "{module.specifier_of(barrel)}";'] = None
                return name
            case 3:
                barrel = self._module(f"{other.path}_space")
                barrel.imports[f'export * as inner from "{barrel.specifier_of(other)}";'] = None
                space = "space_" + other.path.replace("/", "_")
                text = f'import {{ inner as {space} }} from "{module.specifier_of(barrel)}";'
                module.imports[text] = None
                return f"{space}.{name}"
            case _:
                module.imports[f'import {{ {name} }} from "{specifier}";'] = None
                return name

    def _elsewhere(self, module: Module, spell: Callable[[Module], str]) -> str:
        """Spell in another module, which does not import this one, and import the result."""
        other = self._module(
            f"{'' if self.random.random() < 0.5 else 'lib/'}shared{module.depth + 1}",
            module.depth + 1,
        )
        name = self._name("e")
        expression = spell(other)
        other.lines.append(f"export const {name} = {expression};")
        return self._import(module, other, name)

    # Expressions in general

    def _wrapped(self, module: Module, spell: Callable[[Module], str]) -> str:
        """Return an expression with the value that `spell` spells, said in a roundabout way."""
        if self._budget <= 0:
            return spell(module)
        self._budget -= 1
        way = self.random.randrange(36)
        if way == 0:
            return self._elsewhere(module, spell)
        inner = spell(module)
        true = self.random.choice(TRUE)
        match way:
            case 1:
                return self._declare(module, inner)
            case 2:
                return f"({true} ? {inner} : undefined)"
            case 3:
                return f"({true} && {inner})"
            case 4:
                return f"(undefined ?? {inner})"
            case 5:
                return f"((a) => a)({inner})"
            case 6:
                return f"(() => {{ if ({true}) return {inner}; return v.any(); }})()"
            case 7:
                return f"[null, {inner}][1]"
            case 8:
                return f"({{ 'k-y': {inner} }})['k-y']"
            case 9:
                return f"new Map([['k', {inner}]]).get('k')"
            case 10:
                return f"({inner} as any)"
            case 11:
                return f"({inner} satisfies unknown)!"
            case 12:
                name = self._name("f")
                module.lines.append(f"function {name}() {{ return {inner}; }}")
                return f"{name}()"
            case 13:
                name = self._name("K")
                module.lines.append(f"class {name} {{ static made = {inner}; }}")
                return f"{name}.made"
            case 14:
                name = self._name("d")
                module.lines.append(f"const {{ part: {{ it: {name} }} }} = {{ part: {{ it: {inner} }} }};")
                return name
            case 15:
                name = self._name("s")
                module.lines.append(f"let {name};\nswitch (3 - 2) {{ case 0: break; case 1: {name} = {inner}; }}")
                return name
            case 16:
                return f"(() => {{ try {{ throw {inner}; }} catch (e) {{ return e; }} }})()"
            case 17:
                return f"[1, 2, 3].reduce((a, n) => (n === 2 ? {inner} : a), null as any)"
            case 18:
                return f"(({{ it = {inner}, ...rest }}: any = {{}}) => it)()"
            case 19:
                return f"((...all: any[]) => all.at(-1))(1, {inner})"
            case 20:
                return f"({{ get it() {{ return {inner}; }} }})?.it"
            case 21:
                name = self._name("w")
                module.lines.append(f"let {name}: any;\n{name} ??= {inner};")
                return name
            case 22:
                name = self._name("n")
                module.lines.append(f"namespace {name} {{ export const it = {inner}; }}")
                return f"{name}.it"
            case 23:
                return f"(function later(n: number): any {{ return n ? later(n - 1) : {inner}; }})(3)"
            case 24:
                name = self._name("p")
                module.lines.append(
                    f"let {name};\nfor (let n = 0; ; n++) {{"
                    f" if (n < 2) continue; {name} = {inner}; break; }}"
                )
                return name
            case 25:
                name = self._name("Q")
                module.lines.append(
                    f"class {name} {{ #it: any; constructor(it: any) {{ this.#it = it; }}"
                    f" get it() {{ return this.#it; }} }}"
                )
                return f"new {name}({inner}).it"
            case 26:
                return f"[...(function* () {{ yield {inner}; }})()][0]"
            case 27:
                return f"[...new Set([{inner}])].flatMap((it) => [it])[0]"
            case _:
                return inner

    # Validators

    def validator(self, module: Module, truth: Json) -> str:
        """Return an expression for the validator `truth`."""
        return self._wrapped(module, lambda here: self._validator(here, truth))

    def _validator(self, module: Module, truth: Json) -> str:
        table = next((table for table in self.tables if table.document is truth), None)
        # The schema imports the shared modules: they cannot import it.
        if table is not None and not module.depth and module.path != "schema":
            up = "../" * module.path.count("/") or "./"
            module.imports[f'import schema from "{up}schema";'] = None
            return f"schema.tables.{table.name}.validator"
        match truth["type"]:
            case "id":
                return f"v.id({quote(truth['tableName'])})"
            case "literal":
                return f"v.literal({self._literal(module, truth['value'])})"
            case "array":
                inner = self.validator(module, truth["value"])
                return f"v.array({inner})"
            case "record":
                keys = self.validator(module, truth["keys"])
                values = self.validator(module, truth["values"]["fieldType"])
                return f"v.record({keys}, {values})"
            case "object":
                return self._object(module, fields_of(truth))
            case "union":
                return self._union(module, truth["value"])
            case plain:
                return self.random.choice(PLAIN_CALLS[plain])

    def _literal(self, module: Module, value: Any) -> str:
        text = literal(value)
        if not isinstance(value, str):
            return text
        match self.random.randrange(6):
            case 0:
                return "`" + quote(value)[1:-1].replace("`", "\\`").replace("${", "\\${").replace('\\"', '"') + "`"
            case 1:
                return f"{quote(value[:1])} + {quote(value[1:])}"
            case 2:
                name = self._name("E")
                module.lines.append(f"enum {name} {{ Other = 1, It = {text} }}")
                return f"{name}.It"
            case _:
                return text

    def _union(self, module: Module, members: Sequence[Json]) -> str:
        values = [member["value"] for member in members if member["type"] == "literal"]
        way = self.random.randrange(6)
        if way < 2 and len(values) == len(members):
            texts = ", ".join(literal(value) for value in values)
            return f"v.union(...[{texts}].map((it) => v.literal(it)))"
        if way == 2 and len(members) == 2 and members[1] == {"type": "null"}:
            return f"v.nullable({self.validator(module, members[0])})"
        spelled = [self.validator(module, member) for member in members]
        if way == 3:
            name = self._name("m")
            pushes = "\n".join(f"{name}.push({member});" for member in spelled)
            module.lines.append(f"const {name} = [];\n{pushes}")
            return f"v.union(...{name})"
        if way == 4 and len(members) > 1:
            return f"v.union(...v.union({', '.join(spelled[:-1])}).members, {spelled[-1]})"
        return f"v.union({', '.join(spelled)})"

    def _object(self, module: Module, fields: Fields) -> str:
        spare = {SPARE: ({"type": "any"}, False)}
        match self.random.randrange(9):
            case 0:
                return f"v.object({self.fields(module, {**fields, **spare})}).omit({quote(SPARE)})"
            case 1 if fields:
                names = ", ".join(quote(name) for name in fields)
                return f"v.object({self.fields(module, {**spare, **fields})}).pick({names})"
            case 2 if fields:
                first, last = halves(fields)
                return f"v.object({self.fields(module, first)}).extend({self.fields(module, last)})"
            case 3 if fields and all(optional for _, optional in fields.values()):
                required = {name: (json, False) for name, (json, _) in fields.items()}
                return f"v.object({self.fields(module, required)}).partial()"
            case 4:
                return f"v.object({self._object(module, fields)}.fields)"
            case _:
                return f"v.object({self.fields(module, fields)})"

    # Fields

    def fields(self, module: Module, fields: Fields) -> str:
        """Return an expression for an object of validators."""
        return self._wrapped(module, lambda here: self._fields(here, fields))

    def _fields(self, module: Module, fields: Fields) -> str:
        way = self.random.randrange(12)
        if way == 0 and fields:
            first, last = halves(fields)
            return f"{{ ...{self.fields(module, first)}, ...{self.fields(module, last)} }}"
        if way == 1 and fields:
            first, last = halves(fields)
            return f"Object.assign({{}}, {self.fields(module, first)}, {self.fields(module, last)})"
        if way == 2 and fields:
            name = next(iter(fields))
            return f"{{ {key(name)}: v.any(), ...{self.fields(module, fields)} }}"
        if way == 3:
            spare = {**fields, SPARE: ({"type": "null"}, True)}
            name, rest = self._name("x"), self._name("r")
            module.lines.append(f"const {{ {SPARE}: {name}, ...{rest} }} = {self.fields(module, spare)};")
            return rest
        if way == 4:
            spare = {SPARE: ({"type": "null"}, True), **fields}
            return (
                f"Object.fromEntries(Object.entries({self.fields(module, spare)})"
                f".filter(([name]) => name !== {quote(SPARE)}))"
            )
        spelled = [(name, self._field(module, *value)) for name, value in fields.items()]
        if way == 5:
            return f"Object.fromEntries([{', '.join(f'[{quote(n)}, {e}]' for n, e in spelled)}])"
        if way == 6:
            name = self._name("o")
            pairs = ", ".join(f"[{quote(n)}, {e}]" for n, e in spelled)
            module.lines.append(
                f"const {name}: Record<string, any> = {{}};\n"
                f"for (const [name, it] of [{pairs}] as const) {{ {name}[name] = it; }}"
            )
            return name
        if way == 7:
            name = self._name("o")
            writes = "".join(f"\n{name}[{quote(n)}] = {e};" for n, e in spelled)
            module.lines.append(f"const {name} = {{}} as any;{writes}")
            return name
        return "{ " + ", ".join(f"{self._key(n)}: {e}" for n, e in spelled) + " }"

    def _key(self, name: str) -> str:
        return self.random.choice((key(name), quote(name), f"[{quote(name)}]"))

    def _field(self, module: Module, truth: Json, optional: bool) -> str:  # noqa: FBT001 - a pair
        text = self.validator(module, truth)
        if not optional:
            return text
        if text.startswith("v.") and self.random.random() < 0.2:
            return f"{text}.asOptional()"
        return f"v.optional({text})"

    # The schema

    def schema(self, truth: Truth) -> None:
        """Write the schema file."""
        module = self._module("schema")
        module.imports['import { defineSchema, defineTable } from "convex/server";'] = None
        entries: list[str] = []
        spread: list[str] = []
        for table in truth.tables:
            text = self._table(module, table.document, table.indexes)
            match self.random.randrange(4):
                case 0:
                    spread.append(f"...{{ {key(table.name)}: {text} }}")
                case 1:
                    entries.append(f"{key(table.name)}: {self._declare(module, text, 'table')}")
                case _:
                    entries.append(f"{self._key(table.name)}: {text}")
        tables = "{ " + ", ".join([*spread, *entries]) + " }"
        options = "" if truth.validates else ", { schemaValidation: !true }"
        if self.random.random() < 0.5:
            module.lines.append(f"export default defineSchema({tables}{options});")
        else:
            module.lines.append(f"const schema = defineSchema({tables}{options});\nexport default schema;")

    def _table(self, module: Module, document: Json, indexes: dict[str, list[str]]) -> str:
        if document["type"] == "object" and self.random.random() < 0.7:
            text = f"defineTable({self.fields(module, fields_of(document))})"
        else:
            text = f"defineTable({self.validator(module, document)})"
        pairs = [(quote(name), ", ".join(map(quote, fields))) for name, fields in indexes.items()]
        if pairs and self.random.random() < 0.2:
            name = self._declare(module, text, "table")
            listed = ", ".join(f"[{index}, [{fields}]]" for index, fields in pairs)
            module.lines.append(f"for (const [name, fields] of [{listed}] as any) {name}.index(name, fields);")
            return name
        for index, fields in pairs:
            if self.random.random() < 0.3:
                text += f".index({index}, {{ fields: [{fields}] }})"
            else:
                text += f".index({index}, [{fields}])"
        return text

    # Functions

    def functions(self, truth: Truth) -> None:
        """Write the modules of functions."""
        for function in truth.functions:
            module = self._module(function.module)
            self._export(module, function.name, self._function(module, function))

    def _function(self, module: Module, function: Function) -> str:
        builder = self._builder(module, function)
        args, parts = function.args, []
        added: Fields = {}
        if args and self.random.random() < 0.3:
            args, added = halves(args)
        if args is not None:
            as_object = self.random.random() < 0.2 and not added
            text = self.validator(module, object_json(args)) if as_object else self.fields(module, args)
            parts.append(f"args: {text}")
        if function.returns is not None:
            parts.append(f"returns: {self.validator(module, function.returns)}")
        parts.append("handler: async (ctx, args) => { return await ctx.db.get(args.id); }")
        if added:
            # convex-helpers takes a field named like a property of all objects for a repeated one.
            may_customize = not {"constructor", "toString"} & (function.args or {}).keys()
            builder = self._wrapper(module, builder, function.kind if may_customize else None, added)
        elif len(parts) == 1 and self.random.random() < 0.5:
            return f"{builder}(async (ctx) => {{ return null; }})"
        return f"{builder}({{ {', '.join(parts)} }})"

    def _builder(self, module: Module, function: Function) -> str:
        name = function.kind
        if function.is_internal:
            name = f"internal{name.capitalize()}"
        match self.random.randrange(4):
            case 0:
                module.imports[f'import {{ {name}Generic }} from "convex/server";'] = None
                return f"{name}Generic"
            case 1:
                up = "../" * module.path.count("/") or "./"
                module.imports[f'import * as server from "{up}_generated/server";'] = None
                return self._declare(module, f"server.{name}", "build")
            case _:
                up = "../" * module.path.count("/") or "./"
                module.imports[f'import {{ {name} }} from "{up}_generated/server";'] = None
                return name

    def _wrapper(self, module: Module, builder: str, kind: str | None, added: Fields) -> str:
        """Return a builder that adds arguments; convex-helpers' own one for a `kind`."""
        name = self._name("wrap")
        fields = self.fields(module, added)
        if kind is not None and self.random.random() < 0.4:
            custom = f"custom{kind.capitalize()}"
            module.imports[f'import {{ {custom} }} from "convex-helpers/server/customFunctions";'] = None
            module.lines.append(
                f"const {name} = {custom}({builder}, {{ args: {fields}, input: async () => ({{ ctx: {{}}, args: {{}} }}) }});"
            )
        else:
            module.lines.append(
                f"const {name} = (definition: any) =>"
                f" {builder}({{ ...definition, args: {{ ...definition.args, ...{fields} }} }});"
            )
        return name

    def _export(self, module: Module, name: str, text: str) -> None:
        if name == "default":
            module.lines.append(f"export default {text};")
            return
        local = self._name("local")
        match self.random.randrange(5):
            case 0:
                module.lines.append(f"const {local} = {text};\nexport {{ {local} as {name} }};")
            case 1:
                module.lines.append(f"export const {{ {local}: {name} }} = {{ {local}: {text} }};")
            case 2:
                module.lines.append(f"export const [{name}] = [{text}];")
            case _:
                module.lines.append(f"export const {name} = {text};")


def spell_project(random: Random, truth: Truth) -> dict[str, str]:
    """Return the files of a project that `truth` is true of."""
    speller = Speller(random, truth.tables)
    speller.schema(truth)
    speller.functions(truth)
    files = {f"convex/{module.path}.ts": module.text for module in speller.modules.values()}
    return {"package.json": '{ "type": "module" }\n', **files}


def fields_of(truth: Json) -> Fields:
    """Return the fields of an object's ValidatorJSON."""
    return {name: (part["fieldType"], part["optional"]) for name, part in truth["value"].items()}


def halves(fields: Fields) -> tuple[Fields, Fields]:
    """Return the fields in two parts."""
    items: list[Any] = list(fields.items())
    middle = len(items) // 2
    return dict(items[:middle]), dict(items[middle:])


def quote(text: str) -> str:
    """Return a JavaScript string literal."""
    return json.dumps(text, ensure_ascii=False)


def key(name: str) -> str:
    """Return a key of an object literal."""
    return name if name.isidentifier() or name.replace("$", "a").isidentifier() else quote(name)


def literal(value: Any) -> str:
    """Return the JavaScript expression of the value of a literal's ValidatorJSON."""
    if isinstance(value, dict):
        return f"{int.from_bytes(base64.b64decode(value['$integer']), 'little', signed=True)}n"
    return quote(value) if isinstance(value, str) else json.dumps(value)
