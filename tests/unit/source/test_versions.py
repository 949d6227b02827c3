"""The version of a package is the one the project uses, or said to be open."""

from __future__ import annotations

import json
from time import perf_counter

import pytest

from ssot_action.source.manifest import ManifestReader
from ssot_action.source.tree import MemoryTree
from ssot_action.source.version_ranges import parse_exact, parse_range
from ssot_action.source.versions import PackageVersion, PackageVersions

AGENT = "@convex-dev/agent"


def manifest(dependencies: dict[str, str] | None = None, **members: object) -> str:
    return json.dumps({"dependencies": dependencies or {}, **members})


def find(
    files: dict[str, str], name: str = "zod", directory: str = "convex"
) -> PackageVersion | None:
    tree = MemoryTree(files)
    return PackageVersions(tree, ManifestReader(tree), directory).find(name)


def is_exactly(found: PackageVersion | None, version: str) -> bool:
    span = parse_exact(version)
    return found is not None and found.range.spans == (span,)


# Ranges


@pytest.mark.parametrize(
    ("declared", "wanted", "answer"),
    [
        ("0.4.8", "0.4.6", True),
        ("=0.4.8", "0.4.8", True),
        ("v0.4.8", "0.4.9", False),
        ("0.4.4", "0.4.6", False),
        ("0.4", "0.4.6", None),
        ("0.4", "0.5.0", False),
        ("0.3.x", "0.3.9", None),
        ("0.3.X", "0.3.0", True),
        ("1.*", "2.0.0", False),
        ("^0.4.6", "0.4.6", True),
        ("^0.4.2", "0.4.6", None),
        ("^0.3.1", "0.4.6", False),
        ("^0.0.71", "0.0.72", False),
        ("^0.0", "0.0.9", None),
        ("^0.x", "1.0.0", False),
        ("^1", "1.9.0", None),
        ("^1", "2.0.0", False),
        ("~0.4.2", "0.4.6", None),
        ("~0.4.2", "0.5.0", False),
        ("~1", "1.9.0", None),
        (">=0.2", "0.4.6", None),
        (">=0.5", "0.4.6", True),
        (">= 0.3.0 < 0.4", "0.4.0", False),
        (">1.2.3", "1.2.4", True),
        (">1.2", "1.3.0", True),
        ("<=1.2", "1.2.9", None),
        ("<=1.2.3", "1.2.4", False),
        ("<2", "2.0.0", False),
        ("0.2.0 - 0.3", "0.3.1", None),
        ("0.2.0 - 0.3", "0.4.0", False),
        ("^0.2.1 || ^0.3.0", "0.2.0", True),
        ("^0.2.1 || ^0.3.0", "0.3.0", None),
        ("^3 || ^4", "3.0.0", True),
        ("", "0.1.0", None),
        ("*", "0.1.0", None),
        ("0.2.0-alpha.3", "0.1.9", True),
        ("0.2.0-alpha.3", "0.2.0", None),
        ("0.2.0-alpha.3", "0.2.1", False),
        ("^0.2.0-alpha.3", "0.2.0", None),
        (">1.0.0-beta", "1.0.0", None),
        ("1.2.3+build", "1.2.3", True),
    ],
)
def test_a_range_answers_only_what_holds_for_all_its_versions(
    *, declared: str, wanted: str, answer: bool | None
) -> None:
    found = parse_range(declared)
    assert found is not None
    assert found.since(wanted) is answer


