"""The syntax of regular expressions: from a pattern to nodes.

Without the flag `u` the leniency of browsers (ECMA-262, annex B) is followed where it is simple;
what is not read raises `UnsupportedPatternError`, what no engine reads `InvalidPatternError`.
"""

from __future__ import annotations

import re
from typing import Final

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
from ssot_action.evaluation.builtins.regexp_sets import (
    DIGITS,
    LINE_ENDS,
    SPACES,
    WORD_CHARACTERS,
    CharacterSet,
    Range,
    complement,
    other_categories,
    property_set,
)

LARGEST_CODE: Final = 0x10FFFF
_LAST_ASCII: Final = 127
_BACKSPACE: Final = 8
_SYNTAX_CHARACTERS: Final = "^$\\.*+?()[]{}|/"
_CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_BRACES: Final = re.compile(r"\{([0-9]+)(?:(,)([0-9]+)?)?\}", re.ASCII)
_PROPERTY: Final = re.compile(r"\{([A-Za-z_=]+)\}", re.ASCII)
_NAME: Final = re.compile(r"<([A-Za-z_$][A-Za-z0-9_$]*)>", re.ASCII)
_GROUP_OR_SKIPPED: Final = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]?|(?P<opening>\((?:\?<(?![=!])(?P<name>[^>]*)>|(?!\?)))|.", re.DOTALL
)
_MOST_REPEATS: Final = 1000


class InvalidPatternError(Exception):
    """The pattern is an early error."""


class UnsupportedPatternError(Exception):
    """The pattern has something that is not modelled."""


