// Models: hono/basic-auth. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as basicAuth } from "./middleware.js";
