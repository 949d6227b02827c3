// Models: hono/factory. Checked against: 4.13.19.
// Left out: nothing.

import { Hono } from "./index.js";

export class Factory {
  constructor(init) {
    this.initApp = init?.initApp;
  }

  createApp = (options) => {
    const app = new Hono(options);
    if (this.initApp) this.initApp(app);
    return app;
  };

  createMiddleware = (middleware) => middleware;

  createHandlers = (...handlers) => handlers.filter((handler) => handler !== undefined);
}

export const createFactory = (init) => new Factory(init);

export const createMiddleware = (middleware) => middleware;
