"""A file as a module: what it imports, declares, does and exports.

Only the outline is made at once. Each statement at the top of the module waits until someone
needs it, because most of a Convex project's text is handlers that nobody evaluates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssot_action.syntax import functions as _functions  # noqa: F401 - registers its handlers
from ssot_action.syntax import nodes as n
from ssot_action.syntax import statements as _statements  # noqa: F401 - registers its handlers
from ssot_action.syntax.expressions import string_value
from ssot_action.syntax.functions import lower_function
from ssot_action.syntax.lowering import Lowering, has_token, required
from ssot_action.syntax.parser import find_problems, parse_tree
from ssot_action.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    from ssot_action.syntax.parser import SyntaxProblem

DEFAULT = "default"
# The name that an anonymous default export is bound to; no identifier can be spelled so.
ANONYMOUS_DEFAULT = "*default*"
NAMESPACE = "*"


@dataclass(frozen=True, slots=True)
class Import:
    """A name imported: `imported` is `default`, `*` for the namespace, or the export's name."""

    local: str
    specifier: str
    imported: str
    at: int


@dataclass(frozen=True, slots=True)
class Reexport:
    """`export { imported as exported } from "specifier"`."""

    exported: str
    specifier: str
    imported: str
    at: int


@dataclass(frozen=True, slots=True)
class Item:
    """A statement at the top of a module.

    Attributes:
        names: what it declares, in order; empty for a statement that only does something.
        is_function: declares a function, which exists before anything runs.
        is_data: a large declaration of nothing but literals: when it runs makes no difference.
        is_var: declares with `var`, which is undefined until it runs.
        lower: the statement itself.
        at: offset in bytes.
    """

    names: tuple[str, ...]
    is_function: bool
    lower: Callable[[], n.Statement]
    at: int
    is_data: bool = False
    is_var: bool = False


@dataclass(slots=True)
class ModuleSyntax:
    """The outline of one file.

    Attributes:
        path: as given, only for messages.
        source: the file's bytes.
        imports: names bound by imports of values; imports for types alone are left out.
        dependencies: every specifier that is loaded when the module runs, in order.
        valueless: specifiers of imports that bind nothing but types, or nothing at all.
        items: statements in source order.
        exports: exported name → local name.
        reexports: names passed on from other modules.
        stars: specifiers of `export * from`.
        is_script: no import or export in it: CommonJS, where it is a dependency at all.
        problems: where the text could not be parsed.
        lowered: statements at the top that were lowered, by their offset.
    """

    path: str
    source: bytes
    imports: list[Import] = field(default_factory=list)
    dependencies: list[str] = field(default_factory=list)
    valueless: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    exports: dict[str, str] = field(default_factory=dict)
    reexports: list[Reexport] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)
    is_script: bool = True
    problems: tuple[SyntaxProblem, ...] = ()
    lowered: dict[int, n.Statement] = field(default_factory=dict, repr=False)
    lowering: Lowering = field(init=False, repr=False)

    def release(self) -> None:
        """Drop the tree and what was lowered; parts asked for later have the file parsed again."""
        self.lowering.release()
        self.lowered.clear()

    @property
    def is_typescript(self) -> bool:
        """Whether the file's ending says TypeScript."""
        return self.path.endswith((".ts", ".tsx", ".mts", ".cts"))

    def uses_as_value(self, local: str) -> bool:
        """Tell whether the imported name `local` is used where a value stands."""
        pattern = re.compile(rb"(?<![\w$])" + re.escape(local.encode()) + rb"(?![\w$])")
        for match in pattern.finditer(self.source):
            node = self.lowering.root.descendant_for_byte_range(match.start(), match.end())
            if node is not None and node.type in _VALUE_NAMES and not _is_in_types(node):
                return True
        return False


def parse_module(path: str, source: bytes) -> ModuleSyntax:
    """Return the outline of the module `source`; never raises for text that cannot be parsed."""
    tree = parse_tree(path, source)
    module = ModuleSyntax(path, source)
    module.lowering = Lowering(source, tree, lambda: parse_tree(path, source))
    module.problems = find_problems(tree)
    for node in tree.root_node.named_children:
        _outline(module, node)
    return module


_DECLARATIONS = frozenset(
    {
        "lexical_declaration",
        "variable_declaration",
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "enum_declaration",
        "internal_module",
        "module",
    }
)
_FUNCTIONS = frozenset({"function_declaration", "generator_function_declaration"})
_EFFECTS = frozenset(
    {
        "expression_statement",
        "statement_block",
        "if_statement",
        "for_statement",
        "for_in_statement",
        "while_statement",
        "do_statement",
        "switch_statement",
        "try_statement",
        "throw_statement",
        "labeled_statement",
    }
)


_VALUE_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
_NO_VALUES = frozenset({"import_statement", "type_query", "type_annotation", "type_arguments"})


