// Models: the parts that all versions of zodvex share. Checked against: 0.3.2 and 0.7.7.
// Left out: parsing, encoding and decoding values, JSON Schema.

import { unknown } from "ssot:host";
import { z } from "zod";

export const notComputed = (name) => () =>
  unknown(`zodvex: the result of ${name}() is not computed`);

// What is known of a schema beside what it is made of, such as the table of an id.
export const metadata = new Map();

const idPrefix = "convexId:";

export function zid(tableName) {
  const schema = z.string().describe(`${idPrefix}${tableName}`);
  metadata.set(schema, { isConvexId: true, tableName });
  schema._tableName = tableName;
  return schema;
}

export const tableOfId = (schema) => metadata.get(schema)?.tableName;

export const isZidSchema = (schema) => schema.description?.startsWith(idPrefix) ?? false;

export const getZidTableName = (schema) =>
  isZidSchema(schema) ? schema.description.slice(idPrefix.length) : undefined;

export const typeOf = (schema) => schema._zod?.def?.type;

export const innerOf = (schema) => schema._zod.def.innerType;

export const getObjectShape = (schema) => schema?.shape ?? {};

export function mapDateFieldToNumber(field) {
  const isDate = (schema) => typeOf(schema) === "date";
  if (isDate(field)) return z.number();
  switch (typeOf(field)) {
    case "nullable":
      return isDate(innerOf(field)) ? z.nullable(z.number()) : field;
    case "optional":
    case "default":
      return isDate(innerOf(field)) ? z.optional(z.number()) : field;
    default:
      return field;
  }
}

const keysOf = (mask) => (Array.isArray(mask) ? mask : Object.keys(mask).filter((k) => mask[k]));

export function pick(obj, keys) {
  const result = {};
  for (const key of keys) if (key in obj) result[key] = obj[key];
  return result;
}

export const pickShape = (schemaOrShape, mask) =>
  pick(schemaOrShape instanceof z.ZodObject ? schemaOrShape.shape : schemaOrShape, keysOf(mask));

export const safePick = (schema, mask) => z.object(pickShape(schema, mask));

export const safeOmit = (schema, mask) =>
  safePick(
    schema,
    Object.keys(schema.shape).filter((key) => !keysOf(mask).includes(key)),
  );

export const returnsAs = () => (value) => value;

export const toJSONSchema = notComputed("toJSONSchema");
export const composeOverrides = notComputed("composeOverrides");
export const zodvexJSONSchemaOverride = notComputed("zodvexJSONSchemaOverride");
