"""The oracle: what it evaluates, and that a broken module harms no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.fixture_files import parse_fixture
from tests.conformance.judge import INSTALL_COMMAND, Job, JudgeUnavailableError, judge, require_node

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
// @filename: convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ users: defineTable({ big: v.literal(3n), who: v.id("users") }) });
// @filename: convex/good.ts
import { query, internalMutation, action, httpAction } from "./_generated/server";
import { v } from "convex/values";
import missing, { wrap } from "not-installed";
import { customQuery } from "convex-helpers/server/customFunctions";
export const plain = query(async () => 1);
export const stubbed = query({ args: { a: v.string(), b: missing.b }, handler: async () => 1 });
export const wrapped = wrap(plain);
export const custom = customQuery(query, {
  args: { session: v.string() },
  input: async () => ({ ctx: {}, args: {} }),
})({ args: { n: v.optional(v.number()) }, returns: v.null(), handler: async () => null });
export const hook = httpAction(async () => new Response());
export const work = internalMutation(async () => {});
export default action({ args: process.env.FLAG ? { a: v.any() } : {}, handler: async () => 1 });
console.log("not part of the answer");
// @filename: convex/throws.ts
export const a = 1;
throw new Error("thrown on purpose");
// @filename: convex/hangs.ts
export const a = 1;
while (true) {}
// @filename: convex/waits.ts
export const a = 1;
await new Promise(() => {});
// @filename: convex/syntax.ts
export const a = = 1;
// @filename: convex/needsKey.ts
import { query } from "./_generated/server";
if (!process.env.KEY) throw new Error("KEY is not set");
export const q = query(async () => 1);
// @filename: convex/onNode.ts
"use node";
import fs from "fs";
import { createHash } from "node:crypto";
import { internalAction } from "./_generated/server";
import { v } from "convex/values";
const digest = createHash("sha1").update("a").digest("hex").slice(0, 6);
export const run = internalAction({ args: { d: v.literal(digest) }, handler: async () => fs });
// @filename: convex/http.ts
import { httpRouter } from "convex/server";
import { hook } from "./good";
const http = httpRouter();
http.route({ pathPrefix: "/p/", method: "POST", handler: hook });
http.route({ path: "/b", method: "GET", handler: hook });
export default http;
// @filename: convex/crons.ts
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";
const crons = cronJobs();
crons.interval("tick", { minutes: 5 }, internal.good.work, { a: 1n });
export default crons;
// @filename: convex/convex.config.ts
import { defineApp } from "convex/server";
import workpool from "@convex-dev/workpool/convex.config";
import inner from "./inner/convex.config";
const app = defineApp();
app.use(workpool, { name: "pool" });
app.use(inner, { httpPrefix: "/in" });
export default app;
// @filename: convex/inner/convex.config.ts
import { defineComponent } from "convex/server";
export default defineComponent("inside");
// @filename: convex/inner/lib.ts
import { query } from "./_generated/server";
export const get = query(async () => 1);
"""


def _truth_of(tmp_path: Path, text: str) -> dict[str, Any]:
    parse_fixture("project", text).write(tmp_path)
    truth: dict[str, Any] = judge([Job(name="it", root=tmp_path)], timeout=1000)["it"]
    return truth


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _truth_of(tmp_path_factory.mktemp("project"), PROJECT)


def _function(truth: dict[str, Any], function_id: str) -> dict[str, Any]:
    (found,) = (each for each in truth["functions"] if each["id"] == function_id)
    return dict(found)


def test_only_modules_that_fail_are_reported_as_failed(truth: dict[str, Any]) -> None:
    assert set(truth["moduleErrors"]) == {"throws", "hangs", "waits", "syntax"}
    assert truth["moduleErrors"]["throws"] == "thrown on purpose"


def test_functions_are_found_by_convex_own_rule(truth: dict[str, Any]) -> None:
    ids = ["custom", "default", "plain", "stubbed", "work"]
    expected = [f"good:{name}" for name in ids] + ["needsKey:q", "onNode:run"]
    assert [function["id"] for function in truth["functions"]] == expected
    assert truth["httpActions"] == ["good:hook"]
    assert _function(truth, "good:work")["visibility"] == "internal"
    assert _function(truth, "good:plain")["args"] == {"type": "any"}
    custom = _function(truth, "good:custom")
    assert list(custom["args"]["value"]) == ["n", "session"]
    assert custom["returns"] == {"type": "null"}


