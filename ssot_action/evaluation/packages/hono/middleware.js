// Models: hono's middleware, which is only ever handed to an app. Checked against: 4.13.19.
// Left out: what it does to a request.

export const middleware = () => async (_context, next) => next();
