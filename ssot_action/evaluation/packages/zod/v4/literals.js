// Models: the values a zod schema is limited to, and if null passes. Checked against: zod 4.6.7.
// Left out: what only parsing tells.

import { notParsed } from "./unparsed.js";

/** The values a schema is limited to, as a set, or undefined when it is not so limited. */
export function literalValues(def) {
  const inner = () => def.innerType._zod.values;
  const widened = (value) => (inner() ? new Set([...inner(), value]) : undefined);
  switch (def.type) {
    case "null":
      return new Set([null]);
    case "undefined":
      return new Set([undefined]);
    case "literal":
      return new Set(def.values);
    case "enum":
      return new Set(enumValues(def.entries));
    case "optional":
      return def.exact ? inner() : widened(undefined);
    case "nullable":
      return widened(null);
    case "nonoptional":
      return inner() && new Set([...inner()].filter((value) => value !== undefined));
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
      return inner();
    case "pipe":
      return def.in._zod.values;
    case "union": {
      const sets = def.options.map((option) => option._zod.values);
      return sets.every((set) => set) ? new Set(sets.flatMap((set) => [...set])) : undefined;
    }
    default:
      return undefined;
  }
}

// The names of a numeric TypeScript enum map back to its keys; those entries are no values.
export function enumValues(entries) {
  const numbers = Object.values(entries).filter((value) => typeof value === "number");
  return Object.entries(entries)
    .filter(([key]) => !numbers.includes(Number(key)))
    .map(([, value]) => value);
}

const REJECTS_ABSENCE =
  "string number int boolean bigint symbol object array tuple record map set date file nan enum";

/** Whether undefined or null passes, where that follows from the kind of schema alone. */
export function accepts(schema, value) {
  const def = schema._zod.def;
  const inner = () => accepts(def.innerType, value);
  if (def.checks || def.coerce) return notParsed("safeParse");
  switch (def.type) {
    case "any":
    case "unknown":
      return true;
    case "void":
    case "undefined":
      return value === undefined;
    case "null":
      return value === null;
    case "literal":
      return def.values.includes(value);
    case "optional":
      return (value === undefined && !def.exact) || inner();
    case "default":
      return value === undefined || inner();
    case "nullable":
      return value === null || inner();
    case "readonly":
      return inner();
    default:
      return REJECTS_ABSENCE.split(" ").includes(def.type) ? false : notParsed("safeParse");
  }
}
