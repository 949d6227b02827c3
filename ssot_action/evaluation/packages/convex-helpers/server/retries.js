// Models: convex-helpers/server/retries. Checked against: 0.1.124.
// Left out: when `retry` runs the action again (it only reads the job and schedules).

import { getFunctionName, internalMutationGeneric, makeFunctionReference } from "convex/server";
import { v } from "convex/values";

export function makeActionRetrier(retryFnName, _options) {
  const retryRef = makeFunctionReference(retryFnName);
  const retry = internalMutationGeneric({
    args: {
      job: v.optional(v.id("_scheduled_functions")),
      action: v.string(),
      actionArgs: v.any(),
      waitBackoff: v.number(),
      retryBackoff: v.number(),
      base: v.number(),
      maxFailures: v.number(),
    },
    handler: async (ctx, args) => {
      const action = makeFunctionReference(args.action);
      const job = args.job ?? (await ctx.scheduler.runAfter(0, action, args.actionArgs));
      await ctx.db.system.get("_scheduled_functions", job);
      await ctx.scheduler.runAfter(args.waitBackoff, retryRef, { ...args, job });
    },
  });
  const runWithRetries = async (ctx, action, actionArgs, options) => {
    const args = { action: getFunctionName(action), actionArgs, ...options };
    await ctx.scheduler.runAfter(0, retryRef, args);
  };
  return { runWithRetries, retry };
}

export const withJitter = (delay) => delay * (0.5 + Math.random());