class Parser:
    """Parses one pattern, given as code points or, without the flag `u`, as code units."""

    def __init__(self, source: str, *, ignores_case: bool, is_unicode: bool, dot_all: bool) -> None:
        self._source = source
        self._ignores_case = ignores_case
        self._is_unicode = is_unicode
        self._dot_all = dot_all
        self._at = 0
        self._opened = 0
        self._has_references = False
        self._names: dict[str, int] = {}
        self._group_count, self._has_names = _count_groups(source)

    def parse(self) -> Pattern:
        """Return the pattern."""
        node = self._choice()
        if self._at < len(self._source):
            raise InvalidPatternError("Unmatched ')'")
        return Pattern(node, self._group_count, self._names, self._has_references)

    # Reading characters

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _eat(self, text: str) -> bool:
        if not self._source.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _next(self) -> str:
        character = self._peek()
        if not character:
            raise InvalidPatternError("the pattern ends too early")
        self._at += 1
        return character

    # Structure

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._eat("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._term())
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _term(self) -> Node:
        first_group = self._opened + 1
        node = self._atom()
        bounds = self._quantifier()
        if bounds is None:
            return node
        if isinstance(node, Look) and node.is_ahead and not self._is_unicode:
            raise UnsupportedPatternError("a repeated lookahead")
        if isinstance(node, Edge | Look):
            raise InvalidPatternError("Nothing to repeat")
        least, most = bounds
        is_lazy = self._eat("?")
        return Repeat(node, least, most, is_lazy, first_group, self._opened + 1)

    def _quantifier(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._eat(sign):
                return bounds
        found = _BRACES.match(self._source, self._at)
        if found is None:
            return None
        self._at = found.end()
        least = int(found.group(1)[:9])
        most = least if found.group(2) is None else None
        if found.group(3) is not None:
            most = int(found.group(3)[:9])
            if most < least:
                raise InvalidPatternError("numbers out of order in {} quantifier")
        if max(least, most or 0) > _MOST_REPEATS:
            raise UnsupportedPatternError("so many repetitions")
        return least, most

    def _atom(self) -> Node:
        character = self._next()
        match character:
            case "^" | "$":
                return Edge(character)
            case ".":
                return CharacterSet((), is_negated=True) if self._dot_all else LINE_ENDS.negated()
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise InvalidPatternError("Nothing to repeat")
            case "{" if _BRACES.match(self._source, self._at - 1):
                raise InvalidPatternError("Nothing to repeat")
            case "{" | "}" | "]" if self._is_unicode:
                raise InvalidPatternError("Lone quantifier brackets")
            case _:
                return self._character(ord(character))

    def _character(self, code: int) -> Character:
        if self._ignores_case and code > _LAST_ASCII:
            raise UnsupportedPatternError("characters beyond ASCII regardless of their case")
        return Character(code)

    def _group(self) -> Node:
        for opening, is_ahead, is_negative in (
            ("?=", True, False),
            ("?!", True, True),
            ("?<=", False, False),
            ("?<!", False, True),
        ):
            if self._eat(opening):
                return Look(self._closed(), is_ahead, is_negative)
        if self._eat("?:"):
            # As a sequence, so that it can be repeated whatever is in it.
            return Sequence((self._closed(),))
        self._opened += 1
        number = self._opened
        if self._eat("?"):
            found = _NAME.match(self._source, self._at)
            if found is None:
                raise UnsupportedPatternError("this kind of group")
            if found.group(1) in self._names:
                raise UnsupportedPatternError("two groups of one name")
            self._names[found.group(1)] = number
            self._at = found.end()
        return Group(number, self._closed())

    def _closed(self) -> Node:
        node = self._choice()
        if not self._eat(")"):
            raise InvalidPatternError("Unterminated group")
        return node

    # Escapes

    def _escape(self) -> Node:
        character = self._peek()
        if character in ("b", "B"):
            self._at += 1
            return Edge(character)
        if character == "k":
            return self._named_reference()
        if "1" <= character <= "9":
            return self._numbered_reference()
        shorthand = self._shorthand()
        return self._character(self._escaped_code()) if shorthand is None else shorthand

    def _numbered_reference(self) -> Node:
        start = self._at
        while self._peek().isascii() and self._peek().isdigit():
            self._at += 1
        number = int(self._source[start : self._at][:9])
        if number > self._group_count:
            raise UnsupportedPatternError("an octal escape")
        self._has_references = True
        return Reference(number)

    def _named_reference(self) -> Node:
        found = _NAME.match(self._source, self._at + 1)
        if not self._has_names and not self._is_unicode:
            self._at += 1
            return self._character(ord("k"))
        if found is None:
            raise InvalidPatternError("Invalid named reference")
        self._at = found.end()
        # The group may still come; its number is the count of groups opened before it.
        number = _number_of_group(self._source, found.group(1))
        if number is None:
            raise InvalidPatternError("Invalid named capture referenced")
        self._has_references = True
        return Reference(number)

    def _shorthand(self) -> CharacterSet | None:
        """Return the set that a class escape stands for."""
        character = self._peek()
        base = {"d": DIGITS, "s": SPACES, "w": WORD_CHARACTERS}.get(character.lower())
        if character in ("p", "P") and self._is_unicode:
            base = self._property()
        if base is None or character == "":
            return None
        self._at += 1
        return base if character.islower() else base.negated()

    def _property(self) -> CharacterSet:
        """Return the set of a Unicode property; what is left to read is the brace that ends it."""
        found = _PROPERTY.match(self._source, self._at + 1)
        characters = None if found is None else property_set(found.group(1))
        if found is None or characters is None or self._ignores_case:
            raise UnsupportedPatternError("this property of characters")
        self._at = found.end() - 1
        return characters

    def _escaped_code(self) -> int:
        character = self._next()
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character == "0" and not ("0" <= self._peek() <= "9"):
            return 0
        if character == "c" and self._peek().isascii() and self._peek().isalpha():
            return ord(self._next()) % 32
        if character == "x":
            return self._hexadecimal(2)
        if character == "u":
            return self._unicode_escape()
        is_plain = character in _SYNTAX_CHARACTERS or character == "-"
        if not is_plain and (self._is_unicode or character == "c" or character.isdigit()):
            reason = f"the escape \\{character}"
            raise UnsupportedPatternError(reason)
        return ord(character)

    def _hexadecimal(self, length: int) -> int:
        digits = self._source[self._at : self._at + length]
        if re.fullmatch(f"[0-9a-fA-F]{{{length}}}", digits, re.ASCII) is None:
            raise UnsupportedPatternError("an escape without its digits")
        self._at += length
        return int(digits, 16)

    def _unicode_escape(self) -> int:
        if self._is_unicode and self._eat("{"):
            end = self._source.find("}", self._at)
            digits = self._source[self._at : max(end, self._at)]
            if re.fullmatch("[0-9a-fA-F]{1,8}", digits) is None or int(digits, 16) > LARGEST_CODE:
                raise InvalidPatternError("Invalid Unicode escape")
            self._at = end + 1
            return int(digits, 16)
        code = self._hexadecimal(4)
        if self._is_unicode and 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - a high surrogate
            before = self._at
            if self._eat("\\u"):
                low = self._hexadecimal(4)
                if 0xDC00 <= low <= 0xDFFF:  # noqa: PLR2004 - a low surrogate
                    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            self._at = before
        return code

    # Classes

    def _class(self) -> CharacterSet:
        is_negated = self._eat("^")
        ranges: list[Range] = []
        categories: frozenset[str] = frozenset()
        while not self._eat("]"):
            low = self._class_member()
            if isinstance(low, CharacterSet):
                ranges.extend(_plain_ranges(low))
                categories |= _plain_categories(low)
                if self._peek() == "-" and self._source[self._at + 1 : self._at + 2] != "]":
                    raise UnsupportedPatternError("a class as the end of a range")
                continue
            high = low
            if self._peek() == "-" and self._source[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                end = self._class_member()
                if isinstance(end, CharacterSet):
                    raise UnsupportedPatternError("a class as the end of a range")
                high = end
                if high < low:
                    raise InvalidPatternError("Range out of order in character class")
            if self._ignores_case and high > _LAST_ASCII:
                raise UnsupportedPatternError("characters beyond ASCII regardless of their case")
            ranges.append((low, high))
        return CharacterSet(tuple(ranges), is_negated, categories)

    def _class_member(self) -> int | CharacterSet:
        character = self._next()
        if character != "\\":
            return ord(character)
        if self._eat("b"):
            return _BACKSPACE
        if "1" <= self._peek() <= "9" or self._peek() in ("k", "c", "B"):
            raise UnsupportedPatternError("this escape in a class")
        shorthand = self._shorthand()
        return self._escaped_code() if shorthand is None else shorthand


def _plain_ranges(characters: CharacterSet) -> tuple[Range, ...]:
    is_other = characters.is_negated and not characters.categories
    return complement(characters.ranges) if is_other else characters.ranges


def _plain_categories(characters: CharacterSet) -> frozenset[str]:
    is_other = characters.is_negated and characters.categories
    return other_categories(characters.categories) if is_other else characters.categories


def _count_groups(source: str) -> tuple[int, bool]:
    """Return how many groups capture, and whether one has a name."""
    found = [each for each in _GROUP_OR_SKIPPED.finditer(source) if each.group("opening")]
    return len(found), any(each.group("name") is not None for each in found)


def _number_of_group(source: str, name: str) -> int | None:
    number = 0
    for each in _GROUP_OR_SKIPPED.finditer(source):
        if each.group("opening"):
            number += 1
            if each.group("name") == name:
                return number
    return None
