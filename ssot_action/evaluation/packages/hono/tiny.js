// Models: hono/tiny. Checked against: 4.13.19.
// Left out: see index.js.

export { Hono } from "./index.js";
