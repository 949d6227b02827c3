"""Running functions and classes of the program."""

from __future__ import annotations

from ssot_action.evaluation.bindings import declare_pattern
from ssot_action.evaluation.convert import to_property_key
from ssot_action.evaluation.interpreter import ClassPart, Closure, Interpreter
from ssot_action.evaluation.scope import UNINITIALIZED, Context, Scope
from ssot_action.evaluation.statements import Returned, declare_block, execute_statements
from ssot_action.evaluation.values import (
    FUNCTION_PROTOTYPE,
    UNDEFINED,
    JSArray,
    JSFunction,
    JSObject,
    JSThrow,
    PromiseObject,
    PropertyKey,
    Unknown,
    Value,
    js_error,
    type_error,
)
from ssot_action.syntax import nodes as n


def make_function(node: n.Function, scope: Scope, name: str) -> Closure:
    """Return the function `node` makes in `scope`."""
    return Closure(node, scope, name)


def run_closure(
    interpreter: Interpreter, function: Closure, this: Value, arguments: list[Value]
) -> Value:
    """Return what calling `function` gives; an async one gives a settled promise."""
    node = function.node
    if function.class_ is not None:
        raise type_error("Class constructor cannot be invoked without 'new'")
    if node is None:
        return UNDEFINED
    context = function.scope.context if node.is_arrow else _context(function, this, arguments)
    if node.is_generator:
        return _run_generator(interpreter, function, context, arguments)
    if not node.is_async:
        return _run_body(interpreter, function, context, arguments)
    try:
        value = _run_body(interpreter, function, context, arguments)
    except JSThrow as thrown:
        return PromiseObject(thrown.value, is_rejected=True)
    return value if isinstance(value, PromiseObject) else PromiseObject(value)


def _context(function: Closure, this: Value, arguments: list[Value]) -> Context:
    context = Context(function.scope.context.module, this)
    context.function = function
    context.home = function.home
    context.arguments = arguments
    return context


def _run_generator(
    interpreter: Interpreter, function: Closure, context: Context, arguments: list[Value]
) -> Value:
    from ssot_action.evaluation.generators import GeneratorObject

    def body(generator: GeneratorObject) -> Value:
        context.generator = generator
        return _run_body(interpreter, function, context, arguments)

    return GeneratorObject(body)


def _run_body(
    interpreter: Interpreter, function: Closure, context: Context, arguments: list[Value]
) -> Value:
    node = function.node
    if node is None:
        return UNDEFINED
    code = node.code()
    scope = Scope(function.scope, context, is_function=True)
    _bind_parameters(interpreter, code.parameters, arguments, scope)
    if code.uses_arguments and not node.is_arrow:
        scope.variables.setdefault("arguments", JSArray(list(arguments)))
    body = code.body
    if not isinstance(body, n.Block):
        return interpreter.evaluate(body, scope)
    for name in code.hoisted_variables:
        scope.variables.setdefault(name, UNDEFINED)
    declare_block(body.lexical_names, body.functions, scope)
    completion = execute_statements(interpreter, body.statements, scope)
    return completion.value if isinstance(completion, Returned) else UNDEFINED


def _bind_parameters(
    interpreter: Interpreter,
    parameters: tuple[n.Parameter, ...],
    arguments: list[Value],
    scope: Scope,
) -> None:
    for index, parameter in enumerate(parameters):
        if parameter.is_rest:
            declare_pattern(
                interpreter, parameter.pattern, JSArray(arguments[index:]), scope, scope
            )
            return
        value = arguments[index] if index < len(arguments) else UNDEFINED
        if value is UNDEFINED and parameter.default is not None:
            value = interpreter.evaluate(parameter.default, scope)
        declare_pattern(interpreter, parameter.pattern, value, scope, scope)


# Classes


def make_class(interpreter: Interpreter, node: n.Class, scope: Scope, name: str) -> Value:
    """Return the class `node` makes in `scope`."""
    own = Scope(scope, scope.context)
    parent: Value = UNDEFINED
    if node.heritage is not None:
        parent = interpreter.evaluate(node.heritage, scope)
    class_ = Closure(node.constructor, own, name)
    class_.class_ = ClassPart(parent, is_derived=node.heritage is not None)
    prototype = JSObject(prototype=_parent_prototype(interpreter, class_, parent, node))
    prototype.properties["constructor"] = class_
    prototype.hide("constructor")
    class_.properties["prototype"] = prototype
    class_.hide("prototype")
    class_.home = prototype
    if node.name is not None:
        own.variables[node.name] = class_
    _define_members(interpreter, node, class_, prototype, own)
    return class_


def _parent_prototype(
    interpreter: Interpreter, class_: Closure, parent: Value, node: n.Class
) -> JSObject | None:
    """Return what the prototype of `class_` inherits from; hang the class below its parent."""
    if isinstance(parent, Unknown):
        stand_in = JSObject()
        stand_in.lose(parent)
        statics = JSObject(prototype=FUNCTION_PROTOTYPE)
        statics.lose(parent)
        class_.prototype = statics
        return stand_in
    if isinstance(parent, JSFunction):
        class_.prototype = parent
        found = interpreter.get(parent, "prototype")
        if isinstance(found, JSObject):
            return found
    elif parent is None:
        return None
    elif node.heritage is not None:
        raise type_error("Class extends value is not a constructor or null")
    return JSObject().prototype


