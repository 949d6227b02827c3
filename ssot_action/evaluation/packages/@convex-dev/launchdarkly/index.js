// Model of @convex-dev/launchdarkly, checked against 0.4.0.
// Computes: the two routes of registerRoutes.
// Left out: the SDK client, which handlers use.
import { httpActionGeneric } from "convex/server";
import { unknown } from "ssot:host";

export class LaunchDarkly {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  sdk(_ctx) {
    return unknown("the LaunchDarkly client is not modelled");
  }
}

export function registerRoutes(component, http, path = "/ld/webhook") {
  http.route({
    path,
    method: "GET",
    handler: httpActionGeneric(async (ctx) => {
      await ctx.runQuery(component.tokens.validate, {});
    }),
  });
  http.route({
    path,
    method: "PUT",
    handler: httpActionGeneric(async (ctx) => {
      await ctx.runQuery(component.tokens.validate, {});
      await ctx.runMutation(component.store.write, {});
    }),
  });
}
