// Models: hono, as far as its list of routes goes (`app.routes`). Checked against: 4.13.19.
// Left out: matching and answering requests, contexts, middleware (hono/cors and the like).

const METHODS = ["get", "post", "put", "delete", "options", "patch", "query", "all"];

function mergePath(base, sub) {
  const start = base[0] === "/" ? base : `/${base}`;
  if (sub === "/") return start;
  const slash = start.endsWith("/") ? "" : "/";
  return start + slash + (sub[0] === "/" ? sub.slice(1) : sub);
}

function addRoute(app, method, path, handler, base = "") {
  app.routes.push({
    basePath: base === "" ? app._basePath : mergePath(app._basePath, base),
    path: mergePath(app._basePath, path),
    method: method.toUpperCase(),
    handler,
  });
}

export class Hono {
  routes = [];
  _basePath = "/";
  // Handlers given without a path belong to the path named last.
  _lastPath = "/";

  constructor(_options) {
    for (const method of METHODS) {
      this[method] = (first, ...rest) => {
        // No branch around adding: a route whose path is unknown is still a route. One handler of
        // a path is enough, so it does not matter whether `first` is another one.
        this._lastPath = typeof first === "string" ? first : this._lastPath;
        const isPathAlone = rest.length === 0 && typeof first === "string";
        const handlers = rest.length > 0 ? rest : [first];
        for (const handler of isPathAlone ? [] : handlers) {
          addRoute(this, method, this._lastPath, handler);
        }
        return this;
      };
    }
  }

  on(method, path, ...handlers) {
    for (const one of [path].flat()) {
      this._lastPath = one;
      for (const name of [method].flat()) {
        for (const handler of handlers) addRoute(this, name, one, handler);
      }
    }
    return this;
  }

  use(first, ...rest) {
    // One argument is middleware, also where it is an unknown value.
    const named = rest.length > 0 && typeof first === "string";
    this._lastPath = named ? first : "*";
    for (const handler of named ? rest : [first, ...rest]) {
      addRoute(this, "ALL", this._lastPath, handler);
    }
    return this;
  }

  route(path, app) {
    const inner = this.basePath(path);
    // A copy, as an app may be mounted in itself.
    for (const route of [...app.routes]) {
      addRoute(inner, route.method, route.path, route.handler, route.basePath);
    }
    return this;
  }

  /** The same list of routes under another base. */
  basePath(path) {
    const inner = new Hono();
    inner._basePath = mergePath(this._basePath, path);
    inner.routes = this.routes;
    return inner;
  }

  mount(path, handler) {
    addRoute(this, "ALL", mergePath(path, "*"), handler);
    return this;
  }

  onError() {
    return this;
  }

  notFound() {
    return this;
  }
}
