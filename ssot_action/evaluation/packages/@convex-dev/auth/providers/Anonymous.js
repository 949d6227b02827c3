// Model of @convex-dev/auth/providers/Anonymous, checked against 0.0.95.
import { ConvexCredentials } from "./ConvexCredentials.js";

export function Anonymous(config = {}) {
  return ConvexCredentials({ id: "anonymous", ...config });
}
