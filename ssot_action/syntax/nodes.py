"""The syntax nodes the evaluator works on: ECMAScript and TypeScript without their types.

Nodes are values: nobody changes one after it was made. `at` is the offset in bytes of a node's
first byte in its file. What a node stands for is named by the ECMAScript specification's own
terms; casts (`as`, `satisfies`, `!`, `<T>x`) are gone, the inner expression stands in their place.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, eq_default=False)
def _node(cls: type[_T]) -> type[_T]:
    """Return `cls` as a slotted data class, frozen for the type checkers.

    A frozen data class costs three times as much to make as a plain one, and lowering makes
    hundreds of thousands: at run time the promise is kept by the type checkers alone. Nor is
    anything generated but `__init__`: generating the rest for sixty classes is what a short run
    would notice most.
    """
    return dataclass(slots=True, eq=False, repr=False, match_args=False)(cls)


class PrivateName:
    """The name of a private member, `#name`; the same object for the same name everywhere.

    Classes that share a private name are told apart by the objects they are found in, which is
    enough where no object has two classes' members of one private name.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


@functools.cache
def private_name(name: str) -> PrivateName:
    """Return the private name spelled `name`, with its `#`."""
    return PrivateName(name)


# Expressions


@_node
class Literal:
    """A string, number (float), bigint (int), boolean, null (None) or undefined."""

    at: int
    value: object


@_node
class RegExpLiteral:
    """`/pattern/flags`, as written."""

    at: int
    pattern: str
    flags: str


@_node
class TemplateLiteral:
    """Cooked strings, one more than there are expressions."""

    at: int
    strings: tuple[str, ...]
    expressions: tuple[Expression, ...]


@_node
class TaggedTemplate:
    """A tag applied to a template."""

    at: int
    tag: Expression
    strings: tuple[str, ...]
    raw_strings: tuple[str, ...]
    expressions: tuple[Expression, ...]


@_node
class Identifier:
    """A reference, or the target of a binding."""

    at: int
    name: str


@_node
class This:
    """`this`."""

    at: int


@_node
class Super:
    """`super`, only below a member or a call."""

    at: int


@_node
class NewTarget:
    """`new.target`."""

    at: int


@_node
class ImportMeta:
    """`import.meta`."""

    at: int


@_node
class Spread:
    """`...argument` in an array, a call or an object."""

    at: int
    argument: Expression


@_node
class ArrayLiteral:
    """Elements in order; None is a hole."""

    at: int
    elements: tuple[Expression | Spread | None, ...]


@_node
class Property:
    """`key: value`; a computed key is an expression. `__proto__: x` keeps its special meaning."""

    at: int
    key: Key
    value: Expression
    sets_prototype: bool = False


@_node
class Method:
    """A method or accessor of an object literal or class: `kind` is method, get or set."""

    at: int
    key: Key
    kind: str
    function: Function


@_node
class ObjectLiteral:
    """Members in source order."""

    at: int
    members: tuple[Property | Method | Spread, ...]


@_node
class Function:
    """A function or arrow of any form.

    The parameters and the body are lowered when first asked for: most functions of a Convex
    project are handlers, and handlers are never called.
    """

    at: int
    end: int
    name: str | None
    is_arrow: bool
    is_async: bool
    is_generator: bool
    code: Callable[[], FunctionCode]


@_node
class FunctionCode:
    """What a call needs: parameters and body.

    `hoisted_variables` are the names of `var` declarations anywhere in the body.
    """

    parameters: tuple[Parameter, ...]
    body: Block | Expression
    hoisted_variables: tuple[str, ...]
    uses_arguments: bool


@_node
class Parameter:
    """One parameter; the last may be a rest parameter."""

    pattern: Pattern
    default: Expression | None
    is_rest: bool
    is_property: bool


@_node
class Field:
    """A field of a class; `value` is None when it has no initializer."""

    at: int
    key: Key
    value: Expression | None
    is_static: bool


@_node
class ClassMethod:
    """A method of a class and the side that it stands on."""

    method: Method
    is_static: bool


@_node
class StaticBlock:
    """`static { ... }`."""

    at: int
    body: Block


@_node
class Class:
    """A class declaration or expression; private names keep their `#`."""

    at: int
    name: str | None
    heritage: Expression | None
    constructor: Function | None
    members: tuple[Field | ClassMethod | StaticBlock, ...]


@_node
class Member:
    """`object.property` or, when `is_optional`, `object?.property`."""

    at: int
    object: Expression
    property: str | PrivateName
    is_optional: bool


@_node
class Index:
    """`object[index]` or, when `is_optional`, `object?.[index]`."""

    at: int
    object: Expression
    index: Expression
    is_optional: bool


@_node
class Call:
    """A call; `callee_end` is the offset behind the callee as written."""

    at: int
    callee_end: int
    callee: Expression
    arguments: tuple[Expression | Spread, ...]
    is_optional: bool


@_node
class OptionalChain:
    """Where a `?.` below stops the whole chain with undefined."""

    at: int
    expression: Expression


@_node
class New:
    """`new callee(arguments)`."""

    at: int
    callee: Expression
    arguments: tuple[Expression | Spread, ...]


@_node
class ImportCall:
    """`import(specifier)`."""

    at: int
    specifier: Expression


@_node
class Unary:
    """`! ~ + - typeof void delete`."""

    at: int
    operator: str
    operand: Expression


@_node
class Update:
    """`++` and `--`."""

    at: int
    operator: str
    is_prefix: bool
    target: Expression


@_node
class Binary:
    """Arithmetic, comparison, `in` and `instanceof`."""

    at: int
    operator: str
    left: Expression
    right: Expression


