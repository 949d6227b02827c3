// Model of @convex-dev/batch-worker, checked against 0.2.0 to 0.3.3.
// Versions: cursors, and defineBatchWorkerValidators with them, came with 0.3.
// Computes: the validators for a batch's query and mutation. It registers no functions.
import { createFunctionHandle } from "convex/server";
import { asObjectValidator, v } from "convex/values";
import { since } from "../_versions.js";

export const vDefaultCursor = v.commitTs();

const HAS_CURSOR = since("@convex-dev/batch-worker", "0.3.0");
const cursorField = (cursor) => (HAS_CURSOR ? { cursor: v.optional(cursor) } : {});

const queryArgs = (cursor) => v.object({ name: v.string(), ...cursorField(cursor) });
const queryResult = (batch, cursor) =>
  v.union(
    v.object({
      kind: v.optional(v.literal("work")),
      batch: asObjectValidator(batch),
      ...cursorField(cursor),
    }),
    v.object({
      kind: v.literal("idle"),
      cooldownMs: v.optional(v.number()),
      pollIntervalMs: v.optional(v.number()),
      timeoutMs: v.optional(v.number()),
    }),
  );
const mutationResult = (cursor) =>
  v.union(
    v.null(),
    v.object({ debounceMs: v.optional(v.number()), ...cursorField(cursor) }),
  );

export const vBatchQueryArgs = queryArgs(vDefaultCursor);
export const vBatchResult = (batch) => queryResult(batch, vDefaultCursor);
export const vWorkerResult = mutationResult(vDefaultCursor);

export function defineBatchWorkerValidators({ batch, cursor = vDefaultCursor }) {
  return {
    vQueryArgs: queryArgs(cursor),
    vQueryReturns: queryResult(batch, cursor),
    vMutationArgs: asObjectValidator(batch),
    vMutationReturns: mutationResult(cursor),
  };
}

export async function ping(ctx, component, { name, workQuery, workerMutation, config }) {
  const query = await createFunctionHandle(workQuery);
  const mutation = await createFunctionHandle(workerMutation);
  await ctx.runMutation(component.lib.ping, { name, query, mutation, config });
}
