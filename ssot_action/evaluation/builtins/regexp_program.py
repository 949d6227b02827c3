"""Programs: from the nodes of a pattern to what the machine runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ssot_action.evaluation.builtins.regexp_machine import (
    Accept,
    Again,
    Around,
    AtEdge,
    BeginRound,
    EndRound,
    Instruction,
    Jump,
    Machine,
    Many,
    Mark,
    One,
    Span,
    Split,
    Test,
)
from ssot_action.evaluation.builtins.regexp_nodes import (
    Character,
    Choice,
    Edge,
    Group,
    Look,
    Node,
    Pattern,
    Reference,
    Repeat,
    Sequence,
)
from ssot_action.evaluation.builtins.regexp_sets import CharacterSet
from ssot_action.evaluation.builtins.regexp_syntax import (
    InvalidPatternError,
    Parser,
    UnsupportedPatternError,
)
from ssot_action.evaluation.builtins.text import from_units
from ssot_action.evaluation.interpreter import utf16_units

_LARGEST_PROGRAM: Final = 20_000
_LONGEST_PATTERN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Program:
    """A regular expression made ready."""

    instructions: list[Instruction]
    register_count: int
    pattern: Pattern
    ignores_case: bool
    is_unicode: bool
    can_be_empty: bool

    def machine(self, units: str, limit: int) -> Machine:
        """Return a machine for a text that may take `limit` steps."""
        return Machine(units, self.is_unicode, limit, self.instructions)

    def match(self, machine: Machine, position: int) -> tuple[Span | None, ...] | None:
        """Return the spans of the match and its groups at `position`, None if there is none."""
        machine.position = position
        machine.marks = (-1,) * (2 * self.pattern.group_count + 2)
        machine.registers = (-1,) * self.register_count
        if not machine.run(0):
            return None
        marks = machine.marks
        return (
            (position, machine.position),
            *(
                (marks[slot], marks[slot + 1]) if marks[slot + 1] >= 0 <= marks[slot] else None
                for slot in range(2, len(marks), 2)
            ),
        )


def _can_be_empty(node: Node) -> bool:
    """Tell whether `node` may match nothing at all."""
    match node:
        case Character() | CharacterSet():
            return False
        case Sequence():
            return all(map(_can_be_empty, node.items))
        case Choice():
            return any(map(_can_be_empty, node.options))
        case Group():
            return _can_be_empty(node.node)
        case Repeat():
            return node.least == 0 or _can_be_empty(node.node)
    return True


@lru_cache(maxsize=500)
def compile_pattern(source: str, flags: str) -> Program:
    """Return the program of a pattern.

    Raises:
        InvalidPatternError: no engine accepts it.
        UnsupportedPatternError: it is not modelled.
    """
    if "v" in flags:
        raise UnsupportedPatternError("the flag v")
    if len(source) > _LONGEST_PATTERN:
        raise UnsupportedPatternError("a pattern this long")
    is_unicode = "u" in flags
    ignores_case = "i" in flags
    parser = Parser(
        from_units(source) if is_unicode else utf16_units(source),
        ignores_case=ignores_case,
        is_unicode=is_unicode,
        dot_all="s" in flags,
    )
    try:
        pattern = parser.parse()
    except RecursionError:
        raise UnsupportedPatternError("so deep a nesting") from None
    can_be_empty = _can_be_empty(pattern.node)
    if is_unicode and can_be_empty and pattern.has_references:
        # Here V8 does not find all that ECMA-262 says.
        raise UnsupportedPatternError("a reference in a pattern that may match nothing")
    compiler = _Compiler(ignores_case=ignores_case, is_multiline="m" in flags)
    compiler.add(pattern.node, is_backward=False)
    compiler.code.append(Accept())
    return Program(
        instructions=compiler.code,
        register_count=compiler.registers,
        pattern=pattern,
        ignores_case=ignores_case,
        is_unicode=is_unicode,
        can_be_empty=can_be_empty,
    )


class _Compiler:
    """Appends the instructions of nodes to `code`."""

    def __init__(self, *, ignores_case: bool, is_multiline: bool) -> None:
        self.code: list[Instruction] = []
        self.registers = 0
        self._ignores_case = ignores_case
        self._is_multiline = is_multiline

    def add(self, node: Node, *, is_backward: bool) -> None:
        """Append what matches `node`; inside a lookbehind the text is read backward."""
        if len(self.code) > _LARGEST_PROGRAM:
            raise UnsupportedPatternError("so large a pattern")
        match node:
            case Character() | CharacterSet():
                self.code.append(One(self._test(node), is_backward))
            case Sequence():
                for item in reversed(node.items) if is_backward else node.items:
                    self.add(item, is_backward=is_backward)
            case Choice():
                self._add_choice(node, is_backward=is_backward)
            case Group():
                slots = (2 * node.number, 2 * node.number + 1)
                first, second = slots[::-1] if is_backward else slots
                self.code.append(Mark(first))
                self.add(node.node, is_backward=is_backward)
                self.code.append(Mark(second))
            case Repeat():
                self._add_repeat(node, is_backward=is_backward)
            case Edge():
                self.code.append(AtEdge(node.kind, self._is_multiline))
            case Look():
                self._add_look(node)
            case Reference():
                self.code.append(Again(node.number, is_backward, self._ignores_case))

    def _test(self, node: Character | CharacterSet) -> Test:
        if isinstance(node, Character):
            code = node.code
            other = ord(chr(code).swapcase()) if self._ignores_case else code
            return lambda found: found in (code, other)
        known: dict[int, bool] = {}
        ignores_case = self._ignores_case

        def test(found: int) -> bool:
            answer = known.get(found)
            if answer is None:
                answer = known[found] = node.contains(found, ignores_case=ignores_case)
            return answer

        return test

    def _add_choice(self, node: Choice, *, is_backward: bool) -> None:
        jumps: list[Jump] = []
        for option in node.options[:-1]:
            split = Split(len(self.code) + 1)
            self.code.append(split)
            self.add(option, is_backward=is_backward)
            jumps.append(Jump())
            self.code.append(jumps[-1])
            split.second = len(self.code)
        self.add(node.options[-1], is_backward=is_backward)
        for jump in jumps:
            jump.target = len(self.code)

    def _add_repeat(self, node: Repeat, *, is_backward: bool) -> None:
        is_single = isinstance(node.node, Character | CharacterSet)
        if is_single and not node.is_lazy and not is_backward:
            test = self._test(node.node)  # type: ignore[arg-type]
            self.code.append(Many(test, node.least, node.most))
            return
        register = self.registers
        self.registers += 1
        for _ in range(node.least):
            self._add_round(node, register, is_backward=is_backward)
        if node.most is None:
            top = len(self.code)
            split = self._add_optional_round(node, register, is_backward=is_backward)
            self.code.append(Jump(top))
            self._leave(node, [split])
            return
        splits = [
            self._add_optional_round(node, register, is_backward=is_backward)
            for _ in range(node.most - node.least)
        ]
        self._leave(node, splits)

    def _add_round(self, node: Repeat, register: int, *, is_backward: bool) -> None:
        self.code.append(BeginRound(register, 2 * node.first_group, 2 * node.end_group))
        self.add(node.node, is_backward=is_backward)

    def _add_optional_round(self, node: Repeat, register: int, *, is_backward: bool) -> Split:
        split = Split()
        self.code.append(split)
        if node.is_lazy:
            split.second = len(self.code)
        else:
            split.first = len(self.code)
        self._add_round(node, register, is_backward=is_backward)
        self.code.append(EndRound(register))
        return split

    def _leave(self, node: Repeat, splits: list[Split]) -> None:
        """Let the choices not to take another round lead to here."""
        for split in splits:
            if node.is_lazy:
                split.first = len(self.code)
            else:
                split.second = len(self.code)

    def _add_look(self, node: Look) -> None:
        around = Around(node.is_negative)
        self.code.append(around)
        around.start = len(self.code)
        self.add(node.node, is_backward=not node.is_ahead)
        self.code.append(Accept())
        around.end = len(self.code)


__all__ = [
    "InvalidPatternError",
    "Program",
    "UnsupportedPatternError",
    "compile_pattern",
]
