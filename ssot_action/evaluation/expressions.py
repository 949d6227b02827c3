"""Evaluation of expressions, one handler a kind of node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssot_action.evaluation import operators
from ssot_action.evaluation.bindings import assign_pattern, make_place, read_variable
from ssot_action.evaluation.convert import (
    to_boolean,
    to_numeric,
    to_property_key,
    to_string,
    type_of,
)
from ssot_action.evaluation.functions import make_class, make_function
from ssot_action.evaluation.generators import GeneratorObject
from ssot_action.evaluation.interpreter import (
    CHARACTERS_PER_STEP,
    EXPRESSION_HANDLERS,
    Interpreter,
    is_intrinsic,
)
from ssot_action.evaluation.joining import join_values
from ssot_action.evaluation.scope import UNINITIALIZED, Scope
from ssot_action.evaluation.values import (
    UNDEFINED,
    Accessor,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    Nature,
    PromiseObject,
    PropertyKey,
    RegExpObject,
    Symbol,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    js_error,
    type_error,
)
from ssot_action.syntax import nodes as n

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssot_action.evaluation.scope import Context


class _ChainEnd(Exception):
    pass


_CHAIN_END = _ChainEnd()


def _literal(_: Interpreter, node: n.Literal, __: Scope) -> Value:
    return node.value


def _regexp(_: Interpreter, node: n.RegExpLiteral, __: Scope) -> Value:
    return RegExpObject(node.pattern, node.flags)


def _template(interpreter: Interpreter, node: n.TemplateLiteral, scope: Scope) -> Value:
    parts = [node.strings[0]]
    unknown: Unknown | None = None
    for expression, text in zip(node.expressions, node.strings[1:], strict=True):
        value = interpreter.evaluate(expression, scope)
        try:
            parts.append(to_string(interpreter, value))
        except UnknownOutcome as outcome:
            unknown = unknown or outcome.unknown
        parts.append(text)
    if unknown is not None:
        return unknown.with_nature(Nature.PRIMITIVE)
    interpreter.spend(sum(map(len, parts)) // CHARACTERS_PER_STEP)
    return "".join(parts)


def _tagged(interpreter: Interpreter, node: n.TaggedTemplate, scope: Scope) -> Value:
    function, this = _callee(interpreter, node.tag, scope)
    strings = JSArray(list(node.strings))
    strings.properties["raw"] = JSArray(list(node.raw_strings))
    values = [interpreter.evaluate(expression, scope) for expression in node.expressions]
    return interpreter.call(function, this, [strings, *values])


def _identifier(interpreter: Interpreter, node: n.Identifier, scope: Scope) -> Value:
    return read_variable(interpreter, scope, node.name, node.at)


def _this(_: Interpreter, __: n.This, scope: Scope) -> Value:
    this = scope.context.this
    if this is UNINITIALIZED:
        raise js_error("ReferenceError", "`this` is read before super() was called")
    return this


def _new_target(_: Interpreter, __: n.NewTarget, scope: Scope) -> Value:
    return scope.context.new_target


def _import_meta(interpreter: Interpreter, node: n.ImportMeta, scope: Scope) -> Value:
    return interpreter.unknown(
        UnknownCode.RUNTIME, "`import.meta` is made by the bundler", scope, node.at
    )


def _array(interpreter: Interpreter, node: n.ArrayLiteral, scope: Scope) -> Value:
    items: list[Value] = []
    array = JSArray(items)
    for element in node.elements:
        if element is None:
            array.add_holes((len(items),))
            items.append(UNDEFINED)
        elif isinstance(element, n.Spread):
            value = interpreter.evaluate(element.argument, scope)
            try:
                more = interpreter.iterate(value)
                interpreter.spend(len(more))
                items.extend(more)
            except UnknownOutcome as outcome:
                array.lose(outcome.unknown)
        else:
            items.append(interpreter.evaluate(element, scope))
    return array


def _object(interpreter: Interpreter, node: n.ObjectLiteral, scope: Scope) -> Value:
    target = JSObject()
    for member in node.members:
        if isinstance(member, n.Property):
            _define_property(interpreter, target, member, scope)
        elif isinstance(member, n.Spread):
            copy_properties(interpreter, target, interpreter.evaluate(member.argument, scope))
        else:
            key = _key(interpreter, member.key, scope)
            if isinstance(key, Unknown):
                target.lose(key)
                continue
            define_method(interpreter, target, member, key, scope)
    return target


def _define_property(
    interpreter: Interpreter, target: JSObject, member: n.Property, scope: Scope
) -> None:
    key = member.key if type(member.key) is str else _key(interpreter, member.key, scope)
    value = _named(interpreter, member.value, key if isinstance(key, str) else "", scope)
    if isinstance(key, Unknown):
        target.lose(key)
    elif member.sets_prototype:
        if value is None or isinstance(value, JSObject):
            target.prototype = value
    else:
        target.properties[key] = value


def _named(interpreter: Interpreter, node: n.Expression, name: str, scope: Scope) -> Value:
    """Evaluate `node`, giving an anonymous function or class the name it is bound to."""
    if isinstance(node, n.Function) and node.name is None:
        return make_function(node, scope, name)
    if isinstance(node, n.Class) and node.name is None:
        return make_class(interpreter, node, scope, name)
    return interpreter.evaluate(node, scope)


def define_method(
    interpreter: Interpreter, target: JSObject, member: n.Method, key: PropertyKey, scope: Scope
) -> None:
    """Add a method or accessor to `target`, which becomes its home."""
    function = make_function(member.function, scope, key if isinstance(key, str) else "")
    function.home = target
    if member.kind == "method":
        target.properties[key] = function
        return
    present = target.properties.get(key)
    accessor = present if isinstance(present, Accessor) else Accessor()
    if member.kind == "get":
        accessor.getter = function
    else:
        accessor.setter = function
    target.properties[key] = accessor
    del interpreter


def copy_properties(interpreter: Interpreter, target: JSObject, source: Value) -> None:
    """Do `{...source}` into `target`; an unknown source leaves `target` incomplete.

    A spread overwrites what stands before it, so with an unknown source every property that is
    there already is unknown too.
    """
    unknown: Unknown | None = None
    if isinstance(source, Unknown):
        unknown = source
    elif isinstance(source, JSObject):
        unknown = source.incomplete
    if unknown is not None:
        for key in target.properties:
            target.properties[key] = unknown.with_nature(Nature.ANYTHING)
        target.lose(unknown)
    if isinstance(source, JSObject):
        interpreter.spend(len(source.properties))
        for key in source.own_keys():
            target.set_own(key, interpreter.get(source, key))
        for key in source.properties:
            if isinstance(key, Symbol):
                target.set_own(key, interpreter.get(source, key))
    elif isinstance(source, str):
        for index, unit in enumerate(source):
            target.set_own(str(index), unit)


def _key(interpreter: Interpreter, key: n.Key, scope: Scope) -> PropertyKey | Unknown:
    if isinstance(key, str | n.PrivateName):
        return key
    value = interpreter.evaluate(key, scope)
    try:
        return to_property_key(interpreter, value)
    except UnknownOutcome as outcome:
        return outcome.unknown


def _function(_: Interpreter, node: n.Function, scope: Scope) -> Value:
    function = make_function(node, scope, node.name or "")
    if node.name is not None and not node.is_arrow:
        own = Scope(scope, scope.context)
        own.variables[node.name] = function
        function.scope = own
    return function


def _class(interpreter: Interpreter, node: n.Class, scope: Scope) -> Value:
    return make_class(interpreter, node, scope, node.name or "")


def _member(interpreter: Interpreter, node: n.Member, scope: Scope) -> Value:
    if isinstance(node.object, n.Super):
        return _super_member(interpreter, scope.context, node.property)
    value = interpreter.evaluate(node.object, scope)
    if node.is_optional and (value is None or value is UNDEFINED):
        raise _CHAIN_END
    found = interpreter.get(value, node.property)
    return interpreter.located(found, scope, node.at) if type(found) is Unknown else found


def _super_member(interpreter: Interpreter, context: Context, key: PropertyKey) -> Value:
    if context.home is None:
        return UNDEFINED
    return interpreter.get_super(context.home, key, context.this)


def _index(interpreter: Interpreter, node: n.Index, scope: Scope) -> Value:
    if isinstance(node.object, n.Super):
        key = _key(interpreter, node.index, scope)
        return key if isinstance(key, Unknown) else _super_member(interpreter, scope.context, key)
    value = interpreter.evaluate(node.object, scope)
    if node.is_optional and (value is None or value is UNDEFINED):
        raise _CHAIN_END
    index = interpreter.evaluate(node.index, scope)
    found = interpreter.get_index(value, index)
    return interpreter.located(found, scope, node.at) if type(found) is Unknown else found


def _chain(interpreter: Interpreter, node: n.OptionalChain, scope: Scope) -> Value:
    try:
        return interpreter.evaluate(node.expression, scope)
    except _ChainEnd:
        return UNDEFINED


def _callee(interpreter: Interpreter, node: n.Expression, scope: Scope) -> tuple[Value, Value]:
    """Return the function a call means and its `this`."""
    if isinstance(node, n.OptionalChain):
        try:
            return _callee(interpreter, node.expression, scope)
        except _ChainEnd:
            return UNDEFINED, UNDEFINED
    if isinstance(node, n.Member):
        if isinstance(node.object, n.Super):
            context = scope.context
            return _super_member(interpreter, context, node.property), context.this
        this = interpreter.evaluate(node.object, scope)
        if node.is_optional and (this is None or this is UNDEFINED):
            raise _CHAIN_END
        return interpreter.get(this, node.property), this
    if isinstance(node, n.Index) and not isinstance(node.object, n.Super):
        this = interpreter.evaluate(node.object, scope)
        if node.is_optional and (this is None or this is UNDEFINED):
            raise _CHAIN_END
        return interpreter.get_index(this, interpreter.evaluate(node.index, scope)), this
    return interpreter.evaluate(node, scope), UNDEFINED


def evaluate_arguments(
    interpreter: Interpreter, nodes: tuple[n.Expression | n.Spread, ...], scope: Scope
) -> list[Value]:
    """Return the values of the arguments of a call; an unknown spread raises `UnknownOutcome`."""
    values: list[Value] = []
    for node in nodes:
        if isinstance(node, n.Spread):
            more = interpreter.iterate(interpreter.evaluate(node.argument, scope))
            interpreter.spend(len(more))
            values.extend(more)
        else:
            values.append(interpreter.evaluate(node, scope))
    return values


def _call(interpreter: Interpreter, node: n.Call, scope: Scope) -> Value:
    if isinstance(node.callee, n.Super):
        return _super_call(interpreter, node, scope)
    function, this = _callee(interpreter, node.callee, scope)
    if node.is_optional and (function is None or function is UNDEFINED):
        raise _CHAIN_END
    try:
        arguments = evaluate_arguments(interpreter, node.arguments, scope)
    except UnknownOutcome as outcome:
        interpreter.escape([this], outcome.unknown)
        return outcome.unknown
    if not isinstance(function, JSFunction | Unknown):
        raise type_error(f"{_spelling(scope, node)} is not a function")
    result = interpreter.call(function, this, arguments)
    return interpreter.located(result, scope, node.at) if type(result) is Unknown else result


def _spelling(scope: Scope, node: n.Call) -> str:
    return " ".join(scope.context.module.text(node.at, node.callee_end).split())[:80]


def _super_call(interpreter: Interpreter, node: n.Call, scope: Scope) -> Value:
    from ssot_action.evaluation.functions import call_super

    try:
        arguments = evaluate_arguments(interpreter, node.arguments, scope)
    except UnknownOutcome as outcome:
        arguments = [outcome.unknown]
    return call_super(interpreter, scope.context, arguments)


def _new(interpreter: Interpreter, node: n.New, scope: Scope) -> Value:
    function = interpreter.evaluate(node.callee, scope)
    try:
        arguments = evaluate_arguments(interpreter, node.arguments, scope)
    except UnknownOutcome as outcome:
        return outcome.unknown.with_nature(Nature.INSTANCE)
    result = interpreter.construct(function, arguments)
    return interpreter.located(result, scope, node.at) if type(result) is Unknown else result


def _import_call(interpreter: Interpreter, node: n.ImportCall, scope: Scope) -> Value:
    specifier = interpreter.evaluate(node.specifier, scope)
    if isinstance(specifier, Unknown):
        return specifier
    return PromiseObject(scope.context.module.import_namespace(to_string(interpreter, specifier)))


def _unary(interpreter: Interpreter, node: n.Unary, scope: Scope) -> Value:
    operator = node.operator
    if operator == "delete":
        return _delete(interpreter, node.operand, scope)
    if operator == "typeof" and isinstance(node.operand, n.Identifier):
        name = node.operand.name
        if scope.find(name) is None and name not in interpreter.globals:
            return "undefined"
    value = interpreter.evaluate(node.operand, scope)
    try:
        if operator == "!":
            return not to_boolean(value)
        if operator == "typeof":
            return type_of(value)
        if operator == "void":
            return UNDEFINED
        return operators.unary(operator, to_numeric(interpreter, value))
    except UnknownOutcome as outcome:
        return outcome.unknown.with_nature(Nature.PRIMITIVE)


def _delete(interpreter: Interpreter, operand: n.Expression, scope: Scope) -> Value:
    if isinstance(operand, n.OptionalChain):
        operand = operand.expression
    if not isinstance(operand, n.Member | n.Index):
        return True
    target = interpreter.evaluate(operand.object, scope)
    key = _key(
        interpreter, operand.property if isinstance(operand, n.Member) else operand.index, scope
    )
    if not isinstance(target, JSObject) or is_intrinsic(target):
        return True
    if target.is_frozen:
        raise type_error("Cannot delete a property of a frozen object")
    if isinstance(key, Unknown):
        target.lose(key)
    else:
        target.delete_own(key)
    return True


def _update(interpreter: Interpreter, node: n.Update, scope: Scope) -> Value:
    if not isinstance(node.target, n.Identifier | n.Member | n.Index):
        return UNDEFINED
    place = make_place(interpreter, node.target, scope)
    old = place.read()
    try:
        number = to_numeric(interpreter, old)
    except UnknownOutcome as outcome:
        place.write(outcome.unknown)
        return outcome.unknown.with_nature(Nature.PRIMITIVE)
    one = 1.0 if isinstance(number, float) else 1
    new = number + one if node.operator == "++" else number - one
    place.write(new)
    return new if node.is_prefix else number


def _binary(interpreter: Interpreter, node: n.Binary, scope: Scope) -> Value:
    left = interpreter.evaluate(node.left, scope)
    right = interpreter.evaluate(node.right, scope)
    try:
        return operators.binary(interpreter, node.operator, left, right)
    except UnknownOutcome as outcome:
        return outcome.unknown.with_nature(Nature.PRIMITIVE)


def _logical(interpreter: Interpreter, node: n.Logical, scope: Scope) -> Value:
    left = interpreter.evaluate(node.left, scope)
    if isinstance(left, Unknown):
        right = _evaluate_apart(interpreter, node.right, scope)
        both_primitive = left.nature is Nature.PRIMITIVE and not _may_be_object(right)
        return left.with_nature(Nature.PRIMITIVE if both_primitive else Nature.ANYTHING)
    if takes_right(node.operator, left):
        return interpreter.evaluate(node.right, scope)
    return left


def _evaluate_apart(interpreter: Interpreter, node: n.Expression, scope: Scope) -> Value:
    """Evaluate what may not be reached: a literal tells its nature, anything else is unknown."""
    if isinstance(node, n.Literal | n.TemplateLiteral | n.Identifier):
        try:
            return interpreter.evaluate(node, scope)
        except JSThrow:
            return UNDEFINED
    return Unknown(UnknownCode.CONDITION, "it may not be evaluated")


def _may_be_object(value: Value) -> bool:
    if isinstance(value, Unknown):
        return value.nature is not Nature.PRIMITIVE
    return isinstance(value, JSObject)


def takes_right(operator: str, left: Value) -> bool:
    """Tell whether a logical operator with a known `left` goes on to its right side."""
    if operator == "&&":
        return to_boolean(left)
    if operator == "||":
        return not to_boolean(left)
    return left is None or left is UNDEFINED


def _conditional(interpreter: Interpreter, node: n.Conditional, scope: Scope) -> Value:
    test = interpreter.evaluate(node.test, scope)
    if isinstance(test, Unknown):
        consequent = interpreter.evaluate(node.consequent, scope)
        alternate = interpreter.evaluate(node.alternate, scope)
        return join_values(test, consequent, alternate)
    return interpreter.evaluate(node.consequent if to_boolean(test) else node.alternate, scope)


def _assignment(interpreter: Interpreter, node: n.Assignment, scope: Scope) -> Value:
    target = node.target
    operator = node.operator
    if not isinstance(target, n.Identifier | n.Member | n.Index):
        value = interpreter.evaluate(node.value, scope)
        assign_pattern(interpreter, target, value, scope)
        return value
    place = make_place(interpreter, target, scope)
    name = target.name if isinstance(target, n.Identifier) else ""
    if operator == "=":
        value = _named(interpreter, node.value, name, scope)
        place.write(value)
        return value
    old = place.read()
    if operator in ("&&=", "||=", "??="):
        if isinstance(old, Unknown):
            place.write(old.with_nature(Nature.ANYTHING))
            return old
        if not takes_right(operator[:-1], old):
            return old
        value = _named(interpreter, node.value, name, scope)
    else:
        right = interpreter.evaluate(node.value, scope)
        try:
            value = operators.binary(interpreter, operator[:-1], old, right)
        except UnknownOutcome as outcome:
            value = outcome.unknown.with_nature(Nature.PRIMITIVE)
    place.write(value)
    return value


def _sequence(interpreter: Interpreter, node: n.Sequence, scope: Scope) -> Value:
    value: Value = UNDEFINED
    for expression in node.expressions:
        value = interpreter.evaluate(expression, scope)
    return value


def _await(interpreter: Interpreter, node: n.Await, scope: Scope) -> Value:
    return settle(interpreter.evaluate(node.argument, scope))


def settle(value: Value) -> Value:
    """Return what `await value` gives."""
    while isinstance(value, PromiseObject):
        if value.is_rejected:
            raise JSThrow(value.value)
        value = value.value
    return value


def _yield(interpreter: Interpreter, node: n.Yield, scope: Scope) -> Value:
    value = UNDEFINED if node.argument is None else interpreter.evaluate(node.argument, scope)
    generator = scope.context.generator
    if generator is None:
        raise js_error("SyntaxError", "`yield` outside of a generator")
    if not node.delegates:
        return generator.yield_(settle(value))
    if not isinstance(value, GeneratorObject):
        for item in interpreter.each(value):
            generator.yield_(item)
        return UNDEFINED
    is_done, item = value.resume("next", UNDEFINED)
    while not is_done:
        is_done, item = value.resume("next", generator.yield_(item))
    return item


def _unsupported(interpreter: Interpreter, node: n.Unsupported, scope: Scope) -> Value:
    return interpreter.unknown(UnknownCode.SYNTAX, f"{node.what} is not evaluated", scope, node.at)


_HANDLERS: dict[type, Callable[..., Value]] = {
    n.Literal: _literal,
    n.RegExpLiteral: _regexp,
    n.TemplateLiteral: _template,
    n.TaggedTemplate: _tagged,
    n.Identifier: _identifier,
    n.This: _this,
    n.NewTarget: _new_target,
    n.ImportMeta: _import_meta,
    n.ArrayLiteral: _array,
    n.ObjectLiteral: _object,
    n.Function: _function,
    n.Class: _class,
    n.Member: _member,
    n.Index: _index,
    n.OptionalChain: _chain,
    n.Call: _call,
    n.New: _new,
    n.ImportCall: _import_call,
    n.Unary: _unary,
    n.Update: _update,
    n.Binary: _binary,
    n.Logical: _logical,
    n.Conditional: _conditional,
    n.Assignment: _assignment,
    n.Sequence: _sequence,
    n.Await: _await,
    n.Yield: _yield,
    n.Unsupported: _unsupported,
}
EXPRESSION_HANDLERS.update(_HANDLERS)
