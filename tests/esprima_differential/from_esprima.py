"""esprima's tree → neutral form.

Written from ESTree's own definitions, without a look at how our lowering does it: every node of a
program that esprima can parse has a handler here, named after its ESTree type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import esprima  # type: ignore[import-untyped]

from ssot_action.syntax.module import ANONYMOUS_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.esprima_differential.neutral import Neutral

_CLASS_LIKE = ("ClassDeclaration",)
_LOGICAL = frozenset({"&&", "||"})
_FUNCTIONS = frozenset(
    {
        "ArrowFunctionExpression",
        "AsyncArrowFunctionExpression",
        "AsyncFunctionDeclaration",
        "AsyncFunctionExpression",
        "FunctionDeclaration",
        "FunctionExpression",
    }
)


class NotForEsprimaError(Exception):
    """esprima cannot parse the program: it is newer than ES2017, or TypeScript."""


def read_module(text: str) -> Neutral:
    """Return the neutral form of a module, or of a script where it is none.

    Raises:
        NotForEsprimaError: esprima cannot parse it.
    """
    options = {"range": True}
    try:
        tree = esprima.parseModule(text, options)
    except (esprima.Error, RecursionError):
        try:
            tree = esprima.parseScript(text, options)
        except (esprima.Error, RecursionError) as error:
            raise NotForEsprimaError(str(error)) from None
    return _Reader(text).module(tree)


class _Reader:
    """Reads one file's tree; offsets become offsets in bytes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets: list[int] | None = None
        if not text.isascii():
            offset = 0
            self._offsets = [0]
            for character in text:
                offset += len(character.encode())
                self._offsets.append(offset)

    def byte(self, index: int) -> int:
        return index if self._offsets is None else self._offsets[index]

    def at(self, node: Any) -> int:
        return self.byte(node.range[0])

    def read(self, node: Any) -> Neutral:
        if node is None:
            return None
        handler = getattr(self, f"read_{node.type}")
        result: Neutral = handler(node)
        return result

    def all(self, nodes: Iterable[Any]) -> tuple[Neutral, ...]:
        return tuple([self.read(node) for node in nodes])

    # Modules

    def module(self, tree: Any) -> Neutral:
        imports: list[Neutral] = []
        dependencies: dict[str, None] = {}
        exports: dict[str, str] = {}
        reexports: list[Neutral] = []
        stars: list[str] = []
        items: list[Neutral] = []
        is_script = True
        for node in tree.body:
            match node.type:
                case "ImportDeclaration":
                    imports.extend(self._import(node))
                    dependencies[node.source.value] = None
                case "ExportAllDeclaration":
                    stars.append(node.source.value)
                    dependencies[node.source.value] = None
                case "ExportNamedDeclaration" if node.declaration is None:
                    for each in node.specifiers:
                        if node.source is None:
                            exports[each.exported.name] = each.local.name
                        else:
                            name = each.local.name
                            source = node.source.value
                            reexports.append((each.exported.name, source, name, self.at(each)))
                            dependencies[source] = None
                case "ExportNamedDeclaration":
                    names = _declared(node.declaration)
                    exports.update({name: name for name in names})
                    items.append(self._item(node.declaration, names))
                case "ExportDefaultDeclaration":
                    names, item = self._default(node.declaration)
                    exports["default"] = names[0]
                    items.append(item)
                case "EmptyStatement" | "Directive":
                    continue
                case _:
                    if not (node.type == "ExpressionStatement" and _is_string(node.expression)):
                        items.append(self._item(node, _declared(node)))
                    continue
            is_script = False
        return (
            "Module",
            is_script,
            tuple(imports),
            tuple(dependencies),
            tuple(exports.items()),
            tuple(reexports),
            tuple(stars),
            tuple(items),
        )

    def _item(self, node: Any, names: tuple[str, ...]) -> Neutral:
        return names, node.type in _FUNCTIONS, self.read(node)

    def _import(self, node: Any) -> Iterator[Neutral]:
        for each in node.specifiers:
            imported = {
                "ImportDefaultSpecifier": "default",
                "ImportNamespaceSpecifier": "*",
            }.get(each.type) or each.imported.name
            yield (each.local.name, node.source.value, imported, self.at(each))

    def _default(self, node: Any) -> tuple[tuple[str, ...], Neutral]:
        if node.type.endswith("Declaration") and node.id is not None:
            names: tuple[str, ...] = (node.id.name,)
            return names, self._item(node, names)
        names = (ANONYMOUS_DEFAULT,)
        if node.type == "ClassDeclaration":
            return names, (names, False, self.read_ClassExpression(node))
        is_declaration = node.type.endswith("Declaration")
        value = self._function(node, start=node) if is_declaration else self.read(node)
        return names, (names, is_declaration, value)

    # Literals

    def read_Literal(self, node: Any) -> Neutral:
        if node.regex is not None:
            return ("RegExpLiteral", self.at(node), node.regex.pattern, node.regex.flags)
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        return ("Literal", self.at(node), _well_formed(value) if isinstance(value, str) else value)

    def read_TemplateLiteral(self, node: Any) -> Neutral:
        strings = tuple(_well_formed(quasi.value.cooked) for quasi in node.quasis)
        if not node.expressions:
            return ("Literal", self.at(node), strings[0])
        return ("TemplateLiteral", self.at(node), strings, self.all(node.expressions))

    def read_TaggedTemplateExpression(self, node: Any) -> Neutral:
        quasi = node.quasi
        return (
            "TaggedTemplate",
            self.at(node),
            self.read(node.tag),
            tuple(_well_formed(each.value.cooked) for each in quasi.quasis),
            tuple(each.value.raw for each in quasi.quasis),
            self.all(quasi.expressions),
        )

    # Names

    def read_Identifier(self, node: Any) -> Neutral:
        return ("Identifier", self.at(node), node.name)

    def read_ThisExpression(self, node: Any) -> Neutral:
        return ("This", self.at(node))

    def read_Super(self, node: Any) -> Neutral:
        return ("Super", self.at(node))

    def read_MetaProperty(self, node: Any) -> Neutral:
        return ("NewTarget" if node.meta.name == "new" else "ImportMeta", self.at(node))

    # Composite expressions

    def read_SpreadElement(self, node: Any) -> Neutral:
        return ("Spread", self.at(node), self.read(node.argument))

    def read_ArrayExpression(self, node: Any) -> Neutral:
        return ("ArrayLiteral", self.at(node), self.all(node.elements))

    def read_ObjectExpression(self, node: Any) -> Neutral:
        return ("ObjectLiteral", self.at(node), self.all(node.properties))

    def read_Property(self, node: Any) -> Neutral:
        key = self._key(node)
        if node.kind != "init" or node.method:
            kind = "method" if node.method else node.kind
            return ("Method", self.at(node), key, kind, self._function(node.value, start=node))
        sets_prototype = key == "__proto__" and not node.computed and not node.shorthand
        return ("Property", self.at(node), key, self.read(node.value), sets_prototype)

    def _key(self, node: Any) -> Neutral:
        is_async_method = node.value.isAsync is True and node.type in (
            "MethodDefinition",
            "Property",
        )
        if node.computed or (is_async_method and self._is_in_brackets(node.key)):
            return self.read(node.key)
        if node.key.type == "Identifier":
            return str(node.key.name)
        value = node.key.value
        return _well_formed(value) if isinstance(value, str) else _number_key(float(value))

    def _is_in_brackets(self, key: Any) -> bool:
        """Tell whether a key is computed; esprima forgets it behind `async`."""
        return self._text[: key.range[0]].rstrip().endswith("[")

    def read_ClassExpression(self, node: Any) -> Neutral:
        constructor: Neutral = None
        members: list[Neutral] = []
        for each in node.body.body:
            is_static = bool(each.static)
            function = self._function(each.value, start=each)
            if each.kind == "constructor":
                constructor = function
                continue
            method = ("Method", self.at(each), self._key(each), each.kind, function)
            members.append(("ClassMethod", method, is_static))
        name = None if node.id is None else node.id.name
        return (
            "Class",
            self.at(node),
            name,
            self.read(node.superClass),
            constructor,
            tuple(members),
        )

    def read_FunctionExpression(self, node: Any) -> Neutral:
        return self._function(node, start=node)

    read_AsyncFunctionExpression = read_FunctionExpression
    read_ArrowFunctionExpression = read_FunctionExpression
    read_AsyncArrowFunctionExpression = read_FunctionExpression

    def _function(self, node: Any, *, start: Any) -> Neutral:
        """Return a function; a method's begins at its key, where `start` does."""
        is_block = node.body.type == "BlockStatement"
        hoisted = dict.fromkeys(_variables(node.body)) if is_block else {}
        name = None if start is not node or node.id is None else node.id.name
        code = (
            "FunctionCode",
            tuple([self._parameter(each) for each in node.params]),
            self.read(node.body),
            tuple(sorted(hoisted)),
        )
        is_arrow = "Arrow" in node.type
        is_async = bool(getattr(node, "isAsync", False)) or node.type.startswith("Async")
        return (
            "Function",
            self.at(start),
            name,
            is_arrow,
            is_async,
            bool(node.generator),
            code,
        )

    def _parameter(self, node: Any) -> Neutral:
        is_rest = node.type == "RestElement"
        target, default = self._with_default(node.argument if is_rest else node)
        return ("Parameter", target, default, is_rest, False)

    # Operators

    def read_StaticMemberExpression(self, node: Any) -> Neutral:
        return ("Member", self.at(node), self.read(node.object), node.property.name, False)

    def read_MemberExpression(self, node: Any) -> Neutral:
        if not node.computed:
            return self.read_StaticMemberExpression(node)
        return ("Index", self.at(node), self.read(node.object), self.read(node.property), False)

    def read_CallExpression(self, node: Any) -> Neutral:
        if node.callee.type == "Import":
            return ("ImportCall", self.at(node), self.read(node.arguments[0]))
        return ("Call", self.at(node), self.read(node.callee), self.all(node.arguments), False)

    def read_NewExpression(self, node: Any) -> Neutral:
        return ("New", self.at(node), self.read(node.callee), self.all(node.arguments))

    def read_UnaryExpression(self, node: Any) -> Neutral:
        operand = self.read(node.argument)
        if node.operator == "-" and isinstance(operand, tuple) and operand[0] == "Literal":
            value = operand[2]
            if isinstance(value, float):
                return ("Literal", self.at(node), -value)
        return ("Unary", self.at(node), node.operator, operand)

    def read_UpdateExpression(self, node: Any) -> Neutral:
        is_prefix = bool(node.prefix)
        return ("Update", self.at(node), node.operator, is_prefix, self.read(node.argument))

    def read_BinaryExpression(self, node: Any) -> Neutral:
        kind = "Logical" if node.operator in _LOGICAL else "Binary"
        return (kind, self.at(node), node.operator, self.read(node.left), self.read(node.right))

    read_LogicalExpression = read_BinaryExpression

    def read_ConditionalExpression(self, node: Any) -> Neutral:
        parts = self.all((node.test, node.consequent, node.alternate))
        return ("Conditional", self.at(node), *parts)

    def read_AssignmentExpression(self, node: Any) -> Neutral:
        left, right = self.read(node.left), self.read(node.right)
        return ("Assignment", self.at(node), node.operator, left, right)

    def read_SequenceExpression(self, node: Any) -> Neutral:
        flat: list[Neutral] = []
        for each in self.all(node.expressions):
            is_sequence = isinstance(each, tuple) and each[0] == "Sequence"
            flat.extend(each[2] if is_sequence else (each,))  # type: ignore[index,arg-type]
        return ("Sequence", self.at(node), tuple(flat))

    def read_AwaitExpression(self, node: Any) -> Neutral:
        return ("Await", self.at(node), self.read(node.argument))

    def read_YieldExpression(self, node: Any) -> Neutral:
        return ("Yield", self.at(node), self.read(node.argument), bool(node.delegate))

    # Patterns

    def _with_default(self, node: Any) -> tuple[Neutral, Neutral]:
        if node.type == "AssignmentPattern":
            return self.read(node.left), self.read(node.right)
        return self.read(node), None

    def read_ObjectPattern(self, node: Any) -> Neutral:
        rest: Neutral = None
        properties: list[Neutral] = []
        for each in node.properties:
            if each.type == "RestElement":
                rest = self.read(each.argument)
            else:
                target, default = self._with_default(each.value)
                properties.append(("PatternProperty", self._key(each), target, default))
        return ("ObjectPattern", self.at(node), tuple(properties), rest)

    def read_ArrayPattern(self, node: Any) -> Neutral:
        rest: Neutral = None
        elements: list[Neutral] = []
        for each in node.elements:
            if each is not None and each.type == "RestElement":
                rest = self.read(each.argument)
            elif each is None:
                elements.append(None)
            else:
                elements.append(("PatternElement", *self._with_default(each)))
        return ("ArrayPattern", self.at(node), tuple(elements), rest)

    # Statements

    def read_ExpressionStatement(self, node: Any) -> Neutral:
        return ("ExpressionStatement", self.at(node), self.read(node.expression))

    read_Directive = read_ExpressionStatement

    def read_EmptyStatement(self, node: Any) -> Neutral:
        return ("Empty", self.at(node))

    def read_VariableDeclaration(self, node: Any) -> Neutral:
        return ("VariableDeclaration", self.at(node), node.kind, self.all(node.declarations))

    def read_VariableDeclarator(self, node: Any) -> Neutral:
        return ("Declarator", self.at(node), self.read(node.id), self.read(node.init))

    def read_FunctionDeclaration(self, node: Any) -> Neutral:
        return (
            "FunctionDeclaration",
            self.at(node),
            node.id.name,
            self._function(node, start=node),
        )

    read_AsyncFunctionDeclaration = read_FunctionDeclaration

    def read_ClassDeclaration(self, node: Any) -> Neutral:
        return ("ClassDeclaration", self.at(node), node.id.name, self.read_ClassExpression(node))

    def _statements(self, nodes: Iterable[Any]) -> tuple[Neutral, ...]:
        return self.all(node for node in nodes if node.type != "EmptyStatement")

    def read_BlockStatement(self, node: Any) -> Neutral:
        return ("Block", self.at(node), self._statements(node.body), _lexical(node.body))

    def read_IfStatement(self, node: Any) -> Neutral:
        return ("If", self.at(node), *self.all((node.test, node.consequent, node.alternate)))

    def read_ForStatement(self, node: Any) -> Neutral:
        initializer = self.read(node.init)
        if node.init is not None and node.init.type != "VariableDeclaration":
            initializer = ("ExpressionStatement", self.at(node.init), initializer)
        parts = self.all((node.test, node.update, node.body))
        return ("For", self.at(node), initializer, *parts)

    def read_ForInStatement(self, node: Any) -> Neutral:
        kind, left = None, node.left
        if left.type == "VariableDeclaration":
            kind, left = left.kind, left.declarations[0].id
        iterates_keys = node.type == "ForInStatement"
        target, iterable, body = self.all((left, node.right, node.body))
        return ("ForIn", self.at(node), kind, target, iterable, body, iterates_keys)

    read_ForOfStatement = read_ForInStatement

    def read_WhileStatement(self, node: Any) -> Neutral:
        tests_last = node.type == "DoWhileStatement"
        return ("While", self.at(node), self.read(node.test), self.read(node.body), tests_last)

    read_DoWhileStatement = read_WhileStatement

    def read_SwitchStatement(self, node: Any) -> Neutral:
        cases = tuple(
            ("SwitchCase", self.read(each.test), self._statements(each.consequent))
            for each in node.cases
        )
        names = _lexical([inner for each in node.cases for inner in each.consequent])
        return ("Switch", self.at(node), self.read(node.discriminant), cases, names)

    def read_TryStatement(self, node: Any) -> Neutral:
        handler = node.handler
        caught = (None, None) if handler is None else self.all((handler.param, handler.body))
        return ("Try", self.at(node), self.read(node.block), *caught, self.read(node.finalizer))

    def read_ThrowStatement(self, node: Any) -> Neutral:
        return ("Throw", self.at(node), self.read(node.argument))

    def read_ReturnStatement(self, node: Any) -> Neutral:
        return ("Return", self.at(node), self.read(node.argument))

    def read_BreakStatement(self, node: Any) -> Neutral:
        label = None if node.label is None else node.label.name
        return (node.type.removesuffix("Statement"), self.at(node), label)

    read_ContinueStatement = read_BreakStatement

    def read_LabeledStatement(self, node: Any) -> Neutral:
        return ("Labeled", self.at(node), node.label.name, self.read(node.body))


