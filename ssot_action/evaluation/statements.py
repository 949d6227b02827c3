"""Execution of statements, one handler a kind of node.

A handler returns the statement's completion: None when it ends normally, else where control goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ssot_action.evaluation.bindings import assign_pattern, declare_pattern
from ssot_action.evaluation.convert import number_to_string, strict_equals, to_boolean
from ssot_action.evaluation.interpreter import STATEMENT_HANDLERS, Interpreter
from ssot_action.evaluation.joining import always_throws, condition_unknown, forget
from ssot_action.evaluation.scope import UNINITIALIZED, Scope, Waiting
from ssot_action.evaluation.values import (
    UNDEFINED,
    GeneratorReturn,
    JSObject,
    JSThrow,
    Nature,
    Unknown,
    UnknownOutcome,
    Value,
)
from ssot_action.syntax import nodes as n
from ssot_action.syntax.module import ANONYMOUS_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Returned:
    """`return value`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Broke:
    """`break label`."""

    label: str | None


@dataclass(frozen=True, slots=True)
class Continued:
    """`continue label`."""

    label: str | None


Completion: TypeAlias = Returned | Broke | Continued | None


def declare_block(
    names: tuple[str, ...], functions: tuple[n.FunctionDeclaration, ...], scope: Scope
) -> None:
    """Make the variables of a block, and its functions, before its first statement runs."""
    from ssot_action.evaluation.functions import make_function

    for name in names:
        scope.variables[name] = UNINITIALIZED
    for declaration in functions:
        scope.variables[declaration.name] = make_function(
            declaration.function, scope, declaration.name
        )


def execute_statements(
    interpreter: Interpreter, statements: Sequence[n.Statement], scope: Scope
) -> Completion:
    """Run `statements` in order until one does not end normally."""
    for statement in statements:
        completion = interpreter.execute(statement, scope)
        if completion is not None:
            return completion  # type: ignore[return-value]
    return None


def _expression(interpreter: Interpreter, node: n.ExpressionStatement, scope: Scope) -> Completion:
    try:
        interpreter.evaluate(node.expression, scope)
    except UnknownOutcome as outcome:
        forget(interpreter, node, scope, outcome.unknown)
    return None


def _variables(interpreter: Interpreter, node: n.VariableDeclaration, scope: Scope) -> Completion:
    into = scope.function_scope() if node.kind == "var" else scope
    for declarator in node.declarators:
        if declarator.value is None:
            if node.kind != "var" and isinstance(declarator.target, n.Identifier):
                scope.variables[declarator.target.name] = UNDEFINED
            elif isinstance(declarator.target, n.Identifier):
                into.variables.setdefault(declarator.target.name, UNDEFINED)
            continue
        value = evaluate_named(interpreter, declarator, scope)
        declare_pattern(interpreter, declarator.target, value, scope, into)
    return None


def evaluate_named(interpreter: Interpreter, declarator: n.Declarator, scope: Scope) -> Value:
    """Return the value of a declaration; an anonymous function takes the variable's name."""
    from ssot_action.evaluation.functions import make_class, make_function

    expression = declarator.value
    if expression is None:
        return UNDEFINED
    if isinstance(declarator.target, n.Identifier):
        name = declarator.target.name
        name = "default" if name == ANONYMOUS_DEFAULT else name
        if isinstance(expression, n.Function) and expression.name is None:
            return make_function(expression, scope, name)
        if isinstance(expression, n.Class) and expression.name is None:
            return make_class(interpreter, expression, scope, name)
    try:
        return interpreter.evaluate(expression, scope)
    except UnknownOutcome as outcome:
        return outcome.unknown


def _function(_: Interpreter, __: n.FunctionDeclaration, ___: Scope) -> Completion:
    return None  # hoisted: it exists already


def _class(interpreter: Interpreter, node: n.ClassDeclaration, scope: Scope) -> Completion:
    from ssot_action.evaluation.functions import make_class

    scope.variables[node.name] = make_class(interpreter, node.body, scope, node.name)
    return None


def _enum(interpreter: Interpreter, node: n.EnumDeclaration, scope: Scope) -> Completion:
    present = scope.variables.get(node.name)
    if isinstance(present, Waiting):
        present = present.force()
    enum = present if isinstance(present, JSObject) else JSObject()
    scope.variables[node.name] = enum
    inner = Scope(scope, scope.context)
    next_value: Value = 0.0
    for member in node.members:
        if member.value is not None:
            for key, value in enum.properties.items():
                if isinstance(key, str):
                    inner.variables[key] = value
            next_value = interpreter.evaluate(member.value, inner)
        enum.set_own(member.name, next_value)
        if isinstance(next_value, float):
            enum.set_own(number_to_string(next_value), member.name)
            next_value = next_value + 1
    return None


