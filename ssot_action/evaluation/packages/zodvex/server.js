// Models: zodvex/server. Checked against: 0.7.7.
// Left out: the wrapped database, rules, audits, streams (handlers never run), codegen's registry.

import { defineSchema, defineTable } from "convex/server";
import { functionBuilders, refuseDates } from "./functions.js";
import { late } from "./mapping.js";
import { metaOf, zx } from "./models.js";

export { customCtx } from "convex-helpers/server/customFunctions";
export * from "./legacy.js";
export { addSystemFields } from "./models.js";

export const { zCustomQuery, zCustomMutation, zCustomAction } = functionBuilders(late, refuseDates);

// #region Schema

function tableOf(model) {
  let table = metaOf(model).isFromSchema
    ? defineTable(late.zodToConvex(zx.base(model)))
    : defineTable(late.zodToConvexFields(model.fields));
  for (const [name, fields] of Object.entries(model.indexes)) {
    // The model lists the field that Convex adds by itself.
    table = table.index(
      name,
      fields.filter((field) => field !== "_creationTime"),
    );
  }
  for (const [name, config] of Object.entries(model.searchIndexes)) {
    table = table.searchIndex(name, config);
  }
  for (const [name, config] of Object.entries(model.vectorIndexes)) {
    table = table.vectorIndex(name, config);
  }
  return table;
}

export function defineZodSchema(entries) {
  const tables = {};
  const tableMap = {};
  for (const [name, entry] of Object.entries(entries)) {
    const meta = metaOf(entry);
    if (meta && entry.name !== name) {
      throw new Error(`Model name '${entry.name}' does not match key '${name}'.`);
    }
    tables[name] = meta ? tableOf(entry) : entry.table;
    const schemas = meta ? meta.schemas : entry.schema;
    tableMap[name] = schemas
      ? { doc: schemas.doc, insert: schemas.insert }
      : { doc: zx.doc(entry), insert: zx.base(entry) };
  }
  return Object.assign(defineSchema(tables), { __zodTableMap: tableMap });
}

// #endregion
// #region Functions

function zodvexBuilder(builder, custom) {
  const base = custom(builder, {});
  base.withContext = (customization) => custom(builder, customization);
  return base;
}

export const initZodvex = (_schema, server, _options) => ({
  zq: zodvexBuilder(server.query, zCustomQuery),
  zm: zodvexBuilder(server.mutation, zCustomMutation),
  za: zodvexBuilder(server.action, zCustomAction),
  ziq: zodvexBuilder(server.internalQuery, zCustomQuery),
  zim: zodvexBuilder(server.internalMutation, zCustomMutation),
  zia: zodvexBuilder(server.internalAction, zCustomAction),
});

export const defineContext = (_builder, customization) => customization;

const sameDatabase = { args: {}, input: (ctx) => ({ ctx: { db: ctx.db }, args: {} }) };

export const createZodvexCustomization = (_tableMap) => ({
  query: sameDatabase,
  mutation: sameDatabase,
});

export const createZodDbReader = (db) => db;
export const createZodDbWriter = (db) => db;
export const createZodvexActionCtx = (_registry, ctx) => ctx;
export const zodvexStream = (db) => db;

// #endregion