def _define_members(
    interpreter: Interpreter, node: n.Class, class_: Closure, prototype: JSObject, scope: Scope
) -> None:
    statics: list[n.Field | n.StaticBlock] = []
    for member in node.members:
        if isinstance(member, n.ClassMethod):
            owner = class_ if member.is_static else prototype
            _define_method(interpreter, owner, member.method, scope)
        elif isinstance(member, n.StaticBlock) or member.is_static:
            statics.append(member)
        elif class_.class_ is not None:
            key = _member_key(interpreter, member.key, scope)
            class_.class_.fields.append((key, member.value, scope))
    context = Context(scope.context.module, class_)
    context.home = class_
    static_scope = Scope(scope, context, is_function=True)
    for item in statics:
        if isinstance(item, n.StaticBlock):
            interpreter.execute(item.body, static_scope)
            continue
        key = _member_key(interpreter, item.key, scope)
        value = UNDEFINED if item.value is None else interpreter.evaluate(item.value, static_scope)
        class_.properties[key] = value


def _member_key(interpreter: Interpreter, key: n.Key, scope: Scope) -> PropertyKey:
    if isinstance(key, str | n.PrivateName):
        return key
    return to_property_key(interpreter, interpreter.evaluate(key, scope))


def _define_method(
    interpreter: Interpreter, owner: JSObject, method: n.Method, scope: Scope
) -> None:
    from ssot_action.evaluation.expressions import define_method

    key = _member_key(interpreter, method.key, scope)
    define_method(interpreter, owner, method, key, scope)
    owner.hide(key)


def construct_closure(
    interpreter: Interpreter, function: Closure, arguments: list[Value], new_target: JSFunction
) -> Value:
    """Return `new function(...arguments)` for a function or class of the program."""
    node = function.node
    part = function.class_
    if node is not None and (node.is_arrow or node.is_async or node.is_generator):
        raise type_error("not a constructor")
    context = _context(function, UNINITIALIZED, arguments)
    context.new_target = new_target
    if part is None or not part.is_derived:
        prototype = interpreter.get(new_target, "prototype")
        context.this = JSObject(
            prototype=prototype if isinstance(prototype, JSObject) else UNDEFINED
        )
        if part is not None:
            _initialize_fields(interpreter, function, context)
    elif node is None:
        call_super(interpreter, context, arguments)
        return context.this
    if node is None:
        return context.this
    result = _run_constructor(interpreter, function, context, arguments)
    if isinstance(result, JSObject):
        return result
    if context.this is UNINITIALIZED:
        raise js_error("ReferenceError", "a derived constructor must call super()")
    return context.this


def _run_constructor(
    interpreter: Interpreter, function: Closure, context: Context, arguments: list[Value]
) -> Value:
    node = function.node
    if node is None:
        return UNDEFINED
    return _run_body(interpreter, function, context, arguments)


def _set_parameter_properties(
    interpreter: Interpreter, function: Closure, context: Context
) -> None:
    """Do what TypeScript does for `constructor(private readonly x)`."""
    if function.node is None or not isinstance(context.this, JSObject):
        return
    code = function.node.code()
    if not any(parameter.is_property for parameter in code.parameters):
        return
    scope = Scope(function.scope, context)
    _bind_parameters(interpreter, code.parameters, context.arguments, scope)
    for parameter in code.parameters:
        if parameter.is_property and isinstance(parameter.pattern, n.Identifier):
            name = parameter.pattern.name
            context.this.set_own(name, scope.variables[name])


def call_super(interpreter: Interpreter, context: Context, arguments: list[Value]) -> Value:
    """Do `super(...arguments)`: make the object, then initialize this class's fields."""
    function = context.function
    if not isinstance(function, Closure) or function.class_ is None:
        return UNDEFINED
    parent = function.class_.parent
    if isinstance(parent, Unknown):
        prototype = interpreter.get(context.new_target, "prototype")
        made: Value = JSObject(
            prototype=prototype if isinstance(prototype, JSObject) else UNDEFINED
        )
    else:
        made = interpreter.construct(parent, arguments, context.new_target)
    context.this = made
    _initialize_fields(interpreter, function, context)
    return made


def _initialize_fields(interpreter: Interpreter, function: Closure, context: Context) -> None:
    """Set the fields of the object under construction, then its parameter properties.

    Where the project's TypeScript settings ask for it, fields are assigned instead of defined:
    parameter properties come first, and a field without an initializer is not set.
    """
    part = function.class_
    this = context.this
    if part is None or not isinstance(this, JSObject):
        return
    is_assigning = context.module.assigns_class_fields
    if is_assigning:
        _set_parameter_properties(interpreter, function, context)
    for key, expression, scope in part.fields:
        if expression is None and is_assigning and isinstance(key, str):
            continue
        own = Context(scope.context.module, this)
        own.home = function.home
        inner = Scope(scope, own, is_function=True)
        value = UNDEFINED if expression is None else interpreter.evaluate(expression, inner)
        this.set_own(key, value)
    if not is_assigning:
        _set_parameter_properties(interpreter, function, context)