def _is_in_types(node: tree_sitter.Node) -> bool:
    current: tree_sitter.Node | None = node.parent
    while current is not None and not current.type.endswith("_statement"):
        if current.type in _NO_VALUES:
            return True
        current = current.parent
    return current is not None and current.type in _NO_VALUES


def _outline(module: ModuleSyntax, node: tree_sitter.Node) -> None:
    kind = node.type
    if kind == "import_statement":
        _outline_import(module, node)
    elif kind == "export_statement":
        _outline_export(module, node)
    elif kind in _DECLARATIONS:
        _declare(module, node)
    elif kind == "import_alias":
        _declare_alias(module, node)
    elif kind in _EFFECTS:
        children = node.named_children
        if kind == "expression_statement" and children and children[0].type == "string":
            return
        if kind == "expression_statement" and children and children[0].type == "internal_module":
            _declare(module, children[0])
            return
        module.items.append(_effect(module, node))


def _effect(module: ModuleSyntax, node: tree_sitter.Node) -> Item:
    return Item((), is_function=False, lower=_waiting(module, node), at=node.start_byte)


def _waiting(module: ModuleSyntax, node: tree_sitter.Node) -> Callable[[], n.Statement]:
    start, end, kind = node.start_byte, node.end_byte, node.type

    def lower() -> n.Statement:
        statement = module.lowered.get(start)
        if statement is None:
            low = module.lowering
            statement = module.lowered[start] = low.statement(low.node_at(start, end, kind))
        return statement

    return lower


def _waiting_default(module: ModuleSyntax, node: tree_sitter.Node) -> Callable[[], n.Statement]:
    start, end, kind = node.start_byte, node.end_byte, node.type
    statement: n.Statement | None = None

    def lower() -> n.Statement:
        nonlocal statement
        if statement is None:
            low = module.lowering
            value = low.expression(low.node_at(start, end, kind))
            target = n.Identifier(start, ANONYMOUS_DEFAULT)
            statement = n.VariableDeclaration(start, "const", (n.Declarator(start, target, value),))
        return statement

    return lower


def _declare(module: ModuleSyntax, node: tree_sitter.Node) -> tuple[str, ...]:
    """Add the declaration `node`; return the names it declares."""
    kind = node.type
    names: tuple[str, ...]
    if kind in ("lexical_declaration", "variable_declaration"):
        collected: list[str] = []
        for child in node.named_children:
            if child.type == "variable_declarator":
                name = required(child, "name")
                if name.type == "identifier":
                    collected.append(module.lowering.text(name))
                else:
                    collected.extend(bound_names(module.lowering.pattern(name)))
        names = tuple(collected)
    else:
        name_node = node.child_by_field_name("name")
        if name_node is None:
            names = (DEFAULT,)
        else:
            names = (module.lowering.text(name_node).split(".")[0].strip(),)
    module.items.append(
        Item(
            names,
            kind in _FUNCTIONS,
            _waiting(module, node),
            node.start_byte,
            is_data=_is_large_data(module, node),
            is_var=kind == "variable_declaration",
        )
    )
    return names


_LARGE_DATA = 2_000


def _is_large_data(module: ModuleSyntax, node: tree_sitter.Node) -> bool:
    """Tell whether `node` declares much data and calls nothing."""
    size = node.end_byte - node.start_byte
    return (
        size > _LARGE_DATA
        and node.type == "lexical_declaration"
        and b"(" not in module.source[node.start_byte : node.end_byte]
    )


def _declare_alias(module: ModuleSyntax, node: tree_sitter.Node) -> tuple[str, ...]:
    """Add `import Alias = Some.Namespace`."""
    children = node.named_children
    name = module.lowering.text(children[0])
    parts = module.lowering.text(children[-1]).replace(" ", "").split(".")
    at = node.start_byte
    value: n.Expression = n.Identifier(at, parts[0])
    for part in parts[1:]:
        value = n.Member(at, value, part, is_optional=False)
    declarator = n.Declarator(at, n.Identifier(at, name), value)
    statement = n.VariableDeclaration(at, "const", (declarator,))
    module.items.append(Item((name,), is_function=False, lower=lambda: statement, at=at))
    return (name,)


def _specifier(module: ModuleSyntax, node: tree_sitter.Node) -> str | None:
    source = node.child_by_field_name("source")
    return None if source is None else string_value(module.lowering, source)


def _named(module: ModuleSyntax, node: tree_sitter.Node) -> str:
    if node.type == "string":
        return string_value(module.lowering, node)
    return module.lowering.text(node)


def _depend(module: ModuleSyntax, specifier: str) -> None:
    if specifier not in module.dependencies:
        module.dependencies.append(specifier)


