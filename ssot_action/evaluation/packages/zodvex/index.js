// Models: zodvex. Checked against: 0.7.7, and 0.3.2 for the names that only early versions export.
// Left out: see core.js. Between these versions, what they map differently is unknown
//   (zodvex/server, /core, /legacy, /mini are of late versions only).

import { z } from "zod";
import { functionBuilders } from "./functions.js";
import { either } from "./mapping.js";
import { metadata, notComputed, safePick, tableOfId, typeOf } from "./schemas.js";
import { tableDefiner } from "./tables.js";

export * from "./core.js";
export { customCtx } from "convex-helpers/server/customFunctions";
export { findBaseCodec, registerBaseCodec } from "./mapping.js";
export { addSystemFields } from "./models.js";
export { pick } from "./schemas.js";
export { zodDoc, zodDocOrNull } from "./tables.js";

export const { zodToConvex, zodToConvexFields } = either;

export function zPaginated(_item) {
  const schema = z.custom();
  metadata.set(schema, { unresolved: "zodvex: zPaginated() depends on zodvex's version" });
  return schema;
}

export const convexCodec = (schema) => ({
  validator: zodToConvex(schema),
  encode: notComputed("encode"),
  decode: notComputed("decode"),
  pick: (keys) => convexCodec(safePick(schema, keys)),
});

// #region Early versions only

export const registryHelpers = {
  getMetadata: (schema) => metadata.get(schema),
  setMetadata: (schema, meta) => metadata.set(schema, meta),
};

export const isZid = (schema) => typeof tableOfId(schema) === "string";

export function isDateSchema(schema) {
  const isWrapper = typeOf(schema) === "optional" || typeOf(schema) === "nullable";
  return isWrapper ? isDateSchema(schema.unwrap()) : typeOf(schema) === "date";
}

export const zodTable = tableDefiner(either, false);

export const {
  customFnBuilder,
  zActionBuilder,
  zCustomAction,
  zCustomActionBuilder,
  zCustomMutation,
  zCustomMutationBuilder,
  zCustomQuery,
  zCustomQueryBuilder,
  zMutationBuilder,
  zQueryBuilder,
} = functionBuilders(either, () => undefined);

export const toConvexJS = notComputed("toConvexJS");
export const fromConvexJS = notComputed("fromConvexJS");

// #endregion
