// Models: convex-helpers/server. Checked against: 0.1.124 (`nullableDoc` is of older versions).
// Left out: nothing.

import { defineTable, paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";
import { nullable, partial, systemFields as systemFieldsOf } from "./validators.js";

export function Table(name, fields) {
  const table = defineTable(fields);
  const systemFields = systemFieldsOf(name);
  const withSystemFields = { ...fields, ...systemFields };
  const doc = v.object(withSystemFields);
  return {
    name,
    table,
    doc,
    nullableDoc: nullable(doc),
    withoutSystemFields: fields,
    withSystemFields,
    systemFields,
    _id: systemFields._id,
  };
}

export function missingEnvVariableError(envVarName, whereToGet) {
  return (
    `\n  Missing ${envVarName} in environment variables.\n\n` +
    `  Get it from ${whereToGet} .\n  Then run:\n` +
    `  npx convex env set ${envVarName} <value> # --prod for production\n`
  );
}

export const missingEnvVariableUrl = missingEnvVariableError;

export const deploymentName = () => unknown("deploymentName() depends on the deployment");

export function crud(table, query, mutation) {
  const systemFields = partial(systemFieldsOf(table.name));
  return {
    create: mutation({
      args: { ...table.withoutSystemFields, ...systemFields },
      handler: async (ctx, args) => {
        const id = await ctx.db.insert(table.name, args);
        return await ctx.db.get(table.name, id);
      },
    }),
    read: query({
      args: { id: table._id },
      handler: async (ctx, args) => await ctx.db.get(table.name, args.id),
    }),
    paginate: query({
      args: { paginationOpts: paginationOptsValidator },
      handler: async (ctx, args) => ctx.db.query(table.name).paginate(args.paginationOpts),
    }),
    update: mutation({
      args: {
        id: v.id(table.name),
        patch: v.object({ ...partial(table.withoutSystemFields), ...systemFields }),
      },
      handler: async (ctx, args) => {
        await ctx.db.patch(table.name, args.id, args.patch);
      },
    }),
    destroy: mutation({
      args: { id: table._id },
      handler: async (ctx, args) => {
        const old = await ctx.db.get(table.name, args.id);
        if (old) await ctx.db.delete(table.name, args.id);
        return old;
      },
    }),
  };
}