def test_node_modules_are_evaluated_as_node(truth: dict[str, Any]) -> None:
    run = _function(truth, "onNode:run")
    assert run["runtime"] == "node"
    literal = run["args"]["value"]["d"]["fieldType"]
    assert literal == {"type": "literal", "value": "86f7e4"}


def test_schema_is_the_export(truth: dict[str, Any]) -> None:
    (table,) = truth["schema"]["tables"]
    literal = table["documentType"]["value"]["big"]["fieldType"]
    assert literal == {"type": "literal", "value": {"$integer": "AwAAAAAAAAA="}}


def test_missing_packages_are_marked_wherever_they_arrive(truth: dict[str, Any]) -> None:
    assert truth["stubbed"]["good"] == ["not-installed"]
    assert truth["stubbedExports"] == ["good:wrapped"]
    fields = _function(truth, "good:stubbed")["args"]["value"]
    assert fields["a"]["fieldType"] == {"type": "string"}
    assert fields["b"]["fieldType"]["type"] == "stub"


def test_what_the_environment_decides_is_named(truth: dict[str, Any]) -> None:
    assert truth["environmentReads"] == ["FLAG", "KEY"]
    assert truth["environmentDependent"] == ["good:default"]


def test_routes_and_crons_are_the_exports(truth: dict[str, Any]) -> None:
    assert truth["httpRoutes"] == [
        {"method": "GET", "path": "/b"},
        {"method": "POST", "path": "/p/*"},
    ]
    assert truth["crons"] == {
        "tick": {
            "name": "good:work",
            "args": [{"a": {"$integer": "AQAAAAAAAAA="}}],
            "schedule": {"minutes": 5, "type": "interval"},
        }
    }


def test_components_are_listed_and_local_ones_read(truth: dict[str, Any]) -> None:
    pool, inside = truth["components"]
    assert (pool["name"], "truth" in pool) == ("pool", False)
    assert (inside["name"], inside["path"], inside["httpPrefix"]) == ("inside", "inner", "/in/")
    assert [each["id"] for each in inside["truth"]["functions"]] == ["lib:get"]
    assert not [module for module in truth["modules"] if module["path"].startswith("inner/")]


def test_a_schema_that_throws_is_an_error_of_the_schema_alone(tmp_path: Path) -> None:
    truth = _truth_of(
        tmp_path,
        """
// @filename: convex/schema.ts
import { defineSchema } from "convex/server";
export default defineSchema({ [process.env.TABLE ?? "t"]: 1 as any });
// @filename: convex/a.ts
import { query } from "./_generated/server";
export const q = query(async () => 1);
""",
    )
    assert truth["schema"] == {"error": "Environment variables unsupported when evaluating schema"}
    assert [each["id"] for each in truth["functions"]] == ["a:q"]


def test_a_layout_that_convex_refuses_is_an_error_of_the_project(tmp_path: Path) -> None:
    truth = _truth_of(tmp_path, "// @filename: convex/actions/a.ts\nexport const a = 1;\n")
    assert "use node" in truth["error"]


def test_packages_of_the_workspace_are_found(tmp_path: Path) -> None:
    truth = _truth_of(
        tmp_path,
        """
// @filename: package.json
{"workspaces": ["packages/*"]}
// @filename: packages/shared/package.json
{"name": "@acme/shared", "exports": {"./fields": "./src/fields.ts"}}
// @filename: packages/shared/src/fields.ts
import { v } from "convex/values";
export const fields = { name: v.string() };
// @filename: convex.json
{"functions": "packages/backend/functions"}
// @filename: packages/backend/functions/a.ts
import { fields } from "@acme/shared/fields";
import { query } from "./_generated/server";
export const q = query({ args: fields, handler: async () => 1 });
""",
    )
    assert truth["stubbed"] == {}
    assert list(_function(truth, "a:q")["args"]["value"]) == ["name"]


def test_missing_node_names_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JudgeUnavailableError, match=INSTALL_COMMAND):
        require_node()


def test_missing_packages_of_the_suite_name_the_command_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.conformance.judge.NODE_MODULES", tmp_path)
    with pytest.raises(JudgeUnavailableError, match=INSTALL_COMMAND):
        require_node()
