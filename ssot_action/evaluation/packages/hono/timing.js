// Models: hono/timing. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as timing } from "./middleware.js";
