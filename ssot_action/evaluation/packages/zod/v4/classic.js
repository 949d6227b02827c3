// Models: zod (version 4), zod/v4. Checked against: zod 4.6.7.
// Left out: parsing, JSON Schema, formatting of errors, locales (all give unknown values).

import { unknown as unknowable } from "ssot:host";
import * as core from "./core.js";
import { ZodType } from "./schemas.js";

export * from "./schemas.js";
export { core };
export { clone, config } from "./core.js";
export { ZodType as Schema, ZodType as ZodSchema, ZodType as ZodTypeAny };

const notComputed = (name) => () => unknowable(`zod: the result of ${name}() is not computed`);

export const parse = notComputed("parse");
export const parseAsync = notComputed("parseAsync");
export const safeParse = notComputed("safeParse");
export const safeParseAsync = notComputed("safeParseAsync");
export const encode = notComputed("encode");
export const decode = notComputed("decode");
export const safeEncode = notComputed("safeEncode");
export const safeDecode = notComputed("safeDecode");
export const toJSONSchema = notComputed("toJSONSchema");
export const fromJSONSchema = notComputed("fromJSONSchema");
export const deepPartial = notComputed("deepPartial");
export const input = notComputed("input");
export const output = notComputed("output");
export const treeifyError = notComputed("treeifyError");
export const prettifyError = notComputed("prettifyError");
export const formatError = notComputed("formatError");
export const flattenError = notComputed("flattenError");
export const setErrorMap = (_map) => undefined;
export const getErrorMap = () => undefined;
export const locales = unknowable("zod: locales are not modelled");
export const regexes = unknowable("zod: regular expressions are not modelled");
export const util = unknowable("zod: internal helpers are not modelled");
export const NEVER = Object.freeze({ status: "aborted" });

const issueCodes =
  "invalid_type too_big too_small invalid_format not_multiple_of unrecognized_keys invalid_union " +
  "invalid_key invalid_element invalid_value custom";
export const ZodIssueCode = Object.fromEntries(issueCodes.split(" ").map((code) => [code, code]));

export class ZodError extends Error {
  constructor(issues) {
    super("ZodError");
    this.name = "ZodError";
    this.issues = issues;
  }
}
export { ZodError as ZodRealError };

// A check is only ever handed to `.check()`, which keeps none.
const aCheck = () => ({ _zod: { def: { check: "custom" } } });

export const check = aCheck;
export const refine = aCheck;
export const superRefine = aCheck;
export const describe = aCheck;
export const meta = aCheck;
export const overwrite = aCheck;
export const lt = aCheck;
export const lte = aCheck;
export const gt = aCheck;
export const gte = aCheck;
export const positive = aCheck;
export const negative = aCheck;
export const nonpositive = aCheck;
export const nonnegative = aCheck;
export const multipleOf = aCheck;
export const maxSize = aCheck;
export const minSize = aCheck;
export const size = aCheck;
export const maxLength = aCheck;
export const minLength = aCheck;
export const length = aCheck;
export const regex = aCheck;
export const lowercase = aCheck;
export const uppercase = aCheck;
export const includes = aCheck;
export const startsWith = aCheck;
export const endsWith = aCheck;
export const property = aCheck;
export const properties = aCheck;
export const mime = aCheck;
export const normalize = aCheck;
export const trim = aCheck;
export const toLowerCase = aCheck;
export const toUpperCase = aCheck;
export const slugify = aCheck;
