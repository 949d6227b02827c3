// Models: hono/compress. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as compress } from "./middleware.js";
