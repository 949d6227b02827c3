// Models: hono/powered-by. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as poweredBy } from "./middleware.js";
