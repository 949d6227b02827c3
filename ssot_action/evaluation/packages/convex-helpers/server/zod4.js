// Models: convex-helpers/server/zod4. Checked against: 0.1.124 with zod 4.6.7.
// Left out: parsing.

import { v } from "convex/values";
import { since } from "ssot:host";
import * as z from "zod/v4";
import { vRequired } from "../validators.js";
import { customBuilders, fromConvex, mapFields } from "./zodCommon.js";

// What zod itself changed: the values of `z.partialRecord` and what a refined schema keeps.
const PARTIAL_IS_REQUIRED = since("zod", "4.5.0");
const REFINED_KEEPS_TABLE = since("zod", "4.3.0");

const idTables = z.registry();

export function zid(tableName) {
  const schema = z.custom((value) => typeof value === "string");
  idTables.add(schema, { tableName });
  return schema;
}

const UNSUPPORTED = "date symbol map set promise file function void undefined".split(" ");

const isOptional = (validator) => validator.isOptional === "optional";

function literalToConvex(value) {
  if (value === undefined) throw new Error("undefined is not a valid Convex value");
  return value === null ? v.null() : v.literal(value);
}

// The strings a key is limited to, or null.
function stringLiterals(validator) {
  if (validator.kind === "literal") {
    return typeof validator.value === "string" ? [validator.value] : null;
  }
  if (validator.kind !== "union") return null;
  const lists = validator.members.map(stringLiterals);
  return lists.includes(null) ? null : lists.flat();
}

function isRecordKey(validator) {
  if (validator.kind === "union") return validator.members.every(isRecordKey);
  return validator.kind === "string" || validator.kind === "id";
}

function recordToConvex(def, toConvex) {
  const value = toConvex(def.valueType);
  const key = toConvex(def.keyType);
  const names = stringLiterals(key);
  if (names === null) return v.record(isRecordKey(key) ? key : v.string(), vRequired(value));
  let field = vRequired(value);
  if (isOptional(value) || def.keyType._zod.values === undefined) field = v.optional(value);
  else if (def.partial && !PARTIAL_IS_REQUIRED) field = v.optional(value);
  return v.object(Object.fromEntries(names.map((name) => [name, field])));
}

function nullableToConvex(inner) {
  return isOptional(inner)
    ? v.optional(v.union(vRequired(inner), v.null()))
    : v.union(inner, v.null());
}

function commonToConvex(schema, def, toConvex) {
  if (UNSUPPORTED.includes(def.type)) {
    throw new Error(`Validator ${def.type} is not supported in Convex`);
  }
  switch (def.type) {
    case "string":
    case "template_literal":
      return v.string();
    case "number":
    case "nan":
      return v.number();
    case "bigint":
      return v.int64();
    case "boolean":
      return v.boolean();
    case "null":
      return v.null();
    case "array": {
      const element = toConvex(def.element);
      if (isOptional(element)) throw new Error("Arrays of optional values are not supported");
      return v.array(element);
    }
    case "object":
      return v.object(mapFields(def.shape, toConvex));
    case "union":
      return v.union(...def.options.map((option) => toConvex(option)));
    case "never":
      return v.union();
    case "tuple": {
      const members = def.rest === null ? def.items : [...def.items, def.rest];
      return v.array(v.union(...members.map((member) => toConvex(member))));
    }
    case "literal": {
      const members = def.values.map(literalToConvex);
      return members.length === 1 ? members[0] : v.union(...members);
    }
    case "enum": {
      const entries = Object.entries(def.entries);
      // A numeric TypeScript enum also maps its numbers back to the names.
      const own = entries.filter(([key, value]) => key === value || isNaN(Number(key)));
      return v.union(...own.map(([, value]) => v.literal(value)));
    }
    case "optional":
      return v.optional(toConvex(def.innerType));
    case "nonoptional":
      return vRequired(toConvex(def.innerType));
    case "nullable":
      return nullableToConvex(toConvex(def.innerType));
    case "record":
      return recordToConvex(def, toConvex);
    case "readonly":
    case "catch":
      return toConvex(def.innerType);
    case "lazy":
      return toConvex(def.getter());
    case "custom": {
      const tableName = idTables.get(schema)?.tableName;
      if (tableName === undefined) return v.any();
      const isRefined = "checks" in def && !idTables.has(schema);
      return isRefined && !REFINED_KEEPS_TABLE ? v.any() : v.id(tableName);
    }
    default:
      // any, unknown, intersections and whatever else has no counterpart.
      return v.any();
  }
}

/** A mapping with `special` for the types whose input and output differ. */
function converter(special) {
  return (root) => {
    const open = new Set();
    const toConvex = (schema) => {
      // A schema inside itself has no Convex counterpart.
      if (open.has(schema)) return v.any();
      open.add(schema);
      // What is no schema at all becomes v.any(), too.
      const def = schema._zod?.def ?? {};
      const result = special[def.type]
        ? special[def.type](def, toConvex)
        : commonToConvex(schema, def, toConvex);
      open.delete(schema);
      return result;
    };
    return toConvex(root);
  };
}

export const zodToConvex = converter({
  default: (def, toConvex) => v.optional(toConvex(def.innerType)),
  pipe: (def, toConvex) => toConvex(def.in),
});

export const zodOutputToConvex = converter({
  default: (def, toConvex) => toConvex(def.innerType),
  pipe: (def, toConvex) => toConvex(def.out),
});

export const zodToConvexFields = (fields) => mapFields(fields, zodToConvex);

export const zodOutputToConvexFields = (fields) => mapFields(fields, zodOutputToConvex);

function unionOf(members) {
  if (members.length === 0) return z.never();
  return members.length === 1 ? members[0] : z.union(members);
}

export const { convexToZod, convexToZodFields } = fromConvex({ z, zid, unionOf });

export const withSystemFields = (tableName, fields) => ({
  ...fields,
  _id: zid(tableName),
  _creationTime: z.number(),
});

export const { zCustomQuery, zCustomMutation, zCustomAction } = customBuilders({
  isSchema: (value) => value instanceof z.ZodType,
  shapeOf: (schema) => {
    if (schema instanceof z.ZodObject) return schema._zod.def.shape;
    throw new Error(`Unsupported zod type as args validator: ${schema.type}`);
  },
  object: z.object,
  toConvexFields: zodToConvexFields,
  outputToConvex: zodOutputToConvex,
});
