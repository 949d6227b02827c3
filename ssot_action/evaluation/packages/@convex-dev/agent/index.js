// Model of @convex-dev/agent, checked against 0.2.10 to 0.7.3.
// Computes: the exported validators; the functions that Agent.asTextAction, asObjectAction,
// asSaveMessagesMutation and createThreadMutation register; definePlaygroundAPI.
// Left out: language models and the AI SDK. Tools and agents are plain objects here, and methods
// tell only which of the component's functions they call.
import { internalActionGeneric, internalMutationGeneric } from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";
import {
  vMessageEmbeddings,
  vMessageWithMetadata,
  vSafeObjectArgs,
  vTextArgs,
} from "./validators.js";

export {
  vAssistantMessage,
  vContent,
  vContextOptions,
  vMessage,
  vMessageDoc,
  vPaginationResult,
  vProviderMetadata,
  vSource,
  vStorageOptions,
  vStreamArgs,
  vSystemMessage,
  vThreadDoc,
  vToolMessage,
  vUsage,
  vUserMessage,
} from "./validators.js";
export { definePlaygroundAPI, vStreamMessagesReturnValue } from "./playground.js";

const notModelled = (name) => () => unknown(`${name} of @convex-dev/agent is not modelled`);

// Conditions for `stopWhen`, made when an agent is defined, used when it runs.
export const stepCountIs = () => notModelled("a stop condition");
export const isStepCount = stepCountIs;
export const hasSuccessfulToolCall = stepCountIs;

export const mockModel = () => ({ provider: "mock", modelId: "mock" });
export const DEFAULT_STREAMING_OPTIONS = {
  throttleMs: 250,
  returnImmediately: false,
};

export const docsToModelMessages = notModelled("docsToModelMessages");
export const toModelMessage = notModelled("toModelMessage");
export const deserializeMessage = toModelMessage;
export const guessMimeType = notModelled("guessMimeType");
export const serializeDataOrUrl = notModelled("serializeDataOrUrl");
export const serializeMessage = notModelled("serializeMessage");
export const toUIFilePart = notModelled("toUIFilePart");
export const toUIMessages = notModelled("toUIMessages");
export const fromUIMessages = notModelled("fromUIMessages");
export const extractText = notModelled("extractText");
export const isTool = notModelled("isTool");
export const sorted = notModelled("sorted");
export const filterOutOrphanedToolMessages = notModelled("filterOutOrphanedToolMessages");
export const compressUIMessageChunks = notModelled("compressUIMessageChunks");
export const embedMany = notModelled("embedMany");

export function createTool(definition) {
  return { type: "function", ...definition };
}

export async function getFile(ctx, component, fileId) {
  return await ctx.runQuery(component.files.get, { fileId });
}
export async function storeFile(ctx, component, _blob, _options) {
  return await ctx.runMutation(component.files.addFile, {});
}
export async function listMessages(ctx, component, args) {
  return await ctx.runQuery(component.messages.listMessagesByThreadId, args);
}
export const listUIMessages = listMessages;
export async function saveMessages(ctx, component, args) {
  return await ctx.runMutation(component.messages.addMessages, args);
}
export const saveMessage = saveMessages;
export async function fetchContextMessages(ctx, component, args) {
  return await ctx.runQuery(component.messages.listMessagesByThreadId, args);
}
export const fetchContextWithPrompt = fetchContextMessages;
export async function generateAndSaveEmbeddings(ctx, _args, component, _messages) {
  await ctx.runMutation(component.vector.index.insertBatch, {});
}
export const embedMessages = notModelled("embedMessages");
export async function startGeneration(ctx, component, args) {
  return await fetchContextMessages(ctx, component, args);
}
export async function abortStream(ctx, component, args) {
  return await ctx.runMutation(component.streams.abort, args);
}
export async function listStreams(ctx, component, args) {
  return await ctx.runQuery(component.streams.list, args);
}
export async function syncStreams(ctx, component, args) {
  await ctx.runQuery(component.streams.list, args);
  return await ctx.runQuery(component.streams.listDeltas, args);
}
export async function createThread(ctx, component, args) {
  return await ctx.runMutation(component.threads.createThread, { ...args });
}
export async function getThreadMetadata(ctx, component, args) {
  return await ctx.runQuery(component.threads.getThread, args);
}
export async function searchThreadTitles(ctx, component, args) {
  return await ctx.runQuery(component.threads.searchThreadTitles, args);
}
export async function updateThreadMetadata(ctx, component, args) {
  return await ctx.runMutation(component.threads.updateThread, args);
}

