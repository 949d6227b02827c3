// Models: hono/method-override. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as methodOverride } from "./middleware.js";