@_node
class Logical:
    """`&&`, `||` and `??`."""

    at: int
    operator: str
    left: Expression
    right: Expression


@_node
class Conditional:
    """`test ? consequent : alternate`."""

    at: int
    test: Expression
    consequent: Expression
    alternate: Expression


@_node
class Assignment:
    """`target operator value`; the operator is `=` or a compound one such as `??=`."""

    at: int
    operator: str
    target: Pattern
    value: Expression


@_node
class Sequence:
    """`a, b, c`."""

    at: int
    expressions: tuple[Expression, ...]


@_node
class Await:
    """`await argument`."""

    at: int
    argument: Expression


@_node
class Yield:
    """`yield argument` and `yield* argument`."""

    at: int
    argument: Expression | None
    delegates: bool


@_node
class Unsupported:
    """Syntax without a meaning for us; evaluates to an Unknown that names `what`."""

    at: int
    what: str


# Patterns


@_node
class PatternProperty:
    """`key: target = default` in an object pattern."""

    key: Key
    target: Pattern
    default: Expression | None


@_node
class ObjectPattern:
    """`{ a, b: c = 1, ...rest }`."""

    at: int
    properties: tuple[PatternProperty, ...]
    rest: Pattern | None


@_node
class PatternElement:
    """`target = default` in an array pattern."""

    target: Pattern
    default: Expression | None


@_node
class ArrayPattern:
    """`[a, , b = 1, ...rest]`; None is a hole."""

    at: int
    elements: tuple[PatternElement | None, ...]
    rest: Pattern | None


# Statements


@_node
class ExpressionStatement:
    """An expression evaluated for its effect."""

    at: int
    expression: Expression


@_node
class Declarator:
    """`target = value` of a declaration."""

    at: int
    target: Pattern
    value: Expression | None


@_node
class VariableDeclaration:
    """`var`, `let`, `const` and `using`."""

    at: int
    kind: str
    declarators: tuple[Declarator, ...]


@_node
class FunctionDeclaration:
    """A hoisted function."""

    at: int
    name: str
    function: Function


@_node
class ClassDeclaration:
    """A class bound to its name."""

    at: int
    name: str
    body: Class


@_node
class EnumMember:
    """A member of a TypeScript enum; `value` is None when it counts on."""

    name: str
    value: Expression | None


@_node
class EnumDeclaration:
    """A TypeScript enum; declarations of one name merge."""

    at: int
    name: str
    members: tuple[EnumMember, ...]


@_node
class NamespaceDeclaration:
    """A TypeScript namespace with its exported names."""

    at: int
    name: str
    body: Block
    exported: tuple[str, ...]


@_node
class Block:
    """Statements with their own scope.

    `lexical_names` are its let, const and class names, `functions` its hoisted functions.
    """

    at: int
    statements: tuple[Statement, ...]
    lexical_names: tuple[str, ...]
    functions: tuple[FunctionDeclaration, ...]


@_node
class If:
    """`if`."""

    at: int
    test: Expression
    consequent: Statement
    alternate: Statement | None


@_node
class For:
    """`for (initializer; test; update)`."""

    at: int
    initializer: Statement | None
    test: Expression | None
    update: Expression | None
    body: Statement


@_node
class ForIn:
    """`for (target of|in iterable)`; `kind` is None when the target is not declared here."""

    at: int
    kind: str | None
    target: Pattern
    iterable: Expression
    body: Statement
    iterates_keys: bool


@_node
class While:
    """`while` and, when `tests_last`, `do while`."""

    at: int
    test: Expression
    body: Statement
    tests_last: bool


@_node
class SwitchCase:
    """One `case`, or `default` when `test` is None."""

    test: Expression | None
    statements: tuple[Statement, ...]


@_node
class Switch:
    """`switch`; all cases share one scope."""

    at: int
    discriminant: Expression
    cases: tuple[SwitchCase, ...]
    lexical_names: tuple[str, ...]
    functions: tuple[FunctionDeclaration, ...]


@_node
class Try:
    """`try`; a handler without a parameter has `parameter` None."""

    at: int
    block: Block
    parameter: Pattern | None
    handler: Block | None
    finalizer: Block | None


@_node
class Throw:
    """`throw`."""

    at: int
    argument: Expression


@_node
class Return:
    """`return`."""

    at: int
    argument: Expression | None


@_node
class Break:
    """`break label`."""

    at: int
    label: str | None


@_node
class Continue:
    """`continue label`."""

    at: int
    label: str | None


@_node
class Labeled:
    """`label: statement`."""

    at: int
    label: str
    body: Statement


@_node
class Empty:
    """`;`, and declarations that exist for types alone."""

    at: int


Expression: TypeAlias = (
    Literal
    | RegExpLiteral
    | TemplateLiteral
    | TaggedTemplate
    | Identifier
    | This
    | Super
    | NewTarget
    | ImportMeta
    | ArrayLiteral
    | ObjectLiteral
    | Function
    | Class
    | Member
    | Index
    | Call
    | OptionalChain
    | New
    | ImportCall
    | Unary
    | Update
    | Binary
    | Logical
    | Conditional
    | Assignment
    | Sequence
    | Await
    | Yield
    | Unsupported
)
Key: TypeAlias = str | PrivateName | Expression
Pattern: TypeAlias = Identifier | ObjectPattern | ArrayPattern | Member | Index | Unsupported
Statement: TypeAlias = (
    ExpressionStatement
    | VariableDeclaration
    | FunctionDeclaration
    | ClassDeclaration
    | EnumDeclaration
    | NamespaceDeclaration
    | Block
    | If
    | For
    | ForIn
    | While
    | Switch
    | Try
    | Throw
    | Return
    | Break
    | Continue
    | Labeled
    | Empty
)