def _is_string(node: Any) -> bool:
    return node.type == "Literal" and isinstance(node.value, str)


def _declared(node: Any) -> tuple[str, ...]:
    """Return the names that a declaration binds, none for another statement."""
    if node.type == "VariableDeclaration":
        return tuple(name for each in node.declarations for name in _bound(each.id))
    if node.type in _FUNCTIONS or node.type in _CLASS_LIKE:
        return (node.id.name,)
    return ()


def _lexical(nodes: Iterable[Any]) -> tuple[str, ...]:
    names: list[str] = []
    for node in nodes:
        if node.type in _CLASS_LIKE or getattr(node, "kind", None) in ("let", "const"):
            names.extend(_declared(node))
    return tuple(names)


def _bound(pattern: Any) -> Iterator[str]:
    match pattern.type:
        case "Identifier":
            yield pattern.name
        case "ObjectPattern":
            for each in pattern.properties:
                yield from _bound(each.argument if each.type == "RestElement" else each.value)
        case "ArrayPattern":
            for each in pattern.elements:
                if each is not None:
                    yield from _bound(each)
        case "AssignmentPattern":
            yield from _bound(pattern.left)
        case "RestElement":
            yield from _bound(pattern.argument)


def _variables(node: Any) -> Iterator[str]:
    """Yield the names that `var` declares below `node`, outside of inner functions."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, list):
            stack.extend(current)
        elif isinstance(current, esprima.nodes.Node):
            if current is not node and current.type in _FUNCTIONS:
                continue
            if current.type == "VariableDeclaration" and current.kind == "var":
                yield from _declared(current)
            stack.extend(value for key, value in vars(current).items() if key != "range")


def _number_key(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def _well_formed(text: str) -> str:
    """Join surrogate pairs, which esprima leaves apart."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
