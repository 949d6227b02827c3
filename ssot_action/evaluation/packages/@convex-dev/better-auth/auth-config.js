// Model of @convex-dev/better-auth/auth-config, checked against 0.12.5.
// Its URLs come from an environment variable of the deployment.
import { unknown } from "ssot:host";

export function createPublicJwks() {
  return unknown("createPublicJwks of @convex-dev/better-auth is not modelled");
}

export function getAuthConfigProvider(_options) {
  return {
    type: "customJwt",
    issuer: unknown("CONVEX_SITE_URL is an environment variable"),
    applicationID: "convex",
    algorithm: "RS256",
    jwks: unknown("CONVEX_SITE_URL is an environment variable"),
  };
}
