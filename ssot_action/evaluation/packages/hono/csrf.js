// Models: hono/csrf. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as csrf } from "./middleware.js";
