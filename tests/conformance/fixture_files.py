"""Fixtures: one file that holds a whole small project in named sections.

    // What construct it shows.
    // @unresolved: users.secret  comes from the environment
    // @filename: convex/schema.ts
    import ...

The text before the first section is a comment. A line `// @unresolved: ID` in it declares what the
reader cannot know there: a table name or function id, then anything that explains why.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

_FILENAME = re.compile(r"^// @filename: (\S.*?)[ \t\r]*$")
_UNRESOLVED = re.compile(r"^// @unresolved: (\S+)")


class MalformedFixtureError(Exception):
    """A fixture file that does not hold a project."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixture:
    """A small project and what is known not to be readable in it."""

    name: str
    files: dict[str, str]
    unresolved: frozenset[str]

    @property
    def functions_dir(self) -> str | None:
        """Where our own configuration, unknown to Convex, says that the functions are."""
        config = self.files.get("docs/project/db-ssot.json")
        path = None
        if config is not None:
            path = json.loads(config).get("db", {}).get("source", {}).get("path")
        return None if path is None else str(PurePosixPath(path).parent)

    def write(self, root: Path) -> None:
        """Lay the project out under `root`."""
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")


def parse_fixture(name: str, text: str) -> Fixture:
    """Read the sections of a fixture file.

    Raises:
        MalformedFixtureError: There is no section, or a path is used twice or leaves the project.
    """
    files: dict[str, list[str]] = {}
    unresolved: set[str] = set()
    current: list[str] | None = None
    for line in _lines(text):
        if (match := _FILENAME.match(line)) is not None:
            path = PurePosixPath(match[1])
            if path.is_absolute() or ".." in path.parts or str(path) in files:
                raise MalformedFixtureError(name, f"{match[1]!r} cannot be used as a path")
            current = files.setdefault(str(path), [])
        elif current is not None:
            current.append(line)
        elif (match := _UNRESOLVED.match(line)) is not None:
            unresolved.add(match[1])
    if not files:
        raise MalformedFixtureError(name, "no line `// @filename: PATH`")
    sources = {path: "".join(lines) for path, lines in files.items()}
    return Fixture(name=name, files=sources, unresolved=frozenset(unresolved))


def _lines(text: str) -> list[str]:
    """Split at line feeds only: a fixture may be about the other line terminators."""
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def fixture_names() -> list[str]:
    """Return the names of all fixtures, which are their paths without the extension."""
    found = FIXTURES.rglob("*.ts")
    return sorted(path.relative_to(FIXTURES).with_suffix("").as_posix() for path in found)


def load_fixture(name: str) -> Fixture:
    """Read one fixture by its name."""
    return parse_fixture(name, (FIXTURES / f"{name}.ts").read_bytes().decode("utf-8"))