def _outline_import(module: ModuleSyntax, node: tree_sitter.Node) -> None:
    module.is_script = False
    if has_token(node, "type", "typeof"):
        return
    specifier = _specifier(module, node)
    clause = next((item for item in node.named_children if item.type.startswith("import_")), None)
    if clause is not None and clause.type == "import_require_clause":
        specifier = _specifier(module, clause)
        local = next((item for item in clause.named_children if item.type == "identifier"), None)
        if specifier is not None and local is not None:
            name = module.lowering.text(local)
            module.imports.append(Import(name, specifier, NAMESPACE, node.start_byte))
            _depend(module, specifier)
        return
    if specifier is None:
        return
    if clause is None:
        _depend(module, specifier)
        return
    found = _import_clause(module, clause, specifier)
    if found:
        module.imports.extend(found)
        _depend(module, specifier)
    else:
        module.valueless.append(specifier)


def _is_for_types(module: ModuleSyntax, item: tree_sitter.Node) -> bool:
    """Tell whether a specifier is `type X` or `typeof X`; `type` itself is a name like others."""
    return module.source.startswith(b"type", item.start_byte) and has_token(item, "type", "typeof")


def _import_clause(module: ModuleSyntax, clause: tree_sitter.Node, specifier: str) -> list[Import]:
    text = module.lowering.text
    found: list[Import] = []
    for child in clause.named_children:
        at = child.start_byte
        if child.type == "identifier":
            found.append(Import(text(child), specifier, DEFAULT, at))
        elif child.type == "namespace_import":
            local = next(item for item in child.named_children if item.type == "identifier")
            found.append(Import(text(local), specifier, NAMESPACE, at))
        elif child.type == "named_imports":
            for item in child.named_children:
                if item.type != "import_specifier" or _is_for_types(module, item):
                    continue
                written = module.source[item.start_byte : item.end_byte]
                if written.isalnum() and not written[:1].isdigit():
                    name_text = written.decode()
                    found.append(Import(name_text, specifier, name_text, item.start_byte))
                    continue
                name = required(item, "name")
                alias = item.child_by_field_name("alias") or name
                found.append(Import(text(alias), specifier, _named(module, name), item.start_byte))
    return found


def _outline_export(module: ModuleSyntax, node: tree_sitter.Node) -> None:
    module.is_script = False
    declaration = node.child_by_field_name("declaration")
    if declaration is not None:
        if declaration.type == "import_alias":
            names = _declare_alias(module, declaration)
        elif declaration.type in _DECLARATIONS:
            names = _declare(module, declaration)
        else:
            return
        if has_token(node, "default"):
            module.exports[DEFAULT] = names[0]
        else:
            module.exports.update({name: name for name in names})
        return
    value = node.child_by_field_name("value")
    if value is not None:
        _export_default(module, value)
        return
    if has_token(node, "type"):
        return
    if has_token(node, "="):
        inner = [child for child in node.named_children if child.type != "comment"]
        if inner:
            _export_default(module, inner[0])
        return
    _outline_export_clause(module, node)


def _waiting_default_function(
    module: ModuleSyntax, node: tree_sitter.Node
) -> Callable[[], n.Statement]:
    start, end, kind = node.start_byte, node.end_byte, node.type

    def lower() -> n.Statement:
        low = module.lowering
        function = lower_function(low, low.node_at(start, end, kind))
        return n.FunctionDeclaration(start, ANONYMOUS_DEFAULT, function)

    return lower


def _export_default(module: ModuleSyntax, value: tree_sitter.Node) -> None:
    if value.type in ("function_expression", "generator_function"):
        # `export default function () {}` declares a function, which exists before anything runs.
        module.exports[DEFAULT] = ANONYMOUS_DEFAULT
        lower = _waiting_default_function(module, value)
        names = (ANONYMOUS_DEFAULT,)
        module.items.append(Item(names, is_function=True, lower=lower, at=value.start_byte))
        return
    module.exports[DEFAULT] = ANONYMOUS_DEFAULT
    module.items.append(
        Item((ANONYMOUS_DEFAULT,), False, _waiting_default(module, value), value.start_byte)
    )


def _outline_export_clause(module: ModuleSyntax, node: tree_sitter.Node) -> None:
    specifier = _specifier(module, node)
    for child in node.named_children:
        if child.type == "namespace_export" and specifier is not None:
            exported = _named(module, child.named_children[-1])
            module.reexports.append(Reexport(exported, specifier, NAMESPACE, child.start_byte))
            _depend(module, specifier)
        elif child.type == "export_clause":
            _outline_specifiers(module, child, specifier)
    if specifier is not None and has_token(node, "*"):
        module.stars.append(specifier)
        _depend(module, specifier)


def _outline_specifiers(
    module: ModuleSyntax, clause: tree_sitter.Node, specifier: str | None
) -> None:
    for item in clause.named_children:
        if item.type != "export_specifier" or has_token(item, "type", "typeof"):
            continue
        name = _named(module, required(item, "name"))
        alias = item.child_by_field_name("alias")
        exported = name if alias is None else _named(module, alias)
        if specifier is None:
            module.exports[exported] = name
        else:
            module.reexports.append(Reexport(exported, specifier, name, item.start_byte))
            _depend(module, specifier)
