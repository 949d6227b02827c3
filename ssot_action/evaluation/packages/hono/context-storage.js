// Models: hono/context-storage. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as contextStorage } from "./middleware.js";
