// Model of @convex-dev/ratelimiter, checked against 0.1.7: the older name of
// @convex-dev/rate-limiter. It registers no functions.
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function isRateLimitError(error) {
  return error?.data?.kind === "RateLimited";
}

export class RateLimiter {
  constructor(component, limits) {
    this.component = component;
    this.limits = limits;
  }
  async check(ctx, name, options) {
    return await ctx.runQuery(this.component.public.checkRateLimit, { ...options, name });
  }
  async limit(ctx, name, options) {
    return await ctx.runMutation(this.component.public.rateLimit, { ...options, name });
  }
  async reset(ctx, name, args) {
    await ctx.runMutation(this.component.public.resetRateLimit, { ...args, name });
  }
}

export default RateLimiter;