@pytest.mark.parametrize(
    "text", ["next", "github:a/b", "git+https://x/y.git", "^1 || beta", "1.2.3.4"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert parse_range(text) is None


# Declared versions


def test_without_a_lock_file_the_declared_range_counts_and_the_reason_says_so() -> None:
    found = find({"package.json": manifest({AGENT: "^0.2.0"})}, AGENT)
    assert found is not None
    assert found.since("0.2.0") is True
    assert found.since("0.3.0") is False
    assert found.since("0.2.10") is None
    assert found.reason == (
        "the installed version of @convex-dev/agent is not known exactly: "
        "package.json allows ^0.2.0 and there is no lock file"
    )


def test_a_package_that_nobody_names_is_none() -> None:
    assert find({"package.json": manifest({"react": "19"})}) is None
    assert find({}) is None


def test_the_nearest_manifest_that_declares_the_package_counts() -> None:
    files = {
        "package.json": manifest({"zod": "3.25.0", "next": "15.0.0"}),
        "apps/web/package.json": manifest({"zod": "4.1.0"}),
        "apps/web/convex/package.json": '{"type": "module"}',
    }
    assert is_exactly(find(files, "zod", "apps/web/convex"), "4.1.0")
    assert is_exactly(find(files, "next", "apps/web/convex"), "15.0.0")
    tree = MemoryTree(files)
    versions = PackageVersions(tree, ManifestReader(tree), "apps/web/convex")
    assert is_exactly(versions.find("zod", "packages/shared"), "3.25.0")


def test_a_package_is_its_own_version() -> None:
    files = {"package.json": json.dumps({"name": AGENT, "version": "0.6.1"})}
    assert is_exactly(find(files, AGENT, "example/convex"), "0.6.1")


@pytest.mark.parametrize(
    ("declared", "wanted", "answer"),
    [
        ("latest", "99.0.0", True),
        ("next", "0.0.1", None),
        ("npm:zod@3", "4.0.0", False),
        ("npm:zod@^4.1.0", "4.0.0", True),
        ("npm:^4.1.0", "4.0.0", True),
        ("npm:@other/zod@3.0.0", "4.0.0", None),
        ("github:colinhacks/zod", "4.0.0", None),
        ("workspace:^4.1.0", "4.0.0", True),
    ],
)
def test_other_ways_to_declare(*, declared: str, wanted: str, answer: bool | None) -> None:
    found = find({"package.json": manifest({"zod": declared})})
    assert found is not None
    assert found.since(wanted) is answer


@pytest.mark.parametrize("declared", ["workspace:*", "workspace:^", "file:../lib", "link:../lib"])
def test_a_package_of_the_repository_has_the_version_of_its_manifest(declared: str) -> None:
    files = {
        "package.json": manifest(workspaces=["app", "lib"]),
        "app/package.json": manifest({"@x/lib": declared}, name="app"),
        "lib/package.json": manifest(name="@x/lib", version="1.2.3"),
    }
    assert is_exactly(find(files, "@x/lib", "app/convex"), "1.2.3")


@pytest.mark.parametrize(
    ("declared", "file", "text"),
    [
        ("catalog:", "pnpm-workspace.yaml", "packages:\n  - a\ncatalog:\n  'zod': ^4.1.0 # note\n"),
        ("catalog:", "pnpm-workspace.yaml", "catalogs:\n  default:\n    zod: '^4.1.0'\n"),
        ("catalog:z", "pnpm-workspace.yaml", "catalogs:\n    z:\n        zod: ^4.1.0\n"),
        ("catalog:z", ".yarnrc.yml", "catalogs:\n  y:\n    zod: 1.0.0\n  z:\n    zod: ^4.1.0\n"),
        ("catalog:", "package.json", json.dumps({"catalog": {"zod": "^4.1.0"}})),
        (
            "catalog:z",
            "package.json",
            json.dumps({"workspaces": {"packages": [], "catalogs": {"z": {"zod": "^4.1.0"}}}}),
        ),
    ],
)
def test_catalogs_are_looked_up(declared: str, file: str, text: str) -> None:
    found = find({"app/package.json": manifest({"zod": declared}), file: text}, "zod", "app/convex")
    assert found is not None
    assert found.since("4.1.0") is True
    assert found.since("5.0.0") is False
    assert f"{declared} (^4.1.0)" in found.cause


@pytest.mark.parametrize(
    "overrides",
    [
        {"overrides": {"zod": "3.23.8"}},
        {"resolutions": {"zod": "3.23.8"}},
        {"pnpm": {"overrides": {"zod": "3.23.8"}}},
    ],
)
def test_an_override_replaces_the_declared_range(overrides: dict[str, object]) -> None:
    assert is_exactly(find({"package.json": manifest({"zod": "^4.0.0"}, **overrides)}), "3.23.8")
    conditional = json.loads(json.dumps(overrides).replace('"zod"', '"zod@4"'))
    found = find({"package.json": manifest({"zod": "^4.0.0"}, **conditional)})
    assert found is not None
    assert found.since("4.0.0") is None


# Lock files


def npm_lock(packages: dict[str, object], version: int = 3) -> str:
    return json.dumps({"lockfileVersion": version, "packages": {"": {}, **packages}}, indent=2)


NPM = npm_lock(
    {
        f"node_modules/{AGENT}": {"version": "0.2.12"},
        "node_modules/other/node_modules/zod": {"version": "3.0.0"},
        "node_modules/zod": {"version": "4.1.5", "dependencies": {"node_modules/zod": "1"}},
    }
)
NPM_1 = json.dumps(
    {
        "lockfileVersion": 1,
        "dependencies": {
            "other": {"version": "1.0.0", "dependencies": {"zod": {"version": "3.0.0"}}},
            AGENT: {"version": "0.2.12"},
            "zod": {"version": "4.1.5"},
        },
    }
)
PNPM_5 = f"""lockfileVersion: 5.4

specifiers:
  '{AGENT}': ^0.2.0
  zod: ^4.0.0

dependencies:
  '{AGENT}': 0.2.12_convex@1.20.0
  zod: 4.1.5

packages:

  /zod/3.0.0:
    resolution: {{}}
"""
PNPM_6 = f"""lockfileVersion: '6.0'

dependencies:
  '{AGENT}':
    specifier: ^0.2.0
    version: 0.2.12(convex@1.20.0)

devDependencies:
  zod:
    specifier: ^4.0.0
    version: 4.1.5

packages:

  /zod@3.0.0:
    resolution: {{}}
"""
PNPM_9 = f"""lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '{AGENT}':
        specifier: 'catalog:'
        version: 0.2.12(convex@1.20.0(react@19.0.0))
      zod:
        specifier: ^4.0.0
        version: 4.1.5

  packages/a:
    dependencies:
      zod:
        specifier: ^3.0.0
        version: 3.0.0

packages:

  zod@3.0.0:
    resolution: {{}}
"""
YARN_1 = f"""# yarn lockfile v1


"{AGENT}@^0.1.0":
  version "0.1.0"

"{AGENT}@^0.1.9", "{AGENT}@^0.2.0":
  version "0.2.12"
  dependencies:
    zod "^3.0.0"

zod@^3.0.0:
  version "3.0.0"

zod@^4.0.0, zod@^4.0.1:
  version "4.1.5"
"""
YARN_BERRY = f"""__metadata:
  version: 8

"{AGENT}@npm:^0.1.9, {AGENT}@npm:^0.2.0":
  version: 0.2.12
  resolution: "{AGENT}@npm:0.2.12"

"zod@npm:^3.0.0":
  version: 3.0.0
  resolution: "zod@npm:3.0.0"

"zod@npm:^4.0.0":
  version: 4.1.5
  resolution: "zod@npm:4.1.5"
"""
BUN = f"""{{
  "lockfileVersion": 1,
  "workspaces": {{
    "": {{
      "name": "x",
      "dependencies": {{
        "zod": "^4.0.0",
      }},
    }},
  }},
  "packages": {{
    "{AGENT}": ["{AGENT}@0.2.12", "", {{}}, "sha512-x"],

    "zod": ["zod@4.1.5", "", {{}}, "sha512-x"],

    "other/zod": ["zod@3.0.0", "", {{}}, "sha512-x"],
  }}
}}
"""
LOCKS = [
    ("package-lock.json", NPM),
    ("package-lock.json", NPM.replace(": 3", ": 2", 1)),
    ("package-lock.json", NPM_1),
    ("npm-shrinkwrap.json", NPM),
    ("pnpm-lock.yaml", PNPM_5),
    ("pnpm-lock.yaml", PNPM_6),
    ("pnpm-lock.yaml", PNPM_9),
    ("pnpm-lock.yaml", PNPM_9.replace("\n", "\r\n")),
    ("pnpm-lock.yaml", "---\nlockfileVersion: '9.0'\nimporters:\n  .:\n---\n" + PNPM_9),
    ("yarn.lock", YARN_1),
    ("yarn.lock", YARN_BERRY),
    ("bun.lock", BUN),
]
DECLARED = manifest({AGENT: "^0.2.0", "zod": "^4.0.0"})


@pytest.mark.parametrize(("file", "text"), LOCKS)
def test_a_lock_file_tells_the_exact_version(file: str, text: str) -> None:
    files = {"package.json": DECLARED, file: text}
    assert is_exactly(find(files), "4.1.5")
    assert is_exactly(find(files, AGENT), "0.2.12")


@pytest.mark.parametrize(("file", "text"), LOCKS)
def test_a_lock_file_older_than_the_manifest_does_not_count(file: str, text: str) -> None:
    found = find({"package.json": manifest({"zod": "^4.2.0"}), file: text})
    assert found is not None
    assert found.range == parse_range("^4.2.0")
    assert f"{file} lists none that fits" in found.cause


@pytest.mark.parametrize(("file", "text"), LOCKS)
def test_a_lock_file_that_was_not_merged_does_not_count(file: str, text: str) -> None:
    found = find({"package.json": DECLARED, file: f"{text}\n<<<<<<< HEAD\n"})
    assert found is not None
    assert found.cause.endswith(f"{file} cannot be read")


def test_an_override_may_lock_a_version_outside_the_declared_range() -> None:
    declared = manifest({"zod": "^5.0.0"}, overrides={"zod": "4.1.5"})
    assert is_exactly(find({"package.json": declared, "package-lock.json": NPM}), "4.1.5")


def test_a_package_that_no_manifest_declares_is_looked_up_in_the_lock_file() -> None:
    assert is_exactly(find({"package.json": "{}", "package-lock.json": NPM}), "4.1.5")
    found = find({"package.json": "{}", "yarn.lock": YARN_1})
    assert found is not None
    assert found.since("3.0.0") is True
    assert found.since("4.0.0") is None
    assert found.cause == "yarn.lock lists 3.0.0, 4.1.5"


WORKSPACE = {
    "package.json": manifest({"zod": "^3.0.0"}, workspaces=["apps/*"]),
    "pnpm-workspace.yaml": "packages:\n  - apps/*\n",
    "apps/web/package.json": manifest({"zod": "^4.0.0"}, name="@x/web"),
}
NPM_WORKSPACE = npm_lock(
    {
        "apps/web": {"name": "@x/web"},
        "apps/web/node_modules/zod": {"version": "4.1.5"},
        "node_modules/@x/web": {"resolved": "apps/web", "link": True},
        "node_modules/zod": {"version": "3.25.0"},
    }
)
BUN_WORKSPACE = """{
  "workspaces": {
    "": { "name": "x" },
    "apps/web": {
      "name": "@x/web",
    },
  },
  "packages": {
    "@x/web": ["@x/web@workspace:apps/web"],
    "zod": ["zod@3.25.0", "", {}, ""],
    "@x/web/zod": ["zod@4.1.5", "", {}, ""],
  }
}
"""
PNPM_WORKSPACE_LOCK = """lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      zod:
        specifier: ^3.0.0
        version: 3.25.0
  apps/web:
    dependencies:
      zod:
        specifier: ^4.0.0
        version: 4.1.5
packages: {}
"""


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("package-lock.json", NPM_WORKSPACE),
        ("pnpm-lock.yaml", PNPM_WORKSPACE_LOCK),
        ("yarn.lock", YARN_1.replace("3.0.0", "3.25.0").replace("^3.25.0", "^3.0.0")),
        ("bun.lock", BUN_WORKSPACE),
    ],
)
def test_each_package_of_a_workspace_has_its_own_version(file: str, text: str) -> None:
    files = {**WORKSPACE, file: text}
    assert is_exactly(find(files, "zod", "apps/web/convex"), "4.1.5")
    assert is_exactly(find(files, "zod", "convex"), "3.25.0")


