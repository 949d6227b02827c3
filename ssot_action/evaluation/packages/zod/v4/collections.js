// Models: zod's collections, unions, enums and literals. Checked against: zod 4.6.7.
// Left out: checks.

import { enumValues } from "./literals.js";
import { string } from "./strings.js";
import { addChecks, ZodType } from "./type.js";
import { optional } from "./wrappers.js";

export class ZodArray extends ZodType {
  get element() {
    return this._zod.def.element;
  }

  unwrap() {
    return this.element;
  }
}
addChecks(ZodArray, "min max length nonempty");

export const array = (element) => new ZodArray({ type: "array", element });

export class ZodTuple extends ZodType {
  rest(rest) {
    return this.clone({ ...this._zod.def, rest });
  }

  partial() {
    return this.clone({ ...this._zod.def, items: this._zod.def.items.map(optional) });
  }
}

export function tuple(items, paramsOrRest) {
  const rest = paramsOrRest instanceof ZodType ? paramsOrRest : null;
  return new ZodTuple({ type: "tuple", items, rest });
}

class ZodKeyed extends ZodType {
  get keyType() {
    return this._zod.def.keyType;
  }

  get valueType() {
    return this._zod.def.valueType;
  }
}

export class ZodRecord extends ZodKeyed {}
export class ZodMap extends ZodKeyed {}
export class ZodSet extends ZodType {}
addChecks(ZodMap, "min max size nonempty");
addChecks(ZodSet, "min max size nonempty");

export function record(keyType, valueType) {
  if (!valueType?._zod) return record(string(), keyType);
  return new ZodRecord({ type: "record", keyType, valueType });
}

export const partialRecord = (keyType, valueType) =>
  new ZodRecord({ type: "record", keyType, valueType, partial: true });

export const looseRecord = (keyType, valueType) =>
  new ZodRecord({ type: "record", keyType, valueType, mode: "loose" });

export const map = (keyType, valueType) => new ZodMap({ type: "map", keyType, valueType });

export const set = (valueType) => new ZodSet({ type: "set", valueType });

export class ZodUnion extends ZodType {
  get options() {
    return this._zod.def.options;
  }
}

export class ZodXor extends ZodUnion {}
export class ZodDiscriminatedUnion extends ZodUnion {}

export const union = (options) => new ZodUnion({ type: "union", options });
export const xor = (options) => new ZodXor({ type: "union", options, inclusive: false });
export const discriminatedUnion = (discriminator, options) =>
  new ZodDiscriminatedUnion({ type: "union", options, discriminator, inclusive: false });

export class ZodIntersection extends ZodType {}

export const intersection = (left, right) =>
  new ZodIntersection({ type: "intersection", left, right });

export class ZodEnum extends ZodType {
  get enum() {
    return this._zod.def.entries;
  }

  get options() {
    return [...new Set(enumValues(this._zod.def.entries))];
  }

  extract(values) {
    return _enum(Object.fromEntries(values.map((key) => [key, enumEntry(this, key)])));
  }

  exclude(values) {
    for (const key of values) enumEntry(this, key);
    const kept = Object.entries(this.enum).filter(([key]) => !values.includes(key));
    return _enum(Object.fromEntries(kept));
  }
}

function enumEntry(schema, key) {
  if (!(key in schema.enum)) throw new Error(`Key ${key} not found in enum`);
  return schema.enum[key];
}

export const nativeEnum = (entries) => new ZodEnum({ type: "enum", entries });

export function _enum(values) {
  if (!Array.isArray(values)) return nativeEnum(values);
  return nativeEnum(Object.fromEntries(values.map((value) => [value, value])));
}

export class ZodLiteral extends ZodType {
  get values() {
    return this._zod.values;
  }

  get value() {
    const { values } = this._zod.def;
    if (values.length > 1) throw new Error("This literal has more than one value.");
    return values[0];
  }
}

export const literal = (value) =>
  new ZodLiteral({ type: "literal", values: Array.isArray(value) ? value : [value] });
