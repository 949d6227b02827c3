"""Matching: a backtracking machine that does what ECMA-262 says, in a bounded number of steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ssot_action.evaluation.builtins.natives import unknown_outcome
from ssot_action.evaluation.builtins.regexp_sets import LINE_ENDS, WORD_CHARACTERS
from ssot_action.evaluation.interpreter import BudgetExceeded
from ssot_action.evaluation.values import UnknownCode

Span: TypeAlias = tuple[int, int]
Test: TypeAlias = Callable[[int], bool]


@dataclass(slots=True)
class State:
    """What the machine has to remember to come back to a choice.

    Attributes:
        at: the next instruction.
        position: in the text, in code units.
        marks: start and end of each group, -1 where it took no part.
        registers: where each loop began its present round.
        least: when a run of single characters may still give some back, how far back.
    """

    at: int
    position: int
    marks: tuple[int, ...]
    registers: tuple[int, ...]
    least: int


@dataclass(slots=True)
class Machine:
    """A text being matched."""

    units: str
    is_unicode: bool
    limit: int
    program: list[Instruction]
    steps: int = 0
    at: int = 0
    position: int = 0
    marks: tuple[int, ...] = ()
    registers: tuple[int, ...] = ()
    choices: list[State] = field(default_factory=list)

    def run(self, start: int) -> bool:
        """Run the program from `start`; return whether it accepts."""
        base = len(self.choices)
        self.at = start
        while True:
            self.steps += 1
            if self.steps > self.limit:
                raise BudgetExceeded("matching a regular expression takes too many steps")
            instruction = self.program[self.at]
            self.at += 1
            if isinstance(instruction, Accept):
                del self.choices[base:]
                return True
            if not instruction.run(self) and not self._go_back(base):
                return False

    def _go_back(self, base: int) -> bool:
        if len(self.choices) == base:
            return False
        choice = self.choices[-1]
        self.at, self.position = choice.at, choice.position
        self.marks, self.registers = choice.marks, choice.registers
        if choice.position > choice.least:
            choice.position -= self.width_before(choice.position)
        else:
            self.choices.pop()
        return True

    def choose(self, at: int, least: int | None = None) -> None:
        """Remember that the match may also go on at `at`."""
        self.choices.append(
            State(
                at,
                self.position,
                self.marks,
                self.registers,
                self.position if least is None else least,
            )
        )

    def code_after(self, position: int) -> int:
        """Return the character at `position`, -1 at the end."""
        if position >= len(self.units):
            return -1
        code = ord(self.units[position])
        if self.is_unicode and 0xD800 <= code < 0xDC00 and position + 1 < len(self.units):  # noqa: PLR2004
            low = ord(self.units[position + 1])
            if 0xDC00 <= low <= 0xDFFF:  # noqa: PLR2004 - a surrogate pair
                return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        return code

    def width_before(self, position: int) -> int:
        """Return how many units the character before `position` has."""
        if self.is_unicode and position > 1 and self.code_after(position - 2) > 0xFFFF:  # noqa: PLR2004
            return 2
        return 1

    def code_before(self, position: int) -> int:
        """Return the character before `position`, -1 at the start."""
        if position <= 0:
            return -1
        return self.code_after(position - self.width_before(position))


class Instruction:
    """A step of a program."""

    __slots__ = ()

    def run(self, machine: Machine) -> bool:
        """Do the step; return whether the match can go on."""
        raise NotImplementedError


class Accept(Instruction):
    """The match is complete."""

    __slots__ = ()


@dataclass(slots=True)
class One(Instruction):
    """One character."""

    test: Test
    is_backward: bool

    def run(self, machine: Machine) -> bool:
        """Take the character if it is the right one."""
        position = machine.position
        if self.is_backward:
            code = machine.code_before(position)
            if code < 0 or not self.test(code):
                return False
            machine.position = position - machine.width_before(position)
            return True
        code = machine.code_after(position)
        if code < 0 or not self.test(code):
            return False
        machine.position = position + (2 if code > 0xFFFF else 1)  # noqa: PLR2004
        return True


@dataclass(slots=True)
class Many(Instruction):
    """As many of one kind of character as there are, forward."""

    test: Test
    least: int
    most: int | None

    def run(self, machine: Machine) -> bool:
        """Take the characters; give them back one at a time when what follows fails."""
        count = 0
        position = least = machine.position
        while self.most is None or count < self.most:
            code = machine.code_after(position)
            if code < 0 or not self.test(code):
                break
            position += 2 if code > 0xFFFF else 1  # noqa: PLR2004
            count += 1
            if count == self.least:
                least = position
        machine.steps += count
        if count < self.least:
            return False
        machine.position = position
        if position > least:
            machine.position = position - machine.width_before(position)
            machine.choose(machine.at, least)
            machine.position = position
        return True


@dataclass(slots=True)
class Split(Instruction):
    """Go on at `first`, or else at `second`."""

    first: int = 0
    second: int = 0

    def run(self, machine: Machine) -> bool:
        """Try the first way, remember the other."""
        machine.choose(self.second)
        machine.at = self.first
        return True


@dataclass(slots=True)
class Jump(Instruction):
    """Go on at `target`."""

    target: int = 0

    def run(self, machine: Machine) -> bool:
        """Go there."""
        machine.at = self.target
        return True


@dataclass(slots=True)
class Mark(Instruction):
    """Note the position as an end of a group."""

    slot: int

    def run(self, machine: Machine) -> bool:
        """Note it."""
        marks = machine.marks
        machine.marks = (*marks[: self.slot], machine.position, *marks[self.slot + 1 :])
        return True


@dataclass(slots=True)
class BeginRound(Instruction):
    """A loop begins a round: its groups match nothing yet."""

    register: int
    first_slot: int
    end_slot: int

    def run(self, machine: Machine) -> bool:
        """Clear the groups and note where the round begins."""
        marks = machine.marks
        none = (-1,) * (self.end_slot - self.first_slot)
        machine.marks = (*marks[: self.first_slot], *none, *marks[self.end_slot :])
        registers = machine.registers
        machine.registers = (
            *registers[: self.register],
            machine.position,
            *registers[self.register + 1 :],
        )
        return True


@dataclass(slots=True)
class EndRound(Instruction):
    """A round that is not required must have matched something."""

    register: int

    def run(self, machine: Machine) -> bool:
        """Fail if the round matched nothing."""
        return machine.position != machine.registers[self.register]


@dataclass(slots=True)
class AtEdge(Instruction):
    """`^`, `$`, or a word boundary, `b`, or what is none, `B`."""

    kind: str
    is_multiline: bool

    def run(self, machine: Machine) -> bool:
        """Look at the characters on both sides."""
        before = machine.code_before(machine.position)
        after = machine.code_after(machine.position)
        if self.kind in ("^", "$"):
            code = before if self.kind == "^" else after
            is_line_end = self.is_multiline and LINE_ENDS.contains(code, ignores_case=False)
            return code < 0 or is_line_end
        is_boundary = _is_word(before) is not _is_word(after)
        return is_boundary is (self.kind == "b")


def _is_word(code: int) -> bool:
    return WORD_CHARACTERS.contains(code, ignores_case=False)


@dataclass(slots=True)
class Around(Instruction):
    """A lookahead or lookbehind, whose program starts at `start`."""

    is_negative: bool
    start: int = 0
    end: int = 0

    def run(self, machine: Machine) -> bool:
        """Run the inner program and come back to this place of the text."""
        position, marks, registers = machine.position, machine.marks, machine.registers
        is_found = machine.run(self.start)
        machine.at, machine.position, machine.registers = self.end, position, registers
        if self.is_negative or not is_found:
            machine.marks = marks
        return is_found is not self.is_negative


@dataclass(slots=True)
class Again(Instruction):
    """What a group matched, once more; a group that took no part matches nothing."""

    number: int
    is_backward: bool
    ignores_case: bool

    def run(self, machine: Machine) -> bool:
        """Compare the text here with the group's."""
        start, end = machine.marks[2 * self.number : 2 * self.number + 2]
        if start < 0 or end < 0:
            return True
        wanted = machine.units[start:end]
        machine.steps += len(wanted)
        first = machine.position - len(wanted) if self.is_backward else machine.position
        if first < 0:
            return False
        found = machine.units[first : first + len(wanted)]
        if self.ignores_case:
            if not (wanted.isascii() and found.isascii()):
                raise unknown_outcome(
                    "matching letters beyond ASCII regardless of their case is not modelled",
                    code=UnknownCode.SYNTAX,
                )
            wanted, found = wanted.lower(), found.lower()
        if wanted != found:
            return False
        machine.position = first if self.is_backward else first + len(wanted)
        return True
