"""The exports of an entry point → `FunctionFacts`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from ssot_action.contract.model import (
    AuthKind,
    FunctionFacts,
    FunctionKind,
    Runtime,
    Visibility,
)
from ssot_action.evaluation.convex.registration import HttpActionFunction, RegisteredFunction
from ssot_action.evaluation.values import (
    JSFunction,
    JSObject,
    JSThrow,
    Nature,
    Unknown,
    UnknownCode,
    UnknownOutcome,
    Value,
    thrown_message,
)
from ssot_action.source.discovery import ModuleRole
from ssot_action.syntax import nodes as n
from ssot_action.syntax.module import DEFAULT

if TYPE_CHECKING:
    from ssot_action.contract.validators import ValidatorJson
    from ssot_action.evaluation.extract.effects import Effects, EffectsReader
    from ssot_action.evaluation.extract.unresolved import UnresolvedList
    from ssot_action.evaluation.linker import Module
    from ssot_action.source.discovery import EntryPoint

_MARKS = {"isQuery": "query", "isMutation": "mutation", "isAction": "action"}
_LONGEST_CONSTRUCTOR = 200


class FunctionReader:
    """Reads the functions of one module."""

    def __init__(
        self,
        effects: EffectsReader,
        entry: EntryPoint,
        module: Module,
        unresolved: UnresolvedList,
    ) -> None:
        self.interpreter = module.linker.interpreter
        self.effects = effects
        self.entry = entry
        self.module = module
        self.unresolved = unresolved

    def read(self) -> list[FunctionFacts]:
        """Return the functions among the exports, in the order of the exports."""
        self.module.run()
        try:
            names = self.module.export_names()
        except UnknownOutcome as outcome:
            self.unresolved.add(f"{self.entry.name}:*", outcome.unknown, self.entry.path)
            names = self.module.syntax_export_names()
        found: list[FunctionFacts] = []
        has_role = self.entry.role is not ModuleRole.FUNCTIONS
        for name in names:
            if has_role and name == DEFAULT:
                continue  # the router or the jobs, which are read as such
            facts = self._read_export(name, self.module.get_export(name))
            if facts is not None:
                found.append(facts)
        return found

    def _read_export(self, name: str, value: Value) -> FunctionFacts | None:
        function_id = f"{self.entry.name}:{name}"
        if isinstance(value, Unknown):
            if value.nature is Nature.ANYTHING:
                self.unresolved.add(function_id, value, self.entry.path)
            return None
        try:
            if isinstance(value, HttpActionFunction):
                return self._http_action(name, value)
            marks = self._marks(value)
            if marks is None:
                return None
            return self._function(name, value, *marks)
        except UnknownOutcome as outcome:
            self.unresolved.add(function_id, outcome.unknown, self.entry.path)
        except JSThrow as thrown:
            failed = Unknown(UnknownCode.FAILED, thrown_message(thrown.value))
            self.unresolved.add(function_id, failed, self.entry.path)
        return None

    def _marks(self, value: Value) -> tuple[str, str] | None:
        """Return kind and visibility of a registered function, None for anything else."""
        if isinstance(value, RegisteredFunction) and not value.properties:
            return value.kind, value.visibility
        if not isinstance(value, JSObject):
            return None
        kinds = [kind for mark, kind in _MARKS.items() if self._has_mark(value, mark)]
        if len(kinds) != 1:
            return None
        is_public = self._has_mark(value, "isPublic")
        is_internal = self._has_mark(value, "isInternal")
        if is_public and is_internal:
            return None
        return kinds[0], "internal" if is_internal else "public"

    def _has_mark(self, value: JSObject, mark: str) -> bool:
        if isinstance(value, JSFunction) or mark in value.properties:
            return self.interpreter.has(value, mark)
        return value.incomplete is None and self.interpreter.has(value, mark)

    def _http_action(self, name: str, value: HttpActionFunction) -> FunctionFacts:
        return self._facts(
            name,
            FunctionKind.HTTP_ACTION,
            Visibility.PUBLIC,
            self.effects.read(value.handler),
            {"type": "any"},
            None,
        )

    def _function(self, name: str, value: Value, kind: str, visibility: str) -> FunctionFacts:
        function_id = f"{self.entry.name}:{name}"
        args: ValidatorJson
        returns: ValidatorJson | None
        if isinstance(value, RegisteredFunction):
            report = self.unresolved.reporter(f"{function_id}.args", self.entry.path)
            args = cast("ValidatorJson", value.args_json(self.interpreter, report))
            report = self.unresolved.reporter(f"{function_id}.returns", self.entry.path)
            returns = cast("ValidatorJson | None", value.returns_json(self.interpreter, report))
            effects = self.effects.read_registered(value)
        else:
            exported = self._exported(value, "exportArgs")
            args = {"type": "any"} if exported is None else exported
            returns = self._exported(value, "exportReturns")
            effects = self.effects.read(self.interpreter.get(value, "_handler"))
        return self._facts(
            name,
            FunctionKind(kind),
            Visibility(visibility),
            effects,
            args,
            returns,
        )

    def _exported(self, value: Value, method: str) -> ValidatorJson | None:
        exporter = self.interpreter.get(value, method)
        if not isinstance(exporter, JSFunction | Unknown):
            return None
        text = self.interpreter.call(exporter, value, [])
        if isinstance(text, Unknown):
            raise UnknownOutcome(text)
        return cast("ValidatorJson | None", json.loads(text)) if isinstance(text, str) else None

    def _facts(
        self,
        name: str,
        kind: FunctionKind,
        visibility: Visibility,
        effects: Effects,
        args: ValidatorJson,
        returns: ValidatorJson | None,
    ) -> FunctionFacts:
        resolved = kind.value
        if visibility is Visibility.INTERNAL:
            resolved = f"internal{kind.value.capitalize()}"
        if visibility is Visibility.INTERNAL:
            auth = AuthKind.INTERNAL_ONLY
        elif effects.reads_identity:
            auth = AuthKind.EXPLICIT_USER_IDENTITY
        else:
            auth = AuthKind.NOT_DETECTED
        constructor = self._constructor(name) or resolved
        return FunctionFacts(
            module_path=self.entry.name,
            export_name=name,
            kind=kind,
            visibility=visibility,
            constructor=constructor,
            resolved_constructor=resolved,
            file=self.entry.path,
            runtime=Runtime(self.entry.runtime.value),
            args=args,
            returns=returns,
            auth_kind=auth,
            auth_via=constructor if effects.is_identity_read_before else None,
            uses=effects.uses,
            tables_read=effects.tables_read,
            tables_written=effects.tables_written,
            calls=effects.calls,
        )

    def _constructor(self, name: str) -> str | None:
        """Return the callee that made the function, as written where it is declared."""
        origin = self.module.origin_of(name)
        if origin is None:
            return None
        module, local = origin
        if module.is_model:
            return None
        expression = module.declaration_of(local)
        if isinstance(expression, n.Await):
            expression = expression.argument
        if not isinstance(expression, n.Call):
            return None
        text = " ".join(module.text(expression.at, expression.callee_end).split())
        return text if len(text) <= _LONGEST_CONSTRUCTOR else None
