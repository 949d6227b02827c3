// Models: hono/etag. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as etag } from "./middleware.js";
