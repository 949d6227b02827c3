// Models: zod's schemas around another one, and those that run code. Checked against: zod 4.6.7.
// Left out: running the code.

import { array, record, tuple, union } from "./collections.js";
import { _null, boolean, number, unknown } from "./simple.js";
import { string } from "./strings.js";
import { addChecks, ZodType } from "./type.js";
import { notParsed } from "./unparsed.js";

class ZodWrapper extends ZodType {
  unwrap() {
    return this._zod.def.innerType;
  }
}

export class ZodOptional extends ZodWrapper {}
export class ZodExactOptional extends ZodWrapper {}
export class ZodNullable extends ZodWrapper {}
export class ZodPrefault extends ZodWrapper {}
export class ZodNonOptional extends ZodWrapper {}
export class ZodSuccess extends ZodWrapper {}
export class ZodReadonly extends ZodWrapper {}
export class ZodPromise extends ZodWrapper {}

export class ZodDefault extends ZodWrapper {
  removeDefault() {
    return this.unwrap();
  }
}

export class ZodCatch extends ZodWrapper {
  removeCatch() {
    return this.unwrap();
  }
}

export const optional = (innerType) => new ZodOptional({ type: "optional", innerType });
export const exactOptional = (innerType) =>
  new ZodExactOptional({ type: "optional", innerType, exact: true });
export const nullable = (innerType) => new ZodNullable({ type: "nullable", innerType });
export const nullish = (innerType) => optional(nullable(innerType));
export const nonoptional = (innerType) => new ZodNonOptional({ type: "nonoptional", innerType });
export const success = (innerType) => new ZodSuccess({ type: "success", innerType });
export const readonly = (innerType) => new ZodReadonly({ type: "readonly", innerType });
export const promise = (innerType) => new ZodPromise({ type: "promise", innerType });

const withDefault = (Class, type) => (innerType, value) =>
  new Class({
    type,
    innerType,
    get defaultValue() {
      return typeof value === "function" ? value() : value;
    },
  });

export const _default = withDefault(ZodDefault, "default");
export const prefault = withDefault(ZodPrefault, "prefault");

export const _catch = (innerType, value) =>
  new ZodCatch({
    type: "catch",
    innerType,
    catchValue: typeof value === "function" ? value : () => value,
  });

export class ZodTransform extends ZodType {}

export const transform = (fn) => new ZodTransform({ type: "transform", transform: fn });

export class ZodPipe extends ZodType {
  get in() {
    return this._zod.def.in;
  }

  get out() {
    return this._zod.def.out;
  }
}

export class ZodCodec extends ZodPipe {}
export class ZodPreprocess extends ZodPipe {}

export const pipe = (input, output) => new ZodPipe({ type: "pipe", in: input, out: output });

export const codec = (input, output, { decode, encode }) =>
  new ZodCodec({
    type: "pipe",
    in: input,
    out: output,
    transform: decode,
    reverseTransform: encode,
  });

export function invertCodec({ _zod: { def } }) {
  return codec(def.out, def.in, { decode: def.reverseTransform, encode: def.transform });
}

export const preprocess = (fn, schema) =>
  new ZodPreprocess({ type: "pipe", in: transform(fn), out: schema });

export const stringbool = () => codec(string(), boolean(), {});

export class ZodLazy extends ZodType {
  unwrap() {
    return this._zod.def.getter();
  }
}

export const lazy = (getter) => new ZodLazy({ type: "lazy", getter });

export function json() {
  const schema = lazy(() =>
    union([string(), number(), boolean(), _null(), array(schema), record(string(), schema)]),
  );
  return schema;
}

export class ZodTemplateLiteral extends ZodType {}

export const templateLiteral = (parts) =>
  new ZodTemplateLiteral({ type: "template_literal", parts });

export class ZodFunction extends ZodType {
  input(...args) {
    const input = Array.isArray(args[0]) ? tuple(args[0], args[1] ?? unknown()) : args[0];
    return this.clone({ ...this._zod.def, input });
  }

  output(output) {
    return this.clone({ ...this._zod.def, output });
  }

  implement(_fn) {
    return notParsed("implement");
  }

  implementAsync(_fn) {
    return notParsed("implementAsync");
  }
}

export function _function(params) {
  const { input, output } = params ?? {};
  return new ZodFunction({
    type: "function",
    input: Array.isArray(input) ? tuple(input) : (input ?? array(unknown())),
    output: output ?? unknown(),
  });
}

export class ZodCustom extends ZodType {}
export class ZodInstanceOf extends ZodCustom {}
addChecks(ZodInstanceOf, "properties");

export const custom = (fn) => new ZodCustom({ type: "custom", check: "custom", fn });

export const _instanceof = (cls) =>
  new ZodInstanceOf({ type: "custom", check: "custom", fn: (data) => data instanceof cls });
