// Models: hono/request-id. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as requestId } from "./middleware.js";
