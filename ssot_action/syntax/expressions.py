"""Lowering of expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssot_action.syntax import nodes as n
from ssot_action.syntax.lowering import EXPRESSIONS, has_token, operator_of, required
from ssot_action.syntax.strings import cook_string, number_value

if TYPE_CHECKING:
    import tree_sitter

    from ssot_action.syntax.lowering import Lowering

# From here on a number is written with an exponent.
_LARGEST_PLAIN = 1e21
_LOGICAL = frozenset({"&&", "||", "??"})


def string_value(low: Lowering, node: tree_sitter.Node) -> str:
    """Return the value of a `string` node."""
    text = low.source[node.start_byte + 1 : node.end_byte - 1]
    return cook_string(text.decode("utf-8", "replace"))


def property_key(low: Lowering, node: tree_sitter.Node) -> n.Key:
    """Return the key of a property: its name, or an expression when it is computed."""
    kind = node.type
    if kind == "string":
        return string_value(low, node)
    if kind == "number":
        return number_key(number_value(low.text(node)))
    if kind == "computed_property_name":
        inner = next((child for child in node.named_children if child.type != "comment"), node)
        return low.expression(inner)
    if kind == "private_property_identifier":
        return n.private_name(low.text(node))
    return _name(low.text(node))


def number_key(value: float) -> str:
    """Return the property key a number stands for."""
    if value.is_integer() and abs(value) < _LARGEST_PLAIN:
        return str(int(value))
    return str(value)


def _name(text: str) -> str:
    return cook_string(text) if "\\" in text else text


def _literal(value: object) -> n.Literal:
    return n.Literal(0, value)


def _string(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Literal(node.start_byte, string_value(low, node))


def _number(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    try:
        return n.Literal(node.start_byte, number_value(low.text(node)))
    except ValueError:
        return n.Unsupported(node.start_byte, "number")


def _true(_: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Literal(node.start_byte, True)


def _false(_: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Literal(node.start_byte, False)


def _null(_: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Literal(node.start_byte, None)


def _regex(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    pattern = node.child_by_field_name("pattern")
    flags = node.child_by_field_name("flags")
    return n.RegExpLiteral(
        node.start_byte,
        "" if pattern is None else low.text(pattern),
        "" if flags is None else low.text(flags),
    )


def _template_parts(
    low: Lowering, node: tree_sitter.Node
) -> tuple[tuple[str, ...], tuple[n.Expression, ...]]:
    """Return the raw strings of a template and the expressions between them."""
    strings: list[str] = []
    expressions: list[n.Expression] = []
    start = node.start_byte + 1
    for child in node.named_children:
        if child.type == "template_substitution":
            strings.append(low.source[start : child.start_byte].decode("utf-8", "replace"))
            inner = next((part for part in child.named_children if part.type != "comment"), child)
            expressions.append(low.expression(inner))
            start = child.end_byte
    strings.append(low.source[start : node.end_byte - 1].decode("utf-8", "replace"))
    raw = tuple([text.replace("\r\n", "\n").replace("\r", "\n") for text in strings])
    return raw, tuple(expressions)


def _template(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    raw, expressions = _template_parts(low, node)
    if not expressions:
        return n.Literal(node.start_byte, cook_string(raw[0]))
    return n.TemplateLiteral(
        node.start_byte, tuple([cook_string(text) for text in raw]), expressions
    )


def _identifier(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Identifier(node.start_byte, _name(low.text(node)))


def _this(_: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.This(node.start_byte)


def _super(_: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Super(node.start_byte)


def _meta(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    if low.text(node).startswith("new"):
        return n.NewTarget(node.start_byte)
    return n.ImportMeta(node.start_byte)


def _inner(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    """Lower what stands first inside parentheses, a cast or `!`."""
    for child in node.named_children:
        if child.type != "comment":
            return low.expression(child)
    return n.Unsupported(node.start_byte, "an empty expression")


def _assertion(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    children = [child for child in node.named_children if child.type != "comment"]
    return low.expression(children[-1]) if children else n.Unsupported(node.start_byte, "cast")


def _spread(low: Lowering, node: tree_sitter.Node) -> n.Spread:
    return n.Spread(node.start_byte, _inner(low, node))


def _array(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    elements: list[n.Expression | n.Spread | None] = []
    expects_element = True
    for child in node.children:
        kind = child.type
        if kind == ",":
            if expects_element:
                elements.append(None)
            expects_element = True
        elif child.is_named and kind != "comment":
            elements.append(_argument(low, child))
            expects_element = False
    return n.ArrayLiteral(node.start_byte, tuple(elements))


def _object(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    from ssot_action.syntax.functions import lower_method

    members: list[n.Property | n.Method | n.Spread] = []
    for child in node.named_children:
        kind = child.type
        if kind == "pair":
            members.append(_pair(low, child))
        elif kind == "shorthand_property_identifier":
            name = _name(low.text(child))
            at = child.start_byte
            members.append(n.Property(at, name, n.Identifier(at, name)))
        elif kind == "method_definition":
            members.append(lower_method(low, child))
        elif kind == "spread_element":
            members.append(_spread(low, child))
    return n.ObjectLiteral(node.start_byte, tuple(members))


def _pair(low: Lowering, node: tree_sitter.Node) -> n.Property:
    key_node = required(node, "key")
    key = property_key(low, key_node)
    value = low.expression(required(node, "value"))
    sets_prototype = key == "__proto__" and key_node.type != "computed_property_name"
    return n.Property(node.start_byte, key, value, sets_prototype)


def _argument(low: Lowering, node: tree_sitter.Node) -> n.Expression | n.Spread:
    return _spread(low, node) if node.type == "spread_element" else low.expression(node)


def _arguments(low: Lowering, node: tree_sitter.Node | None) -> tuple[n.Expression | n.Spread, ...]:
    if node is None:
        return ()
    return tuple(
        [_argument(low, child) for child in node.named_children if child.type != "comment"]
    )


def _member(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return _chained(low, node)


def _link(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    """Lower one link of a chain of members, indexes and calls; the caller closes the chain."""
    kind = node.type
    if kind == "member_expression":
        name = required(node, "property")
        text = low.text(name)
        is_private = name.type == "private_property_identifier"
        return n.Member(
            node.start_byte,
            _below(low, required(node, "object")),
            n.private_name(text) if is_private else _name(text),
            node.child_by_field_name("optional_chain") is not None,
        )
    if kind == "subscript_expression":
        return n.Index(
            node.start_byte,
            _below(low, required(node, "object")),
            low.expression(required(node, "index")),
            node.child_by_field_name("optional_chain") is not None,
        )
    callee = required(node, "function")
    arguments = node.child_by_field_name("arguments")
    if callee.type == "import":
        values = _arguments(low, arguments)
        first = values[0] if values and not isinstance(values[0], n.Spread) else _literal("")
        return n.ImportCall(node.start_byte, first)
    if arguments is not None and arguments.type == "template_string":
        raw, expressions = _template_parts(low, arguments)
        cooked = tuple([cook_string(text) for text in raw])
        return n.TaggedTemplate(node.start_byte, _below(low, callee), cooked, raw, expressions)
    start = callee.end_byte
    return n.Call(
        node.start_byte,
        start,
        _below(low, callee),
        _arguments(low, arguments),
        arguments is not None and b"?." in low.source[start : arguments.start_byte],
    )


_LINKS = frozenset({"member_expression", "subscript_expression", "call_expression"})


def _below(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    """Lower what a link hangs on; `a?.b!.c` is one chain, `(a?.b).c` is two."""
    if node.type in _LINKS:
        return _link(low, node)
    if node.type == "non_null_expression":
        inner = node.named_children[0] if node.named_children else node
        if inner.type in _LINKS:
            return _link(low, inner)
    return low.expression(node)


# `v.string()` and `v.id("users")`: half of what a schema is made of. Of a node known to be a call,
# such a text says all that its parts would.
_SIMPLE_CALL = re.compile(
    rb"""([A-Za-z_]\w*)\.([A-Za-z_]\w*)\((?:"([^"\\\r\n]*)"|'([^'\\\r\n]*)')?\)""", re.ASCII
)
_LONGEST_SIMPLE_CALL = 80
_NAMED_VALUES = frozenset(
    {b"this", b"super", b"import", b"new", b"undefined", b"true", b"false", b"null"}
)


