"""Workspace packages are found by name, whichever package manager lists them."""

from __future__ import annotations

import json

import pytest

from ssot_action.source.manifest import ManifestReader
from ssot_action.source.tree import MemoryTree
from ssot_action.source.workspace import Workspaces, expand_patterns, read_yaml_list


def package(name: str, **members: object) -> str:
    return json.dumps({"name": name, **members})


def find(files: dict[str, str], name: str, directory: str = "") -> str | None:
    tree = MemoryTree(files)
    return Workspaces(tree, ManifestReader(tree)).find(name, directory)


@pytest.mark.parametrize(
    "text",
    [
        'packages:\n  - "packages/*"\n  - apps/web # the site\n',
        "# head\npackages:\n- 'packages/*'\n- apps/web\n\ncatalog:\n  react: 18\n",
        'packages: ["packages/*", apps/web]\n',
        "packages: [\n  'packages/*', # one\n  apps/web,\n]\nother: [x]\n",
        '"packages" :\r\n  -   packages/*\r\n\r\n  # note\r\n  - "apps/web"\r\n',
        "\ufeffcatalog:\n  packages:\n    - no\npackages:\n  - packages/*\n  - apps/web",
    ],
)
def test_the_packages_list_of_pnpm_is_read_in_any_spelling(text: str) -> None:
    assert read_yaml_list(text, "packages") == ("packages/*", "apps/web")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "packages:",
        "packages: &x\n",
        "packages: 5",
        "other:\n  - a",
        "  packages:\n   - a",
        "packages: []",
    ],
)
def test_any_other_shape_is_an_empty_list(text: str) -> None:
    assert read_yaml_list(text, "packages") == ()


def test_quotes_and_hashes_inside_items_are_kept() -> None:
    text = "packages:\n  - 'it''s'\n  - \"a\\\"b\"\n  - c#d\n  - '# no comment'\n"
    assert read_yaml_list(text, "packages") == ("it's", 'a"b', "c#d", "# no comment")


FILES = {
    path + "/package.json": "{}"
    for path in (
        "apps/web",
        "apps/mobile",
        "packages/a",
        "packages/a/nested/deep",
        "packages/b",
        "packages/node_modules/c",
        "packages/.hidden",
        "tools",
    )
} | {"packages/empty/readme.md": ""}


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["apps/*"], ["apps/mobile", "apps/web"]),
        (["./apps/*/"], ["apps/mobile", "apps/web"]),
        (["packages/*"], ["packages/a", "packages/b"]),
        (["packages/**"], ["packages/a", "packages/a/nested/deep", "packages/b"]),
        (["**/deep"], ["packages/a/nested/deep"]),
        (["packages/?"], ["packages/a", "packages/b"]),
        (["{apps,packages}/*"], ["apps/mobile", "apps/web", "packages/a", "packages/b"]),
        (["packages/[ab]"], ["packages/a", "packages/b"]),
        (["packages/.*"], ["packages/.hidden"]),
        (["tools", "missing"], ["tools"]),
        (["packages/*", "!packages/b"], ["packages/a"]),
        (["packages/**", "!**/nested/**"], ["packages/a", "packages/b"]),
        (["packages/**", "!packages/a/**"], ["packages/b"]),
        (["!packages/a", "packages/*"], ["packages/a", "packages/b"]),
        (["../outside"], []),
        (["apps/../tools"], ["tools"]),
    ],
)
def test_patterns_name_directories_with_a_manifest(
    patterns: list[str], expected: list[str]
) -> None:
    assert sorted(expand_patterns(MemoryTree(FILES), "", patterns)) == expected


def test_a_pattern_without_end_is_cut() -> None:
    assert expand_patterns(MemoryTree(FILES), "", ["{a,b}" * 30, "**/" * 200 + "x"]) == ()


@pytest.mark.parametrize(
    "root",
    [
        {"package.json": json.dumps({"workspaces": ["packages/*"]})},
        {"package.json": json.dumps({"workspaces": {"packages": ["packages/*"]}})},
        {"pnpm-workspace.yaml": "packages:\n  - packages/*\n"},
        {
            "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
            "package.json": json.dumps({"workspaces": ["nothing"]}),
        },
    ],
)
def test_each_package_manager_is_understood(root: dict[str, str]) -> None:
    files = {**root, "packages/shared/package.json": package("@acme/shared")}
    assert find(files, "@acme/shared", "packages/app/convex") == "packages/shared"
    assert find(files, "@acme/other", "packages/app/convex") is None


def test_the_nearest_workspace_that_knows_the_name_answers() -> None:
    files = {
        "package.json": json.dumps({"workspaces": ["packages/*"]}),
        "packages/x/package.json": package("x"),
        "packages/y/package.json": package("y"),
        "sub/package.json": json.dumps({"workspaces": ["packages/*"]}),
        "sub/packages/x/package.json": package("x"),
    }
    assert find(files, "x", "sub/convex") == "sub/packages/x"
    assert find(files, "y", "sub/convex") == "packages/y"
    assert find(files, "x", "convex") == "packages/x"


def test_the_root_of_a_workspace_is_a_package_too() -> None:
    files = {"package.json": package("root", workspaces=["packages/*"])}
    assert find(files, "root", "packages/a") == ""


def test_a_manifest_that_is_no_json_is_passed_over_and_told() -> None:
    tree = MemoryTree(
        {
            "package.json": json.dumps({"workspaces": ["p/*"]}),
            "p/bad/package.json": "{\n oops",
            "p/list/package.json": "[]",
            "p/good/package.json": package("good"),
        }
    )
    manifests = ManifestReader(tree)
    assert Workspaces(tree, manifests).find("good", "") == "p/good"
    assert [(item.file, item.line) for item in manifests.diagnostics] == [
        ("p/bad/package.json", 2),
        ("p/list/package.json", 1),
    ]


def test_a_manifest_of_an_installed_package_is_not_complained_about() -> None:
    manifests = ManifestReader(MemoryTree({"node_modules/p/package.json": "{"}))
    assert manifests.read("node_modules/p") is None
    assert manifests.diagnostics == []