export class DeltaStreamer {
  constructor(component, ctx, config, metadata) {
    this.component = component;
    this.ctx = ctx;
    this.config = config;
    this.metadata = metadata;
  }
}

export class Agent {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async createThread(ctx, args) {
    return await createThread(ctx, this.component, args);
  }
  async continueThread(ctx, args) {
    return await this.getThreadMetadata(ctx, args);
  }
  async start(ctx, args) {
    return await startGeneration(ctx, this.component, args);
  }
  async generateText(ctx, threadOpts) {
    await this.start(ctx, threadOpts);
    return await this.saveMessages(ctx, threadOpts);
  }
  async streamText(ctx, threadOpts) {
    await this.start(ctx, threadOpts);
    return await this.saveMessages(ctx, threadOpts);
  }
  async generateObject(ctx, threadOpts) {
    await this.start(ctx, threadOpts);
    return await this.saveMessages(ctx, threadOpts);
  }
  async streamObject(ctx, threadOpts) {
    await this.start(ctx, threadOpts);
    return await this.saveMessages(ctx, threadOpts);
  }
  async saveMessage(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async saveMessages(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async saveStep(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async saveObject(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async listMessages(ctx, args) {
    return await listMessages(ctx, this.component, args);
  }
  async syncStreams(ctx, args) {
    return await syncStreams(ctx, this.component, args);
  }
  async fetchContextMessages(ctx, args) {
    return await fetchContextMessages(ctx, this.component, args);
  }
  async getThreadMetadata(ctx, args) {
    return await getThreadMetadata(ctx, this.component, args);
  }
  async updateThreadMetadata(ctx, args) {
    return await updateThreadMetadata(ctx, this.component, args);
  }
  async generateEmbeddings(_ctx, _args, _messages) {}
  async generateAndSaveEmbeddings(ctx, args) {
    await generateAndSaveEmbeddings(ctx, args, this.component);
  }
  async approveToolCall(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async denyToolCall(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async respondToToolCallApproval(ctx, args) {
    return await saveMessages(ctx, this.component, args);
  }
  async finalizeMessage(ctx, args) {
    await ctx.runMutation(this.component.messages.finalizeMessage, args);
  }
  async updateMessage(ctx, args) {
    await ctx.runMutation(this.component.messages.updateMessage, args);
  }
  async deleteMessages(ctx, args) {
    await ctx.runMutation(this.component.messages.deleteByIds, args);
  }
  async deleteMessage(ctx, args) {
    await ctx.runMutation(this.component.messages.deleteByIds, args);
  }
  async deleteMessageRange(ctx, args) {
    return await ctx.runMutation(this.component.messages.deleteByOrder, args);
  }
  async deleteThreadAsync(ctx, args) {
    await ctx.runMutation(this.component.threads.deleteAllForThreadIdAsync, args);
  }
  async deleteThreadSync(ctx, args) {
    await ctx.runAction(this.component.threads.deleteAllForThreadIdSync, args);
  }
  createThreadMutation() {
    return internalMutationGeneric({
      args: {
        userId: v.optional(v.string()),
        title: v.optional(v.string()),
        summary: v.optional(v.string()),
      },
      handler: async (ctx, args) => await this.createThread(ctx, args),
    });
  }
  asTextAction(_spec, _overrides) {
    return internalActionGeneric({
      args: vTextArgs,
      handler: async (ctx, args) => await this.generateText(ctx, args),
    });
  }
  asObjectAction(_objectArgs, _options) {
    return internalActionGeneric({
      args: vSafeObjectArgs,
      handler: async (ctx, args) => await this.generateObject(ctx, args),
    });
  }
  asSaveMessagesMutation() {
    return internalMutationGeneric({
      args: {
        threadId: v.string(),
        userId: v.optional(v.string()),
        promptMessageId: v.optional(v.string()),
        ...(since("@convex-dev/agent", "0.7.2")
          ? { order: v.optional(v.union(v.number(), v.literal("next"))) }
          : {}),
        messages: v.array(vMessageWithMetadata),
        failPendingSteps: v.optional(v.boolean()),
        embeddings: v.optional(vMessageEmbeddings),
      },
      handler: async (ctx, args) => await this.saveMessages(ctx, args),
    });
  }
}