def _simple_call(text: bytes, at: int) -> n.Expression | None:
    match = _SIMPLE_CALL.fullmatch(text)
    if match is None:
        return None
    owner, name, double, single = match.groups()
    if owner in _NAMED_VALUES:
        return None
    callee = n.Member(at, n.Identifier(at, owner.decode()), name.decode(), is_optional=False)
    given = single if double is None else double
    arguments: tuple[n.Expression, ...] = ()
    if given is not None:
        start = at + match.start(3 if single is None else 4) - 1
        arguments = (n.Literal(start, given.decode("utf-8", "replace")),)
    return n.Call(at, at + match.end(2), callee, arguments, is_optional=False)


def _chained(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    start, end = node.start_byte, node.end_byte
    if end - start < _LONGEST_SIMPLE_CALL and node.type == "call_expression":
        simple = _simple_call(low.source[start:end], start)
        if simple is not None:
            return simple
    lowered = _link(low, node)
    if b"?." in low.source[node.start_byte : node.end_byte] and _is_optional(lowered):
        return n.OptionalChain(node.start_byte, lowered)
    return lowered


def _is_optional(expression: n.Expression) -> bool:
    while True:
        if isinstance(expression, n.Member | n.Index):
            if expression.is_optional:
                return True
            expression = expression.object
        elif isinstance(expression, n.Call):
            if expression.is_optional:
                return True
            expression = expression.callee
        else:
            return False


def _new(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.New(
        node.start_byte,
        low.expression(required(node, "constructor")),
        _arguments(low, node.child_by_field_name("arguments")),
    )


def _unary(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    argument = low.expression(required(node, "argument"))
    operator = operator_of(node)
    if operator == "-" and isinstance(argument, n.Literal) and type(argument.value) in (int, float):
        return n.Literal(node.start_byte, -argument.value)  # type: ignore[operator]
    return n.Unary(node.start_byte, operator, argument)


def _update(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    target = required(node, "argument")
    token = required(node, "operator")
    is_prefix = token.start_byte < target.start_byte
    return n.Update(node.start_byte, token.type, is_prefix, low.expression(target))


def _binary(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    operator = operator_of(node)
    left = required(node, "left")
    right = low.expression(required(node, "right"))
    if left.type == "private_property_identifier":
        name = n.Literal(left.start_byte, n.private_name(low.text(left)))
        return n.Binary(node.start_byte, operator, name, right)
    make = n.Logical if operator in _LOGICAL else n.Binary
    return make(node.start_byte, operator, low.expression(left), right)


def _ternary(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Conditional(
        node.start_byte,
        low.expression(required(node, "condition")),
        low.expression(required(node, "consequence")),
        low.expression(required(node, "alternative")),
    )


def _assignment(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    operator = operator_of(node) if node.type == "augmented_assignment_expression" else "="
    return n.Assignment(
        node.start_byte,
        operator,
        low.pattern(required(node, "left")),
        low.expression(required(node, "right")),
    )


def _sequence(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    parts = [low.expression(child) for child in node.named_children if child.type != "comment"]
    flat: list[n.Expression] = []
    for part in parts:
        flat.extend(part.expressions if isinstance(part, n.Sequence) else (part,))
    return n.Sequence(node.start_byte, tuple(flat))


def _await(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    return n.Await(node.start_byte, _inner(low, node))


def _yield(low: Lowering, node: tree_sitter.Node) -> n.Expression:
    argument = next((child for child in node.named_children if child.type != "comment"), None)
    return n.Yield(
        node.start_byte,
        None if argument is None else low.expression(argument),
        has_token(node, "*"),
    )


EXPRESSIONS.update(
    {
        "string": _string,
        "number": _number,
        "true": _true,
        "false": _false,
        "null": _null,
        "undefined": _identifier,
        "regex": _regex,
        "template_string": _template,
        "identifier": _identifier,
        "this": _this,
        "super": _super,
        "meta_property": _meta,
        "parenthesized_expression": _inner,
        "non_null_expression": _inner,
        "as_expression": _inner,
        "satisfies_expression": _inner,
        "instantiation_expression": _inner,
        "type_assertion": _assertion,
        "array": _array,
        "object": _object,
        "member_expression": _member,
        "subscript_expression": _member,
        "call_expression": _member,
        "new_expression": _new,
        "unary_expression": _unary,
        "update_expression": _update,
        "binary_expression": _binary,
        "ternary_expression": _ternary,
        "assignment_expression": _assignment,
        "augmented_assignment_expression": _assignment,
        "sequence_expression": _sequence,
        "await_expression": _await,
        "yield_expression": _yield,
    }
)
