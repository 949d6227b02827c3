// Models: convex-helpers/server/migrations. Checked against: 0.1.124.
// Left out: paging through the table; the handler is the user's `migrateOne`.

import { defineTable } from "convex/server";
import { v } from "convex/values";

export const DEFAULT_BATCH_SIZE = 100;

export const migrationsTable = defineTable({
  name: v.string(),
  table: v.string(),
  cursor: v.union(v.string(), v.null()),
  isDone: v.boolean(),
  workerId: v.optional(v.id("_scheduled_functions")),
  processed: v.number(),
  latestStart: v.number(),
  latestEnd: v.optional(v.number()),
}).index("name", ["name"]);

const migrationArgs = {
  fn: v.optional(v.string()),
  cursor: v.optional(v.union(v.string(), v.null())),
  batchSize: v.optional(v.number()),
  next: v.optional(v.array(v.string())),
  dryRun: v.optional(v.boolean()),
};

export const makeMigration =
  (internalMutation, _options) =>
  ({ migrateOne }) =>
    internalMutation({ args: migrationArgs, handler: migrateOne });

export async function startMigration(ctx, fnRef, options) {
  await ctx.scheduler.runAfter(0, fnRef, { dryRun: false, ...options });
}

export async function startMigrationsSerially(ctx, fnRefs) {
  await ctx.scheduler.runAfter(0, fnRefs[0], {});
}

export const getStatus = async (ctx, { migrationTable, limit }) =>
  await ctx.db.query(migrationTable).take(limit ?? 10);

export async function cancelMigration(ctx, migrationTable, migration) {
  const state = await ctx.db
    .query(migrationTable)
    .withIndex("name", (q) => q.eq("name", migration))
    .unique();
  await ctx.scheduler.cancel(state.workerId);
}
