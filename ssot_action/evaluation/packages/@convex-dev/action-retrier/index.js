// Model of @convex-dev/action-retrier, checked against 0.3.1.
// Computes: the exported validators. It registers no functions.
import { createFunctionHandle } from "convex/server";
import { v } from "convex/values";

export const runIdValidator = v.string();
export const runResultValidator = v.union(
  v.object({ type: v.literal("success"), returnValue: v.any() }),
  v.object({ type: v.literal("failed"), error: v.string() }),
  v.object({ type: v.literal("canceled") }),
);
export const onCompleteValidator = v.object({
  runId: runIdValidator,
  result: runResultValidator,
});

export class ActionRetrier {
  constructor(component, options) {
    this.component = component;
    this.options = {
      initialBackoffMs: options?.initialBackoffMs ?? 250,
      base: options?.base ?? 2,
      maxFailures: options?.maxFailures ?? 4,
      logLevel: options?.logLevel ?? "INFO",
    };
  }
  async run(ctx, reference, args, options) {
    const functionHandle = await createFunctionHandle(reference);
    const onComplete = options?.onComplete && (await createFunctionHandle(options.onComplete));
    return await ctx.runMutation(this.component.public.start, {
      functionHandle,
      functionArgs: args ?? {},
      onComplete,
    });
  }
  async runAt(ctx, _runAtTimestampMs, reference, args, options) {
    return await this.run(ctx, reference, args, options);
  }
  async runAfter(ctx, _runAfterMs, reference, args, options) {
    return await this.run(ctx, reference, args, options);
  }
  async status(ctx, runId) {
    return await ctx.runQuery(this.component.public.status, { runId });
  }
  async cancel(ctx, runId) {
    await ctx.runMutation(this.component.public.cancel, { runId });
  }
  async cleanup(ctx, runId) {
    await ctx.runMutation(this.component.public.cleanup, { runId });
  }
}
