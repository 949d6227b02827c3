// Model of @convex-dev/polar, checked against 0.8.1 to 0.9.2.
// Computes: subscriptionValidator, the functions of Polar.api, the webhook's route.
// Versions: the arguments locale and returnUrl came with 0.9.
// Left out: talking to Polar (methods that need it tell only their calls); tokens are not read.
import { actionGeneric, httpActionGeneric, queryGeneric } from "convex/server";
import { v as values } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const v = since("@convex-dev/polar", "0.8.0")
  ? values
  : unknown("@convex-dev/polar before 0.8 is not modelled");
const V9 = since("@convex-dev/polar", "0.9.0");

const nullable = (validator) => v.union(validator, v.null());
const maybeNull = (validator) => v.optional(nullable(validator));
const freeForm = () => v.record(v.string(), v.any());

const subscription = {
  id: v.string(),
  customerId: v.string(),
  createdAt: v.string(),
  modifiedAt: nullable(v.string()),
  amount: nullable(v.number()),
  currency: nullable(v.string()),
  recurringInterval: nullable(v.string()),
  status: v.string(),
  currentPeriodStart: v.string(),
  currentPeriodEnd: nullable(v.string()),
  cancelAtPeriodEnd: v.boolean(),
  startedAt: nullable(v.string()),
  endedAt: nullable(v.string()),
  productId: v.string(),
  priceId: v.optional(v.string()),
  checkoutId: nullable(v.string()),
  metadata: freeForm(),
  customerCancellationReason: maybeNull(v.string()),
  customerCancellationComment: maybeNull(v.string()),
  discountId: maybeNull(v.string()),
  canceledAt: maybeNull(v.string()),
  endsAt: maybeNull(v.string()),
  recurringIntervalCount: v.optional(v.number()),
  trialStart: maybeNull(v.string()),
  trialEnd: maybeNull(v.string()),
  seats: maybeNull(v.number()),
  customFieldData: v.optional(freeForm()),
};
export const subscriptionValidator = v.object(subscription);

const price = v.object({
  id: v.string(),
  createdAt: v.string(),
  modifiedAt: nullable(v.string()),
  amountType: v.optional(v.string()),
  isArchived: v.boolean(),
  productId: v.string(),
  priceCurrency: v.optional(v.string()),
  priceAmount: v.optional(v.number()),
  type: v.optional(v.string()),
  recurringInterval: maybeNull(v.string()),
  source: v.optional(v.string()),
  maximumAmount: maybeNull(v.number()),
  minimumAmount: maybeNull(v.number()),
  presetAmount: maybeNull(v.number()),
  seatTiers: v.optional(
    v.array(
      v.object({ minSeats: v.number(), maxSeats: nullable(v.number()), pricePerSeat: v.number() }),
    ),
  ),
  unitAmount: v.optional(v.string()),
  capAmount: maybeNull(v.number()),
  meterId: v.optional(v.string()),
  meter: v.optional(v.object({ id: v.string(), name: v.string() })),
});
const benefit = v.object({
  id: v.string(),
  createdAt: v.string(),
  modifiedAt: nullable(v.string()),
  type: v.string(),
  description: v.string(),
  selectable: v.boolean(),
  deletable: v.boolean(),
  organizationId: v.string(),
  metadata: v.optional(freeForm()),
  properties: v.optional(v.any()),
});
const media = v.object({
  id: v.string(),
  organizationId: v.string(),
  name: v.string(),
  path: v.string(),
  mimeType: v.string(),
  size: v.number(),
  storageVersion: nullable(v.string()),
  checksumEtag: nullable(v.string()),
  checksumSha256Base64: nullable(v.string()),
  checksumSha256Hex: nullable(v.string()),
  createdAt: v.string(),
  lastModifiedAt: nullable(v.string()),
  version: nullable(v.string()),
  service: v.optional(v.string()),
  isUploaded: v.boolean(),
  sizeReadable: v.string(),
  publicUrl: v.string(),
});
const product = v.object({
  id: v.string(),
  createdAt: v.string(),
  modifiedAt: nullable(v.string()),
  name: v.string(),
  description: nullable(v.string()),
  recurringInterval: maybeNull(v.string()),
  isRecurring: v.boolean(),
  isArchived: v.boolean(),
  organizationId: v.string(),
  metadata: v.optional(freeForm()),
  prices: v.array(price),
  benefits: v.optional(v.array(benefit)),
  medias: v.array(media),
  trialInterval: maybeNull(v.string()),
  trialIntervalCount: maybeNull(v.number()),
  recurringIntervalCount: maybeNull(v.number()),
});

