// Models: hono/trailing-slash. Checked against: 4.13.19.
// Left out: see middleware.js.

export {
  middleware as appendTrailingSlash,
  middleware as trimTrailingSlash,
} from "./middleware.js";
