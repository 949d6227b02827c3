// Models: zod/v4. Checked against: zod 4.6.7.
// Left out: see v4/classic.js and v4/schemas.js.

export * from "../index.js";
export { default } from "../index.js";
