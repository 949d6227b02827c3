"""`package.json`, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_action.diagnostics import Diagnostic, DiagnosticCode
from ssot_action.errors import SourceError
from ssot_action.source.documents import Dialect, Json, JsonError, JsonObject, parse_document
from ssot_action.source.paths import ancestor_paths, child_path, is_in_node_modules

if TYPE_CHECKING:
    from ssot_action.source.tree import SourceTree


@dataclass(frozen=True, slots=True)
class Manifest:
    """A `package.json`.

    Attributes:
        directory: That holds it, relative to the repository root.
        members: The whole object; read it through the methods, which check the types.
    """

    directory: str
    members: JsonObject

    @property
    def name(self) -> str | None:
        """The package's name."""
        return self.text("name")

    @property
    def version(self) -> str | None:
        """The package's version."""
        return self.text("version")

    @property
    def exports(self) -> Json:
        """The `exports` map; None when absent or null, which mean the same."""
        return self.members.get("exports")

    @property
    def imports(self) -> JsonObject:
        """The `imports` map of names that start with `#`."""
        imports = self.members.get("imports")
        return imports if isinstance(imports, dict) else {}

    @property
    def workspaces(self) -> tuple[str, ...]:
        """The patterns of npm, yarn and bun workspaces, in their order."""
        declared = self.members.get("workspaces")
        if isinstance(declared, dict):
            declared = declared.get("packages")
        if not isinstance(declared, list):
            return ()
        return tuple(pattern for pattern in declared if isinstance(pattern, str))

    def text(self, key: str) -> str | None:
        """Return the non-empty string at `key`, else None."""
        value = self.members.get(key)
        return value if isinstance(value, str) and value else None

    def dependency(self, name: str) -> str | None:
        """Return the version range the package asks for, None when it does not depend on `name`."""
        for group in (
            "dependencies",
            "devDependencies",
            "peerDependencies",
            "optionalDependencies",
        ):
            declared = self.members.get(group)
            if isinstance(declared, dict) and isinstance(wanted := declared.get(name), str):
                return wanted
        return None


class ManifestReader:
    """Reads the `package.json` of directories; one that cannot be parsed counts as absent."""

    def __init__(self, tree: SourceTree) -> None:
        self._tree = tree
        self._manifests: dict[str, Manifest | None] = {}
        self.diagnostics: list[Diagnostic] = []

    def read(self, directory: str) -> Manifest | None:
        """Return the manifest in `directory` itself."""
        if directory not in self._manifests:
            self._manifests[directory] = self._parse(directory)
        return self._manifests[directory]

    def enclosing(self, directory: str) -> Manifest | None:
        """Return the nearest manifest at or above `directory`, beyond `node_modules` too."""
        for ancestor in ancestor_paths(directory):
            manifest = self.read(ancestor)
            if manifest is not None:
                return manifest
        return None

    def _parse(self, directory: str) -> Manifest | None:
        path = child_path(directory, "package.json")
        try:
            data = self._tree.read(path)
        except SourceError as error:
            self._report(path, error.problem)
            return None
        if data is None:
            return None
        try:
            value = parse_document(data.removeprefix(b"\xef\xbb\xbf"), Dialect.STRICT).value
        except JsonError as error:
            self._report(path, error.problem, error.line, error.column)
            return None
        if not isinstance(value, dict):
            self._report(path, "the file must hold an object", 1, 1)
            return None
        return Manifest(directory, value)

    def _report(
        self, path: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        # An installed package's mistakes are not the reader's to mend.
        if not is_in_node_modules(path):
            self.diagnostics.append(
                Diagnostic(
                    code=DiagnosticCode.CONFIG_MALFORMED,
                    severity="warning",
                    message=f"{message}; imports are resolved without this file",
                    file=path,
                    line=line,
                    column=column,
                    hint="Correct the file.",
                )
            )
