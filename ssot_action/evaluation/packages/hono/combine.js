// Models: hono/combine. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as every, middleware as except, middleware as some } from "./middleware.js";
