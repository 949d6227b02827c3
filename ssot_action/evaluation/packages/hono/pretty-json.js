// Models: hono/pretty-json. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as prettyJSON } from "./middleware.js";
