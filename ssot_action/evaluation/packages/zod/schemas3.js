// Models: zod/v3 (and zod itself in a project on zod 3). Checked against: zod 4.6.7's zod/v3.
// Left out: parsing, checks and error messages (unknown values). A schema keeps what it is made of,
//   its class and what its methods derive; all in one module, as each class needs the others.

import { unknown as unknowable } from "ssot:host";

const notComputed = (name) => unknowable(`zod: the result of ${name}() is not computed`);

export class ZodType {
  constructor(def) {
    this._def = def;
  }

  get description() {
    return this._def.description;
  }

  get "~standard"() {
    return notComputed("~standard");
  }

  describe(description) {
    return new this.constructor({ ...this._def, description });
  }

  refine(_check, _message) {
    return effects(this, { type: "refinement" });
  }

  refinement(_check, _message) {
    return effects(this, { type: "refinement" });
  }

  superRefine(_check) {
    return effects(this, { type: "refinement" });
  }

  transform(fn) {
    return effects(this, { type: "transform", transform: fn });
  }

  optional() {
    return optional(this);
  }

  nullable() {
    return nullable(this);
  }

  nullish() {
    return this.nullable().optional();
  }

  array() {
    return array(this);
  }

  promise() {
    return promise(this);
  }

  or(other) {
    return union([this, other]);
  }

  and(other) {
    return intersection(this, other);
  }

  default(value) {
    const defaultValue = typeof value === "function" ? value : () => value;
    return new ZodDefault({ typeName: "ZodDefault", innerType: this, defaultValue });
  }

  catch(value) {
    const catchValue = typeof value === "function" ? value : () => value;
    return new ZodCatch({ typeName: "ZodCatch", innerType: this, catchValue });
  }

  brand() {
    return new ZodBranded({ typeName: "ZodBranded", type: this });
  }

  pipe(target) {
    return pipeline(this, target);
  }

  readonly() {
    return new ZodReadonly({ typeName: "ZodReadonly", innerType: this });
  }

  isOptional() {
    return this instanceof ZodOptional ? true : notComputed("isOptional");
  }

  isNullable() {
    return this instanceof ZodNullable ? true : notComputed("isNullable");
  }
}
export { ZodType as Schema, ZodType as ZodSchema };

for (const name of ["parse", "parseAsync", "safeParse", "safeParseAsync", "spa"]) {
  ZodType.prototype[name] = () => notComputed(name);
}

// Checks change nothing that is kept, but give a new schema each.
function addChecks(target, names) {
  for (const name of names.split(" ")) {
    target.prototype[name] = function () {
      return new this.constructor({ ...this._def });
    };
  }
}

// #region Simple types

export class ZodString extends ZodType {}
addChecks(ZodString, "email url emoji uuid nanoid cuid cuid2 ulid base64 base64url jwt ip cidr");
addChecks(ZodString, "datetime date time duration regex includes startsWith endsWith min max");
addChecks(ZodString, "length nonempty trim toLowerCase toUpperCase");

export class ZodNumber extends ZodType {}
addChecks(
  ZodNumber,
  "gte min gt lte max lt setLimit int positive negative nonpositive nonnegative",
);
addChecks(ZodNumber, "multipleOf step finite safe");

export class ZodBigInt extends ZodType {}
addChecks(ZodBigInt, "gte min gt lte max lt positive negative nonpositive nonnegative multipleOf");

export class ZodDate extends ZodType {}
addChecks(ZodDate, "min max");

export class ZodBoolean extends ZodType {}
export class ZodSymbol extends ZodType {}
export class ZodUndefined extends ZodType {}
export class ZodNull extends ZodType {}
export class ZodAny extends ZodType {}
export class ZodUnknown extends ZodType {}
export class ZodNever extends ZodType {}
export class ZodVoid extends ZodType {}
export class ZodNaN extends ZodType {}

const simple = (Class, typeName) => (params) =>
  new Class({ typeName, checks: [], coerce: params?.coerce ?? false });

