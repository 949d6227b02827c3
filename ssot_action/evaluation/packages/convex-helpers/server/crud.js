// Models: convex-helpers/server/crud. Checked against: 0.1.124.
// Left out: removing `_id` and `_creationTime` from what `create` inserts (no effect of its own).

import {
  internalMutationGeneric,
  internalQueryGeneric,
  paginationOptsValidator,
} from "convex/server";
import { v } from "convex/values";
import { doc, partial, systemFields } from "../validators.js";

function withOptionalSystemFields(validator, table) {
  if (validator.kind === "object") {
    return v.object({ ...validator.fields, ...partial(systemFields(table)) });
  }
  if (validator.kind === "union") {
    return v.union(...validator.members.map((member) => withOptionalSystemFields(member, table)));
  }
  throw new Error("Validator must be an object or union");
}

export function crud(
  schema,
  table,
  query = internalQueryGeneric,
  mutation = internalMutationGeneric,
) {
  const validator = schema.tables[table]?.validator;
  if (!validator) throw new Error(`Table ${table} not found in schema.`);
  return {
    create: mutation({
      args: withOptionalSystemFields(validator, table),
      handler: async (ctx, args) => {
        const id = await ctx.db.insert(table, args);
        return await ctx.db.get(table, id);
      },
    }),
    read: query({
      args: { id: v.id(table) },
      handler: async (ctx, args) => await ctx.db.get(table, args.id),
    }),
    paginate: query({
      args: { paginationOpts: paginationOptsValidator },
      handler: async (ctx, args) => ctx.db.query(table).paginate(args.paginationOpts),
    }),
    update: mutation({
      args: { id: v.id(table), patch: partial(doc(schema, table)) },
      handler: async (ctx, args) => {
        await ctx.db.patch(table, args.id, args.patch);
      },
    }),
    destroy: mutation({
      args: { id: v.id(table) },
      handler: async (ctx, args) => {
        const old = await ctx.db.get(table, args.id);
        if (old) await ctx.db.delete(table, args.id);
        return old;
      },
    }),
  };
}
