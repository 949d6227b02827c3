// Model of @convex-dev/rag, checked against 0.1.7 to 0.7.6.
// Computes: the exported validators, RAG.defineOnComplete, RAG.defineChunkerAction.
// Versions: an entry's replacedAt came with 0.3.
// Left out: chunking, embedding and searching; methods tell only their calls.
import {
  createFunctionHandle,
  internalActionGeneric,
  internalMutationGeneric,
} from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

export const vNamespaceId = v.string();
export const vEntryId = v.string();
export const vSearchType = v.union(v.literal("vector"), v.literal("text"), v.literal("hybrid"));

const status = v.union(v.literal("pending"), v.literal("ready"), v.literal("replaced"));
const metadata = v.optional(v.record(v.string(), v.any()));

export const vSearchResult = v.object({
  entryId: vEntryId,
  order: v.number(),
  content: v.array(v.object({ text: v.string(), metadata })),
  startOrder: v.number(),
  score: v.number(),
});

const namespace = v.object({
  namespaceId: vNamespaceId,
  createdAt: v.number(),
  namespace: v.string(),
  status,
  filterNames: v.array(v.string()),
  dimension: v.number(),
  modelId: v.string(),
  version: v.number(),
});

export const vEntry = v.object({
  key: v.optional(v.string()),
  title: v.optional(v.string()),
  metadata,
  entryId: vEntryId,
  importance: v.number(),
  filterValues: v.array(v.object({ name: v.string(), value: v.any() })),
  contentHash: v.optional(v.string()),
  status,
  ...(since("@convex-dev/rag", "0.3.0") ? { replacedAt: v.optional(v.number()) } : {}),
});

export const vSearchEntry = v.object({ ...vEntry.fields, text: v.string() });

export const vOnCompleteArgs = v.object({
  namespace,
  entry: vEntry,
  replacedEntry: v.optional(vEntry),
  error: v.optional(v.string()),
});

const notModelled = (name) => () => unknown(`${name} of @convex-dev/rag is not modelled`);
export const hybridRank = notModelled("hybridRank");
export const defaultChunker = notModelled("defaultChunker");
export const contentHashFromArrayBuffer = notModelled("contentHashFromArrayBuffer");
export const guessMimeTypeFromContents = notModelled("guessMimeTypeFromContents");
export const guessMimeTypeFromExtension = notModelled("guessMimeTypeFromExtension");

export function getModelId(model) {
  if (typeof model !== "string") {
    return "modelId" in model ? model.modelId : model.model;
  }
  return model.includes("/") ? model.split("/").slice(1).join("/") : model;
}
export function getProviderName(model) {
  return typeof model === "string" ? model.split("/")[0] : model.provider;
}

export class RAG {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async add(ctx, args) {
    const onComplete = args.onComplete && (await createFunctionHandle(args.onComplete));
    await ctx.runMutation(this.component.entries.add, { entry: args, onComplete });
    await ctx.runMutation(this.component.chunks.insert, {});
    return await ctx.runMutation(this.component.entries.promoteToReady, {});
  }
  async addAsync(ctx, args) {
    const onComplete = args.onComplete && (await createFunctionHandle(args.onComplete));
    const chunker = await createFunctionHandle(args.chunkerAction);
    return await ctx.runMutation(this.component.entries.addAsync, { onComplete, chunker });
  }
  async search(ctx, args) {
    return await ctx.runAction(this.component.search.search, args);
  }
  async generateText(ctx, { search }) {
    return await this.search(ctx, search);
  }
  async list(ctx, args) {
    return await ctx.runQuery(this.component.entries.list, args);
  }
  async getEntry(ctx, args) {
    return await ctx.runQuery(this.component.entries.get, args);
  }
  async findEntryByContentHash(ctx, args) {
    return await ctx.runQuery(this.component.entries.findByContentHash, args);
  }
  async getOrCreateNamespace(ctx, args) {
    const onComplete = args.onComplete && (await createFunctionHandle(args.onComplete));
    return await ctx.runMutation(this.component.namespaces.getOrCreate, { ...args, onComplete });
  }
  async getNamespace(ctx, args) {
    return await ctx.runQuery(this.component.namespaces.get, args);
  }
  async listChunks(ctx, args) {
    return await ctx.runQuery(this.component.chunks.list, args);
  }
  async delete(ctx, args) {
    await ctx.runAction(this.component.entries.deleteSync, args);
  }
  async deleteAsync(ctx, args) {
    await ctx.runMutation(this.component.entries.deleteAsync, args);
  }
  async deleteByKey(ctx, args) {
    return await ctx.runAction(this.component.entries.deleteByKeySync, args);
  }
  async deleteByKeyAsync(ctx, args) {
    await ctx.runMutation(this.component.entries.deleteByKeyAsync, args);
  }
  defineOnComplete(handler) {
    return internalMutationGeneric({ args: vOnCompleteArgs, handler });
  }
  defineChunkerAction(handler) {
    return internalActionGeneric({
      args: v.object({ namespace, entry: vEntry, insertChunks: v.string() }),
      handler,
    });
  }
}
