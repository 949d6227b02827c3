// Model of @convex-dev/rate-limiter, checked against 0.2.9 to 0.4.0.
// Computes: the time constants, RateLimiter.hookAPI's query and mutation.
// Left out: the arithmetic of limits (calculateRateLimit is unknown when called).
// Versions: applyUpdates in a limit's configuration came with 0.4.0, getRateLimit's argument config
// with 0.2.11.
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

const limitConfig = (kind, start) =>
  v.object({
    kind: v.literal(kind),
    rate: v.number(),
    period: v.number(),
    capacity: v.optional(v.number()),
    maxReserved: v.optional(v.number()),
    shards: v.optional(v.number()),
    ...(since("@convex-dev/rate-limiter", "0.4.0")
      ? {
          applyUpdates: v.optional(
            v.union(v.literal("transactionally"), v.literal("asynchronously")),
          ),
        }
      : {}),
    start: v.optional(start),
  });
const config = v.union(
  limitConfig("token bucket", v.null()),
  limitConfig("fixed window", v.number()),
);

export function isRateLimitError(error) {
  return error?.data?.kind === "RateLimited";
}

export function calculateRateLimit() {
  return unknown("calculateRateLimit of @convex-dev/rate-limiter is not modelled");
}

export class RateLimiter {
  constructor(component, limits) {
    this.component = component;
    this.limits = limits;
  }
  async check(ctx, name, options) {
    return await ctx.runQuery(this.component.lib.checkRateLimit, { ...options, name });
  }
  async limit(ctx, name, options) {
    return await ctx.runMutation(this.component.lib.rateLimit, { ...options, name });
  }
  async reset(ctx, name, args) {
    await ctx.runMutation(this.component.lib.resetRateLimit, { ...args, name });
  }
  async getValue(ctx, name, options) {
    return await ctx.runQuery(this.component.lib.getValue, { ...options, name });
  }
  hookAPI(name, options) {
    const { component } = this;
    const key = options?.key;
    return {
      getRateLimit: queryGeneric({
        args: v.object({
          name: v.optional(v.string()),
          key: v.optional(v.string()),
          sampleShards: v.optional(v.number()),
          ...(since("@convex-dev/rate-limiter", "0.2.11") ? { config: v.optional(config) } : {}),
        }),
        returns: v.object({
          value: v.number(),
          ts: v.number(),
          shard: v.number(),
          config,
        }),
        handler:
          typeof key === "function"
            ? key
            : async (ctx, args) =>
                await ctx.runQuery(component.lib.getValue, { ...args, key, name }),
      }),
      getServerTime: mutationGeneric({
        args: {},
        returns: v.number(),
        handler: async () => Date.now(),
      }),
    };
  }
}

export default RateLimiter;
