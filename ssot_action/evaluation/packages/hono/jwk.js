// Models: hono/jwk. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as jwk } from "./middleware.js";
