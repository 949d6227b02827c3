// Models: zodvex's models and its `zx` helpers. Checked against: 0.7.7 with zod 4.6.7.
// Left out: decoding and encoding documents.

import { z } from "zod";
import { typeOf, zid } from "./schemas.js";

// #region Schemas made from a table's schema

const nullish = (schema) => z.optional(z.nullable(schema));

export const paginatedOf = (item) =>
  z.object({
    page: z.array(item),
    isDone: z.boolean(),
    continueCursor: z.string(),
    splitCursor: nullish(z.string()),
    pageStatus: nullish(z.enum(["SplitRecommended", "SplitRequired"])),
  });

function changeObjects(schema, change) {
  if (typeOf(schema) === "union") {
    const { options } = schema._zod.def;
    if (options.length < 2) throw new Error("z.union() requires at least 2 options");
    return z.union(options.map((one) => (typeOf(one) === "object" ? change(one) : one)));
  }
  return typeOf(schema) === "object" ? change(schema) : schema;
}

export const addSystemFields = (tableName, schema) =>
  changeObjects(schema, (one) => one.extend({ _id: zid(tableName), _creationTime: z.number() }));

function updateOf(tableName, shape) {
  const fields = {};
  for (const [name, field] of Object.entries(shape)) {
    fields[name] = typeOf(field) === "optional" ? field : z.optional(field);
  }
  return z.object({
    _id: zid(tableName),
    _creationTime: z.optional(z.number()),
    ...fields,
  });
}

const updateSchema = (tableName, schema) =>
  changeObjects(schema, (one) => updateOf(tableName, one._zod.def.shape));

export function schemaBundle(tableName, base) {
  const doc = addSystemFields(tableName, base);
  return {
    doc,
    base,
    insert: base,
    update: updateSchema(tableName, base),
    docArray: z.array(doc),
    paginatedDoc: paginatedOf(doc),
  };
}

// #endregion
// #region Models

const META = "__zodvexMeta";

export const metaOf = (entry) => entry?.[META];

// Adding an index gives another model.
function createModel(parts) {
  const { name, fields, schema, userSchema, indexes, searchIndexes, vectorIndexes } = parts;
  const changed = (key, own, added) => createModel({ ...parts, [key]: { ...own, ...added } });
  let validator = userSchema;
  const model = {
    name,
    fields,
    indexes,
    searchIndexes,
    vectorIndexes,
    get validator() {
      validator = validator ?? z.object(fields);
      return validator;
    },
    index: (indexName, indexFields) =>
      changed("indexes", indexes, { [indexName]: [...indexFields, "_creationTime"] }),
    searchIndex: (indexName, config) =>
      changed("searchIndexes", searchIndexes, { [indexName]: config }),
    vectorIndex: (indexName, config) =>
      changed("vectorIndexes", vectorIndexes, { [indexName]: config }),
  };
  if (schema) model.schema = schema;
  else if (userSchema) model.schema = userSchema;
  Object.defineProperty(model, META, {
    value: { type: "model", tableName: name, isFromSchema: Boolean(userSchema), schemas: schema },
  });
  return model;
}

export function defineZodModel(name, fieldsOrSchema, options) {
  const isSlim = options?.schemaHelpers === false;
  const isSchema = fieldsOrSchema instanceof z.ZodType;
  const base = isSchema ? fieldsOrSchema : z.object(fieldsOrSchema);
  return createModel({
    name,
    fields: isSchema ? {} : fieldsOrSchema,
    schema: isSlim ? undefined : schemaBundle(name, base),
    userSchema: isSchema ? fieldsOrSchema : undefined,
    indexes: {},
    searchIndexes: {},
    vectorIndexes: {},
  });
}

// #endregion
// #region zx

export const zodvexCodec = (wire, runtime, transforms) => z.codec(wire, runtime, transforms);

// The same schema each time, as a mapped schema is remembered.
const derived = (name, derive) => {
  const known = new Map();
  return (model) => {
    const bundled = model.schema?.[name];
    if (bundled instanceof z.ZodType) return bundled;
    const key = model.schema instanceof z.ZodType ? model.schema : model.fields;
    if (!known.has(key)) known.set(key, derive(model));
    return known.get(key);
  };
};

const base = derived("base", (model) => {
  if (model.schema instanceof z.ZodType) return model.schema;
  if (Object.keys(model.fields).length === 0) {
    throw new Error(`Cannot derive base schema for model '${model.name}'`);
  }
  return z.object(model.fields);
});
const doc = derived("doc", (model) => addSystemFields(model.name, base(model)));
const update = derived("update", (model) => updateSchema(model.name, base(model)));
const docArray = derived("docArray", (model) => z.array(doc(model)));

export const zx = {
  date: () => {
    const isDate = (value) => value instanceof Date;
    return zodvexCodec(z.number(), z.custom(isDate), {
      decode: (timestamp) => new Date(timestamp),
      encode: (date) => date.getTime(),
    });
  },
  id: zid,
  codec: (wire, runtime, transforms, _options) => zodvexCodec(wire, runtime, transforms),
  paginationOpts: () =>
    z.object({
      numItems: z.number(),
      cursor: z.nullable(z.string()),
      endCursor: nullish(z.string()),
      id: z.optional(z.number()),
      maximumRowsRead: z.optional(z.number()),
      maximumBytesRead: z.optional(z.number()),
    }),
  paginationResult: paginatedOf,
  base,
  doc,
  update,
  docArray,
};

// #endregion
