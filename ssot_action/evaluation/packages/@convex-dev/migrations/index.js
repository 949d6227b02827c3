// Model of @convex-dev/migrations, checked against 0.2.1 to 0.3.6.
// Computes: the internal mutations that Migrations.define and Migrations.runner register.
// Versions: the argument reset came with 0.3.3, oneBatchOnly with 0.3.4.
// Left out: the paging; the user's migrateOne stands for the whole mutation, so the read of the
// migrated table and the patch with what migrateOne returns are not in its handler.
import { createFunctionHandle, internalMutationGeneric } from "convex/server";
import { v } from "convex/values";
import { since } from "../_versions.js";

export const DEFAULT_BATCH_SIZE = 100;

const migrationArgs = {
  fn: v.optional(v.string()),
  cursor: v.optional(v.union(v.string(), v.null())),
  batchSize: v.optional(v.number()),
  dryRun: v.optional(v.boolean()),
  next: v.optional(v.array(v.string())),
  ...(since("@convex-dev/migrations", "0.3.3") ? { reset: v.optional(v.boolean()) } : {}),
  ...(since("@convex-dev/migrations", "0.3.4") ? { oneBatchOnly: v.optional(v.boolean()) } : {}),
};

async function migrate(ctx, component, reference) {
  const fnHandle = await createFunctionHandle(reference);
  return await ctx.runMutation(component.lib.migrate, { fnHandle });
}

export class Migrations {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  define({ migrateOne }) {
    const internalMutation = this.options?.internalMutation ?? internalMutationGeneric;
    return internalMutation({ args: migrationArgs, handler: migrateOne });
  }
  runner(migrations) {
    const { component } = this;
    return internalMutationGeneric({
      args: migrationArgs,
      handler: async (ctx) => await migrate(ctx, component, migrations),
    });
  }
  async runOne(ctx, reference) {
    return await migrate(ctx, this.component, reference);
  }
  async runSerially(ctx, references) {
    return await migrate(ctx, this.component, references[0]);
  }
  async getStatus(ctx, { limit }) {
    return await ctx.runQuery(this.component.lib.getStatus, { limit });
  }
  async cancel(ctx, migration) {
    return await ctx.runMutation(this.component.lib.cancel, { name: migration });
  }
  async cancelAll(ctx) {
    return await ctx.runMutation(this.component.lib.cancelAll, {});
  }
}

export async function runToCompletion(ctx, component, reference) {
  return await migrate(ctx, component, reference);
}

export function isNewFormatCursor(cursor) {
  return cursor === null || (typeof cursor === "string" && cursor.startsWith("["));
}