def _namespace(interpreter: Interpreter, node: n.NamespaceDeclaration, scope: Scope) -> Completion:
    present = scope.variables.get(node.name)
    if isinstance(present, Waiting):
        present = present.force()
    namespace = present if isinstance(present, JSObject) else JSObject()
    scope.variables[node.name] = namespace
    inner = Scope(scope, scope.context, is_function=True)
    declare_block(node.body.lexical_names, node.body.functions, inner)
    inner.variables.update(
        {key: value for key, value in namespace.properties.items() if isinstance(key, str)}
    )
    execute_statements(interpreter, node.body.statements, inner)
    for name in node.exported:
        namespace.set_own(name, inner.variables.get(name, UNDEFINED))
    return None


def _block(interpreter: Interpreter, node: n.Block, scope: Scope) -> Completion:
    inner = Scope(scope, scope.context)
    declare_block(node.lexical_names, node.functions, inner)
    return execute_statements(interpreter, node.statements, inner)


def _if(interpreter: Interpreter, node: n.If, scope: Scope) -> Completion:
    test = interpreter.evaluate(node.test, scope)
    if isinstance(test, Unknown):
        return _if_unknown(interpreter, node, scope, test)
    if to_boolean(test):
        return _run(interpreter, node.consequent, scope)
    if node.alternate is not None:
        return _run(interpreter, node.alternate, scope)
    return None


def _run(interpreter: Interpreter, node: n.Statement, scope: Scope) -> Completion:
    return interpreter.execute(node, scope)  # type: ignore[return-value]


def _if_unknown(interpreter: Interpreter, node: n.If, scope: Scope, test: Unknown) -> Completion:
    """Go on without knowing which branch runs.

    A branch that throws is not taken: what is deployed was loaded without an error.
    """
    if always_throws(node.consequent):
        return None if node.alternate is None else _run(interpreter, node.alternate, scope)
    if always_throws(node.alternate):
        return _run(interpreter, node.consequent, scope)
    cause = condition_unknown(test)
    if forget(interpreter, (node.consequent, node.alternate), scope, cause):
        return Returned(cause.with_nature(Nature.ANYTHING))
    return None


def _loop_completion(completion: Completion, labels: tuple[str, ...]) -> tuple[bool, Completion]:
    """Return whether the loop goes on after `completion` of its body, and its own completion."""
    if completion is None:
        return True, None
    if isinstance(completion, Continued):
        goes_on = completion.label is None or completion.label in labels
        return goes_on, None if goes_on else completion
    if isinstance(completion, Broke):
        ends_here = completion.label is None or completion.label in labels
        return False, None if ends_here else completion
    return False, completion


def _for(
    interpreter: Interpreter, node: n.For, scope: Scope, labels: tuple[str, ...] = ()
) -> Completion:
    outer = Scope(scope, scope.context)
    if node.initializer is not None:
        interpreter.execute(node.initializer, outer)
    current = Scope(scope, scope.context)
    current.variables.update(outer.variables)
    try:
        while True:
            if node.test is not None and not to_boolean(interpreter.evaluate(node.test, current)):
                return None
            goes_on, completion = _loop_completion(_run(interpreter, node.body, current), labels)
            if not goes_on:
                return completion
            following = Scope(scope, scope.context)
            following.variables.update(current.variables)
            current = following
            if node.update is not None:
                interpreter.evaluate(node.update, current)
            interpreter.fuel -= 1
    except UnknownOutcome as outcome:
        return _give_up(interpreter, node, current, outcome.unknown)


def _give_up(
    interpreter: Interpreter, node: n.Statement, scope: Scope, unknown: Unknown
) -> Completion:
    cause = condition_unknown(unknown)
    return Returned(cause) if forget(interpreter, node, scope, cause) else None


def _for_in(
    interpreter: Interpreter, node: n.ForIn, scope: Scope, labels: tuple[str, ...] = ()
) -> Completion:
    try:
        value = interpreter.evaluate(node.iterable, scope)
        items = _keys(interpreter, value) if node.iterates_keys else interpreter.each(value)
    except UnknownOutcome as outcome:
        return _give_up(interpreter, node, scope, outcome.unknown)
    try:
        return _visit(interpreter, node, items, scope, labels)
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()


def _visit(
    interpreter: Interpreter,
    node: n.ForIn,
    items: Iterable[Value],
    scope: Scope,
    labels: tuple[str, ...],
) -> Completion:
    for item in items:
        interpreter.fuel -= 1
        inner = Scope(scope, scope.context)
        if node.kind is None:
            assign_pattern(interpreter, node.target, item, inner)
        else:
            into = scope.function_scope() if node.kind == "var" else inner
            declare_pattern(interpreter, node.target, item, inner, into)
        goes_on, completion = _loop_completion(_run(interpreter, node.body, inner), labels)
        if not goes_on:
            return completion
    return None


