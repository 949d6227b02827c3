// Models: zod's types without parts, strings excepted. Checked against: zod 4.6.7.
// Left out: checks.

import { ZodString } from "./strings.js";
import { addChecks, ZodType } from "./type.js";
import { notKept } from "./unparsed.js";

export class ZodNumber extends ZodType {
  isFinite = true;

  finite() {
    return this;
  }

  get minValue() {
    return notKept();
  }

  get maxValue() {
    return notKept();
  }

  get isInt() {
    return notKept();
  }

  get format() {
    return notKept();
  }
}
addChecks(ZodNumber, "gt gte min lt lte max int safe positive nonnegative negative nonpositive");
addChecks(ZodNumber, "multipleOf step");

export class ZodNumberFormat extends ZodNumber {}
export class ZodBoolean extends ZodType {}

export class ZodBigInt extends ZodType {}
addChecks(ZodBigInt, "gt gte min lt lte max positive nonnegative negative nonpositive multipleOf");

export class ZodBigIntFormat extends ZodBigInt {}
export class ZodSymbol extends ZodType {}
export class ZodUndefined extends ZodType {}
export class ZodNull extends ZodType {}
export class ZodAny extends ZodType {}
export class ZodUnknown extends ZodType {}
export class ZodNever extends ZodType {}
export class ZodVoid extends ZodType {}
export class ZodNaN extends ZodType {}

export class ZodDate extends ZodType {}
addChecks(ZodDate, "min max");

export class ZodFile extends ZodType {}
addChecks(ZodFile, "min max mime");

const simple = (Class, type) => () => new Class({ type });

export const number = simple(ZodNumber, "number");
export const int = simple(ZodNumberFormat, "number");
export const float32 = simple(ZodNumberFormat, "number");
export const float64 = simple(ZodNumberFormat, "number");
export const int32 = simple(ZodNumberFormat, "number");
export const uint32 = simple(ZodNumberFormat, "number");
export const boolean = simple(ZodBoolean, "boolean");
export const bigint = simple(ZodBigInt, "bigint");
export const int64 = simple(ZodBigIntFormat, "bigint");
export const uint64 = simple(ZodBigIntFormat, "bigint");
export const symbol = simple(ZodSymbol, "symbol");
export const any = simple(ZodAny, "any");
export const unknown = simple(ZodUnknown, "unknown");
export const never = simple(ZodNever, "never");
export const nan = simple(ZodNaN, "nan");
export const date = simple(ZodDate, "date");
export const file = simple(ZodFile, "file");
export const _undefined = simple(ZodUndefined, "undefined");
export const _null = simple(ZodNull, "null");
export const _void = simple(ZodVoid, "void");

const coerced = (Class, type) => () => new Class({ type, coerce: true });

export const coerce = {
  string: coerced(ZodString, "string"),
  number: coerced(ZodNumber, "number"),
  boolean: coerced(ZodBoolean, "boolean"),
  bigint: coerced(ZodBigInt, "bigint"),
  date: coerced(ZodDate, "date"),
};