export const string = simple(ZodString, "ZodString");
export const number = simple(ZodNumber, "ZodNumber");
export const bigint = simple(ZodBigInt, "ZodBigInt");
export const boolean = simple(ZodBoolean, "ZodBoolean");
export const date = simple(ZodDate, "ZodDate");
export const symbol = simple(ZodSymbol, "ZodSymbol");
export const any = simple(ZodAny, "ZodAny");
export const unknown = simple(ZodUnknown, "ZodUnknown");
export const never = simple(ZodNever, "ZodNever");
export const nan = simple(ZodNaN, "ZodNaN");
const _undefined = simple(ZodUndefined, "ZodUndefined");
const _null = simple(ZodNull, "ZodNull");
const _void = simple(ZodVoid, "ZodVoid");
export { _undefined as undefined, _null as null, _void as void };

const coerced = (make) => () => make({ coerce: true });

export const coerce = {
  string: coerced(string),
  number: coerced(number),
  boolean: coerced(boolean),
  bigint: coerced(bigint),
  date: coerced(date),
};

export const ostring = () => string().optional();
export const onumber = () => number().optional();
export const oboolean = () => boolean().optional();

// #endregion
// #region Objects

export class ZodObject extends ZodType {
  get shape() {
    return this._def.shape();
  }

  strict() {
    return new ZodObject({ ...this._def, unknownKeys: "strict" });
  }

  strip() {
    return new ZodObject({ ...this._def, unknownKeys: "strip" });
  }

  passthrough() {
    return new ZodObject({ ...this._def, unknownKeys: "passthrough" });
  }

  nonstrict() {
    return this.passthrough();
  }

  catchall(catchall) {
    return new ZodObject({ ...this._def, catchall });
  }

  extend(fields) {
    return reshaped(this, (shape) => ({ ...shape, ...fields }));
  }

  augment(fields) {
    return this.extend(fields);
  }

  setKey(key, schema) {
    return this.extend({ [key]: schema });
  }

  merge(other) {
    const { unknownKeys, catchall } = other._def;
    const shape = () => ({ ...this._def.shape(), ...other._def.shape() });
    return new ZodObject({ typeName: "ZodObject", unknownKeys, catchall, shape });
  }

  pick(mask) {
    return reshaped(this, (shape) => {
      const keys = Object.keys(mask).filter((key) => mask[key] && shape[key]);
      return Object.fromEntries(keys.map((key) => [key, shape[key]]));
    });
  }

  omit(mask) {
    return reshaped(this, (shape) =>
      Object.fromEntries(Object.entries(shape).filter(([key]) => !mask[key])),
    );
  }

  partial(mask) {
    return mapped(this, mask, (schema) => schema.optional());
  }

  required(mask) {
    return mapped(this, mask, (schema) => {
      let inner = schema;
      while (inner instanceof ZodOptional) inner = inner._def.innerType;
      return inner;
    });
  }

  deepPartial() {
    return deepPartial(this);
  }

  keyof() {
    return _enum(Object.keys(this.shape));
  }
}

function reshaped(schema, change) {
  let shape;
  const read = () => {
    shape = shape ?? change(schema._def.shape());
    return shape;
  };
  return new ZodObject({ ...schema._def, shape: read });
}

function mapped(schema, mask, change) {
  return reshaped(schema, (shape) => {
    const entries = Object.entries(shape);
    const touched = (key) => !mask || mask[key];
    return Object.fromEntries(
      entries.map(([key, field]) => [key, touched(key) ? change(field) : field]),
    );
  });
}

function deepPartial(schema) {
  if (schema instanceof ZodObject)
    return mapped(schema, null, (one) => deepPartial(one).optional());
  if (schema instanceof ZodArray) {
    return new ZodArray({ ...schema._def, type: deepPartial(schema.element) });
  }
  if (schema instanceof ZodOptional) return optional(deepPartial(schema.unwrap()));
  if (schema instanceof ZodNullable) return nullable(deepPartial(schema.unwrap()));
  if (schema instanceof ZodTuple) return tuple(schema.items.map(deepPartial));
  return schema;
}

