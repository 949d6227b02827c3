// Models: convex-helpers/server/zod3. Checked against: 0.1.124 with zod 4.6.7's zod/v3.
// Left out: parsing.

import { v } from "convex/values";
import { z } from "zod/v3";
import { customBuilders, fromConvex, mapFields } from "./zodCommon.js";

export class Zid extends z.ZodType {}

export const zid = (tableName) => new Zid({ typeName: "ConvexId", tableName });

export class ZodBrandedInputAndOutput extends z.ZodType {
  unwrap() {
    return this._def.type;
  }
}

export const zBrand = (schema, brand) => schema.brand(brand);

const isOptional = (validator) => validator.isOptional === "optional";

function checkedKey(validator) {
  if (validator.kind === "union") validator.members.forEach(checkedKey);
  else if (validator.kind !== "string" && validator.kind !== "id") {
    throw new Error(`Record keys must be strings or ids: ${validator.kind}`);
  }
  return validator;
}

function nullableToConvex(inner, toConvex) {
  return inner._def.typeName === "ZodOptional"
    ? v.optional(v.union(toConvex(inner.unwrap()), v.null()))
    : v.union(toConvex(inner), v.null());
}

function commonToConvex(schema, toConvex) {
  const def = schema._def;
  switch (def.typeName) {
    case "ConvexId":
      return v.id(def.tableName);
    case "ZodString":
      return v.string();
    case "ZodNumber":
    case "ZodNaN":
      return v.number();
    case "ZodBigInt":
      return v.int64();
    case "ZodBoolean":
      return v.boolean();
    case "ZodNull":
      return v.null();
    case "ZodAny":
    case "ZodUnknown":
      return v.any();
    case "ZodArray": {
      const element = toConvex(def.type);
      if (isOptional(element)) throw new Error("Arrays of optional values are not supported");
      return v.array(element);
    }
    case "ZodObject":
      return v.object(mapFields(def.shape(), toConvex));
    case "ZodUnion":
    case "ZodDiscriminatedUnion":
      return v.union(...def.options.map((option) => toConvex(option)));
    case "ZodTuple": {
      const members = def.rest ? [...def.items, def.rest] : def.items;
      return v.array(v.union(...members.map((member) => toConvex(member))));
    }
    case "ZodLazy":
      return toConvex(def.getter());
    case "ZodLiteral":
      return v.literal(def.value);
    case "ZodEnum":
      return v.union(...def.values.map((value) => v.literal(value)));
    case "ZodOptional":
      return v.optional(toConvex(def.innerType));
    case "ZodNullable":
      return nullableToConvex(def.innerType, toConvex);
    case "ZodBranded":
      return toConvex(schema.unwrap());
    case "ZodRecord":
      return v.record(checkedKey(toConvex(def.keyType)), toConvex(def.valueType));
    case "ZodReadonly":
      return toConvex(def.innerType);
    default:
      throw new Error(`Unknown Zod type: ${def.typeName}`);
  }
}

const inputs = {
  ZodEffects: (def) => zodToConvex(def.schema),
  ZodPipeline: (def) => zodToConvex(def.in),
  ZodDefault: (def) => {
    const inner = zodToConvex(def.innerType);
    return isOptional(inner) ? inner : v.optional(inner);
  },
};

const outputs = {
  // What a transform gives is not checked.
  ZodEffects: () => v.any(),
  ZodPipeline: (def) => zodOutputToConvex(def.out),
  ZodDefault: (def) => zodOutputToConvex(def.innerType),
};

export function zodToConvex(schema) {
  const special = inputs[schema._def.typeName];
  return special ? special(schema._def) : commonToConvex(schema, zodToConvex);
}

export function zodOutputToConvex(schema) {
  const special = outputs[schema._def.typeName];
  return special ? special(schema._def) : commonToConvex(schema, zodOutputToConvex);
}

export const zodToConvexFields = (fields) => mapFields(fields, zodToConvex);

export const zodOutputToConvexFields = (fields) => mapFields(fields, zodOutputToConvex);

// Fewer than two members make no union of zod 3; such a schema cannot be mapped back either.
const unionOf = (members) => z.union([members[0], members[1], ...members.slice(2)]);

export const { convexToZod, convexToZodFields } = fromConvex({ z, zid, unionOf });

export const withSystemFields = (tableName, fields) => ({
  ...fields,
  _id: zid(tableName),
  _creationTime: z.number(),
});

export const { zCustomQuery, zCustomMutation, zCustomAction } = customBuilders({
  isSchema: (value) => value instanceof z.ZodType,
  shapeOf: (schema) => {
    if (schema instanceof z.ZodObject) return schema._def.shape();
    throw new Error(`Unsupported zod type as args validator: ${schema._def.typeName}`);
  },
  object: z.object,
  toConvexFields: zodToConvexFields,
  outputToConvex: zodOutputToConvex,
});
