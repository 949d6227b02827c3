// Model of @convex-dev/auth/providers/Password, checked against 0.0.95.
// Left out: the flows of signing up, in and resetting, which run only in handlers.
import { ConvexCredentials } from "./ConvexCredentials.js";

export function Password(config = {}) {
  return ConvexCredentials({
    id: "password",
    extraProviders: [config.reset, config.verify],
    ...config,
  });
}
