// Models: hono/cors. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as cors } from "./middleware.js";