def test_the_lock_file_above_counts_for_members_of_its_workspace_only() -> None:
    files = {
        "package.json": manifest({"zod": "^4.0.0"}),
        "package-lock.json": NPM,
        "demo/package.json": manifest({"zod": "^4.0.0"}, name="demo"),
    }
    found = find(files, "zod", "demo/convex")
    assert found is not None
    assert found.cause == "demo/package.json allows ^4.0.0 and there is no lock file"


def test_of_several_lock_files_the_one_of_the_package_manager_counts() -> None:
    files = {"package-lock.json": NPM, "bun.lock": BUN.replace("zod@4.1.5", "zod@4.3.0")}
    found = find({**files, "package.json": DECLARED})
    assert found is not None
    assert found.since("4.1.0") is True
    assert found.since("4.2.0") is None
    assert found.cause == "package-lock.json and bun.lock list 4.1.5, 4.3.0"
    chosen = manifest({"zod": "^4.0.0"}, packageManager="bun@1.2.0")
    assert is_exactly(find({**files, "package.json": chosen}), "4.3.0")


def test_a_lock_file_in_binary_form_leaves_the_version_open() -> None:
    found = find({"package.json": DECLARED, "bun.lockb": "\0", "package-lock.json": NPM})
    assert found is not None
    assert found.cause == "package.json allows ^4.0.0 and bun.lockb cannot be read"


