// Models: hono/logger. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as logger } from "./middleware.js";