const objectOf = (shape, unknownKeys) =>
  new ZodObject({ typeName: "ZodObject", shape, unknownKeys, catchall: never() });

export const object = (shape) => objectOf(() => shape, "strip");
export const strictObject = (shape) => objectOf(() => shape, "strict");
export const late = { object: (shape) => objectOf(shape, "strip") };

// #endregion
// #region Collections, unions and literals

export class ZodArray extends ZodType {
  get element() {
    return this._def.type;
  }
}
addChecks(ZodArray, "min max length nonempty");

export class ZodTuple extends ZodType {
  get items() {
    return this._def.items;
  }

  rest(rest) {
    return new ZodTuple({ ...this._def, rest });
  }
}

export class ZodRecord extends ZodType {
  get keySchema() {
    return this._def.keyType;
  }

  get valueSchema() {
    return this._def.valueType;
  }

  get element() {
    return this._def.valueType;
  }
}

export class ZodMap extends ZodType {
  get keySchema() {
    return this._def.keyType;
  }

  get valueSchema() {
    return this._def.valueType;
  }
}

export class ZodSet extends ZodType {}
addChecks(ZodSet, "min max size nonempty");

export class ZodUnion extends ZodType {
  get options() {
    return this._def.options;
  }
}

export class ZodDiscriminatedUnion extends ZodType {
  get options() {
    return this._def.options;
  }

  get discriminator() {
    return this._def.discriminator;
  }
}

export class ZodIntersection extends ZodType {}

export class ZodEnum extends ZodType {
  get options() {
    return this._def.values;
  }

  get enum() {
    return Object.fromEntries(this._def.values.map((value) => [value, value]));
  }

  get Values() {
    return this.enum;
  }

  get Enum() {
    return this.enum;
  }

  extract(values) {
    return _enum(values);
  }

  exclude(values) {
    return _enum(this.options.filter((value) => !values.includes(value)));
  }
}

export class ZodNativeEnum extends ZodType {
  get enum() {
    return this._def.values;
  }
}

export class ZodLiteral extends ZodType {
  get value() {
    return this._def.value;
  }
}

export const array = (type) => new ZodArray({ typeName: "ZodArray", type });
export const tuple = (items) => new ZodTuple({ typeName: "ZodTuple", items, rest: null });
export const set = (valueType) => new ZodSet({ typeName: "ZodSet", valueType });
export const map = (keyType, valueType) => new ZodMap({ typeName: "ZodMap", keyType, valueType });
export const union = (options) => new ZodUnion({ typeName: "ZodUnion", options });
export const intersection = (left, right) =>
  new ZodIntersection({ typeName: "ZodIntersection", left, right });
export const nativeEnum = (values) => new ZodNativeEnum({ typeName: "ZodNativeEnum", values });
export const literal = (value) => new ZodLiteral({ typeName: "ZodLiteral", value });
const _enum = (values) => new ZodEnum({ typeName: "ZodEnum", values });

export function record(first, second) {
  const [keyType, valueType] = second instanceof ZodType ? [first, second] : [string(), first];
  return new ZodRecord({ typeName: "ZodRecord", keyType, valueType });
}

export const discriminatedUnion = (discriminator, options) =>
  new ZodDiscriminatedUnion({ typeName: "ZodDiscriminatedUnion", discriminator, options });

// #endregion
// #region Schemas around another one

class ZodWrapper extends ZodType {
  unwrap() {
    return this._def.innerType;
  }
}

export class ZodOptional extends ZodWrapper {}
export class ZodNullable extends ZodWrapper {}
export class ZodReadonly extends ZodWrapper {}

export class ZodDefault extends ZodType {
  removeDefault() {
    return this._def.innerType;
  }
}

