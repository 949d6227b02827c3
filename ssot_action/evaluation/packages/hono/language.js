// Models: hono/language. Checked against: 4.13.19.
// Left out: see middleware.js.

export { middleware as languageDetector } from "./middleware.js";
