// Models: hono/timeout. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as timeout } from "./middleware.js";
