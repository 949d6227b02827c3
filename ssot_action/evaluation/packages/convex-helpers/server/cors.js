// Models: convex-helpers/server/cors. Checked against: 0.1.124.
// Left out: the headers. A route keeps the user's handler; OPTIONS gets an empty answer.

import { httpActionGeneric, ROUTABLE_HTTP_METHODS } from "convex/server";

export const DEFAULT_EXPOSED_HEADERS = ["Content-Range", "Accept-Ranges"];

// The spec may carry CORS options, which win over the router's.
function allowedMethods(corsConfig, spec) {
  const methods = { allowedMethods: [spec.method], ...corsConfig, ...spec }.allowedMethods;
  const upper = methods.map((method) => method.toUpperCase());
  if (!upper.some((method) => ROUTABLE_HTTP_METHODS.includes(method))) {
    throw new Error("No valid HTTP methods provided");
  }
}

function setPreflight(http, spec) {
  const handler = httpActionGeneric(async () => new Response(null, { status: 204 }));
  if ("path" in spec) {
    http.exactRoutes.get(spec.path).set("OPTIONS", handler);
    return;
  }
  const prefixes = http.prefixRoutes.get("OPTIONS") ?? new Map();
  prefixes.set(spec.pathPrefix, handler);
  http.prefixRoutes.set("OPTIONS", prefixes);
}

export const corsRouter = (http, corsConfig) => ({
  http,
  route: (spec) => {
    allowedMethods(corsConfig, spec);
    const { method, handler } = spec;
    const where = "path" in spec ? { path: spec.path } : { pathPrefix: spec.pathPrefix };
    http.route({ ...where, method, handler });
    setPreflight(http, spec);
  },
});

export default corsRouter;
