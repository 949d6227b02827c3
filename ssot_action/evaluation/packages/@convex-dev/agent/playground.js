// Part of the model of @convex-dev/agent (0.2.10 to 0.7.3): the functions of definePlaygroundAPI.
import {
  actionGeneric,
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";
import {
  vContextOptions,
  vMessage,
  vMessageDoc,
  vPaginationResult,
  vStorageOptions,
  vStreamArgs,
  vStreamDelta,
  vStreamMessage,
  vThreadDoc,
} from "./validators.js";

export const vStreamMessagesReturnValue = v.object({
  ...vPaginationResult(vMessageDoc).fields,
  streams: v.optional(
    v.union(
      v.object({ kind: v.literal("list"), messages: v.array(vStreamMessage) }),
      v.object({ kind: v.literal("deltas"), deltas: v.array(vStreamDelta) }),
    ),
  ),
});

export function definePlaygroundAPI(component, { agents, userNameLookup }) {
  const apiKey = v.string();
  const optional = () => v.optional(v.string());
  const asks = (reference) => async (ctx, args) => {
    await ctx.runQuery(component.apiKeys.validate, { apiKey: args.apiKey });
    return await ctx.runQuery(reference, args);
  };
  const generates = async (ctx) => {
    await ctx.runMutation(component.messages.addMessages, {});
  };
  const withAgents = (other) => (typeof agents === "function" ? agents : other);
  return {
    isApiKeyValid: queryGeneric({
      args: { apiKey },
      returns: v.boolean(),
      handler: asks(component.apiKeys.validate),
    }),
    listUsers: queryGeneric({
      args: { apiKey, paginationOpts: paginationOptsValidator },
      returns: vPaginationResult(v.object({ _id: v.string(), name: v.string() })),
      handler: userNameLookup ?? asks(component.users.listUsersWithThreads),
    }),
    listThreads: queryGeneric({
      args: { apiKey, userId: optional(), paginationOpts: paginationOptsValidator },
      returns: vPaginationResult(
        v.object({
          ...vThreadDoc.fields,
          lastAgentName: optional(),
          latestMessage: optional(),
          lastMessageAt: v.optional(v.number()),
        }),
      ),
      handler: asks(component.threads.listThreadsByUserId),
    }),
    listMessages: queryGeneric({
      args: {
        apiKey,
        threadId: v.string(),
        paginationOpts: paginationOptsValidator,
        streamArgs: vStreamArgs,
      },
      returns: vStreamMessagesReturnValue,
      handler: asks(component.messages.listMessagesByThreadId),
    }),
    listAgents: queryGeneric({
      args: { apiKey, userId: optional(), threadId: optional() },
      handler: withAgents(asks(component.apiKeys.validate)),
    }),
    createThread: mutationGeneric({
      args: {
        apiKey,
        userId: v.string(),
        title: optional(),
        summary: optional(),
        agentName: optional(),
      },
      returns: v.object({ threadId: v.string() }),
      handler: async (ctx, args) => await ctx.runMutation(component.threads.createThread, args),
    }),
    generateText: actionGeneric({
      args: {
        apiKey,
        agentName: v.string(),
        userId: v.string(),
        threadId: v.string(),
        contextOptions: v.optional(vContextOptions),
        storageOptions: v.optional(vStorageOptions),
        prompt: optional(),
        messages: v.optional(v.array(vMessage)),
        system: optional(),
      },
      returns: v.object({ text: v.string(), messages: v.array(vMessageDoc) }),
      handler: withAgents(generates),
    }),
    fetchPromptContext: actionGeneric({
      args: {
        apiKey,
        agentName: v.string(),
        userId: optional(),
        threadId: optional(),
        searchText: optional(),
        targetMessageId: optional(),
        contextOptions: vContextOptions,
        messages: v.optional(v.array(vMessage)),
        beforeMessageId: optional(),
      },
      handler: withAgents(asks(component.apiKeys.validate)),
    }),
  };
}
