// Models: zod's objects. Checked against: zod 4.6.7.
// Left out: checks.

import { _enum } from "./collections.js";
import { never, unknown } from "./simple.js";
import { ZodType } from "./type.js";
import { exactOptional, nonoptional, optional } from "./wrappers.js";

/** A def whose shape is read once and late, as getters in it may name schemas made after it. */
function objectDef(readShape, rest) {
  let shape;
  return {
    type: "object",
    ...rest,
    get shape() {
      shape = shape ?? readShape();
      return shape;
    },
  };
}

// A spread would read an object's shape too early.
export function derivedDef(def, changes) {
  if (def.type !== "object") return { ...def, ...changes };
  const rest = { catchall: def.catchall, checks: def.checks, ...changes };
  return objectDef(() => def.shape, rest);
}

export class ZodObject extends ZodType {
  get shape() {
    return this._zod.def.shape;
  }

  keyof() {
    return keyof(this);
  }

  catchall(schema) {
    return withCatchall(this, schema);
  }

  passthrough() {
    return withCatchall(this, unknown());
  }

  loose() {
    return withCatchall(this, unknown());
  }

  strict() {
    return withCatchall(this, never());
  }

  strip() {
    return withCatchall(this, undefined);
  }

  extend(fields) {
    return reshaped(this, (shape) => ({ ...shape, ...fields }));
  }

  safeExtend(fields) {
    return this.extend(fields);
  }

  merge(other) {
    const merged = reshaped(this, (shape) => ({ ...shape, ...other._zod.def.shape }));
    return withCatchall(merged, other._zod.def.catchall);
  }

  pick(mask) {
    return reshaped(this, (shape) => {
      const keys = maskedKeys(shape, mask);
      return Object.fromEntries(keys.map((key) => [key, shape[key]]));
    });
  }

  omit(mask) {
    return reshaped(this, (shape) => {
      const keys = maskedKeys(shape, mask);
      return Object.fromEntries(Object.entries(shape).filter(([key]) => !keys.includes(key)));
    });
  }

  partial(mask) {
    return wrapped(this, mask, optional);
  }

  exactPartial(mask) {
    return wrapped(this, mask, exactOptional);
  }

  required(mask) {
    return wrapped(this, mask, nonoptional);
  }
}

// `change` gets the shape only when the new one is read.
function reshaped(schema, change) {
  const { catchall } = schema._zod.def;
  return schema.clone(objectDef(() => change(schema.shape), { catchall }));
}

function withCatchall(schema, catchall) {
  return schema.clone(derivedDef(schema._zod.def, { catchall }));
}

function maskedKeys(shape, mask) {
  for (const key of Object.keys(mask)) {
    if (!(key in shape)) throw new Error(`Unrecognized key: "${key}"`);
  }
  return Object.keys(mask).filter((key) => mask[key]);
}

function wrapped(schema, mask, wrap) {
  return reshaped(schema, (shape) => {
    const keys = mask ? maskedKeys(shape, mask) : Object.keys(shape);
    return { ...shape, ...Object.fromEntries(keys.map((key) => [key, wrap(shape[key])])) };
  });
}

const objectWith = (shape, catchall) =>
  new ZodObject(objectDef(() => ({ ...shape }), { catchall }));

export const object = (shape) => objectWith(shape, undefined);
export const strictObject = (shape) => objectWith(shape, never());
export const looseObject = (shape) => objectWith(shape, unknown());
export const keyof = (schema) => _enum(Object.keys(schema._zod.def.shape));
