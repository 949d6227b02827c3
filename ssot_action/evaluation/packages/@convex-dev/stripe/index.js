// Model of @convex-dev/stripe, checked against 0.1.6.
// Computes: the route of registerRoutes.
// Left out: talking to Stripe (methods that need it tell only their calls); keys are not read.
import { httpActionGeneric } from "convex/server";

export class StripeSubscriptions {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async updateSubscriptionQuantity(ctx, args) {
    await ctx.runMutation(this.component.private.updateSubscriptionQuantityInternal, args);
  }
  async cancelSubscription(ctx, args) {
    await ctx.runMutation(this.component.private.handleSubscriptionUpdated, args);
  }
  async reactivateSubscription(ctx, args) {
    await ctx.runMutation(this.component.private.handleSubscriptionUpdated, args);
  }
  async createCheckoutSession(_ctx, _args) {}
  async createCustomer(ctx, args) {
    return await ctx.runMutation(this.component.public.createOrUpdateCustomer, args);
  }
  async getOrCreateCustomer(ctx, args) {
    await ctx.runQuery(this.component.public.getCustomerByUserId, args);
    return await this.createCustomer(ctx, args);
  }
  async createCustomerPortalSession(_ctx, _args) {}
}

export async function processEvent(ctx, component, event, _stripe) {
  await ctx.runMutation(component.private.handleSubscriptionUpdated, { event });
}

export function registerRoutes(http, component, config) {
  http.route({
    path: config?.webhookPath ?? "/stripe/webhook",
    method: "POST",
    handler: httpActionGeneric(async (ctx, event) => {
      await processEvent(ctx, component, event);
      await config?.onEvent?.(ctx, event);
      await config?.events?.[event.type]?.(ctx, event);
    }),
  });
}

export default StripeSubscriptions;
