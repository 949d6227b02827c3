// Models: convex-helpers/server/zod. Checked against: 0.1.124.
// Left out: parsing. The custom builders, `zid` and `convexToZod` are those of zod 3; the mappings
//   to Convex take schemas of both versions.

import * as three from "./zod3.js";
import * as four from "./zod4.js";
import { mapFields } from "./zodCommon.js";

export {
  convexToZod,
  convexToZodFields,
  zBrand,
  zCustomAction,
  zCustomMutation,
  zCustomQuery,
  zid,
  Zid,
  ZodBrandedInputAndOutput,
} from "./zod3.js";

const modelOf = (schema) => ("_zod" in schema ? four : three);

export const zodToConvex = (schema) => modelOf(schema).zodToConvex(schema);

export const zodOutputToConvex = (schema) => modelOf(schema).zodOutputToConvex(schema);

export const zodToConvexFields = (fields) => mapFields(fields, zodToConvex);

export const zodOutputToConvexFields = (fields) => mapFields(fields, zodOutputToConvex);

export function withSystemFields(tableName, fields) {
  const [first] = Object.values(fields);
  return (first === undefined ? four : modelOf(first)).withSystemFields(tableName, fields);
}