export class ZodCatch extends ZodType {
  removeCatch() {
    return this._def.innerType;
  }
}

export class ZodBranded extends ZodType {
  unwrap() {
    return this._def.type;
  }
}

export class ZodPromise extends ZodType {
  unwrap() {
    return this._def.type;
  }
}

export class ZodEffects extends ZodType {
  innerType() {
    return this._def.schema;
  }

  sourceType() {
    const { schema } = this._def;
    return schema instanceof ZodEffects ? schema.sourceType() : schema;
  }
}
export { ZodEffects as ZodTransformer };

export class ZodPipeline extends ZodType {}

export class ZodLazy extends ZodType {
  get schema() {
    return this._def.getter();
  }
}

export class ZodFunction extends ZodType {
  parameters() {
    return this._def.args;
  }

  returnType() {
    return this._def.returns;
  }

  args(...items) {
    return new ZodFunction({ ...this._def, args: tuple(items).rest(unknown()) });
  }

  returns(returns) {
    return new ZodFunction({ ...this._def, returns });
  }
}
for (const name of ["implement", "strictImplement", "validate"]) {
  ZodFunction.prototype[name] = () => notComputed(name);
}

export const optional = (innerType) => new ZodOptional({ typeName: "ZodOptional", innerType });
export const nullable = (innerType) => new ZodNullable({ typeName: "ZodNullable", innerType });
export const promise = (type) => new ZodPromise({ typeName: "ZodPromise", type });
export const lazy = (getter) => new ZodLazy({ typeName: "ZodLazy", getter });
export const pipeline = (from, to) =>
  new ZodPipeline({ typeName: "ZodPipeline", in: from, out: to });

const effects = (schema, effect) => new ZodEffects({ typeName: "ZodEffects", schema, effect });
export { effects as effect, effects as transformer };

export const preprocess = (transform, schema) => effects(schema, { type: "preprocess", transform });

export const custom = (check) => (check ? any().superRefine(check) : any());

const _instanceof = (cls) => custom((data) => data instanceof cls);

const _function = (args, returns) =>
  new ZodFunction({
    typeName: "ZodFunction",
    args: args ?? tuple([]).rest(unknown()),
    returns: returns ?? unknown(),
  });

export { _enum as enum, _function as function, _instanceof as instanceof };

// #endregion

const TYPE_NAMES = [
  ..."ZodString ZodNumber ZodNaN ZodBigInt ZodBoolean ZodDate ZodSymbol ZodUndefined".split(" "),
  ..."ZodNull ZodAny ZodUnknown ZodNever ZodVoid ZodArray ZodObject ZodUnion".split(" "),
  ..."ZodDiscriminatedUnion ZodIntersection ZodTuple ZodRecord ZodMap ZodSet".split(" "),
  ..."ZodFunction ZodLazy ZodLiteral ZodEnum ZodEffects ZodNativeEnum ZodOptional".split(" "),
  ..."ZodNullable ZodDefault ZodCatch ZodPromise ZodBranded ZodPipeline ZodReadonly".split(" "),
];
export const ZodFirstPartyTypeKind = Object.fromEntries(TYPE_NAMES.map((name) => [name, name]));

const ISSUE_CODES = [
  ..."invalid_type invalid_literal custom invalid_union invalid_union_discriminator".split(" "),
  ..."invalid_enum_value unrecognized_keys invalid_arguments invalid_return_type".split(" "),
  ..."invalid_date invalid_string too_small too_big invalid_intersection_types".split(" "),
  ..."not_multiple_of not_finite".split(" "),
];
export const ZodIssueCode = Object.fromEntries(ISSUE_CODES.map((code) => [code, code]));

export class ZodError extends Error {
  constructor(issues) {
    super("ZodError");
    this.name = "ZodError";
    this.issues = issues;
  }
}

export const NEVER = Object.freeze({ status: "aborted" });
export const setErrorMap = (_map) => undefined;
