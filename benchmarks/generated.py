"""Generated Convex projects: as many modules as asked for, most of their bytes in handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FUNCTIONS_PER_MODULE = 4
TABLES = 40

_HANDLER = """
    const found = await ctx.db
      .query("table{table}")
      .withIndex("by_owner", (q) => q.eq("owner", args.owner))
      .collect();
    const kept = found.filter((row) => row.title.length > {number} && !row.isArchived);
    const totals: Record<string, number> = {{}};
    for (const row of kept) {{
      totals[row.status] = (totals[row.status] ?? 0) + 1;
      if (row.score !== undefined && row.score > {number}) {{
        console.log(`row ${{row._id}} of ${{row.owner}} scores ${{row.score}}`);
      }}
    }}
    const summary = Object.entries(totals)
      .map(([status, count]) => ({{ status, count, share: count / Math.max(1, kept.length) }}))
      .sort((left, right) => right.count - left.count);
    if (summary.length === 0) {{
      throw new Error("nothing of " + args.owner + " is left after filter {number}");
    }}
    return null;
"""
_FUNCTION = """
export const act{number} = {builder}({{
  args: {{
    owner: v.id("table0"),
    title: v.optional(v.string()),
    filter: v.object({{ kind: status, limit: v.number(), tags: v.array(v.string()) }}),
  }},
  returns: v.null(),
  handler: async (ctx, args) => {{{handler}  }},
}});
"""
_IMPORTS = """import { internalMutation, mutation, query } from "../_generated/server";
import { v } from "convex/values";
import { status } from "../shared";
"""
_SHARED = """import { v } from "convex/values";

export const STATUSES = ["open", "done", "late"] as const;
export const status = v.union(...STATUSES.map((name) => v.literal(name)));
export const owned = { owner: v.id("table0"), status };
"""


def write_project(folder: Path, modules: int) -> int:
    """Write a project with `modules` modules below `folder`; return its size in bytes."""
    convex = folder / "convex"
    convex.mkdir(parents=True)
    files = {"shared.ts": _SHARED, "schema.ts": _schema()}
    for index in range(modules):
        files[f"area{index // 50}/module{index}.ts"] = _module(index)
    size = 0
    for name, text in files.items():
        path = convex / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        size += len(text)
    (folder / "package.json").write_text('{"dependencies": {"convex": "^1.48.0"}}\n')
    (folder / "tsconfig.json").write_text(
        '{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, '
        '"module": "ESNext", "moduleResolution": "Bundler", "target": "ESNext"}, '
        '"include": ["convex"]}\n'
    )
    return size


def _schema() -> str:
    tables = "".join(
        f"  table{index}: defineTable({{ ...owned, title: v.string(), isArchived: v.boolean(), "
        f"score: v.optional(v.number()) }}).index('by_owner', ['owner']),\n"
        for index in range(TABLES)
    )
    return (
        'import { defineSchema, defineTable } from "convex/server";\n'
        'import { v } from "convex/values";\nimport { owned } from "./shared";\n\n'
        f"export default defineSchema({{\n{tables}}});\n"
    )


def _module(index: int) -> str:
    parts = [_IMPORTS]
    for number in range(FUNCTIONS_PER_MODULE):
        handler = _HANDLER.format(table=(index + number) % TABLES, number=number)
        builder = ("query", "mutation", "internalMutation")[number % 3]
        parts.append(_FUNCTION.format(number=number, builder=builder, handler=handler))
    return "".join(parts)
