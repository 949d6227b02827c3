// Models: zod/mini. Checked against: zod 4.6.7.
// Left out: as in v4/classic.js. A schema has the methods of zod's classic schemas, too many; code
//   written for zod/mini does not call them. Its classes are not told apart from the classic ones.

import * as schemas from "./schemas.js";

export * from "./classic.js";

export const extend = (schema, fields) => schema.extend(fields);
export const safeExtend = (schema, fields) => schema.safeExtend(fields);
export const merge = (schema, other) => schema.extend(other._zod.def.shape);
export const pick = (schema, mask) => schema.pick(mask);
export const omit = (schema, mask) => schema.omit(mask);
export const partial = (schema, mask) => schema.partial(mask);
export const exactPartial = (schema, mask) => schema.exactPartial(mask);
export const required = (schema, mask) => schema.required(mask);
export const catchall = (schema, rest) => schema.catchall(rest);
export { gte as minimum, lte as maximum } from "./classic.js";

export const {
  ZodType: ZodMiniType,
  ZodString: ZodMiniString,
  ZodNumber: ZodMiniNumber,
  ZodBoolean: ZodMiniBoolean,
  ZodBigInt: ZodMiniBigInt,
  ZodDate: ZodMiniDate,
  ZodArray: ZodMiniArray,
  ZodObject: ZodMiniObject,
  ZodUnion: ZodMiniUnion,
  ZodDiscriminatedUnion: ZodMiniDiscriminatedUnion,
  ZodRecord: ZodMiniRecord,
  ZodTuple: ZodMiniTuple,
  ZodEnum: ZodMiniEnum,
  ZodLiteral: ZodMiniLiteral,
  ZodOptional: ZodMiniOptional,
  ZodNullable: ZodMiniNullable,
  ZodDefault: ZodMiniDefault,
  ZodAny: ZodMiniAny,
  ZodUnknown: ZodMiniUnknown,
  ZodNull: ZodMiniNull,
  ZodLazy: ZodMiniLazy,
  ZodCustom: ZodMiniCustom,
} = schemas;
