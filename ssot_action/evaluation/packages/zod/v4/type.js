// Models: what every zod schema has. Checked against: zod 4.6.7.
// Left out: parsing, checks (unknown values), the refusal to pick from refined objects.

import { accepts, literalValues } from "./literals.js";
import { globalRegistry } from "./registry.js";
// Everything else in this folder extends `ZodType`, so it must load after this module: import
// `schemas.js`, which loads them in this order, never one of them alone.
import {
  _catch,
  _default,
  array,
  derivedDef,
  exactOptional,
  intersection,
  nonoptional,
  nullable,
  nullish,
  optional,
  pipe,
  prefault,
  readonly,
  transform,
  union,
} from "./schemas.js";
import { notKept, notParsed } from "./unparsed.js";

class Internals {
  constructor(def) {
    this.def = def;
    this.bag = {};
    this.parent = undefined;
  }

  get values() {
    return literalValues(this.def);
  }
}

export class ZodType {
  constructor(def) {
    this._zod = new Internals(def);
    this.def = def;
    this.type = def.type;
  }

  get _def() {
    return this._zod.def;
  }

  get "~standard"() {
    return notParsed("~standard");
  }

  get description() {
    return globalRegistry.get(this)?.description;
  }

  clone(def, params) {
    const copy = new this.constructor(def ?? this._zod.def);
    if (!def || params?.parent) copy._zod.parent = this;
    return copy;
  }

  check(..._checks) {
    const checks = notKept();
    return this.clone(derivedDef(this._zod.def, { checks }), { parent: true });
  }

  describe(description) {
    return this.meta({ description });
  }

  meta(...args) {
    if (args.length === 0) return globalRegistry.get(this);
    const copy = this.clone();
    globalRegistry.add(copy, args[0]);
    return copy;
  }

  register(target, meta) {
    target.add(this, meta);
    return this;
  }

  brand() {
    return this;
  }

  apply(fn, ...args) {
    return fn(this, ...args);
  }

  with(...checks) {
    return this.check(...checks);
  }

  refine() {
    return this.check();
  }

  superRefine() {
    return this.check();
  }

  overwrite() {
    return this.check();
  }

  optional() {
    return optional(this);
  }

  exactOptional() {
    return exactOptional(this);
  }

  nullable() {
    return nullable(this);
  }

  nullish() {
    return nullish(this);
  }

  nonoptional() {
    return nonoptional(this);
  }

  array() {
    return array(this);
  }

  or(other) {
    return union([this, other]);
  }

  and(other) {
    return intersection(this, other);
  }

  transform(fn) {
    return pipe(this, transform(fn));
  }

  default(value) {
    return _default(this, value);
  }

  prefault(value) {
    return prefault(this, value);
  }

  catch(value) {
    return _catch(this, value);
  }

  pipe(target) {
    return pipe(this, target);
  }

  readonly() {
    return readonly(this);
  }

  isOptional() {
    return accepts(this, undefined);
  }

  isNullable() {
    return accepts(this, null);
  }
}

const PARSERS = [
  ..."parse parseAsync safeParse safeParseAsync spa validate validateAsync".split(" "),
  ..."encode encodeAsync decode decodeAsync safeEncode safeEncodeAsync".split(" "),
  ..."safeDecode safeDecodeAsync toJSONSchema".split(" "),
];
for (const name of PARSERS) ZodType.prototype[name] = () => notParsed(name);

export function addChecks(target, names) {
  for (const name of names.split(" ")) {
    target.prototype[name] = function () {
      return this.check();
    };
  }
}