def test_another_package_under_the_same_name_tells_nothing() -> None:
    declared = manifest({"zod": "npm:zod-fork@^4.0.0"})
    lock = npm_lock({"node_modules/zod": {"name": "zod-fork", "version": "4.1.5"}})
    found = find({"package.json": declared, "package-lock.json": lock})
    assert found is not None
    assert found.since("4.0.0") is None


@pytest.mark.parametrize(
    ("file", "line", "end"),
    [
        ("package-lock.json", '"node_modules/p{}": {{"version": "1.0.0"}},\n', "}}"),
        ("pnpm-lock.yaml", "  p{}@1.0.0:\n    resolution: {{}}\n", ""),
        ("yarn.lock", '"p{0}@^1.0.0, p{0}@^1.0.1":\n  version "1.0.0"\n\n', ""),
        ("bun.lock", '    "p{0}": ["p{0}@1.0.0", "", {{}}, ""],\n', "}}"),
    ],
)
def test_a_large_lock_file_is_searched_quickly(file: str, line: str, end: str) -> None:
    body = "".join(line.format(index) for index in range(12_000_000 // len(line)))
    head = {
        "package-lock.json": '{"lockfileVersion": 3, "packages": {\n',
        "pnpm-lock.yaml": "importers:\n  .:\n    dependencies:\n      a: 1.0.0\npackages:\n",
        "yarn.lock": "",
        "bun.lock": '{"packages": {\n',
    }[file]
    files = {"package.json": DECLARED, file: head + body + end}
    start = perf_counter()
    found = find(files)
    assert perf_counter() - start < 5
    assert found is not None
    assert found.range == parse_range("^4.0.0")


# Installed packages


def test_installed_packages_of_the_project_itself_do_not_count() -> None:
    files = {"package.json": DECLARED}
    installed = {**files, "node_modules/zod/package.json": manifest(name="zod", version="4.6.7")}
    assert find(installed) == find(files)


@pytest.mark.parametrize("place", [f"node_modules/{AGENT}/node_modules/zod", "node_modules/zod"])
def test_code_that_is_installed_uses_what_is_installed(place: str) -> None:
    files = {
        "package.json": manifest({"zod": "^4.0.0"}),
        "package-lock.json": NPM,
        f"node_modules/{AGENT}/package.json": manifest(
            {"zod": "^3.25.0 || ^4.0.0"}, name=AGENT, version="0.2.12"
        ),
        f"{place}/package.json": manifest(name="zod", version="3.25.76"),
    }
    component = f"node_modules/{AGENT}/src/component"
    assert is_exactly(find(files, "zod", component), "3.25.76")
    assert is_exactly(find(files, AGENT, component), "0.2.12")
    del files[f"{place}/package.json"]
    found = find(files, "zod", component)
    assert found is not None
    assert found.since("4.0.0") is None
    assert found.cause.endswith("and it is not installed")
    assert find(files, "react", component) is None
