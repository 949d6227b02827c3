// Models: @hono/zod-validator. Checked against: 0.9.1.
// Left out: validating; it is only ever handed to an app.

export { middleware as zValidator } from "hono/middleware";