def _keys(interpreter: Interpreter, value: Value) -> Iterable[Value]:
    """Return what `for (... in value)` visits."""
    if isinstance(value, Unknown):
        raise UnknownOutcome(value)
    keys: list[Value] = []
    current = value if isinstance(value, JSObject) else None
    while current is not None:
        keys.extend(key for key in interpreter.own_keys(current) if key not in keys)
        current = (
            None
            if current.prototype is None or current.prototype.is_frozen
            else (current.prototype)
        )
    return keys


def _while(
    interpreter: Interpreter, node: n.While, scope: Scope, labels: tuple[str, ...] = ()
) -> Completion:
    is_first = node.tests_last
    try:
        while is_first or to_boolean(interpreter.evaluate(node.test, scope)):
            is_first = False
            interpreter.fuel -= 1
            goes_on, completion = _loop_completion(_run(interpreter, node.body, scope), labels)
            if not goes_on:
                return completion
    except UnknownOutcome as outcome:
        return _give_up(interpreter, node, scope, outcome.unknown)
    return None


def _switch(
    interpreter: Interpreter, node: n.Switch, scope: Scope, labels: tuple[str, ...] = ()
) -> Completion:
    inner = Scope(scope, scope.context)
    declare_block(node.lexical_names, node.functions, inner)
    try:
        start = _matching_case(interpreter, node, inner)
    except UnknownOutcome as outcome:
        return _give_up(interpreter, node, inner, outcome.unknown)
    if start is None:
        return None
    for case in node.cases[start:]:
        completion = execute_statements(interpreter, case.statements, inner)
        if isinstance(completion, Broke) and (
            completion.label is None or completion.label in labels
        ):
            return None
        if completion is not None:
            return completion
    return None


def _matching_case(interpreter: Interpreter, node: n.Switch, scope: Scope) -> int | None:
    value = interpreter.evaluate(node.discriminant, scope)
    default: int | None = None
    for index, case in enumerate(node.cases):
        if case.test is None:
            default = index
        elif strict_equals(value, interpreter.evaluate(case.test, scope)):
            return index
    return default


def _try(interpreter: Interpreter, node: n.Try, scope: Scope) -> Completion:
    try:
        try:
            completion = _block(interpreter, node.block, scope)
        except JSThrow as thrown:
            if node.handler is None:
                raise
            inner = Scope(scope, scope.context)
            if node.parameter is not None:
                declare_pattern(interpreter, node.parameter, thrown.value, inner, inner)
            completion = _block(interpreter, node.handler, inner)
    except (JSThrow, GeneratorReturn):
        ending = _finalize(interpreter, node, scope)
        if ending is not None:
            return ending
        raise
    ending = _finalize(interpreter, node, scope)
    return completion if ending is None else ending


def _finalize(interpreter: Interpreter, node: n.Try, scope: Scope) -> Completion:
    return None if node.finalizer is None else _block(interpreter, node.finalizer, scope)


def _throw(interpreter: Interpreter, node: n.Throw, scope: Scope) -> Completion:
    raise JSThrow(interpreter.evaluate(node.argument, scope))


def _return(interpreter: Interpreter, node: n.Return, scope: Scope) -> Completion:
    if node.argument is None:
        return Returned(UNDEFINED)
    try:
        return Returned(interpreter.evaluate(node.argument, scope))
    except UnknownOutcome as outcome:
        return Returned(outcome.unknown)


def _break(_: Interpreter, node: n.Break, __: Scope) -> Completion:
    return Broke(node.label)


def _continue(_: Interpreter, node: n.Continue, __: Scope) -> Completion:
    return Continued(node.label)


def _labeled(interpreter: Interpreter, node: n.Labeled, scope: Scope) -> Completion:
    labels = [node.label]
    body = node.body
    while isinstance(body, n.Labeled):
        labels.append(body.label)
        body = body.body
    loop = _LABELED.get(type(body))
    if loop is not None:
        return loop(interpreter, body, scope, tuple(labels))
    completion = _run(interpreter, body, scope)
    if isinstance(completion, Broke) and completion.label in labels:
        return None
    return completion


def _empty(_: Interpreter, __: n.Empty, ___: Scope) -> Completion:
    return None


_LABELED: dict[type, Callable[..., Completion]] = {
    n.For: _for,
    n.ForIn: _for_in,
    n.While: _while,
    n.Switch: _switch,
}
_HANDLERS: dict[type, Callable[..., Completion]] = {
    n.ExpressionStatement: _expression,
    n.VariableDeclaration: _variables,
    n.FunctionDeclaration: _function,
    n.ClassDeclaration: _class,
    n.EnumDeclaration: _enum,
    n.NamespaceDeclaration: _namespace,
    n.Block: _block,
    n.If: _if,
    n.For: _for,
    n.ForIn: _for_in,
    n.While: _while,
    n.Switch: _switch,
    n.Try: _try,
    n.Throw: _throw,
    n.Return: _return,
    n.Break: _break,
    n.Continue: _continue,
    n.Labeled: _labeled,
    n.Empty: _empty,
}
STATEMENT_HANDLERS.update(_HANDLERS)
