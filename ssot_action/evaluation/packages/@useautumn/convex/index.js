// Model of @useautumn/convex, checked against 0.0.12 to 0.0.23.
// Computes: the actions of Autumn.api.
// Versions: checkoutSessionParams was v.object({}) before 0.0.14; the events, and checkout of
// several products or with a free trial, came with 0.0.23.
// Left out: talking to Autumn. Every action asks the user's `identify` first: it is the handler.
import { actionGeneric } from "convex/server";
import { v as values } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../../@convex-dev/_versions.js";

const v = since("@useautumn/convex", "0.0.12")
  ? values
  : unknown("@useautumn/convex before 0.0.12 is not modelled");
const HAS_EVENTS = since("@useautumn/convex", "0.0.23");

const text = () => v.optional(v.string());
const number = () => v.optional(v.number());
const flag = () => v.optional(v.boolean());
const anything = () => v.optional(v.any());
const freeForm = () => v.optional(v.record(v.string(), v.any()));
const oneOf = (...values) => v.union(...values.map((value) => v.literal(value)));

const customerData = v.optional(
  v.object({ name: text(), email: text(), fingerprint: text() }),
);
const featureOptions = v.optional(
  v.array(v.object({ featureId: v.string(), quantity: v.number() })),
);
const featureIds = v.union(v.string(), v.array(v.string()));
const expand = v.optional(
  v.array(
    oneOf("payment_method", "invoices", "rewards", "trials_used", "entities", "referrals"),
  ),
);

const checkoutSessionParams = since("@useautumn/convex", "0.0.14")
  ? freeForm()
  : v.optional(v.object({}));

const args = {
  track: {
    featureId: text(),
    value: number(),
    entityId: text(),
    eventName: text(),
    idempotencyKey: text(),
    customerData,
    entityData: anything(),
    properties: freeForm(),
  },
  check: {
    productId: text(),
    featureId: text(),
    requiredBalance: number(),
    sendEvent: flag(),
    withPreview: flag(),
    entityId: text(),
    customerData,
    entityData: anything(),
  },
  attach: {
    productId: text(),
    productIds: v.optional(v.array(v.string())),
    entityId: text(),
    options: featureOptions,
    freeTrial: flag(),
    successUrl: text(),
    metadata: v.optional(v.object({})),
    forceCheckout: flag(),
    customerData,
    entityData: anything(),
    checkoutSessionParams,
    reward: text(),
    invoice: flag(),
  },
  checkout: {
    ...(HAS_EVENTS
      ? { productId: text(), productIds: v.optional(v.array(v.string())) }
      : { productId: v.string() }),
    entityId: text(),
    options: featureOptions,
    forceCheckout: flag(),
    invoice: flag(),
    successUrl: text(),
    customerData,
    entityData: anything(),
    checkoutSessionParams,
    reward: text(),
    ...(HAS_EVENTS ? { freeTrial: flag() } : {}),
  },
  createCustomer: { expand, errorOnNotFound: flag() },
  listProducts: {},
  usage: { featureId: v.string(), value: v.number(), customerData },
  query: {
    featureId: featureIds,
    range: v.optional(oneOf("24h", "7d", "30d", "90d", "last_cycle")),
    customerData,
  },
  cancel: {
    productId: v.string(),
    entityId: text(),
    cancelImmediately: flag(),
    customerData,
  },
  setupPayment: { successUrl: text(), checkoutSessionParams, customerData },
  billingPortal: { returnUrl: text() },
  createReferralCode: { programId: v.string() },
  redeemReferralCode: { code: v.string() },
  createEntity: { name: text(), featureId: v.string(), id: text() },
  getEntity: {
    entityId: v.string(),
    expand: v.optional(v.array(v.literal("invoices"))),
  },
  listEvents: {
    customerId: text(),
    featureId: featureIds,
    offset: number(),
    limit: number(),
    customRange: v.optional(v.object({ start: number(), end: number() })),
  },
  aggregateEvents: {
    customerId: text(),
    featureId: featureIds,
    groupBy: text(),
    range: v.optional(oneOf("24h", "7d", "30d", "90d", "last_cycle", "1bc", "3bc")),
    binSize: v.optional(oneOf("day", "hour")),
    customRange: v.optional(v.object({ start: v.number(), end: v.number() })),
  },
};

export class Autumn {
  constructor(component, options) {
    this.component = component;
    this.options = options;
    const request = async (ctx) => await this.request(ctx);
    this.customers = {
      get: request,
      update: request,
      delete: request,
      create: request,
      billingPortal: request,
    };
    this.entities = { get: request, create: request, delete: request };
    this.products = { get: request, list: request };
    this.referrals = { createCode: request, redeemCode: request };
    this.events = { list: request, aggregate: request };
  }
  async request(ctx) {
    await this.options.identify(ctx);
    return unknown("an answer of Autumn");
  }
  async getIdentifierOpts(ctx) {
    return await this.options.identify(ctx);
  }
  async getAuthParams({ ctx }) {
    return await this.request(ctx);
  }
  async track(ctx, _args) {
    return await this.request(ctx);
  }
  async check(ctx, _args) {
    return await this.request(ctx);
  }
  async attach(ctx, _args) {
    return await this.request(ctx);
  }
  async checkout(ctx, _args) {
    return await this.request(ctx);
  }
  api() {
    const handler = this.options.identify ?? (async () => {});
    const action = (fields) => actionGeneric({ args: fields, handler });
    return {
      track: action(args.track),
      check: action(args.check),
      attach: action(args.attach),
      checkout: action(args.checkout),
      createCustomer: action(args.createCustomer),
      listProducts: action(args.listProducts),
      usage: action(args.usage),
      query: action(args.query),
      cancel: action(args.cancel),
      setupPayment: action(args.setupPayment),
      billingPortal: action(args.billingPortal),
      createReferralCode: action(args.createReferralCode),
      redeemReferralCode: action(args.redeemReferralCode),
      createEntity: action(args.createEntity),
      getEntity: action(args.getEntity),
      ...(HAS_EVENTS
        ? {
            listEvents: action(args.listEvents),
            aggregateEvents: action(args.aggregateEvents),
          }
        : {}),
    };
  }
}
