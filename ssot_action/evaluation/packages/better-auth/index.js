// Model of better-auth, checked against 1.6: only that it remembers its options, which is what the
// routes of @convex-dev/better-auth depend on. Everything else of it is used by handlers.
import { unknown } from "ssot:host";

export function betterAuth(options) {
  const notModelled = unknown("Better Auth is not modelled");
  return {
    options,
    api: notModelled,
    handler: notModelled,
    fetch: notModelled,
    $context: notModelled,
    $ERROR_CODES: notModelled,
  };
}
