// Models: hono/bearer-auth. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as bearerAuth } from "./middleware.js";
