// Models: hono/validator. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as validator } from "./middleware.js";
