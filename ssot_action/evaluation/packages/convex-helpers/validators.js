// Models: convex-helpers/validators. Checked against: 0.1.124; the shorthands `string`, `number`,
//   `float64`, `boolean`, `bigint`, `int64`, `any`, `null_`, `id`, `object`, `array`, `bytes`,
//   `literal`, `optional`, `union` against 0.1.85 (later versions no longer have them).
// Left out: `arrayBuffer`, a function in some versions and a validator in others.

import { asObjectValidator, v } from "convex/values";
import { assert } from "./index.js";

export const string = v.string();
export const number = v.float64();
export const float64 = v.float64();
export const boolean = v.boolean();
export const bigint = v.int64();
export const int64 = v.int64();
export const any = v.any();
export const null_ = v.null();
export const { id, object, array, bytes, literal, optional, union } = v;

export const literals = (...values) => v.union(...values.map((value) => v.literal(value)));

export const nullable = (validator) => v.union(v.null(), validator);

const isOptional = (validator) => validator.isOptional === "optional";

const optionalLike = (original, validator) =>
  isOptional(original) ? v.optional(validator) : validator;

function partialFields(fields) {
  const result = {};
  for (const [name, field] of Object.entries(fields)) {
    result[name] = isOptional(field) ? field : v.optional(field);
  }
  return result;
}

function partialMember(member) {
  if (member.kind === "object") {
    return optionalLike(member, v.object(partialFields(member.fields)));
  }
  if (member.kind === "union") {
    const members = member.members.map((inner) => {
      assert(!isOptional(inner), "Union members cannot be optional");
      return partialMember(inner);
    });
    return optionalLike(member, v.union(...members));
  }
  throw new Error(`partial only takes objects, unions and fields, not ${member.kind}`);
}

export function partial(fieldsOrValidator) {
  return fieldsOrValidator.isConvexValidator
    ? partialMember(fieldsOrValidator)
    : partialFields(fieldsOrValidator);
}

export const systemFields = (tableName) => ({ _id: v.id(tableName), _creationTime: v.number() });

export const withSystemFields = (tableName, fields) => ({ ...fields, ...systemFields(tableName) });

// Where both sides have a field, the first one's stays unless only it is optional.
function intersect(fields, added) {
  const result = { ...fields };
  for (const [name, field] of Object.entries(added)) {
    const existing = result[name];
    if (existing && existing.kind !== field.kind) {
      throw new Error(`Cannot intersect validators: ${existing.kind} and ${field.kind}`);
    }
    if (!existing || (isOptional(existing) && !isOptional(field))) result[name] = field;
  }
  return result;
}

export function addFieldsToValidator(validatorOrFields, fields) {
  const validator = asObjectValidator(validatorOrFields);
  if (Object.keys(fields).length === 0) return validator;
  if (validator.kind === "object") return v.object(intersect(validator.fields, fields));
  if (validator.kind === "union") {
    return v.union(...validator.members.map((member) => addFieldsToValidator(member, fields)));
  }
  throw new Error("Cannot add arguments to a validator that is not an object or union.");
}

export function doc(schema, tableName) {
  const extend = (validator) => {
    if (validator.kind === "object") {
      return v.object({ ...validator.fields, ...systemFields(tableName) });
    }
    if (validator.kind === "union") return v.union(...validator.members.map(extend));
    throw new Error("Only object and union validators are supported for documents");
  };
  return extend(schema.tables[tableName].validator);
}

export const typedV = (schema) => ({
  ...v,
  id: (tableName) => v.id(tableName),
  doc: (tableName) => doc(schema, tableName),
});

export const brandedString = (_brand) => v.string();

export const deprecated = v.optional(v.any());

export const pretend = (_validator) => v.optional(v.any());

export const pretendRequired = (validator) => v.optional(validator);

export function vRequired(validator) {
  if (!isOptional(validator)) return validator;
  switch (validator.kind) {
    case "id":
      return v.id(validator.tableName);
    case "literal":
      return v.literal(validator.value);
    case "object":
      return v.object(validator.fields);
    case "array":
      return v.array(validator.element);
    case "record":
      return v.record(validator.key, validator.value);
    case "union":
      return v.union(...validator.members);
    default:
      return v[validator.kind]();
  }
}

export class ValidationError extends Error {
  constructor(expected, got, path) {
    const where = path ? ` for ${path}` : "";
    super(`Validator error${where}: Expected \`${expected}\`, got \`${got}\``);
    this.name = "ValidationError";
    this.expected = expected;
    this.got = got;
    this.path = path;
  }
}

const TYPE_OF = { float64: "number", int64: "bigint", boolean: "boolean", string: "string" };

// The place of the first mismatch, or null; ids are strings, for a table's ids need a database.
function mismatch(validator, value, opts, path) {
  const failure = (expected = validator.kind, at = path) => ({
    error: new ValidationError(expected, value === null ? "null" : typeof value, at),
  });
  if (value === undefined) return isOptional(validator) ? null : failure();
  const below = (part, inner, key) => mismatch(part, inner, opts, path ? `${path}.${key}` : key);
  switch (validator.kind) {
    case "float64":
    case "int64":
    case "boolean":
    case "string":
      return typeof value === TYPE_OF[validator.kind] ? null : failure(TYPE_OF[validator.kind]);
    case "null":
      return value === null ? null : failure();
    case "id":
      return typeof value === "string" ? null : failure();
    case "bytes":
      return value instanceof ArrayBuffer ? null : failure();
    case "literal":
      return value === validator.value ? null : failure(validator.value);
    case "array": {
      if (!Array.isArray(value)) return failure();
      for (const [index, item] of value.entries()) {
        const found = mismatch(validator.element, item, opts, `${path ?? ""}[${index}]`);
        if (found) return found;
      }
      return null;
    }
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return failure();
      for (const [key, field] of Object.entries(validator.fields)) {
        const found = below(field, value[key], key);
        if (found) return found;
      }
      if (opts?.allowUnknownFields) return null;
      for (const key of Object.keys(value)) {
        if (validator.fields[key] === undefined && value[key] !== undefined) {
          return failure("nothing", path ? `${path}.${key}` : key);
        }
      }
      return null;
    }
    case "union": {
      let last = failure();
      for (const member of validator.members) {
        const found = mismatch(member, value, opts, path);
        if (!found) return null;
        last = found;
      }
      return last;
    }
    case "record": {
      if (typeof value !== "object" || value === null) return failure();
      for (const [key, inner] of Object.entries(value)) {
        if (inner === undefined) continue;
        const found = below(validator.key, key, key) ?? below(validator.value, inner, key);
        if (found) return found;
      }
      return null;
    }
    default:
      return null;
  }
}

export function validate(validator, value, opts) {
  const found = mismatch(validator, value, opts);
  if (found && opts?.throw) throw found.error;
  return found === null;
}

function strip(validator, value) {
  if (value === undefined) return value;
  switch (validator.kind) {
    case "object":
    case "record": {
      const result = {};
      for (const [key, inner] of Object.entries(value)) {
        const part = validator.kind === "object" ? validator.fields[key] : validator.value;
        if (part !== undefined && inner !== undefined) result[key] = strip(part, inner);
      }
      return result;
    }
    case "array":
      return value.map((item) => strip(validator.element, item));
    case "union": {
      const fits = (opts) => validator.members.find((member) => validate(member, value, opts));
      return strip(fits({}) ?? fits({ allowUnknownFields: true }), value);
    }
    default:
      return value;
  }
}

export function parse(validator, value) {
  validate(validator, value, { allowUnknownFields: true, throw: true });
  return strip(validator, value);
}
