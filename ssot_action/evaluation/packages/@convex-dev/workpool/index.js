// Model of @convex-dev/workpool, checked against 0.2.10 to 0.4.12.
// Computes: the exported validators and Workpool.defineOnComplete.
// Versions: vOnComplete was another validator before 0.2.18, when a missing context was v.any();
// the validator of the work's return value came with 0.4.10.
// Left out: what the component does with the work; `status` and the batching of big argument lists.
import { createFunctionHandle, internalMutationGeneric } from "convex/server";
import { v } from "convex/values";
import { since } from "../_versions.js";

export const vWorkId = v.string();
export const vWorkIdValidator = vWorkId;
export const workIdValidator = vWorkId;

export const vRunResult = (returnValue) =>
  v.union(
    v.object({ kind: v.literal("success"), returnValue }),
    v.object({ kind: v.literal("failed"), error: v.string() }),
    v.object({ kind: v.literal("canceled") }),
  );
export const vResult = vRunResult(v.any());
export const vResultValidator = vResult;
export const resultValidator = vResult;

export const vLogLevel = v.union(
  v.literal("DEBUG"),
  v.literal("TRACE"),
  v.literal("INFO"),
  v.literal("REPORT"),
  v.literal("WARN"),
  v.literal("ERROR"),
);

export const vRetryBehavior = v.object({
  maxAttempts: v.number(),
  initialBackoffMs: v.number(),
  base: v.number(),
});
export const DEFAULT_RETRY_BEHAVIOR = { maxAttempts: 5, initialBackoffMs: 250, base: 2 };

const anythingOrNothing = v.optional(v.any());
const CONTEXT_MAY_BE_ABSENT = since("@convex-dev/workpool", "0.2.18");
const RETURN_VALUE_IS_VALIDATED = since("@convex-dev/workpool", "0.4.10");

export function vOnCompleteArgs(context, returnValue) {
  return v.object({
    workId: vWorkId,
    context: context ?? (CONTEXT_MAY_BE_ABSENT ? anythingOrNothing : v.any()),
    result: RETURN_VALUE_IS_VALIDATED
      ? vRunResult(returnValue ?? anythingOrNothing)
      : vRunResult(v.any()),
  });
}
export const vOnCompleteValidator = vOnCompleteArgs;
export const vOnComplete = CONTEXT_MAY_BE_ABSENT
  ? vOnCompleteArgs(v.any())
  : v.object({ fnHandle: v.string(), context: anythingOrNothing });

export class NonRetryableError {
  constructor(message) {
    this.message = message;
  }
}
export function isNonRetryableError(error) {
  return error instanceof NonRetryableError;
}

export async function enqueue(component, ctx, fnType, fn, fnArgs, options) {
  const fnHandle = await createFunctionHandle(fn);
  const onComplete = options?.onComplete && (await createFunctionHandle(options.onComplete));
  return await ctx.runMutation(component.lib.enqueue, { fnHandle, fnType, fnArgs, onComplete });
}

export async function enqueueBatch(component, ctx, fnType, fn, fnArgsArray, options) {
  const fnHandle = await createFunctionHandle(fn);
  const onComplete = options?.onComplete && (await createFunctionHandle(options.onComplete));
  return await ctx.runMutation(component.lib.enqueueBatch, {
    items: fnArgsArray.map((fnArgs) => ({ fnHandle, fnType, fnArgs, onComplete })),
  });
}

export class Workpool {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async enqueueAction(ctx, fn, fnArgs, options) {
    return await enqueue(this.component, ctx, "action", fn, fnArgs, options);
  }
  async enqueueActionBatch(ctx, fn, argsArray, options) {
    return await enqueueBatch(this.component, ctx, "action", fn, argsArray, options);
  }
  async enqueueMutation(ctx, fn, fnArgs, options) {
    return await enqueue(this.component, ctx, "mutation", fn, fnArgs, options);
  }
  async enqueueMutationBatch(ctx, fn, argsArray, options) {
    return await enqueueBatch(this.component, ctx, "mutation", fn, argsArray, options);
  }
  async enqueueQuery(ctx, fn, fnArgs, options) {
    return await enqueue(this.component, ctx, "query", fn, fnArgs, options);
  }
  async enqueueQueryBatch(ctx, fn, argsArray, options) {
    return await enqueueBatch(this.component, ctx, "query", fn, argsArray, options);
  }
  async cancel(ctx, id) {
    await ctx.runMutation(this.component.lib.cancel, { id });
  }
  async cancelAll(ctx, options) {
    await ctx.runMutation(this.component.lib.cancelAll, { ...options });
  }
  async status(ctx, id) {
    return await ctx.runQuery(this.component.lib.status, { id });
  }
  async statusBatch(ctx, ids) {
    return await ctx.runQuery(this.component.lib.statusBatch, { ids });
  }
  defineOnComplete({ context, handler, returnValue }) {
    return internalMutationGeneric({ args: vOnCompleteArgs(context, returnValue), handler });
  }
}
