"""Finding calls by name in the text of a module, without lowering what stands around them.

Handlers are long and only a few of their calls matter. A regular expression finds candidates; the
tree says which of them are really calls and not text in a string or a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.syntax.expressions import string_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import tree_sitter

    from ssot_action.syntax import nodes as n
    from ssot_action.syntax.module import ModuleSyntax


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call `owner.name(...)` or `name(...)`.

    Attributes:
        at: offset of the name.
        name: what is called.
        owners: the names before it, nearest first: ("db", "ctx") for `ctx.db.query(...)`; the
            chain ends where it is no longer made of plain names.
        arguments: how many arguments there are.
        texts: the arguments that are plain strings, by position.
        references: the arguments that are names and members of names, by position.
    """

    at: int
    name: str
    owners: tuple[str, ...]
    arguments: int
    texts: dict[int, str]
    references: dict[int, n.Expression]


@dataclass(frozen=True, slots=True)
class CallQuery:
    """Which calls to look for.

    Attributes:
        methods: finds `.name(`; the group is the name.
        functions: finds `name(` of plain functions; the group is the name.
        owners: for a method, what the text before it must end in; no entry means anything.
    """

    methods: re.Pattern[bytes]
    functions: re.Pattern[bytes]
    owners: dict[bytes, tuple[bytes, ...]]


_OPENING = r"(?=\s*(?:\(|<|\?\.\())"


def make_call_query(methods: Mapping[str, tuple[str, ...]], functions: Iterable[str]) -> CallQuery:
    """Return the query for `methods`, each with the owners it is called on, and `functions`."""
    names = "|".join(sorted(methods, key=len, reverse=True))
    plain = "|".join(sorted(functions))
    return CallQuery(
        # A pattern that starts with one plain character is searched for several times faster.
        re.compile(rf"\.\s*({names}){_OPENING}".encode()),
        re.compile(rf"({plain}){_OPENING}".encode()),
        {
            name.encode(): tuple([owner.encode() for owner in owners])
            for name, owners in methods.items()
            if owners
        },
    )


def find_calls(module: ModuleSyntax, query: CallQuery, start: int, end: int) -> list[CallSite]:
    """Return the calls `query` asks for between two offsets of `module`, in order."""
    source = module.source
    sites: list[CallSite] = []
    cursor = module.lowering.root.walk()
    for match in query.methods.finditer(source, start, end):
        owners = query.owners.get(match.group(1))
        if owners is not None:
            before = source[max(start, match.start() - _LONGEST_OWNER) : match.start()]
            if not before.rstrip(b" \t\r\n!?)").endswith(owners):
                continue
        site = _call_at(module, cursor, match.start(1), match.end(1))
        if site is not None:
            sites.append(site)
    for match in query.functions.finditer(source, start, end):
        if source[match.start() - 1 : match.start()] in _INSIDE_NAME:
            continue
        site = _call_at(module, cursor, match.start(1), match.end(1))
        if site is not None:
            sites.append(site)
    sites.sort(key=lambda site: site.at)
    return sites


_LONGEST_OWNER = 64
_INSIDE_NAME = frozenset(bytes([code]) for code in range(128) if chr(code).isalnum()) | {
    b"_",
    b"$",
    b".",
}


def _call_at(
    module: ModuleSyntax, cursor: tree_sitter.TreeCursor, start: int, end: int
) -> CallSite | None:
    """Return the call whose name spans the bytes from `start` to `end`, None if there is none.

    A cursor remembers the way it came; asking a node for its parent walks down from the root.
    """
    cursor.reset(module.lowering.root)
    while cursor.goto_first_child_for_byte(start) is not None:
        pass
    node = cursor.node
    if node is None or node.start_byte != start or node.end_byte != end:
        return None
    owners: tuple[str, ...] = ()
    if node.type == "property_identifier":
        if not cursor.goto_parent():
            return None
        member = cursor.node
        if member is None or member.type != "member_expression":
            return None
        owners = tuple(_owners(module, member.child_by_field_name("object")))
        callee_end = member.end_byte
    elif node.type == "identifier":
        callee_end = end
    else:
        return None
    while cursor.goto_parent():
        call = cursor.node
        if call is None:
            return None
        if call.type == "non_null_expression":
            callee_end = call.end_byte
            continue
        function = call.child_by_field_name("function")
        if call.type != "call_expression" or function is None or function.end_byte != callee_end:
            return None
        return _site(module, start, module.source[start:end].decode(), owners, call)
    return None


def _owners(module: ModuleSyntax, node: tree_sitter.Node | None) -> Iterator[str]:
    while node is not None:
        kind = node.type
        if kind in ("identifier", "this"):
            yield module.lowering.text(node)
            return
        if kind == "member_expression":
            name = node.child_by_field_name("property")
            if name is not None:
                yield module.lowering.text(name)
            node = node.child_by_field_name("object")
        elif kind in ("non_null_expression", "parenthesized_expression", "as_expression"):
            node = node.named_children[0] if node.named_children else None
        else:
            return


def _site(
    module: ModuleSyntax, at: int, name: str, owners: tuple[str, ...], call: tree_sitter.Node
) -> CallSite:
    given = call.child_by_field_name("arguments")
    children = () if given is None else given.named_children
    arguments = [child for child in children if child.type != "comment"]
    texts: dict[int, str] = {}
    references: dict[int, n.Expression] = {}
    for index, argument in enumerate(arguments[:2]):
        if argument.type == "string":
            texts[index] = string_value(module.lowering, argument)
        elif argument.type in ("member_expression", "identifier"):
            references[index] = module.lowering.expression(argument)
    return CallSite(at, name, owners, len(arguments), texts, references)
