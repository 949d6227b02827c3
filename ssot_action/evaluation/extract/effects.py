"""What a handler does with its context, read from its text without running it.

Read are the calls that stand in the handler itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from ssot_action.contract.model import FunctionUses
from ssot_action.evaluation.convex.references import function_name
from ssot_action.evaluation.interpreter import BudgetExceeded, Closure
from ssot_action.evaluation.scope import Waiting
from ssot_action.evaluation.values import JSArray, JSObject, JSThrow, UnknownOutcome
from ssot_action.syntax import nodes as n
from ssot_action.syntax.search import CallSite, find_calls, make_call_query

if TYPE_CHECKING:
    from ssot_action.evaluation.convex.registration import RegisteredFunction
    from ssot_action.evaluation.interpreter import Interpreter
    from ssot_action.evaluation.linker import Module
    from ssot_action.evaluation.values import Value

# Where models of builders keep the functions that run before the handler, outermost first.
BEFORE = "ssot:before"
_READS = frozenset({"query", "get", "normalizeId"})
_WRITES = frozenset({"insert", "patch", "replace", "delete"})
_RUNS = {"runQuery": "run_query", "runMutation": "run_mutation", "runAction": "run_action"}
_SCHEDULES = frozenset({"runAfter", "runAt"})
_STORAGE = frozenset({"getUrl", "getMetadata", "generateUploadUrl", "store"})
_DATABASE = ("db", "system")
_QUERY = make_call_query(
    {
        **dict.fromkeys((*_READS, *_WRITES), _DATABASE),
        "get": (*_DATABASE, "storage"),
        "delete": (*_DATABASE, "storage"),
        **dict.fromkeys(_STORAGE, ("storage",)),
        **dict.fromkeys((*_SCHEDULES, "cancel"), ("scheduler",)),
        **dict.fromkeys(_RUNS, ()),
        "vectorSearch": (),
        "getUserIdentity": ("auth",),
    },
    ("fetch",),
)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a handler does; the lists are sorted.

    `is_identity_read_before` tells that it is code of the builder, which runs before the handler,
    that reads the caller's identity.
    """

    uses: FunctionUses = field(default_factory=FunctionUses)
    tables_read: tuple[str, ...] = ()
    tables_written: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    reads_identity: bool = False
    is_identity_read_before: bool = False

    def after(self, before: Effects) -> Effects:
        """Return the effects of code that `before` runs in front of."""
        uses = {
            name: getattr(self.uses, name) or getattr(before.uses, name)
            for name in (each.name for each in fields(FunctionUses))
        }
        return Effects(
            uses=FunctionUses(**uses),
            tables_read=tuple(sorted({*self.tables_read, *before.tables_read})),
            tables_written=tuple(sorted({*self.tables_written, *before.tables_written})),
            calls=tuple(sorted({*self.calls, *before.calls})),
            reads_identity=self.reads_identity or before.reads_identity,
            is_identity_read_before=before.reads_identity and not self.reads_identity,
        )


NO_EFFECTS = Effects()


class EffectsReader:
    """Reads the effects of handlers."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    def read_registered(self, function: RegisteredFunction) -> Effects:
        """Return the effects of a registered function, its builder's own code included."""
        effects = self.read(function.handler)
        definition = function.definition
        before = definition.get_own(BEFORE) if isinstance(definition, JSObject) else None
        for each in before.items if isinstance(before, JSArray) else ():
            first = self.read(each)
            if first is not NO_EFFECTS:
                effects = effects.after(first)
        return effects

    def read(self, handler: Value) -> Effects:
        """Return the effects of `handler`; none when it is no function written in a module."""
        if not isinstance(handler, Closure) or handler.node is None:
            return NO_EFFECTS
        module = handler.scope.context.module
        sites = find_calls(module.syntax, _QUERY, handler.node.at, handler.node.end)
        if not sites:
            return NO_EFFECTS
        collector = _Collector(self._interpreter, module)
        for site in sites:
            collector.add(site)
        return collector.effects()


class _Collector:
    def __init__(self, interpreter: Interpreter, module: Module) -> None:
        self.interpreter = interpreter
        self.module = module
        self.uses: dict[str, bool] = {}
        self.read: set[str] = set()
        self.written: set[str] = set()
        self.calls: set[str] = set()
        self.reads_identity = False

    def add(self, site: CallSite) -> None:
        owner = site.owners[0] if site.owners else ""
        name = site.name
        if owner == "db" or (owner == "system" and "db" in site.owners):
            self._add_database(site)
        elif owner == "storage" and name in (*_STORAGE, "get", "delete"):
            self.uses["storage"] = True
        elif owner == "scheduler":
            self.uses["scheduler"] = True
            if name in _SCHEDULES:
                self._add_call(site, 1)
        elif name in _RUNS and owner:
            self.uses[_RUNS[name]] = True
            self._add_call(site, 0)
        elif name == "vectorSearch" and owner:
            self.uses["vector_search"] = True
            if 0 in site.texts:
                self.read.add(site.texts[0])
        elif name == "fetch" and not owner:
            self.uses["fetch"] = True
        elif name == "getUserIdentity" and owner == "auth":
            self.reads_identity = True

    def _add_database(self, site: CallSite) -> None:
        names_table = site.name in ("query", "insert", "normalizeId") or site.arguments > 1
        table = site.texts.get(0) if names_table else None
        if site.name in _READS:
            self.uses["db_read"] = True
            if table is not None:
                self.read.add(table)
        elif site.name in _WRITES:
            self.uses["db_write"] = True
            if table is not None:
                self.written.add(table)

    def _add_call(self, site: CallSite, position: int) -> None:
        text = site.texts.get(position)
        if text is not None:
            self.calls.add(function_id(text))
            return
        reference = site.references.get(position)
        if reference is None or not self._is_imported(reference):
            return
        try:
            value = self.interpreter.evaluate(reference, self.module.scope)
            self.calls.add(function_id(function_name(self.interpreter, value)))
        except (JSThrow, UnknownOutcome, BudgetExceeded):
            return

    def _is_imported(self, reference: n.Expression) -> bool:
        """Tell whether the reference hangs on a name the module imports."""
        while isinstance(reference, n.Member):
            reference = reference.object
        return isinstance(reference, n.Identifier) and isinstance(
            self.module.scope.variables.get(reference.name), Waiting
        )

    def effects(self) -> Effects:
        return Effects(
            uses=FunctionUses(**self.uses),
            tables_read=tuple(sorted(self.read)),
            tables_written=tuple(sorted(self.written)),
            calls=tuple(sorted(self.calls)),
            reads_identity=self.reads_identity,
        )


def function_id(name: str) -> str:
    """Return the function id for a name as references spell it: `a/b` is `a/b:default`."""
    path, separator, export = name.rpartition(":")
    if not separator:
        path, export = name, "default"
    return f"{path.removesuffix('.js')}:{export}"
