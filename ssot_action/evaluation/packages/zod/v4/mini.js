// Models: zod/v4/mini. Checked against: zod 4.6.7.
// Left out: see v4/functional.js.

export * from "../mini.js";
