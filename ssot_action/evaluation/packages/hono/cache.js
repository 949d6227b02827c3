// Models: hono/cache. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as cache } from "./middleware.js";
