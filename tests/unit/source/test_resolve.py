"""Imports lead where esbuild, with Convex's settings, would take them.

Where a row shows a choice among files, it was compared with esbuild 0.28.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ssot_action.diagnostics import DiagnosticCode
from ssot_action.source.resolution import (
    GeneratedModule,
    NodeBuiltin,
    PackageImport,
    Platform,
    ResolvedFile,
    Unresolved,
    UnresolvedReason,
    split_package,
)
from ssot_action.source.resolve import Resolver
from ssot_action.source.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORTER = "convex/a.ts"


def resolver_of(
    *paths: str,
    files: Mapping[str, object] | None = None,
    links: Mapping[str, str] | None = None,
) -> Resolver:
    """Return a resolver of a tree with code at `paths` and `files`, which may be given as JSON."""
    contents = dict.fromkeys(paths, "export {};")
    for path, value in (files or {}).items():
        contents[path] = value if isinstance(value, str) else json.dumps(value)
    return Resolver(MemoryTree(contents, links=links))


def path_of(resolver: Resolver, specifier: str, importer: str = IMPORTER) -> str | None:
    resolution = resolver.resolve(specifier, importer)
    return resolution.path if isinstance(resolution, ResolvedFile) else None


# Relative imports


def test_the_extension_that_is_left_out_is_tried_in_esbuilds_order() -> None:
    order = [".tsx", ".ts", ".jsx", ".js", ".css", ".json"]
    for index, extension in enumerate(order):
        present = [f"convex/b{other}" for other in order[index:]]
        assert path_of(resolver_of(*present), "./b") == f"convex/b{extension}"
    assert path_of(resolver_of("convex/b.mts", "convex/b.mjs", "convex/b.d.ts"), "./b") is None


@pytest.mark.parametrize(
    ("specifier", "present", "expected"),
    [
        ("./b.js", ["convex/b.ts"], "convex/b.ts"),
        ("./b.js", ["convex/b.tsx"], "convex/b.tsx"),
        ("./b.js", ["convex/b.ts", "convex/b.tsx"], "convex/b.ts"),
        ("./b.js", ["convex/b.js", "convex/b.ts"], "convex/b.js"),
        ("./b.js", ["convex/b.js.ts", "convex/b.ts"], "convex/b.js.ts"),
        ("./b.jsx", ["convex/b.tsx"], "convex/b.tsx"),
        ("./b.mjs", ["convex/b.mts"], "convex/b.mts"),
        ("./b.mjs", ["convex/b.ts"], None),
        ("./b.cjs", ["convex/b.cts"], "convex/b.cts"),
        ("./b.ts", ["convex/b.ts"], "convex/b.ts"),
        ("./b.ts", ["convex/b.js"], None),
        ("./b.json", ["convex/b.json"], "convex/b.json"),
        ("./b.c", ["convex/b.c.ts"], "convex/b.c.ts"),
        ("../src/x", ["src/x.ts"], "src/x.ts"),
        ("./b", ["convex/b/index.ts"], "convex/b/index.ts"),
        ("./b", ["convex/b/index.js", "convex/b.json"], "convex/b.json"),
        ("./b/", ["convex/b/index.ts", "convex/b.ts"], "convex/b/index.ts"),
        ("./b/", ["convex/b.ts"], None),
        (".", ["convex/index.ts", "convex.ts"], "convex/index.ts"),
        ("..", ["index.js"], "index.js"),
        ("./", ["convex/index.ts"], "convex/index.ts"),
        ("../convex/..", ["index.ts", "convex/x.ts"], "index.ts"),
    ],
)
def test_a_relative_import_leads_to_esbuilds_file(
    specifier: str, present: list[str], expected: str | None
) -> None:
    assert path_of(resolver_of(*present), specifier) == expected


def test_a_directory_is_entered_by_its_manifest() -> None:
    files = {"convex/b/package.json": {"main": "./m.js", "module": "./e"}}
    resolver = resolver_of("convex/b/m.js", "convex/b/e.ts", "convex/b/index.ts", files=files)
    assert path_of(resolver, "./b") == "convex/b/e.ts"
    node = resolver.resolve("./b", IMPORTER, platform=Platform.NODE)
    assert node == ResolvedFile("convex/b/m.js")
    missing = resolver_of("convex/b/index.ts", files={"convex/b/package.json": {"main": "./no.js"}})
    assert path_of(missing, "./b") == "convex/b/index.ts"


def test_an_import_out_of_the_repository_says_so() -> None:
    resolution = resolver_of("convex/a.ts").resolve("../../x", IMPORTER)
    assert isinstance(resolution, Unresolved)
    assert resolution.reason is UnresolvedReason.OUTSIDE_REPOSITORY
    linked = resolver_of("a", links={"convex/out": "../../x"}).resolve("./out/b", IMPORTER)
    assert isinstance(linked, Unresolved)
    assert linked.reason is UnresolvedReason.OUTSIDE_REPOSITORY


def test_a_missing_file_tells_what_was_looked_for() -> None:
    resolution = resolver_of("convex/a.ts").resolve("./missing", IMPORTER)
    assert resolution == Unresolved(
        UnresolvedReason.NOT_FOUND, 'there is no file for "./missing"', ("convex/missing",)
    )


@pytest.mark.parametrize("specifier", ["", "./a\0b"])
def test_a_specifier_that_is_no_text_is_invalid(specifier: str) -> None:
    resolution = resolver_of("convex/a.ts").resolve(specifier, IMPORTER)
    assert isinstance(resolution, Unresolved)
    assert resolution.reason is UnresolvedReason.INVALID


def test_a_file_behind_a_link_has_its_real_path() -> None:
    links = {"convex/shared": "../packages/shared", "alias": "convex"}
    resolver = resolver_of("packages/shared/x.ts", "packages/y.ts", "convex/a.ts", links=links)
    assert path_of(resolver, "./shared/x") == "packages/shared/x.ts"
    assert path_of(resolver, "./a", "alias/b.ts") == "convex/a.ts"
    assert path_of(resolver, "../y", "convex/shared/x.ts") == "packages/y.ts"


# Packages, builtins, generated code


@pytest.mark.parametrize(
    ("specifier", "name", "subpath"),
    [
        ("convex", "convex", ""),
        ("convex/values", "convex", "values"),
        ("@convex-dev/auth/server", "@convex-dev/auth", "server"),
        ("convex-helpers/server/zod4", "convex-helpers", "server/zod4"),
    ],
)
def test_a_package_that_is_not_in_the_tree_is_named(
    specifier: str, name: str, subpath: str
) -> None:
    package = PackageImport(name, subpath)
    assert resolver_of("convex/a.ts").resolve(specifier, IMPORTER) == package
    assert split_package(specifier) == package
    assert package.specifier == specifier


@pytest.mark.parametrize(
    "specifier",
    ["@/lib/a", "~/a", "@", "@scope", "/abs/a", "https://x.y/a.js", "data:text", "a\\b"],
)
def test_what_names_no_package_is_not_found(specifier: str) -> None:
    resolution = resolver_of("convex/a.ts").resolve(specifier, IMPORTER)
    assert isinstance(resolution, Unresolved)
    assert resolution.reason is UnresolvedReason.NOT_FOUND
    assert specifier in resolution.message


def test_nodes_own_modules_are_told_from_packages() -> None:
    resolver = resolver_of("convex/a.ts")
    assert resolver.resolve("node:fs/promises", IMPORTER) == NodeBuiltin("fs/promises")
    assert resolver.resolve("crypto", IMPORTER) == NodeBuiltin("crypto")
    assert resolver.resolve("fs/promises", IMPORTER) == NodeBuiltin("fs/promises")
    assert resolver.resolve("fs-extra", IMPORTER) == PackageImport("fs-extra")


def test_an_installed_namesake_of_a_builtin_wins_in_convexs_runtime_only() -> None:
    resolver = resolver_of("node_modules/buffer/index.js")
    assert path_of(resolver, "buffer") == "node_modules/buffer/index.js"
    node = resolver.resolve("buffer", IMPORTER, platform=Platform.NODE)
    assert node == NodeBuiltin("buffer")


@pytest.mark.parametrize(
    "specifier", ["./_generated/server", "./_generated/server.js", "./_generated/server.ts"]
)
def test_generated_code_is_known_although_it_is_not_committed(specifier: str) -> None:
    resolver = resolver_of("convex/schema.ts")
    assert resolver.resolve(specifier, IMPORTER) == GeneratedModule("convex", "server")


def test_generated_code_is_known_whoever_imports_it_and_how() -> None:
    resolver = resolver_of(
        "convex/schema.ts",
        files={
            "tsconfig.json": {"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./*"]}}},
            "package.json": {"name": "@acme/backend", "exports": {"./*": "./*"}},
        },
    )
    expected = GeneratedModule("convex", "api")
    for specifier, importer in (
        ("../_generated/api", "convex/sub/a.ts"),
        ("@/convex/_generated/api", "src/a.ts"),
        ("convex/_generated/api", "src/a.ts"),
        ("@acme/backend/convex/_generated/api", "src/a.ts"),
    ):
        assert resolver.resolve(specifier, importer) == expected


def test_generated_code_that_is_there_must_be_convexs() -> None:
    convexs = resolver_of(files={"x/_generated/api.js": 'import { anyApi } from "convex/server";'})
    assert convexs.resolve("../x/_generated/api", IMPORTER) == GeneratedModule("x", "api")
    typed = resolver_of(files={"x/_generated/dataModel.d.ts": 'import "convex/server";'})
    assert typed.resolve("../x/_generated/dataModel", IMPORTER) == GeneratedModule("x", "dataModel")
    others = resolver_of("x/_generated/api.ts", "x/schema.ts")
    assert path_of(others, "../x/_generated/api") == "x/_generated/api.ts"
    assert path_of(resolver_of("convex/_generated/other.ts"), "./_generated/other") is not None


def test_a_directory_without_signs_of_convex_has_no_generated_code() -> None:
    resolver = resolver_of("convex/sub/a.ts")
    resolution = resolver.resolve("./_generated/server", "convex/sub/a.ts")
    assert isinstance(resolution, Unresolved)
    tree = MemoryTree({"convex/a.ts": ""})
    told = Resolver(tree, functions_directories=("convex",))
    assert told.resolve("./_generated/server", IMPORTER) == GeneratedModule("convex", "server")


def test_the_repository_itself_may_hold_generated_code() -> None:
    resolver = resolver_of("schema.ts")
    assert resolver.resolve("./_generated/server", "a.ts") == GeneratedModule("", "server")


# node_modules


def test_a_package_is_looked_for_upwards() -> None:
    resolver = resolver_of(
        "node_modules/p/index.js", "apps/x/node_modules/p/index.js", "node_modules/q/lib/a.js"
    )
    near = PackageImport("p")
    assert resolver.resolve("p", "apps/x/convex/a.ts") == ResolvedFile(
        "apps/x/node_modules/p/index.js", near
    )
    assert path_of(resolver, "p", "apps/y/a.ts") == "node_modules/p/index.js"
    assert path_of(resolver, "q/lib/a") == "node_modules/q/lib/a.js"
    assert path_of(resolver, "p", "node_modules/q/lib/a.js") == "node_modules/p/index.js"


def test_a_trailing_slash_is_no_export() -> None:
    manifest = {"exports": {".": "./index.js"}}
    resolver = resolver_of(
        "node_modules/p/index.js", files={"node_modules/p/package.json": manifest}
    )
    assert path_of(resolver, "p") == "node_modules/p/index.js"
    assert path_of(resolver, "p/") is None


def test_a_package_without_the_file_is_searched_for_further_up() -> None:
    resolver = resolver_of("apps/node_modules/p/other.js", "node_modules/p/sub.js")
    assert path_of(resolver, "p/sub", "apps/a.ts") == "node_modules/p/sub.js"


def test_what_a_package_exports_is_final() -> None:
    resolver = resolver_of(
        "apps/node_modules/p/sub.js",
        "node_modules/p/sub.js",
        files={"apps/node_modules/p/package.json": {"exports": {".": "./index.js"}}},
    )
    resolution = resolver.resolve("p/sub", "apps/a.ts")
    assert isinstance(resolution, Unresolved)
    assert resolution.reason is UnresolvedReason.NOT_EXPORTED


def test_export_conditions_are_convexs() -> None:
    manifest = {
        "exports": {
            ".": {
                "types": "./t.d.ts",
                "node": "./n.js",
                "browser": "./b.js",
                "convex": "./c.js",
            },
            "./custom": {"@acme/source": "./s.ts", "default": "./d.js"},
        }
    }
    files = [f"node_modules/p/{name}" for name in ("n.js", "b.js", "c.js", "s.ts", "d.js")]
    resolver = resolver_of(*files, files={"node_modules/p/package.json": manifest})
    assert path_of(resolver, "p") == "node_modules/p/b.js"
    node = resolver.resolve("p", IMPORTER, platform=Platform.NODE)
    assert isinstance(node, ResolvedFile)
    assert node.path == "node_modules/p/n.js"
    assert path_of(resolver, "p/custom") == "node_modules/p/d.js"
    extra = Resolver(resolver.tree, extra_conditions=("@acme/source",))
    assert path_of(extra, "p/custom") == "node_modules/p/s.ts"


def test_main_fields_are_those_of_the_platform() -> None:
    manifest = {"browser": "./b.js", "module": "./m.js", "main": "./n.js"}
    files = ["node_modules/p/b.js", "node_modules/p/m.js", "node_modules/p/n.js"]
    resolver = resolver_of(*files, files={"node_modules/p/package.json": manifest})
    assert path_of(resolver, "p") == "node_modules/p/b.js"
    node = resolver.resolve("p", IMPORTER, platform=Platform.NODE)
    assert node == ResolvedFile("node_modules/p/n.js", PackageImport("p"))


def test_javascript_comes_before_typescript_in_installed_packages() -> None:
    resolver = resolver_of(
        "node_modules/p/a.ts", "node_modules/p/a.js", "convex/b.ts", "convex/b.js"
    )
    assert path_of(resolver, "p/a") == "node_modules/p/a.js"
    assert path_of(resolver, "./b") == "convex/b.ts"


def test_a_package_refers_to_itself_by_name() -> None:
    manifest = {"name": "self", "exports": {"./lib": "./lib/index.ts", ".": "./missing.js"}}
    resolver = resolver_of("lib/index.ts", files={"package.json": manifest})
    assert path_of(resolver, "self/lib") == "lib/index.ts"
    assert isinstance(resolver.resolve("self", IMPORTER), Unresolved)
    without = resolver_of("lib/index.ts", files={"package.json": {"name": "self"}})
    assert without.resolve("self/lib", IMPORTER) == PackageImport("self", "lib")


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("#a", ResolvedFile("src/a.ts")),
        ("#lib/x", ResolvedFile("src/lib/x.ts")),
        ("#pkg", PackageImport("zod", "v4")),
        ("#server", ResolvedFile("src/browser.ts")),
    ],
)
def test_internal_names_of_the_nearest_manifest_are_followed(
    specifier: str, expected: ResolvedFile | PackageImport
) -> None:
    imports = {
        "#a": "./src/a.ts",
        "#lib/*": "./src/lib/*.ts",
        "#pkg": "zod/v4",
        "#server": {"node": "./src/node.ts", "default": "./src/browser.ts"},
    }
    files = ["src/a.ts", "src/lib/x.ts", "src/browser.ts", "src/node.ts"]
    resolver = resolver_of(*files, files={"package.json": {"imports": imports}})
    assert resolver.resolve(specifier, IMPORTER) == expected


@pytest.mark.parametrize("specifier", ["#none", "#gone", "#again"])
def test_an_internal_name_that_leads_nowhere_is_unresolved(specifier: str) -> None:
    imports = {"#gone": "./gone.ts", "#again": "#gone"}
    resolver = resolver_of("convex/a.ts", files={"package.json": {"imports": imports}})
    assert isinstance(resolver.resolve(specifier, IMPORTER), Unresolved)
    bare = resolver_of("convex/a.ts")
    assert isinstance(bare.resolve(specifier, IMPORTER), Unresolved)


# Workspaces, installed or not

WORKSPACE = {"package.json": {"workspaces": ["packages/*", "apps/*"]}}


def shared(members: dict[str, object]) -> dict[str, object]:
    return {**WORKSPACE, "packages/shared/package.json": {"name": "@acme/shared", **members}}


def test_a_workspace_package_is_found_without_installation() -> None:
    resolver = resolver_of(
        "packages/shared/src/index.ts",
        "packages/shared/src/models/user.ts",
        files=shared({"exports": {".": "./src/index.ts", "./*": "./src/*.ts"}}),
    )
    assert resolver.resolve("@acme/shared", "apps/x/convex/a.ts") == ResolvedFile(
        "packages/shared/src/index.ts", PackageImport("@acme/shared")
    )
    path = path_of(resolver, "@acme/shared/models/user", "apps/x/convex/a.ts")
    assert path == "packages/shared/src/models/user.ts"


def test_a_linked_workspace_package_is_the_same_file() -> None:
    members = shared({"main": "./src/index.ts"})
    links = {"node_modules/@acme/shared": "../../packages/shared"}
    installed = resolver_of("packages/shared/src/index.ts", links=links, files=members)
    absent = resolver_of("packages/shared/src/index.ts", files=members)
    for resolver in (installed, absent):
        assert resolver.resolve("@acme/shared", IMPORTER) == ResolvedFile(
            "packages/shared/src/index.ts", PackageImport("@acme/shared")
        )


def test_a_linked_and_an_unlinked_package_prefer_the_same_extension() -> None:
    files = ["packages/shared/a.ts", "packages/shared/a.js"]
    links = {"node_modules/@acme/shared": "../../packages/shared"}
    for resolver in (
        resolver_of(*files, links=links, files=shared({})),
        resolver_of(*files, files=shared({})),
    ):
        assert path_of(resolver, "@acme/shared/a") == "packages/shared/a.js"


@pytest.mark.parametrize(
    ("members", "present", "expected"),
    [
        ({"main": "./dist/index.js"}, "src/index.ts", "src/index.ts"),
        ({"main": "dist/index.js"}, "index.ts", "index.ts"),
        ({"main": "./dist/esm/index.mjs"}, "src/index.tsx", "src/index.tsx"),
        ({"exports": {".": {"import": "./dist/index.js"}}}, "src/index.ts", "src/index.ts"),
        ({"exports": {".": "./build/lib/a.js"}}, "src/a.ts", "src/a.ts"),
        ({"exports": {".": {"types": "./dist/index.d.ts"}}}, "src/index.ts", "src/index.ts"),
        ({"exports": {".": {"types": "./src/main.ts"}}}, "src/main.ts", "src/main.ts"),
        (
            {"exports": {".": {"types": "./src/main.ts", "default": "./dist/x.js"}}},
            "src/main.ts",
            "src/main.ts",
        ),
        ({"types": "./dist/index.d.ts"}, "src/index.ts", "src/index.ts"),
        ({}, "src/index.ts", "src/index.ts"),
    ],
)
def test_the_source_stands_for_a_file_that_is_not_built(
    members: dict[str, object], present: str, expected: str
) -> None:
    resolver = resolver_of(f"packages/shared/{present}", files=shared(members))
    resolution = resolver.resolve("@acme/shared", "apps/x/a.ts")
    assert isinstance(resolution, ResolvedFile)
    assert resolution.path == f"packages/shared/{expected}"


def test_the_stand_in_says_what_it_stands_for() -> None:
    members = shared({"main": "./dist/index.js"})
    resolver = resolver_of("packages/shared/src/index.ts", files=members)
    resolution = resolver.resolve("@acme/shared", IMPORTER)
    assert isinstance(resolution, ResolvedFile)
    assert resolution.note == "dist/index.js is not built; its source src/index.ts is read"


def test_a_built_file_is_read_when_it_is_there() -> None:
    files = ["packages/shared/src/index.ts", "packages/shared/dist/index.js"]
    resolver = resolver_of(*files, files=shared({"main": "./dist/index.js"}))
    resolution = resolver.resolve("@acme/shared", IMPORTER)
    assert resolution == ResolvedFile(
        "packages/shared/dist/index.js", PackageImport("@acme/shared")
    )


def test_an_unbuilt_subpath_has_a_source_too() -> None:
    resolver = resolver_of(
        "packages/shared/src/models/index.ts", files=shared({"main": "dist/index.js"})
    )
    path = path_of(resolver, "@acme/shared/dist/models")
    assert path == "packages/shared/src/models/index.ts"


def test_an_installed_package_has_no_stand_ins() -> None:
    manifest = {"name": "p", "main": "./dist/index.js"}
    resolver = resolver_of(
        "node_modules/p/src/index.ts", files={"node_modules/p/package.json": manifest}
    )
    assert isinstance(resolver.resolve("p", IMPORTER), Unresolved)


@pytest.mark.parametrize("protocol", ["file:", "link:", "portal:"])
def test_a_dependency_on_a_directory_is_followed(protocol: str) -> None:
    manifest = {"dependencies": {"shared": protocol + "../lib/shared"}}
    resolver = resolver_of("lib/shared/index.ts", files={"app/package.json": manifest})
    assert path_of(resolver, "shared", "app/convex/a.ts") == "lib/shared/index.ts"


def test_a_dependency_on_a_directory_outside_is_a_package() -> None:
    manifest = {"dependencies": {"shared": "file:../../x"}}
    resolver = resolver_of("convex/a.ts", files={"package.json": manifest})
    assert resolver.resolve("shared", IMPORTER) == PackageImport("shared")


# tsconfig.json


def config(**options: object) -> dict[str, object]:
    return {"compilerOptions": options}


def test_paths_are_relative_to_their_file() -> None:
    resolver = resolver_of(
        "app/src/lib/x.ts", files={"app/tsconfig.json": config(paths={"@/*": ["./src/*"]})}
    )
    assert path_of(resolver, "@/lib/x", "app/convex/a.ts") == "app/src/lib/x.ts"


def test_paths_are_relative_to_the_base_url_when_it_is_set() -> None:
    options = config(baseUrl="./src", paths={"@/*": ["lib/*"]})
    resolver = resolver_of("src/lib/x.ts", "src/bare/y.ts", files={"tsconfig.json": options})
    assert path_of(resolver, "@/x") == "src/lib/x.ts"
    assert path_of(resolver, "bare/y") == "src/bare/y.ts"


def test_a_substitution_without_dot_needs_a_base_url() -> None:
    resolver = resolver_of("lib/x.ts", files={"tsconfig.json": config(paths={"@/*": ["lib/*"]})})
    assert path_of(resolver, "@/x") is None


def test_the_nearest_file_hides_those_above() -> None:
    resolver = resolver_of(
        "src/x.ts",
        files={
            "tsconfig.json": config(paths={"@/*": ["./src/*"]}),
            "convex/tsconfig.json": config(strict=True),
        },
    )
    assert path_of(resolver, "@/x", "convex/a.ts") is None
    assert path_of(resolver, "@/x", "other/a.ts") == "src/x.ts"


def test_a_jsconfig_counts_where_there_is_no_tsconfig() -> None:
    resolver = resolver_of("src/x.js", files={"jsconfig.json": config(paths={"@/*": ["./src/*"]})})
    assert path_of(resolver, "@/x") == "src/x.js"


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("exact", "one.ts"),
        ("@/deep/x", "deep/x.ts"),
        ("@/x", "wide/x.ts"),
        ("@/x.gen", "gen/x.ts"),
        ("second", "two.ts"),
    ],
)
def test_the_best_pattern_and_its_first_file_win(specifier: str, expected: str) -> None:
    paths = {
        "@/*": ["./wide/*"],
        "@/deep/*": ["./deep/*"],
        "@/*.gen": ["./gen/*"],
        "exact": ["./one"],
        "ex*": ["./wide/x"],
        "second": ["./none", "./two"],
    }
    files = [
        "one.ts",
        "two.ts",
        "wide/x.ts",
        "wide/deep/x.ts",
        "deep/x.ts",
        "gen/x.ts",
        "wide/x.gen.ts",
    ]
    resolver = resolver_of(*files, files={"tsconfig.json": config(paths=paths)})
    assert path_of(resolver, specifier) == expected


def test_a_path_that_matches_no_file_falls_back_to_packages() -> None:
    resolver = resolver_of("a", files={"tsconfig.json": config(paths={"*": ["./types/*"]})})
    assert resolver.resolve("convex/server", IMPORTER) == PackageImport("convex", "server")


def test_declaration_files_are_no_substitution() -> None:
    paths = {"x": ["./x.d.ts", "./y.ts"]}
    resolver = resolver_of("x.d.ts", "y.ts", files={"tsconfig.json": config(paths=paths)})
    assert path_of(resolver, "x") == "y.ts"


def test_extends_is_followed_and_keeps_each_files_place() -> None:
    resolver = resolver_of(
        "config/src/x.ts",
        "config/y.ts",
        files={
            "config/base.json": "// base\n" + json.dumps(config(paths={"@/*": ["./src/*"]})),
            "app/tsconfig.json": {"extends": "../config/base", **config(strict=True)},
            "web/tsconfig.json": {"extends": "../config/root.json"},
            "config/root.json": config(baseUrl="."),
        },
    )
    assert path_of(resolver, "@/x", "app/convex/a.ts") == "config/src/x.ts"
    assert path_of(resolver, "y", "web/convex/a.ts") == "config/y.ts"


def test_a_base_url_set_later_moves_the_paths_of_a_base() -> None:
    resolver = resolver_of(
        "app/src/x.ts",
        "x.ts",
        files={
            "base.json": config(paths={"@/*": ["./*"]}),
            "app/tsconfig.json": {"extends": "../base.json", **config(baseUrl="src")},
        },
    )
    assert path_of(resolver, "@/x", "app/convex/a.ts") == "app/src/x.ts"


def test_a_base_url_outside_the_repository_leads_nowhere() -> None:
    options = config(baseUrl="../..", paths={"@/*": ["./*"]})
    resolver = resolver_of("x.ts", files={"tsconfig.json": options})
    assert path_of(resolver, "@/x") is None
    assert path_of(resolver, "x") is None


def test_the_last_of_several_bases_wins_and_the_file_itself_over_all() -> None:
    resolver = resolver_of(
        "one/x.ts",
        "two/x.ts",
        "own/x.ts",
        files={
            "one.json": config(paths={"@/*": ["./one/*"]}, baseUrl="."),
            "two.json": config(paths={"@/*": ["./two/*"]}),
            "tsconfig.json": {"extends": ["./one.json", "./two.json"]},
            "own/tsconfig.json": {"extends": "../two.json", **config(paths={"@/*": ["./*"]})},
        },
    )
    assert path_of(resolver, "@/x") == "two/x.ts"
    assert path_of(resolver, "@/x", "own/a.ts") == "own/x.ts"


@pytest.mark.parametrize(
    "extends", ["@acme/tsconfig/base.json", "@acme/tsconfig/base", "@acme/tsconfig"]
)
@pytest.mark.parametrize("place", ["packages/tsconfig", "node_modules/@acme/tsconfig"])
def test_extends_finds_packages_of_the_workspace_and_installed_ones(
    extends: str, place: str
) -> None:
    resolver = resolver_of(
        "src/x.ts",
        files={
            **WORKSPACE,
            f"{place}/package.json": {"name": "@acme/tsconfig"},
            f"{place}/base.json": config(paths={"@/*": ["${configDir}/src/*"]}),
            f"{place}/tsconfig.json": {"extends": "./base.json"},
            "tsconfig.json": {"extends": extends},
        },
    )
    assert path_of(resolver, "@/x") == "src/x.ts"


def test_extends_reads_the_tsconfig_field_and_the_exports_of_a_package() -> None:
    base = config(baseUrl="${configDir}/src")
    field = resolver_of(
        "src/x.ts",
        files={
            "node_modules/p/package.json": {"tsconfig": "./conf/t.json"},
            "node_modules/p/conf/t.json": base,
            "tsconfig.json": {"extends": "p"},
        },
    )
    exported = resolver_of(
        "src/x.ts",
        files={
            "node_modules/p/package.json": {"exports": {"./strict": "./conf/t.json"}},
            "node_modules/p/conf/t.json": base,
            "tsconfig.json": {"extends": "p/strict"},
        },
    )
    for resolver in (field, exported):
        assert path_of(resolver, "x") == "src/x.ts"


def test_an_absent_package_in_extends_is_no_mistake() -> None:
    options = {"extends": "@tsconfig/node20/tsconfig.json", **config(paths={"@/*": ["./src/*"]})}
    resolver = resolver_of("src/x.ts", files={"tsconfig.json": options})
    assert path_of(resolver, "@/x") == "src/x.ts"
    assert resolver.diagnostics == ()


@pytest.mark.parametrize("extends", ["@", "p/../../x", "p/missing"])
def test_an_extends_that_names_no_file_of_a_package_is_passed_over(extends: str) -> None:
    options = {"extends": extends, **config(paths={"@/*": ["./src/*"]})}
    files = {"tsconfig.json": options, "node_modules/p/package.json": {"name": "p"}}
    assert path_of(resolver_of("src/x.ts", files=files), "@/x") == "src/x.ts"


@pytest.mark.parametrize(
    ("options", "assigns", "keeps"),
    [
        ({}, False, False),
        ({"target": "ES2020"}, True, False),
        ({"target": "ESNext"}, False, False),
        ({"target": "ES2020", "useDefineForClassFields": True}, False, False),
        ({"useDefineForClassFields": False}, True, False),
        ({"verbatimModuleSyntax": True}, False, True),
        ({"preserveValueImports": True}, False, True),
        ({"importsNotUsedAsValues": "error"}, False, True),
    ],
)
def test_settings_of_classes_and_imports_are_read(
    options: dict[str, object], *, assigns: bool, keeps: bool
) -> None:
    resolver = resolver_of(files={"tsconfig.json": config(**options)})
    found = resolver.tsconfigs.nearest("convex")
    assert found is not None
    assert found.assigns_class_fields is assigns
    assert found.keeps_unused_imports is keeps


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{\n oops }", 2),
        ("[]", 1),
        ('{"extends": "./missing.json"}', None),
        ('{"extends": "./tsconfig.json"}', None),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told_once(text: str, line: int | None) -> None:
    resolver = resolver_of("src/x.ts", files={"tsconfig.json": text})
    for importer in ("convex/a.ts", "convex/b/c.ts"):
        assert path_of(resolver, "@/x", importer) is None
    assert [(item.code, item.file, item.line) for item in resolver.diagnostics] == [
        (DiagnosticCode.CONFIG_MALFORMED, "tsconfig.json", line)
    ]


def test_a_circle_of_extends_ends() -> None:
    resolver = resolver_of(
        "src/x.ts",
        files={
            "tsconfig.json": {"extends": "./other.json", **config(paths={"@/*": ["./src/*"]})},
            "other.json": {"extends": "./tsconfig.json"},
        },
    )
    assert path_of(resolver, "@/x") == "src/x.ts"


def test_values_of_the_wrong_type_are_passed_over() -> None:
    options = config(baseUrl=5, paths={"@/*": "./src/*", "a*b*": ["./x"], "~/*": [7, "./src/*"]})
    resolver = resolver_of("src/x.ts", files={"tsconfig.json": {"extends": 5, **options}})
    assert path_of(resolver, "@/x") is None
    assert path_of(resolver, "~/x") == "src/x.ts"


def test_installed_packages_do_not_see_the_projects_paths() -> None:
    resolver = resolver_of("src/x.ts", files={"tsconfig.json": config(paths={"x": ["./src/x"]})})
    assert path_of(resolver, "x", "node_modules/p/a.js") is None
    assert path_of(resolver, "x") == "src/x.ts"


# Cost


def test_an_answer_is_found_once() -> None:
    resolver = resolver_of("convex/b.ts")
    first = resolver.resolve("./b", "convex/a.ts")
    assert resolver.resolve("./b", "convex/c.ts") is first


def test_a_configuration_behind_a_link_out_of_the_repository_counts_as_absent() -> None:
    links = {"package.json": "../package.json", "pnpm-workspace.yaml": "../x.yaml"}
    resolver = resolver_of("convex/b.ts", links=links)
    assert resolver.resolve("pkg", IMPORTER) == PackageImport("pkg")
    assert [item.file for item in resolver.diagnostics] == ["package.json"]


def test_an_unreadable_file_on_the_way_is_an_answer_not_an_error() -> None:
    tree = MemoryTree({"convex/a.ts": ""}, links={"convex/_generated": "../../x"})
    resolution = Resolver(tree).resolve("./_generated/api", IMPORTER)
    assert isinstance(resolution, Unresolved)
    assert resolution.reason is UnresolvedReason.UNREADABLE
