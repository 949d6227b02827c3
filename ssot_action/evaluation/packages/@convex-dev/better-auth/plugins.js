// Model of @convex-dev/better-auth/plugins, checked against 0.12.5.
// A plugin is only passed on to Better Auth when the app's modules are loaded.
export const convex = (options) => ({ id: "convex", options });
export const crossDomain = (options) => ({ id: "cross-domain", options });
