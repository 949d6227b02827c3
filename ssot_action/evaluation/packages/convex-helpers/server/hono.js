// Models: convex-helpers/server/hono. Checked against: 0.1.124.
// Left out: looking a request up; only the listing of the routes matters here.

import { HttpRouter, ROUTABLE_HTTP_METHODS } from "convex/server";
import { Hono } from "hono";

export { Hono };

export const normalizeMethod = (method) => (method === "HEAD" ? "GET" : method);

export class HttpRouterWithHono extends HttpRouter {
  constructor(app) {
    super();
    const ownRoutes = this.getRoutes;
    this._app = app;
    this.getRoutes = () => [...ownRoutes(), ...this.getHonoRoutes()];
  }

  getHonoRoutes() {
    const routes = [];
    // Middleware is listed under its path too; one entry for each method and path is enough.
    const seen = new Set();
    for (const route of this._app.routes) {
      const methods = route.method === "ALL" ? ROUTABLE_HTTP_METHODS : [route.method];
      for (const method of methods) {
        const name = `${method} ${route.path}`;
        if (seen.has(name)) continue;
        seen.add(name);
        routes.push([route.path, method, route.handler]);
      }
    }
    return routes;
  }
}
