// Models: hono/secure-headers. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as secureHeaders } from "./middleware.js";