export class Polar {
  constructor(component, config) {
    this.component = component;
    this.config = config;
    this.products = config.products ?? {};
  }
  async getCustomerByUserId(ctx, userId) {
    return await ctx.runQuery(this.component.lib.getCustomerByUserId, { userId });
  }
  async syncProducts(ctx) {
    await ctx.runAction(this.component.lib.syncProducts, {});
  }
  async createCheckoutSession(ctx, { userId }) {
    await ctx.runQuery(this.component.lib.getCustomerByUserId, { userId });
    return await ctx.runMutation(this.component.lib.insertCustomer, { userId });
  }
  async createCustomerPortalSession(ctx, { userId }) {
    return await ctx.runQuery(this.component.lib.getCustomerByUserId, { userId });
  }
  async listProducts(ctx, options) {
    return await ctx.runQuery(this.component.lib.listProducts, { ...options });
  }
  async getCurrentSubscription(ctx, { userId }) {
    return await ctx.runQuery(this.component.lib.getCurrentSubscription, { userId });
  }
  async listAllUserSubscriptions(ctx, { userId }) {
    return await ctx.runQuery(this.component.lib.listAllUserSubscriptions, { userId });
  }
  async getProduct(ctx, { productId }) {
    return await ctx.runQuery(this.component.lib.getProduct, { id: productId });
  }
  async changeSubscription(ctx, _options) {
    const { userId } = await this.config.getUserInfo(ctx);
    return await this.getCurrentSubscription(ctx, { userId });
  }
  async cancelSubscription(ctx, _options) {
    const { userId } = await this.config.getUserInfo(ctx);
    return await this.getCurrentSubscription(ctx, { userId });
  }
  api() {
    const getUserInfo = this.config.getUserInfo ?? (async () => {});
    return {
      changeCurrentSubscription: actionGeneric({
        args: { productId: v.string() },
        handler: getUserInfo,
      }),
      cancelCurrentSubscription: actionGeneric({
        args: { revokeImmediately: v.optional(v.boolean()) },
        handler: getUserInfo,
      }),
      getConfiguredProducts: queryGeneric({
        args: {},
        handler: async (ctx) => await this.listProducts(ctx),
      }),
      listAllProducts: queryGeneric({
        args: {},
        handler: async (ctx) => await this.listProducts(ctx),
      }),
      listAllSubscriptions: queryGeneric({
        args: {},
        returns: v.array(v.object({ ...subscription, product: nullable(product) })),
        handler: getUserInfo,
      }),
      generateCheckoutLink: actionGeneric({
        args: {
          productIds: v.array(v.string()),
          origin: v.string(),
          successUrl: v.string(),
          subscriptionId: v.optional(v.string()),
          metadata: v.optional(v.record(v.string(), v.string())),
          trialInterval: maybeNull(v.string()),
          trialIntervalCount: maybeNull(v.number()),
          ...(V9 ? { locale: v.optional(v.string()) } : {}),
        },
        returns: v.object({ url: v.string() }),
        handler: getUserInfo,
      }),
      generateCustomerPortalUrl: actionGeneric({
        args: V9 ? { returnUrl: v.optional(v.string()) } : {},
        returns: v.object({ url: v.string() }),
        handler: getUserInfo,
      }),
    };
  }
  checkoutApi() {
    return this.api();
  }
  registerRoutes(http, options = {}) {
    const { path = "/polar/events" } = options;
    const { lib } = this.component;
    http.route({
      path,
      method: "POST",
      handler: httpActionGeneric(async (ctx, event) => {
        await ctx.runMutation(lib.updateSubscription, {});
        await ctx.runMutation(lib.updateProduct, {});
        await options.onSubscriptionCreated?.(ctx, event);
        await options.onSubscriptionUpdated?.(ctx, event);
        await options.onProductCreated?.(ctx, event);
        await options.onProductUpdated?.(ctx, event);
        await options.events?.[event.type]?.(ctx, event);
      }),
    });
  }
}
