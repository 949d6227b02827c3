// Model of @dodopayments/convex, checked against 0.2.15.
// Computes: the HTTP action of createDodoWebhookHandler. DodoPayments.api gives plain functions.
import { httpActionGeneric } from "convex/server";

export { default as component } from "./convex.config.js";

export class DodoPayments {
  constructor(component, config) {
    this.component = component;
    this.config = config;
  }
  api() {
    const { component, config } = this;
    return {
      checkout: async (ctx, args) => await ctx.runAction(component.lib.checkout, args),
      customerPortal: async (ctx, args) => {
        await config.identify(ctx);
        return await ctx.runAction(component.lib.customerPortal, args);
      },
    };
  }
}

export function createDodoWebhookHandler(handlers) {
  return httpActionGeneric(async (ctx, payload) => {
    for (const handler of Object.values(handlers)) {
      await handler(ctx, payload);
    }
  });
}
