// Models: hono/http-exception. Checked against: 4.13.19.
// Left out: making a response of it.

export class HTTPException extends Error {
  constructor(status = 500, options = {}) {
    super(options.message);
    this.status = status;
    this.res = options.res;
  }
}
