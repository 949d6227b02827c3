// Models: hono/ip-restriction. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as ipRestriction } from "./middleware.js";
