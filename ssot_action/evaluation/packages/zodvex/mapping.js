// Models: zodvex's mapping from zod to Convex. Checked against: 0.3.2 and 0.7.7 with zod 4.6.7.
// Left out: nothing; see `late` for the order that its cache makes matter for recursive schemas.

import { v } from "convex/values";
import { since, unknown } from "ssot:host";
import { z } from "zod";
import { innerOf, metadata, tableOfId, typeOf } from "./schemas.js";

const SIMPLE = {
  string: () => v.string(),
  number: () => v.float64(),
  nan: () => v.float64(),
  date: () => v.float64(),
  bigint: () => v.int64(),
  boolean: () => v.boolean(),
  null: () => v.null(),
};

const unionOf = (members) => {
  if (members.length === 0) return v.any();
  return members.length === 1 ? members[0] : v.union(...members);
};

function mapping({ cache, isOptional, literalOf, namesOf, pipeToConvex }) {
  const objectOf = (entries, visited) => {
    const fields = {};
    for (const [name, schema] of entries) {
      if (schema instanceof z.ZodType) fields[name] = toConvex(schema, visited);
    }
    return v.object(fields);
  };

  const recordOf = (valueType, visited) => {
    let inner = valueType;
    const hasDefault = typeOf(inner) === "default";
    if (hasDefault) inner = innerOf(inner);
    if (isOptional(inner)) inner = innerOf(inner);
    const value = toConvex(inner, visited);
    return v.record(v.string(), inner === valueType ? value : v.union(value, v.null()));
  };

  const required = (schema, visited) => {
    const tableName = tableOfId(schema);
    if (tableName) return v.id(tableName);
    const unresolved = metadata.get(schema)?.unresolved;
    if (unresolved) return unknown(unresolved);
    const def = schema._zod?.def ?? {};
    if (SIMPLE[def.type]) return SIMPLE[def.type]();
    switch (def.type) {
      case "array":
        return v.array(toConvex(def.element, visited));
      case "object":
        return objectOf(Object.entries(def.shape), visited);
      case "union": {
        const { options } = def;
        const isOne = options.length === 1;
        // What one member visits, another may use again.
        return unionOf(options.map((one) => toConvex(one, isOne ? visited : new Set(visited))));
      }
      case "literal":
        return (literalOf(schema) ?? null) === null ? v.any() : v.literal(literalOf(schema));
      case "enum":
        return unionOf(namesOf(schema).map((name) => v.literal(name)));
      case "record":
        return recordOf(def.valueType, visited);
      case "transform":
      case "pipe":
        return pipeToConvex(schema, (inner) => toConvex(inner, visited));
      case "nullable": {
        const inner = isOptional(def.innerType) ? innerOf(def.innerType) : def.innerType;
        return v.union(toConvex(inner, visited), v.null());
      }
      case "tuple":
        return objectOf(
          def.items.map((item, index) => [`_${index}`, item]),
          visited,
        );
      case "lazy":
        return toConvex(def.getter(), visited);
      default:
        return v.any();
    }
  };

  // `visited` is never emptied: a schema that is met again without a cache becomes v.any().
  function toConvex(schema, visited) {
    if (!schema) return v.any();
    if (cache?.has(schema)) return cache.get(schema);
    if (visited.has(schema)) return v.any();
    visited.add(schema);
    let inner = schema;
    if (typeOf(inner) === "default") inner = innerOf(inner);
    if (isOptional(inner)) {
      inner = innerOf(inner);
      if (typeOf(inner) === "default") inner = innerOf(inner);
    }
    const validator = required(inner, visited);
    const isNullableOptional = typeOf(inner) === "nullable" && isOptional(innerOf(inner));
    const result = inner !== schema || isNullableOptional ? v.optional(validator) : validator;
    if (cache) cache.set(schema, result);
    return result;
  }

  return (schema) => toConvex(schema, new Set());
}

function mapFields(fieldsOrSchema, map) {
  const isSchema = fieldsOrSchema instanceof z.ZodObject;
  const fields = isSchema ? fieldsOrSchema.shape : fieldsOrSchema;
  const result = {};
  for (const [name, schema] of Object.entries(fields)) result[name] = map(schema);
  return result;
}

function withFields(map) {
  const isFields = (value) =>
    typeof value === "object" && value !== null && !(value instanceof z.ZodType);
  return {
    zodToConvex: (schema) => (isFields(schema) ? mapFields(schema, map) : map(schema)),
    zodToConvexFields: (fields) => mapFields(fields, map),
  };
}

// #region 0.3

const codecs = [];

export const registerBaseCodec = (codec) => {
  codecs.unshift(codec);
};

export const findBaseCodec = (schema) => codecs.find((codec) => codec.check(schema));

const earlyMap = mapping({
  cache: undefined,
  isOptional: (schema) => schema instanceof z.ZodOptional,
  literalOf: (schema) => schema.value,
  namesOf: (schema) => schema.options,
  pipeToConvex: (schema, toConvex) => {
    const codec = findBaseCodec(schema);
    if (codec) return codec.toValidator(schema);
    const meta = metadata.get(schema);
    return meta?.brand && meta?.originalSchema ? toConvex(meta.originalSchema) : v.any();
  },
});

// #endregion
// #region 0.7

// A schema is mapped once. Inside itself it is v.any(), so of schemas that hold each other the
// result depends on which of them the project maps first.
const lateMap = mapping({
  cache: new Map(),
  isOptional: (schema) => typeOf(schema) === "optional",
  literalOf: (schema) => schema._zod.def.values[0],
  namesOf: (schema) => Object.keys(schema._zod.def.entries),
  pipeToConvex: (schema, toConvex) => {
    const input = schema._zod.def.in;
    return input ? toConvex(input) : v.any();
  },
});

export const late = withFields(lateMap);

// #endregion
// #region Either

const IS_LATE = since("zodvex", "0.7.7");
const IS_AFTER_EARLY = since("zodvex", "0.3.3");

// Versions in between map a schema in one of the two ways.
function betweenMap(schema) {
  const result = lateMap(schema);
  let before;
  try {
    before = earlyMap(schema);
  } catch {
    // A project that deploys does not have the version that refuses.
    return result;
  }
  const isSame =
    before.isOptional === result.isOptional &&
    JSON.stringify(before.json) === JSON.stringify(result.json);
  if (isSame) return result;
  return IS_AFTER_EARLY
    ? unknown("zodvex: what this schema maps to changed between 0.3.2 and 0.7.7")
    : before;
}

/** For imports that do not tell the version. */
export const either = withFields((schema) => (IS_LATE ? lateMap(schema) : betweenMap(schema)));

// #endregion
