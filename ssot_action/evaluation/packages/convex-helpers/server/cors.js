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

function addPreflight(http, where) {
  const handler = httpActionGeneric(async () => new Response(null, { status: 204 }));
  try {
    http.route({ ...where, method: "OPTIONS", handler });
  } catch {
    // Each further method of a path replaces the answer, the routes stay the same.
  }
}

export const corsRouter = (http, corsConfig) => ({
  http,
  route: (spec) => {
    allowedMethods(corsConfig, spec);
    const { method, handler } = spec;
    const where = "path" in spec ? { path: spec.path } : { pathPrefix: spec.pathPrefix };
    http.route({ ...where, method, handler });
    addPreflight(http, where);
  },
});

export default corsRouter;
