// Models: hono/jwt. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as jwt } from "./middleware.js";
