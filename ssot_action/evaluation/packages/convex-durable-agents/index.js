// Model of convex-durable-agents, checked against 0.2.6.
// Computes: the functions of defineAgentApi and defineInternalAgentApi, the action of
// streamHandlerAction, the mutation of createWorkpoolBridge.
// Left out: language models and the parameters of tools.
import {
  createFunctionHandle,
  internalActionGeneric,
  internalMutationGeneric,
  internalQueryGeneric,
  mutationGeneric,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";

const literals = (...values) => v.union(...values.map((value) => v.literal(value)));
const text = () => v.optional(v.string());

const thread = v.object({
  _id: v.string(),
  _creationTime: v.number(),
  status: literals("streaming", "awaiting_tool_results", "completed", "failed", "stopped"),
  stopSignal: v.boolean(),
  streamId: v.optional(v.union(v.string(), v.null())),
  streamFnHandle: v.string(),
  workpoolEnqueueAction: text(),
  toolExecutionWorkpoolEnqueueAction: text(),
  retryState: v.optional(
    v.object({
      scope: v.literal("stream"),
      attempt: v.number(),
      maxAttempts: v.number(),
      nextRetryAt: v.number(),
      error: v.string(),
      kind: text(),
      retryable: v.boolean(),
      requiresExplicitHandling: v.boolean(),
      retryFnId: text(),
    }),
  ),
});

function agentApi(component, streamHandler, query, mutation, options) {
  const threadId = v.string();
  const authorize = async (ctx, args) => {
    await options?.authorizationCallback?.(ctx, args.threadId);
  };
  const run = (reference) => async (ctx, args) => {
    await authorize(ctx, args);
    return await ctx.runMutation(reference, args);
  };
  const resume = async (ctx, args) => {
    await authorize(ctx, args);
    await ctx.runQuery(component.threads.get, args);
    await ctx.runMutation(component.messages.add, args);
    await ctx.scheduler.runAfter(0, component.agent.continueStream, args);
  };
  return {
    createThread: mutation({
      args: {
        prompt: text(),
        messages: v.optional(
          v.array(
            v.object({
              role: literals("system", "user", "assistant", "tool"),
              content: v.union(v.string(), v.array(v.any())),
            }),
          ),
        ),
        autoStart: v.optional(v.boolean()),
      },
      returns: v.string(),
      handler: async (ctx, args) => {
        const streamFnHandle = await createFunctionHandle(streamHandler);
        await ctx.runMutation(component.threads.create, { ...args, streamFnHandle });
      },
    }),
    sendMessage: mutation({
      args: { threadId, prompt: v.string() },
      returns: v.null(),
      handler: resume,
    }),
    addMessage: mutation({
      args: {
        threadId,
        msg: v.object({
          role: literals("system", "user", "assistant"),
          metadata: v.optional(v.any()),
          parts: v.array(v.any()),
          id: text(),
        }),
      },
      returns: v.union(v.string(), v.null()),
      handler: run(component.messages.add),
    }),
    resumeThread: mutation({
      args: { threadId, prompt: text() },
      returns: v.null(),
      handler: resume,
    }),
    stopThread: mutation({
      args: { threadId },
      returns: v.null(),
      handler: run(component.threads.setStopSignal),
    }),
    getThread: query({
      args: { threadId },
      returns: v.union(thread, v.null()),
      handler: async (ctx, args) => {
        await authorize(ctx, args);
        return await ctx.runQuery(component.threads.get, args);
      },
    }),
    listMessages: query({
      args: { threadId },
      handler: async (ctx, args) => {
        await authorize(ctx, args);
        return await ctx.runQuery(component.messages.list, args);
      },
    }),
    streamUpdates: query({
      args: { threadId, fromSeq: v.optional(v.number()) },
      handler: async (ctx, args) =>
        await ctx.runQuery(component.streams.queryStreamingMessageUpdates, args),
    }),
    listThreads: query({
      args: { limit: v.optional(v.number()) },
      handler: async (ctx, args) => await ctx.runQuery(component.threads.list, args),
    }),
    deleteThread: mutation({
      args: { threadId },
      returns: v.null(),
      handler: run(component.threads.remove),
    }),
    addToolResult: mutation({
      args: { threadId, toolCallId: v.string(), result: v.any() },
      returns: v.null(),
      handler: async (ctx, args) => await ctx.runMutation(component.tool_calls.addToolResult, args),
    }),
    addToolError: mutation({
      args: { threadId, toolCallId: v.string(), error: v.string() },
      returns: v.null(),
      handler: async (ctx, args) => await ctx.runMutation(component.tool_calls.addToolError, args),
    }),
  };
}

export function defineAgentApi(component, streamHandler, options) {
  return agentApi(component, streamHandler, queryGeneric, mutationGeneric, options);
}
export function defineInternalAgentApi(component, streamHandler, options) {
  return agentApi(component, streamHandler, internalQueryGeneric, internalMutationGeneric, options);
}

export function streamHandlerAction(component, argsOrFactory) {
  return internalActionGeneric({
    args: { threadId: v.string(), streamId: v.string() },
    returns: v.null(),
    handler:
      typeof argsOrFactory === "function"
        ? argsOrFactory
        : async (ctx) => {
            await ctx.runMutation(component.tool_calls.scheduleToolCall, {});
          },
  });
}

export function createWorkpoolBridge(workpool) {
  return {
    enqueueWorkpoolAction: internalMutationGeneric({
      args: { action: v.string(), args: v.any() },
      returns: v.null(),
      handler: async (ctx, { action, args }) => {
        await workpool.enqueueAction(ctx, action, args);
      },
    }),
  };
}

export function createActionTool({ description, handler }) {
  return { type: "sync", description, handler };
}
export function createAsyncTool({ description, callback }) {
  return { type: "async", description, callback };
}
