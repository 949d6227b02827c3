// Model of convex-revenuecat, checked against 0.3.2.
// Computes: the queries of RevenueCat.api and the route of registerRoutes.
// Left out: entitlements; every query of api finds out the user first, then asks the component.
import { createFunctionHandle, httpActionGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";

const notModelled = (name) => () => unknown(`${name} of convex-revenuecat is not modelled`);
export const willRenew = notModelled("willRenew");
export const decodeSubscriberAttributes = notModelled("decodeSubscriberAttributes");

export class RevenueCat {
  constructor(component, options = {}) {
    this.component = component;
    this.options = options;
  }
  // All that is read comes from queries of the component.
  async ask(ctx, args) {
    return await ctx.runQuery(this.component.customers.get, args);
  }
  async hasEntitlement(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getActiveEntitlements(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getAllEntitlements(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getActiveSubscriptions(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getConsumables(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getAllSubscriptions(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getCustomer(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getExperiment(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getExperiments(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getTransfer(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getTransfers(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getInvoice(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getInvoices(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getVirtualCurrencyBalance(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getVirtualCurrencyBalances(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getVirtualCurrencyTransactions(ctx, args) {
    return await this.ask(ctx, args);
  }
  async isInGracePeriod(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getSubscriptionsInGracePeriod(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getEntitlement(ctx, args) {
    return await this.ask(ctx, args);
  }
  async hasAnyEntitlement(ctx, args) {
    return await this.ask(ctx, args);
  }
  async isSubscriber(ctx, args) {
    return await this.ask(ctx, args);
  }
  async isInTrial(ctx, args) {
    return await this.ask(ctx, args);
  }
  async wasInTrialEver(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getRenewsAtMs(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getExpiresAtMs(ctx, args) {
    return await this.ask(ctx, args);
  }
  async getLatestSubscription(ctx, args) {
    return await this.ask(ctx, args);
  }
  async deleteCustomer(ctx, args) {
    await this.ask(ctx, args);
    return await ctx.runMutation(this.component.customers.purge, args);
  }
  async syncSubscriber(ctx, args) {
    return await ctx.runMutation(this.component.webhooks.process, args);
  }
  api() {
    const { component } = this;
    const getAppUserId = this.options.getAppUserId;
    const handler =
      getAppUserId ??
      (async (ctx) => {
        const identity = await ctx.auth.getUserIdentity();
        return await ctx.runQuery(component.customers.get, { appUserId: identity.subject });
      });
    const query = (args, returns) => queryGeneric({ args, returns, handler });
    const queryOfAnything = (args) => queryGeneric({ args, handler });
    const entitlementId = v.string();
    const time = () => v.union(v.number(), v.null());
    return {
      getActiveEntitlements: queryOfAnything({}),
      getActiveSubscriptions: queryOfAnything({}),
      getConsumables: queryOfAnything({}),
      getAllEntitlements: queryOfAnything({}),
      getAllSubscriptions: queryOfAnything({}),
      getSubscriptionsInGracePeriod: queryOfAnything({}),
      getExperiment: queryOfAnything({ experimentId: v.string() }),
      getExperiments: queryOfAnything({}),
      getInvoices: queryOfAnything({}),
      getVirtualCurrencyBalance: queryOfAnything({ currencyCode: v.string() }),
      getVirtualCurrencyBalances: queryOfAnything({}),
      getVirtualCurrencyTransactions: queryOfAnything({ currencyCode: v.optional(v.string()) }),
      getEntitlement: queryOfAnything({ entitlementId }),
      getRenewsAtMs: query({ entitlementId }, time()),
      getExpiresAtMs: query({ entitlementId }, time()),
      getCustomer: queryOfAnything({}),
      isSubscriber: query({}, v.boolean()),
      hasAnyEntitlement: query({}, v.boolean()),
      hasEntitlement: query({ entitlementId }, v.boolean()),
      isInTrial: query({}, v.boolean()),
      wasInTrialEver: query({}, v.boolean()),
      getLatestSubscription: queryOfAnything({}),
    };
  }
  httpHandler() {
    const { component, options } = this;
    return httpActionGeneric(async (ctx) => {
      const hooks = Object.values(options.hooks ?? {});
      const handles = [];
      for (const hook of hooks) {
        handles.push(await createFunctionHandle(hook));
      }
      await ctx.runMutation(component.webhooks.process, { handles });
    });
  }
  registerRoutes(http, options = {}) {
    http.route({
      path: options.path ?? "/webhooks/revenuecat",
      method: "POST",
      handler: this.httpHandler(),
    });
  }
}
