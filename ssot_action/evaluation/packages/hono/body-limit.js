// Models: hono/body-limit. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as bodyLimit } from "./middleware.js";
