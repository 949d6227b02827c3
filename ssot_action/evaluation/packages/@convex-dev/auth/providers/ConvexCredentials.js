// Model of @convex-dev/auth/providers/ConvexCredentials, checked against 0.0.95.
export function ConvexCredentials(config) {
  return { id: "credentials", type: "credentials", options: config };
}
