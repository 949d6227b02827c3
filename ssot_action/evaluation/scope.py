"""Scopes: where names live while a program is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssot_action.evaluation.values import MISSING, UNDEFINED, JSObject, Value

if TYPE_CHECKING:
    from ssot_action.evaluation.generators import GeneratorObject
    from ssot_action.evaluation.linker import Module


class Waiting:
    """A variable whose value is found when it is read: an import, a statement not yet run."""

    __slots__ = ()

    def force(self) -> Value:
        """Return the value."""
        raise NotImplementedError


class _Uninitialized:
    """The type of `UNINITIALIZED`."""

    __slots__ = ()


# The value of let, const and class before their declaration ran.
UNINITIALIZED: Final = _Uninitialized()


class Context:
    """What belongs to a running function, or to a module, and not to a block.

    Attributes:
        module: where the code stands.
        this: the value of `this`; `UNINITIALIZED` in a derived constructor before `super()`.
        function: the function that runs, None in a module.
        home: the object whose prototype `super.x` looks at.
        new_target: the value of `new.target`.
        generator: the generator that runs, None outside of one.
    """

    __slots__ = ("arguments", "function", "generator", "home", "module", "new_target", "this")

    def __init__(self, module: Module, this: Value = UNDEFINED) -> None:
        self.module = module
        self.this = this
        self.function: JSObject | None = None
        self.home: JSObject | None = None
        self.new_target: Value = UNDEFINED
        self.arguments: list[Value] = []
        self.generator: GeneratorObject | None = None


class Scope:
    """The variables of a block, function or module, and what lies around it."""

    __slots__ = ("context", "is_function", "parent", "variables")

    def __init__(
        self, parent: Scope | None, context: Context, *, is_function: bool = False
    ) -> None:
        self.variables: dict[str, Value] = {}
        self.parent = parent
        self.context = context
        self.is_function = is_function

    def find(self, name: str) -> Scope | None:
        """Return the scope that declares `name`, None when nobody does."""
        scope: Scope | None = self
        while scope is not None:
            if scope.variables.get(name, MISSING) is not MISSING:
                return scope
            scope = scope.parent
        return None

    def function_scope(self) -> Scope:
        """Return the scope in which `var` declares."""
        scope = self
        while not scope.is_function and scope.parent is not None:
            scope = scope.parent
        return scope
