"""Lowering of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.syntax import nodes as n
from ssot_action.syntax.expressions import property_key
from ssot_action.syntax.functions import lower_class, lower_function
from ssot_action.syntax.lowering import STATEMENTS, has_token, operator_of, required
from ssot_action.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import tree_sitter

    from ssot_action.syntax.lowering import Lowering


def lexical_names(statements: Sequence[n.Statement]) -> tuple[str, ...]:
    """Return the names that let, const, class and enum declare directly among `statements`."""
    names: list[str] = []
    for statement in statements:
        if isinstance(statement, n.VariableDeclaration):
            if statement.kind != "var":
                for declarator in statement.declarators:
                    names.extend(bound_names(declarator.target))
        elif isinstance(statement, n.ClassDeclaration | n.EnumDeclaration):
            names.append(statement.name)
    return tuple(names)


def _statements(low: Lowering, nodes: Sequence[tree_sitter.Node]) -> tuple[n.Statement, ...]:
    lowered = [low.statement(node) for node in nodes]
    return tuple([statement for statement in lowered if not isinstance(statement, n.Empty)])


def _hoisted(statements: Sequence[n.Statement]) -> tuple[n.FunctionDeclaration, ...]:
    return tuple([item for item in statements if isinstance(item, n.FunctionDeclaration)])


def _block(low: Lowering, node: tree_sitter.Node) -> n.Block:
    statements = _statements(low, node.named_children)
    return n.Block(node.start_byte, statements, lexical_names(statements), _hoisted(statements))


def _expression_statement(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    inner = [child for child in node.named_children if child.type != "comment"]
    if not inner:
        return n.Empty(node.start_byte)
    if inner[0].type == "internal_module":
        return _namespace(low, inner[0])
    return n.ExpressionStatement(node.start_byte, low.expression(inner[0]))


def _variables(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    kind = node.child_by_field_name("kind")
    declarators: list[n.Declarator] = []
    for child in node.named_children:
        if child.type == "variable_declarator":
            value = child.child_by_field_name("value")
            declarators.append(
                n.Declarator(
                    child.start_byte,
                    low.pattern(required(child, "name")),
                    None if value is None else low.expression(value),
                )
            )
    return n.VariableDeclaration(
        node.start_byte, "var" if kind is None else kind.type, tuple(declarators)
    )


def _function(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    function = lower_function(low, node)
    return n.FunctionDeclaration(node.start_byte, function.name or "default", function)


def _class(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    body = lower_class(low, node)
    return n.ClassDeclaration(node.start_byte, body.name or "default", body)


def _enum(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    members: list[n.EnumMember] = []
    for child in required(node, "body").named_children:
        if child.type == "enum_assignment":
            key = property_key(low, required(child, "name"))
            members.append(n.EnumMember(_static_key(key), low.expression(required(child, "value"))))
        elif child.type != "comment":
            members.append(n.EnumMember(_static_key(property_key(low, child)), None))
    return n.EnumDeclaration(node.start_byte, low.text(required(node, "name")), tuple(members))


def _static_key(key: n.Key) -> str:
    if isinstance(key, str):
        return key
    return str(key.value) if isinstance(key, n.Literal) else ""


def _namespace(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    name = required(node, "name")
    body = node.child_by_field_name("body")
    if body is None:
        return n.Empty(node.start_byte)
    names = low.text(name).replace(" ", "").split(".")
    block, exported = _namespace_body(low, body)
    for outer in reversed(names[1:]):
        inner = n.NamespaceDeclaration(node.start_byte, outer, block, exported)
        block, exported = n.Block(node.start_byte, (inner,), (), ()), (outer,)
    return n.NamespaceDeclaration(node.start_byte, names[0], block, exported)


def _namespace_body(low: Lowering, node: tree_sitter.Node) -> tuple[n.Block, tuple[str, ...]]:
    statements: list[n.Statement] = []
    exported: list[str] = []
    for child in node.named_children:
        is_export = child.type == "export_statement"
        inner = child.child_by_field_name("declaration") if is_export else None
        lowered = low.statement(child if inner is None else inner)
        if isinstance(lowered, n.Empty):
            continue
        statements.append(lowered)
        if inner is not None:
            exported.extend(declared_names(lowered))
    names, functions = lexical_names(statements), _hoisted(statements)
    return n.Block(node.start_byte, tuple(statements), names, functions), tuple(exported)


def declared_names(statement: n.Statement) -> tuple[str, ...]:
    """Return the names a declaration binds."""
    if isinstance(statement, n.VariableDeclaration):
        return tuple([name for item in statement.declarators for name in bound_names(item.target)])
    if isinstance(
        statement,
        n.FunctionDeclaration | n.ClassDeclaration | n.EnumDeclaration | n.NamespaceDeclaration,
    ):
        return (statement.name,)
    return ()


def _if(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    alternative = node.child_by_field_name("alternative")
    alternate: n.Statement | None = None
    if alternative is not None:
        inner = [child for child in alternative.named_children if child.type != "comment"]
        alternate = low.statement(inner[0]) if inner else None
    return n.If(
        node.start_byte,
        low.expression(required(node, "condition")),
        low.statement(required(node, "consequence")),
        alternate,
    )


def _for(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    initializer = required(node, "initializer")
    test = node.child_by_field_name("condition")
    update = node.child_by_field_name("increment")
    lowered: n.Statement | None = None
    if initializer.type in STATEMENTS:
        lowered = low.statement(initializer)
    elif initializer.type not in ("empty_statement", ";"):
        lowered = n.ExpressionStatement(initializer.start_byte, low.expression(initializer))
    return n.For(
        node.start_byte,
        None if isinstance(lowered, n.Empty) else lowered,
        None if test is None or test.type in ("empty_statement", ";") else _test(low, test),
        None if update is None else low.expression(update),
        low.statement(required(node, "body")),
    )


def _test(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    if node.type == "expression_statement":
        inner = [child for child in node.named_children if child.type != "comment"]
        return low.expression(inner[0]) if inner else n.Literal(node.start_byte, True)
    return low.expression(node)


def _for_in(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    kind = node.child_by_field_name("kind")
    return n.ForIn(
        node.start_byte,
        None if kind is None else kind.type,
        low.pattern(required(node, "left")),
        low.expression(required(node, "right")),
        low.statement(required(node, "body")),
        operator_of(node) == "in",
    )


def _while(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    return n.While(
        node.start_byte,
        low.expression(required(node, "condition")),
        low.statement(required(node, "body")),
        node.type == "do_statement",
    )


def _switch(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    cases: list[n.SwitchCase] = []
    for child in required(node, "body").named_children:
        if child.type in ("switch_case", "switch_default"):
            value = child.child_by_field_name("value")
            cases.append(
                n.SwitchCase(
                    None if value is None else low.expression(value),
                    _statements(low, child.children_by_field_name("body")),
                )
            )
    everything = [statement for case in cases for statement in case.statements]
    return n.Switch(
        node.start_byte,
        low.expression(required(node, "value")),
        tuple(cases),
        lexical_names(everything),
        _hoisted(everything),
    )


def _try(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    handler = node.child_by_field_name("handler")
    finalizer = node.child_by_field_name("finalizer")
    parameter = None if handler is None else handler.child_by_field_name("parameter")
    return n.Try(
        node.start_byte,
        _block(low, required(node, "body")),
        None if parameter is None else low.pattern(parameter),
        None if handler is None else _block(low, required(handler, "body")),
        None if finalizer is None else _block(low, required(finalizer, "body")),
    )


def _throw(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    inner = [child for child in node.named_children if child.type != "comment"]
    argument = low.expression(inner[0]) if inner else n.Literal(node.start_byte, None)
    return n.Throw(node.start_byte, argument)


def _return(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    inner = [child for child in node.named_children if child.type != "comment"]
    return n.Return(node.start_byte, low.expression(inner[0]) if inner else None)


def _break(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    label = node.child_by_field_name("label")
    make = n.Break if node.type == "break_statement" else n.Continue
    return make(node.start_byte, None if label is None else low.text(label))


def _labeled(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    return n.Labeled(
        node.start_byte,
        low.text(required(node, "label")),
        low.statement(required(node, "body")),
    )


def _exported(low: Lowering, node: tree_sitter.Node) -> n.Statement:
    inner = node.child_by_field_name("declaration")
    if inner is None or has_token(node, "declare"):
        return n.Empty(node.start_byte)
    return low.statement(inner)


STATEMENTS.update(
    {
        "statement_block": _block,
        "expression_statement": _expression_statement,
        "lexical_declaration": _variables,
        "variable_declaration": _variables,
        "function_declaration": _function,
        "generator_function_declaration": _function,
        "class_declaration": _class,
        "abstract_class_declaration": _class,
        "enum_declaration": _enum,
        "internal_module": _namespace,
        "module": _namespace,
        "if_statement": _if,
        "for_statement": _for,
        "for_in_statement": _for_in,
        "while_statement": _while,
        "do_statement": _while,
        "switch_statement": _switch,
        "try_statement": _try,
        "throw_statement": _throw,
        "return_statement": _return,
        "break_statement": _break,
        "continue_statement": _break,
        "labeled_statement": _labeled,
        "export_statement": _exported,
    }
)
