"""Ranges of versions as npm writes them, and whether all of a range is at least a version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

# Major, minor, patch, and 1 for a release or 0 for what comes before it.
Version: TypeAlias = tuple[int, int, int, int]
# From the first version to before the second.
Span: TypeAlias = tuple[Version, Version]

_START: Final[Version] = (0, 0, 0, 0)
_END: Final[Version] = (10**9, 0, 0, 0)
_AFTER_THE_END: Final[Version] = (10**9, 0, 0, 1)
_RELEASE: Final = 1

_EXACT: Final = re.compile(
    r"v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
)
_PARTIAL: Final = re.compile(
    r"""v?(\d{1,9}|[xX*])(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?
    (-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?""",
    re.VERBOSE,
)
_OPERATOR: Final = re.compile(r"\^|~>?|>=|<=|[<>=]")
_BLANK_AFTER_OPERATOR: Final = re.compile(r"([<>=^~])\s+")
_HYPHEN: Final = re.compile(r"(\S+)\s+-\s+(\S+)")


@dataclass(frozen=True, slots=True)
class VersionRange:
    """A set of versions.

    Attributes:
        spans: That make up the set, at least one.
    """

    spans: tuple[Span, ...]

    def since(self, version: str) -> bool | None:
        """Return whether every version of the range is `version` or later; None if only some are.

        A pre-release and its release count as one step of which nobody knows the side: asked for
        1.0.0, a project on 1.0.0-beta.2 gets None.
        """
        exact = parse_exact(version)
        if exact is None:
            return None
        wanted = exact[0]
        answers = {
            True if low >= wanted else False if end <= wanted else None for low, end in self.spans
        }
        return answers.pop() if len(answers) == 1 else None

    def allows(self, span: Span) -> bool:
        """Return whether the exact version `span` is in the range."""
        return any(low <= span[0] < end for low, end in self.spans)


ANY_VERSION: Final = VersionRange(((_START, _END),))
NEWEST_VERSION: Final = VersionRange(((_END, _AFTER_THE_END),))


def parse_exact(text: str) -> Span | None:
    """Return a whole version as a span of one, None when it is none."""
    match = _EXACT.fullmatch(text)
    if match is None:
        return None
    major, minor, patch = int(match[1]), int(match[2]), int(match[3])
    is_release = 0 if match[4] else _RELEASE
    return (major, minor, patch, is_release), (major, minor, patch, _RELEASE + 1)


def parse_range(text: str) -> VersionRange | None:
    """Return the range `text`, None when it is none: a tag, an address, nonsense."""
    spans: list[Span] = []
    for alternative in text.split("||"):
        span = _parse_alternative(alternative.strip())
        if span is None:
            return None
        spans.append(span)
    return VersionRange(tuple(spans))


def _parse_alternative(text: str) -> Span | None:
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen is not None:
        text = f">={hyphen[1]} <={hyphen[2]}"
    low, end = _START, _END
    for comparator in _BLANK_AFTER_OPERATOR.sub(r"\1", text).split():
        span = _parse_comparator(comparator)
        if span is None:
            return None
        low, end = max(low, span[0]), min(end, span[1])
    return low, end


def _parse_comparator(text: str) -> Span | None:
    match = _OPERATOR.match(text)
    operator = match[0] if match is not None else "="
    found = _PARTIAL.fullmatch(text, match.end() if match is not None else 0)
    if found is None:
        return None
    fixed: list[int] = []
    for part in found.groups()[:3]:
        if part is None or not part.isdigit():
            break
        fixed.append(int(part))
    if not fixed:
        return _START, _END
    is_whole = len(fixed) == 3  # noqa: PLR2004 - major, minor, patch
    is_before = is_whole and found[4] is not None
    low = _version(fixed, 0 if is_before else _RELEASE)
    # What a partial version names ends before the next one; pre-releases of that are beyond it.
    after = (*low[:3], _RELEASE + 1) if is_whole else _version(_raised(fixed), 0)
    match operator:
        case "^":
            first = next((index for index, part in enumerate(fixed) if part), len(fixed) - 1)
            return low, _version(_raised(fixed[: first + 1]), 0)
        case "~" | "~>":
            return low, _version(_raised(fixed[:2]), 0)
        case ">=":
            return low, _END
        case ">":
            return (low if is_before else _version(_raised(fixed), _RELEASE)), _END
        case "<":
            # No range takes pre-releases of its upper end along.
            return _START, (low if is_before else (*low[:3], 0))
        case "<=":
            return _START, after
        case _:
            return low, after


def _version(fixed: list[int], release: int) -> Version:
    major, minor, patch = [*fixed, 0, 0][:3]
    return major, minor, patch, release


def _raised(fixed: list[int]) -> list[int]:
    return [*fixed[:-1], fixed[-1] + 1]
